"""The district keeps its catalogue: new versions, new items, what is cancelled, what is merged.

A published version is never changed: to adjust an item is to publish its next version from a day on,
and cases that were taken before keep the version under which they were taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

import msgspec

from app.domain import events
from app.domain.catalogue import (
    NotIssued,
    RetiredTerm,
    UnknownItem,
    name_faults,
    notes_faults,
)
from app.domain.events import Body, Role
from app.domain.faults import Faulty, shape_faults
from app.domain.item_faults import ItemFault, item_faults, item_warnings, repeated
from app.domain.item_fields import label_of, table_named
from app.domain.item_form import Difference, differences
from app.domain.items import DISCLOSURE_FIELDS, Item, missing_disclosures
from app.domain.names import plain
from app.domain.publications import Publications
from app.domain.regions import Tier
from app.domain.rules import NotPermitted
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.store.store import Store
from app.store.transaction import Transaction
from app.usecases.today import today

_LONGEST_REASON: Final = 500
_MOST_KB: Final = 240
"""What an entry can hold beside its header (`app.journal.entry.MAX_ENTRY_SIZE`)."""
_MISSING: Final = "八公开缺"


class CannotPublish(Faulty):
    """Items that may not be published as they are; `faults` names each item and all that it lacks."""

    code = "cannot_publish"


class BadEffectiveDay(Refused):
    """A change of the catalogue counts from today or a later day (fact: day)."""

    code = "bad_effective_day"


class NoReason(Refused):
    """Whoever cancels or merges an item says why."""

    code = "no_reason"


class AlreadyWithdrawn(Refused):
    """The item has been withdrawn, or will be (facts: item, on)."""

    code = "already_withdrawn"


class BadMerger(Refused):
    """An item cannot be merged into itself, or into what will not be there (fact: item)."""

    code = "bad_merger"


class ChangeKind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    RESTORED = "restored"
    UNCHANGED = "unchanged"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What publishing an item would do; `item` has the version and day that it would get.

    `before` is the newest version there is, in force or coming;
    `replaces` is its number if it would then never come into force.
    `faults` keep it from being published, `warnings` do not: `told` says them.
    """

    kind: ChangeKind
    item: Item
    before: Item | None
    differences: tuple[Difference, ...]
    replaces: int | None
    faults: tuple[ItemFault, ...]
    warnings: tuple[ItemFault, ...]


class Notes(msgspec.Struct, frozen=True, kw_only=True):
    """What the catalogue says beside its items."""

    not_issued_here: tuple[NotIssued, ...]
    retired_terms: tuple[RetiredTerm, ...]


class Published(msgspec.Struct, frozen=True, kw_only=True):
    items: tuple[Item, ...]
    notes: bool = False


def may_edit(store: Store, by: OperatorCard) -> bool:
    """Whether somebody keeps the catalogue: a head at a station of the district."""
    return Tier(store.certificate.tier) is Tier.DISTRICT and Role.HEAD in by.roles


# --- looking before ---------------------------------------------------------------------------------


def weigh(store: Store, items: Sequence[Item], effective: date | None = None) -> list[Change]:
    """What publishing these items together would do, each with all that speaks against it.

    `effective` is the day for all of them; without it each item's own if it lies ahead, else today.
    """
    day = today(store)
    publications = store.publications
    prepared = [_prepared(publications, item, effective, day) for item in items]
    shared = _shared_faults(publications, prepared)
    return [_weighed(publications, item, day, shared.get(item.id, ())) for item in prepared]


def _prepared(publications: Publications, item: Item, effective: date | None, day: date) -> Item:
    """The item as the next version, from its day on; a new name keeps the old one findable."""
    every = publications.items.get(item.id, [])
    start = effective
    if start is None:
        start = item.effective if item.effective is not None and item.effective > day else day
    aliases = item.aliases
    if every and every[-1].name not in (item.name, *aliases):
        aliases = (*aliases, every[-1].name)
    return msgspec.structs.replace(
        item,
        version=every[-1].version + 1 if every else 1,
        effective=start,
        aliases=tuple(one for one in aliases if one != item.name),
    )


def _weighed(
    publications: Publications, item: Item, day: date, shared: Sequence[ItemFault]
) -> Change:
    every = publications.items.get(item.id, [])
    before = every[-1] if every else None
    changed = differences(before, item)
    is_gone = publications.withdrawal(item.id, item.effective or day) is not None
    kind = ChangeKind.CHANGED
    if before is None:
        kind = ChangeKind.NEW
    elif is_gone:
        kind = ChangeKind.RESTORED
    elif not changed:
        kind = ChangeKind.UNCHANGED
    replaces = None
    if before is not None and before.effective is not None and item.effective is not None:
        replaces = before.version if before.effective > max(day, item.effective) else None
    return Change(
        kind=kind,
        item=item,
        before=before,
        differences=changed,
        replaces=replaces,
        faults=(*_faults(item), *shared),
        warnings=tuple(_warnings(item, replaces)),
    )


def _faults(item: Item) -> Iterator[ItemFault]:
    missing = {DISCLOSURE_FIELDS[name]: name for name in missing_disclosures(item)}
    for field, name in missing.items():
        yield ItemFault(field=field, what=f"{_MISSING}{name}")
    # A Struct that was built rather than decoded has never been looked at.
    for said in shape_faults(msgspec.json.decode(msgspec.json.encode(item)), Item):
        where, _, what = said.partition("：")
        yield ItemFault(field=where.partition("[")[0], what=what)
    if not _fits(events.ItemPublished(item=item)):
        yield ItemFault(field="name", what=f"整项内容太多，最多 {_MOST_KB} KB，请删短")
    # What is missing is said once, not again as blank.
    yield from (one for one in item_faults(item) if one.row is not None or one.field not in missing)


def _fits(body: Body) -> bool:
    """Whether one entry can hold it."""
    return len(events.encode_body(body)) <= _MOST_KB * 1024


def _warnings(item: Item, replaces: int | None) -> Iterator[ItemFault]:
    yield from item_warnings(item)
    if replaces is not None:
        yield ItemFault(field="effective", what=f"还没有实行的第 {replaces} 版不再实行")


def told(fault: ItemFault) -> str:
    """A fault or warning in words, with its place."""
    if fault.what.startswith(_MISSING):
        return fault.what
    return f"{place(fault.field, fault.row, fault.column)}：{fault.what}"


def place(field: str, row: int | None, column: str) -> str:
    """Where something stands, in words: 申报材料第 2 行“什么情形”."""
    label = label_of(field)
    table = table_named(field)
    if row is not None:
        label = f"{label}第 {row + 1} 行"
    if table is not None and column:
        label = f"{label}“{table.field(column).label}”"
    return label


def _shared_faults(publications: Publications, items: Sequence[Item]) -> dict[str, list[ItemFault]]:
    """What is wrong between these items and everything else that will stand beside them."""
    faults: dict[str, list[ItemFault]] = {item.id: [] for item in items}
    for item_id in repeated(item.id for item in items):
        faults[item_id].append(ItemFault(field="id", what=f"{item_id} 重复"))
    for item in items:
        others = _beside(publications, item.effective or date.max, items)
        faults[item.id].extend(name_faults(item, others, publications.not_issued_here))
    return faults


def _beside(publications: Publications, on: date, items: Sequence[Item]) -> list[Item]:
    """The catalogue as it will stand on a day once `items` are published."""
    coming = {item.id: item for item in items}
    standing = [
        found
        for name in publications.items
        if name not in coming and (found := publications.current_item(name, on)) is not None
    ]
    return [*standing, *coming.values()]


# --- publishing ---------------------------------------------------------------------------------------


def publish(
    store: Store,
    items: Sequence[Item],
    *,
    by: OperatorCard,
    effective: date | None = None,
    notes: Notes | None = None,
) -> Published:
    """Publish the next version of each item that says something new: all of them or none.

    Raises NotPermitted, BadEffectiveDay, CannotPublish with everything that is wrong with any of them.
    """
    _need_editor(store, by, "publish_item")
    with store.writing() as tx:
        _check_day(store, effective)
        changes = weigh(store, items, effective)
        faults = [f"{one.item.id} {told(fault)}" for one in changes for fault in one.faults]
        if faults:
            raise CannotPublish(faults)
        published = [one.item for one in changes if one.kind is not ChangeKind.UNCHANGED]
        for item in published:
            _publish(store, tx, item, by)
        is_noted = notes is not None and notes != current_notes(store)
        if notes is not None and is_noted:
            tx.publish(_noted(notes), by=by.ref)
    return Published(items=tuple(published), notes=is_noted)


def publish_notes(store: Store, notes: Notes, *, by: OperatorCard) -> Published:
    """Publish the certificates that are not issued here and the former names, all of them as they are from now on.

    Raises NotPermitted, CannotPublish with everything that is wrong with what is new among them.
    """
    _need_editor(store, by, "publish_item")
    faults = new_notes_faults(store, notes)
    if faults:
        raise CannotPublish([fault.what for fault in faults])
    return publish(store, (), by=by, notes=notes)


def new_notes_faults(store: Store, notes: Notes, coming: Sequence[Item] = ()) -> list[ItemFault]:
    """What is wrong with the rows that are not published as they stand; `coming` are items published with them.

    A name may lead to an item that has been cancelled, too.
    """
    current = current_notes(store)
    if notes == current:
        return []
    newest = {name: versions[-1] for name, versions in store.publications.items.items()}
    items = newest | {item.id: item for item in coming}
    known = {*current.not_issued_here, *current.retired_terms}
    rows: dict[str, tuple[object, ...]] = {
        "not_issued_here": notes.not_issued_here,
        "retired_terms": notes.retired_terms,
    }
    return [
        fault
        for fault in notes_faults(items.values(), notes.not_issued_here, notes.retired_terms)
        if fault.row is None or rows[fault.field][fault.row] not in known
    ]


def _noted(notes: Notes) -> Body:
    """Raises CannotPublish if they are more than one entry can hold."""
    body = events.CatalogueNotesPublished(
        not_issued_here=notes.not_issued_here, retired_terms=notes.retired_terms
    )
    if not _fits(body):
        raise CannotPublish([f"不予开具的证明和旧名太多，最多 {_MOST_KB} KB，请删短"])
    return body


def current_notes(store: Store) -> Notes:
    publications = store.publications
    return Notes(
        not_issued_here=publications.not_issued_here, retired_terms=publications.retired_terms
    )


def withdraw(
    store: Store, item_id: str, *, on: date, reason: str, by: OperatorCard, into: str = ""
) -> Published:
    """Cancel an item from a day on; with `into`, merge it: then its names lead to that item from that day.

    A merger publishes the next version of the other item, which has the names as former ones, in the same transaction.
    Raises NotPermitted, UnknownItem, BadEffectiveDay, NoReason, AlreadyWithdrawn, BadMerger, CannotPublish.
    """
    _need_editor(store, by, "withdraw_item")
    why = plain(reason)[:_LONGEST_REASON]
    if not why:
        raise NoReason
    with store.writing() as tx:
        day = _check_day(store, on)
        gone = _newest(store, item_id)
        ended = store.publications.withdrawal(item_id, on) or store.publications.coming_withdrawal(
            item_id, day
        )
        if ended is not None:
            raise AlreadyWithdrawn(item=gone.name, on=ended.on.isoformat())
        published = [_heir(store, gone, into, on)] if into else []
        tx.publish(
            events.ItemWithdrawn(item=item_id, on=on, reason=why, into=into),
            by=by.ref,
            after=store.publications.publication_of(gone),
        )
        for item in published:
            _publish(store, tx, item, by)
    return Published(items=tuple(published))


def _publish(store: Store, tx: Transaction, item: Item, by: OperatorCard) -> None:
    """Write a version after the one that it follows: if the centre refuses that one, this one goes with it."""
    every = store.publications.items.get(item.id)
    after = store.publications.publication_of(every[-1]) if every else ()
    tx.publish(events.ItemPublished(item=item), by=by.ref, after=after)


def _heir(store: Store, gone: Item, into: str, on: date) -> Item:
    """The next version of the item into which another is merged: its names are former names now."""
    publications = store.publications
    every = publications.items.get(into, [])
    heir = every[-1] if every else None
    is_there = publications.current_item(into, on) is not None
    if heir is None or into == gone.id or not is_there or publications.coming_withdrawal(into, on):
        raise BadMerger(item=into)
    names = dict.fromkeys((*heir.aliases, gone.name, *gone.aliases))
    start = max(on, heir.effective) if heir.effective is not None else on
    return msgspec.structs.replace(
        heir,
        version=heir.version + 1,
        effective=start,
        aliases=tuple(name for name in names if name != heir.name),
    )


def _newest(store: Store, item_id: str) -> Item:
    every = store.publications.items.get(item_id)
    if not every:
        raise UnknownItem(item=item_id)
    return every[-1]


def _check_day(store: Store, effective: date | None) -> date:
    day = today(store)
    if effective is not None and effective < day:
        raise BadEffectiveDay(day=effective.isoformat())
    return day


def _need_editor(store: Store, by: OperatorCard, act: str) -> None:
    if Tier(store.certificate.tier) is not Tier.DISTRICT:
        raise NotPermitted(act=act, why="not_the_authority")
    if not may_edit(store, by):
        raise NotPermitted(act=act, why="role", roles=Role.HEAD)
