"""The whole story of a case: every entry in reading order with its sentence, and in whose place somebody wrote it."""

from __future__ import annotations

from datetime import date

import msgspec

from app.domain import events
from app.domain.days import day_at
from app.domain.events import Body
from app.domain.items import Item
from app.domain.publications import Publications
from app.domain.regions import RegionCode, UnknownRegion, place_name
from app.journal.entry import Entry
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import deputies, lookup
from app.usecases.story.telling import Telling, tell


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """`why` says why an entry has no effect, None if it has. `text`: a sentence, then lines of its parts.

    `what` is the same without who did it, empty where it cannot be read here, as `body` is None;
    `on` is the day that the entry says of itself, else that of its clock.
    """

    entry: Entry
    why: str | None
    who: str
    text: str
    what: str
    on: date
    body: Body | None


def history(store: Store, subject: Ref, item: Item) -> list[Told]:
    entries = lookup.history(store, subject)
    publications = store.publications
    row = store.rows.by_subject(subject)
    telling = Telling(
        publications=publications, item=item, official_number=(row and row.official_number) or ""
    )
    effective = [one for one, why in entries if why is None and not events.is_look(one.kind)]
    absent = deputies.stood_in(effective, publications)
    told = []
    for one, why in entries:
        who = writer(publications, one, absent.get(one.ref))
        body = _body(one)
        what = "" if body is None else tell(body, telling)
        told.append(
            Told(
                entry=one,
                why=why,
                who=who,
                text=_text(one, who, what),
                what=what,
                on=_day(one, body),
                body=body,
            )
        )
    return told


def writer(publications: Publications, one: Entry, absent: Ref | None = None) -> str:
    """湖塘村的韦丽萍（代 蒙春燕）; the station alone where nobody is known."""
    known = publications.devices.get(one.device)
    station = "还不认识的站点"
    if known is not None:
        station = _place(publications, known.certificate.region)
    name = _name(publications, one.actor)
    if not name:
        return station
    return f"{station}的{name}" + (f"（代 {_name(publications, absent)}）" if absent else "")


def _body(one: Entry) -> Body | None:
    if one.body is None or not events.is_known(one.kind, one.version):
        return None
    try:
        return events.decode_body(one.kind, one.version, one.body)
    except events.BadBody:
        return None


def _text(one: Entry, who: str, what: str) -> str:
    """Of what cannot be read here only who wrote it is told."""
    if not what:
        return f"{who}（内容已经清除）" if one.body is None else who
    first, *more = what.splitlines()
    return "\n".join([f"{who}{first.rstrip('。')}。", *more])


def _day(one: Entry, body: Body | None) -> date:
    if isinstance(body, events.CaseRegistered):
        return body.received_on
    told = getattr(body, "on", None)
    return told if isinstance(told, date) else day_at(one.clock)


def _place(publications: Publications, region: str) -> str:
    try:
        return place_name(publications.tree.region(RegionCode(region)))
    except UnknownRegion:
        return region


def _name(publications: Publications, ref: Ref | None) -> str:
    card = publications.operators.get(ref) if ref else None
    return card.name if card else ""
