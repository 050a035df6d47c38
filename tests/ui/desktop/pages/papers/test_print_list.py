"""What may be done about each print, and how the list says it."""

from __future__ import annotations

import pytest

from app.domain.papers import PaperKind
from app.journal.refs import DeviceId, Ref
from printing.choice import PrinterChoice
from printing.troubles import PrinterGone
from tests.builders import a_case
from tests.ui.desktop import walks
from tests.ui.desktop.desks import WAIT_MS
from tests.ui.desktop.trays import LASER, goes_to, put_in
from ui.desktop.pages.papers.print_list import PrintAct, PrintList, acts_of
from ui.desktop.print_jobs import JobState, PrintJob, jobs_of
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.text import Text

ENTRY = Ref(DeviceId(b"\x01" * 32), 7)
RECEIPT = PaperKind.MATERIALS_RECEIPT


def a_job(state: JobState, **facts) -> PrintJob:
    return PrintJob(n=1, title="收件回执", state=state, **facts)


@pytest.mark.parametrize(
    ("job", "acts"),
    [
        (a_job(JobState.WAITING), (PrintAct.WITHDRAW,)),
        (a_job(JobState.PRINTING), ()),
        (a_job(JobState.PRINTED, entry=ENTRY), (PrintAct.CAME_OUT, PrintAct.DID_NOT)),
        (a_job(JobState.PRINTED), (PrintAct.TRY_AGAIN,)),
        (a_job(JobState.FAILED, entry=ENTRY), (PrintAct.TRY_AGAIN, PrintAct.DROP)),
        (a_job(JobState.FAILED), (PrintAct.TRY_AGAIN,)),
        (a_job(JobState.CONFIRMED, entry=ENTRY), (PrintAct.REPRINT,)),
        (a_job(JobState.FILED, entry=ENTRY), (PrintAct.REPRINT,)),
        (a_job(JobState.WITHDRAWN, entry=ENTRY), (PrintAct.TRY_AGAIN,)),
    ],
)
def test_what_never_came_out_is_no_reprint(job, acts):
    assert acts_of(job) == acts


@pytest.fixture
def tray(monkeypatch):
    return put_in(monkeypatch)


@pytest.fixture
def jobs(some_desk, qtbot, tray):
    goes_to(some_desk, any=PrinterChoice(printer=LASER))
    jobs = jobs_of(some_desk.desk)
    yield jobs
    qtbot.waitUntil(lambda: not jobs.busy, timeout=WAIT_MS)
    some_desk.settle()


@pytest.fixture
def prints(jobs, qtbot):
    prints = PrintList(jobs)
    qtbot.addWidget(prints)
    prints.resize(560, 400)
    return prints


def print_one(some_desk, jobs, qtbot, signal):
    with qtbot.waitSignal(signal, timeout=WAIT_MS):
        jobs.print(a_case(some_desk.station), RECEIPT)


def words(prints):
    return [part.text() for part in prints.findChildren(Text) if part.isVisible()]


def press(prints, said):
    found = [one for one in walks.stops(prints) if isinstance(one, Button) and one.isVisible()]
    next(one for one in found if walks.said(one).startswith(said)).click()


def test_the_question_is_asked_in_the_list_and_answered_there(some_desk, jobs, prints, qtbot):
    print_one(some_desk, jobs, qtbot, jobs.printed)
    assert prints.isVisible()
    assert "打出来了吗？" in words(prints)
    press(prints, "是")
    assert jobs.jobs[0].state is JobState.CONFIRMED
    assert "打出来了吗？" not in words(prints)


def test_no_prints_it_again(some_desk, jobs, prints, tray, qtbot):
    print_one(some_desk, jobs, qtbot, jobs.printed)
    with qtbot.waitSignal(jobs.printed, timeout=WAIT_MS):
        press(prints, "没有，再打一次")
    assert len(tray.sheets) == 2
    assert jobs.jobs[0].reprint == 0


def test_a_failure_comes_before_what_went_well_and_says_why(some_desk, jobs, prints, tray, qtbot):
    tray.trouble = PrinterGone(printer=LASER)
    print_one(some_desk, jobs, qtbot, jobs.failed)
    tray.trouble = None
    print_one(some_desk, jobs, qtbot, jobs.printed)
    told = words(prints)
    assert any("找不到打印机“湖塘激光”" in word for word in told)
    press(prints, "不打了")
    assert JobState.WITHDRAWN in [job.state for job in jobs.jobs]


def test_all_are_answered_at_once_and_all_may_be_seen(some_desk, jobs, prints, qtbot):
    for _ in range(5):
        print_one(some_desk, jobs, qtbot, jobs.printed)
    assert words(prints).count("打出来了吗？") == 3
    press(prints, "全部显示")
    assert words(prints).count("打出来了吗？") == 5
    press(prints, "都打出来了")
    assert {job.state for job in jobs.jobs} == {JobState.CONFIRMED}
    press(prints, "收起")
