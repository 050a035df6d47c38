"""What an act is: its verb, what has to be said with it, and the entry that tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Generic, NamedTuple, TypeVar

import msgspec
from msgspec import Meta

from app.domain.case import Case
from app.domain.events import Body
from app.domain.items import Item
from app.domain.settings import Settings
from app.domain.staff import OperatorCard
from app.store.store import Store
from app.store.transaction import Transaction

LONGEST = 2_000  # characters
_Facts = TypeVar("_Facts", bound="Facts")

Words = Annotated[str, Meta(max_length=LONGEST)]
Name = Annotated[str, Meta(max_length=200)]


def said(title: str, *, longest: int = 200, lines: bool = False) -> Meta:
    """How a field of text is called and asked for; `lines`: it may take several."""
    return Meta(
        max_length=longest, title=title, extra_json_schema={"lines": True} if lines else None
    )


def long(title: str) -> Meta:
    return said(title, longest=LONGEST, lines=True)


class Facts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what is said with an act; each field has a Chinese title."""


class NoFacts(Facts, frozen=True, kw_only=True):
    """Nothing to say."""


class Option(NamedTuple):
    """A value that a field may take here and now, and its words."""

    value: str | int
    label: str


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """Where an act is done: by whom, on what, on which day. `tx` is missing while it is only asked what may be done."""

    store: Store
    case: Case
    item: Item
    by: OperatorCard
    day: date
    tx: Transaction | None = None

    @property
    def settings(self) -> Settings:
        return self.store.publications.settings(self.day)

    @property
    def is_trial(self) -> bool:
        return self.tx is None

    def running_number(self) -> int:
        """The next number of the day; in a trial any will do."""
        return 1 if self.tx is None else self.tx.running_number(self.day.isoformat())


def no_options(_moment: Moment) -> Mapping[str, tuple[Option, ...]]:
    return {}


class Act(msgspec.Struct, Generic[_Facts], frozen=True, kw_only=True):
    """`label` is the word on a button.

    `tell` makes the entry of an act from its facts, inside the transaction that writes it.
    `trial` gives facts that nobody could object to: what the rules then say is of the case and the person.
    `options` are the values that a field may take here. `run` replaces the writing of one entry where an act is more.
    `outward`: it reaches the applicant or cannot be taken back, so a screen asks once.
    """

    verb: str
    label: str
    facts: type[_Facts]
    tell: Callable[[Moment, _Facts], Body]
    trial: Callable[[Moment], _Facts]
    options: Callable[[Moment], Mapping[str, tuple[Option, ...]]] = no_options
    run: Callable[[Moment, _Facts], Case] | None = None
    outward: bool = False

    none: ClassVar[type[NoFacts]] = NoFacts

    def schema(self) -> dict[str, Any]:
        """The JSON schema of the facts."""
        return msgspec.json.schema(self.facts)


def without_facts(_moment: Moment) -> NoFacts:
    return NoFacts()
