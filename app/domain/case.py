"""A case (办件): one request by one applicant for one item, as its entries tell it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from app.domain import events
from app.domain.attachments import Attachment
from app.domain.clocks import Clock, ClockName
from app.domain.events import CardGrade, MaterialTaken, Party
from app.domain.items import Kind, Mode
from app.domain.limits import Unit
from app.domain.numbers import LocalNumber
from app.domain.papers import PaperKind
from app.domain.regions import RegionCode, Tier
from app.journal.refs import Ref


class State(StrEnum):
    """Where a case is in its life (domain.md §3)."""

    RECEIVED = "received"
    ACCOMPANIED = "accompanied"
    IN_TRANSIT = "in_transit"
    UNDER_EXAMINATION = "under_examination"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    IN_PROGRESS = "in_progress"
    PAUSED = "paused"
    WITH_SUPERIOR = "with_superior"
    OUTSIDE = "outside"
    DECIDED = "decided"
    DELIVERED = "delivered"
    FOLLOWED_UP = "followed_up"
    ARCHIVED = "archived"
    CLOSED = "closed"
    REFUSED = "refused"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"
    DESTROYED = "destroyed"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return _LABELS[self]

    @property
    def ended(self) -> bool:
        """Whether nobody waits for a result any more."""
        return self in _ENDED

    @property
    def locked(self) -> bool:
        """Whether the file is closed to all acts but those of the archive."""
        return self in (State.ARCHIVED, State.DESTROYED)


_LABELS = {
    State.RECEIVED: "已收件",
    State.ACCOMPANIED: "引领中",
    State.IN_TRANSIT: "在途",
    State.UNDER_EXAMINATION: "待受理审查",
    State.AWAITING_SUPPLEMENT: "待补正",
    State.IN_PROGRESS: "办理中",
    State.PAUSED: "暂停",
    State.WITH_SUPERIOR: "上级办理",
    State.OUTSIDE: "外部办理",
    State.DECIDED: "已决定",
    State.DELIVERED: "已送达",
    State.FOLLOWED_UP: "已回访",
    State.ARCHIVED: "已归档",
    State.CLOSED: "已办结",
    State.REFUSED: "不予受理",
    State.LAPSED: "退件",
    State.WITHDRAWN: "已撤回",
    State.VOIDED: "已作废",
    State.DESTROYED: "已销毁",
}
_ENDED = frozenset(
    {
        State.DELIVERED,
        State.FOLLOWED_UP,
        State.ARCHIVED,
        State.CLOSED,
        State.REFUSED,
        State.LAPSED,
        State.WITHDRAWN,
        State.VOIDED,
        State.DESTROYED,
    }
)
OPEN = frozenset(State) - _ENDED
"""States in which somebody still waits for a result."""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    on: date
    approved: bool
    reason: str
    result: str


class Procedure(msgspec.Struct, frozen=True, kw_only=True):
    """A special procedure; `ended` None while it runs."""

    type: str
    basis: str
    began: date
    days: int
    unit: Unit
    approver: str
    ended: date | None = None


class Extension(msgspec.Struct, frozen=True, kw_only=True):
    on: date
    days: int
    reason: str
    approver: str


class Child(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a joint handling; `outcome` empty while it is open."""

    subject: Ref
    name: str
    outcome: str = ""
    approved: bool = False


class Original(msgspec.Struct, frozen=True, kw_only=True):
    """An original that was taken in. `at` is the region whose station holds it, empty once it went back."""

    what: str
    whose: str
    count: int
    at: str
    receiver: str
    since: date


class CardState(StrEnum):
    """What has become of a card."""

    ISSUED = "issued"
    CONFIRMED = "confirmed"
    APPEALED = "appealed"
    UPHELD = "upheld"
    WITHDRAWN = "withdrawn"
    TASKED = "tasked"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return _CARD_LABELS[self]


_CARD_LABELS = {
    CardState.ISSUED: "已发出",
    CardState.CONFIRMED: "已确认",
    CardState.APPEALED: "申诉中",
    CardState.UPHELD: "维持",
    CardState.WITHDRAWN: "已撤销",
    CardState.TASKED: "已转督办",
}


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A card with all that was said about it; (cause, since, grade) tells it from the others of its case."""

    cause: str
    since: date
    grade: CardGrade
    issued_on: date
    station: str
    post: str
    person: str
    reason: str
    state: CardState = CardState.ISSUED
    note: str = ""
    """What was said last: with the confirmation, the appeal or the judgement."""
    by: date | None = None
    """Until when a supervised task is to be done."""

    @property
    def id(self) -> tuple[str, date, CardGrade]:
        return self.cause, self.since, self.grade


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What a person said of a possible duplicate."""

    other: Ref
    same: bool
    note: str
    on: date
    tier: Tier
    """Of the station where it was said."""


class OutOfPlaceEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that did not fit the state it met: kept, shown, without effect.

    `state` is the one it met; `number` is the official number it gave, which may stand on paper.
    """

    ref: Ref
    kind: str
    code: str
    state: State
    number: LocalNumber | None = None
    on: date | None = None
    """The day that it says of itself."""


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
    supplement: events.CaseSupplementAsked | None = None
    """The last supplement notice."""
    refused: events.CaseRefused | None = None
    accepted_on: date | None = None
    deemed_accepted: bool = False
    """By silence (视为受理)."""
    interrupted: State | None = None
    """While a special procedure runs or a body outside has the case: where it goes on."""
    procedures: tuple[Procedure, ...] = ()
    extension: Extension | None = None
    parent: Ref | None = None
    department: str = ""
    """Of a child case: who handles it."""
    children: tuple[Child, ...] = ()
    opinion: str = ""
    """The last opinion of one tier to the other: the first review, or the superior's answer."""
    sent_down: bool = False
    """The superior has answered since the case was last passed up."""
    outside: events.CaseSentOutside | None = None
    outside_answer: events.CaseOutsideAnswered | None = None
    decision: Decision | None = None
    completed: events.CaseCompleted | None = None
    certificate: events.CaseCertified | None = None
    delivered: events.CaseDelivered | None = None
    followed_up: events.CaseFollowedUp | None = None
    rectified: events.CaseRectified | None = None
    archived: events.CaseArchived | None = None
    appraised: events.CaseAppraised | None = None
    appraiser: Ref | None = None
    destroyed: events.CaseDestroyed | None = None
    destroyer: Ref | None = None
    withdrawn: events.CaseWithdrawn | None = None
    voided: events.CaseVoided | None = None
    appointment: events.CaseAppointed | None = None
    visited_on: date | None = None
    concluded: events.CaseConcluded | None = None
    corrections: tuple[events.CaseCorrected, ...] = ()
    green: str = ""
    staff_relative: str = ""
    visit: Ref | None = None
    """The case that opened the same visit; None if it stands alone or opened one."""
    signing: events.Signing | None = None
    instead_of: LocalNumber | None = None
    """The number of a refused registration that this one corrects; somebody has a receipt with it."""
    owner: Ref | None = None
    """Whose matter it is (首问负责): who received it, until somebody else took it over."""
    hand_over: events.CaseHandedOver | None = None
    """Offered and not taken yet."""
    handlers: tuple[Ref, ...] = ()
    """Everybody who did something to it, each once: a follow-up is made by somebody else."""
    originals: tuple[Original, ...] = ()
    compared: tuple[Comparison, ...] = ()
    cards: tuple[Card, ...] = ()
    supplement_notices: int = 0
    noticed_on: date | None = None
    """The day of the last of them."""
    supplied_on: date | None = None
    """When papers last came in, since the last return if there was one."""
    papers: tuple[events.PaperIssued, ...] = ()
    paper_refs: tuple[Ref, ...] = ()
    """The entry of each of `papers`."""
    attachments: tuple[Attachment, ...] = ()
    """Scans and photographs in the order they were attached, those taken out of sight too."""
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
        return tuple(clock for clock in self.clocks if clock.running)

    def running_clock(self, name: ClockName) -> Clock | None:
        """The one of that name that has not ended."""
        return next((one for one in self.clocks if one.name is name and one.running), None)

    @property
    def held(self) -> tuple[Original, ...]:
        """The originals that have not gone back."""
        return tuple(one for one in self.originals if one.at)

    @property
    def open_children(self) -> tuple[Child, ...]:
        return tuple(child for child in self.children if not child.outcome)

    @property
    def has_result(self) -> bool:
        """Whether what came of it was handed over or told."""
        return any((self.delivered, self.completed, self.concluded))

    def stands(self, paper: events.PaperIssued) -> bool:
        """Whether the act that a document rests on has effect."""
        match paper.paper:
            case PaperKind.ACCEPTANCE:
                return self.accepted_on is not None
            case PaperKind.REFUSAL:
                return self.refused is not None
            case PaperKind.DECISION:
                return self.decision is not None
            case PaperKind.SUPPLEMENT_NOTICE:
                return self.supplement is not None
            case PaperKind.PROOF_OF_DELIVERY:
                return self.decision is not None or self.refused is not None
            case PaperKind.AGENCY_CLOSED:
                return self.has_result
            case PaperKind.AGENCY_ENDED:
                return self.mode is not Mode.PROXY or (self.state.ended and not self.has_result)
            case PaperKind.SPECIAL_PROCEDURE:
                return bool(self.procedures)
            case PaperKind.EXTENSION:
                return self.extension is not None
        return True

    def stop(self, on: date, *names: ClockName) -> tuple[Clock, ...]:
        """The clocks, with those of these names (all, if none is named) ended on that day."""
        return tuple(
            clock.stop(on) if not names or clock.name in names else clock for clock in self.clocks
        )
