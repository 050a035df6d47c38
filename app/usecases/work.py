"""What this station has to do now: how much of each kind, how much of it is late, and what comes first."""

from __future__ import annotations

from datetime import date

import msgspec

from app.domain.case import State
from app.domain.clocks import ClockName
from app.domain.events import Role
from app.domain.lights import Light
from app.domain.limits import Unit
from app.domain.staff import OperatorCard
from app.domain.tasks import TaskKind, present
from app.store.rows import CaseRow
from app.store.store import Store
from app.usecases import lookup, repairs, staff
from app.usecases.filters import CaseFilter, codes_at
from app.usecases.lookup import Standing
from app.usecases.repairs import Repair

_AT_WORK = (
    State.IN_TRANSIT,
    State.UNDER_EXAMINATION,
    State.AWAITING_SUPPLEMENT,
    State.IN_PROGRESS,
    State.PAUSED,
    State.WITH_SUPERIOR,
    State.OUTSIDE,
)
BESIDE = (TaskKind.TAKE_HAND_OVER, TaskKind.RETURN_ORIGINALS, TaskKind.ANSWER_CARD)
"""Tasks beside the way of a case."""


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


def counts(store: Store, today: date, by: OperatorCard | None = None) -> dict[TaskKind, Count]:
    """How much there is to do of every kind; a kind of which there is nothing is there too.

    What only one person may do is counted for that person, and for a deputy.
    """
    rows = store.database.rows(
        "SELECT todo, count(*), coalesce(sum(due = ?), 0), coalesce(sum(due < ?), 0) "
        "FROM case_row WHERE todo_at = ? AND todo <> '' GROUP BY todo",
        (today.isoformat(), today.isoformat(), present(store.publications, store.region)),
    )
    found = dict.fromkeys(TaskKind, Count())
    for kind, total, due_today, late in rows:
        found[TaskKind(kind)] = Count(total=total, due_today=due_today, late=late)
    for kind, number in _beside(store, by).items():
        found[kind] = Count(total=number)
    for kind, number in repairs.counts(store).items():
        found[kind] = Count(total=number)
    return found


def tasks(store: Store, today: date, limit: int = 30, by: OperatorCard | None = None) -> list[Task]:
    """What comes first: late, due today, what waits beside the way of cases, entries without effect, urgent, the rest.

    What is left to the archive is only for an archivist.
    """
    rows = _first(store, today, limit, archive=by is not None and Role.ARCHIVIST in by.roles)
    pressing = sum(row.due is not None and row.due <= today for row in rows)
    found = [_task(*pair) for pair in zip(rows, lookup.standings(store, rows, today), strict=True)]
    beside = _tasks_beside(store, today, by, limit)
    broken = [
        Task(kind=one.task, row=one.row, repair=one) for one in repairs.listed(store, limit=limit)
    ]
    return [*found[:pressing], *beside, *broken, *found[pressing:]][:limit]


def _tasks_beside(store: Store, today: date, by: OperatorCard | None, limit: int) -> list[Task]:
    """What waits for this station, or this person, beside the way of cases."""
    rows = store.database.rows(
        f"SELECT kind, case_n FROM side_task WHERE {_MINE} ORDER BY case_n LIMIT ?",
        (*_mine(store, by), limit),
    )
    cases = {row.n: row for row in store.rows.at([n for _, n in rows])}
    standings = dict(zip(cases, lookup.standings(store, list(cases.values()), today), strict=True))
    return [_task(cases[n], standings[n], TaskKind(kind)) for kind, n in rows]


def _beside(store: Store, by: OperatorCard | None) -> dict[TaskKind, int]:
    rows = store.database.rows(
        f"SELECT kind, count(*) FROM side_task WHERE {_MINE} GROUP BY kind", _mine(store, by)
    )
    return {TaskKind(kind): number for kind, number in rows}


_MINE = "at = ? AND (who = '' OR who IN (SELECT value FROM json_each(?)))"


def _mine(store: Store, by: OperatorCard | None) -> tuple[str, str]:
    names = [] if by is None else [str(one) for one in staff.acting_for(store, by)]
    return present(store.publications, store.region), msgspec.json.encode(names).decode()


def _task(row: CaseRow, standing: Standing, kind: TaskKind | None = None) -> Task:
    return Task(
        kind=kind or TaskKind(row.todo),
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
    """The queue behind a number on the first page; None for entries without effect, which are no list of cases."""
    if kind in (TaskKind.REFUSED, TaskKind.OUT_OF_PLACE):
        return None
    if kind in BESIDE:
        return CaseFilter(beside=kind, order=lookup.Order.PRESSING)
    return CaseFilter(task=kind, order=lookup.Order.PRESSING)


def _first(store: Store, today: date, limit: int, *, archive: bool) -> list[CaseRow]:
    day = today.isoformat()
    others = "" if archive else "AND todo <> 'archive' "
    rows = store.database.rows(
        f"SELECT n FROM case_row WHERE todo_at = ? AND todo <> '' {others}ORDER BY CASE "
        "WHEN due < ? THEN 0 WHEN due = ? THEN 1 WHEN urgent OR green THEN 2 ELSE 3 END, "
        "urgent OR green DESC, due IS NULL, due, n LIMIT ?",
        (present(store.publications, store.region), day, day, limit),
    )
    return store.rows.at([n for (n,) in rows])
