"""Cards: supervision issues them, the person named answers, supervision judges."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from app.domain.events.body import Body


class CardGrade(StrEnum):
    YELLOW = "yellow"
    RED = "red"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return {"yellow": "黄牌", "red": "红牌"}[self]


class CardIssued(Body, frozen=True, kw_only=True):
    """A card on one clock of a case, or on something else that is watched.

    Its identity is case, cause, `since` and grade, so it cannot be issued twice.
    `cause` is a clock's name or a `Watch`; `since` the day that clock started or that thing happened.
    """

    on: date
    cause: str
    since: date
    grade: CardGrade
    station: str
    post: str
    person: str
    reason: str = ""


class _OfCard(Body, frozen=True, kw_only=True):
    on: date
    cause: str
    since: date
    grade: CardGrade
    note: str = ""


class CardConfirmed(_OfCard, frozen=True, kw_only=True):
    """The person or their head accepts it."""


class CardAppealed(_OfCard, frozen=True, kw_only=True):
    """申诉; `note` says why."""


class CardUpheld(_OfCard, frozen=True, kw_only=True):
    """Supervision holds to it."""


class CardWithdrawn(_OfCard, frozen=True, kw_only=True):
    """Supervision takes it back."""


class CardTasked(_OfCard, frozen=True, kw_only=True):
    """督办: it becomes a supervised task to be done by `by`."""

    by: date
