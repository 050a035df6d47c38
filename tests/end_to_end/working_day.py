"""A day at the real desktop, in a process of its own.

`python -m tests.end_to_end.working_day FOLDER DAY --size WxH [--code CODE]`; the days are those of `working_days`.
What the person saw and what the watchdog noted is written as one line of JSON.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import statistics
import sys
import traceback
from functools import partial
from pathlib import Path

import PySide6.QtWidgets
from PySide6.QtCore import QTimer

from tests.end_to_end.person import Person
from tests.end_to_end.working_days import DAYS
from tests.end_to_end.working_parts import Day
from tests.ui.desktop.watchdog import Spell, WatchedApplication


def main(folder: Path, name: str, size: tuple[int, int], code: str) -> int:
    days: list[Day] = []

    class Application(WatchedApplication):
        """Begins to work as soon as the event loop runs."""

        def __init__(self, arguments: list[str]) -> None:
            super().__init__(arguments)
            day = Day(Person(self), code, size)
            days.append(day)
            QTimer.singleShot(0, self, partial(_work, self, day, name))

    PySide6.QtWidgets.QApplication = Application  # type: ignore[assignment,misc]
    from ui.desktop import application

    exit_code = application.run(folder)
    (day,) = days
    running = Application.instance()
    assert isinstance(running, WatchedApplication)
    _tell(day, running)
    return exit_code


def _work(application: WatchedApplication, day: Day, name: str) -> None:
    application.step_aside()
    try:
        DAYS[name](day)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(3)  # a desktop that nobody works at would stay open


def _tell(day: Day, application: WatchedApplication) -> None:
    spells = application.spells
    told = {
        "stages": [dataclasses.asdict(stage) for stage in day.person.stages],
        "events": application.events,
        "bare_window_ms": statistics.median(day.person.floors_ms),
        "worst_work": [dataclasses.asdict(one) for one in _worst(spells, "work_ms")],
        "worst_wall": [dataclasses.asdict(one) for one in _worst(spells, "wall_ms")],
        "seen": day.seen,
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _worst(spells: list[Spell], by: str) -> list[Spell]:
    """The worst of each stage, the worst of all first."""
    worst: dict[str, Spell] = {}
    for spell in sorted(spells, key=lambda one: -getattr(one, by)):
        worst.setdefault(spell.stage, spell)
    return list(worst.values())


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("day", choices=list(DAYS))
    parser.add_argument("--size", type=_size, default=(1366, 768))
    parser.add_argument("--code", default="")
    given = parser.parse_args()
    sys.exit(main(given.folder, given.day, given.size, given.code))
