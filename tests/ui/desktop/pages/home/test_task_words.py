"""A task in a line, and what stands under a figure."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.clocks import ClockName
from app.domain.lights import Light
from app.domain.limits import Unit
from app.domain.tasks import TaskKind
from app.usecases.repairs import Repair
from app.usecases.work import Count, Task
from tests.builders import VILLAGE, a_case, a_district, a_station
from ui.desktop.look.mood import Mood
from ui.desktop.pages.home import task_words
from ui.desktop.pages.home.glance import CardFacts, TaskFacts

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def row(tmp_path_factory):
    station = a_station(a_district(), VILLAGE, tmp_path_factory.mktemp("words"))
    subject = a_case(station)
    row = station.store.rows.by_subject(subject)
    station.store.close()
    return row


def facts(row, kind=TaskKind.FORWARD, clock=ClockName.FORWARDING, **said) -> TaskFacts:
    task = Task(kind=kind, row=row, clock=clock, unit=Unit.WORKING, **said)
    return TaskFacts(task=task, applicant="覃*军", item="高龄津贴", since=date(2026, 11, 18))


def test_a_task_says_when_what_for_whom_and_since(row):
    line = task_words.row_of(facts(row, days_left=0), TODAY)
    assert (line.chip, line.title, line.right) == (
        "今天到期",
        "转报：覃*军 高龄津贴",
        "收件 11-18",
    )


@pytest.mark.parametrize(
    ("days_left", "light", "mood"),
    [
        (-1, Light.YELLOW, Mood.BAD),
        (0, Light.WARNING, Mood.WARN),
        (1, Light.WARNING, Mood.WARN),
        (4, Light.NORMAL, Mood.GOOD),
    ],
)
def test_urgency_is_told_by_mood_and_words(row, days_left, light, mood):
    line = task_words.row_of(facts(row, days_left=days_left, light=light), TODAY)
    assert line.mood is mood


def test_what_has_no_limit_is_named_by_its_kind(row):
    line = task_words.row_of(facts(row, kind=TaskKind.SUPPLY, clock=None), TODAY)
    assert (line.chip, line.mood) == ("待补正", Mood.PLAIN)


@pytest.mark.parametrize("clock", [*ClockName, None])
def test_every_clock_says_with_what_it_began(row, clock):
    assert task_words.row_of(facts(row, clock=clock), TODAY).right.endswith("11-18")


@pytest.mark.parametrize("kind", TaskKind)
def test_every_kind_has_a_verb(row, kind):
    assert "：" in task_words.row_of(facts(row, kind=kind), TODAY).title


def test_a_refused_entry_says_why_and_when(row):
    repair = Repair(
        ref=row.subject,
        task=TaskKind.REFUSED,
        kind="case.registered",
        code="region_out_of_scope",
        facts={},
        at_ms=1_795_076_400_000,  # 2026-11-19 16:20 in China
        operator="",
        row=None,
        applicant="卢丽",
        item="居住证",
        local_number="",
    )
    task = Task(kind=TaskKind.REFUSED, row=None, repair=repair)
    line = task_words.row_of(
        TaskFacts(task=task, applicant="卢*", item="居住证", since=None), TODAY
    )
    assert (line.chip, line.mood) == ("中心退回", Mood.BAD)
    assert line.title == "不属于本站辖区：卢* 居住证"
    assert line.right == "11-19 16:20"


@pytest.mark.parametrize(
    ("count", "note"),
    [
        (Count(), (Mood.PLAIN, "")),
        (Count(total=3), (Mood.PLAIN, "都在期限内")),
        (Count(total=3, due_today=1), (Mood.WARN, "1 件今天到期")),
        (Count(total=3, late=1), (Mood.BAD, "1 件超期")),
        (Count(total=4, late=3, due_today=1), (Mood.BAD, "3 件超期")),
    ],
)
def test_a_card_says_what_presses(count, note):
    card = CardFacts(task=TaskKind.FORWARD, count=count, leads_to=None)
    assert task_words.card_note(card) == note


def test_the_card_of_others_says_what_came_back():
    card = CardFacts(task=None, count=Count(total=18), supplement=2, leads_to=None)
    assert task_words.card_label(card) == "办理机关处"
    assert task_words.card_note(card) == (Mood.PLAIN, "2 件待补正")
