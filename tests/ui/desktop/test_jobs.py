"""Work leaves the GUI thread and its outcome comes back to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.errors import Refused
from ui.desktop.jobs import Jobs, WorkBroke


class TooLate(Refused):
    code = "refused"


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.stop()


def waited(qtbot: QtBot, jobs: Jobs) -> None:
    qtbot.waitUntil(lambda: not jobs.busy)


def test_work_runs_elsewhere_and_its_outcome_is_told_here(qtbot: QtBot, jobs: Jobs) -> None:
    told: list[Any] = []
    jobs.outside(
        threading.get_ident,
        done=lambda where: told.extend((where, threading.get_ident())),
        failed=told.append,
    )
    waited(qtbot, jobs)
    where, here = told
    assert where != here == threading.get_ident()


def test_a_refusal_is_told_to_failed(qtbot: QtBot, jobs: Jobs) -> None:
    told: list[Any] = []

    def refuse() -> None:
        raise TooLate

    jobs.outside(refuse, done=told.append, failed=lambda error: told.append(error.code))
    waited(qtbot, jobs)
    assert told == ["refused"]


def test_a_bug_is_reported_and_the_queue_goes_on(
    qtbot: QtBot, jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[Any] = []
    broke: list[str] = []
    jobs.broke.connect(broke.append)
    jobs.outside(lambda: 1 // 0, done=told.append, failed=told.append)
    jobs.outside(lambda: "next", done=told.append, failed=told.append)
    waited(qtbot, jobs)
    assert [type(told[0]), told[1]] == [WorkBroke, "next"]
    assert len(broke) == 1
    assert caplog.records[0].exc_info is not None


def test_of_two_questions_under_one_name_only_the_last_is_answered(
    qtbot: QtBot, jobs: Jobs
) -> None:
    told: list[Any] = []
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        go_on.wait()
        return "first"

    jobs.outside(slow, done=told.append, failed=told.append, replaces="search")
    begun.wait()
    jobs.outside(lambda: "second", done=told.append, failed=told.append, replaces="search")
    jobs.outside(lambda: "third", done=told.append, failed=told.append, replaces="search")
    go_on.set()
    waited(qtbot, jobs)
    assert told == ["third"]


def test_a_cancelled_job_that_has_not_begun_is_not_done(qtbot: QtBot, jobs: Jobs) -> None:
    done: list[Any] = []
    go_on = threading.Event()
    jobs.outside(go_on.wait, done=lambda _: None, failed=done.append)
    second = jobs.outside(lambda: done.append("work"), done=done.append, failed=done.append)
    second.cancel()
    go_on.set()
    waited(qtbot, jobs)
    assert done == []


def test_what_was_asked_of_the_store_is_done_before_the_jobs_stop(qtbot: QtBot) -> None:
    jobs = Jobs()
    done: list[Any] = []

    class Nothing:
        def close(self) -> None:
            done.append("closed")

    jobs.open(lambda: Nothing(), done=lambda _: None, failed=done.append)  # type: ignore[arg-type, return-value]
    for _ in range(50):
        jobs.store(lambda _: done.append("written"), done=lambda _: None, failed=done.append)
    jobs.stop()
    assert done == ["written"] * 50 + ["closed"]


def test_what_is_done_outside_comes_to_its_end_before_the_jobs_stop(qtbot: QtBot) -> None:
    jobs = Jobs()
    done: list[Any] = []
    begun, go_on = threading.Event(), threading.Event()

    def write() -> None:
        begun.set()
        go_on.wait()
        done.append("written")

    jobs.outside(write, done=done.append, failed=done.append)
    jobs.outside(lambda: done.append("kept"), done=done.append, failed=done.append)
    begun.wait()
    threading.Timer(0.05, go_on.set).start()
    jobs.stop()
    assert done == ["written", "kept"]


def test_what_does_not_answer_outside_keeps_nobody_from_going_home(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.desktop.jobs._OUTSIDE_FAREWELL_S", 0.05)
    jobs = Jobs()
    told: list[Any] = []
    never = threading.Event()
    jobs.outside(never.wait, done=told.append, failed=told.append)
    jobs.stop()
    never.set()
    assert told == []
