"""批量打印, from the list of cases to paper."""

from __future__ import annotations

import pytest

from app.domain.papers import PaperKind
from app.usecases import papers
from app.usecases.filters import CaseFilter
from printing.choice import PrinterChoice
from tests.builders import a_case
from tests.ui.desktop import walks
from tests.ui.desktop.desks import WAIT_MS
from tests.ui.desktop.trays import LASER, goes_to, put_in
from ui.desktop.batch_dialog import BatchDialog
from ui.desktop.pages.papers.batch_card import BatchCard
from ui.desktop.print_batch import batch_of
from ui.desktop.print_jobs import jobs_of
from ui.desktop.widgets.text import Text

RECEIPT = PaperKind.MATERIALS_RECEIPT


@pytest.fixture
def desk(some_desk, monkeypatch, qtbot):
    put_in(monkeypatch)
    goes_to(some_desk, any=PrinterChoice(printer=LASER))
    yield some_desk
    qtbot.waitUntil(lambda: not jobs_of(some_desk.desk).busy, timeout=WAIT_MS)
    some_desk.settle()


def opened(desk, qtbot, wanted=None):
    dialog = BatchDialog(desk.desk, wanted or CaseFilter())
    qtbot.addWidget(dialog)
    dialog.show()
    desk.settle()
    return dialog


def words(widget):
    return " ".join(part.text() for part in widget.findChildren(Text))


def test_it_says_how_many_and_where_before_anything_is_printed(desk, qtbot):
    a_case(desk.station, name="韦一")
    a_case(desk.station, name="韦二")
    dialog = opened(desk, qtbot)
    assert "列表里有 2 件。打到“湖塘激光”，A4。" in words(dialog)
    assert jobs_of(desk.desk).jobs == ()
    dialog.reject()


def test_an_empty_list_cannot_be_printed(desk, qtbot):
    dialog = opened(desk, qtbot)
    assert not dialog.yes.isEnabled()
    dialog.reject()


def test_every_control_is_reached_and_named(desk, qtbot):
    a_case(desk.station)
    dialog = opened(desk, qtbot)
    assert all(walks.said(stop) for stop in walks.stops(dialog))
    dialog.reject()


def test_the_list_is_printed_and_the_card_says_what_was_not(desk, qtbot):
    done = a_case(desk.station, name="韦一")
    papers.issue(desk.station.store, done, RECEIPT, by=desk.station.head, render=lambda _: b"%PDF")
    a_case(desk.station, name="韦二")
    batch = batch_of(desk.desk)
    card = BatchCard(batch)
    qtbot.addWidget(card)
    assert not card.isVisible()
    dialog = opened(desk, qtbot)
    with qtbot.waitSignal(batch.ended, timeout=WAIT_MS):
        dialog.yes.click()
    assert batch.printed == 1
    assert not card.isHidden()
    assert "韦* 4503" in words(card)
    assert "以前打过" in words(card)
