"""What becomes of pages that the system's queue has taken: asked every other second until they are out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import DaibanError
from ui.desktop import print_work
from ui.desktop.jobs import Jobs

if TYPE_CHECKING:
    from printing.cups import JobNews

_EVERY_MS: Final = 2_000


class PrintFollowing(QObject):
    """`told`: a job's number, and a JobNews. Where the system tells nothing, nobody is followed."""

    told = Signal(int, object)

    def __init__(self, printers: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._printers = printers
        self._sent: dict[int, tuple[str, int]] = {}
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._ask)

    def follow(self, n: int, printer: str, system_job: int) -> None:
        if system_job:
            self._sent[n] = (printer, system_job)
            self._timer.start()

    def leave(self, n: int) -> None:
        self._sent.pop(n, None)

    def stop(self) -> None:
        self._timer.stop()

    def _ask(self) -> None:
        if not self._sent:
            self._timer.stop()
            return
        self._printers.outside(
            partial(print_work.news_of, dict(self._sent)),
            done=self._on_news,
            failed=_wait_on,
            replaces="news",
        )

    def _on_news(self, news: dict[int, JobNews | None]) -> None:
        from printing.cups import Stage

        for n, told in news.items():
            if n not in self._sent:  # somebody was quicker
                continue
            if told is None or told.stage in (Stage.DONE, Stage.LOST):
                self.leave(n)
            if told is not None:
                self.told.emit(n, told)


def _wait_on(_: DaibanError) -> None:
    """The next time, perhaps."""
