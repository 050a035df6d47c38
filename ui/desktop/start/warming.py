"""What is loaded and made ahead of time, while nobody waits: behind the login page, and behind the filled 工作台."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ui.desktop.start.loading import Loading, within

if TYPE_CHECKING:
    from ui.desktop.jobs import Jobs
    from ui.desktop.window.main_window import MainWindow

_PAUSE_MS: Final = 80
_WINDOW: Final = (
    "ui.desktop.desk",
    "ui.desktop.pages.home.glance",
    "ui.desktop.print_jobs",
    "ui.desktop.pages.home.page",
    "ui.desktop.window.palette",
    "ui.desktop.start.guard",
)
"""All that comes after the password, in turns that nobody feels."""


class Warming(QObject):
    """`rested`: nobody waits for anything just now, so what only others need may begin. May be told again."""

    rested = Signal()

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._window: Loading | None = None
        self._ahead: Loading | None = None
        self._made_in: MainWindow | None = None
        self._is_hurried = False
        self._is_stopped = False

    # --- behind the login page --------------------------------------------------------------------

    def begin(self) -> None:
        """The window first, and then what the first F2 asks for."""
        self._window = Loading(_WINDOW, self)
        self._window.finished.connect(self._on_window_loaded)
        if self._is_hurried:
            self._window.hurry()
        self._window.begin()

    def hurry(self) -> None:
        """Somebody has typed the password and waits for the window, and for nothing else."""
        self._is_hurried = True
        if self._window is not None:
            self._window.hurry()
        if self._ahead is not None:
            self._ahead.stop()

    def ease(self) -> None:
        """Nobody waits any more: the password was wrong, or there is something to read first."""
        self._is_hurried = False
        self.rested.emit()

    def _on_window_loaded(self) -> None:
        self._window = None
        if not self._is_hurried and not self._is_stopped:
            self.rested.emit()
            self._ahead = Loading(within("ui.desktop.pages.registration"), self)
            self._ahead.finished.connect(self._on_ahead_loaded)
            self._ahead.begin()

    def _on_ahead_loaded(self) -> None:
        self._ahead = None

    # --- behind the 工作台 ------------------------------------------------------------------------

    def begin_behind(self, window: MainWindow) -> None:
        """The desk is filled and painted."""
        self._made_in = window
        self.ease()
        self._jobs.outside(_warm_up, done=lambda _: self._load_pages(), failed=lambda _: None)

    def leave(self) -> None:
        """The desk goes, and another may come."""
        self._made_in = None

    def stop(self) -> None:
        """The window goes: nothing more is loaded or made."""
        self.leave()
        self._is_stopped = True
        for loading in (self._window, self._ahead):
            if loading is not None:
                loading.stop()

    def _load_pages(self) -> None:
        from ui.desktop.start import pages

        if self._made_in is not None:
            self._ahead = Loading(within(*pages.packages()), self)
            self._ahead.finished.connect(self._on_ahead_loaded)
            self._ahead.finished.connect(self._make_pages_ahead)
            self._ahead.begin()

    def _make_pages_ahead(self) -> None:
        """With pauses, in which whoever already works is served."""
        if self._made_in is not None and self._made_in.make_one_ahead():
            QTimer.singleShot(_PAUSE_MS, self, self._make_pages_ahead)


def _warm_up() -> None:
    """Load what the first registration and search need; nothing of Qt, this is not the GUI thread."""
    import app.usecases.registration  # noqa: F401
    from app.store import readings

    readings.of("办")
