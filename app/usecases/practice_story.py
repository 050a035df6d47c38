"""The month that has passed in a practice district when somebody begins: cases in every state that is met in a year.

Everything is done by the ordinary use cases, so the rules hold here as they hold at the counter.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final, NamedTuple

from app.domain.case import Case
from app.domain.items import Handling, Item, Level, Mode
from app.domain.regions import place_name
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import practice_scans, registration
from app.usecases.practice_acts import REJECT, perform
from app.usecases.practice_district import Seat
from app.usecases.practice_people import invented, request
from app.usecases.practice_relay import relay
from app.usecases.today import shown_today

DAY_MS: Final = 86_400_000
PAST_DAYS: Final = 40
_MINUTE_MS: Final = 60_000
_REGISTER: Final = ""


class _Story(NamedTuple):
    """A case that was taken in so many days ago, and what was done to it, so many days later each."""

    days_ago: int
    steps: tuple[tuple[int, str], ...] = ()
    lacking: int = 0
    urgent: bool = False

    @property
    def scanned(self) -> bool:
        """Of some there is something to look at."""
        return self.days_ago % 4 == 0

    @property
    def verbs(self) -> frozenset[str]:
        return frozenset(verb for _, verb in self.steps)


_UP: Final = ((1, "forward"), (1, "take_over"))
_IN: Final = (*_UP, (1, "accept"))
_DONE: Final = (*_IN, (3, "decide"), (1, "deliver"))
_STORIES: Final = (
    _Story(0), _Story(0, urgent=True), _Story(1), _Story(1, lacking=1), _Story(2), _Story(6),
    _Story(4, ((1, "appoint"),)), _Story(9, ((2, "withdraw"),)),
    _Story(2, ((1, "forward"),)), _Story(4, ((2, "forward"),)), _Story(9, ((1, "forward"),)),
    _Story(3, _UP), _Story(5, _UP, urgent=True), _Story(8, _UP),
    _Story(6, (*_UP, (1, "return"))), _Story(7, (*_UP, (1, "ask_supplement"))),
    _Story(13, (*_UP, (1, "ask_supplement"), (4, "supply"), (1, "receive_supplement"))),
    _Story(11, (*_UP, (1, "refuse"))),
    _Story(8, _IN), _Story(12, _IN), _Story(20, _IN), _Story(29, _IN),
    _Story(10, (*_IN, (1, "pause"))), _Story(16, (*_IN, (3, "extend"))),
    _Story(14, (*_IN, (2, "pass_up"))),
    _Story(12, (*_IN, (3, "decide"))), _Story(15, (*_IN, (5, "decide"))),
    _Story(18, (*_IN, (4, REJECT))),
    _Story(21, (*_IN, (1, "pass_up"), (4, "decide"))),
    _Story(21, _DONE), _Story(24, _DONE),
    _Story(27, (*_DONE, (5, "follow_up"))), _Story(36, (*_DONE, (4, "follow_up"), (3, "archive"))),
)  # fmt: skip


class Hours:
    """A clock on the wall of a district whose days are told in a moment."""

    def __init__(self, now_ms: int) -> None:
        self.now_ms = now_ms

    def __call__(self) -> int:
        return self.now_ms


def tell(seats: Sequence[Seat], hours: Hours, now_ms: int, random: Random) -> None:
    """Live through the time before now; what a rule does not allow does not happen, and the case stands as it is."""
    stores = [seat.store for seat in seats]
    relay(stores)
    known: dict[int, Ref] = {}
    happenings = _happenings()
    last_day = PAST_DAYS
    for n, (days_ago, story, verb) in enumerate(happenings):
        if days_ago != last_day:
            relay(stores)
            last_day = days_ago
        hours.now_ms = now_ms - days_ago * DAY_MS - (len(happenings) - n) * _MINUTE_MS
        if verb == _REGISTER:
            known[story] = register(seats, random, _STORIES[story])
        else:
            _anybody_does(seats, known[story], verb)
    hours.now_ms = now_ms
    relay(stores)


def _happenings() -> list[tuple[int, int, str]]:
    """(days ago, number of the story, verb), in the order of time."""
    found = []
    for n, story in enumerate(_STORIES):
        left = story.days_ago
        found.append((left, n, _REGISTER))
        for days, verb in story.steps:
            left = max(0, left - days)
            found.append((left, n, verb))
    return sorted(found, key=lambda one: -one[0])  # stable: a story's own order stays


def register(seats: Sequence[Seat], random: Random, story: _Story = _STORIES[0]) -> Ref:
    """Somebody comes to the lowest of these stations; the entry that opened their case."""
    seat = min(seats, key=lambda one: one.tier)
    store = seat.store
    place = place_name(store.publications.tree.region(store.region))
    who = invented(random, store.region, place)
    form = request(
        random.choice(_items(store, story)), who, lacking=story.lacking, urgent=story.urgent
    )
    scans = practice_scans.of_first(form.materials) if story.scanned else ()
    practice_scans.keep([one.store for one in seats] if scans else [])
    return registration.register(store, form, by=seat.card, scans=scans).subject


def _items(store: Store, story: _Story) -> list[Item]:
    """Those of today with which the story can happen; if there is none, what is accepted at the township, else any."""
    day = shown_today(store)
    known = (store.publications.current_item(name, day) for name in store.publications.items)
    cases = [item for item in known if item is not None and item.handling is Handling.CASE]
    usual = [one for one in cases if one.receives is Level.TOWNSHIP and one.mode is Mode.PROXY]
    fitting = [one for one in cases if _fits(one, story)]
    return sorted(fitting or usual or cases, key=lambda item: item.id)


def _fits(item: Item, story: _Story) -> bool:
    if "appoint" in story.verbs:
        return item.mode is Mode.ACCOMPANY
    if item.receives is not Level.TOWNSHIP or item.mode is not Mode.PROXY:
        return False
    if "pause" in story.verbs:
        return bool(item.stops_clock)
    if "pass_up" in story.verbs:
        return item.decides is Level.DISTRICT
    if story.verbs & {"decide", REJECT}:
        return item.decides is Level.TOWNSHIP
    return bool(item.materials)


def _anybody_does(seats: Sequence[Seat], subject: Ref, verb: str) -> None:
    """Let the station do it whose turn it is, if there is one."""
    for seat in seats:
        case = seat.store.case(subject)
        if isinstance(case, Case) and perform(seat, case, verb):
            return
