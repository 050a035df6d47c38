"""What stands under an applicant's name: the whole words, and fewer where there is less room."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QToolTip

from app.domain.case import State
from app.journal.refs import DeviceId, Ref
from app.usecases.duplicates import Judged
from app.usecases.lookup import Whereabouts
from tests.ui.desktop.widgets.showing import show
from ui.desktop import look
from ui.desktop.case_words import Limit
from ui.desktop.look import Mood, Size, Space, TextKind
from ui.desktop.models.case_lines import CaseLine
from ui.desktop.models.case_marks import marks_of, shorter, whole
from ui.desktop.pages.cases.listing import APPLICANT_UNITS
from ui.desktop.widgets import painting
from ui.desktop.widgets.table_view import CellKind, CellRole, Column, TableView

# The offscreen platform says so of every popup.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def a_line(**apart):
    plain = dict.fromkeys(
        (
            "urgent",
            "green",
            "joint",
            "carded",
            "kin",
            "same_number",
            "out_of_place",
            "needs_upgrade",
        ),
        False,
    )
    return CaseLine(
        n=1,
        subject=Ref(DeviceId(bytes(16)), 1),
        applicant="韦*妹",
        item="就业创业证申领",
        village="湖塘村",
        state=State.RECEIVED,
        limit=Limit(text="", mood=Mood.PLAIN, tip=""),
        where=Whereabouts.HERE,
        received_on=date(2026, 11, 20),
        number="",
        other_number="",
        **({"duplicate": None} | plain | apart),
    )


def room_px():
    px = look.current().px
    return px(APPLICANT_UNITS) - 2 * px(Space.S)


def test_nothing_stands_under_a_case_like_any_other():
    assert whole(marks_of(a_line())) == ""


def test_a_number_borne_twice_and_a_possible_duplicate_are_both_told():
    marks = marks_of(a_line(same_number=True, duplicate=Judged.OPEN))
    assert whole(marks) == "同号·可能重复"
    assert shorter(marks) == ("同号 可能重复", "同号 重复?", "同 疑", "同疑")


def test_no_two_marks_are_alike_in_any_of_their_lengths():
    every = dict.fromkeys(
        (
            "urgent",
            "green",
            "joint",
            "carded",
            "kin",
            "same_number",
            "out_of_place",
            "needs_upgrade",
        ),
        True,
    )
    marks = marks_of(a_line(**every))
    marks += [marks_of(a_line(duplicate=judged))[0] for judged in Judged]
    for name in ("word", "short", "sign"):
        said = [getattr(mark, name) for mark in marks]
        assert len(set(said)) == len(said)
    assert all(len(mark.sign) == 1 for mark in marks)


@pytest.mark.parametrize("scale", look.SCALES)
def test_any_two_marks_have_room_in_the_narrowest_list_with_a_word_each(qapp, scale):
    look.apply(qapp, "ordinary", scale)
    pairs = [
        {"same_number": True, "duplicate": judged} for judged in (Judged.OPEN, Judged.SAME)
    ] + [{"urgent": True, "green": True}, {"carded": True, "kin": True}]
    for pair in pairs:
        words = shorter(marks_of(a_line(**pair)))[1]
        assert painting.width_of(words, TextKind.SECONDARY) <= room_px(), words


def test_the_longest_words_that_have_room_are_shown(qapp):
    look.apply(qapp, "ordinary", 100)
    marks = marks_of(a_line(urgent=True, same_number=True, duplicate=Judged.OPEN))
    shown = partial(painting.in_room, (whole(marks), *shorter(marks)), TextKind.SECONDARY)
    assert shown(300) == "加急·同号·可能重复"
    assert shown(140) == "加急 同号 可能重复"
    assert shown(120) == "加急 同号 重复?"
    assert shown(room_px()) == "急 同 疑"
    assert shown(20) == shown(48) == "急同疑"


def test_a_narrow_cell_shows_them_and_its_tip_has_the_whole(qapp, qtbot):
    look.apply(qapp, "ordinary", 100)
    marks = marks_of(a_line(same_number=True, duplicate=Judged.OPEN))
    model, cell = QStandardItemModel(1, 1), QStandardItem("韦*妹")
    cell.setData(whole(marks), CellRole.DETAIL)
    model.setItem(0, 0, cell)
    table = TableView(name="办件")
    table.setModel(model)
    table.columns([Column(width=APPLICANT_UNITS, kind=CellKind.TWO_LINES)])
    table.set_row_units(Size.TWO_LINE_ROW)
    table.resize(300, 200)
    show(qtbot, table)
    cut = table.viewport().grab().toImage()
    cell.setData(list(shorter(marks)), CellRole.SHORTER)
    assert table.viewport().grab().toImage() != cut
    spot = table.visualRect(model.index(0, 0)).center()
    tip = QHelpEvent(QEvent.Type.ToolTip, spot, table.viewport().mapToGlobal(spot))
    QApplication.sendEvent(table.viewport(), tip)
    assert "同号·可能重复" in QToolTip.text()
