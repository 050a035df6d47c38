"""The archive's lists, seen as they will be printed and signed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.events import Role
from app.domain.items import Retention
from app.usecases import archive, lookup
from tests.archives import an_archivist, destroy_in_time
from tests.builders import TOWNSHIP, a_case, act
from tests.printing.reading import Printed
from tests.ui.desktop.desks import a_desk, leave
from ui.desktop.desk import Said
from ui.desktop.pages.archive.lines import View
from ui.desktop.pages.archive.page import ArchivePage
from ui.desktop.widgets.button import Button


@pytest.fixture
def desk(qtbot, tmp_path):
    some = a_desk(qtbot, tmp_path, TOWNSHIP)
    subjects = []
    for name in ("韦小妹", "蒙大山"):
        subjects.append(a_case(some.station, "IT022", name))
        act(some.station, subjects[-1], "withdraw", reason="不办了")
    by = an_archivist(some.station)
    archive.archive(some.station.store, subjects[:1], retention=Retention.TEN_YEARS, by=by)
    yield some
    leave(some)


def shown(desk, view):
    page = ArchivePage(desk.desk)
    desk.qtbot.addWidget(page)
    page.resize(1198, 690)
    page.show()
    page.receive(view)
    settle(desk)
    return page


def settle(desk):
    for _ in range(4):  # one answer asks the next question
        desk.settle()
        QApplication.processEvents()


def test_the_catalogue_and_the_register_of_certificates_are_seen_one_beside_the_other(desk):
    page = shown(desk, View.CATALOGUE)
    page.on_paper.click()
    settle(desk)
    assert page.preview.isVisible()
    assert not page.list.isVisible()
    text = Printed(page.preview.pdf).text
    assert "韦**就业创业证申领" in text
    assert "韦小妹" not in text
    page.preview.sheets.findChildren(Button)[1].click()
    settle(desk)
    assert "证明出具登记簿" in Printed(page.preview.pdf).text
    desk.qtbot.keyClick(page.preview.print, Qt.Key.Key_Escape)
    assert not page.preview.isVisible()
    assert page.list.isVisible()


def test_a_list_is_narrowed_on_paper_as_it_is_on_screen(desk):
    page = shown(desk, View.CATALOGUE)
    page.presenter.want(year=1999)
    settle(desk)
    page.print_paper()
    settle(desk)
    text = Printed(page.preview.pdf).text
    assert "1999年度" in text
    assert "共0件" in text


def test_the_destruction_register_is_for_its_witnesses_to_sign(desk):
    destroy_in_time(desk.station, lookup.found(desk.station.store, "蒙大山", limit=1)[0].subject)
    page = shown(desk, View.REGISTER)
    page.print_paper()
    settle(desk)
    text = Printed(page.preview.pdf).text
    assert "监销人（两人）" in text
    assert "共1件" in text


def test_what_waits_is_no_list_to_print(desk):
    page = shown(desk, View.WAITING)
    assert not page.on_paper.isVisible()
    told: list[Said] = []
    desk.desk.said.connect(told.append)
    page.print_paper()
    assert not page.preview.isVisible()
    assert "可以打印" in told[0].text


def test_another_list_or_another_person_closes_the_preview(desk):
    page = shown(desk, View.CATALOGUE)
    page.print_paper()
    settle(desk)
    page.receive(View.WAITING)
    assert not page.preview.isVisible()
    page.receive(View.CATALOGUE)
    settle(desk)
    page.print_paper()
    settle(desk)
    desk.desk.seat(desk.station.person(Role.CLERK))
    settle(desk)
    assert not page.preview.isVisible()
    page.print_paper()
    settle(desk)
    assert not page.preview.isVisible()
