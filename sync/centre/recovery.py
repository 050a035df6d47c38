"""What only the district's recovery key can do: open what a station has lost the passphrase of."""

from __future__ import annotations

import time
from hashlib import sha256
from pathlib import Path

from app.store import keyslots, resealing
from app.store.backup_file import About
from app.store.files import write_durably
from app.store.keyslots import KeysLost, Unlock
from app.usecases import operators
from sync.centre import audit
from sync.centre.audit import Act
from sync.centre.authority import Authority
from sync.centre.ledger import Ledger
from sync.centre.office import opened


def reseal_backup(data: Path, file: Path, to: Path, *, unlock: Unlock, passphrase: str) -> About:
    """A station's backup under another passphrase; the recovery key stays at the centre.

    Raises what `resealing.reseal` raises, and what opening the ledger does.
    """
    with opened(data, unlock) as ledger:
        about = resealing.reseal(
            file,
            to,
            district_private=ledger.secret("recovery"),
            recovery_public=Authority.of(ledger).recovery_public,
            passphrase=passphrase,
        )
        facts = {"device": about.device.hex(), "region": about.region, "slot": about.slot}
        _note(ledger, Act.BACKUP_RESEALED, facts)
    return about


def hand_back_keys(
    data: Path, file: Path, to: Path, *, unlock: Unlock, operator: str, password: str
) -> str:
    """The file `keys` of a station that has lost its keyring, opened for one operator; the name as cards have it.

    The station puts it in the place of its own and is enrolled again.
    Raises KeysLost, DamagedSlots, WrongKey (another district's), BadName, PasswordTooShort, FileNotWritten.
    """
    name = operators.checked_name(operator)
    operators.check_password(password)
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise KeysLost(file=file.name, folder=str(file.parent)) from error
    with opened(data, unlock) as ledger:
        opened_for = keyslots.handed_back(raw, ledger.secret("recovery"), name, password)
        # Noted first: keys that nobody knows of are worse than a note of keys that nobody got.
        _note(ledger, Act.KEYS_HANDED_BACK, {"keys": sha256(raw).hexdigest()[:16]})
        write_durably(to, opened_for)
    return name


def _note(ledger: Ledger, act: Act, facts: audit.Facts) -> None:
    with ledger.writing():
        audit.note(ledger, act, facts, time.time_ns() // 1_000_000)
