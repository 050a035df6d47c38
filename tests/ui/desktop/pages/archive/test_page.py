"""归档 as people use it: real widgets over a real store."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from app.domain.case import State
from app.domain.events import Appraisal, Role
from app.domain.staff import OperatorCard
from app.journal.refs import Ref
from tests.archives import TEN_YEARS, an_archivist
from tests.builders import TOWNSHIP, a_case, act, hand
from tests.ui.desktop.desks import SomeDesk, a_desk, leave
from ui.desktop.pages.archive.dialogs import AppraiseDialog, ArchiveDialog, DestroyDialog
from ui.desktop.pages.archive.lines import View
from ui.desktop.pages.archive.page import ArchivePage
from ui.desktop.widgets.dialogs import FormDialog

NAMES = ("韦小妹", "蒙大山", "莫老五")


@dataclass
class ArchiveDesk(SomeDesk):
    """A township's, where three people took their requests back."""

    subjects: list[Ref]
    archivist: OperatorCard


@pytest.fixture
def desk(qtbot, tmp_path):
    some = a_desk(qtbot, tmp_path, TOWNSHIP)
    subjects = []
    for name in NAMES:
        subject = a_case(some.station, "IT022", name)
        act(some.station, subject, "withdraw", reason="不办了")
        subjects.append(subject)
    archivist = an_archivist(some.station)
    yield ArchiveDesk(some.desk, some.station, some.district, qtbot, subjects, archivist)
    leave(some)


def shown(qtbot, desk, view=View.WAITING, width=1198, height=690):
    page = ArchivePage(desk.desk)
    qtbot.addWidget(page)
    page.resize(width, height)
    page.show()
    page.receive(view)
    desk.settle()
    return page


def cells(page):
    model = page.list.model()
    return [
        [model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())
    ]


def sit(desk, card):
    desk.desk.seat(card)
    desk.settle()


def answer(qtbot, desk, button, fill):
    """Press a button, fill in the dialog that opens, and say yes."""
    seen = []

    def at_dialog():
        (dialog,) = [
            one
            for one in QApplication.topLevelWidgets()
            if isinstance(one, FormDialog) and one.isVisible()
        ]
        seen.append(dialog)
        fill(dialog)
        dialog.yes.click()

    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, at_dialog)
    button.click()
    desk.settle()
    return seen[0]


def test_the_archivist_archives_all_that_waits(qtbot, desk):
    sit(desk, desk.archivist)
    page = shown(qtbot, desk)
    assert len(cells(page)) == 3
    assert "韦*妹" in [row[0] for row in cells(page)]
    assert not page.archive.isEnabled()
    page.all.click()
    dialog = answer(qtbot, desk, page.archive, lambda _: None)
    assert isinstance(dialog, ArchiveDialog)
    assert cells(page) == []
    page.receive(View.CATALOGUE)
    desk.settle()
    assert [row[0] for row in cells(page)] == [
        f"2026-D10-{desk.station.store.certificate.slot_text}-{n:04}" for n in (1, 2, 3)
    ]
    assert not page.archive.isVisible()


def of_old(desk, appraised=()):
    """Files whose period is over, some of them appraised."""
    from app.domain.items import Retention
    from app.usecases import archive

    store = desk.station.store
    archive.archive(store, desk.subjects, retention=Retention.TEN_YEARS, by=desk.archivist)
    desk.station.wall.turn(days=TEN_YEARS)
    archive.appraise(store, appraised, Appraisal.DESTROY, "期满", by=desk.archivist)


def test_the_archivist_appraises_and_the_head_approves_after_one_question(qtbot, desk):
    of_old(desk)
    sit(desk, desk.archivist)
    page = shown(qtbot, desk, View.DUE)
    assert [row[3] for row in cells(page)] == ["待鉴定"] * 3
    assert not page.approve.isVisible()
    page.list.select_row(0)

    def opinion(dialog):
        assert isinstance(dialog, AppraiseDialog)
        dialog.reason.set_text("期满，没有继续保存的价值")

    answer(qtbot, desk, page.appraise, opinion)
    assert [row[3] for row in cells(page)] == ["可以销毁", "待鉴定", "待鉴定"]
    sit(desk, desk.station.head)
    assert page.approve.isVisible()
    page.all.click()
    assert not page.approve.isEnabled()
    page.list.clearSelection()
    page.list.select_row(0)
    dialog = answer(qtbot, desk, page.approve, lambda _: None)
    assert isinstance(dialog, DestroyDialog)
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "不能恢复" in words
    assert len(cells(page)) == 2
    assert desk.station.case(desk.subjects[0]).state is State.DESTROYED
    page.receive(View.REGISTER)
    desk.settle()
    assert [row[3] for row in cells(page)] == ["待核对"]


def test_an_appraisal_needs_its_reason_and_years(qtbot, desk):
    dialog = AppraiseDialog(1)
    qtbot.addWidget(dialog)
    given = []
    dialog.given.connect(lambda *told: given.append(told))
    dialog.show()
    dialog.yes.click()
    assert given == []
    dialog.reason.set_text("还有查考")
    dialog.opinion.set_value(Appraisal.EXTEND)
    dialog.years.setText("x")
    dialog.yes.click()
    assert given == []
    dialog.years.setText("10")
    dialog.yes.click()
    assert given == [(Appraisal.EXTEND, "还有查考", 10)]


def test_what_is_refused_of_several_is_said_of_each(qtbot, desk, monkeypatch):
    of_old(desk)
    sit(desk, desk.archivist)
    page = shown(qtbot, desk, View.DUE)
    told = []
    monkeypatch.setattr("ui.desktop.widgets.dialogs.tell", lambda _p, _t, words: told.append(words))
    page.presenter.destroy(desk.subjects, "同意")
    desk.settle()
    (words,) = told
    assert words.count("\n") == 2
    assert words.count("20261120") == 3


def test_the_register_is_kept_as_a_text(qtbot, desk, tmp_path, monkeypatch):
    from app.usecases import archive

    of_old(desk, desk.subjects[:1])
    archive.destroy(desk.station.store, desk.subjects[:1], "同意", by=desk.station.head)
    hand(desk.station, accepted=desk.station.store.head().seq)
    page = shown(qtbot, desk, View.REGISTER)
    assert [row[3] for row in cells(page)] == ["已销毁"]
    file = tmp_path / "销毁清册.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    page.export.click()
    desk.settle()
    text = file.read_text("utf-8-sig")
    assert "共 1 件" in text
    assert not [name for name in NAMES if name in text]


def test_whose_business_it_is_not_sees_no_file_and_why(qtbot, desk):
    sit(desk, desk.station.person(Role.CLERK))
    page = shown(qtbot, desk)
    assert cells(page) == []
    words = [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    assert "归档由档案员、负责人和督查员看" in words
