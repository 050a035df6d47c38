"""Many documents, one after the other. The printer is the only stand-in."""

from __future__ import annotations

import pytest

from app.domain.case import Case
from app.domain.papers import PaperKind
from printing.choice import PrinterChoice
from printing.troubles import PrinterGone
from tests.builders import a_case
from tests.ui.desktop.desks import WAIT_MS
from tests.ui.desktop.trays import LASER, goes_to, put_in, the_store_busy
from ui.desktop.print_batch import BatchState, Wanted, batch_of
from ui.desktop.print_jobs import JobState, jobs_of

RECEIPT = PaperKind.MATERIALS_RECEIPT


@pytest.fixture
def desk(some_desk):
    goes_to(some_desk, any=PrinterChoice(printer=LASER))
    return some_desk


@pytest.fixture
def tray(monkeypatch):
    return put_in(monkeypatch)


@pytest.fixture
def batch(desk, tray, qtbot):
    batch = batch_of(desk.desk)
    yield batch
    qtbot.waitUntil(lambda: not jobs_of(desk.desk).busy, timeout=WAIT_MS)
    desk.settle()


def wanted(desk, *names, kind=RECEIPT):
    return [
        Wanted(subject=a_case(desk.station, name=name), kind=kind, label=name) for name in names
    ]


def run(qtbot, batch, some, **manners):
    with qtbot.waitSignal(batch.ended, timeout=WAIT_MS):
        assert batch.start(some, **manners)


def numbers(desk, subject):
    case = desk.station.store.case(subject)
    assert isinstance(case, Case)
    return [(paper.running, paper.reprint) for paper in case.papers]


def test_each_is_printed_in_the_order_of_the_list(desk, batch, tray, qtbot):
    some = wanted(desk, "韦一", "韦二", "韦三")
    run(qtbot, batch, some)
    assert batch.printed == 3
    assert batch.passed == []
    assert [numbers(desk, one.subject) for one in some] == [[(1, 0)], [(2, 0)], [(3, 0)]]
    assert [title.partition("〕")[2] for title, _, _ in tray.sheets] == ["1号", "2号", "3号"]


def test_the_pages_look_again_once_when_all_is_done(desk, batch, qtbot):
    looked = []
    some = wanted(desk, "韦一", "韦二", "韦三")
    desk.desk.changed.connect(lambda: looked.append(batch.printed))
    run(qtbot, batch, some)
    assert looked == [3]


def test_what_cannot_be_issued_is_passed_over_and_told_with_its_reason(desk, batch, qtbot):
    some = [
        *wanted(desk, "韦一"),
        *wanted(desk, "韦二", kind=PaperKind.ACCEPTANCE),
        *wanted(desk, "韦ཀ"),
        *wanted(desk, "韦四"),
    ]
    run(qtbot, batch, some)
    assert batch.printed == 2
    assert [one.label for one in batch.passed] == ["韦二", "韦ཀ"]
    assert "受理通知书" in batch.passed[0].words
    assert "U+0F40" in batch.passed[1].words


def test_what_was_printed_before_is_no_reprint_by_the_way(desk, batch, qtbot):
    some = wanted(desk, "韦一", "韦二")
    run(qtbot, batch, some[:1])
    run(qtbot, batch, some, only_new=True)
    assert batch.printed == 1
    assert [one.label for one in batch.passed] == ["韦一"]
    assert "以前打过" in batch.passed[0].words
    assert numbers(desk, some[0].subject) == [(1, 0)]


def test_a_printer_that_does_not_print_is_waited_for_and_nothing_more_is_issued(
    desk, batch, tray, qtbot
):
    some = wanted(desk, "韦一", "韦二", "韦三")
    tray.trouble = PrinterGone(printer=LASER)
    batch.start(some)
    qtbot.waitUntil(lambda: batch.state is BatchState.WAITING, timeout=WAIT_MS)
    assert LASER in batch.why
    assert [bool(numbers(desk, one.subject)) for one in some] == [True, False, False]
    tray.trouble = None
    with qtbot.waitSignal(batch.ended, timeout=WAIT_MS):
        batch.go_on()
    assert batch.printed == 3
    assert numbers(desk, some[0].subject) == [(1, 0)]


def test_a_batch_that_is_stopped_tells_what_was_left(desk, batch, tray, qtbot):
    some = wanted(desk, "韦一", "韦二", "韦三")
    tray.trouble = PrinterGone(printer=LASER)
    batch.start(some)
    qtbot.waitUntil(lambda: batch.state is BatchState.WAITING, timeout=WAIT_MS)
    batch.stop()
    assert batch.state is BatchState.ENDED
    assert [one.label for one in batch.passed] == ["韦一", "韦二", "韦三"]


def test_one_batch_at_a_time(desk, batch, qtbot):
    some = wanted(desk, "韦一", "韦二")
    with qtbot.waitSignal(batch.ended, timeout=WAIT_MS):
        assert batch.start(some)
        assert not batch.start(some)
    assert batch.printed == 2


def test_one_that_somebody_cancels_while_it_waits_is_passed_over(desk, batch, qtbot):
    some = wanted(desk, "韦一", "韦二")
    with qtbot.waitSignal(batch.ended, timeout=WAIT_MS), the_store_busy(desk):
        batch.start(some)
        jobs = jobs_of(desk.desk)
        jobs.withdraw(jobs.jobs[0].n)
    assert batch.printed == 1
    assert [(one.label, one.words) for one in batch.passed] == [("韦一", JobState.WITHDRAWN.label)]
    assert numbers(desk, some[0].subject) == []
