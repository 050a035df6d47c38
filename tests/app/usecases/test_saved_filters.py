"""Filters with a name: each operator's own, on this computer, there after a restart."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.case import State
from app.domain.events import Role
from app.store import opening
from app.usecases import lookup, saved_filters, staff
from app.usecases.filters import CaseFilter, DueLight
from app.usecases.saved_filters import MOST, BadFilterName, TooManyFilters
from tests.builders import TOWNSHIP, a_district, a_station

LATE = CaseFilter(light=DueLight.LATE)
GREEN = CaseFilter(green=True, states=(State.RECEIVED, State.IN_TRANSIT))


@pytest.fixture
def station(tmp_path):
    station = a_station(a_district(), TOWNSHIP, tmp_path)
    yield station
    station.store.close()


def saved(station, by=None):
    return [
        (one.name, one.wanted)
        for one in saved_filters.of_operator(station.store, by or station.head)
    ]


def test_what_was_saved_comes_back_in_its_order_and_after_a_restart(station):
    head = station.head
    saved_filters.save(station.store, "超期的", LATE, by=head)
    saved_filters.save(station.store, " 绿色\n通道 ", GREEN, by=head)
    assert saved(station) == [("超期的", LATE), ("绿色 通道", GREEN)]
    other = opening.beside(station.store)
    assert [one.name for one in saved_filters.of_operator(other, head)] == ["超期的", "绿色 通道"]
    other.close()


def test_the_same_name_is_replaced_where_it_stands(station):
    head = station.head
    saved_filters.save(station.store, "甲", LATE, by=head)
    saved_filters.save(station.store, "乙", LATE, by=head)
    saved_filters.save(station.store, "甲", GREEN, by=head)
    assert saved(station) == [("甲", GREEN), ("乙", LATE)]


def test_each_operator_has_their_own(station):
    other = station.person(Role.CLERK)
    saved_filters.save(station.store, "超期的", LATE, by=other)
    assert saved(station) == []
    assert saved(station, other) == [("超期的", LATE)]


def test_they_are_renamed_moved_and_taken_away_in_one_go(station):
    head = station.head
    for name in ("甲", "乙", "丙"):
        saved_filters.save(station.store, name, LATE, by=head)
    first, _, third = (one.n for one in saved_filters.of_operator(station.store, head))
    saved_filters.arrange(station.store, [(third, "丙丙"), (first, "甲")], by=head)
    assert [name for name, _ in saved(station)] == ["丙丙", "甲"]


def test_nobody_arranges_those_of_others(station):
    other = station.person(Role.CLERK)
    saved_filters.save(station.store, "甲", LATE, by=station.head)
    ((n, _),) = [
        (one.n, one.name) for one in saved_filters.of_operator(station.store, station.head)
    ]
    saved_filters.arrange(station.store, [(n, "乙")], by=other)
    assert [name for name, _ in saved(station)] == ["甲"]


@pytest.mark.parametrize(("name", "why"), [(" ", "empty"), ("长" * 21, "long")])
def test_a_name_must_fit_on_a_button(station, name, why):
    with pytest.raises(BadFilterName) as refused:
        saved_filters.save(station.store, name, LATE, by=station.head)
    assert refused.value.facts["why"] == why


def test_two_cannot_have_one_name(station):
    for name in ("甲", "乙"):
        saved_filters.save(station.store, name, LATE, by=station.head)
    numbers = [one.n for one in saved_filters.of_operator(station.store, station.head)]
    with pytest.raises(BadFilterName, match="twice"):
        saved_filters.arrange(station.store, [(n, "丙") for n in numbers], by=station.head)
    assert [name for name, _ in saved(station)] == ["甲", "乙"]


def test_there_is_an_end_to_them(station):
    for n in range(MOST):
        saved_filters.save(station.store, f"第{n}个", LATE, by=station.head)
    with pytest.raises(TooManyFilters):
        saved_filters.save(station.store, "再一个", LATE, by=station.head)
    saved_filters.save(station.store, "第0个", GREEN, by=station.head)


def test_ones_own_means_those_one_stands_in_for_on_the_day_it_is_used(station):
    head, away = station.head, station.person(Role.CLERK)
    saved_filters.save(station.store, "我的", CaseFilter(owners=(head.ref,)), by=head)
    assert saved(station)[0][1].owners == (head.ref,)
    day = date(2026, 11, 20)
    staff.away(station.store, away.name, head.name, day, day, by=away)
    assert saved(station)[0][1].owners == (head.ref, away.ref)
    station.wall.turn(days=1)
    assert saved(station)[0][1].owners == (head.ref,)


def test_what_another_version_wrote_is_left_out_and_kept(station):
    saved_filters.save(station.store, "甲", LATE, by=station.head)
    saved_filters.save(station.store, "乙", LATE, by=station.head)
    station.store.database.run(
        "UPDATE saved_filter SET form = ? WHERE name = '甲'", (b'{"wanted":{"light":"moon"}}',)
    )
    assert [name for name, _ in saved(station)] == ["乙"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("\ud800韦\u202e\n小", "韦 小"),
        ("长" * 5000, "长" * 100),
        ("' OR 1=1 --", "' OR 1=1 --"),
        ("{0} NEAR(*", "{0} NEAR(*"),
    ],
)
def test_whatever_was_looked_for_can_be_kept_and_looked_for_again(station, text, kept):
    saved_filters.save(station.store, "甲", CaseFilter(text=text), by=station.head)
    ((_, wanted),) = saved(station)
    assert wanted.text == kept
    assert lookup.page(station.store, wanted, date(2026, 11, 20), limit=5).cases == ()
