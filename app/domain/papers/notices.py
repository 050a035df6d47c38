"""The authority's notices about a case."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import msgspec

from app.domain.papers.kinds import PaperKind
from app.domain.papers.paper import Paper, require


class AcceptanceNotice(Paper, frozen=True, kw_only=True, tag="acceptance"):
    """受理通知书. Source: 行政许可法 art. 32 for licences; the item's own basis otherwise."""

    kind: ClassVar[PaperKind] = PaperKind.ACCEPTANCE
    applied_on: date
    accepted_on: date
    basis: tuple[str, ...] = ()
    limit_words: str
    due: date | None = None
    due_expected: bool = False
    not_counted: tuple[str, ...] = ()  # what stops the clock
    fees_words: str

    @property
    def title(self) -> str:
        return self.kind.label


class RefusalNotice(Paper, frozen=True, kw_only=True, tag="refusal"):
    """不予受理通知书: the reason, the right authority if there is one, and the remedies."""

    kind: ClassVar[PaperKind] = PaperKind.REFUSAL
    applied_on: date
    reason: str
    right_authority: str = ""
    basis: tuple[str, ...] = ()
    remedies: str

    def __post_init__(self) -> None:
        require(self.kind, reason=self.reason, remedies=self.remedies)

    @property
    def title(self) -> str:
        return self.kind.label


class DecisionNotice(Paper, frozen=True, kw_only=True, tag="decision"):
    """准予 or 不予 决定书: facts, basis, what is decided; a rejection also has its remedies."""

    kind: ClassVar[PaperKind] = PaperKind.DECISION
    approved: bool
    applied_on: date
    accepted_on: date
    findings: str
    basis: tuple[str, ...] = ()
    decision: str
    remedies: str = ""

    def __post_init__(self) -> None:
        require(self.kind, findings=self.findings, decision=self.decision)
        if not self.approved:
            require(self.kind, remedies=self.remedies)

    @property
    def title(self) -> str:
        return "准予决定书" if self.approved else "不予决定书"


class DefectLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is missing or wrong, and what it should be."""

    what: str
    standard: str = ""


class SupplementNotice(Paper, frozen=True, kw_only=True, tag="supplement_notice"):
    """补正材料一次性告知书: every defect at once. Source: 行政许可法 art. 32 (4)."""

    kind: ClassVar[PaperKind] = PaperKind.SUPPLEMENT_NOTICE
    applied_on: date
    times: int
    """How many notices the case has had with this one."""
    defects: tuple[DefectLine, ...]
    due: date | None = None
    due_expected: bool = False
    bring_to: str

    @property
    def title(self) -> str:
        return self.kind.label
