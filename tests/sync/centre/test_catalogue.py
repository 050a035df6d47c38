"""Versions of items at the centre: whole, readable, and only one of each number."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from app.domain.events import (
    CatalogueNotesPublished,
    ItemPublished,
    ItemWithdrawn,
    OperatorAdded,
    OperatorChanged,
    Role,
    encode_body,
    name_of,
)
from app.journal.clock import DAY_MS, hybrid
from app.journal.refs import Ref
from app.usecases import catalogue_editing, operators, repairs, staff
from app.usecases.today import confirm_clock
from sync.centre.published import lineage_of, published
from tests.builders import the_item
from tests.sync.builders import (
    DISTRICT,
    TOWNSHIP,
    VILLAGE,
    a_centre,
    a_pen,
    a_station,
    exchange,
    wires_in,
)
from ui import wording

pytestmark = pytest.mark.usefixtures("on_each")

MONTHS = 400 * DAY_MS


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


@pytest.fixture
def desk(centre):
    return a_pen(centre, DISTRICT)


def version(number, **changes):
    return msgspec.structs.replace(the_item("IT005"), version=number, **changes)


def say(pen, body, *, ms=0, **named):
    """Publish something, `ms` later than the centre's clock says; the codes of what is refused."""
    pen.write(
        kind=name_of(body)[0],
        region=pen.region,
        body=encode_body(body),
        clock=hybrid(pen.centre.wall() + ms) + len(pen.wires),
        **named,
    )
    return [one.code for one in pen.send(first=len(pen.wires)).refused]


def test_the_next_version_of_an_item_goes_to_all(centre, desk):
    village = a_pen(centre, VILLAGE)
    village.send()

    assert say(desk, ItemPublished(item=version(2))) == []

    assert desk.wires[0] in wires_in(village.send())


@pytest.mark.parametrize(
    "changes",
    [
        {"legal_basis": ()},
        {"materials": ()},
        {"standards": ("  ",)},
        {"procedure": ""},
        {"window_authority": " "},
        {"name": ""},
    ],
)
def test_an_item_that_does_not_disclose_everything_is_refused(centre, desk, changes):
    village = a_pen(centre, VILLAGE)
    village.send()

    assert say(desk, ItemPublished(item=version(2, **changes))) == ["item_incomplete"]

    assert desk.wires[0] not in wires_in(village.send())


def test_what_is_no_item_is_refused(desk):
    desk.write(kind="item.published", region=DISTRICT, body=b"\x91\xa3abc")

    assert [one.code for one in desk.send().refused] == ["bad_body"]


def test_of_one_version_the_first_that_comes_stands(centre, desk):
    other = a_pen(centre, DISTRICT)

    assert say(desk, ItemPublished(item=version(2, procedure="先来的"))) == []
    assert say(other, ItemPublished(item=version(2, procedure="后来的")), ms=1000) == [
        "item_version_taken"
    ]

    (second,) = [
        one
        for one in published(centre.ledger, lineage_of(centre.devices)).items["IT005"]
        if one.version == 2
    ]
    assert second.procedure == "先来的"


def test_the_same_version_twice_in_one_request_is_taken_once(desk):
    for procedure in ("甲", "乙"):
        body = encode_body(ItemPublished(item=version(2, procedure=procedure)))
        desk.write(kind="item.published", region=DISTRICT, body=body)

    assert [(one.seq, one.code) for one in desk.send().refused] == [(2, "item_version_taken")]


def test_what_was_written_on_top_of_a_refused_version_goes_with_it(centre, desk):
    other = a_pen(centre, DISTRICT)
    say(desk, ItemPublished(item=version(2)))
    say(other, ItemPublished(item=version(2)))

    on_top = (Ref(other.device, 1),)
    assert say(other, ItemPublished(item=version(3)), after=on_top) == ["follows_refused"]
    gone = ItemWithdrawn(item="IT005", on=date(2026, 12, 1), reason="上级文件", into="")
    assert say(other, gone, after=on_top) == ["follows_refused"]


def test_a_ledger_that_was_restored_takes_the_version_again(centre, desk, tmp_path):
    copy = centre.saved(tmp_path / "copy.db")
    say(desk, ItemPublished(item=version(2)))
    desk.centre = centre.restored(copy)

    assert desk.send(first=1).refused == []


def test_the_second_author_is_told_and_publishes_on_top_of_the_first(centre, tmp_path):
    first = a_station(centre, DISTRICT, tmp_path / "first")
    second = a_station(centre, DISTRICT, tmp_path / "second")
    village = a_station(centre, VILLAGE, tmp_path / "village")
    heads = {}
    for station in (first, second):
        exchange(station, centre)
        (heads[station.store.device],) = [
            card
            for card in station.store.publications.operators.values()
            if card.ref.device == station.store.device
        ]
        item = msgspec.structs.replace(the_item("IT005"), procedure=f"{station.store.device.hex()}")
        catalogue_editing.publish(station.store, [item], by=heads[station.store.device])

    exchange(first, centre)
    exchange(second, centre)
    exchange(second, centre)

    (told,) = repairs.listed(second.store)
    assert (told.code, told.kind) == ("item_version_taken", "item.published")
    assert wording.VERDICTS[told.code]
    assert wording.ADVICE[told.code]
    standing = second.store.publications.item("IT005", 2)
    assert standing.procedure == first.store.device.hex()
    catalogue_editing.publish(
        second.store,
        [msgspec.structs.replace(standing, procedure="两边都有")],
        by=heads[second.store.device],
    )
    exchange(second, centre)
    exchange(village, centre)
    items = village.store.publications.items["IT005"]
    assert [one.procedure for one in items[1:]] == [first.store.device.hex(), "两边都有"]


# --- clocks that run ahead --------------------------------------------------------------------------


def test_what_a_clock_far_ahead_publishes_does_not_stand_before_all_to_come(centre, desk):
    notes = CatalogueNotesPublished(not_issued_here=(), retired_terms=())

    assert say(desk, notes, ms=MONTHS) == ["clock_ahead"]
    assert say(desk, ItemPublished(item=version(2)), ms=MONTHS) == ["clock_ahead"]
    assert say(desk, ItemPublished(item=version(2)), ms=DAY_MS // 2) == []


def test_a_card_from_a_clock_far_ahead_is_taken_and_can_be_changed(centre):
    town = a_pen(centre, TOWNSHIP)
    card = Ref(town.device, 1)
    assert say(town, OperatorAdded(name="早来的", roles=(Role.HEAD,)), ms=MONTHS) == []

    moved = OperatorChanged(roles=(Role.HEAD, Role.APPROVER), post="综合窗口")
    town.write(
        kind="operator.changed",
        region=TOWNSHIP,
        body=encode_body(moved),
        subject=card,
        after=(card,),
        clock=hybrid(centre.wall()),
    )
    assert town.send(first=2).refused == []


def test_a_station_whose_clock_was_set_right_publishes_again(centre, tmp_path):
    seat = a_station(centre, DISTRICT, tmp_path / "seat", staffed=False)
    exchange(seat, centre)
    head = operators.add(seat.store, "唐主任", Role.APPROVER)
    seat.store.wall = lambda: centre.wall() + MONTHS
    operators.add(seat.store, "明年来的", Role.CLERK, by=head)
    catalogue_editing.publish(seat.store, [version(2, procedure="明年的")], by=head)
    exchange(seat, centre)
    seat.store.wall = centre.wall
    confirm_clock(seat.store)

    assert [one.code for one in repairs.listed(seat.store)] == ["clock_ahead"]
    catalogue_editing.publish(seat.store, [version(2, procedure="今年的")], by=head)
    clerk = next(
        card for card in seat.store.publications.operators.values() if card.name == "明年来的"
    )
    staff.change(seat.store, clerk.name, by=head, duty=staff.Duty(post="综合窗口"))
    exchange(seat, centre)

    assert len(repairs.listed(seat.store)) == 1
    village = a_station(centre, VILLAGE, tmp_path / "village")
    exchange(village, centre)
    assert village.store.publications.item("IT005", 2).procedure == "今年的"
    assert village.store.publications.operators[clerk.ref].post == "综合窗口"
