"""Time and chance, both drawn from the seed: nothing that the program does depends on the machine it runs on."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from random import Random
from unittest.mock import patch

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.journal.keys import DeviceKeys
from sync.centre import attachment_routes, attachments, authority

KEY_SIZE = 32
MINUTE_MS, DAY_MS, YEAR_MS = 60_000, 86_400_000, 365 * 86_400_000


class Time:
    """What time it truly is, in milliseconds since 1970."""

    def __init__(self, now_ms: int) -> None:
        self.now_ms = now_ms

    def pass_by(self, ms: int) -> None:
        self.now_ms += ms


class Clock:
    """A clock on somebody's wall, which somebody may have set wrong."""

    def __init__(self, time: Time, off_ms: int = 0) -> None:
        self._time = time
        self.off_ms = off_ms

    def __call__(self) -> int:
        return self._time.now_ms + self.off_ms


@contextmanager
def still_world(now: Time, chance: Random) -> Iterator[None]:
    """While it lasts, monotonic time is `now`, waiting only lets it pass, and keys and tokens come from `chance`."""

    def keys() -> DeviceKeys:
        return DeviceKeys(
            sign_private=chance.randbytes(KEY_SIZE), seal_private=chance.randbytes(KEY_SIZE)
        )

    def monotonic() -> float:
        now.pass_by(1)  # whoever asks twice sees that it passes
        return now.now_ms / 1000

    class SigningKey:
        from_private_bytes = staticmethod(Ed25519PrivateKey.from_private_bytes)

        @staticmethod
        def generate() -> Ed25519PrivateKey:
            return Ed25519PrivateKey.from_private_bytes(chance.randbytes(KEY_SIZE))

    class SealingKey:
        from_private_bytes = staticmethod(X25519PrivateKey.from_private_bytes)

        @staticmethod
        def generate() -> X25519PrivateKey:
            return X25519PrivateKey.from_private_bytes(chance.randbytes(KEY_SIZE))

    with ExitStack() as held:
        for where, name, instead in (
            (time, "monotonic", monotonic),
            (time, "sleep", lambda s: now.pass_by(int(s * 1000))),
            (secrets, "token_bytes", lambda size=32: chance.randbytes(size)),
            (secrets, "randbits", chance.getrandbits),
            (DeviceKeys, "generate", keys),
            (x509, "random_serial_number", lambda: chance.getrandbits(150)),
            (attachments, "RESERVE", 0),  # room is simulated
            (attachment_routes, "FLUSH", 6000),  # bytes, so that a small picture is several
            (authority, "Ed25519PrivateKey", SigningKey),
            (authority, "X25519PrivateKey", SealingKey),
        ):
            held.enter_context(patch.object(where, name, instead))
        yield
