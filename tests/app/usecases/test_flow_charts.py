"""A flow chart tells the item's own steps, and what may happen beside them."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from app.domain.items import Handling, Item, Level
from app.domain.papers import ChartBox, ChartRow, Shape
from app.domain.settings import DEFAULT_SETTINGS
from app.usecases.flow_charts import flow_chart, rows
from tests.builders import VILLAGE, a_district, a_station, the_catalogue, the_item

ITEMS = the_catalogue().items
CASES = [item for item in ITEMS if item.handling is Handling.CASE]


def of(item: str | Item) -> tuple[ChartRow, ...]:
    return rows(the_item(item) if isinstance(item, str) else item, DEFAULT_SETTINGS)


def beside(chart: tuple[ChartRow, ...]) -> list[ChartBox]:
    return [one for row in chart for one in (*row.left, *row.right)]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_every_step_is_in_the_chart_once_and_in_order(item: Item):
    chart = of(item)
    way = [row.box.text for row in chart]
    places = []
    for step in item.steps:
        found = [
            n
            for n, text in enumerate(way)
            if text == step.name or text.startswith(f"{step.name}：")
        ]
        assert found, step.name
        places.append(next(n for n in found if n not in places))
    assert places == sorted(places)
    assert chart[0].box.shape is Shape.END
    assert chart[-1].box.shape is Shape.END


@pytest.mark.parametrize("item", CASES, ids=lambda item: item.id)
def test_papers_that_are_lacking_go_back_and_a_refusal_gives_its_reason(item: Item):
    texts = [one.text for one in beside(of(item))]
    assert any("补" in text for text in texts)
    assert any(text.startswith("不") for text in texts)


def test_a_promised_item_is_examined_decided_and_delivered_within_its_limits():
    chart = of("IT041")
    said = str(msgspec.to_builtins(chart))
    for words in (
        "3个工作日内转报",
        "5个工作日内审查",
        "补正材料一次性告知书",
        "出具受理通知书",
        "不予许可",
        "听证（最长20个工作日）",
        "可以延期一次，最多10个工作日",
        "10个工作日内送达结果",
    ):
        assert words in said
    questions = [row.box for row in chart if row.box.shape is Shape.QUESTION]
    assert [one.who for one in questions] == ["乡镇（街道）", "乡镇（街道）"]


def test_who_decides_is_named_by_tier():
    assert of("IT001")[-3].box.text == "审核确认：符合规定条件？"
    assert of("IT001")[-3].box.who == "区级部门"


def test_an_instant_item_is_short():
    instant = of("IT011")
    assert len(instant) < len(of("IT001")) / 2 + 1
    said = str(msgspec.to_builtins(instant))
    assert "当场" in said
    assert "受理通知书" not in said


def test_what_another_body_decides_says_which_and_that_the_station_notes_the_result():
    chart = of("IT035")
    assert [row.box.who for row in chart if row.box.shape is Shape.QUESTION] == ["公安派出所"]
    assert "服务站登记结果" in chart[-1].box.limit


def test_what_is_no_case_has_nothing_beside_its_way():
    for item in ITEMS:
        if item.handling is not Handling.CASE:
            assert beside(of(item)) == []


def test_an_item_that_begins_with_the_office_begins_with_the_applicant_all_the_same():
    item = the_item("IT011")
    chart = of(msgspec.structs.replace(item, steps=item.steps[-1:]))
    assert [chart[0].box.text, chart[0].box.who] == ["提出", "申请人"]


@pytest.mark.parametrize("decides", [Level.VILLAGE, Level.TOWNSHIP, Level.DISTRICT])
def test_steps_of_any_tier_can_be_drawn(decides: Level):
    for item in CASES:
        assert of(msgspec.structs.replace(item, receives=decides, decides=decides))


def test_the_chart_bears_its_version_and_the_stations_name(tmp_path: Path):
    station = a_station(a_district(), VILLAGE, tmp_path / "v")
    facts = flow_chart(station.store, the_item("IT001"))
    assert facts.version == "第1版，自发布之日起施行"
    assert facts.issuer == station.store.certificate.station
    assert "21个工作日" in facts.limit
    assert flow_chart(station.store, the_item("IT065")).limit == ""
