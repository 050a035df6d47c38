"""Printing through a real CUPS to a real IPP printer; skipped, with the reason, where there is none."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from printing import render
from printing.choice import Paper, PrinterChoice
from tests.printing.cups_parts import QUEUE, Office, until, why_not
from tests.printing.reading import Printed
from tests.printing.samples import a_receipt

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())

_THERE = Path(__file__).with_name("printing_there.py")
_ON_A4 = PrinterChoice(printer=QUEUE)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = Office(tmp_path_factory.mktemp("office"))
    try:
        office.open()
        yield office
    finally:
        office.close()


@pytest.fixture
def receipt(tmp_path):
    file = tmp_path / "receipt.pdf"
    file.write_bytes(render(a_receipt()))
    return file


def there(office: Office, *words: str) -> Any:
    done = subprocess.run(
        [sys.executable, str(_THERE), *words],
        env={
            **office.environment,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(_THERE.parents[2]),
            "LC_ALL": "C.UTF-8",
        },
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout)


def print_there(office: Office, pdf: Path, choice: PrinterChoice = _ON_A4) -> Any:
    return there(office, "print", str(pdf), msgspec.json.encode(choice).decode())


def state(office: Office) -> str:
    (printer,) = there(office, "printers")
    return str(printer["state"])


def news(office: Office, job: int) -> Any:
    (told,) = there(office, "follow", QUEUE, str(job))
    return told


def out(office: Office, job: int) -> None:
    until(lambda: news(office, job)["stage"] == "done")


def test_a_receipt_arrives_with_its_pages_and_its_code(office, receipt):
    told = print_there(office, receipt)
    assert told["printer"] == QUEUE
    assert told["pages"] == 2
    out(office, told["job"])
    sheets = Printed(office.prints[-1].read_bytes())
    assert [sheets.size_mm(page) for page in range(len(sheets.pages))] == [(210, 297)] * 2
    assert sheets.codes(0) == [a_receipt().code]
    assert state(office) == "ready"


def test_on_both_sides_the_second_copy_begins_a_sheet(office, receipt):
    before = office.prints
    told = print_there(office, receipt, PrinterChoice(printer=QUEUE, two_sided=True))
    out(office, told["job"])
    (file,) = set(office.prints) - set(before)
    sheets = Printed(file.read_bytes())
    inked = [sheets.picture(page).histogram()[0] > 0 for page in range(len(sheets.pages))]
    assert inked == [True, False, True]


def test_a_paper_that_the_printer_does_not_know_is_told(office, receipt):
    told = print_there(office, receipt, PrinterChoice(printer=QUEUE, paper=Paper.A5))
    assert told == {"error": "paper_not_taken", "printer": QUEUE, "paper": "A5"}


def test_a_printer_without_paper_says_so_and_prints_when_it_has_some(office, receipt):
    office.take_paper()
    job = print_there(office, receipt)["job"]
    until(lambda: news(office, job)["state"] == "no_paper")
    assert state(office) == "no_paper"
    office.put_paper()
    out(office, job)


def test_a_printer_that_is_switched_off_does_not_answer(office, receipt):
    office.switch_off()
    try:
        job = print_there(office, receipt)["job"]
        until(lambda: news(office, job)["state"] == "offline")
        before = office.prints
        there(office, "take_back", QUEUE, str(job))
        assert news(office, job)["stage"] == "lost"
    finally:
        office.switch_on()
    out(office, print_there(office, receipt)["job"])
    assert len(office.prints) == len(before) + 1


def test_a_queue_that_was_stopped_is_told_before_anything_is_sent(office, receipt):
    office.administer("cupsdisable", QUEUE)
    try:
        assert state(office) == "stopped"
        told = print_there(office, receipt)
    finally:
        office.administer("cupsenable", QUEUE)
    assert told == {"error": "printer_halted", "printer": QUEUE, "why": "stopped"}


def test_a_queue_that_takes_nothing_is_told(office, receipt):
    office.administer("cupsreject", QUEUE)
    try:
        told = print_there(office, receipt)
    finally:
        office.administer("cupsaccept", QUEUE)
    assert told == {"error": "printer_halted", "printer": QUEUE, "why": "refusing"}


def test_a_user_to_whom_the_printer_is_closed_is_told(office, receipt):
    office.administer("lpadmin", "-p", QUEUE, "-u", "allow:somebody-else")
    try:
        told = print_there(office, receipt)
    finally:
        office.administer("lpadmin", "-p", QUEUE, "-u", "allow:all")
    assert told == {"error": "printer_denied", "printer": QUEUE}


def test_a_printer_that_is_not_there_is_told(office, receipt):
    told = print_there(office, receipt, PrinterChoice(printer="nowhere"))
    assert told == {"error": "printer_gone", "printer": "nowhere"}
