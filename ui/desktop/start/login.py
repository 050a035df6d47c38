"""A name and its password: to open the store, or to sit down at a desk that is open. No widgets."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.domain.publications import OperatorCard
from app.errors import DaibanError
from app.store.keyslots import Unlock, WrongKey
from app.store.store import NotEnrolled, Store
from ui import wording
from ui.desktop.jobs import Jobs
from ui.desktop.start.patience import Patience
from ui.desktop.start.seat import taken

_PASSING = "keyring_closed", "store_busy", "disk_full", "no_key", "no_operator"
"""What may be otherwise in a minute: said beside the password, and tried again."""


class PasswordCheck(QObject):
    """Base of both. `refused` carries the sentence and the seconds to wait before the next try."""

    refused = Signal(str, int)
    trying = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._patience = Patience()

    def try_password(self, name: str, password: str) -> None:
        """`name` is "" where nobody has a password yet: then it is the device's passphrase."""
        raise NotImplementedError

    def _refuse(self, error: DaibanError) -> None:
        wait_s = self._patience.failed() if isinstance(error, WrongKey) else 0
        self.refused.emit(wording.sentence_on_screen(error), wait_s)


class Login(PasswordCheck):
    """Opens the store of a folder."""

    opened = Signal(object)
    """The Seat."""
    lost = Signal(object, object)
    """The DaibanError that says that the folder must be enrolled (again), and the Unlock that was right."""
    troubled = Signal(object)
    """A DaibanError that no password will mend."""

    def __init__(self, jobs: Jobs, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._data = data

    def try_password(self, name: str, password: str) -> None:
        self.trying.emit()
        unlock = unlock_of(name, password)
        self._jobs.open(
            partial(_opened, self._data, unlock),
            done=partial(self._on_opened, name),
            failed=partial(self._on_failed, unlock),
        )

    def _on_opened(self, name: str, _: Store) -> None:
        self._patience.rewarded()
        self._jobs.store(
            lambda store: taken(store, name or None),
            done=self.opened.emit,
            failed=partial(self._on_failed, Unlock()),
        )

    def _on_failed(self, unlock: Unlock, error: DaibanError) -> None:
        if isinstance(error, WrongKey) or error.code in _PASSING:
            self._refuse(error)
        elif isinstance(error, NotEnrolled):
            self.lost.emit(error, unlock)
        else:
            self.troubled.emit(error)


class Return(PasswordCheck):
    """Proves who sits down at an open desk: after a lock, or in place of somebody else."""

    proven = Signal(object)
    """The OperatorCard."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs

    def try_password(self, name: str, password: str) -> None:
        self.trying.emit()
        self._jobs.store(_prover(name, password), done=self._on_proven, failed=self._refuse)

    def _on_proven(self, operator: OperatorCard) -> None:
        self._patience.rewarded()
        self.proven.emit(operator)


def unlock_of(name: str, password: str) -> Unlock:
    """What a person typed; without a name it is the device's passphrase."""
    if not name:
        return Unlock(passphrase=password)
    return Unlock(operator=name, password=password)


def _opened(data: Path, unlock: Unlock) -> Store:
    from app.store.opening import open_store

    return open_store(data, unlock)


def _prover(name: str, password: str) -> Callable[[Store], OperatorCard]:
    def prove(store: Store) -> OperatorCard:
        from app.store import keyslots
        from app.usecases import operators

        if name:
            return operators.proven(store, name, password)
        keyslots.open_key(store.folder, unlock_of(name, password))
        return operators.acting(store, None)

    return prove
