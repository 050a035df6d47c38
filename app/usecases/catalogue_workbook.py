"""The catalogue goes out as an Excel workbook and comes back: looked at whole, then published whole or not at all."""

from __future__ import annotations

from datetime import date

import msgspec

from app.domain.item_faults import ItemFault
from app.domain.items import Item
from app.domain.staff import OperatorCard
from app.store.store import Store
from app.usecases import catalogue_editing
from app.usecases.catalogue_editing import Change, ChangeKind, Notes, Published
from app.workbooks.catalogue_reading import (
    BadCell,
    BadWorkbook,
    CatalogueRead,
    read_catalogue_workbook,
)
from app.workbooks.catalogue_writing import write_catalogue


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What a workbook would change; `missing` are items of the catalogue that it leaves out: they stay."""

    changes: tuple[Change, ...]
    missing: tuple[Item, ...]
    notes: Notes | None
    notes_change: bool

    def of_kind(self, kind: ChangeKind) -> list[Change]:
        return [one for one in self.changes if one.kind is kind]

    @property
    def is_empty(self) -> bool:
        """Whether it would change nothing at all."""
        return not self.notes_change and all(
            one.kind is ChangeKind.UNCHANGED for one in self.changes
        )


def export(store: Store) -> bytes:
    """The newest version of every item that is not withdrawn, and what stands beside them."""
    notes = catalogue_editing.current_notes(store)
    return write_catalogue(kept_items(store), notes.not_issued_here, notes.retired_terms)


def kept_items(store: Store) -> list[Item]:
    """The newest version of each item, in force or coming, that is not withdrawn then."""
    publications = store.publications
    newest = [versions[-1] for _, versions in sorted(publications.items.items())]
    return [item for item in newest if publications.withdrawal(item.id, date.max) is None]


def preview(store: Store, data: bytes, effective: date | None = None) -> Preview:
    """Read a workbook and say what it would change.

    Raises WorkbookRefused; BadWorkbook with every cell that keeps it from being published.
    """
    read = read_catalogue_workbook(data)
    changes = catalogue_editing.weigh(store, read.items, effective)
    bad = [read.bad_cell(one.item.id, fault) for one in changes for fault in one.faults]
    bad += _stale(read, changes)
    bad += _bad_notes(store, read)
    if bad:
        raise BadWorkbook(bad)
    notes = _notes(store, read)
    here = {item.id for item in read.items}
    return Preview(
        changes=tuple(changes),
        missing=tuple(item for item in kept_items(store) if item.id not in here),
        notes=notes,
        notes_change=notes is not None and notes != catalogue_editing.current_notes(store),
    )


def take_in(
    store: Store, data: bytes, *, by: OperatorCard, effective: date | None = None
) -> Published:
    """Publish what a workbook changes. Raises what `preview` and `catalogue_editing.publish` raise."""
    seen = preview(store, data, effective)
    return catalogue_editing.publish(
        store,
        [one.item for one in seen.changes],
        by=by,
        effective=effective,
        notes=seen.notes,
    )


def _stale(read: CatalogueRead, changes: list[Change]) -> list[BadCell]:
    """Rows filled in before somebody published a newer version, or cancelled the item.

    They would take that back unseen. A row without a version is meant as it stands.
    """
    found = []
    for one in changes:
        version = read.versions.get(one.item.id)
        if one.before is None or version is None or one.kind is ChangeKind.UNCHANGED:
            continue
        what, how = "", ""
        if one.kind is ChangeKind.RESTORED:
            what, how = (
                "这一项已经取消",
                "不恢复就删去这一行和它在其他表里的行；要恢复就把这一格清空",
            )
        elif version < one.before.version:
            what = f"是按第 {version} 版填的，已经发布了第 {one.before.version} 版"
            how = "请重新导出，在新的表上改"
        if what:
            cell = read.bad_cell(one.item.id, ItemFault(field="version", what=what))
            found.append(msgspec.structs.replace(cell, mend=how))
    return found


def _notes(store: Store, read: CatalogueRead) -> Notes | None:
    if read.not_issued_here is None and read.retired_terms is None:
        return None
    current = catalogue_editing.current_notes(store)
    return Notes(
        not_issued_here=current.not_issued_here
        if read.not_issued_here is None
        else read.not_issued_here,
        retired_terms=current.retired_terms if read.retired_terms is None else read.retired_terms,
    )


def _bad_notes(store: Store, read: CatalogueRead) -> list[BadCell]:
    """What is wrong with rows of the notes that are not published as they stand."""
    notes = _notes(store, read)
    if notes is None:
        return []
    faults = catalogue_editing.new_notes_faults(store, notes, read.items)
    return [read.bad_cell("", fault) for fault in faults]
