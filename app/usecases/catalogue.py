"""Finding an item by whatever people call it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import Final

import msgspec

from app.domain.catalogue import NotIssued, RetiredTerm, Retirement, UnknownItem
from app.domain.item_versions import Withdrawal
from app.domain.items import Handling, Item
from app.domain.publications import Publications
from app.errors import Refused
from app.store import habits, search, spelling
from app.store.store import Store


class NotIssuedHere(Refused):
    """A certificate that a village must not issue (facts: name, ask_instead, alternative).

    Source: 民发〔2020〕20号.
    """

    code = "not_issued_here"


class ItemAbolished(Refused):
    """A name of something that is no more (facts: name, now)."""

    code = "item_abolished"


class ItemCancelled(Refused):
    """The item was withdrawn from a day on, and nothing took its place (facts: item, on, reason)."""

    code = "item_cancelled"


_NEAREST: Final = 3
"""Items that a refusal names for something that was not typed in full."""


def find(store: Store, asked: str, on: date) -> Item:
    """The version in force of the item with this id, name, former or everyday name.

    What was merged leads to what it was merged into.
    Raises UnknownItem, NotIssuedHere, ItemAbolished, ItemCancelled.
    """
    publications = store.publications
    item = publications.current_item(asked.strip().upper(), on)
    if item is not None:
        return item
    called = search.normal(asked)
    latest = [versions[-1] for versions in publications.items.values()]
    for names in (_own_name, _aliases):
        for one in latest:
            if called and called in map(search.normal, names(one)):
                found = publications.current_item(one.id, on)
                if found is not None:
                    return found
    for one in latest:
        if called and called in map(search.normal, (one.id, one.name, *one.aliases)):
            ended = publications.withdrawal(one.id, on)
            if ended is not None:
                return _successor(publications, one, ended, on)
    for certificate in publications.not_issued_here:
        if search.normal(certificate.name) == called:
            raise _not_issued(certificate)
    for term in publications.retired_terms:
        if search.normal(term.old) == called:
            return _instead_of(store, term, on)
    near = [one.item for one in suggested(store, asked, on, limit=_NEAREST) if one.item is not None]
    if called and near:
        told = "、".join(f"{one.name}（{one.id}）" for one in near)
        raise UnknownItem(item=asked, why="near", near=told)
    raise UnknownItem(item=asked)


def successor(publications: Publications, ended: Withdrawal, on: date) -> Item | None:
    """What stands in the place of a withdrawn item on that day; None if nothing does."""
    passed = {ended.item}
    while ended.into and ended.into not in passed:
        passed.add(ended.into)
        item = publications.current_item(ended.into, on)
        if item is not None:
            return item
        further = publications.withdrawal(ended.into, on)
        if further is None:
            return None
        ended = further
    return None


def _successor(publications: Publications, item: Item, ended: Withdrawal, on: date) -> Item:
    found = successor(publications, ended, on)
    if found is None:
        raise ItemCancelled(item=item.name, on=ended.on.isoformat(), reason=ended.reason)
    return found


def _own_name(item: Item) -> tuple[str, ...]:
    return (item.name,)


def _aliases(item: Item) -> tuple[str, ...]:
    return item.aliases


def _instead_of(store: Store, term: RetiredTerm, on: date) -> Item:
    """Where a name that is no longer used leads today."""
    if term.now is None or term.kind is Retirement.ABOLISHED:
        raise ItemAbolished(name=term.old, now=term.now or "")
    return find(store, term.now, on)


def _not_issued(certificate: NotIssued) -> NotIssuedHere:
    return NotIssuedHere(
        name=certificate.name,
        ask_instead=certificate.ask_instead,
        alternative=certificate.alternative,
    )


# --- while somebody types -------------------------------------------------------------------------


class Why(StrEnum):
    """By what something is suggested; of equal fits the first is believed."""

    NAME = "name"
    ID = "id"
    WITHDRAWN = "withdrawn"
    ALIAS = "alias"
    RETIRED = "retired"
    NOT_ISSUED = "not_issued"
    PINYIN = "pinyin"
    USED = "used"


class Suggested(msgspec.Struct, frozen=True, kw_only=True):
    """A line under what is being typed; `called` is the name that fits it.

    Without an item it is a certificate that is not issued here, or something abolished (`retired.now` says what is)
    or withdrawn. `withdrawn` says since when and why; the item then is what it was merged into.
    """

    item: Item | None
    called: str
    why: Why
    not_issued: NotIssued | None = None
    retired: RetiredTerm | None = None
    withdrawn: Withdrawal | None = None

    @property
    def is_case(self) -> bool:
        """Whether it may be registered as a case."""
        return self.item is not None and self.item.handling is Handling.CASE


class _Fit(IntEnum):
    EXACT = 0
    BEGINS = 1
    WITHIN = 2


_BELIEVED = tuple(Why)


def suggested(store: Store, text: str, on: date, limit: int = 12) -> list[Suggested]:
    """What the typed text may mean: a part of a name or of its pinyin, an id, a name no longer used.

    What fits exactly comes first, then what may be registered as a case;
    of the same fit, what this station registers most.
    Without a text: what it has registered most lately, then the rest of the catalogue.
    """
    typed = search.normal(text)
    used = habits.items_lately(store, store.region)
    best: dict[str, tuple[tuple[int, ...], Suggested]] = {}
    for place, one in enumerate(_meant(store, on)):
        found = _fit(typed, one) if typed else _offered(one)
        if found is None:
            continue
        why, fit = found
        rank = (
            fit is not _Fit.EXACT,
            not one.is_case,
            fit,
            -used.get(one.item.id, 0) if one.item else 0,
            _BELIEVED.index(why),
            place,
        )
        means = _meaning(one)
        if means not in best or rank < best[means][0]:
            best[means] = rank, msgspec.structs.replace(one, why=why)
    return [one for _, one in sorted(best.values(), key=lambda ranked: ranked[0])[:limit]]


def _meaning(one: Suggested) -> str:
    """One line for one thing, by whatever name."""
    if one.item is not None:
        return one.item.id
    if one.withdrawn is not None:
        return one.withdrawn.item
    return one.called if one.not_issued is None else one.not_issued.name


def _offered(one: Suggested) -> tuple[Why, _Fit] | None:
    """What is offered before anything is typed: every item that may be registered, by its name."""
    return (Why.USED, _Fit.WITHIN) if one.is_case and one.why is Why.NAME else None


def _fit(typed: str, one: Suggested) -> tuple[Why, _Fit] | None:
    """By what the typed text means this, and how well; None if it does not."""
    called = _normal(one.called)
    if typed in called:
        if typed == called:
            return one.why, _Fit.EXACT
        return one.why, _Fit.BEGINS if called.startswith(typed) else _Fit.WITHIN
    start = spelling.place(typed, one.called)
    if start is None:
        return None
    return Why.PINYIN, _Fit.WITHIN if start else _Fit.BEGINS


def _meant(store: Store, on: date) -> Iterator[Suggested]:
    """Everything that a name of the catalogue leads to on that day."""
    publications = store.publications
    current = [publications.current_item(item, on) for item in sorted(publications.items)]
    items = [item for item in current if item is not None]
    for item in items:
        yield Suggested(item=item, called=item.name, why=Why.NAME)
        yield Suggested(item=item, called=item.id, why=Why.ID)
        for alias in item.aliases:
            yield Suggested(item=item, called=alias, why=Why.ALIAS)
    by_name = {item.name: item for item in items}
    for item in items:
        for alias in item.aliases:
            by_name.setdefault(alias, item)
    for one in withdrawn(publications, on):
        if one.item is not None:
            by_name.setdefault(one.called, one.item)
        yield one
    certificates = {one.name: one for one in publications.not_issued_here}
    for term in publications.retired_terms:
        is_gone = term.now is None or term.kind is Retirement.ABOLISHED
        now = "" if is_gone else str(term.now)
        yield Suggested(
            item=by_name.get(now),
            called=term.old,
            why=Why.RETIRED,
            not_issued=certificates.get(now),
            retired=term,
        )
    for certificate in certificates.values():
        called = certificate.name
        yield Suggested(item=None, called=called, why=Why.NOT_ISSUED, not_issued=certificate)


def merged_from(store: Store, asked: str, on: date) -> Withdrawal | None:
    """The merger by which this name leads to another item, if it does."""
    called = search.normal(asked)
    for one in withdrawn(store.publications, on):
        if one.item is not None and search.normal(one.called) == called:
            return one.withdrawn
    return None


def withdrawn(publications: Publications, on: date) -> Iterator[Suggested]:
    """Every name of an item that was withdrawn by that day, its id too."""
    for name in sorted(publications.withdrawals):
        ended = publications.withdrawal(name, on)
        if ended is None:
            continue
        last = publications.items[name][-1]
        instead = successor(publications, ended, on)
        for called in (last.name, *last.aliases, last.id):
            yield Suggested(item=instead, called=called, why=Why.WITHDRAWN, withdrawn=ended)


@lru_cache(maxsize=4096)
def _normal(name: str) -> str:
    """The catalogue's names are the same at each key."""
    return search.normal(name)
