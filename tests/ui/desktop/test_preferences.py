"""A computer's set-up is kept, and a damaged file costs nobody a working day."""

from __future__ import annotations

from pathlib import Path

import pytest

from printing.choice import Paper, PrinterChoice
from ui.desktop import preferences
from ui.desktop.preferences import ANY_DOCUMENT, FILE, Preferences


def test_what_was_kept_is_read_again(tmp_path: Path) -> None:
    slips = PrinterChoice(printer="票据", paper=Paper.SLIP, copies=2, down_mm=-1.5)
    chosen = Preferences(theme="contrast", scale=150, printers={"slip": slips})

    preferences.keep(tmp_path, chosen)

    assert preferences.read(tmp_path) == chosen


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b'{"scale": 7}', b"[" * 100_000, b'{"lock_after_min": 0}']
)
def test_a_damaged_file_counts_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)

    assert preferences.read(tmp_path) == Preferences()


def test_a_document_without_a_choice_of_its_own_takes_the_one_for_any() -> None:
    office = PrinterChoice(printer="办公室")
    slips = PrinterChoice(printer="票据", paper=Paper.SLIP)
    chosen = Preferences(printers={ANY_DOCUMENT: office, "slip": slips})

    assert chosen.printer_for("slip") == slips
    assert chosen.printer_for("receipt") == office
    assert Preferences().printer_for("receipt") == PrinterChoice()
