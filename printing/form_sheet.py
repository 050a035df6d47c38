"""The sheet of a form: the issuer, title and number over the text, the QR code beside them, pages counted.

`A4_FORM` is what nearly all are drawn on; the same pieces fit `A5_FORM`, and `A3_TALL` for the wall.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm

from app.domain.papers import PaperFacts, copies_of
from printing.choice import Paper
from printing.fonts import Style
from printing.marks import code_free, with_code
from printing.sheets import Block, Frame, Pen, Place, Setting, put_on_sheets
from printing.tables import PADDING, Column, field_table, table, widened
from printing.words import gap, title

TITLE: Final = Setting(style=Style.HEAD, size=20, leading=32, spacing=4)
STATION: Final = Setting(style=Style.HEAD, size=14, leading=22)
LABEL: Final = Setting(style=Style.HEAD, size=10, leading=14)
TEXT: Final = Setting(style=Style.FORM, size=10, leading=14)
NOTE: Final = Setting(style=Style.FORM, size=9, leading=14)
NOTE_HEAD: Final = Setting(style=Style.HEAD, size=9, leading=14)
SMALL: Final = Setting(style=Style.FORM, size=7.5, leading=10)
SIGN: Final = Setting(style=Style.FORM, size=10, leading=22)
LEFT, WIDTH, CODE_SIDE = 22 * mm, 168 * mm, 30 * mm
DATE: Final = "　　年　　月　　日"


@dataclass(frozen=True, kw_only=True)
class FormSheet:
    """A sheet, the margins of its text, and its letters: those of A4 times `scale`. Points."""

    sheet_width: float
    sheet_height: float
    left: float
    right: float
    top: float = 20 * mm
    bottom: float = 20 * mm
    scale: float = 1.0
    code_side: float = CODE_SIDE
    padding: float = PADDING

    @property
    def width(self) -> float:
        return self.sheet_width - self.left - self.right

    @property
    def frame(self) -> Frame:
        return Frame(
            sheet_width=self.sheet_width,
            sheet_height=self.sheet_height,
            left=self.left,
            top=self.top,
            height=self.sheet_height - self.top - self.bottom,
            dress=self._dress,
        )

    @property
    def title(self) -> Setting:
        return self.sized(TITLE)

    @property
    def station(self) -> Setting:
        return self.sized(STATION)

    @property
    def label(self) -> Setting:
        return self.sized(LABEL)

    @property
    def text(self) -> Setting:
        return self.sized(TEXT)

    @property
    def note(self) -> Setting:
        return self.sized(NOTE)

    @property
    def sign(self) -> Setting:
        return self.sized(SIGN)

    def fields(self, rows: Sequence[Sequence[tuple[str, str]]]) -> list[Block]:
        """A table of fields over the whole width."""
        return field_table(
            rows,
            self.width,
            label=self.label,
            value=self.text,
            label_width=22 * mm * self.scale,
            padding=self.padding,
        )

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        *,
        body: Setting | None = None,
    ) -> list[Block]:
        """A table over the whole width, its columns made for A4."""
        return table(
            widened(columns, self.width / WIDTH),
            rows,
            self.width,
            head=self.label,
            body=body or self.text,
            padding=self.padding,
        )

    def sized(self, setting: Setting) -> Setting:
        """The setting of an A4 form as it is on this sheet."""
        return Setting(
            style=setting.style,
            size=setting.size * self.scale,
            leading=setting.leading * self.scale,
            spacing=setting.spacing * self.scale,
        )

    def _dress(self, pen: Pen, place: Place) -> None:
        """Over the text: which copy this is, of what, and which of its pages."""
        head, note = self.sized(NOTE_HEAD), self.note
        under = self.top - 3.5 * mm
        said = place.copy_mark, f"{place.document}　第{place.sheet}页　共{place.sheets}页"
        room = self.width - head.width(said[0]) - note.size
        right = said[1] if note.width(said[1]) <= room else f"第{place.sheet}页　共{place.sheets}页"
        y = under - 1 * mm - note.leading
        pen.text(self.left, y, said[0], head)
        pen.text(self.left + self.width - note.width(right), y, right, note)
        pen.line(self.left, under, self.left + self.width, under)


def _sheet(paper: Paper) -> tuple[float, float]:
    assert paper.height_mm is not None
    return paper.width_mm * mm, paper.height_mm * mm


_A3 = _sheet(Paper.A3)

A4_FORM: Final = FormSheet(
    sheet_width=_sheet(Paper.A4)[0], sheet_height=_sheet(Paper.A4)[1], left=LEFT, right=20 * mm
)
A5_FORM: Final = FormSheet(
    sheet_width=_sheet(Paper.A5)[0],
    sheet_height=_sheet(Paper.A5)[1],
    left=14 * mm,
    right=10 * mm,
    top=15 * mm,
    bottom=9 * mm,
    scale=0.9,
    code_side=28 * mm,
    padding=0.8 * mm,
)
A3_TALL: Final = FormSheet(
    sheet_width=_A3[0], sheet_height=_A3[1], left=25 * mm, right=25 * mm, scale=1.5
)


def form_sheets(facts: PaperFacts, blocks: Sequence[Block], *, sheet: FormSheet = A4_FORM) -> bytes:
    """The head that all forms have, then the blocks, on as many sheets as they need, once for each copy."""
    free = code_free(sheet.width, sheet.code_side)
    head = [
        *title(facts.issuer, free, sheet.station),
        *title(facts.title, free, sheet.title),
        *title(facts.number, free, sheet.text),
    ]
    coded = with_code(
        head, sheet.width, side=sheet.code_side, code=facts.code, note=sheet.sized(SMALL)
    )
    return put_on_sheets(
        sheet.frame,
        [coded, gap(4), *blocks],
        copies=copies_of(facts),
        reprint=facts.reprint,
        document=f"{facts.title} {facts.number}".strip(),
    )
