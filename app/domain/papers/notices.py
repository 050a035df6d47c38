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


class SpecialProcedureNotice(Paper, frozen=True, kw_only=True, tag="special_procedure"):
    """特别程序告知书: what stops the clock, for how long, and what becomes of the last day.

    Source: 行政许可法 art. 45 (the time is told in writing); the item's own basis otherwise.
    """

    kind: ClassVar[PaperKind] = PaperKind.SPECIAL_PROCEDURE
    applied_on: date
    accepted_on: date
    procedure: str
    basis: tuple[str, ...]
    began: date
    days_words: str = ""  # empty: it has no fixed length
    ends_by: date | None = None
    approver: str
    due: date | None = None
    """The promise's last day if the procedure takes all of its days."""
    expected: bool = False  # a day above was counted on a calendar that is not yet published

    def __post_init__(self) -> None:
        require(self.kind, procedure=self.procedure, approver=self.approver)

    @property
    def title(self) -> str:
        return self.kind.label


class ExtensionNotice(Paper, frozen=True, kw_only=True, tag="extension"):
    """延期告知书: why, by how much, who approved it, the new last day. Source: 行政许可法 art. 42."""

    kind: ClassVar[PaperKind] = PaperKind.EXTENSION
    applied_on: date
    accepted_on: date
    extended_on: date
    reason: str
    basis: tuple[str, ...] = ()
    days_words: str
    approver: str
    due: date | None = None
    due_expected: bool = False

    def __post_init__(self) -> None:
        require(self.kind, reason=self.reason, approver=self.approver)

    @property
    def title(self) -> str:
        return self.kind.label


class ReturnNotice(Paper, frozen=True, kw_only=True, tag="return_notice"):
    """退回件通知: why the papers go back, what to do with them, and where to object.

    A return for defects lists all of them and is one of the case's supplement notices: `times` counts it.
    """

    kind: ClassVar[PaperKind] = PaperKind.RETURN_NOTICE
    applied_on: date
    returned_on: date
    right_authority: str = ""
    defects: tuple[str, ...] = ()
    times: int = 0
    basis: tuple[str, ...] = ()
    returned_to: str
    review: str

    def __post_init__(self) -> None:
        require(self.kind, review=self.review)
        if not self.defects:
            require(self.kind, right_authority=self.right_authority)

    @property
    def title(self) -> str:
        return self.kind.label
