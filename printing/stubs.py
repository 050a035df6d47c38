"""What is torn off a document: stubs (存根) and reply slips (回执), with the line to tear along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm

from printing.fonts import Style
from printing.marks import sign_lines
from printing.sheets import Block, Pen, Setting
from printing.tables import field_table
from printing.words import aside, gap, kept_together, paragraph, title

_TITLE: Final = Setting(style=Style.HEAD, size=15, leading=26, spacing=6)
_LABEL: Final = Setting(style=Style.HEAD, size=10, leading=14)
_TEXT: Final = Setting(style=Style.FORM, size=10, leading=14)
_SAID: Final = Setting(style=Style.BODY, size=12, leading=20)
_SIGN: Final = Setting(style=Style.FORM, size=10.5, leading=30)
_SEAM: Final = Setting(style=Style.FORM, size=9, leading=14)


def perforation(seam: str, width: float) -> Block:
    """A dashed line; in its middle what is read across it once it is torn: the number, for the seal (骑缝章)."""
    words = f"骑缝　{seam}　沿此线撕开"
    middle = _SEAM.width(words) + 2 * _SEAM.size
    height = 12 * mm

    def draw(pen: Pen, x: float, y: float) -> None:
        y += height / 2
        pen.dashes(x, y, x + (width - middle) / 2, y)
        pen.dashes(x + (width + middle) / 2, y, x + width, y)
        at = x + (width - _SEAM.width(words)) / 2
        pen.text(at, y - _SEAM.leading / 2, words, _SEAM)

    return Block(height=height, draw=draw, keep=True)


def tear_off(
    name: str,
    kept_by: str,
    number: str,
    width: float,
    *,
    rows: Sequence[Sequence[tuple[str, str]]] = (),
    said: str = "",
    signs: Sequence[str] = (),
) -> list[Block]:
    """One part: its name, who keeps it and the document's number; a table of fields, a sentence, lines to sign on."""
    blocks = [
        *title(name, width, _TITLE),
        *aside(kept_by, number, width, _TEXT),
        gap(3),
        *field_table(rows, width, label=_LABEL, value=_TEXT, label_width=26 * mm),
    ]
    if said:
        blocks += [gap(4), *paragraph(said, width, _SAID, indent=_SAID.width("　　"))]
    if signs:
        blocks += [gap(6), sign_lines(signs, width, _SIGN)]
    return [*kept_together(blocks[:-1]), blocks[-1]]
