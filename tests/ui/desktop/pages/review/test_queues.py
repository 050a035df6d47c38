"""Which cases stand in which queue, for whom."""

from __future__ import annotations

import pytest

from app.domain.case import State
from app.domain.tasks import TaskKind
from app.usecases.lookup import CaseFilter, Order, page
from app.usecases.today import shown_today
from tests.builders import a_case, act, the_item
from tests.ui.desktop.pages.cases.places import DIBAO, JOB_CARD
from ui.desktop.pages.review.presenter import read_counts
from ui.desktop.pages.review.queues import Queue, filter_of, label, queue_of


def counts(station):
    return {queue: number for queue, number in read_counts(station.store).items() if number}


def test_a_case_goes_from_queue_to_queue(places):
    subject = places.in_transit(JOB_CARD)
    assert counts(places.township) == {Queue.TAKE_OVER: 1}
    act(places.township, subject, "take_over")
    assert counts(places.township) == {Queue.EXAMINE: 1}
    act(places.township, subject, "accept")
    assert counts(places.township) == {Queue.DECIDE: 1}
    act(places.township, subject, "send_outside", body="派出所")
    assert counts(places.township) == {Queue.STOPPED: 1}
    act(places.township, subject, "outside_answer", result="属实")
    act(places.township, subject, "decide", approved=True)
    assert counts(places.township) == {Queue.DELIVER: 1}
    act(places.township, subject, "deliver")
    assert counts(places.township) == {}


def test_what_a_higher_tier_decides_waits_for_the_first_review(places):
    places.accepted(DIBAO)
    assert counts(places.township) == {Queue.HANDLE: 1}


def test_the_parent_of_a_joint_handling_has_a_queue_and_its_parts_wait_for_decisions(places):
    subject = places.accepted(JOB_CARD)
    parts = [("群众求助", "信访办"), ("就业创业证申领", "人社所")]
    told = [{"item": item, "department": department} for item, department in parts]
    act(places.township, subject, "split", parts=told)
    assert counts(places.township) == {Queue.JOINT: 1, Queue.DECIDE: 2}


def test_what_was_supplied_waits_to_be_received(places):
    subject = places.examined()
    act(places.township, subject, "ask_supplement", defects=[{"what": "缺户口簿"}])
    assert counts(places.township) == {Queue.SUPPLEMENT: 1}
    places.meet()
    name = the_item(DIBAO).materials[0].name
    act(places.village, subject, "supply", materials=[{"name": name}])
    places.meet()
    assert counts(places.township) == {Queue.RECEIVE: 1}


def test_a_case_returned_for_defects_awaits_its_supplement(places):
    subject = places.examined()
    act(places.township, subject, "return", reason="defects", defects=["缺户口簿"])
    assert counts(places.township) == {Queue.SUPPLEMENT: 1}


def test_urgent_ones_and_those_of_the_green_channel_come_first(places):
    for name in ("韦一", "覃二", "卢三"):
        subject = places.in_transit(JOB_CARD, name)
        if name == "覃二":
            act(places.township, subject, "mark", urgent=False, green="残疾人")
        if name == "卢三":
            act(places.township, subject, "mark", urgent=True)
    store = places.township.store
    wanted = filter_of(Queue.TAKE_OVER, Order.PRESSING)
    names = [one.row.applicant for one in page(store, wanted, shown_today(store)).cases]
    assert names == ["覃二", "卢三", "韦一"]


def test_what_the_township_itself_received_is_its_own_to_take_over(places):
    a_case(places.township, JOB_CARD)
    assert counts(places.township) == {Queue.TAKE_OVER: 1}


@pytest.mark.parametrize(
    ("wanted", "queue"),
    [
        (CaseFilter(task=TaskKind.TAKE_OVER), Queue.TAKE_OVER),
        (CaseFilter(task=TaskKind.EXAMINE), Queue.EXAMINE),
        (CaseFilter(task=TaskKind.DECIDE), Queue.DECIDE),
        (CaseFilter(task=TaskKind.DELIVER), Queue.DELIVER),
        (CaseFilter(awaiting_supplement=True), Queue.SUPPLEMENT),
        (CaseFilter(states=(State.IN_PROGRESS,)), Queue.HANDLE),
        (CaseFilter(urgent=True, order=Order.DUE), Queue.EXAMINE),
    ],
)
def test_a_list_from_the_first_page_belongs_to_a_queue(wanted, queue):
    assert queue_of(wanted) is queue


def test_every_queue_has_a_word_of_its_own(qapp):
    assert len({label(queue) for queue in Queue}) == len(Queue)
