"""打印测试页."""

from datetime import date

import pytest

from printing.choice import Paper, PrinterChoice
from printing.trial import RARE, Trial, print_trial, trial_page
from tests.printing.reading import Printed

every_paper = pytest.mark.parametrize("paper", list(Paper))


def a_trial(paper: Paper, printer: str = "HP LaserJet P1108") -> Trial:
    return Trial(station="湖塘村政务服务站", printer=printer, paper=paper, on=date(2026, 11, 21))


@every_paper
def test_it_is_one_sheet_of_the_chosen_paper(paper):
    printed = Printed(trial_page(a_trial(paper)))
    assert len(printed.pages) == 1
    width, height = printed.size_mm()
    assert width == paper.width_mm
    assert paper.height_mm is None or height == round(paper.height_mm)


@every_paper
def test_it_says_where_and_when_it_was_printed_and_what_to_look_at(paper):
    text = Printed(trial_page(a_trial(paper))).text
    for said in (
        "打印测试页",
        "湖塘村政务服务站",
        "HPLaserJetP1108",
        "2026年11月21日",
        paper.label,
    ):
        assert said.replace(" ", "") in text
    assert "50毫米" in text


@every_paper
def test_every_rare_character_is_drawn(paper):
    printed = Printed(trial_page(a_trial(paper)))
    assert RARE.replace(" ", "") in printed.text
    assert printed.font_of("𠮷") == "HanaMinB"


@every_paper
def test_it_keeps_to_the_paper(paper):
    printed = Printed(trial_page(a_trial(paper, printer="打印机" * 20)))
    assert len(printed.pages) == 1
    width, height = printed.pages[0].get_size()
    for _, x, y, size in printed.origins(0):
        assert 10 <= x <= width - size / 2
        assert 5 <= y <= height


def test_without_a_printer_it_is_a_file_and_says_so(tmp_path, qapp):
    printed = print_trial(a_trial(Paper.A4, printer=""), PrinterChoice(), folder=tmp_path)
    assert printed.file == tmp_path / "打印测试页.pdf"
    assert "存为PDF文件" in Printed((tmp_path / "打印测试页.pdf").read_bytes()).text
