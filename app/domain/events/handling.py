"""The authority works on what it accepted: alone, with others, above, outside."""

from __future__ import annotations

from datetime import date

from app.domain.events.body import Body
from app.domain.events.intake import MaterialTaken, Party
from app.domain.limits import Unit
from app.domain.regions import RegionCode
from app.journal.refs import Ref


class CasePaused(Body, frozen=True, kw_only=True):
    """特别程序: one that the item lists under `stops_clock` begins; its days do not count.

    `days` 0: the procedure has no fixed length. Source: 行政许可法 art. 45.
    """

    on: date
    procedure: str
    basis: str
    days: int
    unit: Unit
    approver: str


class CaseResumed(Body, frozen=True, kw_only=True):
    """The special procedure has ended; the clocks run on."""

    on: date
    result: str = ""


class CaseExtended(Body, frozen=True, kw_only=True):
    """延期, once, by the head of the authority. Source: 行政许可法 art. 42."""

    on: date
    days: int
    reason: str
    approver: str


class CaseChildOpened(Body, frozen=True, kw_only=True):
    """One part of a joint handling (联办): a case of its own, in progress from the start. It opens the child.

    Its official number is station, on, slot and running.
    """

    parent: Ref
    item: str
    item_version: int
    department: str
    station: RegionCode
    on: date
    slot: str
    running: int
    received_on: date
    parties: tuple[Party, ...]
    materials: tuple[MaterialTaken, ...] = ()


class CaseSplit(Body, frozen=True, kw_only=True):
    """The parent of a joint handling waits for all of these. `children` are the entries that opened them."""

    on: date
    children: tuple[Ref, ...]
    names: tuple[str, ...]
    """The item and department of each, in words."""


class CaseChildEnded(Body, frozen=True, kw_only=True):
    """A child's outcome, told in the parent."""

    on: date
    child: Ref
    approved: bool
    result: str


class CasePassedUp(Body, frozen=True, kw_only=True):
    """初审 is done: the opinion goes to the authority that decides (上报)."""

    on: date
    opinion: str


class CaseSentDown(Body, frozen=True, kw_only=True):
    """The superior's answer; `returned`: to be looked into again."""

    on: date
    opinion: str
    returned: bool = False


class CaseSentOutside(Body, frozen=True, kw_only=True):
    """A body outside the product decides or does something: its name, and its number for the matter."""

    on: date
    body: str
    number: str = ""


class CaseOutsideAnswered(Body, frozen=True, kw_only=True):
    """What the outside body answered; only recorded here."""

    on: date
    result: str
    number: str = ""


class CaseDecided(Body, frozen=True, kw_only=True):
    """准予 or 不予; a rejection gives its reason (行政许可法 art. 38)."""

    on: date
    approved: bool
    reason: str = ""
    result: str = ""


class CaseCompleted(Body, frozen=True, kw_only=True):
    """即办件: done at once, on the day."""

    on: date
    result: str
