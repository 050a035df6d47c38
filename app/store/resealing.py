"""A backup whose passphrase is lost: the district opens it with its recovery key, and closes it under another one.

Only the header is written anew. The pieces are checked and copied as they are; nothing is seen in the clear on a disk.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from app.store import backup_file
from app.store.backup_file import About
from app.store.files import FileNotWritten, sync_folder, why_not
from app.store.restoring import BackupNotRead


def reseal(
    path: Path, to: Path, *, district_private: bytes, recovery_public: bytes, passphrase: str
) -> About:
    """Write the same backup for another passphrase, in place of what stood in `to`.

    Raises BackupNotRead, NotABackup, BackupTooNew, DamagedBackup, WrongBackupKey (another district's), FileNotWritten.
    """
    fresh = to.with_name(f"{to.name}.new")
    try:
        with path.open("rb") as file:
            backup = backup_file.read_header(file, str(path))
            key = backup_file.key_by_recovery(backup, district_private)
            for _ in backup_file.pieces(file, backup, key):
                pass
            file.seek(backup.start)
            lock = backup_file.lock_of(passphrase)
            try:
                with os.fdopen(
                    os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
                ) as into:
                    backup_file.write_header(into, backup.raw, key, lock, recovery_public)
                    shutil.copyfileobj(file, into)
                    into.flush()
                    os.fsync(into.fileno())
                fresh.replace(to)
                sync_folder(to.parent)
            except OSError as error:
                with suppress(OSError):
                    fresh.unlink(missing_ok=True)
                raise FileNotWritten(file=str(to), why=why_not(error)) from error
    except OSError as error:
        raise BackupNotRead(file=str(path)) from error
    return backup.about
