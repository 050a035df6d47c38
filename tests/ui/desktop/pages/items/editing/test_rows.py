"""A table of an item: rows are added, changed, moved and taken away, with the keyboard too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.domain.item_fields import TABLES
from app.domain.item_form import form_of
from tests.builders import the_item
from tests.ui.desktop import walks
from ui.desktop.pages.items.editing.row_dialog import RowDialog
from ui.desktop.pages.items.editing.rows import RowsEditor

MATERIALS = next(table for table in TABLES if table.name == "materials")
NOTICE = next(table for table in TABLES if table.name == "public_notice")


@pytest.fixture
def rows(qtbot) -> RowsEditor:
    made = RowsEditor(MATERIALS)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show_rows(form_of(the_item("IT001")).rows("materials")[:3])
    made.show()
    return made


def names(rows: RowsEditor) -> list[str]:
    return [row["name"][:6] for row in rows.rows]


def test_its_model_is_sound(rows, qtbot):
    QAbstractItemModelTester(rows.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows.put(1, {"name": "新材料"}, instead=False)
    rows.take_away()


def test_rows_are_moved_and_taken_away_with_keys(rows, qtbot):
    before = names(rows)
    rows.view.setFocus()
    rows.view.select_row(0)
    with qtbot.waitSignal(rows.edited):
        qtbot.keyClick(rows.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(rows) == [before[1], before[0], before[2]]
    assert rows.view.current_row() == 1
    qtbot.keyClick(rows.view, Qt.Key.Key_Delete)
    assert names(rows) == [before[1], before[2]]


def test_at_the_ends_nothing_moves_further(rows):
    rows.view.select_row(0)
    rows.move_by(-1)
    assert not rows.up.isEnabled()
    rows.view.select_row(2)
    assert not rows.down.isEnabled()


def test_of_a_public_notice_there_is_one(qtbot):
    rows = RowsEditor(NOTICE)
    qtbot.addWidget(rows)
    assert rows.add.isEnabled()
    rows.put(0, form_of(the_item("IT001")).rows("public_notice")[0], instead=False)
    assert not rows.add.isEnabled()


def test_what_is_wrong_is_marked_and_told(rows):
    rows.say({(1, "copies"): "应为整数"}, "")
    assert any("第 2 行“收取份数”：应为整数" in text for text in walks.texts(rows))
    rows.say({}, "")
    assert not any("应为整数" in text for text in walks.texts(rows))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_row_is_filled_in_where_each_field_can_be_read_and_reached(qtbot, table):
    dialog = RowDialog(table, None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert walks.faults(dialog) == []


def test_a_row_that_cannot_be_read_is_not_taken(qtbot):
    dialog = RowDialog(MATERIALS, None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.yes.click()
    assert dialog.isVisible()
    assert {one.labelled.said_text for one in dialog.inputs} >= {"没有填"}
    filled = form_of(the_item("IT001")).rows("materials")[0]
    for one in dialog.inputs:
        one.set_text(filled[one.field.name])
    dialog.yes.click()
    assert not dialog.isVisible()
    assert dialog.row() == dict(filled)
