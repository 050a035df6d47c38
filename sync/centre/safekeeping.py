"""What an administrator does for the centre's secrets: new dates, new tokens, and a look at what was done."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

import msgspec

from app.store.keyslots import Unlock
from sync.centre import audit, renewal, tokens
from sync.centre.audit import Act, Noted
from sync.centre.authority import Authority
from sync.centre.devices import Devices
from sync.centre.office import opened


class Renewed(msgspec.Struct, frozen=True, kw_only=True):
    """The fingerprint is that of the new certificate's DER, in hexadecimal digits."""

    fingerprint: str
    ends: datetime


def renew_now(data: Path, *, unlock: Unlock) -> Renewed:
    """The same by hand, while the centre may be serving. Raises NoCentre, WrongKey, NoKey."""
    with opened(data, unlock) as ledger:
        authority = Authority.of(ledger)
        renewal.renew(ledger, authority, time.time_ns() // 1_000_000)
        return Renewed(fingerprint=authority.fingerprint.hex(), ends=authority.ends)


def change_tokens(data: Path, device: str | None, *, unlock: Unlock) -> int:
    """Let every device, or the one whose id begins so, be given a new token when it comes next; how many.

    Raises NoCentre, NoSuchDevice, WrongKey, NoKey.
    """
    with opened(data, unlock) as ledger, ledger.writing():
        one = Devices(ledger.database).named(device) if device else None
        count = tokens.let_all_change(ledger, one)
        facts = audit.which(one) if one else {"devices": count}
        audit.note(ledger, Act.TOKENS_CHANGED, facts, time.time_ns() // 1_000_000)
        return count


def acts(data: Path, *, unlock: Unlock, since: datetime | None = None) -> list[Noted]:
    """What the centre has done since, oldest first, after the whole chain was checked.

    Raises NoCentre, ActsDamaged, WrongKey, NoKey.
    """
    with opened(data, unlock) as ledger:
        return audit.acts(ledger, 0 if since is None else int(since.timestamp() * 1000))
