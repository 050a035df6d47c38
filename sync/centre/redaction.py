"""Destroyed files at the centre: it says whether a destruction counts, and erases first.

Nobody folds cases here, but what is erased never comes back: so the one case that a destruction is about
is read by the same rules as at every station (docs/decisions/0013).

- Founded: the bodies of all entries of the case go in the transaction that takes the destruction in.
- Not founded: the entry is refused, and handed to nobody.
- Not to be said yet, since a restored ledger lacks entries or publications: it waits here, and is handed on later.

Entries that come after that are erased before they are stored.
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import Final

import msgspec

from app.domain.case import Case, State
from app.domain.days import day_of
from app.domain.events import BadBody, is_known
from app.domain.history import is_founded, replay
from app.domain.publications import NotPublished, Publications
from app.domain.tombstone import DESTROYED, is_destruction, told_by
from app.journal.entry import Entry, read, redact
from app.journal.refs import DeviceId, author_of
from sync.centre import attachments, feed
from sync.centre.devices import Device, Devices
from sync.centre.feed import Fed
from sync.centre.ledger import Ledger, Stored
from sync.centre.published import Lineage, lineage_of, published
from sync.protocol import Refusal

UNFOUNDED: Final = "destruction_unfounded"
_AHEAD: Final = "clock_ahead"
_SMALL: Final = 64 * 2**20
"""Bytes of a ledger that may be written anew while stations wait; a larger one is when it is started again."""
Pair = tuple[int, int]
"""An entry in the ledger: the number of its device, and its own."""


class _Answer(Enum):
    FOUNDED = "founded"
    UNFOUNDED = "unfounded"
    AHEAD = "ahead"
    NOT_YET = "not yet"


class Erasing(msgspec.Struct, kw_only=True):
    """What one request's entries come to: as they are to be stored, and the cases to be erased with them."""

    entries: list[Stored]
    doomed: list[tuple[Pair, Pair]] = []
    """Each destruction with its case."""
    waiting: list[tuple[Pair, Pair]] = []


def weigh(ledger: Ledger, device: Device, fresh: list[Stored], now_ms: int) -> Erasing:
    """Judge the destructions among new entries of a device, and erase what comes after one; inside a transaction."""
    destroyed = _destroyed_among(ledger, device, fresh)
    judge = _Judge(ledger, now_ms, device, fresh)
    done = Erasing(entries=[])
    for stored in fresh:
        subject = stored.subject or (device.n, stored.seq)
        if stored.destroys and stored.refusal is None:
            ledger.alone()
            entry = judge.read(device.n, stored.seq, stored.raw)
            answer = judge.of(entry, subject)
            if answer is _Answer.FOUNDED:
                done.doomed.append(((device.n, stored.seq), subject))
                destroyed.add(subject)
            elif answer is _Answer.NOT_YET:
                done.waiting.append(((device.n, stored.seq), subject))
                stored = msgspec.structs.replace(stored, withheld=True)
            else:
                code = _AHEAD if answer is _Answer.AHEAD else UNFOUNDED
                facts: dict[str, str | int] = {"kind": entry.kind, "region": entry.region}
                refusal = Refusal(None, stored.seq, code, facts)
                stored = msgspec.structs.replace(stored, refusal=refusal)
        done.entries.append(stored)
    done.entries = [
        _erased(one) if (one.subject or (device.n, one.seq)) in destroyed else one
        for one in done.entries
    ]
    return done


def carry_out(ledger: Ledger, device: Device, done: Erasing, now_ms: int) -> None:
    """Erase what was destroyed, once the entries that say so are stored; inside that transaction."""
    for place, subject in done.doomed:
        _erase(ledger, place, subject)
    for place, subject in done.waiting:
        _note(ledger, place, subject, carried_out=False)
    told_to_all = any(one.publication for one in done.entries)
    touched = {one.subject or (device.n, one.seq) for one in done.entries}
    _judge_those_waiting(ledger, device, None if told_to_all else touched, now_ms)


def clear(ledger: Ledger, *, small_only: bool = False) -> bool:
    """Clear the files of what was erased, if that is due; False if it has to wait."""
    database = ledger.database
    if database.row("SELECT 1 FROM destruction WHERE carried_out = 1 AND cleared = 0") is None:
        return True
    if not database.clear(_SMALL if small_only else None):
        return False
    with ledger.writing():
        database.run("UPDATE destruction SET cleared = 1 WHERE carried_out = 1")
    return True


# --- judging ----------------------------------------------------------------------------------------


class _Judge:
    """Reads cases from the ledger and from what is about to be stored, with all that was published."""

    def __init__(self, ledger: Ledger, now_ms: int, device: Device, fresh: list[Stored]) -> None:
        self._ledger = ledger
        self._now_ms = now_ms
        self._device = device
        self._fresh = [one for one in fresh if one.refusal is None]
        self._devices = Devices(ledger.database)
        self._lineage: Lineage | None = None
        self._publications: Publications | None = None

    def read(self, number: int, seq: int, raw: bytes) -> Entry:
        device = DeviceId(self._devices.id_of(number))
        return read(raw, device=device, seq=seq, lineage=self.lineage)

    def of(self, destruction: Entry, subject: Pair) -> _Answer:
        """Whether it may be carried out: by what its writer had seen, and by all that is here.

        So whatever somebody did meanwhile that speaks against it stops it, while anything is left to be read.
        """
        if not is_destruction(destruction):
            return _Answer.UNFOUNDED
        try:
            if told_by(destruction).on > day_of(self._now_ms) + timedelta(days=1):
                return (
                    _Answer.AHEAD
                )  # a clock that runs years ahead would find every file's period over
            entries = self._case(subject)
            if not is_founded(destruction, entries, self.publications):
                return _Answer.UNFOUNDED
            if any(
                one.body is None for one in entries
            ):  # erased by stations that had its answer before
                return _Answer.FOUNDED
            told = replay(entries, self.publications)
        except BadBody:
            return _Answer.UNFOUNDED
        except NotPublished:
            return _Answer.NOT_YET
        ended = isinstance(told, Case) and told.state is State.DESTROYED
        return _Answer.FOUNDED if ended else _Answer.UNFOUNDED

    @property
    def lineage(self) -> Lineage:
        if self._lineage is None:
            self._lineage = lineage_of(self._devices)
        return self._lineage

    @property
    def publications(self) -> Publications:
        if self._publications is None:
            fresh = [
                self.read(self._device.n, one.seq, one.raw)
                for one in self._fresh
                if one.publication
            ]
            self._publications = published(self._ledger, self.lineage, fresh)
        return self._publications

    def _case(self, subject: Pair) -> list[Entry]:
        """All entries of a case, those that were refused apart."""
        rows = [
            row
            for row in _rows_of(self._ledger, subject)
            if self._ledger.database.row(
                "SELECT 1 FROM refusal WHERE device = ? AND seq = ?", row[:2]
            )
            is None
        ]
        found = {(n, seq): bytes(raw) for n, seq, raw in rows}
        for one in self._fresh:
            if (one.subject or (self._device.n, one.seq)) == subject:
                found[self._device.n, one.seq] = one.raw
        return [self.read(n, seq, raw) for (n, seq), raw in found.items()]


def destroys(entry: Entry) -> bool:
    """Whether it says that a file was destroyed; such an entry itself is never erased."""
    return entry.kind == DESTROYED and is_known(entry.kind, entry.version)


class Subjects:
    """Which case an entry of one device is about, as the ledger numbers it."""

    def __init__(self, ledger: Ledger, device: Device) -> None:
        self._devices = Devices(ledger.database)
        self._device = device
        self._lineage = {} if device.certificate.continues is None else lineage_of(self._devices)
        self._numbers: dict[DeviceId, int | None] = {DeviceId(device.id): device.n}

    def of(self, entry: Entry) -> Pair | None:
        """None for an entry that opens something, and for one about what the ledger does not know."""
        if entry.opens:
            return None
        named, seq = entry.subject
        if named == self._device.id:
            named = author_of(named, seq, self._lineage)
        if named not in self._numbers:
            known = self._devices.known(named)
            self._numbers[named] = None if known is None else known.n
        number = self._numbers[named]
        return None if number is None else (number, seq)


# --- erasing ----------------------------------------------------------------------------------------


def _judge_those_waiting(
    ledger: Ledger, device: Device, touched: set[Pair] | None, now_ms: int
) -> None:
    """Those about the cases that were touched, or all; what is made up may wait for ever, and costs nothing."""
    waiting = ledger.database.rows(
        "SELECT d.device, d.seq, d.subject_device, d.subject_seq, e.raw FROM destruction d "
        "JOIN entry e ON e.device = d.device AND e.seq = d.seq WHERE d.carried_out = 0"
    )
    rows = [row for row in waiting if touched is None or row[2:4] in touched]
    if not rows:
        return
    ledger.alone()
    judge = _Judge(ledger, now_ms, device, [])
    for n, seq, about, about_seq, raw in rows:
        entry = judge.read(n, seq, bytes(raw))
        if judge.of(entry, (about, about_seq)) is _Answer.FOUNDED:
            _erase(ledger, (n, seq), (about, about_seq))
            fed = Fed(device=n, seq=seq, region=entry.region, publication=False)
            feed.append(ledger.database, ledger.tree, [fed], now_ms)


def _erase(ledger: Ledger, place: Pair, subject: Pair) -> None:
    changed = []
    for n, seq, raw in _rows_of(ledger, subject):
        entry = read(bytes(raw), device=DeviceId(bytes(16)), seq=seq, lineage={})
        if entry.body is not None and not destroys(entry):
            changed.append((redact(entry).wire, n, seq))
    ledger.database.run_many("UPDATE entry SET raw = ? WHERE device = ? AND seq = ?", changed)
    attachments.forget(ledger, subject)
    _note(ledger, place, subject, carried_out=True)


def _erased(stored: Stored) -> Stored:
    if stored.destroys:
        return stored
    entry = read(stored.raw, device=DeviceId(bytes(16)), seq=stored.seq, lineage={})
    return msgspec.structs.replace(stored, raw=redact(entry).wire, sheets=())


def _note(ledger: Ledger, place: Pair, subject: Pair, *, carried_out: bool) -> None:
    ledger.database.run("DELETE FROM destruction WHERE device = ? AND seq = ?", place)
    ledger.database.run(
        "INSERT INTO destruction (device, seq, subject_device, subject_seq, carried_out, cleared) "
        "VALUES (?, ?, ?, ?, ?, 0)",
        (*place, *subject, int(carried_out)),
    )


def _rows_of(ledger: Ledger, subject: Pair) -> list[tuple[int, int, bytes]]:
    """The entries of a case: device, number, raw."""
    return ledger.database.rows(
        "SELECT device, seq, raw FROM entry WHERE device = ? AND seq = ? "
        "UNION ALL SELECT device, seq, raw FROM entry WHERE subject_device = ? AND subject_seq = ?",
        (*subject, *subject),
    )


def _destroyed_among(ledger: Ledger, device: Device, fresh: list[Stored]) -> set[Pair]:
    """Which cases that new entries are about were destroyed before."""
    database = ledger.database
    if database.row("SELECT 1 FROM destruction WHERE carried_out = 1 LIMIT 1") is None:
        return set()
    asked = {one.subject or (device.n, one.seq) for one in fresh}
    return {
        subject
        for subject in asked
        if database.row(
            "SELECT 1 FROM destruction WHERE subject_device = ? AND subject_seq = ? AND carried_out = 1",
            subject,
        )
        is not None
    }
