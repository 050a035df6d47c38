"""The register as Qt sees it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from tests.builders import a_case
from tests.ui.desktop.desks import WAIT_MS
from tests.ui.desktop.pages.papers.desks import a_receipt_of, issue
from ui.desktop.look.mood import Mood
from ui.desktop.pages.papers import table as tables
from ui.desktop.pages.papers.lines import PapersWanted, Span
from ui.desktop.pages.papers.table import PaperColumn, PaperTable
from ui.desktop.widgets.cells import CellRole


@pytest.fixture
def table(some_desk):
    table = PaperTable(some_desk.desk)
    tester = QAbstractItemModelTester(
        table, QAbstractItemModelTester.FailureReportingMode.Warning, table
    )
    assert tester.model() is table
    return table


def loaded(qtbot, table, ask):
    with qtbot.waitSignal(table.loaded, timeout=WAIT_MS):
        ask()


def said(table, row, column, role=Qt.ItemDataRole.DisplayRole):
    return table.index(row, column).data(role)


def test_a_row_tells_document_applicant_day_and_state(some_desk, qtbot, table):
    subject = a_receipt_of(some_desk)
    facts = issue(some_desk.station, subject)
    loaded(qtbot, table, lambda: table.show(PapersWanted()))
    assert table.rowCount() == 2
    assert [said(table, 0, column) for column in PaperColumn] == [
        "收件回执",
        "韦*妹",
        "11-20",
        "补打第 1 次",
    ]
    detail = CellRole.DETAIL
    assert [said(table, 0, column, detail) for column in PaperColumn] == [
        facts.number,
        facts.item,
        "周五",
        None,
    ]
    assert said(table, 1, PaperColumn.STATE) == "原件"
    assert said(table, 0, PaperColumn.ON, Qt.ItemDataRole.ToolTipRole).startswith("2026年11月20日")
    assert facts.local_number in said(table, 0, PaperColumn.APPLICANT, Qt.ItemDataRole.ToolTipRole)
    spoken = said(table, 0, PaperColumn.PAPER, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"收件回执，{facts.number}"


def test_what_may_be_printed_is_marked(some_desk, qtbot, table):
    subject = a_case(some_desk.station)
    loaded(qtbot, table, lambda: table.show(PapersWanted(subject=subject)))
    assert said(table, 0, PaperColumn.STATE) == "可以打印"
    assert said(table, 0, PaperColumn.STATE, CellRole.MOOD) == Mood.INFO
    assert said(table, 0, PaperColumn.ON) == ""


def test_a_document_of_another_year_tells_the_year(some_desk, qtbot, table):
    a_receipt_of(some_desk)
    some_desk.district.wall.turn(days=60)
    loaded(qtbot, table, lambda: table.show(PapersWanted(span=Span.ALL)))
    assert said(table, 0, PaperColumn.ON, CellRole.DETAIL) == "2026年"


def test_rows_come_in_pages_as_they_are_scrolled(some_desk, qtbot, table, monkeypatch):
    monkeypatch.setattr(tables, "PAGE_ROWS", 3)
    subject = a_receipt_of(some_desk)
    for _ in range(6):
        issue(some_desk.station, subject)
    loaded(qtbot, table, lambda: table.show(PapersWanted()))
    assert table.rowCount() == 3
    while table.is_loading or table.canFetchMore(QModelIndex()):
        table.fetchMore(QModelIndex())  # while a page is on its way, nothing
        some_desk.settle()
    assert table.rowCount() == 7
    loaded(qtbot, table, table.refresh)
    assert table.rowCount() == 7
    keys = [said(table, row, 0, CellRole.KEY) for row in range(7)]
    assert len(set(keys)) == 7


def test_nothing_moves_where_nothing_has_changed(some_desk, qtbot, table):
    a_receipt_of(some_desk)
    loaded(qtbot, table, lambda: table.show(PapersWanted()))
    with qtbot.assertNotEmitted(table.modelReset):
        loaded(qtbot, table, table.refresh)
    a_receipt_of(some_desk, "莫桂英")
    with qtbot.waitSignal(table.modelReset, timeout=WAIT_MS):
        table.refresh()


def test_only_the_last_question_is_answered(some_desk, qtbot, table):
    subject = a_receipt_of(some_desk)
    a_receipt_of(some_desk, "莫桂英")
    table.show(PapersWanted(text="韦"))
    loaded(qtbot, table, lambda: table.show(PapersWanted(text="莫桂英")))
    some_desk.settle()
    assert [said(table, row, PaperColumn.APPLICANT) for row in range(table.rowCount())] == ["莫*英"]
    assert subject


def test_columns_have_titles(table):
    titles = [table.headerData(column, Qt.Orientation.Horizontal) for column in PaperColumn]
    assert titles == ["文书", "申请人", "日期", "情况"]
