"""Theme and scale change while the program runs, and everything measures itself again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import SCALES, Size, Space, TextKind, ThemeName
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.text import Text


def test_a_new_scale_reaches_layouts_fixed_sizes_and_fonts_that_are_already_there(qapp, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    column = look.column(Space.M, (Space.L, Space.S, Space.L, Space.S), window)
    held = look.sized(QWidget(), width=100, height=40)
    text, button, field = Text("字", TextKind.TITLE), Button("受理"), LineEdit()
    for widget in (held, text, button, field):
        column.addWidget(widget)
    window.show()
    look.apply(qapp, ThemeName.ORDINARY, 150)
    assert column.spacing() == 18
    assert column.contentsMargins().left() == 24
    assert (held.width(), held.height()) == (150, 60)
    assert text.font().pixelSize() == 33
    assert button.sizeHint().height() == field.sizeHint().height() == 60


def test_a_new_theme_reaches_text_that_is_already_there(qapp, qtbot):
    text = Text("字", TextKind.SECONDARY)
    qtbot.addWidget(text)
    text.show()
    look.apply(qapp, ThemeName.CONTRAST, 100)
    expected = look.current().theme.secondary
    assert text.palette().windowText().color().name().upper() == expected


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("theme", ThemeName)
def test_the_style_sheet_has_no_value_left_open(qapp, qtbot, theme, scale):
    window = QWidget()
    qtbot.addWidget(window)
    look.apply(qapp, theme, scale)
    assert "$" not in window.styleSheet()
    assert look.current().theme.paper in window.styleSheet()


def test_qt_s_own_controls_are_drawn_by_fusion_on_every_system(qapp):
    qapp.setStyle("Windows")
    look.apply(qapp, "ordinary", 100)
    assert QApplication.style().name() == "fusion"


def test_the_same_look_again_costs_nothing(qapp, qtbot):
    heard = []

    class Listening(QPushButton):
        @override
        def changeEvent(self, event):
            heard.append(event.type())
            super().changeEvent(event)

    button = Listening()
    qtbot.addWidget(button)
    button.show()
    heard.clear()
    look.apply(qapp, "ordinary", 100)
    assert heard == []


def test_the_application_has_no_sheet_so_a_part_is_dressed_once_when_it_is_put_into_a_window(
    qapp, qtbot
):
    heard = []

    class Listening(QLineEdit):
        @override
        def changeEvent(self, event):
            if event.type() is QEvent.Type.StyleChange:
                heard.append(self)
            super().changeEvent(event)

    inner, middle, window = QWidget(), QWidget(), QWidget()
    look.column(parent=inner).addWidget(Listening())
    look.column(parent=middle).addWidget(inner)
    assert heard == []
    qtbot.addWidget(window)
    look.column(parent=window).addWidget(middle)
    assert len(heard) == 1


def test_a_part_that_stood_aside_during_a_change_wears_the_new_look_when_it_comes_back(qapp, qtbot):
    window, aside = QWidget(), QWidget()
    qtbot.addWidget(window)
    text = Text("字", TextKind.TITLE)
    around, inside = look.column(parent=window), look.column(Space.M, parent=aside)
    around.addWidget(aside)
    inside.addWidget(text)
    aside.setParent(None)
    look.apply(qapp, ThemeName.CONTRAST, 150)
    look.measure_again([aside])
    around.addWidget(aside)
    assert text.font().pixelSize() == 33
    assert text.palette().windowText().color().name().upper() == look.current().theme.text
    assert inside.spacing() == 18


def test_a_plain_field_of_qt_is_as_high_as_ours_and_does_not_move_when_it_gets_the_focus(
    qapp, qtbot
):
    window = QWidget()
    qtbot.addWidget(window)
    column = look.column(parent=window)
    fields = [QLineEdit(), LineEdit()]
    for field in fields:
        column.addWidget(field)
    window.show()
    qtbot.waitExposed(window)
    at_rest = [field.geometry() for field in fields]
    fields[0].setFocus()
    qapp.processEvents()
    assert [field.geometry() for field in fields] == at_rest
    assert {field.height() for field in fields} == {look.current().px(Size.CONTROL)}


def test_nothing_that_is_something_vanishes_by_rounding():
    assert look.current().px(0.2) == 1
    assert look.current().px(0) == 0
