"""What every document bears, and the pieces that several of them share."""

from __future__ import annotations

from datetime import date

import msgspec

from app.domain.papers.kinds import PaperKind
from app.errors import Refused


class IncompletePaper(Refused):
    """A document lacks what the law wants on it: facts `kind` and `field`."""

    code = "incomplete_paper"


def require(kind: PaperKind, **fields: str) -> None:
    for field, words in fields.items():
        if not words.strip():
            raise IncompletePaper(kind=kind.value, field=field)


class MaterialLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One material of a case, as it lies on the table: counts of sets, `pages` of all of them."""

    name: str
    given: bool = True
    originals: int = 0
    copies: int = 0
    pages: int | None = None
    originals_held: bool = False  # False: looked at and handed back
    note: str = ""


class Paper(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="paper"):
    """What every document bears. `id_number` and telephones of persons come masked."""

    number: str
    reprint: int = 0  # 0: the original; n: the n-th reprint
    issuer: str  # whose name and seal it bears: for entrusted power, the entrusting department's
    applicant: str
    id_number: str = ""
    item: str
    item_id: str
    local_number: str
    official_number: str = ""
    issued_on: date
    handler: str
    window_phone: str = ""
    supervision_phone: str = ""
    code: str = ""  # the QR code's text
    practice: bool = False  # of practice mode: every sheet says so, across its whole width
