"""What the centre hears of a printer: a state and a count, never a name."""

import pytest

from app.domain.printer_health import PrinterHealth, read_printer
from app.store import print_queue
from printing import cups
from printing.choice import Paper, PrinterChoice
from printing.troubles import PrinterState
from tests.builders import VILLAGE, a_case, a_district, a_station
from ui.desktop import preferences
from ui.printer_told import PrinterTold, chosen_printer


@pytest.fixture
def village(tmp_path):
    return a_station(a_district(), VILLAGE, tmp_path / "v")


@pytest.mark.parametrize("state", PrinterState)
def test_every_state_of_a_printer_is_known_at_the_other_end(village, monkeypatch, state):
    monkeypatch.setattr(cups, "printer_state", lambda printer: state)

    told = PrinterTold()(village.store, "韦主任办公室的打印机")

    assert told == state.value
    assert read_printer(told) == PrinterHealth(state=state.value)
    assert read_printer(told).troubled is state.troubled


def test_without_a_printer_or_an_answer_that_is_said(village, monkeypatch):
    assert PrinterTold()(village.store, "") == "none"
    monkeypatch.setattr(cups, "printer_state", lambda printer: None)
    assert PrinterTold()(village.store, "p") == "unknown"


def test_what_surely_did_not_come_out_is_counted(village):
    case = a_case(village)
    with village.store.changing():
        print_queue.add(village.store, case, 1)
        print_queue.change(village.store, case, stuck=True)

    assert PrinterTold()(village.store, "") == "none 1"
    assert read_printer("none 1").waiting == 1


def test_a_printer_that_takes_long_is_left_alone_for_a_while(village, monkeypatch):
    asked: list[str] = []
    moments = iter([0.0, 30.0, 30.0, 31.0, 700.0, 700.1])
    monkeypatch.setattr("ui.printer_told.time.monotonic", lambda: next(moments))
    monkeypatch.setattr(cups, "printer_state", asked.append)
    told = PrinterTold()

    assert [told(village.store, "p") for _ in range(3)] == ["unknown"] * 3
    assert len(asked) == 2


def test_the_command_line_knows_the_printer_of_the_window(village):
    assert chosen_printer(village.store) == ""
    choice = PrinterChoice(printer="HP", paper=Paper.A4)
    preferences.keep(
        village.store.folder,
        preferences.Preferences(printers={preferences.ANY_DOCUMENT: choice}),
    )
    assert chosen_printer(village.store) == "HP"
