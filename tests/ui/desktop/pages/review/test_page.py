"""审查 with real widgets: one case after the other, mostly without a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.case import State
from app.domain.events import Role
from app.domain.tasks import TaskKind
from app.usecases import operators
from app.usecases.lookup import CaseFilter
from tests.builders import act
from tests.ui.desktop import walks
from tests.ui.desktop.pages.cases.places import JOB_CARD
from tests.ui.desktop.pages.cases.questions import answer
from ui.desktop import look
from ui.desktop.pages.cases.forms.outcome import DecideDialog
from ui.desktop.pages.cases.split import Arrangement
from ui.desktop.pages.review.page import ReviewPage
from ui.desktop.pages.review.queues import Queue

WIDE, NARROW = (1198, 712), (836, 412)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def open_page(qtbot):
    def opened(some_desk, size=WIDE):
        page = ReviewPage(some_desk.desk)
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        page.activateWindow()
        qtbot.waitActive(page)
        some_desk.settle()
        return page

    return opened


def choose(some_desk, page, queue):
    page.queues.set_value(queue)
    page.queues.chosen.emit(queue)
    some_desk.settle()


def queue_counts(page, some_desk):
    heard: list[dict[Queue, int]] = []
    page.presenter.counted.connect(heard.append)
    page.refresh()
    some_desk.settle()
    return heard[-1]


def test_the_first_case_is_open_where_there_is_room(township_desk, places, open_page):
    subject = places.examined()
    page = open_page(township_desk)
    assert page.case.sheet.subject == subject
    assert page.split.arrangement is Arrangement.BESIDE


def test_an_empty_queue_says_so(township_desk, open_page):
    page = open_page(township_desk)
    assert page.empty.isVisible()
    assert page.case.subject is None


def test_left_and_right_go_through_the_queues_from_the_list(township_desk, places, open_page):
    subject = places.examined()
    page = open_page(township_desk)
    choose(township_desk, page, Queue.TAKE_OVER)
    page.table.setFocus()
    passed = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        QTest.keyClick(page.table, key)
        township_desk.settle()
        passed.append(page.presenter.queue)
    assert passed == [Queue.TAKE_OVER, Queue.EXAMINE]
    assert page.case.sheet.subject == subject
    QTest.keyClick(page.table, Qt.Key.Key_Return, CTRL)
    township_desk.settle()
    assert places.township.case(subject).state is State.IN_PROGRESS


def test_after_an_act_comes_the_next_case(township_desk, places, open_page):
    first, second, third = (places.in_transit(name=name) for name in ("韦一", "覃二", "莫三"))
    page = open_page(township_desk)
    choose(township_desk, page, Queue.TAKE_OVER)
    order = [page.presenter.table.line_at(row).subject for row in range(3)]
    assert set(order) == {first, second, third}
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    township_desk.settle()
    assert page.case.sheet.subject == order[1]
    QTest.keyClick(page.table, Qt.Key.Key_Return, CTRL)
    township_desk.settle()
    assert places.township.case(order[1]).state is State.UNDER_EXAMINATION
    assert page.case.sheet.subject == order[2]
    assert page.table.current_row() == 1
    QTest.keyClick(page.table, Qt.Key.Key_Return, CTRL)
    township_desk.settle()
    assert page.case.sheet.subject == order[0]
    QTest.keyClick(page.table, Qt.Key.Key_Return, CTRL)
    township_desk.settle()
    assert page.case.subject is None
    assert page.empty.isVisible()


def test_the_notice_of_the_case_before_can_still_be_printed(township_desk, places, open_page):
    places.examined(name="韦一")
    places.examined(name="覃二")
    page = open_page(township_desk)
    before = page.case.sheet
    page.detail.start_primary()
    township_desk.settle()
    assert page.case.sheet.subject != before.subject
    assert page.detail.told.isVisible()
    assert before.applicant.name in page.detail.told.text()


def test_a_decision_asks_once_and_esc_is_no(township_desk, places, open_page, qtbot):
    subject = places.accepted(JOB_CARD)
    page = open_page(township_desk)
    QTest.keyClick(page.table, Qt.Key.Key_Return, CTRL)
    township_desk.settle()
    dialog = page.detail.dialog
    assert isinstance(dialog, DecideDialog)

    answer(lambda question: QTest.keyClick(question, Qt.Key.Key_Escape))
    dialog.ok_requested.emit()
    township_desk.settle()
    assert places.township.case(subject).decision is None
    answer(lambda question: question.yes.click())
    dialog.ok_requested.emit()
    township_desk.settle()
    assert places.township.case(subject).decision is not None


def test_segments_say_how_many_wait(township_desk, places, open_page):
    places.in_transit(name="韦一")
    places.examined(name="覃二")
    page = open_page(township_desk)
    assert queue_counts(page, township_desk)[Queue.TAKE_OVER] == 1
    assert queue_counts(page, township_desk)[Queue.EXAMINE] == 1


def test_whoever_comes_in_is_led_to_what_waits_to_be_taken_over(township_desk, places, open_page):
    subject = places.in_transit()
    page = open_page(township_desk)
    assert page.queues.value() is Queue.TAKE_OVER
    assert page.case.sheet.subject == subject


def test_an_empty_queue_leads_to_what_waits_to_be_taken_over(township_desk, places, open_page):
    places.in_transit()
    page = open_page(township_desk)
    choose(township_desk, page, Queue.EXAMINE)
    assert page.empty.isVisible()
    assert page.queues.value() is Queue.EXAMINE
    page.empty.acted.emit()
    township_desk.settle()
    assert page.queues.value() is Queue.TAKE_OVER
    assert page.presenter.table.rowCount() == 1


def test_a_list_from_the_first_page_chooses_its_queue(township_desk, places, open_page):
    subject = places.in_transit()
    page = open_page(township_desk)
    page.receive(CaseFilter(task=TaskKind.TAKE_OVER))
    township_desk.settle()
    assert page.queues.value() is Queue.TAKE_OVER
    assert page.case.sheet.subject == subject


def test_a_case_from_elsewhere_is_shown_though_the_queue_does_not_have_it(
    township_desk, places, open_page
):
    subject = places.in_transit()
    page = open_page(township_desk)
    page.receive(subject)
    township_desk.settle()
    assert page.case.sheet.subject == subject


def test_where_it_is_narrow_enter_opens_and_esc_goes_back(township_desk, places, open_page):
    places.examined()
    page = open_page(township_desk, NARROW)
    assert page.case.subject is None
    page.table.select_row(0)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    township_desk.settle()
    assert not page.table.isVisible()
    QTest.keyClick(page.detail, Qt.Key.Key_Escape)
    assert page.table.isVisible()


def test_whoever_sits_down_sees_what_waits_for_them(township_desk, places, open_page):
    accepted, examined = places.accepted(JOB_CARD), places.examined(JOB_CARD, "覃二")
    page = open_page(township_desk)
    assert page.queues.value() is Queue.DECIDE
    assert page.case.subject == accepted
    township_desk.desk.seat(operators.add(places.township.store, "李窗口", Role.CLERK))
    township_desk.settle()
    assert page.queues.value() is Queue.EXAMINE
    assert page.presenter.table.line_at(0).subject == examined


def test_where_it_is_narrow_the_queues_are_a_list_that_opens(township_desk, places, open_page):
    places.examined()
    page = open_page(township_desk, NARROW)
    assert page.queue_list.isVisible()
    assert not page.queues.isVisible()
    assert page.queue_list.currentText() == "待审查 1"
    page.queue_list.set_value(Queue.DELIVER)
    page.queue_list.chosen.emit(page.queue_list.value())
    township_desk.settle()
    assert page.presenter.queue is Queue.DELIVER


def test_a_case_that_somebody_else_finished_leaves_the_queue(township_desk, places, open_page):
    subject = places.examined()
    page = open_page(township_desk)
    act(places.township, subject, "refuse", reason="不在本辖区")
    township_desk.desk.changed.emit()
    township_desk.settle()
    assert page.presenter.table.rowCount() == 0
    assert page.case.sheet.state is State.REFUSED


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("scale", [100, 150])
def test_everything_can_be_reached_read_and_hit(
    township_desk, places, open_page, qapp, size, scale
):
    places.examined()
    look.apply(qapp, "ordinary", scale)
    page = open_page(township_desk, size)
    QTest.qWait(0)
    assert walks.faults(page) == []
