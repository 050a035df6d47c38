"""Finding cases by what a person types: numbers, names and their pinyin, items."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import msgspec

from app.store import search
from app.store.database import Database
from app.store.search import SEARCHED, Searched

_MANY = 100
"""Cases that one number fits; beyond, some of them are enough."""
_VAGUE = 1000
LONGEST = 100
"""Characters of what is looked for; nothing that is found is longer, and a pasted letter would take seconds."""


def first(db: Database, text: str, items: Sequence[str], limit: int) -> list[int]:
    """The places of cases by number, then by name or pinyin, then by item, each newest first."""
    text = text[:LONGEST]
    numbers: dict[int, None] = {}
    if search.looks_like_number(text):
        numbers.update(dict.fromkeys(_numbered(db, text, limit)))
    asked = search.question(text)
    if asked is not None and len(numbers) < limit:
        numbers.update(dict.fromkeys(_named(db, text, asked, limit)))
    for item in items if len(numbers) < limit else ():
        rows = db.rows(
            "SELECT n FROM case_row WHERE item = ? ORDER BY n DESC LIMIT ?", (item, limit)
        )
        numbers.update(dict.fromkeys(n for (n,) in rows))
    return list(numbers)[:limit]


def query(db: Database, text: str, items: Sequence[str] = ()) -> tuple[str, tuple[object, ...]]:
    """The same as a query for the places of all these cases, with its parameters.

    A number so short that it fits more than a thousand cases finds the newest of them.
    """
    text = text[:LONGEST]
    known: list[int] = []
    queries: list[str] = []
    parameters: list[object] = []
    if search.looks_like_number(text):
        known += _numbered(db, text, _VAGUE)
    asked = search.question(text)
    if asked is not None and search.needs_check(text):
        known += _named(db, text, asked, _VAGUE)
    elif asked is not None:
        queries.append("SELECT rowid FROM case_text WHERE case_text MATCH ?")
        parameters.append(asked)
    if items:
        queries.append(f"SELECT n FROM case_row WHERE item IN ({', '.join('?' * len(items))})")
        parameters += items
    queries.append("SELECT value FROM json_each(?)")
    parameters.append(msgspec.json.encode(known).decode())
    return " UNION ALL ".join(queries), tuple(parameters)


def _numbered(db: Database, text: str, limit: int) -> list[int]:
    """Cases with a number that begins or ends so, the newest first."""
    ranges = search.number_ranges(text)
    found: set[int] = set()
    for low, high in ranges:
        rows = db.rows(
            "SELECT DISTINCT doc FROM case_term WHERE term >= ? AND term < ? LIMIT ?",
            (low, high, max(limit, _MANY)),
        )
        found.update(n for (n,) in rows)
    if len(found) >= _MANY:
        # The ranges go on, in the order of terms: the newest are sooner met among the newest rows.
        rows = db.rows(
            f"SELECT n, {SEARCHED} FROM case_row ORDER BY n DESC LIMIT ?",
            (max(limit, _MANY),),
        )
        newest = (n for n, *words in rows if _fits(Searched(*words), ranges))
        found.update(islice(newest, limit))
    return sorted(found, reverse=True)[:limit]


def _named(db: Database, text: str, asked: str, limit: int) -> list[int]:
    if not search.needs_check(text):
        rows = db.rows(
            "SELECT rowid FROM case_text WHERE case_text MATCH ? ORDER BY rowid DESC LIMIT ?",
            (asked, limit),
        )
        return [n for (n,) in rows]
    plain = search.letters(text)
    rows = db.rows(
        "SELECT t.rowid, c.applicant FROM case_text t JOIN case_row c ON c.n = t.rowid "
        "WHERE t.case_text MATCH ? ORDER BY t.rowid DESC LIMIT ?",
        (asked, limit * 10),
    )
    return [n for n, name in rows if plain in search.letters(name)][:limit]


def _fits(words: Searched, ranges: Sequence[tuple[str, str]]) -> bool:
    terms = search.number_terms(words.numbers)
    return any(low <= term < high for term in terms for low, high in ranges)
