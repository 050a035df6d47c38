"""What is shown of one item, or of what is not done here; read on the store's thread."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from app.domain.catalogue import Retirement
from app.domain.items import Item
from app.store.store import Store
from app.usecases.catalogue import Suggested
from app.usecases.today import shown_today
from ui.desktop.pages.items import guide_words


class InForce(StrEnum):
    """A version on a day."""

    NOW = "now"
    COMING = "coming"
    PAST = "past"


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """`changed`: the headings of the guide under which it says something else than the version before."""

    number: int
    effective: date | None
    stands: InForce
    changed: tuple[str, ...] = ()


class ItemSheet(msgspec.Struct, frozen=True, kw_only=True):
    """`versions` oldest first; `shown` is the one that `item` is. `former` are names of other years."""

    item: Item
    shown: Version
    versions: tuple[Version, ...]
    former: tuple[str, ...]
    today: date

    @property
    def coming(self) -> Version | None:
        """The next version, if one is published."""
        return next((one for one in self.versions if one.stands is InForce.COMING), None)


class Elsewhere(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate that is not issued here (`ask` says where), or something abolished (`ask` is empty)."""

    name: str
    called: str
    ask: str
    instead: str


def read_sheet(store: Store, found: Suggested, version: int | None = None) -> ItemSheet | Elsewhere:
    """The version in force, or the one that is asked for."""
    if found.item is None:
        return _elsewhere(found)
    publications, name = store.publications, found.item.id
    every = publications.items.get(name) or [found.item]
    item = publications.current_item(name, shown_today(store)) or every[0]
    item = next((one for one in every if one.version == version), item)
    return _sheet(store, item, every)


def _sheet(store: Store, item: Item, every: list[Item]) -> ItemSheet:
    today = shown_today(store)
    current = store.publications.current_item(item.id, today)
    versions = []
    before: Item | None = None
    for one in every:
        stands = InForce.PAST
        if current is None or one.version > current.version:
            stands = InForce.COMING
        elif one.version == current.version:
            stands = InForce.NOW
        versions.append(
            Version(
                number=one.version,
                effective=one.effective,
                stands=stands,
                changed=_changed(before, one) if before is not None else (),
            )
        )
        before = one
    former = tuple(
        term.old
        for term in store.publications.retired_terms
        if term.kind is Retirement.RENAMED and term.now == item.name
    )
    return ItemSheet(
        item=item,
        shown=next(one for one in versions if one.number == item.version),
        versions=tuple(versions),
        former=former,
        today=today,
    )


def _changed(before: Item, after: Item) -> tuple[str, ...]:
    old = {section.heading: section.lines for section in guide_words.sections(before)}
    new = {section.heading: section.lines for section in guide_words.sections(after)}
    every = [*new, *(heading for heading in old if heading not in new)]
    return tuple(heading for heading in every if old.get(heading) != new.get(heading))


def _elsewhere(found: Suggested) -> Elsewhere:
    certificate = found.not_issued
    if certificate is None:
        now = found.retired.now if found.retired is not None else None
        return Elsewhere(name=found.called, called="", ask="", instead=now or "")
    return Elsewhere(
        name=certificate.name,
        called=found.called if found.called != certificate.name else "",
        ask=certificate.ask_instead,
        instead=certificate.alternative,
    )
