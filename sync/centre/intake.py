"""What a device sends: is it its own, does it follow on, may it say so?

Only headers are looked at, apart from a new table of regions, a version of an item (`catalogue`),
which scans are attached (`attachments`), and the destruction of a file (`redaction`).
A refused entry is kept aside and blocks nothing: the chain goes on over it.
Only what follows it in the same matter is refused with it: nobody else will ever have what that was written after.
"""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from typing import Final

import msgspec

from app.domain.attachments import Sheet
from app.domain.events import KINDS, BadBody, is_known
from app.domain.region_changes import change_faults
from app.domain.regions import BadRegions, RegionCode, RegionTree
from app.errors import UNREADABLE
from app.journal import entry as entries
from app.journal.chain import link
from app.journal.clock import believable
from app.journal.entry import BadEntry, Entry
from app.journal.keys import head_message, signed_by
from app.journal.refs import DeviceId
from sync.centre import attachments, catalogue, quota, redaction, restoration
from sync.centre.devices import Device
from sync.centre.doubles import ALREADY_HERE, Doubles
from sync.centre.keeping import keep
from sync.centre.ledger import Ledger, Stored, accepted, base, tree_in
from sync.protocol import Accepted, Head, Refusal, Run
from sync.refusals import BadMessage, BadProof

_HEADER_AND_BODY: Final = 8
_TABLE: Final = "regions.published"
_OUT_OF_SCOPE: Final = "region_out_of_scope"
_CENTRES: Final = frozenset({"device.certified", "device.revoked"})
"""Kinds that only the centre's own lives write: nobody else certifies or revokes."""
_CARD: Final = "operator.added"
"""A card stands in nobody's way, and without it nothing that its owner did could be read: its clock may be wrong."""


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What the centre has after a request: what to say is accepted, what was refused, where it forks.

    `wait_s`: seconds after which what is new would be taken; it was not looked at.
    """

    accepted: Accepted
    refused: list[Refusal] = []
    forked_at: int | None = None
    stored: int = 0
    wait_s: int = 0


class Weighed(msgspec.Struct, kw_only=True):
    """What is new of a run, and where its chain leads; `forked_at` is where it leaves what the ledger has."""

    fresh: list[Stored]
    end: Accepted
    forked_at: int | None = None


def take(ledger: Ledger, device: Device, runs: list[Run], head: Head, now_ms: int) -> Taken:
    """Store what is new of the sender's own entries; inside a transaction.

    Raises BadProof if the head is not signed by the device, BadMessage if the chain does not lead to it.
    """
    message = head_message(device.id, head.seq, head.digest)
    if not signed_by(device.certificate.sign_public, head.signature, message):
        raise BadProof(what="head")
    have = accepted(device)
    own = [run for run in runs if run.device in (None, device.id) and run.entries]
    if len(own) > 1:
        raise BadMessage(detail="more than one run")
    if wait_s := waits_s(device, own, now_ms):
        return Taken(accepted=have, wait_s=wait_s)
    for run in own:
        start = run.first_seq - 1
        before = ledger.digest_at(device, start) if base(device).seq <= start <= have.seq else None
        if before is None:  # a gap: the answer says where to go on
            return Taken(accepted=have)
        weighed = weigh(ledger, device, run, Accepted(start, before), now_ms)
        refused = ledger.refusals(device, run.first_seq, weighed.end.seq)
        if weighed.forked_at is not None:
            return Taken(accepted=weighed.end, refused=refused, forked_at=weighed.forked_at)
        if head.seq != weighed.end.seq or head.digest != weighed.end.digest:
            if start == base(device).seq:
                raise BadMessage(detail="the chain does not lead to the head")
            return Taken(
                accepted=base(device)
            )  # they differ somewhere before: look from the beginning
        if weighed.fresh:
            refused += keep_fresh(ledger, device, weighed.fresh, now_ms)
            have = weighed.end
        return Taken(accepted=have, refused=refused, stored=len(weighed.fresh))
    if head.seq <= have.seq and ledger.digest_at(device, head.seq) != head.digest:
        return Taken(accepted=base(device))
    return Taken(accepted=have)


def waits_s(device: Device, runs: list[Run], now_ms: int) -> int:
    """Seconds until the new entries of its own that a device sends may be taken; 0 if they may, or none is new."""
    lasts = [
        run.first_seq + len(run.entries) - 1 for run in runs if run.device in (None, device.id)
    ]
    is_new = max(lasts, default=0) > device.accepted_seq
    return quota.wait_s(device.even_ms, now_ms) if is_new else 0


def keep_fresh(ledger: Ledger, device: Device, fresh: list[Stored], now_ms: int) -> list[Refusal]:
    """Store new entries of a device with all that they bring about; what of them is refused."""
    done = redaction.weigh(ledger, device, fresh, now_ms)
    keep(ledger, device, done.entries, now_ms)
    attachments.record(ledger, device, done.entries)
    redaction.carry_out(ledger, device, done, now_ms)
    return [one.refusal for one in done.entries if one.refusal is not None]


def weigh(ledger: Ledger, device: Device, run: Run, place: Accepted, now_ms: int) -> Weighed:
    """Follow the chain over a run that begins after `place`, comparing what is known and judging what is new."""
    judge = _Judge(ledger, device, now_ms)
    known = ledger.digests(device, run.first_seq, run.first_seq + len(run.entries) - 1)
    fresh: list[Stored] = []
    digest = place.digest
    for seq, embedded in enumerate(run.entries, run.first_seq):
        raw = bytes(embedded)
        entry, fault = _read(raw, device.id, seq)
        if entry is None:
            before, digest = digest, _outline_link(digest, raw)
        else:
            before, digest = digest, link(digest, entry)
        if seq in known:
            if known[seq] != digest:
                return Weighed(fresh=[], end=Accepted(seq - 1, before), forked_at=seq)
            continue
        if entry is None:
            refusal = Refusal(None, seq, BadEntry.code, {"why": fault})
            fresh.append(Stored(seq=seq, digest=digest, raw=raw, region="", refusal=refusal))
        else:
            fresh.append(judge(entry, raw, digest))
    return Weighed(fresh=fresh, end=Accepted(run.first_seq + len(run.entries) - 1, digest))


def _read(raw: bytes, device: DeviceId, seq: int) -> tuple[Entry | None, str]:
    try:
        return entries.read(raw, device=device, seq=seq, lineage={}), ""
    except BadEntry as error:
        return None, str(error.facts.get("why", ""))


def _outline_link(previous: bytes, raw: bytes) -> bytes:
    """The chain over an entry that has the outline of one and no more."""
    try:
        parts = msgspec.msgpack.decode(raw, type=list[msgspec.Raw])
    except UNREADABLE as error:
        raise BadMessage(detail="not an entry") from error
    if len(parts) != _HEADER_AND_BODY:
        raise BadMessage(detail="not an entry")
    body = bytes(parts[-1])
    header = raw[: len(raw) - len(body)]
    return sha256(previous + header + sha256(body).digest()).digest()


class _Judge:
    """Says of each entry of one device whether the device may write it."""

    def __init__(self, ledger: Ledger, device: Device, now_ms: int) -> None:
        own = ledger.own
        self._ledger = ledger
        self._tree = ledger.tree
        self._now_ms = now_ms
        self._device = device.id
        self._refused = ledger.refused_seqs(device)
        self._centre = (device.region, device.certificate.slot) == (
            own.region,
            own.certificate.slot,
        )
        self._tier = device.tier
        self._place = device.region
        self._regions: dict[str, str | None] = {}
        self._subjects = redaction.Subjects(ledger, device)
        self._catalogue = catalogue.Catalogue(ledger)
        self._doubles = Doubles(ledger, device)
        self._sender = device

    def __call__(self, entry: Entry, raw: bytes, digest: bytes) -> Stored:
        rule = KINDS.get(entry.kind)
        refusal = None
        sheets: tuple[Sheet, ...] = ()
        fault = self._fault(entry, raw)
        if fault is None:
            try:
                sheets = attachments.sheets_in(entry)
            except BadBody as error:
                fault = error.code
        if fault is not None:
            self._refused.add(entry.seq)
            facts: dict[str, str | int] = {"kind": entry.kind, "region": entry.region}
            refusal = Refusal(None, entry.seq, fault, facts)
        return Stored(
            seq=entry.seq,
            digest=digest,
            raw=raw,
            region=entry.region,
            publication=rule is not None and rule.publication,
            held=not is_known(entry.kind, entry.version),
            table=entry.kind == _TABLE and is_known(entry.kind, entry.version),
            subject=self._subjects.of(entry),
            destroys=redaction.destroys(entry),
            refusal=refusal,
            sheets=sheets,
        )

    def _fault(self, entry: Entry, raw: bytes) -> str | None:
        if entry.region not in self._regions:
            self._regions[entry.region] = self._region_fault(entry.region)
        fault = self._regions[entry.region]
        if fault is not None and not (fault == _OUT_OF_SCOPE and self._was_taken(entry)):
            return fault
        rule = KINDS.get(entry.kind)
        if rule is not None and self._tier not in rule.tiers:
            return "tier_not_allowed"
        if entry.kind in _CENTRES and not self._centre:
            return "tier_not_allowed"
        published = rule is not None and rule.publication
        if published and entry.region != self._place:
            return _OUT_OF_SCOPE  # told by a region in its own name, to those below it
        told_to_all = published and entry.kind != _CARD
        if told_to_all and not believable(entry.clock, self._now_ms):
            return "clock_ahead"  # it would count before everything of its kind that is to come
        if entry.kind == _TABLE and is_known(entry.kind, entry.version):
            self._ledger.alone()
            return self._table_fault(raw)
        # Numbers of an older life are bare too: both are numbers of this journal.
        if any(ref.device == self._device and ref.seq in self._refused for ref in entry.after):
            return "follows_refused"
        if entry.opens and not published and self._doubles.has(entry.seq, raw):
            return ALREADY_HERE
        if not catalogue.is_item(entry):
            return None
        self._ledger.alone()
        return self._catalogue.fault(entry)

    def _region_fault(self, region: str) -> str | None:
        if region not in self._tree:
            return "unknown_region"
        if not self._tree.under(RegionCode(region), self._tree.present(self._place)):
            return _OUT_OF_SCOPE
        return None

    def _was_taken(self, entry: Entry) -> bool:
        """Whether the ledger that was lost had it, from when its subject was this device's: others read it since."""
        if entry.seq > self._resent_through:
            return False
        region = RegionCode(entry.region)
        return any(
            region in tree and self._place in tree and tree.under(region, tree.present(self._place))
            for tree in self._tables
        )

    @cached_property
    def _resent_through(self) -> int:
        return restoration.resent_through(self._ledger, self._sender)

    @cached_property
    def _tables(self) -> list[RegionTree]:
        return restoration.tables(self._ledger)

    def _table_fault(self, raw: bytes) -> str | None:
        try:
            after = tree_in(raw)
        except (BadBody, BadRegions):
            return BadBody.code
        gone = [row.code for row in self._tree.rows if row.code not in after]
        used = self._ledger.codes_in_use(gone) if gone else ()
        return BadBody.code if change_faults(self._tree, after, used) else None
