"""Stores with many cases, built once and kept beside the system's other temporary files.

They are thrown away when the code that writes them changes.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path

import click

import app
import resources
from app.domain.events import Role
from app.domain.regions import RegionCode, Tier
from app.domain.staff import OperatorCard
from app.journal import chain, clock, entry
from app.journal.entry import Entry
from app.store import identity
from app.store.exchange import Incoming, Run
from app.store.folding import refold
from app.store.intake import take_in
from app.store.keyslots import Unlock
from app.store.opening import open_store
from app.store.store import Store, wall_clock
from app.usecases import enrolment, operators
from tests.benchmarks.district import District, drafted
from tests.benchmarks.people import People

UNLOCK = Unlock(passphrase="benchmark")
OPERATOR = "窗口"
_SEED = 20_261_121
_ANSWER = 10_000
_AT_A_TIME = 5_000
_OLD_S = 86_400


def new_station(folder: Path, district: District) -> Store:
    """An empty store of the district's own window, in a folder that is not there yet."""
    folder.mkdir(parents=True)
    (folder / identity.FILE).touch()  # then the keyring of whoever measures is left alone
    who = district.identity(RegionCode("450305"), Tier.DISTRICT, "七星区政务服务中心")
    return enrolment.settle(folder, UNLOCK, who=who)


def hand_over(store: Store, runs: list[Run], cursor: bytes = b"1") -> int:
    """Give a store what the centre's answer would have carried; returns how many entries were new."""
    incoming = Incoming(
        accepted_seq=0,
        accepted_digest=b"",
        verdicts=[],
        runs=runs,
        cursor=cursor,
        centre_ms=wall_clock(),
    )
    return take_in(store, incoming)


def register_many(store: Store, people: People, number: int, by: OperatorCard) -> None:
    """As `registration.register` would have over two years, thousands in one transaction."""
    village = store.publications.tree.region(store.region)
    counts: dict[date, int] = {}
    moments = people.moments(number)
    while some := list(islice(moments, _AT_A_TIME)):
        with store.changing():
            head = store.head()
            digest, last = head.digest, head.clock
            written: list[tuple[Entry, bytes, bool]] = []
            for seq, (day, ms) in enumerate(some, head.seq + 1):
                counts[day] = counts.get(day, 0) + 1
                request = people.request(village, day, store.certificate.slot_text, counts[day])
                last = clock.tick(last, ms)
                one = entry.write(
                    drafted(request, store.region, by.ref),
                    device=store.device,
                    seq=seq,
                    clock=last,
                    lineage={},
                )
                digest = chain.link(digest, one)
                written.append((one, digest, False))
            store.journal.add(written)
            refold(
                store, [one.ref for one, _, _ in written], {one.ref: [one] for one, _, _ in written}
            )


@contextmanager
def copy_with(cases: int) -> Iterator[Store]:
    """A store with so many cases, to be written to and thrown away."""
    with scratch() as folder:
        shutil.copytree(_built(cases), folder / "store")
        store = open_store(folder / "store", UNLOCK)
        try:
            yield store
        finally:
            store.close()


@contextmanager
def opened(cases: int) -> Iterator[Store]:
    """A store with so many cases, to be read."""
    store = open_store(_built(cases), UNLOCK)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder on the same disk as the stores."""
    with tempfile.TemporaryDirectory(prefix="scratch-", dir=_cache()) as name:
        yield Path(name)


def _built(cases: int) -> Path:
    folder = _cache() / f"cases-{cases}"
    if not folder.exists():
        started = time.monotonic()
        click.echo(f"building a store with {cases:,} cases …", nl=False)
        with scratch() as work:
            _build(work / "store", cases)
            (work / "store").rename(folder)
        click.echo(f"{time.monotonic() - started:.0f} s")
    return folder


def _build(folder: Path, cases: int) -> None:
    district = District()
    store = new_station(folder, district)
    hand_over(store, [district.publications()])
    operators.add(store, OPERATOR, Role.CLERK)
    district.register(cases, People(_SEED, district.catalogue.items))
    for runs in district.answers(_ANSWER):
        hand_over(store, runs)
    store.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()


def _cache() -> Path:
    user = os.environ.get("USER", "")
    cache = Path(tempfile.gettempdir()) / f"daiban-bench-{user or os.getuid()}" / _digest()
    if not cache.exists():
        cache.mkdir(parents=True)
        for older in cache.parent.iterdir():  # built by code that is no more
            if time.time() - older.stat().st_mtime > _OLD_S:
                shutil.rmtree(older, ignore_errors=True)
    return cache


@cache
def _digest() -> str:
    """Of all that has a say in what a store holds."""
    rooms = [Path(app.__file__).parent / room for room in ("domain", "journal", "store")]
    files = [file for room in rooms for file in sorted(room.rglob("*.py"))]
    files += [Path(__file__).with_name(name) for name in ("district.py", "people.py", "stores.py")]
    files += [resources.path("catalogue/items.json"), resources.path("regions/450305-qixing.csv")]
    total = sha256()
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()[:16]
