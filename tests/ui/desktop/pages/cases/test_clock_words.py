"""The clocks of a case in words: running, paused, extended, not begun, run out."""

from __future__ import annotations

import pytest

from tests.ui.desktop.pages.cases.moments import DIBAO, LICENCE, Tiers
from ui.desktop.look.mood import Mood
from ui.desktop.pages.cases.sheet_reading import read_sheet


@pytest.fixture
def tiers(tmp_path):
    made = Tiers(tmp_path)
    yield made
    for station in made.all:
        station.store.close()


def clocks(moment):
    return read_sheet(moment.at.store, moment.subject, moment.at.head).clocks


def labels(moment):
    return [one.label.split(" ")[0] for one in clocks(moment)]


def test_a_clock_that_stands_still_says_so_and_what_is_left(tiers):
    moment = tiers.then(tiers.accepted(LICENCE), "pause", procedure="检验", days=5)
    tiers.days_pass(3)
    by_name = {one.label.split(" ")[0]: one for one in clocks(moment)}
    assert by_name["承诺时限"].left.startswith("暂停，剩 ")
    assert by_name["承诺时限"].mood is Mood.PAUSED
    assert by_name["特别程序"].left == "剩余 4 个工作日"


def test_an_extension_is_told_with_the_limit(tiers):
    moment = tiers.then(tiers.accepted(LICENCE), "extend", days=10, reason="案情复杂")
    assert any("含延期 10" in one.label for one in clocks(moment))


def test_a_higher_tier_has_a_clock_of_its_own(tiers):
    moment = tiers.then(tiers.accepted(DIBAO), "pass_up", opinion="符合条件")
    assert labels(moment)[:2] == ["承诺时限", "法定时限"]
    assert "区级办理" in labels(moment)


def test_an_applicants_own_days_run_while_the_examination_stands(tiers):
    told = clocks(tiers.asked())
    assert [one.mood for one in told[:2]] == [Mood.PAUSED, Mood.INFO]
    assert told[1].label == "申请人补正 30 天"


def test_what_has_not_begun_says_when_it_will(tiers):
    assert clocks(tiers.in_transit())[-1].left == "受理后开始"


def test_a_step_that_was_late_stays_in_sight(tiers):
    moment = tiers.in_transit()
    tiers.days_pass(14)
    tiers.then(moment, "take_over")
    late = [one for one in clocks(moment) if one.mood is Mood.BAD]
    assert "接收" in [one.label.split(" ")[0] for one in late]
    assert all(one.left.startswith("超期 ") and one.share == 1.0 for one in late)


def test_when_it_is_decided_delivery_and_follow_up_run(tiers):
    assert labels(tiers.decided())[0] == "送达"
    assert labels(tiers.delivered())[0] == "回访"
