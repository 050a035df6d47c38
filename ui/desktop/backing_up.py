"""A backup in the background: a thread with a store connection of its own, one at a time for a desk."""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from app.errors import DaibanError, Refused
from app.store import opening
from app.store.backup import Part
from app.store.store import Store
from app.usecases import backups
from ui.desktop.jobs import WorkBroke

if TYPE_CHECKING:
    from ui.desktop.desk import Desk

_LOG = logging.getLogger(__name__)
_FAREWELL_S: Final = 3.0
_STEPS: Final = 100
"""More often than that nobody sees a bar move."""


class _Stopped(Refused):
    """Somebody stopped it, or the desktop closes; never shown."""

    code = "backup_stopped"


class BackingUp(QObject):
    """`progressed`: the Part under way and the share of the whole; `done`: a BackupNote; `failed`: a DaibanError.

    `stopped`: somebody stopped it, and nothing of it is left.
    """

    progressed = Signal(object, float)
    done = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    _ended = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._thread: Thread | None = None
        self._halt = Event()
        self._told = -1
        self._ended.connect(self._on_ended)

    @property
    def working(self) -> bool:
        return self._thread is not None

    def begin(self) -> None:
        """In the folder that was chosen, under the passphrase that was set; nothing if one is being made."""
        if self.working:
            return
        self._halt.clear()
        self._told = -1
        self._thread = Thread(target=self._run, name="daiban-backup", daemon=True)
        self._desk.read(opening.beside, self._on_store, self._on_ended)

    def halt(self) -> None:
        self._halt.set()

    def stop(self) -> None:
        """The window closes: what is half made goes, now or with the next one."""
        self.halt()
        if self._thread is not None and self._thread.is_alive():
            self._thread.join(_FAREWELL_S)

    def _on_store(self, store: Store) -> None:
        assert self._thread is not None
        self._store = store
        self._thread.start()

    # --- on its own thread ------------------------------------------------------------------------

    def _run(self) -> None:
        outcome: object
        try:
            try:
                outcome = backups.back_up_as_chosen(self._store, self._tell)
            finally:
                self._store.close()
        except DaibanError as error:
            outcome = error
        except Exception as error:  # told like every bug
            _LOG.exception("bug")
            outcome = WorkBroke()
            outcome.__cause__ = error
        if isValid(self):
            self._ended.emit(outcome)

    def _tell(self, part: Part, share: float) -> None:
        if not isValid(self) or self._halt.is_set():
            raise _Stopped
        before = sum(one.value for one in list(Part)[: list(Part).index(part)])
        whole = before + part.value * share
        if int(whole * _STEPS) != self._told:
            self._told = int(whole * _STEPS)
            self.progressed.emit(part, whole)

    # --- on the GUI thread ------------------------------------------------------------------------

    def _on_ended(self, outcome: object) -> None:
        self._thread = None
        if isinstance(outcome, _Stopped):
            self.stopped.emit()
        elif isinstance(outcome, DaibanError):
            self.failed.emit(outcome)
        else:
            self.done.emit(outcome)


def backing_up_of(desk: Desk) -> BackingUp:
    """The desk's own; a page that is left does not end it."""
    found = desk.findChild(BackingUp)
    return found if isinstance(found, BackingUp) else BackingUp(desk)
