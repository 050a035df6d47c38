"""What the counter gives out: receipts for materials, application forms."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import msgspec

from app.domain.papers.kinds import PaperKind
from app.domain.papers.paper import MaterialLine, Paper


class MaterialsReceipt(Paper, frozen=True, kw_only=True, tag="materials_receipt"):
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
    corrected: str = ""
    """What was put right (更正) since the receipt before, and that this one takes its place."""

    @property
    def title(self) -> str:
        return f"{self.kind.label}（更正）" if self.corrected else self.kind.label


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


class VisitReceipt(Paper, frozen=True, kw_only=True, tag="visit_receipt"):
    """合并收件回执: one visit with several items or people, each case with its own number."""

    kind: ClassVar[PaperKind] = PaperKind.VISIT_RECEIPT
    received_on: date
    cases: tuple[VisitLine, ...]
    materials: tuple[SharedMaterial, ...]
    remarks: tuple[str, ...] = ()
    corrected: str = ""
    """What was put right (更正) since the receipt before, and that this one takes its place."""

    @property
    def title(self) -> str:
        return f"{self.kind.label}（更正）" if self.corrected else self.kind.label


class FormField(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A field of a form; empty where the applicant fills it in."""

    label: str
    value: str = ""


class ApplicationForm(Paper, frozen=True, kw_only=True, tag="application_form"):
    """The item's own application form, filled in from what is known, or blank."""

    kind: ClassVar[PaperKind] = PaperKind.APPLICATION_FORM
    name: str
    addressed_to: str
    fields: tuple[FormField, ...]
    members: tuple[tuple[str, str, str, str], ...] = ()
    """Household members: name, relation, identity number, remark."""
    materials: tuple[MaterialLine, ...] = ()
    promise: str
    signing: tuple[FormField, ...] = ()

    @property
    def title(self) -> str:
        return self.name
