"""All that the 工作台 shows, read in one go off the GUI thread and finished but for the words."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import msgspec

from app.domain.case import Case, State
from app.domain.events import Role
from app.domain.masking import mask_listed_name
from app.domain.regions import Tier
from app.domain.staff import OperatorCard
from app.domain.station_health import Care, Judged
from app.domain.tasks import TaskKind, present
from app.journal.refs import Ref
from app.store.drafts import Draft
from app.store.rows import CaseRow
from app.store.store import Store
from app.usecases import backups, drafts, lookup, shared_numbers, staff, today, work
from app.usecases.backups import BackupState
from app.usecases.filters import CaseFilter
from app.usecases.work import Count, Task
from ui.desktop import case_words
from ui.desktop.models.case_lines import item_name
from ui.desktop.pages.exchange.fleet_seen import fleet_seen

TASKS: Final = 30
RECENT: Final = 5

_VILLAGE: Final[tuple[TaskKind | None, ...]] = (
    TaskKind.FORWARD,
    None,
    TaskKind.DELIVER,
    TaskKind.SUPPLY,
    TaskKind.ACCOMPANY,
)
_AUTHORITY: Final[tuple[TaskKind | None, ...]] = (
    TaskKind.TAKE_OVER,
    TaskKind.EXAMINE,
    TaskKind.HANDLE,
    TaskKind.DECIDE,
    TaskKind.DELIVER,
    TaskKind.RECEIVE_SUPPLEMENT,
    TaskKind.FOLLOW_UP,
)
_WORK: Final = (
    TaskKind.TAKE_HAND_OVER,
    TaskKind.ANSWER_CARD,
    TaskKind.TAKE_OVER,
    TaskKind.EXAMINE,
    TaskKind.HANDLE,
    TaskKind.DECIDE,
    TaskKind.DELIVER,
    TaskKind.FORWARD,
    TaskKind.SUPPLY,
    TaskKind.ACCOMPANY,
    TaskKind.RECEIVE_SUPPLEMENT,
    TaskKind.END_PARTS,
    TaskKind.RETURN_ORIGINALS,
    TaskKind.FOLLOW_UP,
    TaskKind.RECTIFY,
    TaskKind.RESUME,
    TaskKind.AWAIT_PARTS,
    TaskKind.AWAIT_OUTSIDE,
    TaskKind.ARCHIVE,
)
"""In the order in which they are pressing."""
_AWAY: Final = (
    State.IN_TRANSIT,
    State.UNDER_EXAMINATION,
    State.AWAITING_SUPPLEMENT,
    State.IN_PROGRESS,
    State.PAUSED,
    State.WITH_SUPERIOR,
    State.OUTSIDE,
)


class CardFacts(msgspec.Struct, frozen=True, kw_only=True):
    """`task` None: cases of this station that an authority holds, of which `supplement` wait for papers."""

    task: TaskKind | None
    count: Count
    supplement: int = 0
    leads_to: CaseFilter | None


class TaskFacts(msgspec.Struct, frozen=True, kw_only=True):
    """`since` is the day on which the clock began; `applicant` is masked.

    `stands_for`: the name of the one who is away and whose matter it is.
    """

    task: Task
    applicant: str
    item: str
    since: date | None
    stands_for: str = ""

    @property
    def key(self) -> tuple[TaskKind, Ref | None]:
        """The same task is the same line when the page looks again."""
        task = self.task
        about = task.row.subject if task.row is not None else None
        return task.kind, task.repair.ref if task.repair is not None else about


class Recent(msgspec.Struct, frozen=True, kw_only=True):
    subject: Ref
    applicant: str
    item: str
    local_number: str
    received_on: date


class Glance(msgspec.Struct, frozen=True, kw_only=True):
    """`clock_behind` is the day of this device's own last entry if the clock cannot be right after it.

    `catalogued`: items have come down, so something can be registered.
    `standing_in`: the names of those whose work this person does as well today.
    """

    today: date
    clock_behind: date | None
    catalogued: bool
    any_case: bool
    cards: tuple[CardFacts, ...]
    tasks: tuple[TaskFacts, ...]
    drafts: tuple[Draft, ...]
    recent: tuple[Recent, ...]
    duplicates: int = 0
    """Cases under way that may repeat another, which nobody has compared."""
    standing_in: tuple[str, ...] = ()
    backup: BackupState | None = None
    restored: bool = False
    """The store came from a backup, and waits for the centre."""
    poorly: tuple[Judged, ...] = ()
    """The computers of stations below that somebody must see to, as the centre said last."""
    fleet_at_ms: int = 0
    shared_numbers: int = 0
    """Local numbers that this computer and a copy of its disk both gave."""


def glance(store: Store, by: OperatorCard) -> Glance:
    day = today.shown_today(store)
    away = _away(store, by)
    recent = [
        one.row
        for one in lookup.page(
            store, CaseFilter(station=present(store.publications, store.region)), day, limit=RECENT
        ).cases
    ]
    return Glance(
        today=day,
        clock_behind=today.last_if_ahead(store),
        catalogued=bool(store.publications.items),
        any_case=bool(recent) or bool(lookup.page(store, CaseFilter(), day, limit=1).cases),
        cards=tuple(_cards(store, day, by)),
        tasks=tuple(_task(store, task, away) for task in work.tasks(store, day, TASKS, by)),
        drafts=tuple(drafts.of_operator(store, by)),
        recent=tuple(_recent(store, row) for row in recent),
        duplicates=store.rows.duplicates.waiting(),
        standing_in=tuple(away.values()),
        backup=backups.state(store),
        restored=store.is_restored,
        shared_numbers=len(shared_numbers.shared(store)),
        **_fleet(store),
    )


def _fleet(store: Store) -> dict[str, Any]:
    seen = fleet_seen(store)
    if seen is None:
        return {}
    poorly = tuple(one for one in seen.stations if one.care is Care.ACT)
    return {"poorly": poorly, "fleet_at_ms": seen.at_ms}


def _away(store: Store, by: OperatorCard) -> dict[str, str]:
    """Those this person stands in for today: their names by the text of their entries."""
    cards = store.publications.operators
    others = (one for one in staff.acting_for(store, by) if one != by.ref)
    return {str(one): cards[one].name for one in others if one in cards}


def _cards(store: Store, day: date, by: OperatorCard) -> list[CardFacts]:
    """Those of the tier, always in their places; what it seldom has comes after them when it has some.

    What is left to the archive is only counted for an archivist.
    """
    counts = work.counts(store, day, by)
    if Role.ARCHIVIST not in by.roles:
        counts[TaskKind.ARCHIVE] = Count()
    usual = _VILLAGE if Tier(store.certificate.tier) is Tier.VILLAGE else _AUTHORITY
    if not counts[TaskKind.HANDLE].total:  # the district decides what it examines
        usual = tuple(kind for kind in usual if kind is not TaskKind.HANDLE)
    others = [kind for kind in _WORK if kind not in usual and counts[kind].total]
    return [
        _at_others(store, day) if kind is None else _card(kind, counts[kind])
        for kind in (*usual, *others)
    ]


def _card(kind: TaskKind, count: Count) -> CardFacts:
    return CardFacts(task=kind, count=count, leads_to=work.filter_of(kind))


def _at_others(store: Store, day: date) -> CardFacts:
    away = work.at_others(store, day)
    return CardFacts(
        task=None,
        count=away.at_authority,
        supplement=away.awaiting_supplement,
        leads_to=CaseFilter(states=_AWAY, station=present(store.publications, store.region)),
    )


def _task(store: Store, task: Task, away: dict[str, str]) -> TaskFacts:
    row = task.row
    if row is None:  # its registration was refused, so there is no case
        told = task.repair
        return TaskFacts(
            task=task,
            applicant=mask_listed_name(told.applicant) if told else "",
            item=told.item if told else "",
            since=None,
        )
    since = next(
        (clock.starts for clock in row.clocks if clock.name is task.clock), row.received_on
    )
    return TaskFacts(
        task=task,
        applicant=case_words.applicant(row),
        item=item_name(store.publications, row.item, row.item_version),
        since=since,
        stands_for=away.get(_whose(store, task, row), ""),
    )


def _whose(store: Store, task: Task, row: CaseRow) -> str:
    """Whose matter it is; of one that is handed over, to whom."""
    if task.kind is TaskKind.TAKE_HAND_OVER:
        case = store.case(row.subject)
        if isinstance(case, Case) and case.hand_over is not None:
            return str(case.hand_over.to)
    return row.owner


def _recent(store: Store, row: CaseRow) -> Recent:
    return Recent(
        subject=row.subject,
        applicant=case_words.applicant(row),
        item=item_name(store.publications, row.item, row.item_version),
        local_number=shared_numbers.told(store, row),
        received_on=row.received_on,
    )
