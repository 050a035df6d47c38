"""The search of the whole desktop, by keyboard alone, by a scanner, and through an input method."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.papers import PaperKind
from app.usecases import lookup, papers
from tests.builders import a_case
from tests.ui.desktop import walks
from tests.ui.desktop.desks import WAIT_MS, SomeDesk
from tests.ui.desktop.window.windows import a_window, noted
from ui.desktop.pages.names import PageName
from ui.desktop.widgets.suggestions import SuggestionList
from ui.desktop.widgets.toaster import Toaster
from ui.desktop.window.main_window import MainWindow
from ui.desktop.window.palette import Palette


@pytest.fixture
def window(qtbot: QtBot, some_desk: SomeDesk) -> MainWindow:
    return a_window(qtbot, some_desk)


@pytest.fixture
def box(qtbot: QtBot, window: MainWindow) -> Palette:
    """The search, with the keyboard in it."""
    box = walks.the(Palette, window)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert box.hasFocus()
    return box


def offered(window: MainWindow) -> list[str]:
    return [one.title for one in walks.the(SuggestionList, window).suggestions()]


def write(qtbot: QtBot, window: MainWindow, box: Palette, text: str) -> None:
    """Text as an input method commits it, and the answer to it."""
    commit(box, text)
    wait_for_answer(qtbot, window, box)


def commit(box: Palette, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(box, event)


def wait_for_answer(qtbot: QtBot, window: MainWindow, box: Palette) -> None:
    def answered() -> None:
        assert box.popup_visible()
        assert box.answered == box.text()

    qtbot.waitUntil(answered, timeout=WAIT_MS)
    assert not window.desk.jobs.busy


def press(qtbot: QtBot, box: Palette, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(box, key)


def test_before_anything_is_typed_it_offers_the_pages_with_their_keys_and_acts(window, box):
    titles = offered(window)
    assert titles[:3] == ["工作台", "登记", "办件"]
    assert "锁屏" in titles


def test_a_case_is_opened_by_name_and_enter(qtbot, some_desk, window, box):
    subject = a_case(some_desk.station, name="覃小军")
    write(qtbot, window, box, "覃")
    press(qtbot, box, Qt.Key.Key_Return)
    assert window.shown.name is PageName.CASES
    assert noted(window, PageName.CASES).received == [subject]
    assert box.text() == ""
    assert not box.popup_visible()


def test_the_page_that_enter_would_open_is_made_while_the_list_is_read(
    qtbot, some_desk, window, box
):
    a_case(some_desk.station, name="覃建国")
    write(qtbot, window, box, "qjg")
    qtbot.waitUntil(lambda: window.page(PageName.CASES) is not None, timeout=WAIT_MS)
    assert window.shown.name is PageName.HOME
    assert box.popup_visible()


def test_an_act_and_an_item_register_that_item(qtbot, window, box):
    write(qtbot, window, box, "登记 就业")
    press(qtbot, box, Qt.Key.Key_Return)
    assert noted(window, PageName.REGISTRATION).received == ["IT022"]


def test_down_leads_to_the_guide(qtbot, window, box):
    write(qtbot, window, box, "就业创业")
    press(qtbot, box, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert noted(window, PageName.ITEMS).received == ["IT022"]


def test_a_page_is_opened_by_its_name(qtbot, window, box):
    write(qtbot, window, box, "设置")
    press(qtbot, box, Qt.Key.Key_Return)
    assert window.shown.name is PageName.SETTINGS


def test_an_act_is_done_by_its_name(qtbot, some_desk, window, box):
    write(qtbot, window, box, "锁屏")
    with qtbot.waitSignal(some_desk.desk.locked):
        press(qtbot, box, Qt.Key.Key_Return)


def test_a_scanned_receipt_opens_its_case_at_once(qtbot, some_desk, window, box):
    station = some_desk.station
    subject = a_case(station)
    code = papers.issue(
        station.store, subject, PaperKind.MATERIALS_RECEIPT, by=station.head, render=lambda _: b""
    ).facts.code
    qtbot.keyClicks(box, code)
    press(qtbot, box, Qt.Key.Key_Return)
    some_desk.settle()
    assert noted(window, PageName.CASES).received == [subject]


def test_a_whole_number_opens_its_case_though_a_list_answers_its_beginning(
    qtbot, some_desk, window, box
):
    others = [a_case(some_desk.station, name=name) for name in ("甲某", "乙某")]
    number = lookup.listed(some_desk.station.store)[1].local_number
    qtbot.keyClicks(box, number[:-1])
    wait_for_answer(qtbot, window, box)
    qtbot.keyClicks(box, number[-1])
    press(qtbot, box, Qt.Key.Key_Return)
    some_desk.settle()
    assert noted(window, PageName.CASES).received == [others[0]]


def test_enter_before_the_answer_opens_the_first_of_what_it_will_be(qtbot, some_desk, window, box):
    subject = a_case(some_desk.station, name="覃小军")
    commit(box, "覃小军")
    press(qtbot, box, Qt.Key.Key_Return)
    some_desk.settle()
    assert noted(window, PageName.CASES).received == [subject]
    assert not box.popup_visible()
    assert not any(timer.isActive() for timer in box.findChildren(QTimer))  # nor will it open


def test_a_number_of_nobody_is_told_and_stays_to_be_mended(qtbot, some_desk, window, box):
    qtbot.keyClicks(box, "450305200201-20261120-A1-0099")
    press(qtbot, box, Qt.Key.Key_Return)
    some_desk.settle()
    (text,) = walks.the(Toaster, window).texts()
    assert "450305200201-20261120-A1-0099" in text
    assert box.text().endswith("0099")


def test_enter_belongs_to_the_input_method_while_it_composes(qtbot, some_desk, window, box):
    a_case(some_desk.station, name="覃小军")
    write(qtbot, window, box, "覃")
    QApplication.sendEvent(box, QInputMethodEvent("xiao'jun", []))
    press(qtbot, box, Qt.Key.Key_Return)
    some_desk.settle()
    before = window.shown.name
    assert before is PageName.HOME
    commit(box, "小军")
    wait_for_answer(qtbot, window, box)
    press(qtbot, box, Qt.Key.Key_Return)
    assert window.shown.name is PageName.CASES


def test_esc_closes_the_list_and_then_goes_back_to_the_page(qtbot, window, box):
    window.show_page(PageName.ITEMS)
    qtbot.keyClick(window, Qt.Key.Key_F3)
    press(qtbot, box, Qt.Key.Key_Escape)
    assert not box.popup_visible()
    assert box.hasFocus()
    press(qtbot, box, Qt.Key.Key_Escape)
    assert noted(window, PageName.ITEMS).field.hasFocus()


def test_what_is_not_found_is_told_and_opens_nothing(qtbot, window, box):
    write(qtbot, window, box, "没有这个人")
    assert offered(window) == []
    press(qtbot, box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.desk.jobs.busy, timeout=WAIT_MS)
    assert window.shown.name is PageName.HOME


def test_only_the_last_question_is_answered(qtbot, some_desk, window, box):
    a_case(some_desk.station, name="覃小军")
    commit(box, "黄")
    box.ask_now()
    commit(box, "某")
    box.ask_now()
    some_desk.settle()
    assert box.answered == "黄某"
