"""空白收件回执 as people use it."""

from __future__ import annotations

import pytest

from app.usecases import blank_receipts
from printing.choice import PrinterChoice
from tests.printing.reading import Printed
from tests.ui.desktop.desks import WAIT_MS
from tests.ui.desktop.pages.papers.desks import filing
from tests.ui.desktop.trays import LASER, goes_to, put_in
from ui.desktop.pages.papers.blank_dialog import BlankDialog
from ui.desktop.print_jobs import jobs_of


@pytest.fixture
def desk(some_desk, tmp_path):
    return filing(some_desk, tmp_path)


@pytest.fixture
def dialog(desk, qtbot):
    made = BlankDialog(desk.desk)
    qtbot.addWidget(made)
    made.show()
    desk.settle()
    return made


def print_some(desk, dialog):
    dialog.ok_requested.emit()
    desk.settle()
    desk.qtbot.waitUntil(lambda: not jobs_of(desk.desk).busy, timeout=WAIT_MS)
    desk.settle()


def test_a_block_is_numbered_printed_and_listed(desk, dialog):
    print_some(desk, dialog)
    (block,) = blank_receipts.blocks(desk.station.store)
    assert block.count == 10
    (job,) = jobs_of(desk.desk).jobs
    assert job.file is not None
    assert len(Printed(job.file.read_bytes()).pages) == 20
    assert dialog.yes.isEnabled()


def test_the_last_block_is_printed_again_after_a_restart_with_the_same_numbers(desk, dialog, qtbot):
    assert not dialog.again.isVisible()
    print_some(desk, dialog)
    later = BlankDialog(desk.desk)
    qtbot.addWidget(later)
    later.show()
    desk.settle()
    later.again.click()
    desk.settle()
    qtbot.waitUntil(lambda: not jobs_of(desk.desk).busy, timeout=WAIT_MS)
    assert len(blank_receipts.blocks(desk.station.store)) == 1
    first, second = (job.file.read_bytes() for job in jobs_of(desk.desk).jobs if job.file)
    assert first == second


def test_the_copy_that_stays_is_not_on_the_back_of_the_one_that_goes(desk, dialog, monkeypatch):
    tray = put_in(monkeypatch)
    goes_to(desk, any=PrinterChoice(printer=LASER, two_sided=True))
    print_some(desk, dialog)
    assert tray.sets == [0]
    assert [pages for _, _, pages in tray.sheets] == [20]


def test_the_next_block_goes_on_and_one_printed_again_has_the_same_numbers(desk, dialog):
    print_some(desk, dialog)
    print_some(desk, dialog)
    later, first = blank_receipts.blocks(desk.station.store)
    assert later.first.endswith("11号")
    jobs = jobs_of(desk.desk)
    jobs.print_again(jobs.jobs[-1].n)
    desk.settle()
    desk.qtbot.waitUntil(lambda: not jobs.busy, timeout=WAIT_MS)
    assert len(blank_receipts.blocks(desk.station.store)) == 2
    assert all(job.file for job in jobs.jobs)
    assert first.first.endswith("1号")
