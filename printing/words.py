"""Pieces of text: titles, number lines, paragraphs, notes, as blocks for a width in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from printing.fonts import visible
from printing.lines import break_lines, gaps
from printing.lines import hanging as hanging_half
from printing.sheets import Block, Pen, Setting

_WIDE_STRETCH = 0.2
_WIDEST_STRETCH = 0.3
"""Of the size, between two characters: a line that needs more than the first parts a date or
document number, one that still needs more than the second is left ragged."""


def gap(height: float, *, keep: bool = False) -> Block:
    return Block(height=height, draw=lambda _pen, _x, _y: None, keep=keep)


def title(text: str, width: float, setting: Setting) -> list[Block]:
    """Centred; broken evenly if long. Stays with what follows."""
    return [_centred(line, width, setting) for line in even_lines(text, width, setting)]


def aside(left: str, right: str, width: float, setting: Setting) -> list[Block]:
    """One thing at the left edge, another at the right, on two lines if they do not fit on one."""
    if setting.width(left) + setting.width(right) + setting.size > width:
        lines = [_at(line, 0, setting, keep=True) for line in wrapped(left, width, setting)]
        return [*lines, _at(right, max(0.0, width - setting.width(right)), setting)]

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.text(x, y, left, setting)
        pen.text(x + width - setting.width(right), y, right, setting)

    return [Block(height=setting.leading, draw=draw, keep=True)]


def paragraph(
    text: str, width: float, setting: Setting, *, indent: float = 0.0, keep: bool = False
) -> list[Block]:
    """Filled to both edges, the first line moved in; no line is left alone on a sheet."""
    wide = _WIDE_STRETCH * setting.size
    lines = break_lines(visible(text), width, setting.width, indent=indent, stretch=wide)
    last = len(lines) - 1
    blocks = []
    for n, line in enumerate(lines):
        x = indent if n == 0 else 0.0
        stretch = 0.0 if n == last else _stretch(line, width - x, setting)
        alone = last > 0 and n in (
            0,
            last - 1,
        )  # the first with the second, the last with the one before
        blocks.append(_at(line, x, setting, stretch=stretch, keep=alone or (keep and n == last)))
    return blocks


def hanging(
    label: str,
    text: str,
    width: float,
    setting: Setting,
    *,
    hang: float,
    label_setting: Setting | None = None,
) -> list[Block]:
    """The text to the right of its label, all its lines moved in by `hang`."""
    blocks = []
    for n, line in enumerate(wrapped(text, width - hang, setting)):
        blocks.append(_hung(label if n == 0 else "", line, hang, label_setting or setting, setting))
    return blocks


def numbered(texts: Sequence[str], width: float, setting: Setting) -> list[Block]:
    """1. 2. 3., the text hanging to the right of the figure."""
    hang = setting.width(f"{len(texts)}. ")
    return [
        block
        for n, text in enumerate(texts, start=1)
        for block in hanging(f"{n}.", text, width, setting, hang=hang)
    ]


def rule(width: float) -> Block:
    """A thin line across, with a little air."""
    return Block(height=6, draw=lambda pen, x, y: pen.line(x, y + 3, x + width, y + 3))


def kept_together(blocks: Sequence[Block]) -> list[Block]:
    """The blocks on one sheet with each other and with the next."""
    return [replace(block, keep=True) for block in blocks]


def wrapped(text: str, width: float, setting: Setting) -> list[str]:
    """Lines that are not filled: left ragged or centred."""
    return break_lines(visible(text), width, setting.width)


_MOST_EVENED: Final = 12
"""Lines; what is longer is no title that anybody wrote, and trying widths would take its time."""


def even_lines(text: str, width: float, setting: Setting) -> list[str]:
    """As few lines as the width allows, none much longer than another."""
    lines = wrapped(text, width, setting)
    if len(lines) > _MOST_EVENED:
        return lines
    narrow = max(setting.width(text) / len(lines), setting.size)
    while narrow < width:
        even = wrapped(text, narrow, setting)
        if len(even) == len(lines):
            return even
        narrow += setting.size / 2
    return lines


def _stretch(line: str, width: float, setting: Setting) -> float:
    places = sum(gaps(line))
    if not places:
        return 0.0
    # The space after the last character lies outside the line.
    free = width + hanging_half(line, setting.width) - setting.width(line) + setting.spacing
    slack = free / places
    return slack if 0 < slack <= _WIDEST_STRETCH * setting.size else 0.0


def _centred(line: str, width: float, setting: Setting) -> Block:
    return _at(line, (width - setting.width(line) + setting.spacing) / 2, setting, keep=True)


def _at(
    line: str, offset: float, setting: Setting, *, stretch: float = 0.0, keep: bool = False
) -> Block:
    return Block(
        height=setting.leading,
        draw=lambda pen, x, y: pen.text(x + offset, y, line, setting, stretch=stretch),
        keep=keep,
    )


def _hung(label: str, line: str, hang: float, label_setting: Setting, setting: Setting) -> Block:
    def draw(pen: Pen, x: float, y: float) -> None:
        pen.text(x, y, label, label_setting)
        pen.text(x + hang, y, line, setting)

    return Block(height=setting.leading, draw=draw)
