"""Where everything of a flow chart lies: three columns, a row as high as its highest box.

The way goes down the middle column. What stands at a side never leaves its column and its row, and lines run
only down the middle, in the gaps between columns, and in the gap over a row: so nothing can overlap.
All measures are points from the upper left corner of the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from app.domain.papers.sheets import ChartBox, ChartRow, Shape
from printing.fonts import Style
from printing.form_sheet import LABEL, FormSheet
from printing.sheets import Setting
from printing.words import even_lines

_UNDER: Final = Setting(style=Style.FORM, size=8.5, leading=12)
_WORD: Final = Setting(style=Style.HEAD, size=8.5, leading=11)
_GAP: Final = 20.0
_PAD: Final = 6.0
_POINT: Final = 12.0
"""How far the points of a question stick out."""
_SIDE, _BETWEEN = 0.285, 0.05
"""Of the width: a side column, and what is free beside it."""
_MOST_LINES: Final = 24
"""Of one box: what is said longer than any law has need to is cut, and shows it."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of text in a band of its setting's leading."""

    x: float
    y: float
    text: str
    setting: Setting


@dataclass(frozen=True, kw_only=True)
class PlacedBox:
    shape: Shape
    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    @property
    def centre(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, kw_only=True)
class Route:
    """Lines from point to point; an arrow at the end, or dashed and without one."""

    points: tuple[tuple[float, float], ...]
    arrow: bool = True
    dashed: bool = False


@dataclass(frozen=True, kw_only=True)
class PlacedRow:
    height: float
    boxes: tuple[PlacedBox, ...]
    routes: tuple[Route, ...]
    words: tuple[Line, ...] = ()


def place_rows(
    rows: Sequence[ChartRow], sheet: FormSheet, *, loose: float = 0.0
) -> list[PlacedRow]:
    """Every row of a chart on a sheet; `loose` points are added to each gap between them."""
    columns = _Columns.of(rows, sheet)
    said = ["", *(row.onward for row in rows)]
    last = len(rows) - 1
    return [
        _placed(row, columns, word=said[n], first=n == 0, last=n == last, loose=loose)
        for n, row in enumerate(rows)
    ]


@dataclass(frozen=True, kw_only=True)
class _Columns:
    sheet: FormSheet
    left: float
    main: float
    right: float
    side: float
    width: float  # of the middle column

    @classmethod
    def of(cls, rows: Sequence[ChartRow], sheet: FormSheet) -> _Columns:
        """Without anything at the sides the way is wider."""
        side = _SIDE * sheet.width
        beside = side + _BETWEEN * sheet.width if any(row.left or row.right for row in rows) else 0
        width = sheet.width - 2 * beside if beside else sheet.width / 2
        main = (sheet.width - width) / 2
        return cls(
            sheet=sheet, left=0.0, main=main, right=sheet.width - side, side=side, width=width
        )


def _placed(
    row: ChartRow, columns: _Columns, *, word: str, first: bool, last: bool, loose: float
) -> PlacedRow:
    sheet = columns.sheet
    gap = 0.0 if first else _GAP * sheet.scale + loose
    main = _box(row.box, columns.main, columns.width, sheet)
    left = [_box(one, columns.left, columns.side, sheet) for one in row.left]
    right = [_box(one, columns.right, columns.side, sheet) for one in row.right]
    height = max(one.height for one in (main, *left, *right))
    main, *sides = (_moved(one, gap + (height - one.height) / 2) for one in (main, *left, *right))
    left, right = sides[: len(left)], sides[len(left) :]
    routes = [Route(points=((main.centre, 0.0), (main.centre, main.y)))] if not first else []
    if not last:
        bottom = main.y + main.height
        routes.append(
            Route(points=((main.centre, bottom), (main.centre, gap + height)), arrow=False)
        )
    routes += [_across(main, one) for one in sides]
    routes += [_back(main, one, gap) for one in left if one.shape is not Shape.ASIDE]
    return PlacedRow(
        height=gap + height,
        boxes=(main, *left, *right),
        routes=tuple(route for route in routes if _length(route) > 0),
        words=tuple(_words(main, word, gap, sheet)),
    )


def _back(main: PlacedBox, aside: PlacedBox, gap: float) -> Route:
    """Out of the side box at its top, and back to the way in the gap over the row."""
    over = gap * 0.45
    return Route(points=((aside.centre, aside.y), (aside.centre, over), (main.centre, over)))


def _across(main: PlacedBox, beside: PlacedBox) -> Route:
    """From the way to what is beside it."""
    at_left = beside.x < main.x
    start = main.x if at_left else main.x + main.width
    end = beside.x + beside.width if at_left else beside.x
    stands_aside = beside.shape is Shape.ASIDE
    return Route(
        points=((start, main.middle), (end, main.middle)),
        arrow=not stands_aside,
        dashed=stands_aside,
    )


def _length(route: Route) -> float:
    return sum(abs(x - x2) + abs(y - y2) for (x, y), (x2, y2) in pairwise(route.points))


def _words(main: PlacedBox, word: str, gap: float, sheet: FormSheet) -> Iterator[Line]:
    """The word on the arrow that comes from above, beside it."""
    if word:
        setting = sheet.sized(_WORD)
        yield Line(
            x=main.centre + 4 * sheet.scale,
            y=(gap - setting.leading) / 2,
            text=word,
            setting=setting,
        )


# --- a box --------------------------------------------------------------------------------------------


def _box(said: ChartBox, x: float, width: float, sheet: FormSheet) -> PlacedBox:
    """As high as its text, at the top of its row."""
    pad = _PAD * sheet.scale
    inside = width - 2 * (pad + (_POINT * sheet.scale if said.shape is Shape.QUESTION else 0.0))
    name, under = sheet.sized(LABEL), sheet.sized(_UNDER)
    texts = [(line, name) for line in even_lines(said.text, inside, name)]
    texts += [(line, under) for line in _under(said, inside, under)]
    if len(texts) > _MOST_LINES:
        text, setting = texts[_MOST_LINES - 1]
        texts = [*texts[: _MOST_LINES - 1], (f"{text[:-1]}…", setting)]
    lines, y = [], pad
    for text, setting in texts:
        lines.append(Line(x=x + (width - setting.width(text)) / 2, y=y, text=text, setting=setting))
        y += setting.leading
    return PlacedBox(shape=said.shape, x=x, y=0.0, width=width, height=y + pad, lines=tuple(lines))


def _under(said: ChartBox, inside: float, setting: Setting) -> list[str]:
    """Who, and how long: on one line if there is room."""
    parts = [part for part in (said.who, said.limit) if part]
    together = "　".join(parts)
    if not parts or setting.width(together) <= inside:
        return [together] if parts else []
    return [line for part in parts for line in even_lines(part, inside, setting)]


def _moved(box: PlacedBox, down: float) -> PlacedBox:
    return PlacedBox(
        shape=box.shape,
        x=box.x,
        y=down,
        width=box.width,
        height=box.height,
        lines=tuple(
            Line(x=line.x, y=line.y + down, text=line.text, setting=line.setting)
            for line in box.lines
        ),
    )
