"""Which printer and paper: what a file may say of it."""

import msgspec
import pytest

from printing.choice import Paper, PrinterChoice


@pytest.mark.parametrize(
    "choice",
    [
        PrinterChoice(),
        PrinterChoice(printer="湖塘激光", paper=Paper.SLIP, copies=3, two_sided=True, down_mm=-1.5),
    ],
)
def test_a_choice_is_read_as_it_was_written(choice):
    assert msgspec.json.decode(msgspec.json.encode(choice), type=PrinterChoice) == choice


@pytest.mark.parametrize(
    "written", ['{"copies": 0}', '{"copies": 10}', '{"paper": "b5"}', '{"right_mm": 300}']
)
def test_what_no_printer_could_do_is_not_read(written):
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(written, type=PrinterChoice)


@pytest.mark.parametrize("paper", list(Paper))
def test_each_paper_has_a_name_and_a_width(paper):
    assert paper.label
    assert paper.width_mm >= 58
    assert paper.is_roll == (paper in (Paper.SLIP, Paper.SLIP_58))
