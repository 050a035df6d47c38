"""The printer of the first start is chosen, tried, or left for later."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from printing import printer as printing_printer
from printing.choice import Paper, PrinterChoice
from printing.printer import Printed, SystemPrinter
from printing.troubles import NoPrinter, PrinterState
from tests.ui.desktop.desks import WAIT_MS
from ui.desktop.start import printer_step
from ui.desktop.start.printer_step import PrinterStep
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button

LASER = SystemPrinter(name="laser", title="惠普激光", default=True, state=PrinterState.READY)
SLIPS = SystemPrinter(name="slips", title="票据打印机", default=False, state=PrinterState.STOPPED)


class Step:
    def __init__(self, qtbot, jobs):
        self.qtbot = qtbot
        self.page = PrinterStep(jobs, "湖塘村政务服务站", date(2026, 11, 21))
        qtbot.addWidget(self.page)
        self.page.show()
        self.decided: list[PrinterChoice | None] = []
        self.page.decided.connect(self.decided.append)
        qtbot.waitUntil(lambda: not jobs.busy, timeout=WAIT_MS)

    def button(self, text):
        return next(one for one in self.page.findChildren(Button) if one.text() == text)

    def said(self):
        return next(one.text() for one in self.page.findChildren(Banner))

    def wait_for(self, words):
        self.qtbot.waitUntil(lambda: words in self.said(), timeout=WAIT_MS)


@pytest.fixture
def printers(monkeypatch):
    """What the system has; the test may change it."""
    found = [LASER, SLIPS]
    monkeypatch.setattr(printing_printer, "printers", lambda: list(found))
    return found


@pytest.fixture
def tried(monkeypatch):
    """What was sent to a printer."""
    sent: list[PrinterChoice] = []

    def print_trial(trial, choice, *, folder):
        sent.append(choice)
        return Printed(printer=choice.printer, pages=1)

    monkeypatch.setattr(printer_step, "print_trial", print_trial)
    return sent


def test_the_systems_own_printer_is_offered_first_with_its_state(qtbot, jobs, printers):
    step = Step(qtbot, jobs)
    step.button("下一步").click()
    assert step.decided == [PrinterChoice(printer="laser", paper=Paper.A4)]


def test_without_a_printer_documents_become_files(qtbot, jobs, printers):
    printers.clear()
    step = Step(qtbot, jobs)
    step.button("下一步").click()
    assert step.decided == [PrinterChoice()]


def test_it_can_be_left_for_later(qtbot, jobs, printers):
    step = Step(qtbot, jobs)
    step.button("跳过").click()
    assert step.decided == [None]


def test_after_a_test_page_one_is_asked_whether_it_came_out(qtbot, jobs, printers, tried):
    step = Step(qtbot, jobs)
    assert not step.button("打印出来了").isVisible()
    step.button("打印测试页").click()
    step.wait_for("打印出来了吗")
    step.button("打印出来了").click()
    assert step.said() == "打印机可以用。"
    assert tried == [PrinterChoice(printer="laser")]


def test_one_that_did_not_come_out_gets_advice_and_another_try(qtbot, jobs, printers, tried):
    step = Step(qtbot, jobs)
    step.button("打印测试页").click()
    step.wait_for("打印出来了吗")
    step.button("没有打印出来").click()
    assert "电源" in step.said()
    step.button("打印测试页").click()
    qtbot.waitUntil(lambda: len(tried) == 2, timeout=WAIT_MS)


def test_what_a_printer_refuses_is_said_in_words(qtbot, jobs, printers, monkeypatch):
    def refuse(trial, choice, *, folder):
        raise NoPrinter(printer=choice.printer)

    monkeypatch.setattr(printer_step, "print_trial", refuse)
    step = Step(qtbot, jobs)
    step.button("打印测试页").click()
    step.wait_for("没有打印机")
    assert step.button("打印测试页").isEnabled()


def test_a_test_page_as_a_file_says_where_it_is(qtbot, jobs, printers, tmp_path, monkeypatch):
    printers.clear()
    monkeypatch.setattr(printing_printer, "usual_folder", lambda: tmp_path / "papers")
    step = Step(qtbot, jobs)
    step.button("打印测试页").click()
    step.wait_for("已存为文件")
    (page,) = Path(tmp_path / "papers").glob("*.pdf")
    assert str(page) in step.said()


def test_after_a_test_page_enter_goes_on_and_does_not_skip(qtbot, jobs, printers, monkeypatch):
    """The button pressed is dead meanwhile, and the keyboard would fall to the one after it."""
    printers.clear()
    filed = Printed(printer="", pages=1, file=Path("打印测试页.pdf"))
    monkeypatch.setattr(printer_step, "print_trial", lambda *_, **__: filed)
    step = Step(qtbot, jobs)
    step.page.activateWindow()
    qtbot.waitActive(step.page)
    step.button("打印测试页").setFocus()
    step.button("打印测试页").click()
    step.wait_for("已存为文件")
    assert step.button("下一步").hasFocus()
