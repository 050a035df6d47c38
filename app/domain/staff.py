"""The people of the stations: their cards, who stands in for whom, who may decide what.

Each of these changes with time, and an act is judged by what held when it was written.
Times (`at`) are hybrid clocks of entries.
"""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

import msgspec

from app.domain.days import day_at
from app.domain.events import (
    ApproverAuthorised,
    Body,
    OperatorAdded,
    OperatorAway,
    OperatorChanged,
    Role,
    Window,
)
from app.domain.regions import RegionCode
from app.journal.refs import Ref

_Body = TypeVar("_Body", bound=Body)


class OperatorCard(msgspec.Struct, frozen=True, kw_only=True):
    """`left`: works here no more, and has no roles."""

    ref: Ref
    name: str
    roles: tuple[Role, ...]
    region: RegionCode
    post: str = ""
    window: Window = Window.GENERAL
    department: str = ""
    duty: str = ""
    phone: str = ""
    left: bool = False


class Notice(msgspec.Struct, Generic[_Body], frozen=True, kw_only=True):
    """What was published about one subject of a region, from a time on."""

    subject: Ref
    region: RegionCode
    at: int
    told: _Body


class _About(NamedTuple):
    """What a later notice has to share with an earlier one to replace it: nobody speaks for another station.

    `absent`: nor does who may speak only of the own absence for somebody else.
    """

    subject: Ref
    region: RegionCode
    absent: Ref | None = None


class Staff:
    """Everybody's cards with their past, away notices and authorisations. Filled in the order of the clock."""

    def __init__(self) -> None:
        self.now: dict[Ref, OperatorCard] = {}
        """Every card as it is after everything that was published."""
        self._past: dict[Ref, list[tuple[int, OperatorCard]]] = {}
        self._away: dict[_About, list[Notice[OperatorAway]]] = {}
        self._authorised: dict[_About, list[Notice[ApproverAuthorised]]] = {}
        self.changes: set[tuple[RegionCode, int]] = set()
        """At which station, and when, somebody's powers changed."""

    # --- as publications come in --------------------------------------------------------------------

    def add(self, ref: Ref, region: RegionCode, at: int, told: OperatorAdded) -> None:
        self._set(
            at,
            OperatorCard(
                ref=ref,
                name=told.name,
                roles=told.roles,
                region=region,
                post=told.post,
                window=told.window,
                department=told.department,
                duty=told.duty,
                phone=told.phone,
            ),
        )

    def change(self, card: OperatorCard, at: int, told: OperatorChanged) -> None:
        self.changes.add((card.region, at))
        self._set(
            at,
            msgspec.structs.replace(
                card,
                roles=() if told.left else told.roles,
                post=told.post,
                window=told.window,
                department=told.department,
                duty=told.duty,
                phone=told.phone,
                left=told.left,
            ),
        )

    def _set(self, at: int, card: OperatorCard) -> None:
        self.now[card.ref] = card
        self._past.setdefault(card.ref, []).append((at, card))

    def note_away(self, notice: Notice[OperatorAway]) -> None:
        about = _About(notice.subject, notice.region, notice.told.operator)
        self._away.setdefault(about, []).append(notice)
        self.changes.add((notice.region, notice.at))

    def authorise(self, notice: Notice[ApproverAuthorised]) -> None:
        self._authorised.setdefault(_About(notice.subject, notice.region), []).append(notice)
        self.changes.add((notice.region, notice.at))

    # --- asked --------------------------------------------------------------------------------------

    def at(self, ref: Ref, at: int) -> OperatorCard | None:
        """The card as it was; before its first entry, as it was then."""
        past = self._past.get(ref)
        if past is None:
            return None
        return next((card for since, card in reversed(past) if since <= at), past[0][1])

    def stands_for(self, deputy: Ref, at: int) -> tuple[Ref, ...]:
        """Whose work somebody does besides their own: those of the same station who are away that day."""
        if not self._away:  # asked of every entry that is read
            return ()
        card = self.now.get(deputy)
        day = day_at(at)
        return tuple(
            notice.told.operator
            for notice in _in_force(self._away, at)
            if notice.told.deputy == deputy
            and notice.told.since <= day <= notice.told.until
            and card is not None
            and notice.region == card.region
        )

    def deputies_of(self, ref: Ref, at: int) -> tuple[Ref, ...]:
        """Who does somebody's work that day."""
        day = day_at(at)
        return tuple(
            notice.told.deputy
            for notice in _in_force(self._away, at)
            if notice.told.operator == ref and notice.told.since <= day <= notice.told.until
        )

    def authorised(self, ref: Ref, item: str, at: int) -> bool:
        """Whether somebody has a written authorisation for an item that day."""
        day = day_at(at)
        card = self.now.get(ref)
        return card is not None and any(
            notice.told.operator == ref
            and notice.region == card.region
            and notice.told.since <= day <= notice.told.until
            and (not notice.told.items or item in notice.told.items)
            for notice in _in_force(self._authorised, at)
        )

    def away(self, region: RegionCode) -> list[Notice[OperatorAway]]:
        """The notices of a station as they are now."""
        return [one[-1] for one in self._away.values() if one[-1].region == region]

    def authorisations(self, region: RegionCode | None = None) -> list[Notice[ApproverAuthorised]]:
        """The authorisations of a station, or of all, as they are now."""
        latest = [one[-1] for one in self._authorised.values()]
        return [one for one in latest if region is None or one.region == region]


def _in_force(told: dict[_About, list[Notice[_Body]]], at: int) -> list[Notice[_Body]]:
    """Of each subject what had been said last by that time."""
    found = (
        next((one for one in reversed(notices) if one.at <= at), None) for notices in told.values()
    )
    return [one for one in found if one is not None]
