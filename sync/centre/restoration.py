"""A ledger that was put back to an older copy: by what it knows, and what it does.

It has forgotten numbers of its own journal that stations may have seen, and must not give them again:
so it writes on under a new life, as soon as something shows that it lacks what this district once committed.
That is a cursor under the district's seal, or a certificate under its signature of a device that is unknown here.
Whoever restores it knows at once, and calls `begin_again` before anything else is written.
"""

from __future__ import annotations

from app.journal import certificate as certificates
from app.journal.certificate import SignedCertificate
from sync.centre import audit, publishing
from sync.centre.audit import Act, Facts
from sync.centre.authority import Authority
from sync.centre.devices import Device
from sync.centre.ledger import Ledger


def notice(
    ledger: Ledger, authority: Authority, lost_ms: int, shown_by: Facts, now_ms: int
) -> None:
    """Something that was committed at `lost_ms` is not here; inside a transaction.

    If the centre's present life was not begun since, it ends here.
    """
    if ledger.own.enrolled_ms <= lost_ms <= now_ms:
        begin_again(ledger, authority, now_ms)
        noticed = {**shown_by, "life": ledger.own.certificate.slot_text}
        audit.note(ledger, Act.RESTORATION_NOTICED, noticed, now_ms)


def begin_again(ledger: Ledger, authority: Authority, now_ms: int) -> None:
    """Let the centre write on under a new life; inside a transaction."""
    publishing.begin_own_life(ledger, authority, ledger.own.certificate.station, now_ms)
    publishing.announce(ledger, ledger.own, now_ms)


def known_again(
    ledger: Ledger, authority: Authority, signed: SignedCertificate, now_ms: int
) -> Device:
    """Enter a life of this district that the ledger has lost, by its certificate; inside a transaction."""
    own = certificates.read(signed)
    notice(ledger, authority, own.issued_ms, audit.who_it_is(own), now_ms)
    return publishing.enter(ledger, signed, now_ms)
