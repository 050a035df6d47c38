"""Possible duplicates: pairs of cases that may be one request, kept up to date with their rows.

A pair follows from its two cases and the district's settings alone, so it is the same whichever case came first.
Nothing is scanned: whoever may be a pair shares a key (`app.store.likeness`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice
from operator import itemgetter
from types import MappingProxyType

import msgspec

from app.domain.case import Case
from app.domain.history import replay
from app.domain.publications import Publications
from app.journal.refs import Ref
from app.store import likeness
from app.store.database import Database
from app.store.journal import ASKED_AT_ONCE, Journal
from app.store.likeness import Asked, Likeness, Reason, Strength
from app.store.row_drafts import RowDraft

KEY_COLUMNS = ("key", "day", "case_n", "party", "item", "phone", "birthday", "address")
PAIR_COLUMNS = ("case_n", "other_n", "strength", "reasons", "judged")
_INSERT_KEY = f"INSERT INTO alike_key ({', '.join(KEY_COLUMNS)})"
_DELETE_KEY = "DELETE FROM alike_key WHERE key = ? AND day = ? AND case_n = ? AND party = ?"
_INSERT_PAIR = (
    f"INSERT OR REPLACE INTO duplicate_row ({', '.join(PAIR_COLUMNS)}) VALUES (?, ?, ?, ?, ?)"
)
_AGREE = "b.phone = a.phone OR b.birthday = a.birthday OR b.address = a.address"
_AT_A_TIME = 2000

_KeyRow = tuple[int, int, int, int, str, int | None, int | None, int | None]
_NO_KEYS: frozenset[_KeyRow] = frozenset()
_by_key = itemgetter(0, 1, 2, 3)


class Judged(StrEnum):
    """What a person said of a pair; nobody yet, while it is open."""

    OPEN = "open"
    SAME = "same"
    DIFFERENT = "different"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return {"open": "可能重复", "same": "重复件", "different": "不是同一件"}[self]


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """The other case by its place in lists, how it is like this one, and what was said of it."""

    other_n: int
    likeness: Likeness
    judged: Judged


class DuplicateRows:
    """Writes and reads the pairs of one store."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal

    # --- writing ----------------------------------------------------------------------------------

    def save(
        self,
        drafts: Iterable[tuple[int, RowDraft]],
        publications: Publications,
        had: Collection[int],
        known: Mapping[Ref, Case] = MappingProxyType({}),
    ) -> None:
        """Bring the pairs of these cases up to date, each with its place; only those in `had` may have some.

        `known` are those of them that the caller has in hand, so that they need not be read again.
        """
        before = self._keys_of(had)
        paired = self._paired(had)
        gone: list[tuple[int, ...]] = []
        new: list[_KeyRow] = []
        changed: dict[int, Case | None] = {}
        for n, drawn in drafts:
            now = _key_rows(n, drawn)
            old = before.get(n, _NO_KEYS)
            if now != old:
                gone += [row[:4] for row in old - now]
                new += now - old if old else now
            if now != old or n in paired:
                changed[n] = known.get(drawn.subject)
        self._database.run_many(_DELETE_KEY, gone)
        self._database.insert_rows(_INSERT_KEY, sorted(new, key=_by_key))
        self._unpair(paired)
        self._pair(changed, publications)

    def again(self, publications: Publications) -> None:
        """Find every pair anew: the district counts other days, or other items as related."""
        self._database.run("DELETE FROM duplicate_row")
        every = self._database.rows("SELECT DISTINCT case_n FROM alike_key ORDER BY case_n")
        places = (n for (n,) in every)
        while some := list(islice(places, _AT_A_TIME)):
            found = self._sharing(some, publications)
            cases = self._read({n for pair in found for n in pair}, publications)
            self._keep(found, cases, publications)

    def forget(self, n: int) -> None:
        """Take away the pairs of a case."""
        self._unpair(self._paired([n]))
        self._database.run("DELETE FROM alike_key WHERE case_n = ?", (n,))

    def clear(self) -> None:
        for table in ("alike_key", "duplicate_row"):
            self._database.run(f"DELETE FROM {table}")

    def _pair(self, changed: Mapping[int, Case | None], publications: Publications) -> None:
        found = self._sharing(list(changed), publications)
        if not found:
            return
        among = {n for pair in found for n in pair}
        cases = {n: case for n in among if (case := changed.get(n)) is not None}
        self._keep(found, cases | self._read(among - cases.keys(), publications), publications)

    def _keep(
        self,
        found: Iterable[tuple[int, int]],
        cases: Mapping[int, Case],
        publications: Publications,
    ) -> None:
        """Write those of these couples that are pairs, from either side."""
        rows: dict[tuple[int, int], tuple[object, ...]] = {}
        for one, other in {(min(pair), max(pair)) for pair in found}:
            if one not in cases or other not in cases:
                continue  # it cannot be read yet, and finds the other when it can
            alike = _alike(cases[one], cases[other], publications)
            if alike is None:
                continue
            reasons = " ".join(alike.reasons)
            said = judged(cases[one], cases[other])
            for n, m in ((one, other), (other, one)):
                rows[n, m] = (n, m, alike.strength.value, reasons, said.value)
        self._database.run_many(_INSERT_PAIR, list(rows.values()))

    def _unpair(self, places: Collection[int]) -> None:
        for n in places:
            self._database.run(
                "DELETE FROM duplicate_row WHERE (case_n, other_n) IN "
                "(SELECT other_n, case_n FROM duplicate_row WHERE case_n = ?)",
                (n,),
            )
            self._database.run("DELETE FROM duplicate_row WHERE case_n = ?", (n,))

    def _sharing(self, places: Sequence[int], publications: Publications) -> set[tuple[int, int]]:
        """Couples of one of these cases and another that share a key, within the longest time that ever counted."""
        days, related = _widest(publications), _is_any_related(publications)
        found: set[tuple[int, int]] = set()
        for some in _slices(places):
            rows = self._database.rows(
                "SELECT a.case_n, b.case_n FROM alike_key a CROSS JOIN alike_key b "
                "ON b.key = a.key AND b.day BETWEEN a.day - ? AND a.day + ? AND b.case_n <> a.case_n "
                f"WHERE a.case_n IN ({_marks(some)}) AND (? OR b.item = a.item) AND ({_AGREE})",
                (days, days, *some, related),
            )
            found.update(rows)
        return found

    def _read(self, places: Collection[int], publications: Publications) -> dict[int, Case]:
        """The cases at these places, from their entries: their rows may be older."""
        subjects: dict[Ref, int] = {}
        for some in _slices(list(places)):
            rows = self._database.rows(
                f"SELECT n, subject_device, subject_seq FROM case_row WHERE n IN ({_marks(some)})",
                tuple(some),
            )
            subjects |= {self._journal.ref(*pair): n for n, *pair in rows}
        refused = self._journal.refused_all() if subjects else ()
        told = {
            n: replay(entries, publications, refused)
            for n, entries in (
                (subjects[one], every)
                for one, every in self._journal.of_subjects(list(subjects)).items()
            )
        }
        return {n: case for n, case in told.items() if isinstance(case, Case)}

    # --- reading ----------------------------------------------------------------------------------

    def of(self, n: int) -> list[Pair]:
        """The pairs of a case, the surest and newest first; those that are different too."""
        rows = self._database.rows(
            "SELECT other_n, strength, reasons, judged FROM duplicate_row WHERE case_n = ? "
            "ORDER BY strength = 'same' DESC, other_n DESC",
            (n,),
        )
        return [
            Pair(
                other_n=other,
                likeness=Likeness(
                    strength=Strength(strength), reasons=tuple(map(Reason, reasons.split()))
                ),
                judged=Judged(said),
            )
            for other, strength, reasons, said in rows
        ]

    def is_open(self, subject: Ref) -> bool:
        """Whether a case may repeat another, and nobody has said yet."""
        return (
            self._database.row(
                "SELECT 1 FROM duplicate_row JOIN case_row ON n = case_n "
                "WHERE subject_device = ? AND subject_seq = ? AND judged = 'open'",
                self._journal.pair(subject),
            )
            is not None
        )

    def waiting(self) -> int:
        """How many cases that something is still to be done for may repeat another, and nobody has said yet."""
        (number,) = self._database.row(
            "SELECT count(DISTINCT case_n) FROM duplicate_row JOIN case_row ON n = case_n "
            "WHERE judged = 'open' AND todo <> ''"
        )
        return int(number)

    def marks(self, places: Sequence[int]) -> dict[int, Judged]:
        """What a list says of each of these cases: an open pair before one that is the same; others say nothing."""
        found: dict[int, Judged] = {}
        for some in _slices(places):
            rows = self._database.rows(
                "SELECT case_n, max(judged = 'open') FROM duplicate_row "
                f"WHERE case_n IN ({_marks(some)}) AND judged <> 'different' GROUP BY case_n",
                tuple(some),
            )
            found |= {n: Judged.OPEN if is_open else Judged.SAME for n, is_open in rows}
        return found

    def like(self, asked: Asked, publications: Publications) -> list[tuple[int, Likeness]]:
        """The cases that a request may repeat which is not registered yet, the surest and newest first."""
        days, related = _widest(publications), _is_any_related(publications)
        day = asked.on.toordinal()
        places: set[int] = set()
        for key in likeness.keys(asked):
            rows = self._database.rows(
                "SELECT case_n FROM alike_key WHERE key = ? AND day BETWEEN ? AND ? "
                "AND (? OR item = ?) AND (phone = ? OR birthday = ? OR address = ?)",
                (key.key, day - days, day + days, related, asked.item, *key[2:]),
            )
            places.update(n for (n,) in rows)
        found = []
        for n, case in self._read(places, publications).items():
            other = likeness.asked_of(case)
            alike = other and _close(asked, other, publications) and likeness.compare(asked, other)
            if alike:
                found.append((n, alike))
        return sorted(found, key=lambda one: (one[1].strength is not Strength.SAME, -one[0]))

    def _keys_of(self, places: Collection[int]) -> dict[int, frozenset[_KeyRow]]:
        found: dict[int, set[_KeyRow]] = {}
        for some in _slices(list(places)):
            for row in self._database.rows(
                f"SELECT {', '.join(KEY_COLUMNS)} FROM alike_key WHERE case_n IN ({_marks(some)})",
                tuple(some),
            ):
                found.setdefault(row[2], set()).add(row)
        return {n: frozenset(rows) for n, rows in found.items()}

    def _paired(self, places: Collection[int]) -> set[int]:
        found: set[int] = set()
        for some in _slices(list(places)):
            rows = self._database.rows(
                f"SELECT DISTINCT case_n FROM duplicate_row WHERE case_n IN ({_marks(some)})",
                tuple(some),
            )
            found.update(n for (n,) in rows)
        return found


def judged(one: Case, other: Case) -> Judged:
    """What was said last of two cases, on either; of one day's sayings, that they are the same."""
    said = [
        (comparison.on, comparison.same)
        for this, that in ((one, other), (other, one))
        for comparison in this.compared
        if comparison.other == that.subject
    ]
    if not said:
        return Judged.OPEN
    return Judged.SAME if max(said)[1] else Judged.DIFFERENT


def _alike(one: Case, other: Case, publications: Publications) -> Likeness | None:
    this, that = likeness.asked_of(one), likeness.asked_of(other)
    if this is None or that is None or not _close(this, that, publications):
        return None
    return likeness.compare(this, that)


def _close(one: Asked, other: Asked, publications: Publications) -> bool:
    """Whether two requests are for one item, or related ones, within the days that counted when the later came."""
    settings = publications.settings(max(one.on, other.on))
    if abs(one.on - other.on) > timedelta(days=settings.duplicate_days):
        return False
    items = {one.item, other.item}
    return len(items) == 1 or any(items <= set(group.items) for group in settings.related)


def _widest(publications: Publications) -> int:
    return max(one.duplicate_days for one in publications.every_settings)


def _is_any_related(publications: Publications) -> bool:
    return any(one.related for one in publications.every_settings)


def counted_otherwise(before: Publications, after: Publications) -> bool:
    """Whether other pairs follow from the same cases."""
    return _rules(before) != _rules(after)


def _rules(publications: Publications) -> list[tuple[date, int, object]]:
    return [(one.effective, one.duplicate_days, one.related) for one in publications.every_settings]


def _key_rows(n: int, drawn: RowDraft) -> frozenset[_KeyRow]:
    day, item = drawn.day, drawn.item
    return frozenset(
        [
            (key, day, n, party, item, phone, birthday, address)
            for key, party, phone, birthday, address in drawn.keys
        ]
    )


def _slices(places: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(places), ASKED_AT_ONCE):
        yield places[start : start + ASKED_AT_ONCE]


def _marks(some: Sequence[int]) -> str:
    return ", ".join("?" * len(some))
