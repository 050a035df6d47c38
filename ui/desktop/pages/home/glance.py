"""All that the 工作台 shows, read in one go off the GUI thread and finished but for the words."""

from __future__ import annotations

from datetime import date

import msgspec

from app.domain.case import State
from app.domain.publications import OperatorCard
from app.domain.regions import Tier
from app.journal.refs import Ref
from app.store.rows import CaseRow
from app.store.store import Store
from app.usecases import drafts, lookup, today, work
from app.usecases.drafts import Draft
from app.usecases.lookup import CaseFilter
from app.usecases.work import Count, Task, TaskKind
from ui.desktop import case_words
from ui.desktop.models.case_lines import item_name

TASKS = 30
RECENT = 5

_VILLAGE = (TaskKind.FORWARD, None, TaskKind.DELIVER, TaskKind.SUPPLY)
_AUTHORITY = (TaskKind.TAKE_OVER, TaskKind.EXAMINE, TaskKind.DECIDE, TaskKind.DELIVER)
_AWAY = (State.IN_TRANSIT, State.UNDER_EXAMINATION, State.IN_PROGRESS)


class CountCardFacts(msgspec.Struct, frozen=True, kw_only=True):
    """`task` None: cases of this station that an authority holds, of which `supplement` wait for papers."""

    task: TaskKind | None
    count: Count
    supplement: int = 0
    leads_to: CaseFilter | None


class TaskFacts(msgspec.Struct, frozen=True, kw_only=True):
    """`since` is the day on which the clock began; `applicant` is masked."""

    task: Task
    applicant: str
    item: str
    since: date | None


class Recent(msgspec.Struct, frozen=True, kw_only=True):
    subject: Ref
    applicant: str
    item: str
    local_number: str
    received_on: date


class Glance(msgspec.Struct, frozen=True, kw_only=True):
    """`clock_behind` is the day of this device's own last entry if the clock cannot be right after it.

    `catalogued`: items have come down, so something can be registered.
    """

    today: date
    clock_behind: date | None
    catalogued: bool
    any_case: bool
    cards: tuple[CountCardFacts, ...]
    tasks: tuple[TaskFacts, ...]
    drafts: tuple[Draft, ...]
    recent: tuple[Recent, ...]


def glance(store: Store, by: OperatorCard) -> Glance:
    day = today.shown_today(store)
    recent = [one.row for one in lookup.page(store, CaseFilter(mine=True), day, limit=RECENT).cases]
    return Glance(
        today=day,
        clock_behind=today.last_if_ahead(store),
        catalogued=bool(store.publications.items),
        any_case=bool(recent) or bool(lookup.page(store, CaseFilter(), day, limit=1).cases),
        cards=tuple(_cards(store, day)),
        tasks=tuple(_task(store, task) for task in work.tasks(store, day, limit=TASKS)),
        drafts=tuple(drafts.of_operator(store, by)),
        recent=tuple(_recent(store, row) for row in recent),
    )


def _cards(store: Store, day: date) -> list[CountCardFacts]:
    counts = work.counts(store, day)
    if Tier(store.certificate.tier) is Tier.VILLAGE:
        kinds: tuple[TaskKind | None, ...] = _VILLAGE
    else:
        own_counter = (TaskKind.FORWARD, TaskKind.SUPPLY)
        kinds = (*_AUTHORITY, *(kind for kind in own_counter if counts[kind].total))
    return [_at_others(store, day) if kind is None else _card(store, kind, counts[kind]) for kind in kinds]


def _card(store: Store, kind: TaskKind, count: Count) -> CountCardFacts:
    return CountCardFacts(task=kind, count=count, leads_to=work.filter_of(kind, store))


def _at_others(store: Store, day: date) -> CountCardFacts:
    away = work.at_others(store, day)
    return CountCardFacts(
        task=None,
        count=away.at_authority,
        supplement=away.awaiting_supplement,
        leads_to=CaseFilter(states=_AWAY, station=store.region),
    )


def _task(store: Store, task: Task) -> TaskFacts:
    row = task.row
    if row is None:
        return TaskFacts(task=task, applicant="", item="", since=None)
    since = next((clock.starts for clock in row.clocks if clock.name is task.clock), row.received_on)
    return TaskFacts(
        task=task, applicant=case_words.applicant(row), item=item_name(store.publications, row.item, row.item_version), since=since
    )


def _recent(store: Store, row: CaseRow) -> Recent:
    return Recent(
        subject=row.subject,
        applicant=case_words.applicant(row),
        item=item_name(store.publications, row.item, row.item_version),
        local_number=row.local_number,
        received_on=row.received_on,
    )
