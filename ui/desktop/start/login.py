"""A name and its password: to open the store, or to sit down at a desk that is open. No widgets."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.desktop.start.patience import Patience

if TYPE_CHECKING:
    # Loaded when somebody has typed a password: the page is painted before.
    from collections.abc import Callable
    from pathlib import Path

    from app.domain.staff import OperatorCard
    from app.errors import DaibanError
    from app.store.keyslots import Unlock
    from app.store.store import Store
    from ui.desktop.jobs import Jobs
    from ui.desktop.start.seat import Seat

_WRONG = "wrong_key"
_NOT_ENROLLED = "not_enrolled", "identity_lost"
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
        from ui import wording

        wait_s = self._patience.failed() if error.code == _WRONG else 0
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
        self._jobs.open(
            partial(_opened, self._data, name, password),
            done=partial(self._on_opened, name, password),
            failed=partial(self._on_failed, name, password),
        )

    def _on_opened(self, name: str, password: str, _: Store) -> None:
        self._patience.rewarded()
        self._jobs.store(
            partial(_seat, name),
            done=self.opened.emit,
            failed=partial(self._on_failed, name, password),
        )

    def _on_failed(self, name: str, password: str, error: DaibanError) -> None:
        if error.code == _WRONG or error.code in _PASSING:
            self._refuse(error)
        elif error.code in _NOT_ENROLLED:
            self.lost.emit(error, unlock_of(name, password))
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
    from app.store.keyslots import Unlock

    if not name:
        return Unlock(passphrase=password)
    return Unlock(operator=name, password=password)


def _opened(data: Path, name: str, password: str) -> Store:
    from app.store.opening import open_store

    return open_store(data, unlock_of(name, password))


def _seat(name: str, store: Store) -> Seat:
    from ui.desktop.start.seat import taken

    return taken(store, name or None)


def _prover(name: str, password: str) -> Callable[[Store], OperatorCard]:
    def prove(store: Store) -> OperatorCard:
        from app.store import keyslots
        from app.usecases import operators

        if name:
            return operators.proven(store, name, password)
        keyslots.open_key(store.folder, unlock_of(name, password))
        return operators.acting(store, None)

    return prove
