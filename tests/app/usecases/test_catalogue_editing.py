"""The district changes its catalogue: what it may, what it may not, and what becomes of cases and names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from app.domain.catalogue import UnknownItem
from app.domain.events import Role
from app.domain.items import Confidence
from app.domain.rules import NotPermitted
from app.usecases import catalogue, catalogue_editing
from app.usecases.catalogue import ItemCancelled, Why
from app.usecases.catalogue_editing import (
    AlreadyWithdrawn,
    BadEffectiveDay,
    BadMerger,
    CannotPublish,
    ChangeKind,
    NoReason,
)
from tests.builders import (
    DISTRICT,
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    carry,
    meet,
    the_item,
)

TODAY = date(2026, 11, 20)
LATER = date(2026, 12, 1)


@pytest.fixture
def places(tmp_path: Path) -> Iterator[list[Station]]:
    district = a_district()
    made = [
        a_station(district, region, tmp_path / region) for region in (DISTRICT, TOWNSHIP, VILLAGE)
    ]
    meet(*made)
    yield made
    for one in made:
        one.store.close()


@pytest.fixture
def centre(places: list[Station]) -> Station:
    return places[0]


def adjusted(item_id: str = "IT001", **changes):
    """Fewer days, and whatever is said."""
    item = the_item(item_id)
    clock = msgspec.structs.replace(item.clock, promised=item.clock.promised - 5)
    return msgspec.structs.replace(item, **({"clock": clock} | changes))


def publish(centre, *items, effective=LATER, by=None):
    return catalogue_editing.publish(centre.store, items, by=by or centre.head, effective=effective)


def withdraw(centre, item, *, on=LATER, reason="上级文件取消", into=""):
    return catalogue_editing.withdraw(
        centre.store, item, on=on, reason=reason, into=into, by=centre.head
    )


def current(station, item, on):
    return station.store.publications.current_item(item, on)


# --- versions -----------------------------------------------------------------------------------------


def test_an_adjusted_item_is_its_next_version_from_its_day(centre):
    (item,) = publish(centre, adjusted()).items
    assert (item.version, item.effective) == (2, LATER)
    assert current(centre, "IT001", TODAY).version == 1
    assert current(centre, "IT001", LATER).clock.promised == the_item("IT001").clock.promised - 5


def test_without_a_day_it_counts_from_today(centre):
    (item,) = publish(centre, adjusted(), effective=None).items
    assert item.effective == TODAY


def test_what_says_nothing_new_is_not_published(centre):
    written = centre.store.head().seq
    assert publish(centre, the_item("IT001")).items == ()
    assert centre.store.head().seq == written


def test_a_case_keeps_the_version_under_which_it_was_taken(places):
    centre, township, village = places
    old = a_case(village, "IT001")
    publish(centre, adjusted(materials=the_item("IT001").materials[:3]))
    carry(centre, township, village)
    village.wall.turn(days=20)
    new = a_case(village, "IT001", "黄小弟", applicant={"id_number": ""})
    carry(village, township, centre)
    for station in places:
        assert station.case(old).item_version == 1
        assert station.case(new).item_version == 2


def test_a_new_name_keeps_the_old_one_findable(centre):
    publish(centre, adjusted(name="低保对象认定"))
    old = the_item("IT001").name
    assert catalogue.find(centre.store, old, LATER).name == "低保对象认定"
    assert catalogue.find(centre.store, old, TODAY).name == old


def test_a_new_item_begins_with_its_first_version(centre):
    item = msgspec.structs.replace(the_item("IT005"), id="IT900", name="新办的事", aliases=())
    (made,) = publish(centre, item).items
    assert made.version == 1
    assert current(centre, "IT900", TODAY) is None
    assert current(centre, "IT900", LATER) == made


# --- what keeps an item from being published ------------------------------------------------------------


def faults_of(centre, *items):
    with pytest.raises(CannotPublish) as refusal:
        publish(centre, *items)
    return refusal.value.faults


def test_everything_that_is_missing_is_listed_at_once(centre):
    empty = adjusted(legal_basis=(), standards=(), procedure="", window_authority="")
    faults = faults_of(centre, empty)
    for name in ("设立依据", "审批标准", "办理程序", "窗口权限"):
        assert f"IT001 八公开缺{name}" in faults


def test_a_promise_beyond_the_law_is_refused(centre):
    slow = msgspec.structs.replace(the_item("IT001").clock, promised=31)
    assert any("法定时限：短于承诺时限" in one for one in faults_of(centre, adjusted(clock=slow)))


def test_numbers_that_were_never_looked_at_are(centre):
    endless = msgspec.structs.replace(the_item("IT001").clock, promised=9999, statutory=99999)
    assert len(faults_of(centre, adjusted(clock=endless))) >= 2


def test_a_name_of_another_item_is_refused(centre):
    assert faults_of(centre, adjusted(name=the_item("IT005").name))
    assert faults_of(centre, adjusted(aliases=(the_item("IT005").name,)))


def test_several_are_published_together_or_not_at_all(centre):
    written = centre.store.head().seq
    faults_of(centre, adjusted("IT001"), adjusted("IT005", standards=()))
    assert centre.store.head().seq == written
    assert len(publish(centre, adjusted("IT001"), adjusted("IT009")).items) == 2


def test_two_new_items_may_not_share_a_name_or_an_id(centre):
    one = msgspec.structs.replace(the_item("IT005"), id="IT900", name="新办的事", aliases=())
    two = msgspec.structs.replace(one, id="IT901")
    assert any("重复" in fault for fault in faults_of(centre, one, two))
    assert any("重复" in fault for fault in faults_of(centre, one, one))


def test_what_somebody_should_see_again_is_a_warning_and_no_refusal(centre):
    unsure = msgspec.structs.replace(the_item("IT001").legal_basis[0], confidence=Confidence.LOW)
    item = adjusted(legal_basis=(unsure,), complaint_channel="（由区填写）")
    (change,) = catalogue_editing.weigh(centre.store, [item], LATER)
    told = [catalogue_editing.told(one) for one in change.warnings]
    assert "投诉渠道：还有“（由区填写）”没有填" in told
    assert any(one.startswith("设立依据第 1 行“是否核实”") for one in told)
    assert change.faults == ()
    assert publish(centre, item).items


def test_a_day_that_is_past_is_refused(centre):
    with pytest.raises(BadEffectiveDay):
        publish(centre, adjusted(), effective=date(2026, 11, 19))


def test_a_version_that_will_never_come_into_force_is_told(centre):
    publish(centre, adjusted(), effective=date(2027, 1, 1))
    (change,) = catalogue_editing.weigh(centre.store, [adjusted(name="另一个名称")], LATER)
    assert change.replaces == 2


def test_only_a_head_of_the_district_keeps_the_catalogue(places):
    centre, township, _ = places
    with pytest.raises(NotPermitted) as refusal:
        publish(centre, adjusted(), by=centre.person(Role.APPROVER))
    assert refusal.value.facts["why"] == "role"
    with pytest.raises(NotPermitted) as refusal:
        publish(township, adjusted())
    assert refusal.value.facts["why"] == "not_the_authority"
    assert not catalogue_editing.may_edit(township.store, township.head)


# --- cancelling and merging -----------------------------------------------------------------------------


def test_a_cancelled_item_is_found_with_the_day_and_the_reason(places):
    centre, _, village = places
    withdraw(centre, "IT022")
    carry(centre, village)
    assert catalogue.find(village.store, "IT022", TODAY).id == "IT022"
    with pytest.raises(ItemCancelled) as refusal:
        catalogue.find(village.store, the_item("IT022").name, LATER)
    assert refusal.value.facts["on"] == "2026-12-01"
    assert refusal.value.facts["reason"] == "上级文件取消"
    (found,) = catalogue.suggested(village.store, "就业创业证", LATER)
    assert (found.item, found.why) == (None, Why.WITHDRAWN)
    assert found.withdrawn is not None
    assert found.withdrawn.reason == "上级文件取消"


def test_the_names_of_a_merged_item_lead_to_the_other_one(places):
    centre, _, village = places
    gone, heir = the_item("IT022"), the_item("IT005")
    withdraw(centre, gone.id, reason="两项合一", into=heir.id)
    carry(centre, village)
    assert catalogue.find(village.store, gone.name, TODAY).id == gone.id
    for name in (gone.id, gone.name, *gone.aliases):
        assert catalogue.find(village.store, name, LATER).id == heir.id
    assert {gone.name, *gone.aliases} <= set(current(village, heir.id, LATER).aliases)
    first = catalogue.suggested(village.store, gone.name, LATER)[0]
    assert first.item is not None
    assert first.withdrawn is not None
    assert (first.item.id, first.why, first.withdrawn.reason) == (
        heir.id,
        Why.WITHDRAWN,
        "两项合一",
    )


def test_a_chain_of_mergers_leads_to_its_end(centre):
    withdraw(centre, "IT022", into="IT005", on=TODAY)
    withdraw(centre, "IT005", into="IT009", on=LATER)
    assert catalogue.find(centre.store, the_item("IT022").name, LATER).id == "IT009"


def test_cases_of_a_cancelled_item_run_on(places):
    centre, _, village = places
    case = a_case(village, "IT022")
    withdraw(centre, "IT022", on=TODAY)
    carry(centre, village)
    assert village.case(case).item_version == 1
    with pytest.raises(ItemCancelled):
        a_case(village, "IT022", "黄小弟")


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ({"reason": "  "}, NoReason),
        ({"on": date(2026, 11, 19)}, BadEffectiveDay),
        ({"into": "IT022"}, BadMerger),
        ({"into": "IT999"}, BadMerger),
    ],
)
def test_what_cannot_be_cancelled_or_merged_so_is_refused_and_nothing_is_written(
    centre, how, error
):
    written = centre.store.head().seq
    with pytest.raises(error):
        withdraw(centre, "IT022", **how)
    assert centre.store.head().seq == written


def test_nothing_is_cancelled_twice_nor_merged_into_what_will_not_be(centre):
    withdraw(centre, "IT022")
    with pytest.raises(AlreadyWithdrawn):
        withdraw(centre, "IT022", on=date(2027, 1, 1))
    with pytest.raises(BadMerger):
        withdraw(centre, "IT005", on=TODAY, into="IT022")
    with pytest.raises(UnknownItem):
        withdraw(centre, "IT999")


def test_a_cancelled_item_comes_back_with_a_new_version(centre):
    withdraw(centre, "IT022", on=TODAY)
    (change,) = catalogue_editing.weigh(centre.store, [the_item("IT022")], LATER)
    assert change.kind is ChangeKind.RESTORED
    publish(centre, the_item("IT022"))
    assert current(centre, "IT022", TODAY) is None
    assert current(centre, "IT022", LATER).version == 2


def test_an_item_that_no_entry_can_hold_is_refused_in_words(centre):
    standards = tuple(f"{n}{'长' * 1900}" for n in range(60))
    with pytest.raises(CannotPublish, match="太多"):
        catalogue_editing.publish(centre.store, [adjusted(standards=standards)], by=centre.head)
    assert centre.store.publications.items["IT001"][-1].version == 1
