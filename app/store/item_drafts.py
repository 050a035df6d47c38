"""The table of items that are being edited: one draft of each, which a power cut must not take."""

from __future__ import annotations

import msgspec

from app.store.store import Store


class ItemDraft(msgspec.Struct, frozen=True, kw_only=True):
    """`item` is the id under which it is kept, `form` whatever the editor put there."""

    item: str
    editor: str
    saved_ms: int
    form: bytes


def save(store: Store, item: str, editor: str, form: bytes) -> None:
    """Inside a transaction, like all that changes the table; the last to save an item keeps it."""
    store.database.run(
        "INSERT OR REPLACE INTO item_draft (item, editor, saved_ms, form) VALUES (?, ?, ?, ?)",
        (item, editor, store.wall(), form),
    )


def remove(store: Store, item: str) -> None:
    store.database.run("DELETE FROM item_draft WHERE item = ?", (item,))


def find(store: Store, item: str) -> ItemDraft | None:
    return next((one for one in every(store) if one.item == item), None)


def every(store: Store) -> list[ItemDraft]:
    """By the items' ids."""
    rows = store.database.rows(
        "SELECT item, editor, saved_ms, form FROM item_draft ORDER BY item", ()
    )
    return [
        ItemDraft(item=item, editor=editor, saved_ms=saved_ms, form=bytes(form))
        for item, editor, saved_ms, form in rows
    ]
