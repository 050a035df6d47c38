"""What the centre itself did, and who had it done: one row each, chained to the one before it.

    digest(0) = 32 zero bytes
    digest(n) = SHA-256("daiban act 1" ‖ 0x00 ‖ digest(n−1) ‖ MessagePack [n, at ms, what, who, facts])

A row that was changed, taken out or slipped in shows, and so do rows missing at the end, while the chain was not
written anew from there on. Whoever has the ledger's key can do that: against them the last digest must be known
elsewhere, on paper or at the office above (`docs/security.md`).

Of people nothing stands here: stations, computers, addresses of the network, and the account at the centre's machine.
"""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from hashlib import sha256
from typing import Final

import msgspec

from app.errors import Damaged
from app.journal.certificate import Certificate
from sync.centre.devices import Device
from sync.centre.ledger import Ledger

Facts = Mapping[str, str | int]
_AT_A_TIME: Final = 1000
_who: ContextVar[str] = ContextVar("who", default="")


class Act(Enum):
    FOUNDED = "founded"
    SERVING = "serving"
    CODE_ISSUED = "code_issued"
    ENROLLED = "enrolled"
    ENROLLED_AGAIN = "enrolled_again"
    LIFE_BEGUN = "life_begun"
    ADMITTED = "admitted"
    REVOKED = "revoked"
    REGIONS_IN_FORCE = "regions_in_force"
    PACKET_ANSWERED = "packet_answered"
    RESTORATION_NOTICED = "restoration_noticed"
    KEYS_HANDED_BACK = "keys_handed_back"
    BACKUP_RESEALED = "backup_resealed"
    BACKED_UP = "backed_up"
    RESTORED = "restored"
    CERTIFICATE_RENEWED = "certificate_renewed"
    TOKENS_CHANGED = "tokens_changed"
    GUESSES = "guesses"
    MOVED = "moved"
    OVER_QUOTA = "over_quota"


class ActsDamaged(Damaged):
    """The chain of the centre's acts does not hold (facts: act: the number of the first that does not fit)."""

    code = "acts_damaged"


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """`at_ms` is the centre's clock; `what` an Act, or the word of a later program."""

    n: int
    at_ms: int
    what: str
    who: str
    facts: Facts
    digest: str


@contextmanager
def by(who: str) -> Iterator[None]:
    """Whatever is noted inside was done by this address of the network."""
    token = _who.set(who)
    try:
        yield
    finally:
        _who.reset(token)


def note(ledger: Ledger, act: Act, facts: Facts, now_ms: int) -> None:
    """Add an act; inside the transaction that does it."""
    (n,) = ledger.database.row("UPDATE act_head SET n = n + 1 WHERE one = 1 RETURNING n")
    (before,) = ledger.database.row("SELECT digest FROM act_head")
    who = _who.get() or _account()
    written = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = _link(bytes(before), (n, now_ms, act.value, who, written))
    ledger.database.run(
        "INSERT INTO act (n, at_ms, what, who, facts, digest) VALUES (?, ?, ?, ?, ?, ?)",
        (n, now_ms, act.value, who, written, digest),
    )
    ledger.database.run("UPDATE act_head SET digest = ? WHERE one = 1", (digest,))


def acts(ledger: Ledger, since_ms: int = 0) -> list[Noted]:
    """The acts since a time, oldest first; the whole chain is checked. Raises ActsDamaged."""
    found: list[Noted] = []
    digest, last = bytes(32), 0
    while rows := ledger.database.rows(
        "SELECT n, at_ms, what, who, facts, digest FROM act WHERE n > ? ORDER BY n LIMIT ?",
        (last, _AT_A_TIME),
    ):
        for n, at_ms, what, who, facts, kept in rows:
            digest = _link(digest, (n, at_ms, what, who, facts))
            if n != last + 1 or digest != bytes(kept):
                raise ActsDamaged(act=last + 1)
            last = n
            if at_ms >= since_ms:
                found.append(
                    Noted(
                        n=n,
                        at_ms=at_ms,
                        what=what,
                        who=who,
                        facts=json.loads(facts),
                        digest=digest.hex(),
                    )
                )
    n, head = ledger.database.row("SELECT n, digest FROM act_head")
    if (n, bytes(head)) != (last, digest):
        raise ActsDamaged(act=last + 1)
    return found


def which(device: Device) -> Facts:
    """A device as acts name it."""
    return who_it_is(device.certificate)


def who_it_is(own: Certificate) -> Facts:
    return {"device": own.device.hex(), "region": own.region, "slot": own.slot_text}


def _link(before: bytes, row: tuple[int, int, str, str, str]) -> bytes:
    return sha256(b"daiban act 1\x00" + before + msgspec.msgpack.encode(row)).digest()


def _account() -> str:
    """Whose account it is at this machine, and who became it."""
    try:
        account = getpass.getuser()
    except (OSError, KeyError):  # a service without a name
        account = str(os.getuid()) if os.name == "posix" else "?"
    became = os.environ.get("SUDO_USER", "")
    return f"{account} (sudo: {became})" if became and became != account else account
