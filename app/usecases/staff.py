"""The people of a station as their head arranges them: posts, deputies, written authorisations."""

from __future__ import annotations

from datetime import date

import msgspec

from app.domain import events
from app.domain.events import ApproverAuthorised, OperatorAway, Role, Window
from app.domain.names import plain, plain_lines
from app.domain.rules import NotPermitted
from app.domain.staff import Notice, OperatorCard
from app.errors import Refused
from app.journal.entry import Entry
from app.journal.refs import Ref
from app.store.resettling import announce
from app.store.store import Store
from app.usecases import catalogue
from app.usecases.operators import BadName, acting, of_station
from app.usecases.today import shown_today, today

_LONGEST = 200


class LastHead(Refused):
    """A station is never without a head (fact: name)."""

    code = "last_head"


class BadPeriod(Refused):
    """It ends before it begins, or begins in the past (facts: since, until)."""

    code = "bad_period"


class OwnDeputy(Refused):
    """Nobody stands in for themselves (fact: name)."""

    code = "own_deputy"


class DeputyAway(Refused):
    """Whoever is named is away themselves then, and deputies form no chain (facts: name, since, until)."""

    code = "deputy_away"


class NotAnApprover(Refused):
    """Only an approver decides by written authorisation; a head does so by office (fact: name)."""

    code = "not_an_approver"


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """What a card says beside name and roles (岗位职责)."""

    post: str = ""
    window: Window = Window.GENERAL
    department: str = ""
    duty: str = ""
    phone: str = ""


def change(
    store: Store,
    name: str,
    *,
    by: OperatorCard,
    roles: tuple[Role, ...] | None = None,
    duty: Duty | None = None,
    left: bool = False,
) -> OperatorCard:
    """Change somebody's roles or duty, or write that they have left; what is not given stays.

    Raises NoOperator, NotPermitted, LastHead, BadName.
    """
    with store.writing() as tx:
        card = acting(store, name)
        need_head(by, "change_operator")
        now = tuple(dict.fromkeys(roles)) if roles is not None else card.roles
        if not now and not left:
            raise BadName(name=name)
        if Role.HEAD in card.roles and (left or Role.HEAD not in now):
            _need_another_head(store, card)
        said = duty or duty_of(card)
        body = events.OperatorChanged(
            roles=now,
            post=plain(said.post)[:_LONGEST],
            window=said.window,
            department=plain(said.department)[:_LONGEST],
            duty=plain_lines(said.duty)[:_LONGEST],
            phone=plain(said.phone)[:_LONGEST],
            left=left,
        )
        announce(store, tx, body, by=by.ref, subject=card.ref, after=(card.ref,))
    return store.publications.operators[card.ref]


def away(
    store: Store,
    name: str,
    deputy: str,
    since: date,
    until: date,
    *,
    by: OperatorCard,
    note: str = "",
) -> Entry:
    """Name a deputy for somebody who is away (职位代理), both days included.

    One's own absence anybody may write, others' a head.
    Raises NoOperator, NotPermitted, BadPeriod, OwnDeputy, DeputyAway.
    """
    with store.writing() as tx:
        card, other = acting(store, name), acting(store, deputy)
        if card.ref == other.ref:
            raise OwnDeputy(name=name)
        if card.ref != by.ref:
            need_head(by, "away")
        if until < since or until < today(store):
            raise BadPeriod(since=since.isoformat(), until=until.isoformat())
        for one in absences(store):
            told = one.told
            if told.operator == other.ref and told.since <= until and told.until >= since:
                first, last = told.since.isoformat(), told.until.isoformat()
                raise DeputyAway(name=deputy, since=first, until=last)
        body = OperatorAway(
            operator=card.ref, deputy=other.ref, since=since, until=until, note=plain_lines(note)
        )
        return announce(store, tx, body, by=by.ref)


def back(store: Store, notice: Notice[OperatorAway], *, by: OperatorCard) -> Entry:
    """End an absence: from now on nobody stands in. Raises NotPermitted."""
    with store.writing() as tx:
        if notice.told.operator != by.ref:
            need_head(by, "away")
        ended = msgspec.structs.replace(notice.told, since=date.max, until=date.min)
        return announce(
            store, tx, ended, by=by.ref, subject=notice.subject, after=(notice.subject,)
        )


def authorise(
    store: Store,
    name: str,
    items: tuple[str, ...],
    since: date,
    until: date,
    *,
    by: OperatorCard,
    document: str = "",
) -> Entry:
    """Let an approver decide these items, by id or name; none: all that this station decides. Published.

    Raises NoOperator, NotPermitted, NotAnApprover, BadPeriod, UnknownItem.
    """
    with store.writing() as tx:
        card = acting(store, name)
        need_head(by, "authorise")
        if Role.APPROVER not in card.roles:
            raise NotAnApprover(name=name)
        if until < since:
            raise BadPeriod(since=since.isoformat(), until=until.isoformat())
        ids = tuple(dict.fromkeys(catalogue.find(store, item, today(store)).id for item in items))
        body = ApproverAuthorised(
            operator=card.ref, items=ids, since=since, until=until, document=plain(document)
        )
        return announce(store, tx, body, by=by.ref)


def withdraw(store: Store, notice: Notice[ApproverAuthorised], *, by: OperatorCard) -> Entry:
    """Take an authorisation back from now on; what was decided under it stands. Raises NotPermitted."""
    with store.writing() as tx:
        need_head(by, "authorise")
        ended = msgspec.structs.replace(notice.told, since=date.max, until=date.min)
        return announce(
            store, tx, ended, by=by.ref, subject=notice.subject, after=(notice.subject,)
        )


# --- asked ------------------------------------------------------------------------------------------


def acting_for(store: Store, card: OperatorCard) -> tuple[Ref, ...]:
    """Whose work this person sees and does now: their own, and that of those they stand in for."""
    return (card.ref, *store.publications.staff.stands_for(card.ref, store.next_clock()))


def absences(store: Store) -> list[Notice[OperatorAway]]:
    """The notices of this station that have not ended, those in force first."""
    day = shown_today(store)
    open_ones = [
        one for one in store.publications.staff.away(store.region) if one.told.until >= day
    ]
    return sorted(open_ones, key=lambda one: one.told.since)


def left_alone(store: Store) -> list[Notice[OperatorAway]]:
    """The notices of this station by which nobody stands in on some day, as the deputy is away too."""
    every = absences(store)
    return [
        one
        for one in every
        if any(
            other.told.operator == one.told.deputy
            and other.told.since <= one.told.until
            and other.told.until >= one.told.since
            for other in every
        )
    ]


def authorisations(store: Store) -> list[Notice[ApproverAuthorised]]:
    """The authorisations of this station that were not withdrawn, the newest first."""
    given = store.publications.staff.authorisations(store.region)
    return sorted(
        (one for one in given if one.told.since <= one.told.until),
        key=lambda one: one.at,
        reverse=True,
    )


def working(store: Store) -> list[OperatorCard]:
    """The operators of this station who have not left."""
    return [card for card in of_station(store) if not card.left]


def need_head(card: OperatorCard, act: str) -> None:
    """Raises NotPermitted."""
    if Role.HEAD not in card.roles:
        raise NotPermitted(act=act, why="role", roles=Role.HEAD)


def _need_another_head(store: Store, card: OperatorCard) -> None:
    others = [one for one in working(store) if one.ref != card.ref and Role.HEAD in one.roles]
    if not others:
        raise LastHead(name=card.name)


def duty_of(card: OperatorCard) -> Duty:
    """What the card says now."""
    return Duty(
        post=card.post,
        window=card.window,
        department=card.department,
        duty=card.duty,
        phone=card.phone,
    )
