"""Originals that are held for somebody."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import msgspec

from app.domain.papers.kinds import PaperKind
from app.domain.papers.paper import Paper


class OriginalLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An original, and where it is: `where` in words, since `since`, `receiver` signed for it."""

    what: str
    whose: str
    count: int
    where: str
    since: date
    receiver: str = ""


class CustodySlip(Paper, frozen=True, kw_only=True, tag="custody_slip"):
    """证件交接单: each original that was taken in, signed at each hand-over and at its return."""

    kind: ClassVar[PaperKind] = PaperKind.CUSTODY_SLIP
    originals: tuple[OriginalLine, ...]

    @property
    def title(self) -> str:
        return self.kind.label
