"""Backups as people meet them: what closes them, where they go, when the next one is due."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from app.domain.events import Role
from app.domain.rules import NotPermitted
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.store import backup, backup_file, backup_notes
from app.store.backup import KEPT, Told
from app.store.backup_file import PassphraseLock
from app.store.backup_notes import BackupNote
from app.store.files import FileNotWritten
from app.store.store import Store
from app.usecases import operators

DUE_AFTER_DAYS: Final = 7
_DAY_MS: Final = 86_400_000


class NoBackupPassphrase(Refused):
    """No passphrase has been set that would open the backup again."""

    code = "no_backup_passphrase"


class BackupState(msgspec.Struct, frozen=True, kw_only=True):
    """`age_days`: whole days since the last one, None without one; `is_due`: somebody should make one now."""

    last: BackupNote | None
    age_days: int | None
    is_due: bool
    has_passphrase: bool
    folder: Path | None


def state(store: Store) -> BackupState:
    last = backup_notes.last_backup(store)
    at_risk_days = (store.wall() - store.certificate.issued_ms) // _DAY_MS
    age = None if last is None else max(0, store.wall() - last.at_ms) // _DAY_MS
    return BackupState(
        last=last,
        age_days=age,
        is_due=not store.certificate.is_practice
        and (at_risk_days if age is None else age) >= DUE_AFTER_DAYS,
        has_passphrase=backup_notes.passphrase_lock(store) is not None,
        folder=backup_notes.chosen_folder(store),
    )


def set_passphrase(store: Store, passphrase: str, *, by: OperatorCard) -> None:
    """What opens the backups that are made from now on; only its public half is kept.

    A head's: whoever sets it can take everything along. Raises PasswordTooShort, NotPermitted.
    """
    if Role.HEAD not in by.roles:
        raise NotPermitted(act="set_backup_passphrase", why="role", roles=Role.HEAD)
    operators.check_password(passphrase)
    backup_notes.set_passphrase_lock(store, backup_file.lock_of(passphrase))


def choose_folder(store: Store, folder: Path) -> None:
    backup_notes.choose_folder(store, folder)


def back_up(
    store: Store,
    to: Path,
    *,
    passphrase: str | None = None,
    keep: int = KEPT,
    told: Told = lambda _part, _share: None,
) -> BackupNote:
    """Into a file, or as one more of `keep` into a folder; without a passphrase, under the one that was set.

    Raises NoBackupPassphrase besides what `app.store.backup.back_up` raises.
    """
    lock = _lock(store, passphrase)
    to = to.absolute()
    if to.is_dir():
        return backup.back_up_into(store, to, lock, keep, told)
    return backup.back_up(store, to, lock, told)


def back_up_as_chosen(store: Store, told: Told = lambda _part, _share: None) -> BackupNote:
    """One more in the folder that was chosen, under the passphrase that was set.

    Raises FileNotWritten where the folder is gone, as a stick's is; else as `back_up`.
    """
    folder = backup_notes.chosen_folder(store)
    if folder is None or not folder.is_dir():
        raise FileNotWritten(file=str(folder or ""), why="closed")
    return backup.back_up_into(store, folder, _lock(store, None), told=told)


def _lock(store: Store, passphrase: str | None) -> PassphraseLock:
    if passphrase is not None:
        return backup_file.lock_of(passphrase)
    kept = backup_notes.passphrase_lock(store)
    if kept is None:
        raise NoBackupPassphrase
    return kept
