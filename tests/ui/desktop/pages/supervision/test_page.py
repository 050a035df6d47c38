"""效能监督 as people use it: real widgets over a real store."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from app.domain.case import CardState
from app.domain.events import Role
from app.domain.lights import Light
from tests.builders import TOWNSHIP, VILLAGE, a_case, a_district, a_station, act, meet
from tests.ui.desktop import walks
from tests.ui.desktop.desks import a_desk, desk_of, leave
from ui.desktop import look
from ui.desktop.pages.cases.forms.base import ActDialog
from ui.desktop.pages.names import PageName
from ui.desktop.pages.supervision.lines import CardVerb, View
from ui.desktop.pages.supervision.page import SupervisionPage
from ui.desktop.pages.supervision.table import CardTable
from ui.desktop.widgets.dialogs import Question


@pytest.fixture
def desk(qtbot, tmp_path):
    """A township where the examination of one case is late, and its supervisor."""
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path / "village")
    station = a_station(district, TOWNSHIP, tmp_path / "township")
    subject = a_case(village)
    act(village, subject, "forward")
    meet(village, station)
    act(station, subject, "take_over")
    station.wall.turn(days=14)
    some = desk_of(qtbot, station, district)
    some.subject = subject  # type: ignore[attr-defined]
    some.supervisor = station.person(Role.SUPERVISOR)  # type: ignore[attr-defined]
    some.desk.seat(some.supervisor)  # type: ignore[attr-defined]
    yield some
    leave(some)
    village.store.close()


def shown(qtbot, desk, subject=None, size=(1198, 690)):
    page = SupervisionPage(desk.desk)
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    if subject is not None:
        page.receive(subject)
    desk.settle()
    return page


def cells(page, role=0):
    model = page.list.model()
    return [
        [model.index(row, column).data(role) for column in range(4)]
        for row in range(model.rowCount())
    ]


def offered(page):
    return [verb for verb, button in page.acts.items() if button.isVisible()]


def answer(desk, page, verb, fill=lambda _: None, *, asks=False):
    """Press a button, fill in the form that opens, and say yes, once more where it asks."""

    def sure():
        (question,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, Question)]
        question.yes.click()

    page.acts[verb].click()
    desk.settle()
    (dialog,) = [one for one in page.findChildren(ActDialog) if one.isVisible()]
    fill(dialog)
    if asks:
        QTimer.singleShot(0, sure)
    dialog.yes.click()
    desk.settle()
    return dialog


def cards(desk):
    return [card.state for card in desk.station.case(desk.subject).cards]


def test_a_supervisor_is_shown_what_deserves_a_card_and_issues_it_after_one_question(qtbot, desk):
    page = shown(qtbot, desk)
    assert page.views.value() is View.PENDING
    ((cause, station, since, card),) = cells(page)
    assert (cause, card) == ("受理审查", "黄牌 待发牌")
    assert station.endswith("政务服务站")
    assert since == "11-20 周五起"
    assert offered(page) == [CardVerb.ISSUE]
    answer(desk, page, CardVerb.ISSUE, asks=True)
    assert cards(desk) == [CardState.ISSUED]
    assert cells(page) == []
    page.receive(View.OPEN)
    desk.settle()
    assert cells(page)[0][3] == "黄牌 已发出"
    assert offered(page) == [CardVerb.TASK, CardVerb.WITHDRAW]


@pytest.fixture
def issued(desk):
    act(desk.station, desk.subject, "issue_card", by=desk.supervisor)
    return desk


def test_the_named_station_answers_and_supervision_judges(qtbot, issued):
    head, supervisor = issued.station.head, issued.supervisor
    clerk = issued.station.person(Role.CLERK)
    issued.desk.seat(clerk)
    page = shown(qtbot, issued, issued.subject)
    assert [cell[3] for cell in cells(page)] == ["黄牌 已发出"]
    assert offered(page) == [CardVerb.CONFIRM, CardVerb.APPEAL]
    answer(issued, page, CardVerb.CONFIRM)
    assert cards(issued) == [CardState.CONFIRMED]
    issued.desk.seat(head)
    issued.settle()
    answer(
        issued, page, CardVerb.APPEAL, lambda one: one.editors["note"].widget.set_text("停电两天")
    )
    assert cards(issued) == [CardState.APPEALED]
    issued.desk.seat(supervisor)
    page.receive(View.APPEALED)
    issued.settle()
    assert offered(page) == [CardVerb.UPHOLD, CardVerb.TASK, CardVerb.WITHDRAW]
    answer(
        issued, page, CardVerb.UPHOLD, lambda one: one.editors["note"].widget.set_text("核对属实")
    )
    assert cards(issued) == [CardState.UPHELD]


def test_an_appeal_without_a_reason_is_said_beside_the_field_and_the_form_stays(qtbot, issued):
    issued.desk.seat(issued.station.head)
    page = shown(qtbot, issued, View.OURS)
    dialog = answer(issued, page, CardVerb.APPEAL)
    assert dialog.isVisible()
    assert cards(issued) == [CardState.ISSUED]
    dialog.reject()


def test_a_task_has_its_day_in_the_list(qtbot, issued):
    page = shown(qtbot, issued, View.OPEN)

    def fill(dialog):
        dialog.editors["note"].widget.set_text("限期办好")
        dialog.editors["until"].widget.set_day(date(2026, 12, 10))

    answer(issued, page, CardVerb.TASK, fill)
    assert cards(issued) == [CardState.TASKED]
    page.receive(View.TASKED)
    issued.settle()
    assert cells(page)[0][3] == "黄牌 已转督办"
    model = page.list.model()
    from ui.desktop.widgets.cells import CellRole

    assert model.index(0, 2).data(CellRole.DETAIL) == "督办到 12-10"


def test_whoever_neither_watches_nor_heads_sees_the_cards_of_the_station_alone(qtbot, issued):
    issued.desk.seat(issued.station.person(Role.CLERK))
    page = shown(qtbot, issued)
    assert page.views.value() is View.OURS
    assert not page.lights.isVisible()
    page.receive(View.PENDING)
    issued.settle()
    assert page.views.value() is View.OURS


def test_the_lights_say_how_many_by_shape_word_and_number(qtbot, desk):
    page = shown(qtbot, desk)
    assert page.lights.isVisible()
    assert Light.YELLOW.label + " 1" in page.lights.accessibleName()


def test_enter_opens_the_case(qtbot, desk):
    page = shown(qtbot, desk)
    went: list[Any] = []
    desk.desk.destination_asked.connect(went.append)
    page.list.opened.emit(page.list.model().index(0, 0))
    assert [(one.page, one.subject) for one in went] == [(PageName.CASES, desk.subject)]


def test_the_table_keeps_to_the_rules_of_models(qtbot, desk):
    page = shown(qtbot, desk)
    model = page.list.model()
    assert isinstance(model, CardTable)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
    page.receive(View.CLOSED)
    desk.settle()
    page.receive(View.PENDING)
    desk.settle()
    assert model.rowCount() == 1


def test_an_empty_list_says_what_will_be_here(qtbot, tmp_path):
    some = a_desk(qtbot, tmp_path)
    page = shown(qtbot, some)
    assert "本站没有黄牌红牌" in " ".join(walks.texts(page))
    leave(some)


@pytest.mark.parametrize("theme", ["ordinary", "contrast"])
@pytest.mark.parametrize("scale", look.SCALES)
def test_it_can_be_used_without_mouse_and_without_seeing_well(qapp, qtbot, issued, theme, scale):
    look.apply(qapp, theme, scale)
    page = shown(qtbot, issued, View.OPEN)
    for size in ((1198, 690), (840, 412)):
        page.resize(*size)
        assert walks.faults(page) == []
