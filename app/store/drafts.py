"""The table of drafts: forms on the way, which a power cut must not take."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from app.journal.refs import Ref
from app.store.store import Store


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """`form` is whatever the page put there; `title` is how it is called in a list."""

    n: int
    title: str
    saved_ms: int
    form: bytes


def add(store: Store, whose: Ref, title: str, form: bytes) -> int:
    """Inside a transaction, like all that changes the table. Numbers are never given again."""
    (n,) = store.database.row(
        "INSERT INTO draft (operator_device, operator_seq, title, saved_ms, form) "
        "VALUES (?, ?, ?, ?, ?) RETURNING n",
        (*store.journal.pair(whose), title, store.wall(), form),
    )
    return int(n)


def replace(store: Store, whose: Ref, n: int, title: str, form: bytes) -> bool:
    """False if that draft of theirs is not there."""
    kept = store.database.row(
        "UPDATE draft SET title = ?, saved_ms = ?, form = ? "
        "WHERE n = ? AND operator_device = ? AND operator_seq = ? RETURNING n",
        (title, store.wall(), form, n, *store.journal.pair(whose)),
    )
    return kept is not None


def note_sheets(store: Store, n: int, digests: Collection[bytes]) -> None:
    """The scans that a draft names now, and no others."""
    store.database.run("DELETE FROM draft_sheet WHERE draft = ?", (n,))
    store.database.run_many(
        "INSERT OR IGNORE INTO draft_sheet (draft, digest) VALUES (?, ?)",
        [(n, digest) for digest in digests],
    )


def remove(store: Store, n: int) -> bool:
    """False if it is not there."""
    store.database.run("DELETE FROM draft_sheet WHERE draft = ?", (n,))
    return store.database.row("DELETE FROM draft WHERE n = ? RETURNING n", (n,)) is not None


def of(store: Store, whose: Ref) -> list[Draft]:
    """The last saved first."""
    rows = store.database.rows(
        "SELECT n, title, saved_ms, form FROM draft "
        "WHERE operator_device = ? AND operator_seq = ? ORDER BY saved_ms DESC, n DESC",
        store.journal.pair(whose),
    )
    return [Draft(n=n, title=title, saved_ms=ms, form=bytes(form)) for n, title, ms, form in rows]
