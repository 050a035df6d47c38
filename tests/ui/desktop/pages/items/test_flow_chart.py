"""The drawing of an item's steps: nothing overlaps, and nothing is cut off."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.builders import the_catalogue
from ui.desktop import look
from ui.desktop.look import TextKind
from ui.desktop.pages.items import guide_words
from ui.desktop.pages.items.flow_chart import Box, FlowChart
from ui.desktop.widgets import painting


def boxes_of(item) -> list[Box]:
    return [
        Box(
            name=step.name,
            by=guide_words.step_by(step.by),
            days=guide_words.step_days(item, step),
            ours=number == 1,
        )
        for number, step in enumerate(item.steps)
    ]


def a_chart(qtbot, boxes, width_px: int) -> FlowChart:
    chart = FlowChart()
    qtbot.addWidget(chart)
    chart.resize(width_px, 10)
    chart.show_boxes(boxes)
    chart.resize(width_px, chart.heightForWidth(width_px))
    chart.show()
    return chart


@pytest.mark.parametrize("width_px", [140, 678])
@pytest.mark.parametrize("scale", [100, 150])
def test_no_box_overlaps_another_or_leaves_the_drawing(qapp, qtbot, width_px, scale):
    look.apply(qapp, "ordinary", scale)
    width_px = max(width_px, look.current().px(140))
    for item in the_catalogue().items:
        chart = a_chart(qtbot, boxes_of(item), width_px)
        places = chart.places()
        assert len(places) == len(item.steps)
        assert not any(one.intersects(other) for one, other in combinations(places, 2))
        assert all(chart.rect().contains(place) for place in places)


def test_a_box_is_as_high_as_its_words(qtbot):
    long = "组织有关部门联合踏勘现场并征求利害关系人和专家意见"
    (short_place,) = a_chart(qtbot, [Box(name="受理", by="镇街")], 160).places()
    (long_place,) = a_chart(qtbot, [Box(name=long, by="镇街")], 160).places()
    lines = painting.wrapped_height(long, TextKind.BODY, 160)
    assert long_place.height() - short_place.height() >= lines - painting.line_height(TextKind.BODY)


def test_it_is_told_to_whoever_cannot_see_it(qtbot):
    boxes = [Box(name="申请", by="申请人"), Box(name="受理", by="镇街", days="1 个工作日")]
    chart = a_chart(qtbot, boxes, 400)
    assert chart.accessibleName() == (
        "流程图：第 1 步 申请，申请人；第 2 步 受理，镇街，1 个工作日"
    )


def test_without_steps_it_takes_no_room(qtbot):
    assert a_chart(qtbot, [], 400).heightForWidth(400) == 0
