"""What tests of the desktop stand on: Qt without a screen, our look, and a desk over a real store."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, SignalInstance
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker
from typing_extensions import override

from tests.ui.desktop.desks import WAIT_MS, SomeDesk, a_desk, leave

if not os.environ.get("DAIBAN_TESTS_ON_SCREEN"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """As in the desktop, no thread but this one takes Qt's objects away (`ui.desktop.collecting`)."""
    gc.disable()
    # What the test before closed is still waiting for an event loop to delete it.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    yield
    gc.collect()
    gc.freeze()  # what is alive between two tests is what modules hold: the next round need not look at it
    gc.enable()


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> None:
    from ui.desktop import look

    look.apply(qapp, "ordinary", 100)


_LOOKS_EVERY_MS: Final = 10
"""How often pytest-qt's `waitUntil` looks; most of what is waited for here takes less."""


class DressingBot(QtBot):
    """What is left with it stands for a window, as the shell is one, and wears our style sheet.

    It has more patience than the original, and looks more often.
    """

    @override
    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = WAIT_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    @override
    def waitSignal(
        self, signal: SignalInstance, *, timeout: int = WAIT_MS, **said: Any
    ) -> SignalBlocker:
        return super().waitSignal(signal, timeout=timeout, **said)

    @override
    def wait(self, ms: int) -> None:
        super().wait(1 if ms == _LOOKS_EVERY_MS else ms)

    @override
    def addWidget(
        self, widget: QWidget, *, before_close_func: Callable[[QWidget], None] | None = None
    ) -> None:
        from ui.desktop import look

        super().addWidget(widget, before_close_func=before_close_func)
        if widget.parentWidget() is None:
            look.dress(widget)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return DressingBot(request)


@pytest.fixture
def some_desk(qtbot: QtBot, tmp_path: Path) -> Iterator[SomeDesk]:
    """A village's desk with an empty store and its head at it."""
    desk = a_desk(qtbot, tmp_path)
    yield desk
    leave(desk)
