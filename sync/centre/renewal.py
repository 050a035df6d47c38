"""The CA's certificate under new dates: the key stays, and with it everything that stations have pinned."""

from __future__ import annotations

from datetime import UTC, datetime

from app.domain.days import day_of
from sync.centre import audit
from sync.centre.audit import Act
from sync.centre.authority import Authority
from sync.centre.ledger import Ledger


def renew(ledger: Ledger, authority: Authority, now_ms: int) -> bool:
    """Give it new dates, unless another process has; whether this one did."""
    with ledger.writing():
        done = authority.renew(ledger, datetime.fromtimestamp(now_ms / 1000, UTC))
        if done:
            ends = int(authority.ends.timestamp() * 1000)
            facts = {"ends": day_of(ends).isoformat(), "fingerprint": authority.fingerprint.hex()}
            audit.note(ledger, Act.CERTIFICATE_RENEWED, facts, now_ms)
    return done
