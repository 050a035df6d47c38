"""What each document says, as facts: printed by `printing`, kept, sent and checked by their digest.

Facts are finished words and dates. Masking, limits and remedies were settled by whoever made them,
so that a document can be printed again, years later, without asking anything else.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import ClassVar, NamedTuple

import msgspec

from app.errors import Refused

NOT_ACCEPTANCE = "本回执不代表受理。"
"""A receipt made at a counter must say that the authority's acceptance is another act."""


class IncompletePaper(Refused):
    """A document lacks what the law wants on it: facts `kind` and `field`."""

    code = "incomplete_paper"


class _Nature(NamedTuple):
    mark: int  # its number in the QR payload: frozen, never used again for another kind
    label: str
    word: str  # its word in a document number: 湖政服收A2〔2026〕17号
    copies: tuple[str, ...]  # the names of its 联, in the order in which they are printed
    authority_only: bool


class PaperKind(StrEnum):
    """The documents, each with its name on paper, its copies and who may issue it."""

    MATERIALS_RECEIPT = "materials_receipt"
    MATERIALS_SLIP = "materials_slip"
    ACCEPTANCE = "acceptance"
    REFUSAL = "refusal"
    DECISION = "decision"
    VISIT_RECEIPT = "visit_receipt"
    SUPPLEMENT_NOTICE = "supplement_notice"
    CUSTODY_SLIP = "custody_slip"
    APPLICATION_FORM = "application_form"

    @property
    def mark(self) -> int:
        return _NATURE[self].mark

    @property
    def label(self) -> str:
        return _NATURE[self].label

    @property
    def word(self) -> str:
        return _NATURE[self].word

    @property
    def copies(self) -> tuple[str, ...]:
        return _NATURE[self].copies

    @property
    def authority_only(self) -> bool:
        """Whether only the tier that holds the power over the item may issue it."""
        return _NATURE[self].authority_only


_KEPT_BY_STATION = ("第一联 申请人留存", "第二联 服务站存档")
_HANDED_OVER = ("第一联 交件人留存", "第二联 收存单位存档")
_SERVED = ("第一联 送达申请人", "第二联 机关存档")

_NATURE = {
    PaperKind.MATERIALS_RECEIPT: _Nature(1, "收件回执", "收", _KEPT_BY_STATION, False),
    PaperKind.MATERIALS_SLIP: _Nature(2, "收件回执", "收", _KEPT_BY_STATION, False),
    PaperKind.ACCEPTANCE: _Nature(3, "受理通知书", "受", _SERVED, True),
    PaperKind.REFUSAL: _Nature(4, "不予受理通知书", "不受", _SERVED, True),
    PaperKind.DECISION: _Nature(5, "决定书", "决", _SERVED, True),
    PaperKind.VISIT_RECEIPT: _Nature(6, "合并收件回执", "合收", _KEPT_BY_STATION, False),
    PaperKind.SUPPLEMENT_NOTICE: _Nature(7, "补正材料一次性告知书", "补", _SERVED, True),
    PaperKind.CUSTODY_SLIP: _Nature(8, "证件交接单", "交", _HANDED_OVER, False),
    PaperKind.APPLICATION_FORM: _Nature(9, "申请表", "表", ("申请人填写",), False),
}

_KIND_OF_MARK = {kind.mark: kind for kind in PaperKind}


def kind_of(mark: int) -> PaperKind | None:
    """The kind with that number in a QR payload; None when it is of a newer program."""
    return _KIND_OF_MARK.get(mark)


class MaterialLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One material of a case, as it lies on the table: counts of sets, `pages` of all of them."""

    name: str
    given: bool = True
    originals: int = 0
    copies: int = 0
    pages: int | None = None
    originals_held: bool = False  # False: looked at and handed back
    note: str = ""


class _Paper(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="paper"):
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


class MaterialsReceipt(_Paper, frozen=True, kw_only=True, tag="materials_receipt"):
    """收件回执: "we hold these papers". The same facts make the A4 form and the slip."""

    kind: PaperKind = PaperKind.MATERIALS_RECEIPT
    received_on: date
    handed_in_by: str = ""  # where it was not the applicant
    authority: str  # who decides
    mode: str = ""  # 代办, 协办 …
    forward_words: str = ""  # the station's own promise: 收件后3个工作日内转报
    forward_by: date | None = None
    forward_expected: bool = False  # counted on a calendar that is not yet published
    limit_words: str = ""  # the authority's
    fees_words: str
    materials: tuple[MaterialLine, ...]
    remarks: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return self.kind.label


class AcceptanceNotice(_Paper, frozen=True, kw_only=True, tag="acceptance"):
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


class RefusalNotice(_Paper, frozen=True, kw_only=True, tag="refusal"):
    """不予受理通知书: the reason, the right authority if there is one, and the remedies."""

    kind: ClassVar[PaperKind] = PaperKind.REFUSAL
    applied_on: date
    reason: str
    right_authority: str = ""
    basis: tuple[str, ...] = ()
    remedies: str

    def __post_init__(self) -> None:
        _require(self.kind, reason=self.reason, remedies=self.remedies)

    @property
    def title(self) -> str:
        return self.kind.label


class DecisionNotice(_Paper, frozen=True, kw_only=True, tag="decision"):
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
        _require(self.kind, findings=self.findings, decision=self.decision)
        if not self.approved:
            _require(self.kind, remedies=self.remedies)

    @property
    def title(self) -> str:
        return "准予决定书" if self.approved else "不予决定书"


class VisitLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One case of a visit."""

    applicant: str
    item: str
    local_number: str
    limit: str
    missing: int = 0


class SharedMaterial(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A paper that lies on the table once, and the cases (by their place in the list, from 1) it serves."""

    line: MaterialLine
    cases: tuple[int, ...]


class VisitReceipt(_Paper, frozen=True, kw_only=True, tag="visit_receipt"):
    """合并收件回执: one visit with several items or people, each case with its own number."""

    kind: ClassVar[PaperKind] = PaperKind.VISIT_RECEIPT
    received_on: date
    cases: tuple[VisitLine, ...]
    materials: tuple[SharedMaterial, ...]
    remarks: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return self.kind.label


class DefectLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is missing or wrong, and what it should be."""

    what: str
    standard: str = ""


class SupplementNotice(_Paper, frozen=True, kw_only=True, tag="supplement_notice"):
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


class OriginalLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An original, and where it is: `where` in words, since `since`, `receiver` signed for it."""

    what: str
    whose: str
    count: int
    where: str
    since: date
    receiver: str = ""


class CustodySlip(_Paper, frozen=True, kw_only=True, tag="custody_slip"):
    """证件交接单: each original that was taken in, signed at each hand-over and at its return."""

    kind: ClassVar[PaperKind] = PaperKind.CUSTODY_SLIP
    originals: tuple[OriginalLine, ...]

    @property
    def title(self) -> str:
        return self.kind.label


class FormField(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A field of a form; empty where the applicant fills it in."""

    label: str
    value: str = ""


class ApplicationForm(_Paper, frozen=True, kw_only=True, tag="application_form"):
    """The item's own application form, filled in from what is known, or blank."""

    kind: ClassVar[PaperKind] = PaperKind.APPLICATION_FORM
    name: str
    addressed_to: str
    fields: tuple[FormField, ...]
    members: tuple[tuple[str, ...], ...] = ()
    """Household members: name, relation, identity number, remark."""
    materials: tuple[MaterialLine, ...] = ()
    promise: str
    signing: tuple[FormField, ...] = ()

    @property
    def title(self) -> str:
        return self.name


PaperFacts = (
    MaterialsReceipt
    | AcceptanceNotice
    | RefusalNotice
    | DecisionNotice
    | VisitReceipt
    | SupplementNotice
    | CustodySlip
    | ApplicationForm
)

_CANONICAL = msgspec.msgpack.Encoder()


def facts_digest(facts: PaperFacts) -> bytes:
    """SHA-256 of the facts' MessagePack, 32 bytes.

    Without the reprint count and the code: the code holds this digest, and a reprint says the same.
    Fields at their default are not encoded, so a field added later leaves old digests as they were.
    """
    said = msgspec.structs.replace(facts, reprint=0, code="")
    return sha256(_CANONICAL.encode(said)).digest()


def chinese_date(day: date) -> str:
    """2026年11月21日: Arabic figures, no padding zeros. Source: GB/T 9704, 7.3.5.4."""
    return f"{day.year}年{day.month}月{day.day}日"


def remedies_text(
    *, reconsider_to: str, sue_in: str, reconsider_days: int = 60, suit_months: int = 6
) -> str:
    """The remedies in words. The periods are the district's to configure."""
    return (
        f"如不服本决定，可以自收到本文书之日起{reconsider_days}日内向{reconsider_to}申请行政复议，"
        f"或者自收到本文书之日起{suit_months}个月内向{sue_in}提起行政诉讼。"
    )


def _require(kind: PaperKind, **fields: str) -> None:
    for field, words in fields.items():
        if not words.strip():
            raise IncompletePaper(kind=kind.value, field=field)
