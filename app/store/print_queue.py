"""The table of documents that went to paper and that nobody has said came out."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from app.journal.refs import Ref
from app.store.store import Store


class PrintRow(msgspec.Struct, frozen=True, kw_only=True):
    """`entry` says that the document was issued; `stuck`: it is surely not on paper.

    `printer` and `job` are the system's, "" and 0 where it was not sent to any.
    """

    entry: Ref
    stuck: bool
    printer: str
    job: int


def add(store: Store, entry: Ref, at_ms: int) -> None:
    """With the entry, in its transaction."""
    store.database.run(
        "INSERT INTO print_job (device, seq, at) VALUES (?, ?, ?)",
        (*store.journal.pair(entry), at_ms),
    )


def change(store: Store, entry: Ref, *, stuck: bool, printer: str = "", job: int = 0) -> None:
    """Inside a transaction; a document that is no longer in the table stays out."""
    store.database.run(
        "UPDATE print_job SET stuck = ?, printer = ?, job = ? WHERE device = ? AND seq = ?",
        (stuck, printer, job, *store.journal.pair(entry)),
    )


def remove(store: Store, entries: Iterable[Ref]) -> None:
    """Inside a transaction."""
    store.database.run_many(
        "DELETE FROM print_job WHERE device = ? AND seq = ?",
        [store.journal.pair(entry) for entry in entries],
    )


def remove_older(store: Store, at_ms: int) -> None:
    """What nobody asked about for so long; inside a transaction."""
    store.database.run("DELETE FROM print_job WHERE at < ?", (at_ms,))


def rows(store: Store) -> list[PrintRow]:
    """In the order in which they were issued."""
    found = store.database.rows(
        "SELECT device, seq, stuck, printer, job FROM print_job ORDER BY at, device, seq"
    )
    return [
        PrintRow(entry=store.journal.ref(device, seq), stuck=bool(stuck), printer=printer, job=job)
        for device, seq, stuck, printer, job in found
    ]
