"""The flow layout: side by side while there is room, else on a new row."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.look import Space
from ui.desktop.widgets.button import Button


def a_row(qtbot, count):
    window = QWidget()
    qtbot.addWidget(window)
    flow = look.flow(Space.S, parent=window)
    buttons = [Button("受理") for _ in range(count)]
    for button in buttons:
        flow.addWidget(button)
    return window, flow, buttons


def test_widgets_go_to_a_new_row_where_one_does_not_fit(qtbot):
    window, flow, (first, second, third) = a_row(qtbot, 3)
    width = first.sizeHint().width()
    window.resize(2 * width + 8, 200)
    window.show()
    assert (first.y(), second.y()) == (0, 0)
    assert second.x() == width + 8
    assert (third.x(), third.y()) == (0, first.height() + 8)
    assert flow.heightForWidth(2 * width + 8) == 2 * first.height() + 8
    assert flow.heightForWidth(3 * width + 16) == first.height()


def test_hidden_widgets_take_no_room(qtbot):
    window, flow, (first, second) = a_row(qtbot, 2)
    window.show()
    first.hide()
    window.resize(500, 100)
    flow.activate()
    assert second.x() == 0
    assert flow.sizeHint().width() == second.sizeHint().width()


def test_a_widget_that_is_too_wide_is_given_the_whole_row_and_no_more(qtbot):
    window, _flow, (first,) = a_row(qtbot, 1)
    window.setFixedSize(40, 100)
    window.show()
    assert first.width() == 40
