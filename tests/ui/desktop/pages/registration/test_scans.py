"""Pages of papers in the form: brought, shown under their paper, kept in the draft, attached with the registration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.store import attachments as images
from app.usecases import drafts
from tests.builders import the_item
from tests.ui.desktop import walks
from tests.ui.desktop.desks import SomeDesk
from tests.ui.desktop.pages.registration.conftest import KNOWN, shown
from tests.ui.desktop.scans.papers import a_file, a_picture, drop
from tests.ui.desktop.widgets.showing import focused
from ui.desktop.pages.registration.drafting import read_scans
from ui.desktop.pages.registration.page import RegistrationPage
from ui.desktop.scans.capture_dialog import CaptureDialog
from ui.desktop.scans.incoming import from_file, from_picture
from ui.desktop.scans.viewer import ScanViewer
from ui.desktop.widgets.page_strip import PageStrip

DIBAO = "IT001"
CARD = "共同生活家庭成员居民身份证"
Wait = Callable[[Callable[[], bool]], None]


def rest(page: RegistrationPage, some: SomeDesk) -> None:
    pile = page.presenter.pile
    some.qtbot.waitUntil(lambda: not pile.waiting and not pile.workshop.busy)
    some.settle()


def strips(page: RegistrationPage) -> list[PageStrip]:
    return [one for one in page.findChildren(PageStrip) if one.isVisible()]


@pytest.fixture
def filled(page: RegistrationPage, known_desk: SomeDesk) -> RegistrationPage:
    """低保 for 韦小妹, and nothing on the table yet."""
    page.presenter.take_item(the_item(DIBAO))
    page.presenter.fill_applicant(name="韦小妹", **KNOWN)
    known_desk.settle()
    return page


def urls(*files: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return mime


def place_of(page: RegistrationPage, paper: str) -> QPoint:
    """The middle of a paper's line, in the card."""
    card = page.filling.materials
    row = next(one for one in card.list.parts() if one.accessibleName().startswith(paper))
    return row.mapTo(card, row.rect().center())


def test_files_dropped_on_a_paper_are_its_pages_and_it_is_ticked(filled, known_desk, tmp_path):
    files = [a_file(tmp_path, f"{mark}.png", mark) for mark in (1, 2)]
    assert drop(filled.filling.materials, urls(*files), place_of(filled, CARD))
    rest(filled, known_desk)
    assert len(filled.presenter.pile.of(CARD)) == 2
    assert filled.presenter.table.taken(CARD) is not None
    (strip,) = strips(filled)
    assert strip.accessibleName().startswith(CARD)
    assert all(card.picture is not None for card in strip.cards)


def test_a_picture_is_pasted_to_the_paper_that_the_keyboard_is_on(filled, known_desk):
    filled.filling.materials.list.setFocus(Qt.FocusReason.TabFocusReason)
    QGuiApplication.clipboard().setImage(a_picture(3))
    QTest.keyClick(focused(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    rest(filled, known_desk)
    first = the_item(DIBAO).materials[0].name
    assert len(filled.presenter.pile.of(first)) == 1


def test_pages_are_put_in_order_turned_and_taken_away_with_the_keys(filled, known_desk, tmp_path):
    pile = filled.presenter.pile
    filled.presenter.bring(CARD, [from_file(a_file(tmp_path, f"{n}.png", n)) for n in (1, 2, 3)])
    rest(filled, known_desk)
    first, second, third = pile.of(CARD)
    (strip,) = strips(filled)
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert pile.of(CARD) == (second, first, third)
    QTest.keyClick(strip, Qt.Key.Key_R)
    rest(filled, known_desk)
    turned = pile.of(CARD)[1]
    assert (turned.width, turned.height) == (first.height, first.width)
    QTest.keyClick(strip, Qt.Key.Key_Delete)
    assert pile.of(CARD) == (second, third)


def test_a_page_is_looked_at_large_and_taken_away_there(filled, known_desk):
    filled.presenter.bring(CARD, [from_picture(a_picture(n), "页") for n in (1, 2)])
    rest(filled, known_desk)
    (strip,) = strips(filled)
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Return)
    rest(filled, known_desk)
    (viewer,) = filled.window().findChildren(ScanViewer)
    known_desk.qtbot.waitUntil(lambda: not viewer.view.is_empty)
    viewer.remove.click()
    assert len(viewer.pages) == 1
    viewer.remove.click()
    assert not viewer.isVisible()
    assert filled.presenter.pile.count == 0


def test_they_are_attached_in_the_same_act_and_the_images_are_on_the_disk(filled, known_desk):
    filled.presenter.table.tick_needed()
    filled.presenter.bring(CARD, [from_picture(a_picture(n), "页") for n in (1, 2)])
    filled.presenter.bring("", [from_picture(a_picture(5), "现场")])
    filled.presenter.fill(told=True, mandate=True)
    assert filled.presenter.pile.waiting  # registering waits by itself
    filled.presenter.submit()
    known_desk.qtbot.waitUntil(lambda: filled.result.isVisibleTo(filled))
    known_desk.settle()
    store = known_desk.station.store
    (row,) = store.rows.where("item = ?", (DIBAO,), limit=2)
    case = store.case(row.subject)
    names = [one.name for one in the_item(DIBAO).materials]
    found = {one.material: one.sheets for one in case.attachments}
    assert {place: len(sheets) for place, sheets in found.items()} == {names.index(CARD): 2, -1: 1}
    digests = [sheet.digest for sheets in found.values() for sheet in sheets]
    assert images.has(store, digests) == set(digests)
    assert not drafts.of_operator(store, known_desk.desk.operator)


def test_the_draft_keeps_them_and_brings_them_back(filled, known_desk, wait: Wait):
    filled.presenter.bring(CARD, [from_picture(a_picture(4), "页")])
    rest(filled, known_desk)
    (sheet,) = filled.presenter.pile.of(CARD)
    filled.presenter.start_anew()
    known_desk.settle()
    assert filled.presenter.pile.count == 0
    store = known_desk.station.store
    (draft,) = drafts.of_operator(store, known_desk.desk.operator)
    assert [one.sheets for one in read_scans(draft)] == [(sheet,)]
    again = shown(known_desk)
    known_desk.settle()
    assert again.presenter.pile.of(CARD) == (sheet,)
    wait(lambda: bool(strips(again)) and strips(again)[0].cards[0].picture is not None)


def test_another_item_keeps_pages_of_papers_that_it_does_not_ask_for(filled, known_desk):
    filled.presenter.bring(CARD, [from_picture(a_picture(6), "页")])
    rest(filled, known_desk)
    filled.presenter.take_item(the_item("IT022"))
    known_desk.settle()
    assert filled.presenter.pile.of(CARD) == ()
    assert len(filled.presenter.pile.of("")) == 1
    assert "其他扫描件" in walks.texts(filled.filling.materials)


def test_the_next_request_of_the_visit_has_the_same_pages_without_scanning(filled, known_desk):
    book = "居民户口簿（户主页和有关成员页）"
    filled.presenter.take_item(the_item("IT009"))
    filled.presenter.table.tick_needed()
    filled.presenter.bring(book, [from_picture(a_picture(7), "页")])
    filled.presenter.fill(told=True, mandate=True)
    filled.presenter.submit()
    known_desk.qtbot.waitUntil(lambda: filled.result.isVisibleTo(filled))
    known_desk.settle()
    filled.result.household.click()
    known_desk.settle()
    filled.presenter.fill_applicant(name="韦大江")
    filled.presenter.take_item(the_item(DIBAO))
    known_desk.settle()
    assert len(filled.presenter.pile.of(book)) == 1


def test_a_file_that_is_no_picture_is_named_on_the_card(filled, known_desk, tmp_path):
    bad = tmp_path / "说明.docx"
    bad.write_bytes(b"PK\x03\x04 no picture")
    filled.presenter.bring(CARD, [from_file(bad)])
    rest(filled, known_desk)
    assert "说明.docx" in " ".join(walks.texts(filled.filling.materials))
    assert filled.presenter.pile.count == 0


def test_alt_p_opens_the_capture_for_the_paper_of_the_keyboard(filled, known_desk):
    materials = filled.filling.materials
    materials.list.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    materials.capture.click()
    (dialog,) = filled.window().findChildren(CaptureDialog)
    assert dialog.material == the_item(DIBAO).materials[1].name
    dialog.reject()
    known_desk.settle()


@pytest.mark.parametrize("size", [(1198, 660), (820, 410)])
def test_everything_is_named_high_enough_whole_and_in_order(filled, known_desk, size):
    filled.presenter.bring(CARD, [from_picture(a_picture(n), "页") for n in range(5)])
    filled.presenter.bring("", [from_picture(a_picture(9), "页")])
    rest(filled, known_desk)
    filled.resize(*size)
    known_desk.settle()
    assert walks.faults(filled) == []
