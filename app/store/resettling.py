"""Which cases read otherwise once something was published: a calendar, the district's numbers, somebody's power."""

from __future__ import annotations

from datetime import date

from app.domain.calendar import CalendarYear, Overlay
from app.domain.events import Body
from app.domain.publications import Publications
from app.domain.staff import Staff
from app.journal.entry import Entry
from app.journal.refs import Ref
from app.store.folding import refold
from app.store.store import Store
from app.store.transaction import Transaction

_NO_CLOCKS = b"\x90"
"""An empty array, as the column of running clocks has it."""


def touched(store: Store, before: Publications, after: Publications) -> list[Ref]:
    """The cases here that may read otherwise than before."""
    found: dict[Ref, None] = {}
    first = _first_day_changed(before, after)
    if first is not None:
        found.update(dict.fromkeys(_counting(store, first)))
    for region, since in _changes(before.staff, after.staff):
        for subject in _written_at(store, after, region, since):
            found[subject] = None
    return list(found)


def announce(
    store: Store,
    tx: Transaction,
    body: Body,
    *,
    by: Ref,
    subject: Ref | None = None,
    after: tuple[Ref, ...] = (),
) -> Entry:
    """Publish something that cases are read by, and bring the rows of those it touches up to date."""
    before = store.publications
    written = tx.publish(body, by=by, subject=subject, after=after)
    refold(store, touched(store, before, store.publications))
    return written


def _changes(before: Staff, after: Staff) -> list[tuple[str, int]]:
    """Of each region whose people's powers changed, since when."""
    earliest: dict[str, int] = {}
    for region, at in after.changes - before.changes:
        earliest[region] = min(at, earliest.get(region, at))
    return list(earliest.items())


def _first_day_changed(before: Publications, after: Publications) -> date | None:
    """From which day on working days or the district's numbers are others; None if they are the same.

    `date.max` where a year is only known to have no days of its own: that settles what was expected.
    """
    years = before.years.keys() | after.years.keys()
    overlays = before.overlays.keys() | after.overlays.keys()
    arranged: list[tuple[CalendarYear | Overlay | None, CalendarYear | Overlay | None]] = [
        *((before.years.get(year), after.years.get(year)) for year in years),
        *((before.overlays.get(ref), after.overlays.get(ref)) for ref in overlays),
    ]
    days: list[date] = []
    for was, now in arranged:
        if was != now:
            days += [date.max, *_listed(was), *_listed(now)]
    days += [one.effective for one in set(before.all_settings) ^ set(after.all_settings)]
    return min(days, default=None)


def _listed(arranged: CalendarYear | Overlay | None) -> tuple[date, ...]:
    return () if arranged is None else (*arranged.off, *arranged.makeup)


def _counting(store: Store, first: date) -> list[Ref]:
    """The cases with limits that run, and those where something ended, or had no effect, on that day or later."""
    rows = store.database.rows(
        "SELECT subject_device, subject_seq FROM case_row WHERE clocks <> ? OR last_day >= ?",
        (_NO_CLOCKS, first.isoformat()),
    )
    return [store.journal.ref(*row) for row in rows]


def _written_at(store: Store, publications: Publications, region: str, since: int) -> list[Ref]:
    """The subjects on which a station's devices wrote since that time."""
    found: dict[Ref, None] = {}
    for device, known in publications.devices.items():
        if known.certificate.region == region:
            first = store.journal.first_since(device, since)
            if first is not None:
                found.update(dict.fromkeys(store.journal.subjects_from(device, first)))
    return list(found)
