"""The tokens by which devices are known from request to request, and how they change.

1. A token that is thirty days old gets a successor, which goes down with the answers to exchanges.
2. It is made of the present one, so whoever did not hear an answer, or heard one twice, is told the same again.
3. Both are good until the new one was shown once; then the old one is forgotten.

The ledger keeps hashes only.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Final

from sync.centre.devices import Device
from sync.centre.ledger import Ledger
from sync.protocol import TOKEN_SIZE

LIFE_MS: Final = 30 * 86_400_000


def give(ledger: Ledger, device: Device, token: bytes, now_ms: int) -> None:
    """From now on this token, and no other, is the device's; inside a transaction."""
    ledger.database.run("DELETE FROM token WHERE device = ?", (device.n,))
    ledger.database.run(
        "INSERT INTO token (hash, device, given_ms, waiting) VALUES (?, ?, ?, 0)",
        (_hash(token), device.n, now_ms),
    )


def successor(ledger: Ledger, device: Device, token: bytes, now_ms: int) -> bytes:
    """What is to take the place of the token that the device has shown; empty while it is young.

    Inside a transaction. Whoever shows a new one for the first time has it: the one before it goes.
    """
    shown = _hash(token)
    row = ledger.database.row("SELECT given_ms, waiting FROM token WHERE hash = ?", (shown,))
    if row is None:  # gone since it was looked at
        return b""
    given_ms, waiting = row
    if waiting:
        ledger.database.run("DELETE FROM token WHERE device = ? AND hash <> ?", (device.n, shown))
        ledger.database.run(
            "UPDATE token SET waiting = 0, given_ms = ? WHERE hash = ?", (now_ms, shown)
        )
        return b""
    if now_ms - given_ms < LIFE_MS:
        return b""
    fresh = _next(ledger.secret("authority"), device, shown)
    ledger.database.run(
        "INSERT INTO token (hash, device, given_ms, waiting) VALUES (?, ?, ?, 1) "
        "ON CONFLICT (hash) DO NOTHING",
        (_hash(fresh), device.n, now_ms),
    )
    return fresh


def let_all_change(ledger: Ledger, device: Device | None = None) -> int:
    """Let each device, or one, be given a new token at its next exchange; how many; inside a transaction."""
    where, values = ("device = ?", (device.n,)) if device else ("1 = 1", ())
    (count,) = ledger.database.row(
        f"SELECT count(DISTINCT device) FROM token WHERE {where}", values
    )
    ledger.database.run(f"UPDATE token SET given_ms = 0 WHERE {where}", values)
    return int(count)


def _next(secret: bytes, device: Device, shown: bytes) -> bytes:
    key = hmac.digest(secret, b"daiban token 1\x00", sha256)
    return hmac.digest(key, device.id + shown, sha256)[:TOKEN_SIZE]


def _hash(token: bytes) -> bytes:
    return sha256(token).digest()
