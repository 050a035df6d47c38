"""Nothing of a flow chart lies over anything else, whatever the item says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.items import Item, Step, StepBy
from app.domain.papers import ChartRow, Shape
from app.domain.settings import DEFAULT_SETTINGS
from app.usecases import flow_charts
from printing.chart_layout import Line, PlacedBox, PlacedRow, Route, place_rows
from printing.choice import Paper
from printing.fitting import fitting
from printing.form_sheet import A3_TALL, A4_FORM, FormSheet
from tests.builders import the_catalogue, the_item
from tests.printing.samples_sheets import a_chart

ITEMS = the_catalogue().items
TOUCHING = 0.01  # points
Area = tuple[float, float, float, float]  # left, top, right, bottom


def of_box(box: PlacedBox) -> Area:
    return box.x, box.y, box.x + box.width, box.y + box.height


def of_line(line: Line) -> Area:
    width = line.setting.width(line.text)
    return line.x, line.y, line.x + width, line.y + line.setting.leading


def overlap(one: Area, other: Area) -> bool:
    return (
        one[0] < other[2] - TOUCHING
        and other[0] < one[2] - TOUCHING
        and one[1] < other[3] - TOUCHING
        and other[1] < one[3] - TOUCHING
    )


def inside(one: Area, other: Area) -> bool:
    return (
        one[0] >= other[0] - TOUCHING
        and one[1] >= other[1] - TOUCHING
        and one[2] <= other[2] + TOUCHING
        and one[3] <= other[3] + TOUCHING
    )


def segments(route: Route) -> Iterator[Area]:
    for (x, y), (x2, y2) in pairwise(route.points):
        assert x == x2 or y == y2  # straight down or across
        yield min(x, x2), min(y, y2), max(x, x2), max(y, y2)


def crosses(segment: Area, area: Area) -> bool:
    """A line has no width: it crosses what it enters, and only touches what it ends at."""
    left, top, right, bottom = area
    return (
        segment[0] < right - TOUCHING
        and segment[2] > left + TOUCHING
        and segment[1] < bottom - TOUCHING
        and segment[3] > top + TOUCHING
    )


def must_be_clear(rows: list[PlacedRow], sheet: FormSheet) -> None:
    for row in rows:
        whole = (0.0, 0.0, sheet.width, row.height)
        boxes = [of_box(box) for box in row.boxes]
        words = [of_line(line) for line in row.words]
        lines = [segment for route in row.routes for segment in segments(route)]
        assert all(inside(area, whole) for area in (*boxes, *words, *lines))
        assert not any(overlap(*pair) for pair in combinations([*boxes, *words], 2))
        assert not any(crosses(line, area) for line in lines for area in (*boxes, *words))
        for box, area in zip(row.boxes, boxes, strict=True):
            texts = [of_line(line) for line in box.lines]
            assert all(inside(text, area) for text in texts)
            assert not any(overlap(*pair) for pair in combinations(texts, 2))


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_the_chart_of_every_item_of_the_catalogue_is_clear(item: Item):
    rows = flow_charts.rows(item, DEFAULT_SETTINGS)
    for sheet in (A4_FORM, A3_TALL):
        must_be_clear(place_rows(rows, sheet), sheet)
        must_be_clear(place_rows(rows, sheet, loose=9.5), sheet)


words = st.text(
    st.sampled_from("审核确认公示初，、。（）abcW1 龘𠮷"), min_size=1, max_size=120
).filter(str.strip)
steps = st.lists(
    st.builds(Step, name=words, by=st.sampled_from(StepBy), days=st.none() | st.integers(0, 3650)),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(name=st.sampled_from([item.id for item in ITEMS]), steps=steps, body=words)
def test_the_chart_of_an_item_with_long_names_is_clear(name: str, steps: list[Step], body: str):
    before = the_item(name)
    item = msgspec.structs.replace(
        before, steps=tuple(steps), external_body=before.external_body and body
    )
    rows = flow_charts.rows(item, DEFAULT_SETTINGS)
    must_be_clear(place_rows(rows, A4_FORM), A4_FORM)


def test_what_no_box_can_hold_is_cut_and_shows_it():
    rows = [ChartRow(box=a_chart().rows[1].box)]
    long = msgspec.structs.replace(rows[0].box, text="审" * 2_000)
    (row,) = place_rows([ChartRow(box=long)], A4_FORM)
    assert row.boxes[0].lines[-1].text.endswith("…")
    assert row.height < A4_FORM.sheet_height - A4_FORM.top - A4_FORM.bottom


def test_a_way_without_anything_beside_it_takes_the_middle_of_the_sheet():
    (row,) = place_rows([a_chart().rows[0]], A4_FORM)
    assert row.boxes[0].width == A4_FORM.width / 2


def test_lines_lead_to_what_is_beside_and_back_from_what_is_lacking():
    row = place_rows(a_chart().rows, A4_FORM)[2]
    question, lacking, refusal = row.boxes
    ends = {route.points[-1] for route in row.routes if route.arrow}
    assert (refusal.x, question.middle) in ends
    assert (lacking.x + lacking.width, question.middle) in ends
    (back,) = [route for route in row.routes if route.points[0] == (lacking.centre, lacking.y)]
    assert back.points[-1][0] == question.centre
    assert back.points[-1][1] < question.y
    aside = place_rows(a_chart().rows, A4_FORM)[3]
    assert [route.dashed for route in aside.routes if not route.arrow].count(True) == 1
    assert aside.boxes[1].shape is Shape.ASIDE


def test_letters_are_as_large_as_one_sheet_allows():
    few = fitting(Paper.A4, lambda sheet: [])
    assert few.scale > 1
    assert fitting(Paper.A3, lambda sheet: []).sheet_height > few.sheet_height
