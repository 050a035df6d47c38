"""An event-loop watchdog: how long the GUI thread is busy with one event.

It is the application itself, which hands out every event; so it lives in a process of its own (`working_day`).
`wall_ms` is what a person would feel on this machine with whatever else it is doing;
`work_ms` is the processor time of the GUI thread alone, which is about the same on a crowded machine.
An event that opens a dialog lasts as long as the dialog: what happens meanwhile is counted by itself, not with it.
A script that plays a person runs inside an event too: it steps aside, and what it does to the program is counted.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from typing_extensions import override

NOTED_MS = 5.0
"""Shorter spells are not worth a line."""


@dataclass(frozen=True)
class Spell:
    stage: str
    receiver: str
    event: str
    wall_ms: float
    work_ms: float


@dataclass
class _Running:
    loop_level: int
    wall_s: float
    work_s: float
    others_wall_s: float = 0.0
    others_work_s: float = 0.0
    is_script: bool = False


class WatchedApplication(QApplication):
    """`stage` is what the script is about now; it is written with each spell."""

    _of_gui = 0

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.stage = "start"
        self.spells: list[Spell] = []
        self.events = 0
        self._running: list[_Running] = []
        self._is_counting = True
        # Asked for at every event, thousands of which may be a part of one: what it costs counts as work.
        self._gui_thread = self.thread()
        self._of_gui = threading.get_ident()

    def step_aside(self) -> None:
        """Who calls this is a script: its own time is not counted, each event that it sends is."""
        self._running[-1].is_script = True

    @contextmanager
    def not_counted(self) -> Iterator[None]:
        """What is done in here is no part of the program."""
        self._is_counting = False
        yield
        self._is_counting = True

    @override
    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if threading.get_ident() != self._of_gui or not self._is_counting:
            return super().notify(receiver, event)
        level = self._gui_thread.loopLevel()
        around = self._running[-1] if self._running else None
        if around is not None and around.loop_level == level and not around.is_script:
            return super().notify(receiver, event)  # a part of the event that is being counted
        kind, name = event.type().name, type(receiver).__name__
        spell = _Running(level, time.perf_counter(), time.thread_time())
        self._running.append(spell)
        try:
            return super().notify(receiver, event)
        finally:
            self._running.pop()
            self._note(spell, name, kind)

    def _note(self, spell: _Running, name: str, kind: str) -> None:
        wall_s = time.perf_counter() - spell.wall_s
        work_s = time.thread_time() - spell.work_s
        if self._running:
            self._running[-1].others_wall_s += wall_s
            self._running[-1].others_work_s += work_s
        if spell.is_script:
            return
        self.events += 1
        wall_ms = (wall_s - spell.others_wall_s) * 1000
        work_ms = (work_s - spell.others_work_s) * 1000
        if wall_ms >= NOTED_MS:
            self.spells.append(Spell(self.stage, name, kind, wall_ms, work_ms))
