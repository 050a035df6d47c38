"""What stays of a destroyed file (销毁): that there was one, and who appraised and approved its end.

The bodies of its entries are gone, here or before they came here, so nothing of the case can be read again.
What headers say still stands: who wrote each entry, when, of which kind, and what its writer had seen.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.domain import events
from app.domain.archive import period_end
from app.domain.case import Case, OutOfPlaceEntry, State
from app.domain.events import Appraisal, CaseDestroyed, Role
from app.domain.numbers import BadNumber, LocalNumber
from app.domain.publications import NotPublished, Publications
from app.domain.regions import RegionCode
from app.domain.rules.powers import Writer, writer_of
from app.journal.entry import Entry
from app.journal.refs import Ref

DESTROYED = "case.destroyed"
_APPRAISED = "case.appraised"
_ARCHIVED = "case.archived"
_TAKEN_OVER = "case.taken_over"


def is_destruction(entry: Entry) -> bool:
    """Whether it says that a file was destroyed, in words that this program can read."""
    return (
        entry.kind == DESTROYED
        and not entry.opens
        and entry.body is not None
        and events.is_known(entry.kind, entry.version)
    )


def told_by(destruction: Entry) -> CaseDestroyed:
    """Its body. Raises BadBody."""
    body = events.decode_body(destruction.kind, destruction.version, destruction.body or b"")
    assert isinstance(body, CaseDestroyed)
    return body


def seen_by(entry: Entry, entries: Collection[Entry]) -> list[Entry]:
    """The entries of its subject that its writer had seen: fixed when it was written, the same on every machine.

    Raises NotPublished while one of them is not here.
    """
    here = {one.ref: one for one in entries}
    seen: dict[Ref, Entry] = {}
    ahead = [*entry.after, entry.subject]
    while ahead:
        ref = ahead.pop()
        if ref in seen:
            continue
        if ref not in here:
            raise NotPublished(what="entry", name=str(ref))
        seen[ref] = here[ref]
        ahead += here[ref].after
    return list(seen.values())


def is_backed(destruction: Entry, entries: Collection[Entry], publications: Publications) -> bool:
    """Whether headers bear a destruction out: archived and appraised by archivists, approved by another, a head.

    All three at a tier not below the one that took the case over, and after the file's period.
    Raises NotPublished while that cannot be said.
    """
    try:
        body = told_by(destruction)
        LocalNumber.parse(body.local_number)
    except (events.BadBody, BadNumber):
        return False
    seen = seen_by(destruction, entries)
    # A subordinate's entry that the case was taken over says no more than it may.
    keeper = max(
        publications.device(one.device).tier for one in seen if one.opens or one.kind == _TAKEN_OVER
    )

    def wrote(entry: Entry, role: Role) -> bool:
        writer: Writer = writer_of(entry, publications)
        return role in writer.roles and writer.tier >= keeper

    end = period_end(body.archived_on, body.retention)
    return (
        end is not None
        and end < body.on
        and destruction.actor is not None
        and destruction.actor != body.appraised_by
        and wrote(destruction, Role.HEAD)
        and any(
            one.kind == _APPRAISED and one.actor == body.appraised_by and wrote(one, Role.ARCHIVIST)
            for one in seen
        )
        and any(one.kind == _ARCHIVED and wrote(one, Role.ARCHIVIST) for one in seen)
    )


def tombstone(
    entries: Collection[Entry],
    ordered: Sequence[Entry],
    publications: Publications,
    refused: Collection[Ref],
) -> Case | None:
    """The destroyed case that these entries without bodies were; None if no destruction stands behind that.

    `ordered` are those of them that can be read in order.
    What the destruction's writer had not seen is shown as without effect.
    Raises NotPublished while that cannot be said.
    """
    founded = [
        one
        for one in ordered
        if is_destruction(one) and one.ref not in refused and is_backed(one, entries, publications)
    ]
    if not founded:
        return None
    first = min(
        founded, key=lambda one: (-publications.tier_of(one.device), one.clock, one.device, one.seq)
    )
    body = told_by(first)
    number = LocalNumber.parse(body.local_number)
    item = publications.item(body.item, body.item_version)  # without its name nobody could list it
    known = {first.ref, *(one.ref for one in seen_by(first, entries))}
    return Case(
        subject=first.subject,
        region=RegionCode(first.region),
        item=body.item,
        item_version=body.item_version,
        kind=item.kind,
        mode=item.mode,
        state=State.DESTROYED,
        station=number.region,
        place=number.region,
        local_number=number,
        received_on=number.day,
        parties=(events.Party(name="", id_kind=events.IdKind.NONE),),
        materials=(),
        urgent=False,
        mandate=False,
        told=False,
        backlog=False,
        note="",
        external_id="",
        heads=(first.ref,),
        archived=events.CaseArchived(
            on=body.archived_on, number=body.archive_number, retention=body.retention
        ),
        appraised=events.CaseAppraised(on=body.on, appraisal=Appraisal.DESTROY, reason=body.reason),
        appraiser=body.appraised_by,
        destroyed=body,
        destroyer=first.actor,
        out_of_place=tuple(
            OutOfPlaceEntry(ref=one.ref, kind=one.kind, code="out_of_place", state=State.DESTROYED)
            for one in ordered
            if one.ref not in known and one.kind != DESTROYED
        ),
    )
