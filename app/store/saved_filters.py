"""The table of filters that operators have given a name; each operator's own, on this computer."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from app.journal.refs import Ref
from app.store.store import Store


class SavedRow(msgspec.Struct, frozen=True, kw_only=True):
    """`form` is the filter as JSON, which `app.usecases.saved_filters` reads."""

    n: int
    name: str
    form: bytes


def of(store: Store, whose: Ref) -> list[SavedRow]:
    """In the order in which their operator put them."""
    rows = store.database.rows(
        "SELECT n, name, form FROM saved_filter "
        "WHERE operator_device = ? AND operator_seq = ? ORDER BY place, n",
        store.journal.pair(whose),
    )
    return [SavedRow(n=n, name=name, form=bytes(form)) for n, name, form in rows]


def put(store: Store, whose: Ref, name: str, form: bytes) -> None:
    """In place of the one of that name, else as the last; inside a transaction."""
    mine = store.journal.pair(whose)
    replaced = store.database.row(
        "UPDATE saved_filter SET form = ? "
        "WHERE operator_device = ? AND operator_seq = ? AND name = ? RETURNING n",
        (form, *mine, name),
    )
    if replaced is None:
        store.database.run(
            "INSERT INTO saved_filter (operator_device, operator_seq, place, name, form) "
            "SELECT ?, ?, coalesce(max(place), 0) + 1, ?, ? FROM saved_filter "
            "WHERE operator_device = ? AND operator_seq = ?",
            (*mine, name, form, *mine),
        )


def arrange(store: Store, whose: Ref, wanted: Sequence[tuple[int, str]]) -> None:
    """Exactly these stay, so called and in this order; inside a transaction."""
    mine = store.journal.pair(whose)
    kept = {n for n, _ in wanted}
    for one in of(store, whose):
        if one.n not in kept:
            store.database.run("DELETE FROM saved_filter WHERE n = ?", (one.n,))
    for place, (n, name) in enumerate(wanted, 1):
        store.database.run(
            "UPDATE saved_filter SET place = ?, name = ? "
            "WHERE n = ? AND operator_device = ? AND operator_seq = ?",
            (place, name, n, *mine),
        )
