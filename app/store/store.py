"""A station's store, open: its journal, its rows, its publications, and one way to write."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from app.domain import events, rules
from app.domain.case import Case
from app.domain.events import Body
from app.domain.history import Waiting, replay
from app.domain.publications import OperatorCard, Publications
from app.domain.regions import RegionCode, Tier
from app.errors import Refused
from app.journal import chain, clock, entry
from app.journal.certificate import Certificate
from app.journal.entry import MAX_HEADS, Draft, Entry
from app.journal.order import in_order
from app.journal.refs import DeviceId, Ref
from app.store import database, identity
from app.store.identity import Identity
from app.store.journal import Journal, is_publication
from app.store.rows import Rows


class NotEnrolled(Refused):
    """The folder holds no store, or one whose identity is gone."""

    code = "not_enrolled"


class Head(NamedTuple):
    """Where one's own journal ends."""

    seq: int
    digest: bytes
    clock: int


LIFE = "life"
"""The setting that says which device the journal was last written as."""
_WAITS_NO_MORE = "DELETE FROM waiting WHERE subject_device = ? AND subject_seq = ?"

WallClock = Callable[[], int]
"""Milliseconds since 1970."""


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

    def close(self) -> None:
        self.database.close()

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
            "SELECT seq, digest, wire FROM entry WHERE device = ? ORDER BY seq DESC LIMIT 1",
            (self.journal.number_of(self.device),),
        )
        if row is not None:
            last = entry.read(
                bytes(row[2]), device=self.device, seq=row[0], lineage=self.journal.lineage
            )
            return Head(row[0], bytes(row[1]), last.clock)
        origin = self.certificate.continues
        return Head(origin.seq if origin else 0, chain.genesis(self.device, origin), 0)

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
        return in_order(entries, self.publications.tier_of)

    # --- writing ------------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """One write transaction of somebody who acts. Raises LifeChanged."""
        with self.changing():
            self._check_life()
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

    def _check_life(self) -> None:
        """What another process wrote under a life that has ended since would never be sent."""
        if self.recall(LIFE) != self.device:
            current = identity.kept(self.folder, self.key)
            if current is not None:
                self.identity = current
                self._publications = None
            raise LifeChanged


class Transaction:
    """What may be done inside `Store.writing`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def case(self, subject: Ref) -> Case:
        """Raises NotFound-like errors through the caller: the subject must be a readable case."""
        found = self._store.case(subject)
        if not isinstance(found, Case):
            raise CaseUnreadable(missing=found.missing if found else "refused")
        return found

    def record(
        self, body: Body, *, by: OperatorCard, case: Case | None = None, region: str | None = None
    ) -> Case:
        """Write what somebody did to a case (or the entry that opens one), with its rows and its search text.

        Raises what `app.domain.rules.after` raises; then nothing is written.
        """
        store = self._store
        if case is not None and case.needs_upgrade:
            raise NeedsUpgrade(number=case.local_number.text)
        head = store.head()
        setting = rules.Setting(
            ref=Ref(store.device, head.seq + 1),
            region=RegionCode(region or (case.region if case else store.region)),
            writer=rules.Writer(
                region=store.region, tier=Tier(store.certificate.tier), roles=frozenset(by.roles)
            ),
            publications=store.publications,
        )
        rules.may_write(case, body, setting)
        changed = rules.after(case, body, setting)
        self._append(
            body,
            head,
            by=by.ref,
            subject=case.subject if case else None,
            after=case.heads[-MAX_HEADS:] if case else (),
            region=setting.region,
        )
        if case is not None and len(case.heads) > MAX_HEADS:
            changed = self.case(case.subject)  # what was left unnamed is still a head
        store.rows.save([changed], store.publications)
        return changed

    def publish(
        self, body: Body, *, by: Ref | None, subject: Ref | None = None, after: tuple[Ref, ...] = ()
    ) -> Entry:
        """Write a publication of one's own region."""
        store = self._store
        written = self._append(
            body, store.head(), by=by, subject=subject, after=after, region=store.region
        )
        bump_published(store)
        return written

    def running_number(self, series: str) -> int:
        """The next number of a series in this device's slot; it is used up if the transaction succeeds."""
        (last,) = self._store.database.row(
            "INSERT INTO running (series, slot, last) VALUES (?, ?, 1) "
            "ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last",
            (series, self._store.certificate.slot_text),
        )
        return int(last)

    def _append(
        self,
        body: Body,
        head: Head,
        *,
        by: Ref | None,
        subject: Ref | None,
        after: tuple[Ref, ...],
        region: str,
    ) -> Entry:
        store = self._store
        kind, version = events.name_of(body)
        observed = int.from_bytes(store.recall("clock") or b"", "big")
        written = entry.write(
            Draft(
                kind=kind,
                version=version,
                region=region,
                body=events.encode_body(body),
                actor=by,
                subject=subject,
                after=after,
            ),
            device=store.device,
            seq=head.seq + 1,
            clock=clock.tick(max(head.clock, observed), store.wall()),
            lineage=store.journal.lineage,
        )
        store.journal.add([(written, chain.link(head.digest, written), False)])
        return written


class NeedsUpgrade(Refused):
    """A newer program wrote something on this case; acts on it wait for the upgrade (fact: number)."""

    code = "needs_upgrade"


class LifeChanged(Refused):
    """Another process began a new life of this device just now; the same act works when it is tried again."""

    code = "life_changed"


class CaseUnreadable(Refused):
    """A case that waits for something that has not come down yet (fact: missing)."""

    code = "case_unreadable"


def bump_published(store: Store) -> None:
    """Tell every process that publications have changed; inside a transaction."""
    published = int.from_bytes(store.recall("published") or b"", "big")
    store.remember("published", (published + 1).to_bytes(8, "big"))


def refold(
    store: Store, subjects: Collection[Ref], fresh: dict[Ref, list[Entry]] | None = None
) -> None:
    """Read cases again from their entries and bring their rows up to date; inside a transaction.

    `fresh` holds subjects all of whose entries the caller has in hand.
    """
    publications = store.publications
    any_refused = bool(store.journal.refused_all())
    cases: list[Case] = []
    settled: list[tuple[int, int]] = []
    for subject in subjects:
        entries = (fresh or {}).get(subject) or store.journal.of_subject(subject)
        refused = store.journal.refused([one.ref for one in entries]) if any_refused else ()
        if not entries or is_publication(entries[0].kind):
            continue
        told = replay(entries, publications, refused)
        pair = store.journal.pair(subject)
        if isinstance(told, Case):
            cases.append(told)
            settled.append(pair)
            continue
        store.rows.forget(subject)
        if told is not None:
            store.database.run(
                "INSERT OR REPLACE INTO waiting (subject_device, subject_seq, missing) VALUES (?, ?, ?)",
                (*pair, told.missing),
            )
        else:
            settled.append(pair)
    store.database.run_many(_WAITS_NO_MORE, settled)
    store.rows.save(cases, publications)
