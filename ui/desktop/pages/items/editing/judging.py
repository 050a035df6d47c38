"""What there is to say about a form while it is being filled in; read on the store's thread."""

from __future__ import annotations

from datetime import date

import msgspec

from app.domain.item_faults import ItemFault
from app.domain.item_form import Difference, ItemForm, form_of, read_form
from app.domain.items import DISCLOSURE_FIELDS, Item, missing_disclosures
from app.domain.staff import OperatorCard
from app.store.store import Store
from app.usecases import catalogue_editing, item_drafts
from app.usecases.catalogue_editing import Change, ChangeKind
from app.usecases.item_drafts import Kept
from app.usecases.today import shown_today

NEW = "new"
"""The name under which the draft of an item is kept that is not there yet."""


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """What an editor begins with: `draft` if somebody began before, else the newest version, else nothing."""

    key: str
    form: ItemForm
    before: Item | None
    draft: Kept | None
    today: date


class Disclosure(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    field: str
    stated: bool


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """`may_publish`: nothing speaks against it, and something changes."""

    item: Item
    kind: ChangeKind
    disclosures: tuple[Disclosure, ...]
    faults: tuple[ItemFault, ...]
    warnings: tuple[ItemFault, ...]
    differences: tuple[Difference, ...]

    @property
    def may_publish(self) -> bool:
        return not self.faults and self.kind is not ChangeKind.UNCHANGED


def begin(store: Store, key: str) -> Opening:
    """The item of that id, or a NEW one."""
    every = store.publications.items.get(key, [])
    before = every[-1] if every else None
    draft = item_drafts.of(store, key)
    form = ItemForm()
    if draft is not None:
        form = draft.form
    elif before is not None:
        form = form_of(before)
        # A version that is still to come is gone on with from its own day.
        ahead = before.effective is not None and before.effective > shown_today(store)
        day = form.fields["effective"] if ahead else ""
        form = msgspec.structs.replace(form, fields={**form.fields, "effective": day})
    return Opening(key=key, form=form, before=before, draft=draft, today=shown_today(store))


def judge(store: Store, form: ItemForm, *, keep: str | None, by: OperatorCard) -> Judged:
    """Look at a form as it stands; with `keep` it is put on the disk first, as the draft of that name."""
    if keep is not None:
        item_drafts.keep(store, keep, form, by=by)
    item, unread = read_form(form)
    # A new item may not be taken for another version of one that is there.
    taken = keep == NEW and item.id in store.publications.items
    (change,) = catalogue_editing.weigh(store, [_typed_day(item, form)])
    unclear = {fault.field for fault in unread}
    missing = {
        name
        for name, field in DISCLOSURE_FIELDS.items()
        if name in missing_disclosures(item) or field in unclear
    }
    faults = [*unread, *_others(change, unread)]
    if taken:
        faults.insert(0, ItemFault(field="id", what="已经有这个编号的事项，请到列表里选它来改"))
    return Judged(
        item=change.item,
        kind=change.kind,
        disclosures=tuple(
            Disclosure(name=name, field=field, stated=name not in missing)
            for name, field in DISCLOSURE_FIELDS.items()
        ),
        faults=tuple(faults),
        warnings=(*_overtaken(change, item, form), *change.warnings),
        differences=change.differences,
    )


def _overtaken(change: Change, item: Item, form: ItemForm) -> tuple[ItemFault, ...]:
    """Somebody has published since this was begun: what they changed would be taken back."""
    newest = change.before
    if newest is None or not form.fields.get("version") or item.version >= newest.version:
        return ()
    what = f"开始改以后又发布了第 {newest.version} 版，发布会盖过它，请核对下面的改动"
    return (ItemFault(field="version", what=what),)


def effective_day(form: ItemForm) -> date | None:
    """The day that was chosen; None: today."""
    item, _ = read_form(ItemForm(fields={"effective": form.fields.get("effective", "")}))
    return item.effective


def _typed_day(item: Item, form: ItemForm) -> Item:
    return msgspec.structs.replace(item, effective=effective_day(form))


def _others(change: Change, unread: tuple[ItemFault, ...]) -> list[ItemFault]:
    """What cannot be read is said once, as that."""
    said = {(fault.field, fault.row, fault.column) for fault in unread}
    return [one for one in change.faults if (one.field, one.row, one.column) not in said]
