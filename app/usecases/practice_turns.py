"""The other tiers' turn (让镇街接着办): their people are played by the program, one step of each case at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final, NamedTuple

from app.domain.case import Case
from app.domain.regions import Tier
from app.domain.tasks import TaskKind
from app.usecases.practice_acts import REJECT, may, perform
from app.usecases.practice_district import Seat
from app.usecases.practice_relay import relay
from app.usecases.practice_story import register

_LIKE_TO_DO: Final = frozenset(
    {
        "take_over", "accept", "receive_supplement", "resume", "outside_answer", "decide", "pass_up",
        "forward", "supply", "complete", "deliver", "follow_up", "conclude", "archive",
    }
)  # fmt: skip
_ASKED_EVERY, _REFUSED_EVERY = 4, 9
"""Of the cases that are examined: what does not go smoothly must be practised too."""
_MOST: Final = 10_000


class Done(NamedTuple):
    """What a partner did to a case of which number, and at which station."""

    number: str
    verb: str
    station: str


def go_on(own: Seat, partners: Sequence[Seat], random: Random) -> list[Done]:
    """Let the other tiers do one step of each case that waits for them; what was done comes back."""
    stores = [seat.store for seat in (own, *partners)]
    relay(stores)
    done = [step for seat in partners for step in _steps(seat)]
    for seat in partners:
        if seat.tier is Tier.VILLAGE:
            done.append(_newcomer(seat, random))
    relay(stores)
    return done


def _steps(seat: Seat) -> Iterator[Done]:
    store = seat.store
    for row in store.rows.where("todo <> '' AND todo_at = ?", (store.region,), limit=_MOST):
        case = store.case(row.subject)
        if isinstance(case, Case):
            verb = _step(seat, case, row.todo)
            if verb and perform(seat, case, verb):
                yield _told(seat, case, verb)


def _step(seat: Seat, case: Case, todo: str) -> str:
    """What this seat does with the case next, or nothing."""
    allowed, running = may(seat, case), case.local_number.running
    if todo == TaskKind.EXAMINE and case.returned is None and case.supplied_on is None:
        if running % _ASKED_EVERY == 0 and "ask_supplement" in allowed:
            return "ask_supplement"
        if running % _REFUSED_EVERY == 0 and "refuse" in allowed:
            return "refuse"
    return next((verb for verb in allowed if verb in _LIKE_TO_DO), "")


def _newcomer(seat: Seat, random: Random) -> Done:
    """In the village somebody comes, and their papers go up."""
    subject = register([seat], random)
    case = seat.store.case(subject)
    assert isinstance(case, Case)
    perform(seat, case, "forward")
    return _told(seat, case, "register")


def _told(seat: Seat, case: Case, verb: str) -> Done:
    return Done(
        number=case.local_number.text,
        verb="decide" if verb == REJECT else verb,
        station=seat.store.certificate.station,
    )
