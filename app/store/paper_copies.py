"""The pages of every document that was issued here, byte for byte: what was handed over can be shown again."""

from __future__ import annotations

from collections.abc import Iterable

from app.journal.refs import Ref
from app.store.store import Store


def keep(store: Store, entry: Ref, pdf: bytes) -> None:
    """With the entry that says so, in its transaction."""
    store.database.run(
        "INSERT INTO paper_copy (device, seq, pdf) VALUES (?, ?, ?)",
        (*store.journal.pair(entry), pdf),
    )


def kept(store: Store, entry: Ref) -> bytes | None:
    """None for what another device issued, and for what was issued before copies were kept."""
    row = store.database.row(
        "SELECT pdf FROM paper_copy WHERE device = ? AND seq = ?", store.journal.pair(entry)
    )
    return None if row is None else bytes(row[0])


def erase(store: Store, entries: Iterable[Ref]) -> None:
    """Of a destroyed file nothing stays; inside a transaction."""
    store.database.run_many(
        "DELETE FROM paper_copy WHERE device = ? AND seq = ?",
        [store.journal.pair(entry) for entry in entries],
    )
