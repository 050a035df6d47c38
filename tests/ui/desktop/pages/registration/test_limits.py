"""What follows a registration, in words: for each item of the catalogue at each tier."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.domain.items import Handling, Mode
from app.usecases import outlook
from tests.builders import (
    DISTRICT,
    TOWNSHIP,
    VILLAGE,
    Station,
    a_district,
    a_station,
    the_catalogue,
    the_item,
)
from ui.desktop.pages.registration import guide, limits

FRIDAY = date(2026, 11, 20)


def told(station: Station, item: str, mode: Mode | None = None) -> list[limits.Fact]:
    found = outlook.expected(station.store, the_item(item), mode=mode, on=FRIDAY, by=station.head)
    return list(limits.facts(found))


@pytest.fixture
def village(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path)


def test_a_village_hears_its_own_day_then_the_authoritys_then_the_fees(village: Station):
    forwarding, authority, fees = told(village, "IT001")
    assert (forwarding.label, forwarding.figure) == ("本站转报", "11月25日前")
    assert forwarding.note == "3 个工作日内报朝阳乡"
    assert forwarding.tip == "2026年11月25日"
    assert (authority.label, authority.figure) == ("朝阳乡受理起", "承诺 21 个工作日")
    assert authority.note == "法定 30 个工作日，可延 15"
    assert (fees.label, fees.figure) == ("收费", "不收费")


def test_what_is_decided_at_the_counter_stays_there(village: Station):
    here, authority, _ = told(village, "IT034")
    assert here.figure == "受理审查"
    assert (authority.label, authority.figure) == ("本站收到申请起", "当日办结")


def test_who_is_led_elsewhere_is_told_where(village: Station):
    here, _, _ = told(village, "IT031")
    assert here.figure == "引领前往"
    assert here.note == the_item("IT031").external_body


@pytest.mark.parametrize("region", [VILLAGE, TOWNSHIP, DISTRICT])
def test_every_item_has_its_three_lines_at_every_tier(tmp_path: Path, region: str):
    every = a_district(items=[item.id for item in the_catalogue().items])
    station = a_station(every, region, tmp_path)
    for item in the_catalogue().items:
        if item.handling is Handling.CASE:
            for fact in told(station, item.id):
                assert fact.label
                assert fact.figure
                assert "None" not in f"{fact}"


def test_the_guide_of_every_item_has_words_under_each_heading():
    for item in the_catalogue().items:
        said = list(guide.sections(item))
        assert {"谁可以申请", "材料", "收费", "步骤", "依据"} <= {heading for heading, _ in said}
        for _, lines in said:
            assert all(line.strip() and "None" not in line for line in lines)
