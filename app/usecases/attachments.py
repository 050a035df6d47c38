"""Scans of a case's papers: attached, shown, taken out of sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from app.domain import events
from app.domain.attachments import MOST_SHEETS, NO_MATERIAL, Attachment, Sheet
from app.domain.case import Case
from app.domain.items import Item
from app.domain.names import plain
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.journal import clock
from app.journal.refs import Ref
from app.store import attachments as images
from app.store.store import Store
from app.store.transaction import Transaction
from app.usecases.materials import MaterialNotAsked
from app.usecases.scan_encoding import Scan as Scan
from app.usecases.scans import NotAnImage as NotAnImage
from app.usecases.scans import read_images as read_images
from app.usecases.scans import rotate as rotate


class ScanLost(Refused):
    """The image of a scan is not on this computer any more: it is to be scanned again (fact: pages)."""

    code = "scan_lost"


class MaterialScans(msgspec.Struct, frozen=True, kw_only=True):
    """Scans for one material, by the item's own name; "" for what belongs to none. Their bytes are kept already."""

    material: str = ""
    sheets: tuple[Sheet, ...]
    note: str = ""


class Attached(msgspec.Struct, frozen=True, kw_only=True):
    """An attachment as people see it.

    `nth` is its number in the case, from 1; `material` the material's name, "" if it belongs to none;
    `by` a person's name, `at_ms` the wall clock; `here` says of each sheet whether its image is on this computer.
    """

    nth: int
    attachment: Attachment
    material: str
    by: str
    at_ms: int
    here: tuple[bool, ...]

    @property
    def ref(self) -> Ref:
        """What `remove` wants."""
        return self.attachment.ref

    @property
    def is_removed(self) -> bool:
        return self.attachment.removed is not None


def keep(store: Store, scans: Iterable[Scan]) -> tuple[Sheet, ...]:
    """Put images on the disk, before a draft or an entry names them. Raises DiskFull."""
    kept = []
    for scan in scans:
        images.keep(store, scan.sheet, scan.content)
        kept.append(scan.sheet)
    return tuple(kept)


def attach(
    store: Store, case: Ref, material: int, scans: Sequence[Scan], by: OperatorCard, note: str = ""
) -> Case:
    """Attach scans to one material of a case, by its place in the item's list, or -1; durable when this returns.

    Raises CaseUnreadable, NeedsUpgrade, OutOfPlace, NotPermitted, BadFacts, DiskFull.
    """
    sheets = keep(store, scans)
    with store.writing() as tx:
        return _recorded(tx, tx.case(case), material, sheets, by, note)


def attach_in(
    store: Store,
    tx: Transaction,
    case: Case,
    item: Item,
    scans: Sequence[MaterialScans],
    by: OperatorCard,
) -> Case:
    """The same inside the transaction that registers the case. Raises MaterialNotAsked, ScanLost, BadFacts."""
    places = {one.name: place for place, one in enumerate(item.materials)}
    wanted = [sheet.digest for one in scans for sheet in one.sheets]
    lost = len(set(wanted) - images.hold(store, wanted)) if wanted else 0
    if lost:
        raise ScanLost(pages=lost)
    for one in scans:
        if one.material and one.material not in places:
            raise MaterialNotAsked(material=one.material, item=item.name)
        place = places[one.material] if one.material else NO_MATERIAL
        case = _recorded(tx, case, place, one.sheets, by, one.note)
    return case


def _recorded(
    tx: Transaction,
    case: Case,
    material: int,
    sheets: Sequence[Sheet],
    by: OperatorCard,
    note: str,
) -> Case:
    """An entry for each forty pages; the same page twice is one."""
    once = tuple({one.digest: one for one in sheets}.values())
    for start in range(0, len(once), MOST_SHEETS):
        body = events.AttachmentAdded(
            material=material, sheets=once[start : start + MOST_SHEETS], note=plain(note)
        )
        case = tx.record(body, by=by, case=case)
    return case


def remove(store: Store, case: Ref, attachment: Ref, reason: str, by: OperatorCard) -> Case:
    """Take an attachment out of sight; it stays in the file's history.

    Raises CaseUnreadable, NeedsUpgrade, OutOfPlace, NotPermitted, BadFacts.
    """
    with store.writing() as tx:
        body = events.AttachmentRemoved(added=attachment, reason=plain(reason))
        return tx.record(body, by=by, case=tx.case(case))


def of_case(store: Store, case: Case) -> tuple[Attached, ...]:
    """All that was ever attached to a case, in order; what was taken out of sight is marked."""
    item = store.publications.item(case.item, case.item_version)
    here = images.has(store, [one.digest for each in case.attachments for one in each.sheets])
    people = store.publications.operators
    return tuple(
        Attached(
            nth=nth,
            attachment=one,
            material=item.materials[one.material].name if one.material >= 0 else "",
            by=people[one.by].name if one.by in people else "",
            at_ms=clock.wall_ms(one.at),
            here=tuple(sheet.digest in here for sheet in one.sheets),
        )
        for nth, one in enumerate(case.attachments, 1)
    )
