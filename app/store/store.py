"""A station's store, open: who it is, what it holds, and how a transaction begins."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from app.domain import history
from app.domain.case import Case
from app.domain.history import Waiting, replay
from app.domain.publications import Publications
from app.domain.regions import RegionCode
from app.errors import Refused
from app.journal import chain, clock, entry
from app.journal.certificate import Certificate
from app.journal.entry import Entry
from app.journal.refs import DeviceId, Ref
from app.store import database, identity
from app.store.identity import Identity
from app.store.journal import Journal
from app.store.rows import Rows
from app.store.transaction import LifeChanged, Transaction


class NotEnrolled(Refused):
    """The folder holds no store, or one whose identity is gone."""

    code = "not_enrolled"


class ExchangeFirst(Refused):
    """The store was restored from a backup: what it wrote now would bear numbers that were given since."""

    code = "exchange_first"


class Head(NamedTuple):
    """Where one's own journal ends."""

    seq: int
    digest: bytes
    clock: int


ATTACHMENTS = "attachments.db"
ATTACHMENT_MIGRATIONS = Path(__file__).parent / "attachment_migrations"

LIFE = "life"
"""The setting that says which device the journal was last written as."""

RESTORED = "restored"
"""The setting that says that a backup was restored here, and that no life of its own has begun since."""

AHEAD = "ahead"
"""The setting that says through which of one's own entries the wall clock was ahead, as the centre showed."""

WallClock = Callable[[], int]
"""Milliseconds since 1970."""

Connect = Callable[[Path, bytes], database.Database]
"""Opens the database in a file under its key."""


def wall_clock() -> int:
    return time.time_ns() // 1_000_000


class Store:
    """Made by `app.store.opening`. One thread at a time."""

    def __init__(
        self,
        folder: Path,
        key: bytes,
        db: database.Database,
        who: Identity,
        wall: WallClock = wall_clock,
        connect: Connect = database.connect,
    ) -> None:
        self.folder = folder
        self.key = key
        self.database = db
        self.identity = who
        self.wall = wall
        self.journal = Journal(db)
        self.rows = Rows(db, self.journal)
        self._publications: Publications | None = None
        self._published = -1
        self._connect = connect
        self._attachments: database.Database | None = None

    def close(self) -> None:
        self.database.close()
        if self._attachments is not None:
            self._attachments.close()
            self._attachments = None

    @property
    def attachments(self) -> database.Database:
        """The images of scans, in a database of their own (`app.store.attachments`); opened when first asked for.

        Raises DamagedDatabase, StoreTooNew, NoRoomToUpgrade.
        """
        if self._attachments is None:
            opened = self._connect(self.folder / ATTACHMENTS, self.key)
            try:
                database.bring_up_to_date(opened, ATTACHMENT_MIGRATIONS)
            except BaseException:
                opened.close()
                raise
            self._attachments = opened
        return self._attachments

    # --- who and where ----------------------------------------------------------------------------

    @property
    def device(self) -> DeviceId:
        return self.identity.device

    @property
    def certificate(self) -> Certificate:
        """Raises NotEnrolled while a new life has none yet."""
        own = self.identity.certificate
        if own is None:
            raise NotEnrolled
        return own

    @property
    def region(self) -> RegionCode:
        return RegionCode(self.certificate.region)

    @property
    def publications(self) -> Publications:
        """What has been published, as of the last look at the database."""
        published = int.from_bytes(self.recall("published") or b"", "big")
        if self._publications is None or published != self._published:
            self.journal.refresh()
            refused = self.journal.refused_all()
            self._publications = Publications.read(
                [one for one in self.journal.publications() if one.ref not in refused],
                [self.certificate],
            )
            self._published = published
        return self._publications

    @property
    def accepted_through(self) -> int:
        """How far the centre has one's own journal, by its last answer."""
        noted = self.recall("accepted")
        if noted is None:
            origin = self.certificate.continues
            return origin.seq if origin else 0
        return int.from_bytes(noted, "big")

    @property
    def is_restored(self) -> bool:
        """Whether it waits for its new life: a backup was restored, and the centre has not been heard since."""
        return self.recall(RESTORED) is not None

    # --- small state --------------------------------------------------------------------------------

    def recall(self, name: str) -> bytes | None:
        row = self.database.row("SELECT value FROM setting WHERE name = ?", (name,))
        return None if row is None else bytes(row[0])

    def remember(self, name: str, value: bytes) -> None:
        self.database.run(
            "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value)
        )

    # --- reading ------------------------------------------------------------------------------------

    def head(self) -> Head:
        """The end of one's own journal; before its first entry, where the life began."""
        row = self.database.row(
            "SELECT seq, digest, wire FROM entry WHERE device = ? AND digest IS NOT NULL "
            "ORDER BY seq DESC LIMIT 1",
            (self.journal.number_of(self.device),),
        )
        if row is not None:
            last = entry.read(
                bytes(row[2]), device=self.device, seq=row[0], lineage=self.journal.lineage
            )
            return Head(row[0], bytes(row[1]), last.clock)
        origin = self.certificate.continues
        return Head(origin.seq if origin else 0, chain.genesis(self.device, origin), 0)

    def next_clock(self) -> int:
        """The hybrid clock of an entry that is written now: after what was written and seen before.

        What one wrote while the wall clock ran far ahead does not count: else all that follows would bear that time.
        """
        observed = int.from_bytes(self.recall("clock") or b"", "big")
        head = self.head()
        ahead_through = int.from_bytes(self.recall(AHEAD) or b"", "big")
        last = observed if head.seq <= ahead_through else max(head.clock, observed)
        return clock.tick(last, self.wall())

    def history(self, subject: Ref) -> list[Entry]:
        """Every entry of a subject that is here, refused ones too."""
        return self.journal.of_subject(subject)

    def case(self, subject: Ref) -> Case | Waiting | None:
        """A case, read from its entries."""
        entries = self.journal.of_subject(subject)
        refused = self.journal.refused([one.ref for one in entries])
        return replay(entries, self.publications, refused)

    def reading_order(self, entries: Collection[Entry]) -> tuple[list[Entry], list[Entry]]:
        """Entries of one subject as every machine reads them, and those that wait for another."""
        return history.reading_order(entries, self.publications)

    # --- writing ------------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """One write transaction of somebody who acts. Raises LifeChanged, ExchangeFirst."""
        with self.changing():
            # What is written under a life that has ended would never be sent.
            if self.follow_life():
                raise LifeChanged
            if self.is_restored:
                raise ExchangeFirst
            yield Transaction(self)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """One write transaction; nothing of it remains if the block raises, in memory neither."""
        published = self._published
        try:
            with self.database.writing():
                yield
        except BaseException:
            if self._published != published:
                self._publications = None
            self.journal.forget()
            raise

    def note_publication(self) -> None:
        """Tell every process that publications have changed; inside a transaction."""
        published = int.from_bytes(self.recall("published") or b"", "big")
        self.remember("published", (published + 1).to_bytes(8, "big"))

    def follow_life(self) -> bool:
        """Take up the identity of the present life; True if another process has begun one since."""
        if self.recall(LIFE) == self.device:
            return False
        current = identity.kept(self.folder, self.key)
        if current is not None:
            self.identity = current
            self._publications = None
        return True
