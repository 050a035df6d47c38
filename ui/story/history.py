"""The whole story of a case: every entry in reading order with its sentence, and in whose place somebody wrote it."""

from __future__ import annotations

import msgspec

from app.domain import events
from app.domain.items import Item
from app.domain.publications import Publications
from app.domain.regions import RegionCode, UnknownRegion, place_name
from app.journal.entry import Entry
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import deputies, lookup
from ui.story.telling import Telling, tell


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """`why` says why an entry has no effect, None if it has. `text`: a sentence, then lines of its parts."""

    entry: Entry
    why: str | None
    who: str
    text: str


def history(store: Store, subject: Ref, item: Item) -> list[Told]:
    entries = lookup.history(store, subject)
    publications = store.publications
    effective = [one for one, why in entries if why is None and not events.is_look(one.kind)]
    absent = deputies.stood_in(effective, publications)
    told = []
    for one, why in entries:
        who = writer(publications, one, absent.get(one.ref))
        text = _text(one, who, Telling(publications=publications, item=item))
        told.append(Told(entry=one, why=why, who=who, text=text))
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


def _text(one: Entry, who: str, telling: Telling) -> str:
    """Of what cannot be read here only who wrote it is told."""
    if one.body is None:
        return f"{who}（内容已经清除）"
    if not events.is_known(one.kind, one.version):
        return who
    try:
        body = events.decode_body(one.kind, one.version, one.body)
    except events.BadBody:
        return who
    first, *more = tell(body, telling).splitlines()
    return "\n".join([f"{who}{first.rstrip('。')}。", *more])


def _place(publications: Publications, region: str) -> str:
    try:
        return place_name(publications.tree.region(RegionCode(region)))
    except UnknownRegion:
        return region


def _name(publications: Publications, ref: Ref | None) -> str:
    card = publications.operators.get(ref) if ref else None
    return card.name if card else ""
