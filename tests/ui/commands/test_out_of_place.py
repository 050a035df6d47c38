"""Two windows of one township work apart on one case: the one that comes second is told."""

import json
from contextlib import redirect_stderr
from dataclasses import dataclass
from io import StringIO

import pytest

from app.domain.events import Role
from app.store.keyslots import Unlock
from app.usecases import enrolment, lookup, operators
from printing import render
from tests.builders import (
    TOWNSHIP,
    Station,
    Wall,
    a_case,
    a_district,
    act,
    an_identity,
    carry,
    meet,
)
from tests.ui.commands.desk import PASSPHRASE, Desk
from ui.commands.sync import Lost


@dataclass(frozen=True)
class Windows:
    """The case, and the desk and clock of who was read first and second."""

    number: str
    displaced: str | None
    first: Desk
    second: Desk
    heard: tuple[str, ...]


@pytest.fixture(scope="module")
def windows(tmp_path_factory):
    """Both take the case over; one accepts it, the other, offline, refuses it and prints that."""
    from app.domain.papers import PaperKind
    from app.usecases import papers

    top = tmp_path_factory.mktemp("windows")
    district, stations = a_district(), []
    for name, person in (("first", "李一"), ("second", "王二")):
        store = enrolment.settle(
            top / name, Unlock(passphrase=PASSPHRASE), who=an_identity(district, TOWNSHIP)
        )
        station = Station(district, store, Wall())
        store.wall = station.wall
        carry(district, station)
        operators.add(store, person, Role.APPROVER)
        stations.append(station)
    first, second = stations
    meet(first, second)
    subject = a_case(first, "IT022")
    meet(first, second)
    second.wall.turn(ms=60_000)
    for station in stations:
        act(station, subject, "take_over")
    act(first, subject, "accept")
    act(second, subject, "refuse", reason="不属于受理范围")
    papers.issue(second.store, subject, PaperKind.REFUSAL, by=second.head, render=render)
    (displaced,) = [
        row.official_number for row in lookup.listed(second.store) if row.subject == subject
    ]
    lost = Lost(second.store)
    assert lost.told() == []
    meet(first, second)
    number = lookup.listed(second.store)[0].local_number
    heard = []
    for expected in ([number], []):
        with redirect_stderr(StringIO()) as said:
            assert lost.told() == expected
        heard.append(said.getvalue())
    for station in stations:
        station.store.close()
    return Windows(number, displaced, Desk(top / "first"), Desk(top / "second"), tuple(heard))


def test_who_lost_hears_it_when_the_exchange_ends(windows):
    heard, again = windows.heard
    assert windows.number in heard
    assert "没有生效" in heard
    assert again == ""


@pytest.mark.parametrize("desk", ["first", "second"])
def test_lists_mark_the_case_and_count_what_has_no_effect(windows, desk):
    at = getattr(windows, desk)
    (case,) = at.json("case", "list")["cases"]
    assert case["out_of_place"] == 2
    assert "！" in at.run("case", "list").out


def test_status_counts_only_cases_where_ones_own_act_has_no_effect(windows):
    assert windows.first.json("status")["out_of_place"] == 0
    assert windows.second.json("status")["out_of_place"] == 1
    assert "没有生效" in windows.second.run("status").out
    assert "没有生效" not in windows.first.run("status").out


def test_the_number_that_was_printed_still_finds_the_case(windows):
    for desk in (windows.first, windows.second):
        shown = desk.json("case", "show", windows.displaced)
        assert shown["local_number"] == windows.number
        assert shown["official_number"] != windows.displaced
        found = desk.json("search", windows.displaced)["cases"]
        assert [case["local_number"] for case in found] == [windows.number]


def test_the_case_says_which_act_whose_why_and_what_to_do(windows):
    misfits = windows.second.json("case", "show", windows.number)["out_of_place"]
    assert [(one["act"], one["actor"], one["own"]) for one in misfits] == [
        ("take_over", "王二", True),
        ("refuse", "王二", True),
    ]
    assert misfits[0]["number"] == windows.displaced
    assert misfits[0]["at"].endswith("+08:00")
    text = windows.second.run("case", "show", windows.number).out
    for words in (
        "“不予受理”没有生效",
        "王二",
        "09:01",
        "办理中",
        f"编号 {windows.displaced} 作废",
        "告知申请人",
    ):
        assert words in text
    assert "不用处理" in windows.first.run("case", "show", windows.number).out


def test_paper_that_rests_on_an_act_without_effect_is_void(windows):
    (paper,) = windows.second.json("case", "show", windows.number)["papers"]
    assert paper["valid"] is False
    assert "此件作废" in windows.second.run("case", "show", windows.number).out


def test_a_rebuilt_store_says_the_same(windows):
    before = windows.second.run("case", "list", "--json").out
    windows.second.json("rebuild")
    assert json.loads(windows.second.run("case", "list", "--json").out) == json.loads(before)
    assert windows.second.json("verify")["ok"] is True
