"""Whole days at the desktop, put together of parts. `working_day` runs one of them."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.end_to_end.working_parts import (
    Day,
    close,
    colleague,
    exchange,
    first_start,
    items,
    list_of_cases,
    lock,
    log_in,
    papers,
    register,
    registration_page,
    search,
    settings,
    switch,
)
from ui.desktop.start.shell import Shell
from ui.desktop.widgets.banner import Banner

HALF: Final = "莫秀英"


def first_day(day: Day) -> None:
    for part in (
        first_start, register, search, list_of_cases, papers, items, settings,
        exchange, lock, colleague, switch, close,
    ):  # fmt: skip
        part(day)


def large_day(day: Day) -> None:
    """At a desk with a great many cases and no centre. Nobody registers or prints: among so many no name is new."""
    for part in (log_in, search, list_of_cases, items, settings, lock, close):
        part(day)


def short_day(day: Day) -> None:
    """In a real window, with a picture of it."""
    first_start(day)
    register(day)
    shell = day.person.find(Shell)
    picture = QGuiApplication.primaryScreen().grabWindow(shell.winId()).toImage()
    day.seen["picture"] = [picture.width(), picture.height()]
    day.seen["colours"] = len(
        {
            picture.pixel(x, y)
            for x in range(0, picture.width(), 3)
            for y in range(0, picture.height(), 3)
        }
    )
    close(day)


def half_a_form(day: Day) -> None:
    """Until whoever started this pulls the plug."""
    log_in(day)
    person = day.person
    page = registration_page(day)
    person.write("db")
    person.press(Qt.Key.Key_Return)
    person.wait(page.filling.applicant.name.hasFocus)
    person.compose("mxy", HALF)
    person.press(Qt.Key.Key_Return)
    person.wait(lambda: page.presenter.drafting.slip.n is not None, "the draft")
    sys.stdout.write("kept\n")
    sys.stdout.flush()
    while True:
        person.rest()
        time.sleep(0.01)


def after_a_power_cut(day: Day) -> None:
    log_in(day)
    page = registration_page(day)
    day.person.wait(lambda: bool(page.filling.applicant.name.text()), "the draft")
    day.seen["name"] = page.filling.applicant.name.text()
    day.seen["item"] = page.presenter.form.item
    day.seen["said"] = day.person.find(Banner).isVisible()
    close(day)


DAYS: Final[dict[str, Callable[[Day], None]]] = {
    "first-day": first_day,
    "large-day": large_day,
    "short-day": short_day,
    "half-a-form": half_a_form,
    "after-a-power-cut": after_a_power_cut,
}
