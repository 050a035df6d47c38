"""Garbage is collected on the GUI thread, and there only."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from ui.desktop.collecting import Collector


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    made = Collector()
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def _left_out_again() -> Iterator[None]:
    """The tests after these go on without a look at what was loaded before all of them."""
    yield
    gc.freeze()


class Knot(QObject):
    """Garbage that only the collector finds, with a timer that only its own thread may stop."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self
        self.timer = QTimer(self)
        self.timer.start(60_000)


def test_a_thread_that_allocates_much_does_not_collect(collector: Collector) -> None:
    ended = weakref.ref(Knot())

    def allocate() -> None:
        kept = [[number] for number in range(200_000)]
        assert kept

    thread = threading.Thread(target=allocate)
    thread.start()
    thread.join()

    assert ended() is not None


def test_the_timer_collects_what_nobody_holds(qtbot: QtBot, collector: Collector) -> None:
    where: list[int] = []
    weakref.finalize(Knot(), lambda: where.append(threading.get_ident()))

    qtbot.waitUntil(lambda: bool(where), timeout=20_000)

    assert where == [threading.get_ident()]


def test_after_the_desktop_python_collects_by_itself_again(qtbot: QtBot) -> None:
    gc.unfreeze()  # what the tests before left out
    collector = Collector()
    assert not gc.isenabled()
    assert gc.get_freeze_count() == 0
    collector.settle()
    assert gc.get_freeze_count() > 0

    collector.stop()

    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
