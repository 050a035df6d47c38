"""Items that the district has begun to edit: rows of this computer until they are published."""

from __future__ import annotations

import msgspec

from app.domain.item_form import ItemForm
from app.domain.staff import OperatorCard
from app.errors import UNREADABLE
from app.store import item_drafts
from app.store.store import Store


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A draft of an item as it was last saved, and by whom."""

    item: str
    editor: str
    saved_ms: int
    form: ItemForm


def keep(store: Store, item: str, form: ItemForm, *, by: OperatorCard) -> None:
    """Put what stands in the editor on the disk, in place of the item's earlier draft."""
    with store.changing():
        item_drafts.save(store, item, by.name, msgspec.msgpack.encode(form))


def of(store: Store, item: str) -> Kept | None:
    """The item's draft, if there is one that can be read."""
    found = item_drafts.find(store, item)
    return None if found is None else _read(found)


def every(store: Store) -> list[Kept]:
    return [one for one in map(_read, item_drafts.every(store)) if one is not None]


def discard(store: Store, item: str) -> None:
    """Throw a draft away; one that is gone already is gone."""
    with store.changing():
        item_drafts.remove(store, item)


def _read(draft: item_drafts.ItemDraft) -> Kept | None:
    try:
        form = msgspec.msgpack.decode(draft.form, type=ItemForm)
    except UNREADABLE:  # of a program with other fields
        return None
    return Kept(item=draft.item, editor=draft.editor, saved_ms=draft.saved_ms, form=form)
