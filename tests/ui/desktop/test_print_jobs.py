"""What is being printed at a desk. The printer is the only stand-in."""

from __future__ import annotations

import msgspec
import pytest

from app.domain.case import Case
from app.domain.papers import PaperKind
from printing import printer
from printing.choice import Paper, PrinterChoice
from printing.pages import Pages
from printing.printer import PrinterGone, PrinterStopped
from tests.builders import a_case
from tests.printing.reading import Printed
from tests.ui.desktop.desks import WAIT_MS
from ui.desktop.desk import Said
from ui.desktop.look.mood import Mood
from ui.desktop.preferences import ANY_DOCUMENT
from ui.desktop.print_jobs import (
    KEPT,
    JobState,
    jobs_of,
    kind_on_paper,
    receipt_kind,
    title_of,
)

LASER = "湖塘激光"
RECEIPT = PaperKind.MATERIALS_RECEIPT


class Tray:
    """A printer that keeps what it is given, or refuses it."""

    def __init__(self):
        self.sheets = []
        self.trouble = None

    def draw_on(self, _, pages: Pages, choice: PrinterChoice, *, title: str) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.sheets.append((title, choice, len(pages)))


@pytest.fixture
def tray(monkeypatch):
    tray = Tray()
    monkeypatch.setattr(printer, "system_printer", lambda _: None)
    monkeypatch.setattr(printer, "draw_on", tray.draw_on)
    return tray


@pytest.fixture
def desk(some_desk, tmp_path):
    some_desk.desk.preferences = msgspec.structs.replace(
        some_desk.desk.preferences, file_folder=str(tmp_path / "papers")
    )
    return some_desk


@pytest.fixture
def jobs(desk, qtbot):
    jobs = jobs_of(desk.desk)
    yield jobs
    qtbot.waitUntil(lambda: not jobs.busy, timeout=WAIT_MS)


def choose(desk, **choices: PrinterChoice) -> None:
    printers = {ANY_DOCUMENT if name == "any" else name: choice for name, choice in choices.items()}
    desk.desk.preferences = msgspec.structs.replace(desk.desk.preferences, printers=printers)


def printed(qtbot, jobs, ask):
    with qtbot.waitSignal(jobs.printed, timeout=WAIT_MS) as signal:
        ask()
    return signal.args[0]


def failed(qtbot, jobs, ask):
    with qtbot.waitSignal(jobs.failed, timeout=WAIT_MS) as signal:
        ask()
    return signal.args[0]


def papers_of(desk, subject):
    case = desk.station.store.case(subject)
    assert isinstance(case, Case)
    return list(case.papers)


def test_a_desk_has_one_list(desk, jobs):
    assert jobs_of(desk.desk) is jobs


def test_without_a_printer_the_document_is_issued_and_filed(desk, jobs, qtbot, tmp_path):
    subject = a_case(desk.station)
    job = printed(qtbot, jobs, lambda: jobs.print(subject, RECEIPT))
    (record,) = papers_of(desk, subject)
    assert job.state is JobState.FILED
    assert job.file is not None
    assert job.file.parent == tmp_path / "papers"
    assert str(job.file) in job.words
    assert job.title.startswith("收件回执 ")
    assert f"{record.running}号" in job.title
    assert job.title.partition(" ")[2] in Printed(job.file.read_bytes()).text
    assert jobs.jobs == (job,)


def test_a_job_is_seen_at_each_step(desk, jobs, qtbot, tray):
    choose(desk, any=PrinterChoice(printer=LASER))
    subject = a_case(desk.station)
    seen = []
    jobs.changed.connect(lambda: seen.append(jobs.jobs[0].state))
    assert not jobs.busy
    with qtbot.waitSignal(jobs.printed, timeout=WAIT_MS):
        jobs.print(subject, RECEIPT)
        assert jobs.busy
    assert list(dict.fromkeys(seen)) == [JobState.WAITING, JobState.PRINTING, JobState.PRINTED]
    assert not jobs.busy


def test_a_document_goes_to_the_printer_chosen_for_its_kind(desk, jobs, qtbot, tray):
    on_a5 = PrinterChoice(printer=LASER, paper=Paper.A5)
    choose(desk, any=PrinterChoice(printer="别的"), materials_receipt=on_a5)
    subject = a_case(desk.station)
    job = printed(qtbot, jobs, lambda: jobs.print(subject, RECEIPT))
    assert tray.sheets == [(job.title, on_a5, 2)]
    assert job.printer == LASER
    assert job.words == "已送到打印机“湖塘激光”。"
    assert job.pdf == b""


def test_the_receipt_is_a_slip_where_slips_are_printed(desk, jobs, qtbot, tray):
    slip = PrinterChoice(printer=LASER, paper=Paper.SLIP)
    choose(desk, any=PrinterChoice(printer="别的"), materials_receipt=slip)
    subject = a_case(desk.station)
    printed(qtbot, jobs, lambda: jobs.print(subject, RECEIPT))
    assert [record.paper for record in papers_of(desk, subject)] == [PaperKind.MATERIALS_SLIP]
    assert [choice for _, choice, _ in tray.sheets] == [slip]


def test_only_the_receipt_has_two_sizes(desk):
    choose(desk, any=PrinterChoice(paper=Paper.SLIP))
    preferences = desk.desk.preferences
    assert receipt_kind(preferences) is PaperKind.MATERIALS_SLIP
    assert kind_on_paper(PaperKind.MATERIALS_RECEIPT, preferences) is PaperKind.MATERIALS_SLIP
    assert kind_on_paper(PaperKind.ACCEPTANCE, preferences) is PaperKind.ACCEPTANCE
    choose(desk, any=PrinterChoice(paper=Paper.A5))
    assert kind_on_paper(PaperKind.MATERIALS_SLIP, desk.desk.preferences) is RECEIPT


def test_the_second_time_is_a_reprint_that_says_so(desk, jobs, qtbot):
    subject = a_case(desk.station)
    first = printed(qtbot, jobs, lambda: jobs.print(subject, RECEIPT))
    second = printed(qtbot, jobs, lambda: jobs.print_again(first.n))
    assert second.reprint == 1
    assert title_of(second) == f"{first.title}（补打第 1 次）"
    assert second.file.name == f"{first.title}（补打第 1 次）.pdf"
    assert "补打第1次" in Printed(second.file.read_bytes()).text
    assert [record.reprint for record in papers_of(desk, subject)] == [0, 1]
    assert [job.n for job in jobs.jobs] == [second.n, first.n]


@pytest.mark.parametrize(
    "trouble", [PrinterGone(printer=LASER), PrinterStopped(printer=LASER, page=2)]
)
def test_what_never_reached_the_printer_is_tried_again_and_not_counted(
    desk, jobs, qtbot, tray, trouble
):
    choose(desk, any=PrinterChoice(printer=LASER))
    subject = a_case(desk.station)
    tray.trouble = trouble
    stuck = failed(qtbot, jobs, lambda: jobs.print(subject, RECEIPT))
    assert stuck.state is JobState.FAILED
    assert LASER in stuck.words
    assert "不算补打" in stuck.words
    tray.trouble = None
    job = printed(qtbot, jobs, lambda: jobs.print_again(stuck.n))
    assert job.n == stuck.n
    assert job.state is JobState.PRINTED
    assert [record.reprint for record in papers_of(desk, subject)] == [0]


def test_another_printer_may_be_chosen_before_it_is_tried_again(desk, jobs, qtbot, tray):
    choose(desk, any=PrinterChoice(printer=LASER))
    subject = a_case(desk.station)
    tray.trouble = PrinterGone(printer=LASER)
    stuck = failed(qtbot, jobs, lambda: jobs.print(subject, RECEIPT))
    choose(desk, any=PrinterChoice())
    job = printed(qtbot, jobs, lambda: jobs.print_again(stuck.n))
    assert job.state is JobState.FILED
    assert job.printer == ""


def test_a_document_that_is_not_due_is_not_issued(desk, jobs, qtbot, tray):
    subject = a_case(desk.station)
    job = failed(qtbot, jobs, lambda: jobs.print(subject, PaperKind.ACCEPTANCE))
    assert "受理通知书" in job.words
    assert "不算补打" not in job.words
    assert papers_of(desk, subject) == []
    assert tray.sheets == []


def test_every_outcome_is_told_at_the_desk(desk, jobs, qtbot, tray):
    choose(desk, any=PrinterChoice(printer=LASER))
    said: list[Said] = []
    desk.desk.said.connect(said.append)
    subject = a_case(desk.station)
    job = printed(qtbot, jobs, lambda: jobs.print(subject, RECEIPT))
    tray.trouble = PrinterGone(printer=LASER)
    again = failed(qtbot, jobs, lambda: jobs.print_again(job.n))
    assert [(one.mood, one.text) for one in said] == [
        (Mood.GOOD, f"{job.title}：已送到打印机“湖塘激光”。"),
        (Mood.BAD, f"{title_of(again)}：{again.words}"),
    ]


def test_the_pages_look_again_after_a_document_was_issued(desk, jobs, qtbot):
    subject = a_case(desk.station)
    with qtbot.waitSignals([desk.desk.changed, jobs.printed], timeout=WAIT_MS):
        jobs.print(subject, RECEIPT)


def test_a_job_that_is_under_way_is_not_begun_twice(desk, jobs, qtbot):
    subject = a_case(desk.station)
    with qtbot.waitSignal(jobs.printed, timeout=WAIT_MS):
        n = jobs.print(subject, RECEIPT)
        jobs.print_again(n)
    assert len(papers_of(desk, subject)) == 1
    assert len(jobs.jobs) == 1


def test_several_documents_are_printed_in_the_order_in_which_they_were_asked(
    desk, jobs, qtbot, tray
):
    choose(desk, any=PrinterChoice(printer=LASER))
    subjects = [a_case(desk.station, name=name) for name in ("韦一", "韦二", "韦三")]
    for subject in subjects:
        jobs.print(subject, RECEIPT)
    qtbot.waitUntil(lambda: not jobs.busy, timeout=WAIT_MS)
    assert [job.subject for job in jobs.jobs] == subjects[::-1]
    assert [title for title, _, _ in tray.sheets] == [job.title for job in jobs.jobs[::-1]]


def test_the_test_page_writes_no_entry(desk, jobs, qtbot, tray):
    before = desk.station.store.head().seq
    choice = PrinterChoice(printer=LASER, paper=Paper.A5)
    job = printed(qtbot, jobs, lambda: jobs.print_trial(choice))
    assert tray.sheets == [("打印测试页", choice, 1)]
    assert (job.state, job.title, job.printer) == (JobState.PRINTED, "打印测试页", LASER)
    printed(qtbot, jobs, lambda: jobs.print_again(job.n))
    assert len(tray.sheets) == 2
    assert desk.station.store.head().seq == before


def test_a_test_page_without_a_printer_is_a_file(desk, jobs, qtbot, tmp_path):
    job = printed(qtbot, jobs, lambda: jobs.print_trial(PrinterChoice()))
    assert job.file == tmp_path / "papers" / "打印测试页.pdf"
    assert desk.desk.station.name in Printed(job.file.read_bytes()).text


def test_printers_are_asked_without_waiting_for_them(jobs, qtbot):
    answers: list[object] = []
    jobs.ask_printers(answers.append)
    assert answers == []
    qtbot.waitUntil(lambda: bool(answers), timeout=WAIT_MS)
    assert isinstance(answers[0], list)


def test_old_jobs_are_forgotten_but_none_that_failed(desk, jobs, qtbot, tray):
    choose(desk, any=PrinterChoice(printer=LASER))
    tray.trouble = PrinterGone(printer=LASER)
    stuck = failed(qtbot, jobs, lambda: jobs.print(a_case(desk.station), RECEIPT))
    tray.trouble = None
    for _ in range(KEPT + 2):
        jobs.print_trial(PrinterChoice(printer=LASER))
        qtbot.waitUntil(lambda: not jobs.busy, timeout=WAIT_MS)
    assert len(jobs.jobs) == KEPT
    assert jobs.jobs[-1].n == stuck.n


@pytest.mark.parametrize("state", list(JobState))
def test_each_state_has_words(state):
    assert state.label
    assert state.mood in Mood
