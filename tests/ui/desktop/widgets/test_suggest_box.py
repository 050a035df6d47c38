"""The list under a field: asked for while typing, steered by keys, and never in the way of an input method."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QListView, QWidget

from tests.ui.desktop.widgets.composing import commit, compose
from tests.ui.desktop.widgets.showing import a_window, focused
from ui.desktop import look
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.suggest_box import SuggestBox, Suggestion
from ui.desktop.widgets.suggestions import SuggestionList

THREE = [
    Suggestion(title="最低生活保障审核确认", detail="原称 农村低保", value="IT001", group="事项"),
    Suggestion(title="单身证明", detail="村里不开，请找民政局", group="不在本站办"),
    Suggestion(title="高龄津贴申领", value="IT003", group="事项"),
]


@pytest.fixture
def box(qtbot):
    field = SuggestBox("事项")
    a_window(qtbot, field, LineEdit(), height=500)
    field.setFocus()
    return field


def popup(box: SuggestBox) -> SuggestionList:
    found = box.window().findChild(SuggestionList)
    assert isinstance(found, SuggestionList)
    return found


def rows_of(box: SuggestBox) -> QListView:
    found = popup(box).findChild(QListView)
    assert isinstance(found, QListView)
    return found


def test_it_asks_once_for_keys_in_quick_succession(box, qtbot):
    asked: list[str] = []
    box.asked.connect(asked.append)
    with qtbot.waitSignal(box.asked):
        qtbot.keyClicks(box, "db")
    assert asked == ["db"]


def test_it_does_not_ask_for_what_is_only_being_composed(box, qtbot):
    with qtbot.assertNotEmitted(box.asked, wait=150):
        compose(box, "wei")
    with qtbot.waitSignal(box.asked) as asked:
        commit(box, "韦")
    assert asked.args == ["韦"]


def test_typing_goes_on_while_the_list_is_open(box, qtbot):
    box.offer(THREE)
    assert focused() is box
    compose(box, "di")
    assert box.popup_visible()
    commit(box, "低")
    assert box.text() == "低"


def test_keys_of_an_input_method_do_not_steer_the_list(box, qtbot):
    box.offer(THREE)
    compose(box, "di")
    with qtbot.assertNotEmitted(box.chosen), qtbot.assertNotEmitted(box.entered):
        qtbot.keyClick(box, Qt.Key.Key_Down)
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert popup(box).marked() == THREE[0]


def test_enter_takes_the_first_row(box, qtbot):
    box.offer(THREE)
    with qtbot.waitSignal(box.chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == ["IT001"]
    assert not box.popup_visible()


def test_down_passes_over_what_cannot_be_chosen_and_stays_at_the_end(box, qtbot):
    box.offer(THREE)
    for _ in range(4):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Enter)
    assert chosen.args == ["IT003"]
    box.offer(THREE)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert popup(box).marked() == THREE[0]


def test_enter_takes_the_text_where_free_text_is_valid_until_down_is_pressed(box, qtbot):
    box.set_first_marked(False)
    box.offer(THREE)
    with qtbot.waitSignal(box.entered), qtbot.assertNotEmitted(box.chosen):
        qtbot.keyClick(box, Qt.Key.Key_Return)
    box.offer(THREE)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.chosen):
        qtbot.keyClick(box, Qt.Key.Key_Return)


def test_rows_that_answer_an_earlier_text_are_not_taken_by_enter(box, qtbot):
    box.offer(THREE)
    qtbot.keyClicks(box, "g")
    with qtbot.waitSignal(box.entered), qtbot.assertNotEmitted(box.chosen):
        qtbot.keyClick(box, Qt.Key.Key_Return)


def test_escape_closes_the_list_first_and_is_the_page_s_afterwards(box, qtbot):
    box.offer(THREE)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.popup_visible()
    escape = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(box, escape)
    assert not escape.isAccepted()


def test_down_on_a_closed_list_asks_at_once(box, qtbot):
    with qtbot.waitSignal(box.asked):
        qtbot.keyClick(box, Qt.Key.Key_Down)


def test_the_mouse_chooses(box, qtbot):
    box.offer(THREE)
    view = rows_of(box)
    row = view.visualRect(view.model().index(1, 0)).center()  # below the heading 事项
    with qtbot.waitSignal(box.chosen) as chosen:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert chosen.args == ["IT001"]
    assert focused() is box


def test_a_click_on_what_cannot_be_chosen_does_nothing(box, qtbot):
    box.offer([THREE[1]])
    view = rows_of(box)
    row = view.visualRect(view.model().index(1, 0)).center()
    with qtbot.assertNotEmitted(box.chosen):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert box.popup_visible()


def test_it_says_so_when_there_is_nothing(box):
    box.offer([])
    view = rows_of(box)
    assert [view.model().index(row, 0).data() for row in range(view.model().rowCount())] == [
        "没有找到"
    ]
    assert popup(box).marked() is None


def test_an_answer_that_comes_after_the_field_was_left_opens_nothing(box):
    box.window().findChildren(LineEdit)[-1].setFocus()
    box.offer(THREE)
    assert not box.popup_visible()


def test_leaving_the_field_closes_the_list(box):
    box.offer(THREE)
    box.clearFocus()
    assert not box.popup_visible()


def test_the_list_opens_above_where_there_is_no_room_below(qtbot):
    above, field = QWidget(), SuggestBox()
    look.sized(above, height=300)
    window = a_window(qtbot, above, field)
    field.setFocus()
    field.offer(THREE)
    assert popup(field).geometry().bottom() < field.mapTo(window, QPoint(0, 0)).y()
    assert popup(field).geometry().top() >= 0


def test_the_list_follows_its_field(box, qtbot):
    box.offer(THREE)
    before = popup(box).width()
    box.window().resize(900, 500)
    qtbot.waitUntil(lambda: popup(box).width() > before)
    assert popup(box).width() == box.width()
