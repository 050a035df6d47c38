"""What is being printed at a desk. The printer is the only stand-in."""

from __future__ import annotations

import msgspec
import pytest

from app.domain.case import Case
from app.domain.events import PartyRole
from app.domain.papers import PaperKind
from app.usecases import printing_queue
from app.usecases.parties import PartyForm
from printing.choice import Paper, PrinterChoice
from printing.cups import JobNews, Stage
from printing.troubles import PrinterGone, PrinterState, PrinterStopped
from tests.builders import a_case
from tests.printing.reading import Printed
from tests.ui.desktop.desks import WAIT_MS
from tests.ui.desktop.trays import LASER, goes_to, put_in, the_store_busy
from ui.desktop.desk import Said
from ui.desktop.look.mood import Mood
from ui.desktop.print_choice import kind_on_paper, receipt_kind
from ui.desktop.print_jobs import JobState, PrintJobs, jobs_of, title_of
from ui.desktop.print_list import KEPT

RECEIPT = PaperKind.MATERIALS_RECEIPT


@pytest.fixture
def tray(monkeypatch):
    return put_in(monkeypatch)


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
    goes_to(desk, any=PrinterChoice(printer=LASER))
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
    goes_to(desk, any=PrinterChoice(printer="别的"), materials_receipt=on_a5)
    subject = a_case(desk.station)
    job = printed(qtbot, jobs, lambda: jobs.print(subject, RECEIPT))
    assert tray.sheets == [(job.title, on_a5, 2)]
    assert job.printer == LASER
    assert job.words == "已送到打印机“湖塘激光”。"
    assert job.pdf == b""


def test_the_receipt_is_a_slip_where_slips_are_printed(desk, jobs, qtbot, tray):
    slip = PrinterChoice(printer=LASER, paper=Paper.SLIP)
    goes_to(desk, any=PrinterChoice(printer="别的"), materials_receipt=slip)
    subject = a_case(desk.station)
    printed(qtbot, jobs, lambda: jobs.print(subject, RECEIPT))
    assert [record.paper for record in papers_of(desk, subject)] == [PaperKind.MATERIALS_SLIP]
    assert [choice for _, choice, _ in tray.sheets] == [slip]


def test_only_the_receipt_has_two_sizes(desk):
    goes_to(desk, any=PrinterChoice(paper=Paper.SLIP))
    preferences = desk.desk.preferences
    assert receipt_kind(preferences) is PaperKind.MATERIALS_SLIP
    assert kind_on_paper(PaperKind.MATERIALS_RECEIPT, preferences) is PaperKind.MATERIALS_SLIP
    assert kind_on_paper(PaperKind.ACCEPTANCE, preferences) is PaperKind.ACCEPTANCE
    goes_to(desk, any=PrinterChoice(paper=Paper.A5))
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
    goes_to(desk, any=PrinterChoice(printer=LASER))
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
    goes_to(desk, any=PrinterChoice(printer=LASER))
    subject = a_case(desk.station)
    tray.trouble = PrinterGone(printer=LASER)
    stuck = failed(qtbot, jobs, lambda: jobs.print(subject, RECEIPT))
    goes_to(desk, any=PrinterChoice())
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
    goes_to(desk, any=PrinterChoice(printer=LASER))
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
    goes_to(desk, any=PrinterChoice(printer=LASER))
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
    goes_to(desk, any=PrinterChoice(printer=LASER))
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


# --- whether it came out ----------------------------------------------------------------------------


@pytest.fixture
def sent(desk, jobs, qtbot, tray):
    """A receipt that a printer has taken."""
    goes_to(desk, any=PrinterChoice(printer=LASER))
    return printed(qtbot, jobs, lambda: jobs.print(a_case(desk.station), RECEIPT))


def on_their_way(desk):
    return printing_queue.on_their_way(desk.station.store)


def again_at(desk, qtbot):
    """The list of a window that is opened after a power cut."""
    other = PrintJobs(desk.desk)
    qtbot.waitUntil(lambda: bool(other.jobs), timeout=WAIT_MS)
    return other


def test_what_went_to_a_printer_is_asked_about_until_somebody_says_yes(desk, jobs, sent):
    assert sent.asks
    desk.settle()
    assert [one.title for one in on_their_way(desk)] == [sent.title]
    jobs.came_out(sent.n)
    assert jobs.jobs[0].state is JobState.CONFIRMED
    desk.settle()
    assert on_their_way(desk) == []


def test_what_did_not_come_out_is_the_same_again_and_counts_as_nothing(
    desk, jobs, qtbot, tray, sent
):
    job = printed(qtbot, jobs, lambda: jobs.did_not_come_out(sent.n))
    assert (job.n, job.state, job.reprint) == (sent.n, JobState.PRINTED, 0)
    assert [title for title, _, _ in tray.sheets] == [sent.title] * 2
    assert [record.reprint for record in papers_of(desk, sent.subject)] == [0]


def test_after_a_power_cut_the_question_is_still_there(desk, jobs, qtbot, tray, sent):
    desk.settle()
    again = again_at(desk, qtbot)
    (job,) = again.jobs
    assert job.asks
    assert job.title == sent.title
    printed(qtbot, again, lambda: again.did_not_come_out(job.n))
    assert [title for title, _, _ in tray.sheets] == [sent.title] * 2
    assert [record.reprint for record in papers_of(desk, sent.subject)] == [0]


def test_the_copies_of_a_mandate_that_a_third_person_keeps_too_are_three(desk, jobs, qtbot, tray):
    """Each 联 begins on a sheet of its own, before and after a power cut."""
    goes_to(desk, any=PrinterChoice(printer=LASER))
    father = PartyForm(name="韦大山", role=PartyRole.GUARDIAN, relation="父亲", basis="户口簿")
    subject = a_case(desk.station, parties=(father,))
    printed(qtbot, jobs, lambda: jobs.print(subject, PaperKind.MANDATE))
    desk.settle()
    again = again_at(desk, qtbot)
    printed(qtbot, again, lambda: again.did_not_come_out(again.jobs[0].n))
    assert tray.sets == [3, 3]


def test_what_a_printer_refused_is_still_to_be_printed_after_a_restart(desk, jobs, qtbot, tray):
    goes_to(desk, any=PrinterChoice(printer=LASER))
    tray.trouble = PrinterGone(printer=LASER)
    stuck = failed(qtbot, jobs, lambda: jobs.print(a_case(desk.station), RECEIPT))
    desk.settle()
    tray.trouble = None
    again = again_at(desk, qtbot)
    (job,) = again.jobs
    assert job.state is JobState.FAILED
    assert "不算补打" in job.words
    printed(qtbot, again, lambda: again.print_again(job.n))
    assert [record.reprint for record in papers_of(desk, stuck.subject)] == [0]


def test_a_file_is_not_asked_about(desk, jobs, qtbot):
    job = printed(qtbot, jobs, lambda: jobs.print(a_case(desk.station), RECEIPT))
    assert not job.asks
    desk.settle()
    assert on_their_way(desk) == []


def test_a_test_page_is_not_asked_about(jobs, qtbot, tray):
    job = printed(qtbot, jobs, lambda: jobs.print_trial(PrinterChoice(printer=LASER)))
    assert not job.asks


def test_all_questions_are_answered_at_once(desk, jobs, qtbot, sent):
    printed(qtbot, jobs, lambda: jobs.print(a_case(desk.station), RECEIPT))
    jobs.all_came_out()
    assert {job.state for job in jobs.jobs} == {JobState.CONFIRMED}
    desk.settle()
    assert on_their_way(desk) == []


def test_a_question_outlasts_what_needs_no_answer(jobs, qtbot, sent):
    for _ in range(KEPT):
        jobs.print_trial(PrinterChoice(printer=LASER))
        qtbot.waitUntil(lambda: not jobs.busy, timeout=WAIT_MS)
    assert jobs.jobs[-1].n == sent.n
    assert len(jobs.jobs) == KEPT


# --- cancelling -------------------------------------------------------------------------------------


def test_a_job_that_waits_is_cancelled_and_nothing_is_issued(desk, jobs, qtbot, tray):
    goes_to(desk, any=PrinterChoice(printer=LASER))
    subject = a_case(desk.station)
    with qtbot.waitSignal(jobs.withdrawn, timeout=WAIT_MS), the_store_busy(desk):
        jobs.withdraw(jobs.print(subject, RECEIPT))
    assert jobs.jobs[0].state is JobState.WITHDRAWN
    assert papers_of(desk, subject) == []
    assert tray.sheets == []


def test_a_job_that_failed_may_be_given_up_and_taken_up_again(desk, jobs, qtbot, tray):
    goes_to(desk, any=PrinterChoice(printer=LASER))
    tray.trouble = PrinterGone(printer=LASER)
    stuck = failed(qtbot, jobs, lambda: jobs.print(a_case(desk.station), RECEIPT))
    jobs.withdraw(stuck.n)
    desk.settle()
    assert on_their_way(desk) == []
    tray.trouble = None
    job = printed(qtbot, jobs, lambda: jobs.print_again(stuck.n))
    assert job.state is JobState.PRINTED
    assert [record.reprint for record in papers_of(desk, stuck.subject)] == [0]


# --- progress and what the system tells afterwards --------------------------------------------------


def test_the_pages_are_counted_while_they_are_drawn(desk, jobs, qtbot, tray):
    goes_to(desk, any=PrinterChoice(printer=LASER))
    told = []
    jobs.changed.connect(lambda: told.append(jobs.jobs[0].words))
    printed(qtbot, jobs, lambda: jobs.print(a_case(desk.station), RECEIPT))
    assert [words for words in dict.fromkeys(told) if words][:2] == [
        "第 1 页，共 2 页",
        "第 2 页，共 2 页",
    ]


NO_PAPER = JobNews(stage=Stage.PRINTING, state=PrinterState.NO_PAPER)


def test_a_printer_without_paper_is_told_while_it_waits(desk, jobs, sent):
    jobs.following.told.emit(sent.n, NO_PAPER)
    job = jobs.jobs[0]
    assert job.troubled
    assert "没有纸" in job.words
    assert job.asks
    jobs.following.told.emit(sent.n, JobNews(stage=Stage.DONE, state=PrinterState.READY))
    assert not jobs.jobs[0].troubled


def test_what_the_system_lost_is_printed_again_and_counts_as_nothing(desk, jobs, qtbot, sent):
    lost = failed(
        qtbot,
        jobs,
        lambda: jobs.following.told.emit(
            sent.n, JobNews(stage=Stage.LOST, state=PrinterState.READY)
        ),
    )
    assert lost.state is JobState.FAILED
    job = printed(qtbot, jobs, lambda: jobs.print_again(sent.n))
    assert job.reprint == 0


# --- a slip printer without the system --------------------------------------------------------------


def test_a_slip_printer_that_comes_late_loses_nothing(desk, jobs, qtbot, tmp_path):
    device = tmp_path / "lp0"
    goes_to(desk, materials_receipt=PrinterChoice(direct=str(device), paper=Paper.SLIP_58))
    subject = a_case(desk.station)
    stuck = failed(qtbot, jobs, lambda: jobs.print(subject, RECEIPT))
    assert str(device) in stuck.words
    device.touch()
    job = printed(qtbot, jobs, lambda: jobs.print_again(stuck.n))
    assert job.printer == f"小票机 {device}"
    assert job.asks
    assert b"\x1dv0\x00\x30\x00" in device.read_bytes()  # 48 bytes are the 384 dots of 58 mm
    assert [(one.paper, one.reprint) for one in papers_of(desk, subject)] == [
        (PaperKind.MATERIALS_SLIP, 0)
    ]
