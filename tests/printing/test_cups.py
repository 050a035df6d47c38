"""What CUPS says of a printer, as one state that a person understands."""

from __future__ import annotations

import pytest

from printing.cups import newest_job, state_of
from printing.troubles import PrinterState

READY = {
    "printer-state": (3,),
    "printer-state-reasons": ("none",),
    "printer-is-accepting-jobs": (1,),
}


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({}, PrinterState.READY),
        ({"printer-state": (4,)}, PrinterState.BUSY),
        ({"printer-state": (5,)}, PrinterState.STOPPED),
        ({"printer-state-reasons": ("paused",)}, PrinterState.STOPPED),
        ({"printer-state-reasons": ("media-empty-warning",)}, PrinterState.NO_PAPER),
        ({"printer-state-reasons": ("media-needed",)}, PrinterState.NO_PAPER),
        ({"printer-state-reasons": ("media-jam-error",)}, PrinterState.JAMMED),
        ({"printer-state-reasons": ("cover-open",)}, PrinterState.COVER_OPEN),
        ({"printer-state-reasons": ("offline-report",)}, PrinterState.OFFLINE),
        (
            {"printer-state-message": ("The printer may not exist or is unavailable at this time.",)},
            PrinterState.OFFLINE,
        ),
        ({"printer-is-accepting-jobs": (0,)}, PrinterState.REFUSING),
        ({"printer-state-reasons": ("media-low", "toner-low-warning")}, PrinterState.READY),
    ],
)  # fmt: skip
def test_the_worst_of_what_is_said_is_told(said, state):
    assert state_of(READY | said) is state


def test_a_printer_that_nobody_knows_has_no_job():
    assert newest_job("这台打印机不存在", "收件回执") == 0


def test_only_what_is_ready_or_busy_needs_nobody():
    assert [state for state in PrinterState if not state.troubled] == [
        PrinterState.READY,
        PrinterState.BUSY,
    ]
    assert all(state.label for state in PrinterState)
