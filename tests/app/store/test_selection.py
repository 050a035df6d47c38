"""Lists of cases: whatever is asked and however it is found, the pages together are the list."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.store import database, opening, selection
from app.store.database import Database
from app.store.rows import COLUMNS
from app.store.selection import Condition, Order, Place

TODAY = date(2026, 11, 20)
STATES = ("received", "in_transit", "closed")
ITEMS = ("IT001", "IT022")


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A thousand rows, some with a due day, in an order that is nobody's."""
    db = database.connect(tmp_path_factory.mktemp("db") / "daiban.db", secrets.token_bytes(32))
    database.bring_up_to_date(db, opening.MIGRATIONS)
    blank = dict.fromkeys(COLUMNS, "")
    rows = []
    for n in range(1, 1001):
        due = None if n % 3 == 0 else (TODAY + timedelta(days=n * 7 % 11 - 5)).isoformat()
        row = blank | {
            "subject_device": 1, "subject_seq": n, "due": due, "official_number": None,
            "state": STATES[n * 5 % 7 % 3], "item": ITEMS[n % 2], "urgent": n % 13 == 0,
            "green": n % 17 == 0, "out_of_place": 0, "item_version": 1, "needs_upgrade": 0, "notices": 0,
            "todo": "" if due is None else "forward", "todo_at": "" if due is None else "here",
        }  # fmt: skip
        rows.append((*(row[name] for name in COLUMNS), n))
    marks = ", ".join("?" * (len(COLUMNS) + 1))
    with db.writing():
        db.run_many(f"INSERT INTO case_row ({', '.join(COLUMNS)}, n) VALUES ({marks})", rows)
    return db


CONDITIONS = (
    Condition("{0}state = ?", ("received",), indexed=True, newest_first=True),
    Condition("{0}state IN (?, ?)", ("received", "closed"), indexed=True),
    Condition("{0}item = ?", ("IT022",), indexed=True, newest_first=True),
    Condition("{0}due < ?", (TODAY.isoformat(),), indexed=True),
    Condition("{0}urgent", (), indexed=True, newest_first=True),
    Condition("{0}todo_at = ? AND {0}todo <> ''", ("here",), indexed=True),
    Condition("{0}n IN (SELECT value FROM json_each(?))", ("[3, 14, 15, 926, 999]",), indexed=True),
    Condition("{0}official_number IS NULL"),
    Condition("{0}item = ?", ("nothing is",), indexed=True, newest_first=True),
)


def plainly(db: Database, conditions: list[Condition], order: Order) -> list[int]:
    """The same, asked without any cunning."""
    where = " AND ".join(one.sql.format("") for one in conditions) or "1"
    by_due = "due IS NULL, due, CASE WHEN due IS NULL THEN -n ELSE n END"
    by = {
        Order.NEWEST: "n DESC",
        Order.DUE: by_due,
        Order.PRESSING: f"(urgent OR green) DESC, {by_due}",
    }[order]
    values = tuple(value for one in conditions for value in one.parameters)
    rows = db.rows(f"SELECT n FROM case_row NOT INDEXED WHERE {where} ORDER BY {by}", values)
    return [n for (n,) in rows]


def paged(db: Database, conditions: list[Condition], order: Order, limit: int) -> list[int]:
    found: list[int] = []
    after: Place | None = None
    while page := selection.places(db, conditions, order, after, limit):
        found += page
        due, pressing = db.row("SELECT due, urgent OR green FROM case_row WHERE n = ?", (page[-1],))
        after = Place(due, page[-1], pressing=bool(pressing))
        if len(page) < limit:
            break
    return found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    conditions=st.lists(st.sampled_from(CONDITIONS), max_size=4, unique=True),
    order=st.sampled_from(Order),
    limit=st.sampled_from((1, 7, 100, 5000)),
    few=st.sampled_from((1, 50, 5000)),
)
def test_the_pages_together_are_the_list_once_and_in_order(
    db: Database, conditions: list[Condition], order: Order, limit: int, few: int
):
    before = selection._FEW  # noqa: SLF001 - what leads depends on it
    selection._FEW = few  # noqa: SLF001
    try:
        if limit == 1:
            conditions = [*conditions, CONDITIONS[6]]  # a page for each case: not for a thousand
        assert paged(db, conditions, order, limit) == plainly(db, conditions, order)
    finally:
        selection._FEW = before  # noqa: SLF001


@pytest.mark.parametrize("conditions", [[], [CONDITIONS[0]], [CONDITIONS[0], CONDITIONS[4]]])
def test_a_count_is_that_of_the_list_and_stops_where_it_is_told(
    db: Database, conditions: list[Condition]
):
    number = len(plainly(db, conditions, Order.NEWEST))
    assert selection.count(db, conditions, 10_000) == number
    assert selection.count(db, conditions, 5) == 5
    assert selection.count(db, [*conditions, CONDITIONS[8]], 10_000) == 0


def test_a_case_that_is_registered_between_two_pages_moves_nothing(db: Database):
    first = selection.places(db, [], Order.NEWEST, None, 10)
    copied = ", ".join("2000" if name == "subject_seq" else name for name in COLUMNS)
    db.run(
        f"INSERT INTO case_row ({', '.join(COLUMNS)}, n) "
        f"SELECT {copied}, 2000 FROM case_row WHERE n = 500"
    )
    try:
        after = selection.places(db, [], Order.NEWEST, Place(None, first[-1]), 10)
        assert after == [n - 10 for n in first]
    finally:
        db.run("DELETE FROM case_row WHERE n = 2000")


def plan(
    db: Database, conditions: list[Condition], order: Order, monkeypatch: pytest.MonkeyPatch
) -> str:
    """How SQLite goes about the page: its plans, as it tells them."""
    told: list[str] = []
    real = Database.rows

    def explained(self: Database, sql: str, parameters: tuple[object, ...] = ()) -> list[Any]:
        told.extend(row[3] for row in real(self, f"EXPLAIN QUERY PLAN {sql}", parameters))
        return real(self, sql, parameters)

    with monkeypatch.context() as patched:
        patched.setattr(Database, "rows", explained)
        selection.places(db, conditions, order, None, 10)
    return "\n".join(told)


@pytest.mark.parametrize(
    ("place", "index"),
    [(0, "case_state"), (1, "case_state"), (2, "case_item"), (3, "case_due"), (4, "case_urgent"), (5, "case_todo")],
)  # fmt: skip
def test_a_condition_that_leads_is_looked_up(
    db: Database, monkeypatch: pytest.MonkeyPatch, place: int, index: str
):
    told = plan(db, [CONDITIONS[place], CONDITIONS[7]], Order.NEWEST, monkeypatch)
    assert f"INDEX {index}" in told
    assert not [line for line in told.splitlines() if line == "SCAN case_row"]


def test_where_all_are_many_the_list_is_read_in_its_own_order(
    db: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(selection, "_FEW", 1)
    told = plan(db, [CONDITIONS[1], CONDITIONS[5]], Order.NEWEST, monkeypatch)
    assert "TEMP B-TREE" not in told
    told = plan(db, [CONDITIONS[0]], Order.DUE, monkeypatch)
    assert "case_due" in told
    assert "TEMP B-TREE" not in told
