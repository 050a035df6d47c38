"""Pictures of the desktop without a screen: for the demonstration, for manuals, for whoever asks "what do you see?"."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from app.errors import DaibanError, Refused
from app.store import opening
from app.store.keyslots import Unlock

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.desktop.desk import Desk
    from ui.desktop.jobs import Jobs
    from ui.desktop.preferences import Preferences
    from ui.desktop.start.seat import Seat

_QUIET_S: Final = 0.12
"""So long nothing may be under way before a picture is taken: toasts and popups have come up by then."""


class NoSuchPage(Refused):
    """Not a page, or not one of this tier (fact: page)."""

    code = "no_such_page"


class Shot(msgspec.Struct, frozen=True, kw_only=True):
    """One picture: a page's name, the number of a case to show there (or none), and the file."""

    page: str
    number: str = ""
    file: str


class Camera:
    """The desktop of a data folder, open where nobody sees it. Nothing is written to the store, and nothing exchanged.

    Raises what `opening.open_store` raises.
    """

    def __init__(self, data: Path, unlock: Unlock, size: tuple[int, int] = (1366, 768)) -> None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from ui.desktop import look
        from ui.desktop import preferences as kept
        from ui.desktop.application import qt_application
        from ui.desktop.jobs import Jobs
        from ui.desktop.practice.colours import themes_in

        self._application = qt_application()
        preferences = kept.read(data)
        themes = themes_in(data)
        look.apply(self._application, preferences.theme, preferences.scale, themes)
        self._jobs = Jobs()
        try:
            seat = self._seat(data, unlock)
            self._desk = _desk(data, self._jobs, seat, preferences)
        except BaseException:
            self._jobs.stop()
            raise
        self._window = _window(self._desk, size)

    def take(self, shot: Shot) -> None:
        """Go there, wait until nothing moves any more, and keep the picture. Raises NoSuchPage, UnknownNumber."""
        self._desk.changed.emit()  # others may have written since the last one
        self._go(shot)
        self._until_quiet()
        self._window.grab().save(shot.file)

    def close(self) -> None:
        self._window.close()
        self._jobs.stop()

    def _seat(self, data: Path, unlock: Unlock) -> Seat:
        from ui.desktop.start.seat import taken

        told: list[Seat | DaibanError] = []
        self._jobs.open(
            lambda: opening.open_store(data, unlock),
            done=lambda _: self._jobs.store(
                lambda store: taken(store, unlock.operator), done=told.append, failed=told.append
            ),
            failed=told.append,
        )
        while not told:
            self._application.processEvents()
        if isinstance(told[0], DaibanError):
            raise told[0]
        return told[0]

    def _go(self, shot: Shot) -> None:
        from app.usecases import lookup
        from ui.desktop.pages.names import PageName

        try:
            page = PageName(shot.page)
        except ValueError:
            raise NoSuchPage(page=shot.page) from None
        if not shot.number:
            self._desk.go(page)
            return
        failed: list[DaibanError] = []
        self._desk.read(
            lambda store: lookup.by_number(store, shot.number).subject,
            lambda subject: self._desk.go(page, subject),
            failed.append,
        )
        self._until_quiet()
        if failed:
            raise failed[0]

    def _until_quiet(self) -> None:
        quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < _QUIET_S:
            self._application.processEvents()
            if self._jobs.busy:
                quiet_since = time.monotonic()


def _desk(data: Path, jobs: Jobs, seat: Seat, preferences: Preferences) -> Desk:
    from ui.desktop.desk import Desk
    from ui.desktop.glyphs import draw_with_supplied
    from ui.desktop.practice.exchanging import exchanger_of

    exchanger = exchanger_of(seat.store)
    desk = Desk(data, jobs, seat.station, seat.operator, exchanger, preferences)
    draw_with_supplied(desk)
    return desk


def _window(desk: Desk, size: tuple[int, int]) -> QWidget:
    from ui.desktop import look
    from ui.desktop.start.pages import factories
    from ui.desktop.window.main_window import MainWindow

    window = MainWindow(desk, factories())
    look.dress(window)
    window.resize(*size)
    window.show()
    return window
