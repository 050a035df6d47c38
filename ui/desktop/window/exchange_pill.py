"""The quiet pill in the top bar: 在线 · 已全部上报, 离线 · 待上报 3."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.desktop import exchange_words
from ui.desktop.exchanging import ExchangeState
from ui.desktop.widgets.pill import Pill
from ui.desktop.widgets.tips import set_tip

_QUIET_MS: Final = 400
"""An exchange shorter than that is not mentioned: a pill that flickers is not quiet."""


class ExchangePill(Pill):
    """`retold`: it says something else, and may be wider."""

    retold = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._state = ExchangeState()
        self._told = self._state
        self._how: Callable[[exchange_words.ShortWords], str] = attrgetter("text")
        self._patience = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._patience.timeout.connect(self._catch_up)
        self._tell()

    def show_state(self, state: ExchangeState) -> None:
        begins = state.working and not self._state.working
        self._state = state
        if begins:
            self._patience.start()
        elif not state.working:
            self._patience.stop()
            self._catch_up()
        elif not self._patience.isActive():
            self._catch_up()

    def say_fully(self) -> None:
        self._how = attrgetter("text")
        self._tell()

    def say_briefly(self) -> None:
        self._how = attrgetter("brief")
        self._tell()

    def say_nothing(self) -> None:
        """The icon alone; the words are in the tooltip and for the screen reader."""
        self._how = _nothing
        self._tell()

    def _catch_up(self) -> None:
        self._told = self._state
        self._tell()
        self.retold.emit()

    def _tell(self) -> None:
        told = exchange_words.short(self._told)
        self.say(told.mood, self._how(told), told.icon)
        set_tip(self, f"{told.text}\n{told.tip}")
        self.setAccessibleName(told.text)


def _nothing(_: exchange_words.ShortWords) -> str:
    return ""
