"""Applicants among the rows of cases: found by what people say of themselves at the counter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.store import search
from app.store.store import Store

_MOST = 400
"""Cases that one question looks at, the newest; whoever has more in common says a little more."""
_WHOLE_ID = 15
_PHONE_BEGINS, _PHONE_PREFIX = "1", 5
_ID_PREFIX = 13  # beyond the code of a village, with which every local number begins
_COLUMNS = "c.n, c.applicant, c.id_number, c.phone, c.station"


class Seen(NamedTuple):
    """The applicant of one case, as its row has them."""

    n: int
    name: str
    id_number: str
    phone: str
    station: str

    @property
    def person(self) -> tuple[str, ...]:
        """Who it is: an identity number is one person's, else a name with a telephone."""
        return (self.id_number,) if self.id_number else (self.name, self.phone)


def seen(store: Store, text: str) -> list[Seen]:
    """Cases whose applicant has this in their name or numbers, the newest first."""
    plain = search.normal(text)
    found: dict[int, Seen] = {}
    if search.looks_like_number(text):
        found.update((one.n, one) for one in _numbered(store, text, plain))
    if not plain.removesuffix("x").isdigit():
        found.update((one.n, one) for one in _named(store, text))
    return [found[n] for n in sorted(found, reverse=True)]


def cases_of(store: Store, one: Seen) -> list[int]:
    """The rows of all cases of a person, the newest first; of somebody without any number only this one."""
    if one.id_number:
        docs = _docs(store, "term = ?", search.number_term(one.id_number))
        return [other.n for other in _rows(store, docs) if other.id_number == one.id_number]
    if one.phone:
        docs = _docs(store, "term = ?", search.number_term(one.phone))
        return [other.n for other in _rows(store, docs) if other.person == one.person]
    return [one.n]


def _named(store: Store, text: str) -> list[Seen]:
    asked = search.question(text)
    if asked is None:
        return []
    rows = _matching(store, asked)
    if not search.needs_check(text):
        return rows
    letters = search.letters(text)
    return [row for row in rows if letters in search.letters(row.name)]


def _numbered(store: Store, text: str, plain: str) -> list[Seen]:
    if len(plain) >= _WHOLE_ID:
        whole = _rows(store, _docs(store, "term = ?", search.number_term(text)))
        if whole:
            return whole
    said = search.said_question(text)
    rows = [] if said is None else _matching(store, said)
    if len(plain) <= search.SHORTEST_SUFFIX:
        return rows
    begins, *ends = search.number_ranges(text)
    is_begun = len(plain) >= _ID_PREFIX or (
        plain.startswith(_PHONE_BEGINS) and len(plain) >= _PHONE_PREFIX
    )
    for low, high in [*ends, begins] if is_begun else ends:
        docs = _docs(store, "term >= ? AND term < ?", low, high)
        rows += [row for row in _rows(store, docs) if _bears(row, plain)]
    return rows


def _bears(row: Seen, plain: str) -> bool:
    numbers = (search.normal(row.id_number), search.normal(row.phone))
    return any(number.startswith(plain) or number.endswith(plain) for number in numbers)


def _matching(store: Store, asked: str) -> list[Seen]:
    rows = store.database.rows(
        f"SELECT {_COLUMNS} FROM case_text t JOIN case_row c ON c.n = t.rowid "
        "WHERE t.case_text MATCH ? ORDER BY t.rowid DESC LIMIT ?",
        (asked, _MOST),
    )
    return [Seen(*row) for row in rows]


def _docs(store: Store, condition: str, *parameters: str) -> list[int]:
    rows = store.database.rows(
        f"SELECT DISTINCT doc FROM case_term WHERE {condition} LIMIT ?", (*parameters, _MOST)
    )
    return [n for (n,) in rows]


def _rows(store: Store, numbers: Sequence[int]) -> list[Seen]:
    marks = ", ".join("?" * len(numbers))
    rows = store.database.rows(
        f"SELECT {_COLUMNS} FROM case_row c WHERE c.n IN ({marks}) ORDER BY c.n DESC",
        tuple(numbers),
    )
    return [Seen(*row) for row in rows]
