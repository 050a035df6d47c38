"""The catalogue as a list: what fits a search or a category; read on the store's thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from datetime import date
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain.items import Handling, Item
from app.store import search
from app.store.store import Store
from app.usecases import catalogue, item_drafts
from app.usecases.catalogue import Suggested, Why
from app.usecases.today import shown_today
from ui.desktop import words
from ui.desktop.look.mood import Mood

NOT_ISSUED: Final = "not_issued"
"""The category of certificates that are not issued here; no category of items has such a name."""
CANCELLED: Final = "cancelled"
"""The category of items that were withdrawn and led nowhere."""
_MOST: Final = 200


class ItemsWanted(msgspec.Struct, frozen=True, kw_only=True):
    text: str = ""
    category: str | None = None


class ItemLine(msgspec.Struct, frozen=True, kw_only=True):
    """`found.item` is None for what is not done here; `key` stays the same from search to search."""

    key: str
    title: str
    detail: str
    mark: str
    mood: Mood
    found: Suggested


class Category(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    count: int


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """`categories` of the whole catalogue, whatever is listed; none: no catalogue has come down yet."""

    lines: tuple[ItemLine, ...]
    categories: tuple[Category, ...]
    items: int


def read_listing(store: Store, wanted: ItemsWanted) -> Listing:
    """What is wanted, in the order of the catalogue, or of how well it fits what was typed."""
    on = shown_today(store)
    everything = _everything(store, on)
    if wanted.text:
        found = catalogue.suggested(store, wanted.text, on, _MOST)
        known = {one.item.id for one in found if one.item is not None}
        typed = search.normal(wanted.text)
        found += [
            one
            for one in everything
            if _is_coming(one, on)
            and one.item is not None
            and one.item.id not in known
            and typed in search.normal(one.item.name)
        ]
    else:
        found = everything
    former = {term.old for term in store.publications.retired_terms}
    drafts = {one.item for one in item_drafts.every(store)}
    lines = [_begun(_line(one, on, former), drafts) for one in found if _fits(one, wanted.category)]
    counts = Counter(_category(one) for one in everything)
    return Listing(
        lines=tuple(lines),
        categories=tuple(Category(name=name, count=count) for name, count in counts.items()),
        items=sum(one.item is not None for one in everything),
    )


def named(store: Store, name: str) -> Suggested | None:
    """What goes by this id or name; None if nothing does."""
    on = shown_today(store)
    typed = search.normal(name)
    for one in [*catalogue.suggested(store, name, on, limit=1), *_everything(store, on)]:
        if typed in (search.normal(one.called), search.normal(key_of(one))):
            return one
    return None


def key_of(found: Suggested) -> str:
    """The item's id, one that is no more too; else the name of what is not done here."""
    if found.item is not None:
        return found.item.id
    if found.withdrawn is not None:
        return found.withdrawn.item
    return found.not_issued.name if found.not_issued is not None else found.called


def how_many(listing: Listing) -> str:
    """共 71 项，列出 3 项，另有 1 项不在这里办; empty before any catalogue has come."""
    if not listing.items:
        return ""
    here = sum(line.found.item is not None for line in listing.lines)
    others = len(listing.lines) - here
    told = _tr("共 {n} 项").format(n=listing.items)
    if here != listing.items:
        told = _tr("{told}，列出 {n} 项").format(told=told, n=here)
    if others:
        told = _tr("{told}，另有 {n} 项不在这里办").format(told=told, n=others)
    return told


def category_options(listing: Listing) -> list[tuple[str, object]]:
    """What the list may be narrowed to, in words."""
    named = {NOT_ISSUED: _tr("不予开具的证明"), CANCELLED: _tr("已经取消的")}
    options: list[tuple[str, object]] = [(_tr("全部类别"), None)]
    for one in listing.categories:
        told = _tr("{name} {n}").format(name=named.get(one.name, one.name), n=one.count)
        options.append((told, one.name))
    return options


def _everything(store: Store, on: date) -> list[Suggested]:
    """Every item by its id, those that only come into force later too, then the certificates and what is no more."""
    publications = store.publications
    listed, gone = [], []
    for name, versions in sorted(publications.items.items()):
        ended = publications.withdrawal(name, on)
        if ended is None:
            item = publications.current_item(name, on) or versions[0]
            listed.append(Suggested(item=item, called=item.name, why=Why.NAME))
        elif catalogue.successor(publications, ended, on) is None:
            called = versions[-1].name
            gone.append(Suggested(item=None, called=called, why=Why.WITHDRAWN, withdrawn=ended))
    certificates = [
        Suggested(item=None, called=one.name, why=Why.NOT_ISSUED, not_issued=one)
        for one in publications.not_issued_here
    ]
    return [*listed, *certificates, *gone]


def _category(found: Suggested) -> str:
    if found.item is not None:
        return found.item.category
    return NOT_ISSUED if found.withdrawn is None else CANCELLED


def _fits(found: Suggested, category: str | None) -> bool:
    return category is None or _category(found) == category


def _is_coming(found: Suggested, on: date) -> bool:
    item = found.item
    return item is not None and item.effective is not None and item.effective > on


def _line(found: Suggested, on: date, former: Set[str]) -> ItemLine:
    item = found.item
    if item is None:
        return _elsewhere(found, former)
    mark, mood = handling_mark(item), Mood.PLAIN
    if _is_coming(found, on):
        mark, mood = _tr("将生效"), Mood.INFO
    return ItemLine(
        key=item.id,
        title=item.name,
        detail=_by_what_name(found, former) or _tr(" · ").join((item.category, item.mode.label)),
        mark=mark,
        mood=mood,
        found=found,
    )


def _begun(line: ItemLine, drafts: Set[str]) -> ItemLine:
    """What somebody at the district has begun to edit."""
    if line.key not in drafts:
        return line
    return msgspec.structs.replace(line, mark=_tr("有草稿"), mood=Mood.WARN)


def _elsewhere(found: Suggested, former: Set[str]) -> ItemLine:
    certificate = found.not_issued
    if certificate is None:
        return ItemLine(
            key=key_of(found),
            title=found.called,
            detail=_why_no_more(found),
            mark=_tr("已取消"),
            mood=Mood.PAUSED,
            found=found,
        )
    return ItemLine(
        key=key_of(found),
        title=certificate.name,
        detail=_by_what_name(found, former)
        or _tr("请找{office}").format(office=certificate.ask_instead),
        mark=_tr("不予开具"),
        mood=Mood.WARN,
        found=found,
    )


def _why_no_more(found: Suggested) -> str:
    if found.withdrawn is not None:
        told = _tr("{day}起取消")
        return told.format(day=words.day(found.withdrawn.on))
    return (found.retired.now or "") if found.retired is not None else ""


def handling_mark(item: Item) -> str:
    """承诺件; or what becomes of it where it is no case."""
    return {
        Handling.CASE: item.kind.label,
        Handling.ROSTER: _tr("名册"),
        Handling.CONSULTATION: _tr("咨询"),
        Handling.INFORM: _tr("告知"),
    }[item.handling]


def _by_what_name(found: Suggested, former: Set[str]) -> str:
    """The name that fitted, if it is not the thing's own; a former one is often an alias too."""
    if found.why not in (Why.ALIAS, Why.RETIRED, Why.WITHDRAWN):
        return ""
    is_former = found.called in former or found.why is Why.WITHDRAWN
    told = _tr("原称 {name}") if is_former else _tr("又称 {name}")
    return told.format(name=found.called)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ItemLines", text)
