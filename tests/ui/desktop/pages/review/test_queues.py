"""Which cases stand in which queue, for whom."""

from __future__ import annotations

import pytest

from app.domain.case import State
from app.domain.events import Role
from app.domain.tasks import TaskKind
from app.usecases.lookup import CaseFilter, Order
from tests.builders import a_case, act
from tests.ui.desktop.pages.cases.places import JOB_CARD
from ui.desktop.pages.review.presenter import read_counts
from ui.desktop.pages.review.queues import Queue, label, queue_of


def counts(station, by=None):
    told = read_counts(station.store, by or station.head)
    return {queue: number for queue, number in told.items() if number}


def test_a_case_goes_from_queue_to_queue(places):
    subject = places.in_transit(JOB_CARD)
    assert counts(places.township) == {Queue.TAKE_OVER: 1}
    act(places.township, subject, "take_over")
    assert counts(places.township) == {Queue.MINE: 1}
    act(places.township, subject, "accept")
    assert counts(places.township) == {Queue.MINE: 1, Queue.IN_PROGRESS: 1}
    act(places.township, subject, "decide", approved=True)
    assert counts(places.township) == {Queue.DELIVER: 1}
    act(places.township, subject, "deliver")
    assert counts(places.township) == {}


def test_what_waits_for_a_decision_is_not_a_clerks_to_handle(places):
    places.accepted(JOB_CARD)
    clerk = places.township.person(Role.CLERK)
    assert counts(places.township, clerk) == {Queue.IN_PROGRESS: 1}


def test_a_case_returned_for_defects_awaits_its_supplement(places):
    subject = places.examined()
    act(places.township, subject, "return", reason="defects", defects=["缺户口簿"])
    assert counts(places.township) == {Queue.SUPPLEMENT: 1}


def test_what_the_township_itself_received_is_its_own_to_take_over(places):
    a_case(places.township, JOB_CARD)
    assert counts(places.township) == {Queue.TAKE_OVER: 1}


@pytest.mark.parametrize(
    ("wanted", "queue"),
    [
        (CaseFilter(task=TaskKind.TAKE_OVER), Queue.TAKE_OVER),
        (CaseFilter(task=TaskKind.EXAMINE), Queue.MINE),
        (CaseFilter(task=TaskKind.DECIDE), Queue.MINE),
        (CaseFilter(task=TaskKind.DELIVER), Queue.DELIVER),
        (CaseFilter(awaiting_supplement=True), Queue.SUPPLEMENT),
        (CaseFilter(states=(State.IN_PROGRESS,)), Queue.IN_PROGRESS),
        (CaseFilter(urgent=True, order=Order.DUE), Queue.MINE),
    ],
)
def test_a_list_from_the_first_page_belongs_to_a_queue(wanted, queue):
    assert queue_of(wanted) is queue


def test_every_queue_has_a_word_of_its_own(qapp):
    assert len({label(queue) for queue in Queue}) == len(Queue)
