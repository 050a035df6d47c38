"""Ruled pieces: a table of fields, and a table of rows whose head is repeated on each sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.lib.units import mm

from printing.sheets import Block, Pen, Setting
from printing.words import wrapped

PADDING = 1.6 * mm
_TALLEST = 16
"""Lines of one row on one sheet; a longer cell goes on in another row."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    text: str
    width: float
    setting: Setting
    centred: bool = False


@dataclass(frozen=True, kw_only=True)
class Column:
    """`width` None takes what the others leave."""

    head: str
    width: float | None = None
    centred: bool = True


def widened(columns: Sequence[Column], share: float) -> list[Column]:
    """The columns of a table made for one width, for a width of so much of it."""
    return [replace(one, width=one.width and one.width * share) for one in columns]


def field_table(
    rows: Sequence[Sequence[tuple[str, str]]],
    width: float,
    *,
    label: Setting,
    value: Setting,
    label_width: float,
    padding: float = PADDING,
) -> list[Block]:
    """Rows of one or two (label, value); a row of one stretches over the whole width.

    Two go each on a row of its own where a number among them would be broken.
    `padding` is over and under the text of each row.
    """
    room = width / 2 - label_width - 2 * PADDING
    blocks = []
    for fields in _whole(rows, room, value):
        value_width = width / len(fields) - label_width
        cells = [
            cell
            for name, text in fields
            for cell in (
                Cell(text=name, width=label_width, setting=label, centred=True),
                Cell(text=text, width=value_width, setting=value),
            )
        ]
        blocks.extend(_row(cells, padding))
    return blocks


def _whole(
    rows: Sequence[Sequence[tuple[str, str]]], room: float, setting: Setting
) -> Iterator[Sequence[tuple[str, str]]]:
    for fields in rows:
        too_long = (text.isascii() and setting.width(text) > room for _, text in fields)
        yield from ([field] for field in fields) if len(fields) > 1 and any(too_long) else [fields]


def table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    width: float,
    *,
    head: Setting,
    body: Setting,
    padding: float = PADDING,
) -> list[Block]:
    """A ruled table. The head stays with the first row and comes again on each new sheet."""
    rest = width - sum(column.width or 0 for column in columns)
    widths = [rest if column.width is None else column.width for column in columns]
    titles = [
        Cell(text=column.head, width=w, setting=head, centred=True)
        for column, w in zip(columns, widths, strict=True)
    ]
    (top,) = _row(titles, padding, keep=True)
    blocks = [top]
    for row in rows:
        cells = [
            Cell(text=text, width=w, setting=body, centred=column.centred)
            for column, w, text in zip(columns, widths, row, strict=True)
        ]
        blocks.extend(_row(cells, padding, head=top))
    return blocks


def _row(
    cells: Sequence[Cell], padding: float, *, keep: bool = False, head: Block | None = None
) -> list[Block]:
    texts = [
        [
            line
            for part in cell.text.split("\n")
            for line in wrapped(part, cell.width - 2 * PADDING, cell.setting)
        ]
        for cell in cells
    ]
    longest = max(len(lines) for lines in texts)
    return [
        _band(
            cells,
            [lines[start : start + _TALLEST] for lines in texts],
            padding,
            keep=keep,
            head=head,
        )
        for start in range(0, longest, _TALLEST)
    ]


def _band(
    cells: Sequence[Cell],
    texts: Sequence[Sequence[str]],
    padding: float,
    *,
    keep: bool,
    head: Block | None,
) -> Block:
    height = 2 * padding + max(
        len(lines) * cell.setting.leading for cell, lines in zip(cells, texts, strict=True)
    )

    def draw(pen: Pen, x: float, y: float) -> None:
        for cell, lines in zip(cells, texts, strict=True):
            pen.box(x, y, cell.width, height)
            _fill(pen, x, y + (height - len(lines) * cell.setting.leading) / 2, cell, lines)
            x += cell.width

    return Block(height=height, draw=draw, keep=keep, head=head)


def _fill(pen: Pen, x: float, y: float, cell: Cell, lines: Sequence[str]) -> None:
    for line in lines:
        free = cell.width - cell.setting.width(line) if cell.centred else 2 * PADDING
        pen.text(x + free / 2, y, line, cell.setting)
        y += cell.setting.leading
