"""The list of 办件 without widgets."""

from __future__ import annotations

import msgspec

from app.domain.case import State
from app.usecases.lookup import CaseFilter, DueLight, Order
from tests.builders import a_case, act
from tests.ui.desktop.pages.cases.places import DIBAO, JOB_CARD
from ui.desktop.pages.cases.presenter import CasesPresenter, read_counts, read_options


def test_each_choice_says_how_many_cases_it_would_leave(places):
    act(places.village, a_case(places.village, DIBAO), "forward")
    a_case(places.village, DIBAO, "覃二", urgent=True)
    counts = read_counts(places.village.store, CaseFilter())
    assert counts.total == 2
    assert counts.states[State.RECEIVED] == counts.states[State.IN_TRANSIT] == 1
    assert counts.lights[DueLight.LATE] == 0
    urgent = read_counts(places.village.store, CaseFilter(urgent=True))
    assert (urgent.total, urgent.states[State.IN_TRANSIT]) == (1, 0)


def test_while_somebody_types_only_the_hits_are_counted(places):
    a_case(places.village, DIBAO)
    counts = read_counts(places.village.store, CaseFilter(text="韦"))
    assert (counts.total, counts.states) == (1, {})


def test_a_case_that_is_late_is_found_by_its_light(places):
    a_case(places.village, DIBAO)
    places.village.wall.turn(days=7)
    assert read_counts(places.village.store, CaseFilter()).lights[DueLight.LATE] == 1


def test_only_items_that_become_cases_and_villages_below_are_offered(places):
    options = read_options(places.township.store, places.township.head)
    ids = [item for _, item in options.items]
    assert DIBAO in ids
    assert "IT013" not in ids  # a roster
    assert ("湖塘村", "450305200201") in options.places
    assert [code for _, code in read_options(places.village.store, places.village.head).places] == [
        "450305200201"
    ]


def test_what_is_wanted_is_told_once_and_only_when_it_changes(village_desk):
    presenter = CasesPresenter(village_desk.desk)
    told: list[CaseFilter] = []
    presenter.wanted_changed.connect(told.append)
    presenter.narrow(item=JOB_CARD)
    presenter.narrow(item=JOB_CARD)
    village_desk.settle()
    assert told == [CaseFilter(item=JOB_CARD)]
    assert msgspec.structs.asdict(presenter.wanted)["item"] == JOB_CARD
    presenter.narrow(order=Order.DUE)
    presenter.clear()
    village_desk.settle()
    assert presenter.is_filtered is False
    assert presenter.wanted == CaseFilter(order=Order.DUE)
