"""A table: keys, its place after a reset, its empty state, and a hundred thousand rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from typing_extensions import override

from tests.ui.desktop.widgets.showing import a_window, show
from ui.desktop import look
from ui.desktop.look import Mood
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.table_view import CellKind, CellRole, Column, TableView

# The offscreen platform says so of every popup.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

COLUMNS = [
    Column(width=120),
    Column(width=180, stretch=1, kind=CellKind.TWO_LINES),
    Column(width=160, kind=CellKind.CHIP),
    Column(width=100, figures=True),
]


class Cases(QAbstractTableModel):
    """`asked` counts the cells that were looked at."""

    def __init__(self, keys):
        super().__init__()
        self.keys = list(keys)
        self.asked = 0

    @override
    def rowCount(self, parent=QModelIndex()):  # noqa: B008
        return 0 if parent.isValid() else len(self.keys)

    @override
    def columnCount(self, parent=QModelIndex()):  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        self.asked += 1
        key = self.keys[index.row()]
        if role == CellRole.KEY:
            return key
        if role == CellRole.DETAIL and index.column() == 1:
            return "湖塘村"
        if role == CellRole.MOOD and index.column() == 2:
            return Mood.BAD
        if role == Qt.ItemDataRole.DisplayRole:
            return (f"申请人{key}", "最低生活保障审核确认" * 3, "超期 1 天", f"{key}.00")[
                index.column()
            ]
        return None

    def show(self, keys):
        self.beginResetModel()
        self.keys = list(keys)
        self.endResetModel()

    def add(self, keys):
        self.beginInsertRows(QModelIndex(), len(self.keys), len(self.keys) + len(keys) - 1)
        self.keys += keys
        self.endInsertRows()


def a_table(qtbot, keys=range(50)):
    table = TableView(name="办件")
    model = Cases(keys)
    model.setParent(table)
    table.setModel(model)
    table.columns(COLUMNS)
    table.resize(700, 400)
    show(qtbot, table)
    table.setFocus()
    return table, model


def test_enter_and_a_double_click_open(qtbot):
    table, _model = a_table(qtbot)
    table.select_row(2)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args[0].row() == 2
    spot = table.visualRect(table.model().index(4, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened.args[0].row() == 4


def test_moving_down_tells_the_row_once(qtbot):
    table, _model = a_table(qtbot)
    table.select_row(0)
    rows = []
    table.current_changed.connect(lambda index: rows.append(index.row()))
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert rows == [1]


def test_tab_leaves_the_table(qtbot):
    table, after = TableView(name="办件"), LineEdit()
    table.setModel(Cases(range(3)))
    a_window(qtbot, table, after)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_the_selected_row_is_found_again_after_a_reset_though_it_has_moved(qtbot):
    table, model = a_table(qtbot)
    table.select_row(3)
    model.show([100, 101, *range(50)])
    assert table.current_row() == 5
    assert [index.row() for index in table.selectionModel().selectedRows()] == [5]


def test_the_selected_row_is_found_when_its_page_comes_later(qtbot):
    table, model = a_table(qtbot)
    table.select_row(30)
    model.show([])
    model.add(list(range(20)))
    assert table.current_row() == -1
    model.add(list(range(20, 50)))
    assert table.current_row() == 30


def test_a_person_who_moves_meanwhile_is_not_dragged_back(qtbot):
    table, model = a_table(qtbot)
    table.select_row(30)
    model.show(list(range(20)))
    table.select_row(0)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    model.add(list(range(20, 50)))
    assert table.current_row() == 1


def test_one_looks_at_the_same_place_after_a_reset(qtbot):
    table, model = a_table(qtbot, range(200))
    table.select_row(0)
    table.verticalScrollBar().setValue(1500)
    model.show([])
    model.add(list(range(200)))
    qtbot.waitUntil(lambda: table.verticalScrollBar().value() == 1500)
    assert table.current_row() == 0


def test_a_key_can_be_selected_before_its_row_is_there(qtbot):
    table, model = a_table(qtbot, range(10))
    table.set_key(15)
    assert table.current_row() != 15
    model.add(list(range(10, 20)))
    assert table.current_row() == 15


def test_the_empty_state_stands_over_an_empty_table_only(qtbot):
    table, model = a_table(qtbot, [])
    empty = EmptyState("folder-open", "还没有办件", "登记的第一件会出现在这里。", "登记新办件")
    table.set_empty(empty)
    assert empty.isVisible()
    model.add([1])
    assert not empty.isVisible()
    model.show([])
    assert empty.isVisible()
    assert empty.geometry() == table.viewport().rect()


def test_the_columns_share_what_is_left_and_never_get_too_narrow(qtbot):
    table, _model = a_table(qtbot)
    table.resize(900, 400)
    widths = [table.columnWidth(at) for at in range(4)]
    assert widths[0] == 120
    assert sum(widths) == table.viewport().width()
    table.resize(300, 400)
    assert table.columnWidth(1) == 180


def test_rows_grow_with_the_scale(qapp, qtbot):
    table, _model = a_table(qtbot)
    assert table.rowHeight(0) == 36
    look.apply(qapp, "ordinary", 150)
    assert table.rowHeight(0) == 54
    assert table.columnWidth(0) == 180


def test_a_shortened_text_is_told_whole(qtbot):
    table, model = a_table(qtbot)
    index = model.index(0, 1)
    spot = table.visualRect(index).center()
    tip = QHelpEvent(QEvent.Type.ToolTip, spot, table.viewport().mapToGlobal(spot))
    QApplication.sendEvent(table.viewport(), tip)
    assert "最低生活保障审核确认" * 3 in QToolTip.text()
    assert "湖塘村" in QToolTip.text()


@pytest.mark.parametrize("theme", look.ThemeName)
def test_a_chip_has_the_colour_of_its_mood(qapp, qtbot, theme):
    look.apply(qapp, theme, 100)
    table, model = a_table(qtbot)
    picture = table.viewport().grab(table.visualRect(model.index(1, 2))).toImage()
    found = {
        QColor(picture.pixelColor(x, y)).name().upper()
        for x in range(picture.width())
        for y in range(picture.height())
    }
    assert look.current().tone(Mood.BAD).ink in found


def test_a_hundred_thousand_rows_ask_only_for_those_that_are_seen(qtbot):
    table, model = a_table(qtbot, range(100_000))
    QApplication.processEvents()
    model.asked = 0
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    table.viewport().grab(table.viewport().rect().translated(QPoint(0, 0)))
    assert 0 < model.asked < 2_000
