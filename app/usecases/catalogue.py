"""Finding an item by whatever people call it."""

from __future__ import annotations

from datetime import date

from app.domain.catalogue import NotIssued, RetiredTerm, Retirement, UnknownItem
from app.domain.items import Item
from app.errors import Refused
from app.store import search
from app.store.store import Store


class NotIssuedHere(Refused):
    """A certificate that a village must not issue (facts: name, ask_instead, alternative).

    Source: 民发〔2020〕20号.
    """

    code = "not_issued_here"


class ItemAbolished(Refused):
    """A name of something that is no more (facts: name, now)."""

    code = "item_abolished"


def find(store: Store, asked: str, on: date) -> Item:
    """The version in force of the item with this id, name, former or everyday name.

    Raises UnknownItem, NotIssuedHere, ItemAbolished.
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
    for certificate in publications.not_issued_here:
        if search.normal(certificate.name) == called:
            raise _not_issued(certificate)
    for term in publications.retired_terms:
        if search.normal(term.old) == called:
            return _instead_of(store, term, on)
    raise UnknownItem(item=asked)


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
