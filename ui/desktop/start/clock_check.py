"""Asks for the date until the clock is set right or somebody says that it is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.errors import DaibanError
from app.usecases.today import confirm_clock
from ui import wording
from ui.desktop.jobs import Jobs
from ui.desktop.start.clock_page import ClockPage
from ui.desktop.start.seat import AheadOf, ahead


class ClockCheck(QObject):
    """`page` is shown by whoever made this; `settled` once the date may be used."""

    settled = Signal()

    def __init__(self, jobs: Jobs, found: AheadOf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.page = ClockPage(found)
        self.page.confirmed.connect(self._on_confirmed)
        self.page.looked.connect(self._on_looked)

    def _on_confirmed(self) -> None:
        self._jobs.store(confirm_clock, done=lambda _: self.settled.emit(), failed=self._on_failed)

    def _on_looked(self) -> None:
        self._jobs.store(ahead, done=self._on_found, failed=self._on_failed)

    def _on_found(self, found: AheadOf | None) -> None:
        if found is None:
            self.settled.emit()
        else:
            self.page.show_still_ahead(found)

    def _on_failed(self, error: DaibanError) -> None:
        self.page.complain(wording.sentence_on_screen(error))
