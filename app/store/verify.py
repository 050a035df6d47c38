"""Checking a store: the chain of one's own lives, the form of every entry, and that a rebuild gives the same rows."""

from __future__ import annotations

from typing import Any

import msgspec

from app.domain import events
from app.errors import DaibanError
from app.journal import certificate, chain
from app.journal.refs import DeviceId
from app.store import attachment_upkeep, paper_copies
from app.store.archive_rows import COLUMNS as ARCHIVE_COLUMNS
from app.store.lives import digest_after
from app.store.paper_rows import COLUMNS as PAPER_COLUMNS
from app.store.rebuild import rebuild
from app.store.rows import COLUMNS
from app.store.side_rows import CARD_COLUMNS
from app.store.store import Store

_AT_A_TIME = 2000
# A rebuild closes gaps between places in lists (n) and keeps their order.
_PLACES = "(SELECT n, row_number() OVER (ORDER BY n) AS nth FROM case_row)"
_CASES = f"SELECT nth, {', '.join(COLUMNS)} FROM case_row JOIN {_PLACES} USING (n) ORDER BY nth"
_PAPERS = (
    f"SELECT nth, {', '.join(PAPER_COLUMNS)} FROM paper_row JOIN {_PLACES} ON n = case_n "
    "ORDER BY issued_on, device, seq"
)
_TASKS = (
    f"SELECT nth, kind, at, who FROM side_task JOIN {_PLACES} ON n = case_n ORDER BY 1, 2, 3, 4"
)
_CARDS = (
    f"SELECT nth, {', '.join(CARD_COLUMNS)} FROM card_row JOIN {_PLACES} ON n = case_n "
    "ORDER BY nth, cause, since, grade"
)
_KEYS = (
    "SELECT nth, key, day, party, item, phone, birthday, address FROM alike_key "
    f"JOIN {_PLACES} ON n = case_n ORDER BY nth, key, party"
)
_PAIRS = (
    "SELECT one.nth, other.nth, strength, reasons, judged FROM duplicate_row "
    f"JOIN {_PLACES} one ON one.n = case_n JOIN {_PLACES} other ON other.n = other_n ORDER BY 1, 2"
)
_ARCHIVE = f"SELECT nth, {', '.join(ARCHIVE_COLUMNS)} FROM archive_row JOIN {_PLACES} ON n = case_n ORDER BY nth"
_SHEETS = "SELECT * FROM sheet ORDER BY device, seq, place"
_RUNNING = "SELECT * FROM running ORDER BY series, slot"
_WAITING = "SELECT * FROM waiting ORDER BY subject_device, subject_seq"
_WORDS = f"SELECT term, nth FROM case_term JOIN {_PLACES} ON n = doc ORDER BY 1, 2"


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """`problems` are codes with their place, empty when all is well."""

    entries: int
    own: int
    foreign: int
    problems: list[str]

    @property
    def ok(self) -> bool:
        return not self.problems


class _TakeBack(Exception):
    """Not an error: it ends a transaction that must leave nothing."""


def verify(store: Store) -> Verified:
    """Look at everything; nothing is changed."""
    if pages := damaged_pages(store):  # nothing more can be asked of it
        return Verified(entries=0, own=0, foreign=0, problems=pages)
    total, own = store.journal.count(), 0
    problems = _unreadable(store) or _false_certificates(store)
    if not problems:
        for device in store.journal.lives_of(store.device):
            count, found = _broken_chain(store, device)
            own += count
            problems += found
    if not problems:
        problems = _other_rows(store) + _damaged_copies(store) + attachment_upkeep.damaged(store)
    return Verified(entries=total, own=own, foreign=total - own, problems=problems)


def damaged_pages(store: Store) -> list[str]:
    """Pages of the file that are not as they were written; nothing but SQLite is held up meanwhile."""
    # SQLCipher's own check covers each page's HMAC; SQLite's covers the trees.
    found = store.database.rows("PRAGMA cipher_integrity_check")
    if not found:
        found = [row for row in store.database.rows("PRAGMA quick_check") if row[0] != "ok"]
    return [f"page:{row[0]}" for row in found]


def _unreadable(store: Store) -> list[str]:
    problems = []
    cursor = store.database.run("SELECT device, seq, wire FROM entry")
    for row in cursor:
        try:
            store.journal.entry(row)
        except DaibanError as error:
            problems.append(f"{error.code}:{store.journal.device_of(row[0]).hex()}:{row[1]}")
    return problems


def _false_certificates(store: Store) -> list[str]:
    """Certificates that the district did not sign; the only signatures a station has to believe."""
    problems = []
    for one in store.journal.publications():
        if one.kind != "device.certified" or not events.is_known(one.kind, one.version):
            continue
        if one.body is not None:
            try:
                body = events.decode_body(one.kind, one.version, one.body)
                assert isinstance(body, events.DeviceCertified)
                certificate.opened(body.certificate, store.identity.district_public)
            except DaibanError as error:
                problems.append(f"{error.code}:{one.ref}")
    return problems


def _damaged_copies(store: Store) -> list[str]:
    """Kept pages of documents that are not those that were issued, or of which no entry tells."""
    problems = []
    for device, seq in store.database.rows("SELECT device, seq FROM paper_copy"):
        ref = store.journal.ref(device, seq)
        one = store.journal.one(ref)
        body = (
            events.decode_body(one.kind, one.version, one.body)
            if one is not None and one.body is not None
            else None
        )
        pdf = paper_copies.kept(store, ref)
        if not (
            isinstance(body, events.PaperIssued | events.ReceiptsReserved)
            and pdf is not None
            and body.is_of(pdf)
        ):
            problems.append(f"paper_copy:{ref}")
    return problems


def _broken_chain(store: Store, device: DeviceId) -> tuple[int, list[str]]:
    origin = store.journal.lineage.get(device)
    seq = origin.seq if origin else 0
    digest = chain.genesis(device, origin)
    count = 0
    if (
        origin is not None
        and digest_after(store.journal, origin.device, origin.seq) != origin.digest
    ):
        return 0, [f"continuation:{device.hex()}:{origin.seq}"]
    while run := store.journal.run(device, seq + 1, _AT_A_TIME):
        for one, kept in run:
            if kept is None:  # a later stretch of an older life, which came back from the centre
                return count, []
            if one.seq != seq + 1:
                return count, [f"gap:{device.hex()}:{seq + 1}"]
            digest = chain.link(digest, one)
            if kept != digest:
                return count, [f"chain:{device.hex()}:{one.seq}"]
            seq = one.seq
            count += 1
    return count, []


def _other_rows(store: Store) -> list[str]:
    """Which tables a rebuild would change."""
    problems: list[str] = []
    try:
        with store.changing():
            if not store.rows.unread.is_empty():  # another program is just making them
                return []
            before = _tables(store)
            rebuild(store)
            after = _tables(store)
            problems = [f"rows:{name}" for name in before if before[name] != after[name]]
            raise _TakeBack
    except _TakeBack:
        pass
    return problems


def _tables(store: Store) -> dict[str, list[Any]]:
    queries = {
        "case_row": _CASES, "paper_row": _PAPERS, "side_task": _TASKS, "card_row": _CARDS, "archive_row": _ARCHIVE,
        "alike_key": _KEYS, "duplicate_row": _PAIRS, "sheet": _SHEETS, "running": _RUNNING, "waiting": _WAITING,
        "case_text": _WORDS,
    }  # fmt: skip
    return {name: store.database.rows(sql) for name, sql in queries.items()}
