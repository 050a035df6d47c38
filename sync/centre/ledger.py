"""The ledger: what the district has of everybody's journals, in one database.

Only this module and its neighbours `devices` and `feed` know the tables.
SQL stays plain: SQLite or PostgreSQL stands behind it (`database`), and says how many threads may use it at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from app.domain.attachments import Sheet
from app.domain.events import RegionsPublished, decode_body
from app.domain.regions import RegionCode, RegionTree
from app.errors import Refused
from app.journal import chain
from app.journal.chain import genesis
from app.journal.entry import read
from app.journal.keys import DeviceKeys
from app.journal.refs import DeviceId
from app.store.opening import CENTRE_FILE
from sync.centre import private, quota
from sync.centre.database import Database, Done
from sync.centre.devices import Device, Devices
from sync.centre.sqlite import SqliteDatabase
from sync.protocol import Accepted, Fact, Refusal

FILE: Final = CENTRE_FILE
_ENTRY: Final = (
    *("device", "seq", "region", "held", "received_ms", "digest", "raw"),
    *("subject_device", "subject_seq"),
)


class NoCentre(Refused):
    """The folder holds no ledger."""

    code = "no_centre"


class District(msgspec.Struct, frozen=True, kw_only=True):
    """The row of the district. `own` is the number of the centre's own device, None while it is being founded."""

    region: RegionCode
    url: str
    epoch: bytes
    head: int
    clock: int
    own: int | None


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """An entry about to be stored; `refusal` is why it is kept aside, if it is."""

    seq: int
    digest: bytes
    raw: bytes
    region: str
    publication: bool = False
    held: bool = False
    table: bool = False
    """Whether it is a table of regions."""
    subject: tuple[int, int] | None = None
    """What it is about, as device number and number; None if it opens something."""
    destroys: bool = False
    """Whether it says that a file was destroyed."""
    withheld: bool = False
    """Whether it is not handed on yet."""
    refusal: Refusal | None = None
    sheets: tuple[Sheet, ...] = ()
    """The scans that it attaches."""


class Ledger:
    def __init__(self, database: Database) -> None:
        self.database = database
        self._tree: tuple[tuple[int, int], RegionTree] | None = None

    @classmethod
    def open(cls, path: Path, key: bytes) -> Ledger:
        """Open a ledger in a file, making or bringing up to date its tables."""
        return cls(SqliteDatabase.open(path, key))

    def close(self) -> None:
        """Close, with everything in the main file."""
        self.database.settle()
        self.database.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction, and nobody else writes meanwhile."""
        with self.database.writing():
            yield

    def beside(self, work: Callable[[], Done]) -> Done:
        """Do `work` in one transaction while other devices' requests write too; see `database`."""
        return self.database.beside(work)

    def sync(self) -> None:
        """What was committed and read until now is on the disk when this returns."""
        self.database.sync()

    def alone(self) -> None:
        """What comes now bears nobody beside it; inside a transaction."""
        self.database.alone()

    # --- the district ---------------------------------------------------------------------------

    def found(self, region: RegionCode, url: str, epoch: bytes) -> None:
        """Write the row of a new district; its own device is named later."""
        self.database.run(
            "INSERT INTO district (one, region, url, epoch, head, clock) VALUES (1, ?, ?, ?, 0, 0)",
            (region, url, epoch),
        )

    @property
    def district(self) -> District:
        row = self.database.row("SELECT region, url, epoch, head, clock, own FROM district")
        if row is None:
            raise NoCentre(folder=self.database.place)
        region, url, epoch, head, clock, own = row
        return District(region=region, url=url, epoch=bytes(epoch), head=head, clock=clock, own=own)

    @property
    def is_founded(self) -> bool:
        return self.database.row("SELECT 1 FROM district") is not None

    @property
    def own(self) -> Device:
        """The centre's own device, in its present life."""
        number = self.district.own
        assert number is not None
        return Devices(self.database).numbered(number)

    def set_own(self, device: Device, clock: int) -> None:
        """Name the centre's own device, or note the time of its last entry."""
        self.database.run("UPDATE district SET own = ?, clock = ?", (device.n, clock))

    def secret(self, name: str) -> bytes:
        value = private.kept(self.database, name)
        if value is None:
            raise NoCentre(folder=self.database.place)
        return value

    def keep_secret(self, name: str, value: bytes) -> None:
        private.keep(self.database, name, value)

    def own_keys(self) -> DeviceKeys:
        return msgspec.msgpack.decode(self.secret("device"), type=DeviceKeys)

    # --- regions --------------------------------------------------------------------------------

    @property
    def tree(self) -> RegionTree:
        """The table of regions in force, read again when another one is."""
        place = self.database.row("SELECT tree_device, tree_seq FROM district")
        if place is None or place[0] is None:
            return RegionTree(())
        known = self._tree  # another thread may put another one there
        if known is None or known[0] != place:
            raw = bytes(
                self.database.row("SELECT raw FROM entry WHERE device = ? AND seq = ?", place)[0]
            )
            known = self._tree = (place, tree_in(raw))
        return known[1]

    def put_in_force(self, device: Device, seq: int) -> bool:
        """Let the table of regions that this entry publishes count from now, unless a later one is in force.

        Later is what every station reads last: by clock, device and number.
        """
        newer = (self._clock_of(device.n, seq), device.id, seq)
        if newer < self.table_in_force():
            return False
        self.database.run("UPDATE district SET tree_device = ?, tree_seq = ?", (device.n, seq))
        return True

    def table_in_force(self) -> tuple[int, bytes, int]:
        """Clock, device and number of the table of regions that counts; zeros while there is none."""
        number, seq = self.database.row("SELECT tree_device, tree_seq FROM district")
        if number is None:
            return 0, b"", 0
        return self._clock_of(number, seq), Devices(self.database).id_of(number), seq

    def _clock_of(self, number: int, seq: int) -> int:
        (raw,) = self.database.row(
            "SELECT raw FROM entry WHERE device = ? AND seq = ?", (number, seq)
        )
        return read(bytes(raw), device=DeviceId(bytes(16)), seq=1, lineage={}).clock

    def codes_in_use(self, codes: Collection[str]) -> set[str]:
        """Those of these regions that a device or a code was given for, or that some entry is about."""
        marks = ", ".join("?" * len(codes))
        rows = self.database.rows(
            f"SELECT region FROM device WHERE region IN ({marks}) "
            f"UNION SELECT region FROM code WHERE region IN ({marks}) "
            f"UNION SELECT region FROM entry WHERE region IN ({marks})",
            (*codes, *codes, *codes),
        )
        return {region for (region,) in rows}

    # --- entries --------------------------------------------------------------------------------

    def digest_at(self, device: Device, seq: int) -> bytes | None:
        """The chain digest after entry `seq`, or None where the ledger does not have it."""
        certificate = device.certificate
        origin = certificate.continues
        if seq == (0 if origin is None else origin.seq):
            return genesis(certificate.device, origin)
        row = self.database.row(
            "SELECT digest FROM entry WHERE device = ? AND seq = ?", (device.n, seq)
        )
        return None if row is None else bytes(row[0])

    def digests(self, device: Device, first: int, last: int) -> dict[int, bytes]:
        rows = self.database.rows(
            "SELECT seq, digest FROM entry WHERE device = ? AND seq BETWEEN ? AND ?",
            (device.n, first, last),
        )
        return {seq: bytes(digest) for seq, digest in rows}

    def refusals(self, device: Device, first: int, last: int) -> list[Refusal]:
        """What was refused in this stretch, said again for whoever did not hear it."""
        rows = self.database.rows(
            "SELECT seq, code, facts FROM refusal WHERE device = ? AND seq BETWEEN ? AND ? ORDER BY seq",
            (device.n, first, last),
        )
        return [
            Refusal(None, seq, code, msgspec.msgpack.decode(bytes(facts), type=dict[str, Fact]))
            for seq, code, facts in rows
        ]

    def refused_seqs(self, device: Device) -> set[int]:
        """The numbers refused in a device's journal, those of the lives it continues too."""
        seqs: set[int] = set()
        seen: set[int] = set()
        last = None
        life: Device | None = device
        while life is not None and life.n not in seen:
            seen.add(life.n)
            rows = self.database.rows("SELECT seq FROM refusal WHERE device = ?", (life.n,))
            seqs.update(seq for (seq,) in rows if last is None or seq <= last)
            origin = life.certificate.continues
            last = origin.seq if origin else None
            life = Devices(self.database).known(origin.device) if origin else None
        return seqs

    def store(self, device: Device, entries: list[Stored], now_ms: int) -> None:
        """Write entries that follow on what is there, and advance what is accepted and how much was sent."""
        self.database.add(
            "entry",
            _ENTRY,
            [
                (
                    device.n,
                    e.seq,
                    e.region,
                    int(e.held),
                    now_ms,
                    e.digest,
                    e.raw,
                    *(e.subject or (None, None)),
                )
                for e in entries
            ],
        )
        refused = [e.refusal for e in entries if e.refusal is not None]
        if refused:
            self.database.add(
                "refusal",
                ("device", "seq", "code", "facts"),
                [(device.n, r.seq, r.code, msgspec.msgpack.encode(r.facts)) for r in refused],
            )
        self.database.run(
            "UPDATE device SET accepted_seq = ?, accepted_digest = ?, even_ms = ? WHERE n = ?",
            (
                entries[-1].seq,
                entries[-1].digest,
                quota.moved_on_ms(device.even_ms, quota.cost_ms(e.raw for e in entries), now_ms),
                device.n,
            ),
        )

    def count(self) -> int:
        return int(self.database.row("SELECT count(*) FROM entry")[0])


def accepted(device: Device) -> Accepted:
    return Accepted(device.accepted_seq, device.accepted_digest)


def base(device: Device) -> Accepted:
    """The place before a life's first entry."""
    certificate = device.certificate
    origin = certificate.continues
    return Accepted(0 if origin is None else origin.seq, chain.genesis(certificate.device, origin))


def tree_in(raw: bytes) -> RegionTree:
    """The table that an entry of kind regions.published publishes. Raises BadBody or BadRegions."""
    entry = read(raw, device=DeviceId(bytes(16)), seq=1, lineage={})
    body = decode_body(entry.kind, entry.version, entry.body or b"")
    assert isinstance(body, RegionsPublished)
    return RegionTree(body.regions)
