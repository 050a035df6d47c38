"""What a person may mean by what they type into the search: cases, things to register, guides, pages.

Asked off the GUI thread. A line shows no more of a person than a list does: the screen faces a queue.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from app.domain.case import State
from app.domain.items import Handling
from app.domain.numbers import BadNumber, LocalNumber
from app.domain.receipt_code import PREFIX, is_practice_code
from app.domain.staff import OperatorCard
from app.journal.refs import Ref
from app.store import search
from app.store.rows import CaseRow
from app.store.store import Store
from app.usecases import catalogue, lookup, saved_filters, shared_numbers
from app.usecases.catalogue import Suggested, Why
from app.usecases.today import shown_today
from ui.desktop import case_words
from ui.desktop.look.mood import Mood
from ui.desktop.models.case_lines import item_name
from ui.desktop.pages.names import PageName

_CASES, _ITEMS, _GUIDES = 6, 5, 3
_REGISTER_WORDS = ("登记", "办理", "办")


class Group(StrEnum):
    CASES = "cases"
    REGISTER = "register"
    GUIDES = "guides"
    FILTERS = "filters"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One line: where it leads, and what it says. `why` is how the text fits an item."""

    group: Group
    page: PageName
    subject: object = None
    title: str
    detail: str = ""
    mark: str = ""
    mood: Mood = Mood.PLAIN
    why: Why | None = None


def find_all(store: Store, text: str, by: OperatorCard | None = None) -> list[Finding]:
    """Cases, what may be registered, guides, then saved filters. A text that begins with 登记 means an item alone."""
    wanted = text.strip()
    item_text = _without_verb(wanted)
    cases = [] if item_text != wanted else list(_cases(store, wanted))
    return [*cases, *_items(store, item_text), *_filters(store, wanted, by)]


def case_numbered(store: Store, text: str) -> Ref:
    """The case of a whole number, or of the code on a receipt. Raises BadCode, UnknownNumber, AmbiguousNumber.

    Of two cases with one number the code knows its own: its signature is over what that paper says.
    """
    number = text
    if is_receipt_code(text):
        from app.usecases import (
            authenticity,  # and all that makes papers, when the first one is scanned
        )

        checked = authenticity.check(store, text)
        if checked.subject is not None:
            return checked.subject
        number = checked.local_number
    return lookup.by_number(store, number).subject


def is_whole_number(text: str) -> bool:
    """Whether the text can only mean one case: a local number, or what a scanner reads from a receipt."""
    if is_receipt_code(text):
        return True
    try:
        LocalNumber.parse(shared_numbers.split(text)[0])
    except BadNumber:
        return False
    return True


def is_receipt_code(text: str) -> bool:
    return search.normal(text[: 2 * len(PREFIX)]).upper().startswith(PREFIX) or is_practice_code(
        text
    )


def _cases(store: Store, text: str) -> Iterator[Finding]:
    publications = store.publications
    rows = lookup.found(store, text, limit=_CASES)
    standings = lookup.standings(store, rows, shown_today(store))
    for row, standing in zip(rows, standings, strict=True):
        item = item_name(publications, row.item, row.item_version)
        state, limit = State(row.state), case_words.limit(standing)
        yield Finding(
            group=Group.CASES,
            page=PageName.CASES,
            subject=row.subject,
            title=f"{case_words.applicant(row)}　{item}",
            detail=_detail(store, row),
            mark=limit.text or state.label,
            mood=limit.mood if limit.text else case_words.state_mood(state),
        )


def _detail(store: Store, row: CaseRow) -> str:
    """A village knows where its cases come from and tells them apart by number; others by village."""
    if row.station == store.region:
        return "-".join(shared_numbers.told(store, row).split("-")[-2:])
    return case_words.place(store.publications, row.station)


def _filters(store: Store, text: str, by: OperatorCard | None) -> Iterator[Finding]:
    """The lists that this person has given a name with the text in it."""
    plain = search.normal(text)
    for saved in [] if by is None else saved_filters.of_operator(store, by):
        if plain in search.normal(saved.name):
            yield Finding(
                group=Group.FILTERS, page=PageName.CASES, subject=saved.wanted, title=saved.name
            )


def _items(store: Store, text: str) -> Iterator[Finding]:
    suggested = catalogue.suggested(store, text, shown_today(store), limit=_ITEMS)
    for one in suggested:
        if one.item is not None and one.item.handling is Handling.CASE:
            yield _about(one, Group.REGISTER, PageName.REGISTRATION)
    for one in suggested[:_GUIDES]:
        yield _about(one, Group.GUIDES, PageName.ITEMS)


def _about(one: Suggested, group: Group, page: PageName) -> Finding:
    item = one.item
    return Finding(
        group=group,
        page=page,
        subject=one.called if item is None else item.id,
        title=one.called if item is None else item.name,
        detail="" if item is None or one.called == item.name else one.called,
        why=one.why,
    )


def _without_verb(text: str) -> str:
    for verb in _REGISTER_WORDS:
        rest = text.removeprefix(verb)
        if rest != text and rest[:1].isspace():
            return rest.strip()
    return text
