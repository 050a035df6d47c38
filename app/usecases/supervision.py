"""效能监督: the cards that are deserved and not issued yet, and those that were issued."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from app.domain.case import CardState, Case
from app.domain.events import CardGrade
from app.domain.lights import Light
from app.domain.regions import RegionCode
from app.domain.watching import Deserved, due_cards, label_of
from app.store.rows import CaseRow
from app.store.side_rows import CardRow
from app.store.store import Store
from app.usecases import lookup
from app.usecases.filters import codes_at

_AT_A_TIME = 200


class Which(StrEnum):
    """Cards as a supervisor sorts them."""

    PENDING = "pending"
    OPEN = "open"
    APPEALED = "appealed"
    TASKED = "tasked"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return _WHICH[self]


_WHICH = {
    Which.PENDING: "待发牌",
    Which.OPEN: "已发出",
    Which.APPEALED: "申诉中",
    Which.TASKED: "督办中",
    Which.CLOSED: "已了结",
}
_STATES = {
    Which.OPEN: (CardState.ISSUED, CardState.CONFIRMED),
    Which.APPEALED: (CardState.APPEALED,),
    Which.TASKED: (CardState.TASKED,),
    Which.CLOSED: (CardState.UPHELD, CardState.WITHDRAWN),
}


class CardLine(msgspec.Struct, frozen=True, kw_only=True):
    """A card in a list, issued or only deserved (`state` None)."""

    row: CaseRow
    cause: str
    cause_label: str
    since: date
    grade: CardGrade
    station: str
    station_name: str
    post: str
    person: str
    state: CardState | None
    issued_on: date | None = None
    due: date | None = None


class Lights(msgspec.Struct, frozen=True, kw_only=True):
    """How many open cases show each light today, and how many cards there are of each kind."""

    lights: dict[Light, int]
    cards: dict[Which, int]


class LightsPiece(msgspec.Struct, frozen=True, kw_only=True):
    """`next` is where the following piece begins; None after the last."""

    lights: dict[Light, int]
    next: int | None


def pending(store: Store, today: date, limit: int = _AT_A_TIME) -> list[CardLine]:
    """The cards that cases here deserve today and nobody has issued: first of those that wait, the longest late first.

    Of what has ended the newest comes first. At most `limit`; what is issued makes room for the next.
    """
    found: list[CardLine] = []
    offset = 0
    while len(found) < limit and (rows := _watched(store, today, offset)):
        offset += len(rows)
        for row in rows:
            case = store.case(row.subject)
            if isinstance(case, Case):
                due = due_cards(case, store.publications, today)
                found += [_due_line(store, row, one) for one in due]
    return found[:limit]


def issued(store: Store, which: Which, limit: int = _AT_A_TIME) -> list[CardLine]:
    """Cards that were issued, the newest first."""
    states = _STATES[which]
    marks = ", ".join("?" * len(states))
    cards = store.rows.beside.cards(f"state IN ({marks})", states, limit)
    return _lines(store, cards)


def of_station(store: Store, limit: int = _AT_A_TIME) -> list[CardLine]:
    """The cards that name this station and were not withdrawn."""
    own = codes_at(store, store.region)
    marks = ", ".join("?" * len(own))
    condition = f"station IN ({marks}) AND state <> 'withdrawn'"
    return _lines(store, store.rows.beside.cards(condition, tuple(own), limit))


def waiting_for_judgement(store: Store) -> int:
    """How many appeals nobody has judged."""
    (number,) = store.database.row("SELECT count(*) FROM card_row WHERE state = 'appealed'")
    return int(number)


def lights(store: Store, today: date) -> Lights:
    """What a supervisor sees first."""
    shown, after = dict.fromkeys(Light, 0), 0
    while True:
        piece = lights_piece(store, today, after)
        for light, number in piece.lights.items():
            shown[light] += number
        if piece.next is None:
            return Lights(lights=shown, cards=card_counts(store, today))
        after = piece.next


def lights_piece(store: Store, today: date, after: int = 0) -> LightsPiece:
    """The lights of some of the open cases, after the one of that number; nobody waits long for one piece.

    Rows hold days, not colours, so only those near their end are looked at; the others are counted with the first.
    """
    until = today + timedelta(days=_FURTHEST_WARNING_DAYS)
    rows = store.rows.where(
        "due IS NOT NULL AND due <= ? AND n > ?",
        (until.isoformat(), after),
        order="n",
        limit=_LOOKED_AT_ONCE,
    )
    shown = dict.fromkeys(Light, 0)
    for standing in lookup.standings(store, rows, today):
        shown[standing.light] += 1
    if not after:
        (far,) = store.database.row(
            "SELECT count(*) FROM case_row WHERE due > ?", (until.isoformat(),)
        )
        shown[Light.NORMAL] += far
    whole = len(rows) == _LOOKED_AT_ONCE
    return LightsPiece(lights=shown, next=rows[-1].n if whole else None)


def card_counts(store: Store, today: date) -> dict[Which, int]:
    """How many cards there are of each kind; of those to be issued at most as many as a list shows."""
    cards = {Which.PENDING: len(pending(store, today))}
    for which, states in _STATES.items():
        marks = ", ".join("?" * len(states))
        (number,) = store.database.row(
            f"SELECT count(*) FROM card_row WHERE state IN ({marks})", tuple(states)
        )
        cards[which] = number
    return cards


_FURTHEST_WARNING_DAYS = 21
"""Natural days ahead in which a clock can show a warning."""
_LOOKED_AT_ONCE = 1_000


def _watched(store: Store, today: date, offset: int) -> list[CaseRow]:
    """Some of the cases that may deserve a card that nobody has issued."""
    return store.rows.where(
        "card_from <= ?",
        (today.isoformat(),),
        order="due IS NULL, due, card_from DESC, n",
        limit=_AT_A_TIME,
        offset=offset,
    )


def _due_line(store: Store, row: CaseRow, one: Deserved) -> CardLine:
    person = None if one.person is None else store.publications.operators.get(one.person)
    responsible = person if person is not None and person.region == one.station else None
    return CardLine(
        row=row,
        cause=one.cause,
        cause_label=label_of(one.cause),
        since=one.since,
        grade=one.grade,
        station=one.station,
        station_name=store.publications.station_name(one.station),
        post=responsible.post if responsible else "",
        person=responsible.name if responsible else "",
        state=None,
    )


def _lines(store: Store, cards: Sequence[CardRow]) -> list[CardLine]:
    rows = {row.n: row for row in store.rows.at(list(dict.fromkeys(card.n for card in cards)))}
    return [
        CardLine(
            row=rows[card.n],
            cause=card.cause,
            cause_label=label_of(card.cause),
            since=card.since,
            grade=CardGrade(card.grade),
            station=card.station,
            station_name=_named(store, card.station),
            post=card.post,
            person=card.person,
            state=CardState(card.state),
            issued_on=card.issued_on,
            due=card.due,
        )
        for card in cards
    ]


def _named(store: Store, station: str) -> str:
    return store.publications.station_name(RegionCode(station))
