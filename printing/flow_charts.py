"""办事流程图: the chart of an item on one sheet, in black and white."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from app.domain.papers import chinese_date
from app.domain.papers.sheets import FlowChart, Shape
from printing.chart_layout import Line, PlacedBox, PlacedRow, Route, place_rows
from printing.choice import Paper
from printing.fitting import fitting
from printing.form_sheet import FormSheet
from printing.sheets import Block, Pen, put_on_sheets
from printing.words import aside, gap, numbered, title

_MOST_LOOSE: Final = 14.0
"""Points, times the scale, by which a gap grows where there is room."""


def flow_chart(facts: FlowChart, *, paper: Paper = Paper.A4) -> bytes:
    """On A4, or on A3 for the wall; a way that is too long for one sheet goes on on the next."""
    sheet = fitting(paper, partial(_blocks, facts))
    frame = sheet.frame
    assert frame.height is not None
    free = frame.height - sum(block.height for block in _blocks(facts, sheet))
    gaps = max(1, len(facts.rows) - 1)
    loose = min(max(0.0, free / gaps - 0.01), _MOST_LOOSE * sheet.scale)
    return put_on_sheets(
        frame,
        _blocks(facts, sheet, loose=loose),
        copies=("",),
        reprint=0,
        document=f"{facts.title} {facts.item}",
    )


def _blocks(facts: FlowChart, sheet: FormSheet, *, loose: float = 0.0) -> list[Block]:
    rows = place_rows(facts.rows, sheet, loose=loose)
    said = f"事项编码{facts.item_id}　{facts.version}"
    return [
        *title(facts.issuer, sheet.width, sheet.text),
        *title(facts.item, sheet.width, sheet.title),
        *title(facts.title, sheet.width, sheet.station),
        *(title(facts.limit, sheet.width, sheet.text) if facts.limit else ()),
        gap(8 * sheet.scale, keep=True),
        *(Block(height=row.height, draw=partial(_draw, row, sheet)) for row in rows),
        gap(8 * sheet.scale),
        *numbered(facts.notes, sheet.width, sheet.note),
        gap(4 * sheet.scale),
        *aside(said, chinese_date(facts.made_on), sheet.width, sheet.note),
    ]


def _draw(row: PlacedRow, sheet: FormSheet, pen: Pen, x: float, y: float) -> None:
    weight = 0.7 * sheet.scale
    for route in row.routes:
        _draw_route(pen, x, y, route, weight=weight, head=4.5 * sheet.scale)
    for box in row.boxes:
        _draw_box(pen, x, y, box, weight=weight, point=9 * sheet.scale)
    _draw_lines(pen, x, y, row.words)


def _draw_lines(pen: Pen, x: float, y: float, lines: Sequence[Line]) -> None:
    for line in lines:
        pen.text(x + line.x, y + line.y, line.text, line.setting)


def _draw_box(
    pen: Pen, left: float, top: float, box: PlacedBox, *, weight: float, point: float
) -> None:
    x, y, wide, high = left + box.x, top + box.y, box.width, box.height
    match box.shape:
        case Shape.STEP:
            pen.box(x, y, wide, high, weight=weight)
        case Shape.END:
            radius = min(point, high / 2)
            pen.rounded(x, y, wide, high, radius=radius, weight=weight * 1.8)
        case Shape.QUESTION:
            half = y + high / 2
            corners = [
                (x, half), (x + point, y), (x + wide - point, y), (x + wide, half),
                (x + wide - point, y + high), (x + point, y + high),
            ]  # fmt: skip
            pen.outline(corners, weight=weight)
        case Shape.ASIDE:
            corners = [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]
            pen.outline(corners, weight=weight, dashed=True)
    _draw_lines(pen, left, top, box.lines)


def _draw_route(
    pen: Pen, left: float, top: float, route: Route, *, weight: float, head: float
) -> None:
    points = [(left + x, top + y) for x, y in route.points]
    pen.outline(points, closed=False, dashed=route.dashed, weight=weight)
    if not route.arrow:
        return
    (x0, y0), (x, y) = points[-2:]
    along = ((x > x0) - (x < x0), (y > y0) - (y < y0))
    back = (x - along[0] * head, y - along[1] * head)
    across = (along[1] * head * 0.45, along[0] * head * 0.45)
    pen.outline(
        [
            (x, y),
            (back[0] + across[0], back[1] + across[1]),
            (back[0] - across[0], back[1] - across[1]),
        ],
        filled=True,
    )
