"""What was sent is asked after until it is out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from printing.cups import JobNews, Stage
from printing.troubles import PrinterState
from tests.ui.desktop.desks import WAIT_MS
from ui.desktop import print_following, print_work
from ui.desktop.jobs import Jobs
from ui.desktop.print_following import PrintFollowing
from ui.desktop.print_words import news_words

PRINTING = JobNews(stage=Stage.PRINTING, state=PrinterState.BUSY, pages=1)
DONE = JobNews(stage=Stage.DONE, state=PrinterState.READY, pages=2)


@pytest.fixture
def following(qtbot, monkeypatch):
    monkeypatch.setattr(print_following, "_EVERY_MS", 10)
    jobs, owner = Jobs(), QObject()
    following = PrintFollowing(jobs, owner)
    yield following
    following.stop()
    jobs.stop()
    owner.deleteLater()


def system_says(monkeypatch, *answers):
    """One after the other; the last stays."""
    told = list(answers)

    def news_of(sent):
        asked.append(dict(sent))
        news = told.pop(0) if len(told) > 1 else told[0]
        return dict.fromkeys(sent, news)

    asked: list[dict[int, tuple[str, int]]] = []
    monkeypatch.setattr(print_work, "news_of", news_of)
    return asked


def test_it_is_told_until_it_is_out_and_no_longer(following, qtbot, monkeypatch):
    asked = system_says(monkeypatch, PRINTING, PRINTING, DONE)
    told = []
    following.told.connect(lambda n, news: told.append((n, news.stage)))
    following.follow(7, "laser", 3)
    qtbot.waitUntil(lambda: (7, Stage.DONE) in told, timeout=WAIT_MS)
    assert asked[0] == {7: ("laser", 3)}
    times = len(asked)
    qtbot.wait(60)
    assert len(asked) == times


def test_what_the_system_has_forgotten_is_not_asked_after_any_more(following, qtbot, monkeypatch):
    asked = system_says(monkeypatch, None)
    following.told.connect(lambda *_: pytest.fail("told"))
    following.follow(7, "laser", 3)
    qtbot.waitUntil(lambda: bool(asked), timeout=WAIT_MS)
    qtbot.wait(60)
    assert len(asked) <= 2


def test_where_there_is_no_number_nobody_is_asked(following, qtbot, monkeypatch):
    asked = system_says(monkeypatch, DONE)
    following.follow(7, "小票机 192.168.1.20", 0)
    qtbot.wait(40)
    assert asked == []


@pytest.mark.parametrize("state", [state for state in PrinterState if state.troubled])
def test_each_trouble_has_words_that_say_what_to_do(state):
    words, troubled = news_words(JobNews(stage=Stage.QUEUED, state=state), "湖塘激光")
    assert troubled
    assert "湖塘激光" in words
    assert "接着打" in words


def test_pages_that_are_out_are_counted():
    assert news_words(PRINTING, "湖塘激光") == ("打印机正在打，已经打了 1 页。", False)
    assert news_words(DONE, "湖塘激光") == ("打印机说已经打完。", False)
