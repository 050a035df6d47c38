"""Cards: issued on a clock that is past its limit or on something else that is watched; answered; judged."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from app.domain import events
from app.domain.case import Card, CardState, Case
from app.domain.events import Role
from app.domain.limits import Unit, deadline
from app.domain.regions import RegionCode
from app.domain.rules.apply import apply, check_today
from app.domain.rules.powers import (
    AT_THE_COUNTER,
    BadFacts,
    NotPermitted,
    OutOfPlace,
    Setting,
    act_of,
    is_below,
    need,
    need_words,
)
from app.domain.watching import deserved

_SUPERVISOR = frozenset({Role.SUPERVISOR})
_OPEN_CARD = (CardState.ISSUED, CardState.CONFIRMED, CardState.APPEALED, CardState.UPHELD)


@apply.register(events.CardIssued)
def _issued(body: events.CardIssued, case: Case, setting: Setting) -> Case:
    need(setting, _SUPERVISOR, "issue_card")
    need_words("post", body.post)
    need_words("person", body.person)
    if body.station not in setting.publications.tree:
        raise BadFacts(field="station", why="unknown")
    if is_below(RegionCode(body.station), setting):
        raise NotPermitted(act="issue_card", why="not_the_authority")
    card = Card(
        cause=body.cause,
        since=body.since,
        grade=body.grade,
        issued_on=body.on,
        station=body.station,
        post=body.post,
        person=body.person,
        reason=body.reason,
    )
    if card.id in [one.id for one in case.cards]:
        raise OutOfPlace(act="issue_card", state="card_issued")
    return replace(case, cards=(*case.cards, card))


@check_today.register(events.CardIssued)
def _may_issue(body: events.CardIssued, case: Case, setting: Setting) -> None:
    """Only for what is late, or has happened."""
    wanted = (body.cause, body.since, body.grade)
    if wanted not in [one.id for one in deserved(case, setting.publications, body.on)]:
        raise NotPermitted(act="issue_card", why="no_cause")


@apply.register(events.CardConfirmed)
def _confirmed(body: events.CardConfirmed, case: Case, setting: Setting) -> Case:
    _need_named_station(body, case, setting, "confirm_card")
    return _answered(body, case, CardState.CONFIRMED, CardState.ISSUED)


@apply.register(events.CardAppealed)
def _appealed(body: events.CardAppealed, case: Case, setting: Setting) -> Case:
    _need_named_station(body, case, setting, "appeal_card")
    need_words("note", body.note)
    return _answered(body, case, CardState.APPEALED, CardState.ISSUED, CardState.CONFIRMED)


@check_today.register(events.CardAppealed)
def _may_appeal(body: events.CardAppealed, case: Case, setting: Setting) -> None:
    days = setting.publications.settings(body.on).appeal_days
    calendar = setting.publications.calendar(case.region)
    for card in case.cards:
        limit = deadline(card.issued_on, days, Unit.WORKING, calendar)
        if card.id == _id(body) and limit is not None and limit.due < body.on:
            raise NotPermitted(act="appeal_card", why="appeal_over")


@apply.register(events.CardUpheld)
def _upheld(body: events.CardUpheld, case: Case, setting: Setting) -> Case:
    need(setting, _SUPERVISOR, "uphold_card")
    need_words("note", body.note)
    return _answered(body, case, CardState.UPHELD, CardState.APPEALED)


@apply.register(events.CardWithdrawn)
def _withdrawn(body: events.CardWithdrawn, case: Case, setting: Setting) -> Case:
    need(setting, _SUPERVISOR, "withdraw_card")
    need_words("note", body.note)
    return _answered(body, case, CardState.WITHDRAWN, *_OPEN_CARD, CardState.TASKED)


@apply.register(events.CardTasked)
def _tasked(body: events.CardTasked, case: Case, setting: Setting) -> Case:
    need(setting, _SUPERVISOR, "task_card")
    need_words("note", body.note)
    changed = _answered(body, case, CardState.TASKED, *_OPEN_CARD)
    cards = tuple(
        replace(card, by=body.by) if card.id == _id(body) else card for card in changed.cards
    )
    return replace(changed, cards=cards)


_OfCard = (
    events.CardConfirmed
    | events.CardAppealed
    | events.CardUpheld
    | events.CardWithdrawn
    | events.CardTasked
)


def _id(body: _OfCard) -> tuple[str, object, events.CardGrade]:
    return body.cause, body.since, body.grade


def _answered(body: _OfCard, case: Case, state: CardState, *before: CardState) -> Case:
    """The case with this card in a new state. Raises BadFacts, OutOfPlace."""

    def cards() -> Iterator[Card]:
        for card in case.cards:
            if card.id != _id(body):
                yield card
            elif card.state not in before:
                raise OutOfPlace(act=act_of(body), state=f"card_{card.state}")
            else:
                yield replace(card, state=state, note=body.note)

    if _id(body) not in [card.id for card in case.cards]:
        raise BadFacts(field="card", why="unknown")
    return replace(case, cards=tuple(cards()))


def _need_named_station(body: _OfCard, case: Case, setting: Setting, act: str) -> None:
    """The station of the person named answers; of a village that moved, the one that has its duties now.

    The tier is asked, as with the papers (`need_place`): of each tier there is one that a case lies under.
    """
    need(setting, AT_THE_COUNTER, act)
    named = next((card for card in case.cards if card.id == _id(body)), None)
    if named is None:
        return  # and that is said by whoever looks for it
    if setting.publications.tree.region(RegionCode(named.station)).tier is not setting.writer.tier:
        raise NotPermitted(act=act, why="not_the_named")
