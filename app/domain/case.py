"""A case (办件): one request by one applicant for one item, as its entries tell it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from app.domain import events
from app.domain.events import MaterialTaken, Party
from app.domain.items import Kind, Mode
from app.domain.limits import Unit
from app.domain.numbers import LocalNumber
from app.domain.papers import PaperKind
from app.domain.regions import RegionCode
from app.journal.refs import Ref


class State(StrEnum):
    """Where a case is in its life (domain.md §3)."""

    RECEIVED = "received"
    IN_TRANSIT = "in_transit"
    UNDER_EXAMINATION = "under_examination"
    IN_PROGRESS = "in_progress"
    DECIDED = "decided"
    DELIVERED = "delivered"
    CLOSED = "closed"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def ended(self) -> bool:
        return self in _ENDED


_LABELS = {
    State.RECEIVED: "已收件",
    State.IN_TRANSIT: "在途",
    State.UNDER_EXAMINATION: "待受理审查",
    State.IN_PROGRESS: "办理中",
    State.DECIDED: "已决定",
    State.DELIVERED: "已送达",
    State.CLOSED: "已办结",
    State.REFUSED: "不予受理",
}
_ENDED = {State.DELIVERED, State.CLOSED, State.REFUSED}


class ClockName(StrEnum):
    FORWARDING = "forwarding"
    EXAMINATION = "examination"
    PROMISED = "promised"
    STATUTORY = "statutory"
    DELIVERY = "delivery"

    @property
    def label(self) -> str:
        return _CLOCK_LABELS[self]


_CLOCK_LABELS = {
    ClockName.FORWARDING: "转报",
    ClockName.EXAMINATION: "受理审查",
    ClockName.PROMISED: "承诺时限",
    ClockName.STATUTORY: "法定时限",
    ClockName.DELIVERY: "送达",
}


class Clock(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A limit that runs on a case: its inputs, from which the day it is due is computed.

    `stopped` is the day it ended, None while it runs.
    """

    name: ClockName
    starts: date
    days: int
    unit: Unit
    stopped: date | None = None


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    on: date
    approved: bool
    reason: str
    result: str


class OutOfPlaceEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that did not fit the state it met: kept, shown, without effect.

    `state` is the one it met; `number` is the official number it gave, which may stand on paper.
    """

    ref: Ref
    kind: str
    code: str
    state: State
    number: LocalNumber | None = None


class Case(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """`station` received the papers, `place` holds them now; `heads` are the entries that nothing follows yet.

    `supplement_notices` counts returns for defects too: they are notices (一次性告知).
    """

    subject: Ref
    region: RegionCode
    item: str
    item_version: int
    kind: Kind
    mode: Mode
    state: State
    station: RegionCode
    place: RegionCode
    local_number: LocalNumber
    received_on: date
    parties: tuple[Party, ...]
    materials: tuple[MaterialTaken, ...]
    urgent: bool
    mandate: bool
    told: bool
    backlog: bool
    note: str
    external_id: str
    heads: tuple[Ref, ...]
    clocks: tuple[Clock, ...] = ()
    official_number: LocalNumber | None = None
    returned: events.CaseReturned | None = None
    refused: events.CaseRefused | None = None
    accepted_on: date | None = None
    decision: Decision | None = None
    completed: events.CaseCompleted | None = None
    delivered: events.CaseDelivered | None = None
    supplement_notices: int = 0
    supplied_on: date | None = None
    """When papers last came in, since the last return if there was one."""
    papers: tuple[events.PaperIssued, ...] = ()
    paper_refs: tuple[Ref, ...] = ()
    """The entry of each of `papers`."""
    out_of_place: tuple[OutOfPlaceEntry, ...] = ()
    needs_upgrade: bool = False
    waits_for: str = ""
    """What some entry names and is not here yet; empty if nothing."""

    @property
    def head(self) -> Ref:
        """The last entry, in reading order."""
        return self.heads[-1]

    @property
    def applicant(self) -> Party:
        return self.parties[0]

    @property
    def running_clocks(self) -> tuple[Clock, ...]:
        return tuple(clock for clock in self.clocks if clock.stopped is None)

    def stands(self, paper: events.PaperIssued) -> bool:
        """Whether the act that a document rests on has effect."""
        match paper.paper:
            case PaperKind.ACCEPTANCE:
                return self.accepted_on is not None
            case PaperKind.REFUSAL:
                return self.refused is not None
            case PaperKind.DECISION:
                return self.decision is not None
        return True

    def stop(self, on: date, *names: ClockName) -> tuple[Clock, ...]:
        """The clocks, with those of these names (all, if none is named) ended on that day."""
        return tuple(
            msgspec.structs.replace(clock, stopped=on)
            if clock.stopped is None and (not names or clock.name in names)
            else clock
            for clock in self.clocks
        )
