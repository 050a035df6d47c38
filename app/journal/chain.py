"""The chain over one life's entries.

    digest(n) = SHA-256(digest(n-1) ‖ header ‖ SHA-256(body))

so a body can be taken away and the chain still verifies.
The genesis binds the device, and for a life that continues another, the place where it does.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from app.journal.entry import Entry, digest_of_body
from app.journal.refs import Continuation, DeviceId

DIGEST_SIZE = 32


def genesis(device: DeviceId, continues: Continuation | None) -> bytes:
    """The digest before a life's first entry."""
    seed = b"daiban journal 1\x00" + device
    if continues is not None:
        seed += continues.device + continues.seq.to_bytes(8, "big") + continues.digest
    return sha256(seed).digest()


def link(previous: bytes, entry: Entry) -> bytes:
    """The digest after `entry`, when `previous` is the one before it."""
    return sha256(previous + entry.header + digest_of_body(entry)).digest()


def digests(previous: bytes, entries: Iterable[Entry]) -> list[bytes]:
    """The digest after each of `entries`, which follow one another."""
    chain = []
    for entry in entries:
        previous = link(previous, entry)
        chain.append(previous)
    return chain
