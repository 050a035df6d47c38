"""Boxes to tick, choices and radios: by keyboard, with one voice for a person and silence for the program."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.ui.desktop.widgets.composing import commit, compose
from tests.ui.desktop.widgets.showing import a_window, focused, show
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.radio import Radios
from ui.desktop.widgets.text_area import TextArea
from ui.desktop.widgets.tick import Tick

MODES = [("本人到站，委托代办", "proxy"), ("直接办理", "direct"), ("引领", "accompany")]


def test_space_ticks_and_enter_moves_on(qtbot):
    tick = Tick("加急")
    show(qtbot, tick)
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert tick.isChecked()
    with qtbot.waitSignal(tick.entered), qtbot.assertNotEmitted(tick.toggled):
        qtbot.keyClick(tick, Qt.Key.Key_Return)


def test_a_click_anywhere_on_it_ticks(qtbot):
    tick = Tick("加急")
    tick.resize(300, 40)
    show(qtbot, tick)
    qtbot.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(290, 20))
    assert tick.isChecked()


def test_a_long_tick_is_as_high_as_its_lines(qtbot):
    tick = Tick("本人确认所交材料真实有效，并同意通过信息共享核验家庭经济状况")
    tick.set_note("不同意的，请自行提交证明")
    a_window(qtbot, tick, width=200)
    assert tick.height() >= tick.heightForWidth(tick.width()) > 100


def test_a_choice_tells_what_a_person_chose_and_not_what_the_program_set(qtbot):
    choice = Choice(MODES)
    show(qtbot, choice)
    with qtbot.assertNotEmitted(choice.chosen):
        choice.set_value("direct")
    assert choice.currentText() == "直接办理"
    with qtbot.waitSignal(choice.chosen) as chosen:
        qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert chosen.args == ["accompany"] == [choice.value()]


def test_a_choice_keeps_its_value_when_its_options_change(qtbot):
    choice = Choice(MODES)
    qtbot.addWidget(choice)
    choice.set_value("direct")
    choice.set_options([("协办", "assist"), *MODES])
    assert choice.value() == "direct"
    choice.set_options([("协办", "assist")])
    assert choice.value() == "assist"


def test_enter_on_a_choice_moves_on(qtbot):
    choice = Choice(MODES)
    show(qtbot, choice)
    with qtbot.waitSignal(choice.entered):
        qtbot.keyClick(choice, Qt.Key.Key_Return)


def test_a_wheel_that_scrolls_the_page_changes_no_answer(qtbot):
    choice = Choice(MODES)
    show(qtbot, choice)
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(choice, turn)
    assert choice.value() == "proxy"
    assert not turn.isAccepted()


def test_radios_are_one_stop_of_the_tab_key_and_arrows_choose(qtbot):
    first, radios, last = LineEdit(), Radios(MODES), LineEdit()
    a_window(qtbot, first, radios, last)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    with qtbot.waitSignal(radios.chosen) as chosen:
        qtbot.keyClick(focused(), Qt.Key.Key_Right)
    assert chosen.args == ["direct"]
    with qtbot.waitSignal(radios.entered):
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused() is last


def test_setting_radios_tells_nobody(qtbot):
    radios = Radios(MODES)
    qtbot.addWidget(radios)
    with qtbot.assertNotEmitted(radios.chosen):
        radios.set_value("accompany")
    assert radios.value() == "accompany"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_is_left_to_the_page_by_each(qtbot, key):
    editors: list[Any] = [Tick("加急"), Choice(MODES), Radios(MODES), TextArea()]
    a_window(qtbot, *editors)
    for editor in editors[:2]:
        with qtbot.assertNotEmitted(editor.entered):
            qtbot.keyClick(editor, key, Qt.KeyboardModifier.ControlModifier)
    editors[3].setFocus()
    qtbot.keyClick(editors[3], key, Qt.KeyboardModifier.ControlModifier)
    assert editors[3].text() == ""


def test_in_an_area_of_text_enter_begins_a_line_and_tab_moves_on(qtbot):
    area, after = TextArea("备注"), LineEdit()
    a_window(qtbot, area, after)
    area.setFocus()
    qtbot.keyClicks(area, "a")
    qtbot.keyClick(area, Qt.Key.Key_Return)
    qtbot.keyClicks(area, "b")
    assert area.text() == "a\nb"
    with qtbot.waitSignal(area.left):
        qtbot.keyClick(area, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_composing_works_in_an_area_of_text_and_enter_is_the_input_method_s(qtbot):
    area = TextArea()
    show(qtbot, area)
    compose(area, "ni'hao")
    qtbot.keyClick(area, Qt.Key.Key_Return)
    commit(area, "你好")
    assert area.text() == "你好"
    assert not area.is_composing()
