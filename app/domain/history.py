"""From entries to a case: the fold.

A fold reads the entries of one subject and the publications above it, never today's date.
Whatever order entries arrived in, every machine reads the same case.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import msgspec

from app.domain import events, rules
from app.domain.case import Case, OutOfPlaceEntry
from app.domain.events import KINDS
from app.domain.numbers import LocalNumber
from app.domain.publications import NotPublished, Publications
from app.domain.regions import RegionCode
from app.domain.tombstone import is_backed, is_destruction, seen_by, tombstone
from app.errors import DaibanError
from app.journal.entry import Entry
from app.journal.order import heads, in_order
from app.journal.refs import Ref


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A subject that cannot be read yet: `missing` says what has to come first."""

    subject: Ref
    missing: str


def replay(
    entries: Collection[Entry], publications: Publications, refused: Collection[Ref] = ()
) -> Case | Waiting | None:
    """The case that these entries of one subject tell; None if the opening entry was refused.

    `refused` are entries that the centre set apart: they are read nowhere.
    What is written under another region than the case's is not part of it: its own station would never receive that.
    An entry that names what is not here yet has no effect until that comes; the case says what it waits for.
    """
    if not entries:
        return None
    subject = next(iter(entries)).subject
    if subject in refused:
        return None
    mine = belonging(entries)
    if not mine:
        return Waiting(subject=subject, missing="entry")
    if any(entry.body is None and entry.opens for entry in mine):
        return _what_stays(subject, mine, publications, refused)
    # Whoever only looked must not bring forward, as an act would, what they had seen.
    looks = [entry.ref for entry in mine if _is_look(entry)]
    ordered, orphans = in_order(
        mine, publications.tier_of, {*refused, *looks} if looks else refused
    )
    case: Case | None = None
    misfits: list[OutOfPlaceEntry] = []
    needs_upgrade = False
    waits_for = "entry" if orphans else ""
    for entry in ordered:
        if not events.is_known(entry.kind, entry.version):
            if case is None:
                return Waiting(subject=subject, missing="upgrade")
            needs_upgrade = True
            continue
        try:
            case = _step(case, entry, publications)
        except NotPublished as missing:
            waits_for = str(missing.facts.get("what", ""))
            if case is None:
                return Waiting(subject=subject, missing=waits_for)
            misfits.append(
                OutOfPlaceEntry(ref=entry.ref, kind=entry.kind, code=missing.code, state=case.state)
            )
        except DaibanError as misfit:
            if case is None:
                return Waiting(subject=subject, missing=misfit.code)
            misfits.append(
                OutOfPlaceEntry(
                    ref=entry.ref,
                    kind=entry.kind,
                    code=misfit.code,
                    state=case.state,
                    number=_number_given(entry, publications),
                    on=_day_told(entry),
                )
            )
    assert case is not None  # the first entry opened it, or we have returned
    last = heads(ordered)
    if misfits or needs_upgrade or waits_for or case.heads != last:
        case = msgspec.structs.replace(
            case,
            heads=last,
            out_of_place=tuple(misfits),
            needs_upgrade=needs_upgrade,
            waits_for=waits_for,
        )
    return case


def is_founded(
    destruction: Entry,
    entries: Collection[Entry],
    publications: Publications,
    refused: Collection[Ref] = (),
) -> bool:
    """Whether a destruction fits what its writer had seen, so that what the case's entries say may be erased.

    Only what had been seen counts: that never changes, so machines that hear the rest in another order agree.
    Of entries whose bodies are gone already the headers are asked. Raises NotPublished while it cannot be said.
    """
    if not is_destruction(destruction):
        return False
    mine = belonging(entries)
    if not mine:
        raise NotPublished(what="entry")
    if destruction not in mine or destruction.subject in refused:
        return False
    seen = seen_by(destruction, mine)
    if any(one.body is None for one in seen):
        return is_backed(destruction, mine, publications)
    case = replay(seen, publications, refused)
    if not isinstance(case, Case):
        raise NotPublished(what=case.missing if case else "entry")
    if case.waits_for or case.needs_upgrade:
        raise NotPublished(what=case.waits_for or "upgrade")
    try:
        _step(case, destruction, publications)
    except NotPublished:
        raise
    except DaibanError:
        return False
    return True


def _what_stays(
    subject: Ref, mine: list[Entry], publications: Publications, refused: Collection[Ref]
) -> Case | Waiting:
    """A case whose beginning was erased: destroyed, or waiting for the entry that says so."""
    looks = {entry.ref for entry in mine if _is_look(entry)}
    ordered, _ = in_order(mine, publications.tier_of, {*refused, *looks})
    try:
        case = tombstone(mine, ordered, publications, refused)
    except NotPublished as missing:
        return Waiting(subject=subject, missing=str(missing.facts.get("what", "")))
    if case is None:
        return Waiting(subject=subject, missing="redacted")
    return msgspec.structs.replace(case, heads=heads(ordered))


def reading_order(
    entries: Collection[Entry], publications: Publications
) -> tuple[list[Entry], list[Entry]]:
    """Entries of one subject as every machine reads them, and those that wait for another.

    Looks stand among them where they were made, after what their writers had seen.
    """
    looks = sorted((one for one in entries if _is_look(one)), key=lambda look: look.clock)
    ordered, waiting = in_order(entries, publications.tier_of, {look.ref for look in looks})
    for look in looks:
        place = max((at for at, one in enumerate(ordered, 1) if one.ref in look.after), default=0)
        while place < len(ordered) and ordered[place].clock < look.clock:
            place += 1
        ordered.insert(place, look)
    return ordered, waiting


def _is_look(entry: Entry) -> bool:
    """One that opens a subject is no look at anything: it is read, and does not fit."""
    return events.is_look(entry.kind) and not entry.opens


def belonging(entries: Collection[Entry]) -> list[Entry]:
    """The entries of one subject that are part of it: in the region of the one that opened it, and no publications.

    Empty while that one is not here.
    """
    region = next((entry.region for entry in entries if entry.opens), None)
    return [
        entry
        for entry in entries
        if entry.region == region and not (entry.kind in KINDS and KINDS[entry.kind].publication)
    ]


def _step(case: Case | None, entry: Entry, publications: Publications) -> Case:
    if entry.body is None:
        raise events.BadBody(kind=entry.kind, detail="redacted")
    body = events.decode_body(entry.kind, entry.version, entry.body)
    return rules.after(case, body, setting_of(entry, publications))


def _number_given(entry: Entry, publications: Publications) -> LocalNumber | None:
    """The official number that a taking over without effect gave, if it was the writer's to give."""
    try:
        body = events.decode_body(entry.kind, entry.version, entry.body or b"")
    except events.BadBody:
        return None
    if not isinstance(body, events.CaseTakenOver):
        return None
    if body.station != publications.device(entry.device).certificate.region:
        return None
    return LocalNumber(body.station, body.on, body.slot, body.running)


def _day_told(entry: Entry) -> date | None:
    """The day on which an entry without effect says that it was done."""
    try:
        body = events.decode_body(entry.kind, entry.version, entry.body or b"")
    except events.BadBody:
        return None
    told = getattr(body, "on", None)
    return told if isinstance(told, date) else None


def setting_of(entry: Entry, publications: Publications) -> rules.Setting:
    """Who wrote an entry, with what power. Raises NotPublished."""
    writer = rules.writer_of(entry, publications)
    if not publications.tree.rows:
        raise NotPublished(what="regions")
    return rules.Setting(
        ref=entry.ref,
        region=RegionCode(entry.region),
        writer=writer,
        publications=publications,
        at=entry.clock,
    )
