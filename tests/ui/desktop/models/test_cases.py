"""The list of cases over a real store."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.domain.case import State
from app.domain.events import Role
from app.usecases.lookup import CaseFilter, Order, Whereabouts
from tests.builders import a_case, act
from ui.desktop.look.mood import Mood
from ui.desktop.models.cases import PAGE_ROWS, CaseColumn, CaseTable
from ui.desktop.widgets.table_view import CellRole, TableView

COLUMNS = tuple(CaseColumn)


def watched(model: QAbstractItemModel) -> QAbstractItemModelTester:
    """Its complaints are warnings, which fail the test."""
    return QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Warning, model
    )


@pytest.fixture
def table(some_desk):
    model = CaseTable(some_desk.desk, COLUMNS)
    watched(model)
    return model


def shown(some_desk, table, **wanted):
    table.show(CaseFilter(**wanted))
    some_desk.settle()
    return table


def texts(table, column):
    at = COLUMNS.index(column)
    return [table.index(row, at).data() for row in range(table.rowCount())]


def test_an_empty_store_gives_no_rows_and_says_that_it_was_looked_at(some_desk, table):
    assert not table.was_loaded
    shown(some_desk, table)
    assert table.was_loaded
    assert table.rowCount() == 0


def test_a_line_has_the_applicant_masked_the_item_and_where_it_is(some_desk, table):
    a_case(some_desk.station, "IT001", name="韦小妹")
    line = shown(some_desk, table).line_at(0)
    assert line.applicant == "韦*妹"
    assert (line.item, line.village) == ("最低生活保障审核确认", "湖塘村")
    assert line.state is State.RECEIVED
    assert line.where is Whereabouts.HERE
    assert line.limit.text == "剩余 3 个工作日"
    assert line.limit.mood is Mood.GOOD
    assert "2026年11月25日到期" in line.limit.tip


def test_what_a_cell_says_is_said_by_a_screen_reader_with_its_column(some_desk, table):
    a_case(some_desk.station, urgent=True)
    shown(some_desk, table)
    cell = table.index(0, COLUMNS.index(CaseColumn.APPLICANT))
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "申请人 韦*妹，加急"
    assert cell.data(CellRole.DETAIL) == "加急"


def test_what_sets_a_case_apart_stands_under_the_name(some_desk, table):
    a_case(some_desk.station, green="老年人", staff_relative="第一人的母亲")
    shown(some_desk, table)
    cell = table.index(0, COLUMNS.index(CaseColumn.APPLICANT))
    assert cell.data(CellRole.DETAIL) == "绿色通道·亲属"


def test_a_card_is_marked_until_it_is_withdrawn(some_desk, table):
    station = some_desk.station
    subject = a_case(station)
    station.wall.turn(days=14)
    supervisor = station.person(Role.SUPERVISOR)
    act(station, subject, "issue_card", by=supervisor, cause="forwarding")
    shown(some_desk, table)
    cell = table.index(0, COLUMNS.index(CaseColumn.APPLICANT))
    assert cell.data(CellRole.DETAIL) == "黄牌红牌"
    act(station, subject, "withdraw_card", by=supervisor, note="核对有误")
    shown(some_desk, table)
    cell = table.index(0, COLUMNS.index(CaseColumn.APPLICANT))
    assert cell.data(CellRole.DETAIL) is None


def test_chips_have_a_mood_an_icon_and_a_word(some_desk, table):
    a_case(some_desk.station)
    shown(some_desk, table)
    for column in (CaseColumn.STATE, CaseColumn.LIMIT):
        cell = table.index(0, COLUMNS.index(column))
        assert cell.data()
        assert Mood(cell.data(CellRole.MOOD)) is not Mood.PLAIN
        assert cell.data(CellRole.ICON)


def test_a_long_list_comes_in_pages(some_desk):
    for number in range(PAGE_ROWS + 5):
        a_case(some_desk.station, name=f"韦{number}")
    table = shown(some_desk, CaseTable(some_desk.desk, COLUMNS))  # a tester would fetch by itself
    assert table.rowCount() == PAGE_ROWS
    assert table.canFetchMore()
    table.fetchMore()
    assert not table.canFetchMore()  # one page at a time
    some_desk.settle()
    assert table.rowCount() == PAGE_ROWS + 5
    assert not table.canFetchMore()
    numbers = texts(table, CaseColumn.NUMBER)
    assert len(set(numbers)) == PAGE_ROWS + 5


def test_looking_again_keeps_as_many_rows_as_there_were(some_desk, table):
    for number in range(PAGE_ROWS + 5):
        a_case(some_desk.station, name=f"韦{number}")
    shown(some_desk, table)
    table.fetchMore()
    some_desk.settle()
    table.refresh()
    some_desk.settle()
    assert table.rowCount() == PAGE_ROWS + 5


def test_a_case_that_changed_is_painted_again_and_the_others_are_let_be(some_desk, table, qtbot):
    a_case(some_desk.station, name="韦一")
    subject = a_case(some_desk.station, name="韦二")
    shown(some_desk, table)
    act(some_desk.station, subject, "forward")
    resets, changes = [], []
    table.modelReset.connect(lambda: resets.append(True))
    table.dataChanged.connect(lambda first, last: changes.append((first.row(), last.row())))
    table.refresh()
    some_desk.settle()
    assert (resets, changes) == ([], [(0, 0)])
    assert texts(table, CaseColumn.STATE)[0] == "在途"


def test_the_selected_case_stays_selected_when_others_come_before_it(some_desk, table, qtbot):
    subject = a_case(some_desk.station, name="韦一")
    view = TableView(name="办件")
    qtbot.addWidget(view)
    view.setModel(table)
    shown(some_desk, table)
    view.select_row(0)
    a_case(some_desk.station, name="韦二")
    table.refresh()
    some_desk.settle()
    assert table.rowCount() == 2
    assert view.current_row() == 1 == table.row_of(subject)


def test_of_two_questions_only_the_later_is_answered(some_desk, table):
    a_case(some_desk.station, name="韦一")
    a_case(some_desk.station, name="覃二")
    table.show(CaseFilter(text="韦"))
    table.show(CaseFilter(text="覃"))
    some_desk.settle()
    assert texts(table, CaseColumn.APPLICANT) == ["覃*"]


def test_the_list_can_be_in_the_order_in_which_cases_fall_due(some_desk, table):
    a_case(some_desk.station, name="韦早")
    some_desk.station.wall.turn(days=3)
    a_case(some_desk.station, name="覃晚")
    shown(some_desk, table, order=Order.DUE)
    assert texts(table, CaseColumn.APPLICANT) == ["韦*", "覃*"]
    shown(some_desk, table, order=Order.NEWEST)
    assert texts(table, CaseColumn.APPLICANT) == ["覃*", "韦*"]


def test_a_bad_index_is_no_line(some_desk, table):
    assert table.line(table.index(7, 0)) is None
    assert table.line_at(-1) is None
    assert table.row_of(some_desk.station.head.ref) is None
