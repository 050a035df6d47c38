"""A device becomes one of a station, or goes on as the next life of one that was."""

from __future__ import annotations

from pathlib import Path

from app.journal.refs import Continuation, DeviceId
from app.store import identity, keyslots, lives, opening
from app.store.identity import Identity
from app.store.keyslots import Unlock
from app.store.opening import AlreadyEnrolled
from app.store.store import Store


def offers_in(data: Path, unlock: Unlock) -> list[Continuation]:
    """Where a new life could go on from; empty for a folder without a store.

    Raises AlreadyEnrolled if the store there still has its identity.
    """
    if not (data / opening.FILE).exists():
        return []
    key = keyslots.open_key(data, unlock)
    if identity.kept(data, key) is not None:
        raise AlreadyEnrolled(folder=str(data))
    return lives.offers_of(data / opening.FILE, key)


def place_at(data: Path, unlock: Unlock, device: DeviceId, seq: int) -> Continuation | None:
    """What the store holds at one place of its lost life; None if it holds nothing of its own there."""
    return lives.place_in(data / opening.FILE, keyslots.open_key(data, unlock), device, seq)


def settle(data: Path, unlock: Unlock, *, who: Identity) -> Store:
    """Make the store of a device that the centre has just certified, or let an old one go on under its new identity."""
    if (data / opening.FILE).exists():
        return opening.adopt(data, unlock, who)
    data.mkdir(parents=True, exist_ok=True)
    key = keyslots.create(data, unlock)
    keyslots.add_recovery(data, key, who.recovery_public)
    return opening.create_store(data, key, who)
