"""Scans in the detail of a case: seen, added later, taken out of sight; at the authority brought from the centre."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.domain.events import Role
from app.journal.refs import Ref
from app.store import opening
from app.store.store import Store
from app.usecases import attachments
from tests.builders import DISTRICT, TOWNSHIP, VILLAGE, Station, a_case, a_district, act, meet
from tests.builders import a_station as at
from tests.sync.builders import ACentre, a_centre, a_station, exchange, listening
from tests.ui.desktop import walks
from tests.ui.desktop.desks import SomeDesk
from tests.ui.desktop.pages.cases.places import desk_at
from tests.ui.desktop.scans.papers import a_picture, png
from ui.desktop.exchanging import Exchanger
from ui.desktop.pages.cases.page import CasesPage
from ui.desktop.scans.downloads import downloads_of
from ui.desktop.scans.viewer import ScanViewer
from ui.desktop.scans.workshop import workshop_of
from ui.desktop.widgets.page_strip import PageStrip

NOBODY_THERE = "https://127.0.0.1:9"


@pytest.fixture
def open_page(qtbot: QtBot) -> Callable[[SomeDesk, Ref], CasesPage]:
    def opened(some: SomeDesk, subject: Ref) -> CasesPage:
        page = CasesPage(some.desk)
        qtbot.addWidget(page)
        page.resize(1198, 712)
        page.show()
        page.activateWindow()
        qtbot.waitActive(page)
        page.open_case(subject)
        rest(some)
        return page

    return opened


def rest(some: SomeDesk) -> None:
    some.settle()
    some.qtbot.waitUntil(lambda: not workshop_of(some.desk).busy)
    some.settle()


def strips(page: CasesPage) -> list[PageStrip]:
    return [one for one in page.detail.findChildren(PageStrip) if one.isVisible()]


def viewer_of(page: CasesPage, some: SomeDesk) -> ScanViewer:
    viewer = page.detail.scans.viewer
    assert viewer is not None
    some.qtbot.waitUntil(lambda: not viewer.view.is_empty)
    return viewer


def attach(station: Station, subject: Ref, *marks: int, material: int = 0) -> None:
    scans = [attachments.read_images(png(mark), f"{mark}.png")[0] for mark in marks]
    attachments.attach(station.store, subject, material, scans, station.head)


def shown_numbers(station: Station, subject: Ref) -> int:
    return sum(one.kind == "case.numbers_shown" for one in station.store.history(subject))


# --- at the counter ---------------------------------------------------------------------------------


@pytest.fixture
def scanned(village_desk: SomeDesk) -> Ref:
    """A case with two pages of its first material and one of none."""
    station = village_desk.station
    subject = a_case(station)
    attach(station, subject, 1, 2)
    attach(station, subject, 3, material=-1)
    return subject


def test_pages_stand_under_their_material_and_are_counted(village_desk, open_page, scanned):
    page = open_page(village_desk, scanned)
    first, loose = strips(page)
    assert (len(first.cards), len(loose.cards)) == (2, 1)
    village_desk.qtbot.waitUntil(lambda: all(card.picture is not None for card in first.cards))
    assert page.detail.materials.findChild(QWidget) is not None
    assert "其他扫描件" in walks.texts(page.detail)
    assert page.detail.materials.fetch.isHidden()


def test_a_withdrawn_file_takes_what_was_signed_then_and_an_archived_one_nothing_more(
    township_desk, open_page
):
    station = township_desk.station
    subject = a_case(station)
    act(station, subject, "withdraw", reason="不办了")
    page = open_page(township_desk, subject)
    assert page.detail.materials.add.isVisible()
    attach(station, subject, 4, material=-1)
    archivist = station.person(Role.ARCHIVIST)
    act(station, subject, "archive", by=archivist, number="2026-1", retention="10y")
    page = open_page(township_desk, subject)
    assert page.detail.materials.add.isHidden()
    assert "已归档，不再添加扫描件。" in walks.texts(page.detail)


def test_a_page_is_read_with_the_keys_turned_and_enlarged(village_desk, open_page, scanned):
    page = open_page(village_desk, scanned)
    strip = strips(page)[0]
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.keyClick(strip, Qt.Key.Key_Return)
    rest(village_desk)
    viewer = viewer_of(page, village_desk)
    assert viewer.at == 1
    QTest.keyClick(viewer.view, Qt.Key.Key_PageDown)
    village_desk.qtbot.waitUntil(lambda: viewer.at == 2)
    rest(village_desk)
    viewer.right.click()
    assert viewer.view.degrees == 90
    before = viewer.view.factor
    QTest.keyClick(viewer.view, Qt.Key.Key_Plus)
    assert viewer.view.factor > before
    assert walks.faults(viewer) == []
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert not viewer.isVisible()
    assert shown_numbers(village_desk.station, scanned) == 0  # one's own papers


def test_they_are_saved_as_one_pdf(village_desk, open_page, scanned, tmp_path, monkeypatch):
    page = open_page(village_desk, scanned)
    page.detail.materials.opened.emit(0)
    rest(village_desk)
    viewer = viewer_of(page, village_desk)
    file = tmp_path / "扫描件.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    viewer.save.click()
    village_desk.qtbot.waitUntil(file.exists)
    rest(village_desk)
    with PdfDocument(file) as pdf:
        assert len(pdf) == 3
    viewer.accept()


def test_one_is_taken_out_of_sight_with_a_reason(village_desk, open_page, scanned):
    page = open_page(village_desk, scanned)
    page.detail.materials.opened.emit(0)
    rest(village_desk)
    viewer = viewer_of(page, village_desk)
    viewer.remove.click()
    dialog = page.detail.scans.removing
    dialog.yes.click()
    assert "请写为什么移走" in dialog.reason.parentWidget().said_text
    dialog.reason.set_text("放错了，是另一家的户口簿")
    dialog.yes.click()
    rest(village_desk)
    assert len(viewer.pages) == 1
    assert [len(strip.cards) for strip in strips(page)] == [1]
    case = village_desk.station.store.case(scanned)
    assert [one.removed is not None for one in case.attachments] == [True, False]
    viewer.accept()


def test_more_are_added_later_and_are_there_for_everybody(village_desk, open_page, scanned):
    page = open_page(village_desk, scanned)
    page.detail.materials.add.click()
    dialog = page.detail.scans.capture
    dialog.yes.click()
    assert "还没有扫描" in " ".join(walks.texts(dialog))
    QGuiApplication.clipboard().setImage(a_picture(8))
    dialog.paste.click()
    dialog.yes.click()
    village_desk.qtbot.waitUntil(lambda: page.detail.scans.capture is None)
    rest(village_desk)
    assert [len(strip.cards) for strip in strips(page)] == [3, 1]


def test_everything_is_named_high_enough_whole_and_in_order(village_desk, open_page, scanned):
    page = open_page(village_desk, scanned)
    for size in ((1198, 712), (836, 412)):
        page.resize(*size)
        village_desk.settle()
        assert walks.faults(page) == []


# --- at the authority -------------------------------------------------------------------------------


@dataclass
class Far:
    """A village's case with scans, known at the township; the centre has the images."""

    centre: ACentre
    village: Station
    township: Station
    case: Ref


@pytest.fixture
def far(tmp_path: Path) -> Iterator[Far]:
    centre = a_centre(tmp_path / "centre")
    village = a_station(centre, VILLAGE, tmp_path / "village")
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    case = a_case(village)
    attach(village, case, 1, 2)
    attach(village, case, 3, material=2)
    act(village, case, "forward")
    exchange(village, centre)
    exchange(township, centre)
    yield Far(centre, village, township, case)
    village.store.close()
    township.store.close()


@contextmanager
def at_desk(qtbot: QtBot, far: Far, address: str) -> Iterator[SomeDesk]:
    station = far.township

    def beside() -> Store:
        store = opening.beside(station.store)
        store.identity = msgspec.structs.replace(store.identity, url=address)
        return store

    with desk_at(qtbot, station) as some:
        some.desk.exchanger = Exchanger(beside)
        yield some


def test_the_authority_sees_what_there_is_and_brings_it_here(qtbot, far: Far, open_page):
    with listening(far.centre) as address, at_desk(qtbot, far, address) as some:
        page = open_page(some, far.case)
        assert [card.mark for strip in strips(page) for card in strip.cards] == ["没下载"] * 3
        assert "下载扫描件（3 页" in page.detail.materials.fetch.text()
        page.detail.materials.fetch.click()
        qtbot.waitUntil(lambda: not downloads_of(some.desk).state.working)
        rest(some)
        qtbot.waitUntil(lambda: all(card.picture for strip in strips(page) for card in strip.cards))
        assert page.detail.materials.fetch.isHidden()
        page.detail.materials.opened.emit(0)
        rest(some)
        viewer_of(page, some).accept()
        assert shown_numbers(far.township, far.case) == 0  # it examines them


def test_without_a_line_it_says_so_and_the_next_try_goes_on(qtbot, far: Far, open_page):
    with at_desk(qtbot, far, NOBODY_THERE) as some:
        page = open_page(some, far.case)
        page.detail.materials.opened.emit(0)
        rest(some)
        viewer = page.detail.scans.viewer
        assert "还没有下载" in " ".join(walks.texts(viewer))
        viewer.fetch_asked.emit()
        qtbot.waitUntil(lambda: bool(downloads_of(some.desk).state.failed))
        rest(some)
        viewer.accept()
        assert "现在连不上区中心" in page.detail.materials.failed.text()
        assert page.detail.materials.fetch.isVisible()


def test_it_can_be_stopped_and_what_has_come_stays(qtbot, far: Far, open_page):
    with listening(far.centre) as address, at_desk(qtbot, far, address) as some:
        page = open_page(some, far.case)
        downloads = downloads_of(some.desk)
        downloads.told.connect(lambda state: downloads.cancel() if state.done else None)
        page.detail.materials.fetch.click()
        qtbot.waitUntil(lambda: not downloads.state.working)
        rest(some)
        assert downloads.state.failed == ""
        here = [page.here for page in page.detail.materials.pages]
        assert sum(here) >= 1
        page.detail.materials.fetch_missing()
        qtbot.waitUntil(lambda: not downloads.state.working)


def test_a_look_by_a_station_that_is_not_concerned_is_written_down(qtbot, tmp_path, open_page):
    district = a_district()
    village, seat = (at(district, region, tmp_path / region) for region in (VILLAGE, DISTRICT))
    meet(village, seat)
    subject = a_case(village, "IT022")  # the township's own
    attach(village, subject, 1)
    meet(village, seat)
    attachments.keep(seat.store, attachments.read_images(png(1), "1.png"))
    with desk_at(qtbot, seat) as some:
        page = open_page(some, subject)
        assert shown_numbers(seat, subject) == 0
        page.detail.materials.opened.emit(0)
        rest(some)
        viewer_of(page, some).accept()
        assert shown_numbers(seat, subject) == 1
    for station in (village, seat):
        station.store.close()
