"""What this station has to do now: how much of each kind, how much of it is late, and what comes first."""

from __future__ import annotations

from datetime import date

import msgspec

from app.domain.case import ClockName, State
from app.domain.lights import Light
from app.domain.limits import Unit
from app.domain.tasks import TaskKind, present
from app.store.rows import CaseRow
from app.store.store import Store
from app.usecases import lookup, repairs
from app.usecases.filters import CaseFilter, codes_at
from app.usecases.lookup import Standing
from app.usecases.repairs import Repair

_AT_WORK = (State.IN_TRANSIT, State.UNDER_EXAMINATION, State.IN_PROGRESS)


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """`due_today` and `late` are among the `total`."""

    total: int = 0
    due_today: int = 0
    late: int = 0


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do. Of entries without effect `repair` says more, and `row` is missing where no case is left."""

    kind: TaskKind
    row: CaseRow | None
    repair: Repair | None = None
    clock: ClockName | None = None
    due: date | None = None
    days_left: int | None = None
    unit: Unit | None = None
    light: Light = Light.NORMAL


class AtOthers(msgspec.Struct, frozen=True, kw_only=True):
    """Cases received here that another station works on, and those that came back for defects."""

    at_authority: Count
    awaiting_supplement: int


def counts(store: Store, today: date) -> dict[TaskKind, Count]:
    """How much there is to do of every kind; a kind of which there is nothing is there too."""
    rows = store.database.rows(
        "SELECT todo, count(*), coalesce(sum(due = ?), 0), coalesce(sum(due < ?), 0) "
        "FROM case_row WHERE todo_at = ? AND todo <> '' GROUP BY todo",
        (today.isoformat(), today.isoformat(), present(store.publications, store.region)),
    )
    found = dict.fromkeys(TaskKind, Count())
    for kind, total, due_today, late in rows:
        found[TaskKind(kind)] = Count(total=total, due_today=due_today, late=late)
    for kind, number in repairs.counts(store).items():
        found[kind] = Count(total=number)
    return found


def tasks(store: Store, today: date, limit: int = 30) -> list[Task]:
    """What comes first: late, due today, entries without effect, urgent, and the rest by the day they are due."""
    rows = _first(store, today, limit)
    pressing = sum(row.due is not None and row.due <= today for row in rows)
    found = [_task(*pair) for pair in zip(rows, lookup.standings(store, rows, today), strict=True)]
    broken = [
        Task(kind=one.task, row=one.row, repair=one) for one in repairs.listed(store, limit=limit)
    ]
    return [*found[:pressing], *broken, *found[pressing:]][:limit]


def _task(row: CaseRow, standing: Standing) -> Task:
    return Task(
        kind=TaskKind(row.todo),
        row=row,
        clock=standing.clock,
        due=standing.due,
        days_left=standing.days_left,
        unit=standing.unit,
        light=standing.light,
    )


def at_others(store: Store, today: date) -> AtOthers:
    """Where the cases are that this station received and does not hold."""
    own = codes_at(store, present(store.publications, store.region))
    here = ", ".join("?" * len(own))
    states = ", ".join("?" * len(_AT_WORK))
    day = today.isoformat()
    total, due_today, late = store.database.row(
        "SELECT count(*), coalesce(sum(due = ?), 0), coalesce(sum(due < ?), 0) FROM case_row "
        f"WHERE station IN ({here}) AND place NOT IN ({here}) AND todo <> '' AND state IN ({states})",
        (day, day, *own, *own, *(state.value for state in _AT_WORK)),
    )
    (returned,) = store.database.row(
        "SELECT count(*) FROM case_row "
        f"WHERE todo = 'supply' AND notices > 0 AND +station IN ({here})",
        tuple(own),
    )
    return AtOthers(
        at_authority=Count(total=total, due_today=due_today, late=late),
        awaiting_supplement=returned,
    )


def filter_of(kind: TaskKind) -> CaseFilter | None:
    """The list behind a number on the first page; None for entries without effect, which are no list of cases."""
    if kind in (TaskKind.REFUSED, TaskKind.OUT_OF_PLACE):
        return None
    return CaseFilter(task=kind, order=lookup.Order.DUE)


def _first(store: Store, today: date, limit: int) -> list[CaseRow]:
    day = today.isoformat()
    rows = store.database.rows(
        "SELECT n FROM case_row WHERE todo_at = ? AND todo <> '' ORDER BY CASE "
        "WHEN due < ? THEN 0 WHEN due = ? THEN 1 WHEN urgent THEN 2 ELSE 3 END, "
        "urgent DESC, due IS NULL, due, n LIMIT ?",
        (present(store.publications, store.region), day, day, limit),
    )
    return store.rows.at([n for (n,) in rows])
