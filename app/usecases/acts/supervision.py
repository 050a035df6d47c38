"""Acts on cards (效能监督)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated

from msgspec import Meta

from app.domain import events, rules
from app.domain.case import Card, CardState
from app.domain.events import Body, CardGrade
from app.domain.watching import Deserved, due_cards, label_of
from app.usecases.acts.act import Act, Facts, Moment, Option, long, said


class CardFacts(Facts, frozen=True, kw_only=True):
    """Which card: without a cause the only one there is."""

    cause: Annotated[str, said("事由")] = ""
    since: Annotated[date | None, Meta(title="起算日")] = None
    grade: Annotated[CardGrade | None, Meta(title="牌")] = None


class IssueFacts(CardFacts, frozen=True, kw_only=True):
    """Without a post and a person those whose clock it is."""

    post: Annotated[str, said("责任岗位")] = ""
    person: Annotated[str, said("责任人")] = ""
    reason: Annotated[str, long("说明")] = ""


class AnswerFacts(CardFacts, frozen=True, kw_only=True):
    note: Annotated[str, long("说明")] = ""


class TaskFacts(AnswerFacts, frozen=True, kw_only=True):
    until: Annotated[date, Meta(title="办结期限")]


def _due_cards(at: Moment) -> list[Deserved]:
    return due_cards(at.case, at.store.publications, at.day)


def _which(at: Moment, facts: CardFacts, ids: list[tuple[str, date, CardGrade]]) -> int:
    """The place of the only one that fits. Raises BadFacts."""
    fitting = [
        place
        for place, (cause, since, grade) in enumerate(ids)
        if facts.cause in ("", cause)
        and facts.since in (None, since)
        and facts.grade in (None, grade)
    ]
    if len(fitting) != 1:
        raise rules.BadFacts(field="card", why="which" if fitting else "no_card")
    return fitting[0]


def _issued(at: Moment, facts: IssueFacts) -> Body:
    due = _due_cards(at)
    if not due:
        raise rules.NotPermitted(act="issue_card", why="no_cause")
    one = due[_which(at, facts, [each.id for each in due])]
    card = None if one.person is None else at.store.publications.operators.get(one.person)
    responsible = card if card is not None and card.region == one.station else None
    station = at.store.publications.station_name(one.station)
    return events.CardIssued(
        on=at.day,
        cause=one.cause,
        since=one.since,
        grade=one.grade,
        station=one.station,
        post=facts.post or (responsible.post if responsible else "") or f"{station}窗口",
        person=facts.person or (responsible.name if responsible else "") or f"{station}负责人",
        reason=facts.reason,
    )


def _issuable(at: Moment) -> Mapping[str, tuple[Option, ...]]:
    return {
        "cause": tuple(
            Option(one.cause, f"{label_of(one.cause)}（{one.grade.label}）")
            for one in _due_cards(at)
        )
    }


def _card(at: Moment, facts: CardFacts, *states: CardState) -> Card:
    cards = [card for card in at.case.cards if card.state in states]
    return cards[_which(at, facts, [card.id for card in cards])]


def _on_cards(*states: CardState) -> Callable[[Moment], Mapping[str, tuple[Option, ...]]]:
    def options(at: Moment) -> Mapping[str, tuple[Option, ...]]:
        return {
            "cause": tuple(
                Option(
                    card.cause, f"{label_of(card.cause)}（{card.grade.label}，{card.state.label}）"
                )
                for card in at.case.cards
                if card.state in states
            )
        }

    return options


_ANSWERABLE = (CardState.ISSUED,)
_APPEALABLE = (CardState.ISSUED, CardState.CONFIRMED)
_JUDGED = (CardState.APPEALED,)
_STANDING = (CardState.ISSUED, CardState.CONFIRMED, CardState.APPEALED, CardState.UPHELD)
_ALL = (*_STANDING, CardState.TASKED)


def _confirmed(at: Moment, facts: AnswerFacts) -> Body:
    card = _card(at, facts, *_ANSWERABLE)
    return events.CardConfirmed(
        on=at.day, cause=card.cause, since=card.since, grade=card.grade, note=facts.note
    )


def _appealed(at: Moment, facts: AnswerFacts) -> Body:
    card = _card(at, facts, *_APPEALABLE)
    return events.CardAppealed(
        on=at.day, cause=card.cause, since=card.since, grade=card.grade, note=facts.note
    )


def _upheld(at: Moment, facts: AnswerFacts) -> Body:
    card = _card(at, facts, *_JUDGED)
    return events.CardUpheld(
        on=at.day, cause=card.cause, since=card.since, grade=card.grade, note=facts.note
    )


def _withdrawn(at: Moment, facts: AnswerFacts) -> Body:
    card = _card(at, facts, *_ALL)
    return events.CardWithdrawn(
        on=at.day, cause=card.cause, since=card.since, grade=card.grade, note=facts.note
    )


def _tasked(at: Moment, facts: TaskFacts) -> Body:
    card = _card(at, facts, *_STANDING)
    return events.CardTasked(
        on=at.day,
        cause=card.cause,
        since=card.since,
        grade=card.grade,
        note=facts.note,
        by=facts.until,
    )


def _first_of(*states: CardState) -> Callable[[Moment], AnswerFacts]:
    def trial(at: Moment) -> AnswerFacts:
        card = next((one for one in at.case.cards if one.state in states), None)
        if card is None:
            return AnswerFacts(note="…")
        return AnswerFacts(cause=card.cause, since=card.since, grade=card.grade, note="…")

    return trial


def _first_due(at: Moment) -> IssueFacts:
    due = _due_cards(at)
    if not due:
        return IssueFacts()
    return IssueFacts(cause=due[0].cause, since=due[0].since, grade=due[0].grade)


def _first_to_task(at: Moment) -> TaskFacts:
    card = next((one for one in at.case.cards if one.state in _STANDING), None)
    if card is None:
        return TaskFacts(until=at.day, note="…")
    return TaskFacts(until=at.day, cause=card.cause, since=card.since, grade=card.grade, note="…")


ACTS = (
    Act(
        verb="issue_card",
        label="发牌",
        facts=IssueFacts,
        tell=_issued,
        trial=_first_due,
        options=_issuable,
        outward=True,
    ),
    Act(
        verb="confirm_card",
        label="确认黄牌红牌",
        facts=AnswerFacts,
        tell=_confirmed,
        trial=_first_of(*_ANSWERABLE),
        options=_on_cards(*_ANSWERABLE),
    ),
    Act(
        verb="appeal_card",
        label="申诉",
        facts=AnswerFacts,
        tell=_appealed,
        trial=_first_of(*_APPEALABLE),
        options=_on_cards(*_APPEALABLE),
    ),
    Act(
        verb="uphold_card",
        label="维持黄牌红牌",
        facts=AnswerFacts,
        tell=_upheld,
        trial=_first_of(*_JUDGED),
        options=_on_cards(*_JUDGED),
    ),
    Act(
        verb="withdraw_card",
        label="撤销黄牌红牌",
        facts=AnswerFacts,
        tell=_withdrawn,
        trial=_first_of(*_ALL),
        options=_on_cards(*_ALL),
    ),
    Act(
        verb="task_card",
        label="转督办",
        facts=TaskFacts,
        tell=_tasked,
        trial=_first_to_task,
        options=_on_cards(*_STANDING),
    ),
)
