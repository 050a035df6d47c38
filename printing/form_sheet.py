"""The sheet of a form: A4, the issuer, title and number over the text, the QR code beside them, pages counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm

from app.domain.papers import PaperFacts
from printing.fonts import Style
from printing.marks import code_free, with_code
from printing.sheets import A4, Block, Frame, Pen, Place, Setting, put_on_sheets
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


def form_sheets(facts: PaperFacts, blocks: Sequence[Block]) -> bytes:
    """The head that all forms have, then the blocks, on as many sheets as they need, once for each copy."""
    free = code_free(WIDTH, CODE_SIDE)
    head = [
        *title(facts.issuer, free, STATION),
        *title(facts.title, free, TITLE),
        *title(facts.number, free, TEXT),
    ]
    return put_on_sheets(
        FORM,
        [with_code(head, WIDTH, side=CODE_SIDE, code=facts.code, note=SMALL), gap(4), *blocks],
        copies=facts.kind.copies,
        reprint=facts.reprint,
        document=f"{facts.title} {facts.number}".strip(),
    )


def dress_form(pen: Pen, place: Place) -> None:
    """Over the text: which copy this is, of what, and which of its pages."""
    right = f"{place.document}　第{place.sheet}页　共{place.sheets}页"
    pen.text(LEFT, 11 * mm, place.copy_mark, NOTE_HEAD)
    pen.text(LEFT + WIDTH - NOTE.width(right), 11 * mm, right, NOTE)
    pen.line(LEFT, 16.5 * mm, LEFT + WIDTH, 16.5 * mm)


FORM: Final = Frame(
    sheet_width=A4[0],
    sheet_height=A4[1],
    left=LEFT,
    top=20 * mm,
    height=257 * mm,
    dress=dress_form,
)
