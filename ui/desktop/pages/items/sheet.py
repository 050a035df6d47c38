"""What is shown of one item, or of what is not done here; read on the store's thread."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from app.domain.catalogue import Retirement
from app.domain.item_versions import Withdrawal
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
    """`versions` oldest first; `shown` is the one that `item` is. `former` are names of other years.

    `ends`: the item will be withdrawn then. `merged`: what went into it, and why, if one was looked for by that name.
    """

    item: Item
    shown: Version
    versions: tuple[Version, ...]
    former: tuple[str, ...]
    today: date
    ends: Withdrawal | None = None
    merged: Withdrawal | None = None

    @property
    def coming(self) -> Version | None:
        """The next version, if one is published."""
        return next((one for one in self.versions if one.stands is InForce.COMING), None)


class Elsewhere(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate that is not issued here (`ask` says where), or something abolished (`ask` is empty).

    `since` is the day from which an item was withdrawn, `item` its id.
    """

    name: str
    called: str
    ask: str
    instead: str
    since: date | None = None
    item: str = ""


def read_sheet(store: Store, found: Suggested, version: int | None = None) -> ItemSheet | Elsewhere:
    """The version in force, or the one that is asked for."""
    if found.item is None:
        return _elsewhere(found)
    publications, name = store.publications, found.item.id
    every = publications.items.get(name) or [found.item]
    item = publications.current_item(name, shown_today(store)) or every[0]
    item = next((one for one in every if one.version == version), item)
    return msgspec.structs.replace(_sheet(store, item, every), merged=found.withdrawn)


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
    return ItemSheet(
        item=item,
        shown=next(one for one in versions if one.number == item.version),
        versions=tuple(versions),
        former=_former(store, item, every, today),
        today=today,
        ends=store.publications.coming_withdrawal(item.id, today),
    )


def _former(store: Store, item: Item, every: list[Item], today: date) -> tuple[str, ...]:
    """Names of other years: retired ones, those of earlier versions, and of what was merged into it."""
    publications = store.publications
    names = [
        term.old
        for term in publications.retired_terms
        if term.kind is Retirement.RENAMED and term.now in (item.name, *item.aliases)
    ]
    names += [one.name for one in every if one.version < item.version]
    for name in publications.withdrawals:
        ended = publications.withdrawal(name, today)
        if ended is not None and ended.into == item.id:
            names.append(publications.items[name][-1].name)
    return tuple(name for name in dict.fromkeys(names) if name != item.name)


def _changed(before: Item, after: Item) -> tuple[str, ...]:
    old = {section.heading: section.lines for section in guide_words.sections(before)}
    new = {section.heading: section.lines for section in guide_words.sections(after)}
    every = [*new, *(heading for heading in old if heading not in new)]
    return tuple(heading for heading in every if old.get(heading) != new.get(heading))


def _elsewhere(found: Suggested) -> Elsewhere:
    certificate, ended = found.not_issued, found.withdrawn
    if ended is not None:
        return Elsewhere(
            name=found.called,
            called="",
            ask="",
            instead=ended.reason,
            since=ended.on,
            item=ended.item,
        )
    if certificate is None:
        now = found.retired.now if found.retired is not None else None
        return Elsewhere(name=found.called, called="", ask="", instead=now or "")
    return Elsewhere(
        name=certificate.name,
        called=found.called if found.called != certificate.name else "",
        ask=certificate.ask_instead,
        instead=certificate.alternative,
    )
