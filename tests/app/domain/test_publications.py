"""What was published, read into one view."""

from __future__ import annotations

from datetime import date
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import events
from app.domain.calendar import CalendarYear, Overlay
from app.domain.events import Role
from app.domain.publications import NotPublished, Publications
from app.domain.regions import Region, RegionCode, Tier
from app.journal import entry
from app.journal.certificate import SignedCertificate
from app.journal.entry import Entry
from app.journal.keys import DeviceKeys
from app.journal.refs import Ref
from tests.builders import (
    DISTRICT,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    District,
    a_device,
    a_district,
    an_entry,
    the_item,
    the_regions,
)

ON = date(2026, 11, 20)


def entries_of(district: District) -> list[Entry]:
    return [
        entry.read(wire, device=district.device, seq=seq, lineage={})
        for seq, wire in enumerate(district.wires, 1)
    ]


def read(district: District, *more: Entry) -> Publications:
    return Publications.read([*entries_of(district), *more])


def test_a_district_is_read_as_it_published():
    view = read(a_district())
    assert view.tree.rows == the_regions()
    assert view.item("IT022", 1) == the_item("IT022")
    assert sorted(view.years) == [2025, 2026]


@given(st.randoms(use_true_random=False))
def test_the_view_is_the_same_whatever_came_first(chance: Random):
    district = a_district()
    district.certify(DeviceKeys.generate(), VILLAGE)
    entries = entries_of(district)
    shuffled = [*entries]
    chance.shuffle(shuffled)
    one, other = Publications.read(entries), Publications.read(shuffled)
    assert (one.tree.rows, one.items, one.years, one.devices) == (
        other.tree.rows, other.items, other.years, other.devices,
    )  # fmt: skip


def test_a_device_nobody_certified_publishes_nothing():
    stranger = a_device(7)
    card = events.OperatorAdded(name="某人", roles=(Role.HEAD,))
    view = read(a_district(), an_entry(stranger, 1, body=card))
    assert view.operators == {}
    assert view.tier_of(stranger) == 0
    with pytest.raises(NotPublished):
        view.device(stranger)


def test_a_village_publishes_cards_and_nothing_of_the_districts():
    district = a_district()
    village = DeviceKeys.generate()
    district.certify(village, VILLAGE)
    card = events.OperatorAdded(name="某人", roles=(Role.AGENT,))
    no_regions = events.RegionsPublished(regions=())
    view = read(
        district,
        an_entry(village.device, 1, body=card, clock=1000),
        an_entry(village.device, 2, body=no_regions, clock=2000),
    )
    assert view.operator(Ref(village.device, 1)).roles == (Role.AGENT,)
    assert view.tree.rows == the_regions()


def test_one_known_without_an_entry_is_trusted():
    district = a_district()
    keys = DeviceKeys.generate()
    plain = district.certify(keys, VILLAGE, publish=False)
    from app.journal import certificate

    view = Publications.read(entries_of(district), [certificate.read(plain)])
    assert view.tier_of(keys.device) == Tier.VILLAGE


def test_a_later_table_of_regions_takes_the_place_of_the_earlier():
    district = a_district()
    village = Region(RegionCode("450305999999"), "新村", Tier.VILLAGE, RegionCode(TOWNSHIP))
    district.publish(events.RegionsPublished(regions=(*the_regions(), village)))
    assert read(district).tree.region(village.code) == village


def test_versions_of_an_item_stand_side_by_side_and_each_is_in_force_from_its_day():
    district = a_district()
    newer = msgspec.structs.replace(the_item("IT022"), version=2, effective=date(2027, 1, 1))
    district.publish(events.ItemPublished(item=newer))
    view = read(district)
    assert view.item("IT022", 1) == the_item("IT022")
    assert view.current_item("IT022", date(2026, 12, 31)) == the_item("IT022")
    assert view.current_item("IT022", date(2027, 1, 1)) == newer
    with pytest.raises(NotPublished):
        view.item("IT022", 3)
    assert view.current_item("IT999", ON) is None


def test_an_overlay_holds_for_its_region_and_below():
    district = a_district()
    day = date(2026, 11, 23)
    overlay = Overlay(RegionCode(TOWNSHIP), (day,), (), "三月三")
    district.publish(events.OverlayPublished(overlay=overlay))
    view = read(district)
    assert not view.calendar(RegionCode(VILLAGE)).is_workday(day)
    assert not view.calendar(RegionCode(TOWNSHIP)).is_workday(day)
    assert view.calendar(RegionCode(DISTRICT)).is_workday(day)
    assert view.calendar(RegionCode("999999")).is_workday(day)


def test_a_calendar_published_again_takes_the_place_of_the_first():
    district = a_district()
    day = date(2026, 11, 23)
    district.publish(events.CalendarPublished(year=CalendarYear(2026, (day,), (), "更正")))
    assert not read(district).calendar(RegionCode(VILLAGE)).is_workday(day)


def test_a_revoked_device_is_still_known_for_what_it_wrote():
    district = a_district()
    keys = DeviceKeys.generate()
    district.certify(keys, VILLAGE)
    certified = Ref(district.device, len(district.wires))
    district.publish(events.DeviceRevoked(reason="遗失"), subject=certified, after=(certified,))
    view = read(district)
    assert view.device(keys.device).revoked
    assert view.tier_of(keys.device) == Tier.VILLAGE
    assert view.station_name(RegionCode(VILLAGE)) != "遗失"


def test_a_station_is_called_as_its_certificate_says_else_as_its_region():
    district = a_district()
    name = next(row.name for row in the_regions() if row.code == VILLAGE)
    assert read(district).station_name(RegionCode(VILLAGE)) == name
    district.certify(DeviceKeys.generate(), VILLAGE)
    assert read(district).station_name(RegionCode(VILLAGE)) == f"{name}政务服务站"
    assert read(district).station_name(RegionCode("999999")) == "999999"


def renamed(rows: tuple[Region, ...], code: str, **values: object) -> events.RegionsPublished:
    return events.RegionsPublished(
        regions=tuple(
            msgspec.structs.replace(row, **values) if row.code == code else row for row in rows
        )
    )


def test_a_station_follows_its_places_new_name():
    district = a_district()
    district.certify(DeviceKeys.generate(), VILLAGE)
    district.publish(renamed(the_regions(), VILLAGE, name="湖塘东村委会"))
    assert read(district).station_name(RegionCode(VILLAGE)) == "湖塘村委会政务服务站".replace(
        "湖塘村", "湖塘东村"
    )


def test_a_merged_station_goes_by_the_name_of_the_one_it_went_into():
    district = a_district()
    district.certify(DeviceKeys.generate(), VILLAGE)
    neighbour = next(row.name for row in the_regions() if row.code == OTHER_VILLAGE)
    merged = renamed(
        the_regions(), VILLAGE, until=date(2026, 10, 31), successor=RegionCode(OTHER_VILLAGE)
    )
    district.publish(merged)
    assert read(district).station_name(RegionCode(VILLAGE)) == neighbour
    district.certify(DeviceKeys.generate(), OTHER_VILLAGE)
    assert read(district).station_name(RegionCode(VILLAGE)) == f"{neighbour}政务服务站"


@pytest.mark.parametrize(
    "body",
    [
        b"\xc0",
        events.RegionsPublished(regions=(Region(RegionCode("x"), "", Tier.VILLAGE),)),
        events.DeviceCertified(certificate=SignedCertificate(b"noise", bytes(64))),
    ],
    ids=["no body", "no tree", "no certificate"],
)
def test_a_publication_that_cannot_be_read_stops_nothing(body: events.Body | bytes):
    district = a_district()
    whole = read(district)
    district.publish(body, kind="item.published")
    after = read(district)
    assert (after.tree.rows, after.items, after.devices) == (
        whole.tree.rows,
        whole.items,
        whole.devices,
    )


def test_a_publication_of_a_newer_program_is_left_for_it():
    district = a_district()
    whole = read(district)
    for kind, version in (("item.published", 2), ("device.certified", 2), ("weather.published", 1)):
        district.publish(b"\x90", kind=kind, version=version)
    after = read(district)
    assert (after.items, after.devices) == (whole.items, whole.devices)


def withdrawn(item: str, on: date, into: str = "") -> events.ItemWithdrawn:
    return events.ItemWithdrawn(item=item, on=on, reason="上级文件", into=into)


def test_a_withdrawn_item_is_there_until_its_day_and_its_versions_stay():
    district = a_district()
    district.publish(withdrawn("IT022", date(2026, 12, 1), into="IT005"))
    view = read(district)
    assert view.current_item("IT022", ON) == the_item("IT022")
    assert view.current_item("IT022", date(2026, 12, 1)) is None
    coming = view.coming_withdrawal("IT022", ON)
    assert coming is not None
    assert (coming.on, coming.into, coming.reason) == (date(2026, 12, 1), "IT005", "上级文件")
    assert view.withdrawal("IT022", date(2026, 12, 1)) == coming
    assert view.item("IT022", 1) == the_item("IT022")


def test_only_the_district_withdraws_an_item():
    district = a_district()
    village = DeviceKeys.generate()
    district.certify(village, VILLAGE)
    view = read(
        district,
        an_entry(village.device, 1, clock=99, region=VILLAGE, body=withdrawn("IT022", ON)),
    )
    assert view.current_item("IT022", ON) is not None


def test_only_a_head_keeps_the_catalogue():
    district = a_district()
    seat = DeviceKeys.generate()
    district.certify(seat, DISTRICT)
    cards = [
        an_entry(
            seat.device,
            seq,
            clock=100 + seq,
            region=DISTRICT,
            body=events.OperatorAdded(name=f"某人{seq}", roles=(role,)),
        )
        for seq, role in enumerate((Role.HEAD, Role.CLERK), 1)
    ]
    other = msgspec.structs.replace(the_item("IT022"), version=2)
    for seq, card in enumerate(cards, 3):
        written = an_entry(
            seat.device, seq, clock=200, region=DISTRICT, actor=card.ref, body=events.ItemPublished(item=other)
        )  # fmt: skip
        view = read(district, *cards, written)
        assert (other in view.items["IT022"]) is (card is cards[0])


def test_what_is_withdrawn_before_it_was_ever_published_does_no_harm():
    district = a_district(items=())
    district.publish(withdrawn("IT022", ON))
    assert read(district).current_item("IT022", ON) is None
    district.publish(events.ItemPublished(item=the_item("IT022")))
    assert read(district).withdrawal("IT022", ON) is not None


@given(st.randoms(use_true_random=False))
def test_what_stands_is_the_same_whatever_came_first(chance: Random):
    district = a_district(items=())
    item = the_item("IT022")
    for number, day in ((1, None), (2, date(2026, 12, 1)), (3, date(2027, 1, 1))):
        version = msgspec.structs.replace(item, version=number, effective=day)
        district.publish(events.ItemPublished(item=version))
        if number == 2:
            district.publish(withdrawn("IT022", date(2026, 12, 15)))
    entries = entries_of(district)
    shuffled = [*entries]
    chance.shuffle(shuffled)
    one, other = Publications.read(entries), Publications.read(shuffled)
    for day in (ON, date(2026, 12, 1), date(2026, 12, 15), date(2027, 1, 1)):
        assert one.current_item("IT022", day) == other.current_item("IT022", day)
    standing = [
        one.current_item("IT022", day) for day in (ON, date(2026, 12, 20), date(2027, 1, 1))
    ]
    assert [found and found.version for found in standing] == [1, None, 3]
