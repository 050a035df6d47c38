"""What the 工作台 reads of a real store."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.items import Mode
from app.domain.tasks import TaskKind
from app.journal.refs import Ref
from app.store.exchange import Verdict
from app.usecases import drafts
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
    assert figures(seen) == {"待转报": 0, "在镇街办理": 0, "待送达": 0, "待补正": 0}
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
    assert figures(seen)["在镇街办理"] == 1
    assert figures(seen)["待转报"] == 0
    meet(village, township)
    assert figures(seen_by(township)) == {"待接收": 1, "待审查": 0, "待决定": 0, "待送达": 0}


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
