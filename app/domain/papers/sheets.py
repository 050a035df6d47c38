"""Sheets that are about no case: an item's guide, flow chart and sample form, and the archive's lists.

They bear no number and are not issued: nothing is written down when one is printed.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar

import msgspec

from app.domain.papers.counter import ApplicationForm


class Sheet(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="sheet"):
    """What every sheet bears: whose it is, the day it was made, and whether in practice mode."""

    issuer: str
    made_on: date
    practice: bool = False


# --- an item --------------------------------------------------------------------------------------


class Labelled(msgspec.Struct, frozen=True, kw_only=True):
    """Something with its name before it."""

    label: str
    words: str


class GuideMaterial(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a guide's table: `need` 必交 or when, `brought` in which form and how many are kept."""

    name: str
    need: str
    brought: str
    source: str
    checked: str = ""


class GuideSection(msgspec.Struct, frozen=True, kw_only=True):
    """A heading and what it says; the one with `materials` is a table."""

    heading: str
    lines: tuple[str, ...] = ()
    materials: tuple[GuideMaterial, ...] = ()


class ServiceGuide(Sheet, frozen=True, kw_only=True, tag="service_guide"):
    """办事指南: the eight disclosures in their order, before them what people ask first, after them the rest."""

    item: str
    item_id: str
    version: str
    first: tuple[Labelled, ...]
    sections: tuple[GuideSection, ...]

    @property
    def title(self) -> str:
        return "办事指南"


class Shape(StrEnum):
    """How a box of a flow chart is drawn: a step, a question, an end, or what stands beside the way."""

    STEP = "step"
    QUESTION = "question"
    END = "end"
    ASIDE = "aside"


class ChartBox(msgspec.Struct, frozen=True, kw_only=True):
    """`who` takes it at which tier; `limit` how long, or what is handed out."""

    shape: Shape
    text: str
    who: str = ""
    limit: str = ""


class ChartRow(msgspec.Struct, frozen=True, kw_only=True):
    """A box on the way, at most one on each side of it, and the word on the arrow to the next row.

    What is at the left goes back to before this row, or stands aside; what is at the right is the end.
    """

    box: ChartBox
    left: tuple[ChartBox, ...] = ()
    right: tuple[ChartBox, ...] = ()
    onward: str = ""


class FlowChart(Sheet, frozen=True, kw_only=True, tag="flow_chart"):
    """办事流程图, from the top down."""

    item: str
    item_id: str
    version: str
    limit: str
    rows: tuple[ChartRow, ...]
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return "办事流程图"


class SampleForm(Sheet, frozen=True, kw_only=True, tag="sample_form"):
    """样表: the item's application form with example data; every page says that it is a sample."""

    MARK: ClassVar[str] = "样表"

    form: ApplicationForm

    @property
    def title(self) -> str:
        return f"{self.form.name}（{self.MARK}）"


# --- lists of the archive ---------------------------------------------------------------------------


class FiledLine(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the catalogue. `subject` 题名, the person's name masked."""

    archive_number: str
    local_number: str
    responsible: str
    subject: str
    ended_on: date
    period: str
    pages: int
    remark: str = ""


class ArchiveCatalogue(Sheet, frozen=True, kw_only=True, tag="archive_catalogue"):
    """归档文件目录. Source of its columns: DA/T 22—2015, 归档文件目录."""

    scope: str
    lines: tuple[FiledLine, ...]

    @property
    def title(self) -> str:
        return "归档文件目录"


class CertificateLine(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate that was issued; `holder` masked."""

    number: str
    name: str
    holder: str
    purpose: str
    basis: str
    issued_on: date
    handler: str


class CertificateRegister(Sheet, frozen=True, kw_only=True, tag="certificate_register"):
    """证明出具登记."""

    scope: str
    lines: tuple[CertificateLine, ...]

    @property
    def title(self) -> str:
        return "证明出具登记簿"


class DestroyedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the destruction register. Nothing of it is about its people."""

    archive_number: str
    local_number: str
    item: str
    station: str
    year: int
    period: str
    archived_on: date
    pages: int
    appraiser: str
    approver: str
    reason: str
    destroyed_on: date
    state: str


class DestructionRegister(Sheet, frozen=True, kw_only=True, tag="destruction_register"):
    """档案销毁清册. Source: 机关档案管理规定 (国家档案局令第13号): two witness the destruction and sign."""

    scope: str
    lines: tuple[DestroyedLine, ...]

    @property
    def title(self) -> str:
        return "档案销毁清册"


SheetFacts = (
    ServiceGuide
    | FlowChart
    | SampleForm
    | ArchiveCatalogue
    | CertificateRegister
    | DestructionRegister
)
