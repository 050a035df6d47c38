"""The journal's tables: entries under small device numbers, read back as values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import msgspec

from app.domain.events import KINDS
from app.journal import entry as entries
from app.journal.entry import Entry
from app.journal.refs import Continuation, DeviceId, Ref
from app.store.database import Database

ASKED_AT_ONCE = 1_000
"""Subjects in one query."""
_INSERT = """INSERT OR IGNORE INTO entry
    (device, seq, subject_device, subject_seq, publication, early, digest, wire)"""


class Journal:
    """Reads and writes entries. Writing belongs in the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._numbers: dict[DeviceId, int] = {}
        self._ids: dict[int, DeviceId] = {}
        self.lineage: dict[DeviceId, Continuation] = {}
        self.refresh()

    def refresh(self) -> None:
        """Read the lives again; another process may have met a new one."""
        rows = self._database.rows(
            "SELECT n, id, continues, continues_seq, continues_digest FROM device"
        )
        self._numbers = {DeviceId(bytes(row[1])): row[0] for row in rows}
        self._ids = {number: device for device, number in self._numbers.items()}
        self.lineage = {
            DeviceId(bytes(row[1])): Continuation(self._ids[row[2]], row[3], bytes(row[4]))
            for row in rows
            if row[2] is not None
        }

    def forget(self) -> None:
        """Drop the small numbers learnt in a transaction that was taken back."""
        self._numbers = {}
        self._ids = {}

    # --- devices ----------------------------------------------------------------------------------

    def number_of(self, device: DeviceId) -> int:
        """The store's number for a device, given at first sight."""
        number = self._numbers.get(device)
        if number is None:
            self.refresh()
            number = self._numbers.get(device)
        if number is None:
            (number,) = self._database.row(
                "INSERT INTO device (id) VALUES (?) RETURNING n", (device,)
            )
            self._numbers[device] = number
            self._ids[number] = device
        return number

    def device_of(self, number: int) -> DeviceId:
        if number not in self._ids:
            self.refresh()
        return self._ids[number]

    def devices(self) -> dict[int, DeviceId]:
        """Every device of which something is here, by its number, whoever met it."""
        self.refresh()
        return dict(self._ids)

    def continues(self, device: DeviceId, origin: Continuation) -> None:
        """Note that a life continues another."""
        if self.lineage.get(device) == origin:
            return
        self._database.run(
            "UPDATE device SET continues = ?, continues_seq = ?, continues_digest = ? WHERE n = ?",
            (self.number_of(origin.device), origin.seq, origin.digest, self.number_of(device)),
        )
        self.refresh()

    def lives_of(self, device: DeviceId) -> list[DeviceId]:
        """A device's life and those it continues, the present one first."""
        lives = [device]
        while (origin := self.lineage.get(lives[-1])) is not None:
            lives.append(origin.device)
        return lives

    def pair(self, ref: Ref) -> tuple[int, int]:
        """A reference as the tables hold it."""
        return self.number_of(ref.device), ref.seq

    def ref(self, number: int, seq: int) -> Ref:
        return Ref(self.device_of(number), seq)

    # --- entries ----------------------------------------------------------------------------------

    def add(self, new: Iterable[tuple[Entry, bytes | None, bool]]) -> int:
        """Store entries, each with its chain digest where it is one's own, and whether its clock is early.

        Returns how many were not there yet.
        """
        rows = [
            (
                self.number_of(entry.device),
                entry.seq,
                self.number_of(entry.subject.device),
                entry.subject.seq,
                is_publication(entry.kind),
                early,
                digest,
                entry.wire,
            )
            for entry, digest, early in new
        ]
        (before,) = self._database.row("SELECT total_changes()")
        self._database.insert_rows(_INSERT, rows)
        (now,) = self._database.row("SELECT total_changes()")
        return int(now - before)

    def supersede(self, came: Iterable[Entry]) -> int:
        """Let what the centre hands out now stand where it had given the same number to something else before.

        A ledger that was restored from a copy does so until it has noticed. How many changed: never one's own.
        """
        changed = [one for one in came if self._is_otherwise(one)]
        self._database.run_many(
            "UPDATE entry SET subject_device = ?, subject_seq = ?, publication = ?, wire = ? "
            "WHERE device = ? AND seq = ?",
            [
                (*self.pair(one.subject), is_publication(one.kind), one.wire, *self.pair(one.ref))
                for one in changed
            ],
        )
        return len(changed)

    def _is_otherwise(self, came: Entry) -> bool:
        row = self._database.row(
            "SELECT device, seq, wire FROM entry WHERE device = ? AND seq = ? AND digest IS NULL",
            self.pair(came.ref),
        )
        if row is None:
            return False
        there = self.entry(row)
        # Either may have been redacted since: then its body is known by its digest.
        return (there.header, entries.digest_of_body(there)) != (
            came.header,
            entries.digest_of_body(came),
        )

    def redact(self, doomed: Iterable[Entry]) -> None:
        """Take the bodies of entries out of the journal; their headers and digests stay."""
        self._database.run_many(
            "UPDATE entry SET wire = ? WHERE device = ? AND seq = ?",
            [(entries.redact(one).wire, *self.pair(one.ref)) for one in doomed],
        )

    def of_subject(self, subject: Ref) -> list[Entry]:
        return self._read(
            "SELECT device, seq, wire FROM entry WHERE subject_device = ? AND subject_seq = ?",
            self.pair(subject),
        )

    def of_subjects(self, subjects: Sequence[Ref]) -> dict[Ref, list[Entry]]:
        """Every entry of each of these subjects."""
        found: dict[Ref, list[Entry]] = {subject: [] for subject in subjects}
        for start in range(0, len(subjects), ASKED_AT_ONCE):
            pairs = [self.pair(subject) for subject in subjects[start : start + ASKED_AT_ONCE]]
            rows = self._database.rows(
                "SELECT device, seq, wire FROM entry "
                f"WHERE (subject_device, subject_seq) IN (VALUES {', '.join(['(?, ?)'] * len(pairs))})",
                tuple(chain.from_iterable(pairs)),
            )
            for one in map(self.entry, rows):
                found[one.subject].append(one)
        return found

    def publications(self) -> list[Entry]:
        return self._read("SELECT device, seq, wire FROM entry WHERE publication")

    def sort_publications(self, at_a_time: int) -> None:
        """Find the publications among entries whose kind was not known when they were stored."""
        place = (0, 0)
        while rows := self._database.rows(
            "SELECT device, seq, wire FROM entry WHERE NOT publication AND (device, seq) > (?, ?) "
            "ORDER BY device, seq LIMIT ?",
            (*place, at_a_time),
        ):
            found = [row[:2] for row in rows if is_publication(self.entry(row).kind)]
            self._database.run_many(
                "UPDATE entry SET publication = 1 WHERE device = ? AND seq = ?", found
            )
            place = rows[-1][:2]

    def one(self, ref: Ref) -> Entry | None:
        found = self._read(
            "SELECT device, seq, wire FROM entry WHERE device = ? AND seq = ?", self.pair(ref)
        )
        return found[0] if found else None

    def actors(self, refs: Sequence[Ref]) -> dict[Ref, Ref]:
        """Who wrote each of these entries, where they say so."""
        found: dict[Ref, Ref] = {}
        for start in range(0, len(refs), ASKED_AT_ONCE):
            pairs = [self.pair(ref) for ref in refs[start : start + ASKED_AT_ONCE]]
            rows = self._read(
                "SELECT device, seq, wire FROM entry "
                f"WHERE (device, seq) IN (VALUES {', '.join(['(?, ?)'] * len(pairs))})",
                tuple(chain.from_iterable(pairs)),
            )
            found.update({one.ref: one.actor for one in rows if one.actor is not None})
        return found

    def run(self, device: DeviceId, first_seq: int, limit: int) -> list[tuple[Entry, bytes | None]]:
        """Entries of one life from a number on, with their digests."""
        rows = self._database.rows(
            "SELECT seq, wire, digest FROM entry WHERE device = ? AND seq >= ? ORDER BY seq LIMIT ?",
            (self.number_of(device), first_seq, limit),
        )
        return [
            (
                entries.read(bytes(wire), device=device, seq=seq, lineage=self.lineage),
                digest and bytes(digest),
            )
            for seq, wire, digest in rows
        ]

    def wires(self, device: DeviceId, first_seq: int, limit: int) -> list[bytes]:
        """The bytes of a run, as they travel."""
        rows = self._database.rows(
            "SELECT wire FROM entry WHERE device = ? AND seq >= ? ORDER BY seq LIMIT ?",
            (self.number_of(device), first_seq, limit),
        )
        return [bytes(wire) for (wire,) in rows]

    def head(self, device: DeviceId) -> tuple[int, bytes] | None:
        """The last number and digest of one's own life, or None while it is empty."""
        row = self._database.row(
            "SELECT seq, digest FROM entry WHERE device = ? ORDER BY seq DESC LIMIT 1",
            (self.number_of(device),),
        )
        return None if row is None else (row[0], bytes(row[1]))

    def digest_at(self, device: DeviceId, seq: int) -> bytes | None:
        row = self._database.row(
            "SELECT digest FROM entry WHERE device = ? AND seq = ?", (self.number_of(device), seq)
        )
        return None if row is None or row[0] is None else bytes(row[0])

    def first_since(self, device: DeviceId, since: int) -> int | None:
        """The number of a device's first entry here whose clock is not before `since`; its clock only rises."""
        number = self.number_of(device)
        low, high = self._database.row(
            "SELECT coalesce(min(seq), 1), coalesce(max(seq), 0) FROM entry WHERE device = ?",
            (number,),
        )
        end = high
        while low <= high:
            middle = (low + high) // 2
            row = self._database.row(
                "SELECT device, seq, wire FROM entry WHERE device = ? AND seq >= ? ORDER BY seq LIMIT 1",
                (number, middle),
            )
            if self.entry(row).clock >= since:
                high = middle - 1
            else:
                low = row[1] + 1
        return low if low <= end else None

    def subjects_from(self, device: DeviceId, first: int) -> list[Ref]:
        """What a device wrote about from this entry on, publications apart."""
        rows = self._database.rows(
            "SELECT DISTINCT subject_device, subject_seq FROM entry "
            "WHERE device = ? AND seq >= ? AND NOT publication",
            (self.number_of(device), first),
        )
        return [self.ref(*row) for row in rows]

    def count(self) -> int:
        return int(self._database.row("SELECT count(*) FROM entry")[0])

    # --- verdicts ---------------------------------------------------------------------------------

    def refuse(self, ref: Ref, code: str, facts: dict[str, str | int]) -> None:
        self._database.run(
            "INSERT OR REPLACE INTO verdict (device, seq, code, facts) VALUES (?, ?, ?, ?)",
            (*self.pair(ref), code, msgspec.json.encode(facts).decode()),
        )

    def pardon(self, refs: Iterable[Ref]) -> None:
        """Forget that these were refused."""
        self._database.run_many(
            "DELETE FROM verdict WHERE device = ? AND seq = ?", [self.pair(ref) for ref in refs]
        )

    def refused(self, refs: Sequence[Ref]) -> set[Ref]:
        """Which of these the centre refused."""
        return self.refused_all().intersection(refs)

    def refused_all(self) -> set[Ref]:
        """Every entry the centre refused; there are few."""
        return {self.ref(*row) for row in self._database.rows("SELECT device, seq FROM verdict")}

    def _read(self, sql: str, parameters: tuple[object, ...] = ()) -> list[Entry]:
        return [self.entry(row) for row in self._database.rows(sql, parameters)]

    def entry(self, row: tuple[int, int, bytes]) -> Entry:
        """An entry from (device number, seq, wire)."""
        number, seq, wire = row
        device = self.device_of(number)
        return entries.read(bytes(wire), device=device, seq=seq, lineage=self.lineage)


def is_publication(kind: str) -> bool:
    rule = KINDS.get(kind)
    return rule is not None and rule.publication
