"""What the status bar says of paper."""

from __future__ import annotations

from printing.choice import PrinterChoice
from ui.desktop.look.mood import Mood
from ui.desktop.preferences import ANY_DOCUMENT, Preferences
from ui.desktop.print_jobs import JobState, PrintJob
from ui.desktop.window.printer_words import printer_words

WITH_PRINTER = Preferences(printers={ANY_DOCUMENT: PrinterChoice(printer="柜台激光打印机")})


def a_job(n: int, state: JobState) -> PrintJob:
    return PrintJob(n=n, title=f"收件回执 {n} 号", state=state)


def test_when_nothing_is_printed_it_names_the_printer():
    assert printer_words(WITH_PRINTER, []) == (Mood.PLAIN, "柜台激光打印机")


def test_without_a_printer_it_says_where_documents_go():
    assert printer_words(Preferences(), []) == (Mood.PLAIN, "没有设打印机，文书存为文件")


def test_what_is_on_its_way_comes_first_in_the_order_in_which_it_was_asked_for():
    jobs = [a_job(2, JobState.WAITING), a_job(1, JobState.PRINTING)]
    assert printer_words(WITH_PRINTER, jobs) == (
        Mood.INFO,
        "正在打印 收件回执 1 号，还有 1 份",
    )


def test_a_failure_stays_until_the_next_is_printed():
    failed = a_job(1, JobState.FAILED)
    assert printer_words(WITH_PRINTER, [failed]) == (Mood.BAD, "没有打印：收件回执 1 号")
    printed = a_job(2, JobState.PRINTED)
    assert printer_words(WITH_PRINTER, [printed, failed]) == (Mood.PLAIN, "柜台激光打印机")
