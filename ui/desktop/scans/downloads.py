"""Scans of other stations, brought here when somebody wants to see them: off the GUI thread, to be stopped any time.

What has come stays: the next try goes on from the byte where this one ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.attachments import Sheet
from app.errors import DaibanError
from app.store.store import Store
from ui import wording
from ui.desktop.desk import Desk
from ui.desktop.jobs import Jobs
from ui.desktop.scans.workshop import workshop_of

if TYPE_CHECKING:
    from sync.client.fetching import Fetched, Fetching


class DownloadState(msgspec.Struct, frozen=True, kw_only=True):
    """`done` of `sheets` are here, `here` of `size` bytes. `failed` is a sentence, once it has ended badly."""

    working: bool = False
    done: int = 0
    sheets: int = 0
    here: int = 0
    size: int = 0
    failed: str = ""


def downloads_of(desk: Desk) -> Downloads:
    """The desk's one line down."""
    return desk.findChild(Downloads) or Downloads(desk)


class Downloads(QObject):
    """`told` carries the new DownloadState; one fetching at a time."""

    told = Signal(object)
    _progressed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.state = DownloadState()
        self._stopped = Event()
        self._jobs = Jobs()
        self._jobs.broke.connect(desk.jobs.broke)
        self.destroyed.connect(self._jobs.stop)
        self._progressed.connect(self._on_progress)

    def fetch(self, sheets: Sequence[Sheet]) -> None:
        """Bring these, unless others are on their way."""
        if self.state.working or not sheets:
            return
        self._stopped.clear()
        size = sum(sheet.size for sheet in sheets)
        self._tell(DownloadState(working=True, sheets=len(sheets), size=size))
        work = partial(
            _fetched, sheets=tuple(sheets), told=self._progressed.emit, stopped=self._stopped
        )
        beside = self._desk.exchanger.beside
        self._jobs.outside(
            lambda: beside(lambda store, _: work(store)),
            done=self._on_fetched,
            failed=self._on_failed,
        )

    def cancel(self) -> None:
        """It ends with the piece that is under way."""
        self._stopped.set()

    def stop(self) -> None:
        """The window is closed."""
        self._stopped.set()
        self._jobs.stop()

    def _on_progress(self, progress: Fetching) -> None:
        if self.state.working:
            self._tell(
                DownloadState(
                    working=True,
                    done=progress.done,
                    sheets=progress.sheets,
                    here=progress.here,
                    size=progress.size,
                )
            )

    def _on_fetched(self, fetched: Fetched) -> None:
        why = ""
        if fetched.failed:
            reasons = {wording.worded(code, {}) for code in fetched.failed.values()}
            words = self.tr("有 {n} 页没有下载到：{why}")
            why = words.format(n=len(fetched.failed), why="；".join(sorted(reasons)))
        self._end(why)

    def _on_failed(self, error: DaibanError) -> None:
        stopped = self._stopped.is_set()
        self._end("" if stopped else self._words(error))

    def _words(self, error: DaibanError) -> str:
        from sync.refusals import Offline

        if isinstance(error, Offline):
            return self.tr(
                "现在连不上区中心，没有下载完。下载到的都在，网络好了再按“下载”，接着来。"
            )
        return wording.sentence_on_screen(error)

    def _end(self, why: str) -> None:
        workshop_of(self._desk).forget_missing()
        self._tell(msgspec.structs.replace(self.state, working=False, failed=why))
        self._desk.changed.emit()

    def _tell(self, state: DownloadState) -> None:
        self.state = state
        self.told.emit(state)


def _fetched(store: Store, *, sheets: tuple[Sheet, ...], told: object, stopped: Event) -> Fetched:
    from sync.client.engine import open_line
    from sync.client.fetching import fetch
    from sync.refusals import ExchangeStopped

    def progress(how_far: Fetching) -> None:
        if stopped.is_set():
            raise ExchangeStopped
        told(how_far)  # type: ignore[operator]  # a signal's emit, which the stubs do not name

    line = open_line(store)
    try:
        return fetch(store, line, sheets, progress)
    finally:
        line.close()
