"""What the 工作台 reads of a real store."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.events import Role
from app.domain.items import Mode
from app.domain.tasks import TaskKind
from app.journal.refs import Ref
from app.store.exchange import Verdict
from app.usecases import drafts, staff
from app.usecases.materials import MaterialForm
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    act,
    hand,
    meet,
    the_item,
)
from ui.desktop.pages.home import task_words
from ui.desktop.pages.home.glance import Glance, glance


def seen_by(station: Station) -> Glance:
    return glance(station.store, station.head)


@pytest.fixture
def village(tmp_path):
    station = a_station(a_district(), VILLAGE, tmp_path / "village")
    yield station
    station.store.close()


@pytest.fixture
def township(tmp_path, village):
    station = a_station(village.district, TOWNSHIP, tmp_path / "township")
    yield station
    station.store.close()


def figures(seen: Glance) -> dict[str, int]:
    return {task_words.card_label(card): card.count.total for card in seen.cards}


def test_a_new_station_has_its_cards_and_nothing_on_them(village):
    seen = seen_by(village)
    assert figures(seen) == {"待转报": 0, "办理机关处": 0, "待送达": 0, "待补正": 0, "待引领": 0}
    assert not seen.any_case
    assert seen.catalogued
    assert (seen.tasks, seen.drafts, seen.recent) == ((), (), ())


def test_a_device_that_has_heard_nothing_yet_can_register_nothing(tmp_path):
    station = a_station(a_district(items=()), VILLAGE, tmp_path)
    assert not seen_by(station).catalogued
    station.store.close()


def complete(station: Station, name: str = "韦小妹") -> Ref:
    """A case that lacks no paper."""
    return a_case(station, "IT022", name, materials=papers_of("IT022"))


def papers_of(item: str) -> tuple[MaterialForm, ...]:
    return tuple(MaterialForm(name=material.name) for material in the_item(item).materials)


def test_a_registration_is_recent_and_to_be_forwarded_and_masked(village):
    subject = complete(village, "覃小军")
    seen = seen_by(village)
    (task,), (recent,) = seen.tasks, seen.recent
    assert task.task.kind is TaskKind.FORWARD
    assert task.since == date(2026, 11, 20)
    assert {task.applicant, recent.applicant} == {"覃*军"}
    assert recent.subject == subject
    assert figures(seen)["待转报"] == 1


def test_the_five_newest_registrations_of_this_station_are_recent(village):
    subjects = [
        a_case(village, name=name) for name in ("甲一", "乙二", "丙三", "丁四", "戊五", "己六")
    ]
    assert [one.subject for one in seen_by(village).recent] == subjects[:0:-1]


def test_what_the_township_works_on_is_at_others(village, township):
    act(village, complete(village), "forward")
    seen = seen_by(village)
    assert figures(seen)["办理机关处"] == 1
    assert figures(seen)["待转报"] == 0
    meet(village, township)
    shown = figures(seen_by(township))
    assert shown.pop("待接收") == 1
    assert list(shown) == ["待审查", "待决定", "待送达", "待收补正", "待回访"]
    assert not any(shown.values())


def test_a_kind_that_the_tier_seldom_has_gets_a_card_when_it_has_some(township):
    assert "待转报" not in figures(seen_by(township))
    a_case(township, "IT009", materials=papers_of("IT009"), mode=Mode.PROXY)  # the district's
    assert figures(seen_by(township))["待转报"] == 1


def test_every_card_of_tasks_leads_to_its_list(village):
    a_case(village)
    for card in seen_by(village).cards:
        assert card.leads_to is not None


def test_drafts_are_those_of_the_operator(village):
    other = village.person(village.head.roles[0])
    drafts.keep(village.store, village.head, b"form", title="最低生活保障")
    drafts.keep(village.store, other, b"form", title="别人的")
    assert [draft.title for draft in seen_by(village).drafts] == ["最低生活保障"]


def test_a_clock_that_fell_back_is_noticed(village):
    a_case(village)
    assert seen_by(village).clock_behind is None
    village.wall.turn(days=-30)
    assert seen_by(village).clock_behind == date(2026, 11, 20)


def test_a_registration_that_the_centre_refused_says_whose_it_was(village):
    subject = a_case(village, name="卢丽")
    verdict = Verdict(device=village.device, seq=subject.seq, code="region_out_of_scope", facts={})
    hand(village, verdicts=[verdict])
    (task,) = seen_by(village).tasks
    assert task.key == (TaskKind.REFUSED, subject)
    assert (task.applicant, task.item) == ("卢*", "就业创业证申领")


# --- beside the way, and for somebody who is away ---------------------------------------------------


@pytest.fixture
def accepted(village, township):
    """A case that the township's head has taken over, and a colleague."""
    subject = complete(village)
    act(village, subject, "forward")
    meet(village, township)
    act(township, subject, "take_over")
    return subject


def test_what_is_handed_over_waits_for_the_one_it_is_meant_for(township, accepted):
    other = township.person(Role.CLERK)
    third = township.person(Role.APPROVER)
    act(township, accepted, "hand_over", to=other.name)
    (task, *_) = glance(township.store, other).tasks
    assert task.task.kind is TaskKind.TAKE_HAND_OVER
    row = task_words.row_of(task, date(2026, 11, 20))
    assert (row.chip, row.act) == ("待接手", "接手")
    assert row.title.startswith("接手：")
    assert TaskKind.TAKE_HAND_OVER not in [
        one.task.kind for one in glance(township.store, third).tasks
    ]


def test_a_deputy_sees_for_whom_and_what_was_handed_to_them(township, accepted):
    away, deputy = township.person(Role.CLERK), township.person(Role.APPROVER)
    act(township, accepted, "hand_over", to=away.name)
    day = date(2026, 11, 20)
    staff.away(township.store, away.name, deputy.name, day, day, by=away)
    seen = glance(township.store, deputy)
    assert seen.standing_in == (away.name,)
    (task, *_) = seen.tasks
    assert (task.task.kind, task.stands_for) == (TaskKind.TAKE_HAND_OVER, away.name)
    assert f"代 {away.name}" in task_words.row_of(task, day).mark


def test_urgent_and_green_are_marked_and_come_first(village):
    complete(village, "覃一")
    a_case(village, "IT022", "覃二", materials=papers_of("IT022"), urgent=True)
    a_case(village, "IT022", "覃三", materials=papers_of("IT022"), green="老年人")
    marks = [task_words.row_of(one, date(2026, 11, 20)).mark for one in seen_by(village).tasks]
    assert sorted(marks[:2]) == ["加急", "绿色通道"]
    assert marks[2] == ""


def test_what_is_left_to_the_archive_is_only_an_archivists(village):
    subject = complete(village)
    act(village, subject, "withdraw", reason="不办了")
    assert "待归档" not in figures(seen_by(village))
    assert figures(glance(village.store, village.person(Role.ARCHIVIST)))["待归档"] == 1
