"""A ledger that was put back to an older copy: by what it knows, and what it does.

It has forgotten numbers of its own journal that stations may have seen, and must not give them again:
so it writes on under a new life, as soon as something shows that it lacks what this district once committed.
That is a cursor under the district's seal, or a certificate under its signature of a device that is unknown here.
Whoever restores it knows at once, and calls `begin_again` before anything else is written.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from app.domain.events import BadBody
from app.domain.regions import BadRegions, RegionTree
from app.journal import certificate as certificates
from app.journal.certificate import SignedCertificate
from sync.centre import audit, private, publishing
from sync.centre.audit import Act, Facts
from sync.centre.authority import Authority
from sync.centre.devices import Device
from sync.centre.ledger import Ledger, tree_in

_TABLE: Final = b"regions.published"
_KIND_WITHIN: Final = 64
"""Bytes at the beginning of an entry in which its kind stands."""


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


def note_resending(ledger: Ledger, device: Device, through: int) -> None:
    """A station that showed it was answered by the ledger that was lost has this much to send again.

    `through` is the last number that was answered; its head, signed at that moment, says what stands there.
    Said once in a life of the centre: what is written after that was answered by nobody that was lost.
    """
    own = ledger.own.id
    if _noted(ledger, device)[: len(own)] != own:
        private.keep(ledger.database, _resending(device), own + through.to_bytes(8, "big"))


def resent_through(ledger: Ledger, device: Device) -> int:
    """Up to which number a device's entries were answered before the ledger was put back; 0 if it was not."""
    return int.from_bytes(_noted(ledger, device)[len(ledger.own.id) :], "big")


def tables(ledger: Ledger) -> list[RegionTree]:
    """Every table of regions that was ever published here."""
    rows = ledger.database.rows(
        "SELECT raw FROM entry WHERE region = ? AND NOT EXISTS (SELECT 1 FROM refusal "
        "WHERE refusal.device = entry.device AND refusal.seq = entry.seq)",
        (ledger.district.region,),
    )
    found: list[RegionTree] = []
    for (raw,) in rows:
        if _TABLE in bytes(raw[:_KIND_WITHIN]):
            with suppress(BadBody, BadRegions):
                found.append(tree_in(bytes(raw)))
    return found


def _noted(ledger: Ledger, device: Device) -> bytes:
    """Under which life of the centre it was said, and the number; empty where it never was."""
    return private.kept(ledger.database, _resending(device)) or b""


def _resending(device: Device) -> str:
    return f"resending {device.n}"
