"""What is loaded while nobody waits gives way to whoever does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from ui.desktop.jobs import Jobs
from ui.desktop.start import warming
from ui.desktop.start.warming import Warming


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked for, in order; nothing is really loaded."""
    names: list[str] = []
    monkeypatch.setattr("ui.desktop.start.loading.import_module", names.append)
    monkeypatch.setattr(warming, "_WINDOW", ("window.first", "window.second"))
    monkeypatch.setattr(warming, "within", lambda *packages: iter(packages))
    return names


@pytest.fixture
def parent():
    return QObject()


@pytest.fixture
def jobs(qapp):
    jobs = Jobs()
    yield jobs
    jobs.stop()


def test_behind_the_login_page_the_window_comes_first_and_then_what_f2_asks_for(
    qtbot, loaded, jobs, parent
):
    warm = Warming(jobs, parent)
    with qtbot.waitSignal(warm.rested):
        warm.begin()
    assert loaded == ["window.first", "window.second"]
    qtbot.waitUntil(lambda: loaded[2:] == ["ui.desktop.pages.registration"])


def test_who_has_typed_the_password_waits_for_the_window_alone(qtbot, loaded, jobs, parent):
    warm = Warming(jobs, parent)
    rested: list[bool] = []
    warm.rested.connect(lambda: rested.append(True))
    warm.hurry()
    warm.begin()
    qtbot.waitUntil(lambda: len(loaded) == 2)
    qtbot.wait(30)
    assert loaded == ["window.first", "window.second"]
    assert not rested


def test_a_wrong_password_lets_others_come_to_their_turn(qtbot, loaded, jobs, parent):
    warm = Warming(jobs, parent)
    warm.hurry()
    with qtbot.waitSignal(warm.rested):
        warm.ease()


def test_who_closes_the_window_has_nothing_more_loaded(qtbot, loaded, jobs, parent):
    warm = Warming(jobs, parent)
    warm.begin()
    warm.stop()
    qtbot.wait(30)
    assert loaded == []
