"""Entries without effect: what they were, why they are not read, and that somebody has seen to them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain import events
from app.domain.case import State
from app.domain.events import Role
from app.domain.items import Mode
from app.domain.regions import RegionCode
from app.domain.tasks import TaskKind
from app.journal.keys import DeviceKeys
from app.journal.refs import Continuation, DeviceId, Ref
from app.store import exchange, lives
from app.store.exchange import Verdict
from app.store.rebuild import rebuild
from app.store.verify import verify
from app.usecases import repairs
from app.usecases.acts import available
from app.usecases.repairs import Repair
from tests.builders import (
    MORNING_MS,
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_device,
    a_district,
    a_station,
    act,
    an_entry,
    an_identity,
    carry,
    hand,
    meet,
)


@pytest.fixture
def village(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path / "v")


def refuse(station: Station, *refs: Ref, code: str = "region_out_of_scope") -> None:
    facts: dict[str, str | int] = {"region": "450399"}
    verdicts = [Verdict(device=one.device, seq=one.seq, code=code, facts=facts) for one in refs]
    hand(station, accepted=station.store.head().seq, verdicts=verdicts)


def the_only(station: Station) -> Repair:
    (one,) = repairs.listed(station.store)
    return one


def test_a_refused_registration_still_says_whose_it_was(village: Station):
    subject = a_case(village, "IT022", "韦小妹")
    refuse(village, subject)
    told = the_only(village)
    assert (told.ref, told.task, told.kind) == (subject, TaskKind.REFUSED, "case.registered")
    assert (told.code, told.facts) == ("region_out_of_scope", {"region": "450399"})
    assert (told.at_ms, told.operator) == (MORNING_MS, "第一人")
    assert told.row is None
    assert (told.applicant, told.item) == ("韦小妹", "就业创业证申领")
    assert told.local_number == f"{VILLAGE}-20261120-A2-0001"


def test_a_refused_act_leads_to_its_case(village: Station):
    subject = a_case(village, "IT022", "韦小妹")
    act(village, subject, "forward")
    refuse(village, Ref(village.device, village.store.head().seq))
    told = the_only(village)
    assert told.kind == "case.forwarded"
    assert told.row is not None
    assert (told.row.subject, told.row.state) == (subject, State.RECEIVED)
    assert (told.applicant, told.local_number) == ("韦小妹", told.row.local_number)


def test_a_verdict_on_what_is_not_here_is_listed_and_breaks_nothing(village: Station):
    a_case(village)
    refuse(village, Ref(village.device, 999), code="of_a_newer_centre")
    told = the_only(village)
    assert (told.code, told.kind, told.at_ms, told.applicant) == ("of_a_newer_centre", "", 0, "")
    repairs.settle(village.store, told.ref)
    assert repairs.listed(village.store) == []


def test_the_newest_comes_first(village: Station):
    first = a_case(village, name="韦一")
    village.wall.turn(ms=60_000)
    second = a_case(village, name="韦二")
    refuse(village, first, second)
    assert [one.ref for one in repairs.listed(village.store)] == [second, first]
    assert [one.ref for one in repairs.listed(village.store, limit=1)] == [second]


def test_whoever_was_overtaken_hears_of_it_and_nobody_else_does(tmp_path: Path):
    """The village forwards, not knowing that its other machine did so before."""
    district = a_district()
    one = a_station(district, VILLAGE, tmp_path / "one")
    other = a_station(district, VILLAGE, tmp_path / "other")
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    meet(one, other, township)
    subject = a_case(one, "IT022", "韦小妹")
    meet(one, other, township)
    act(one, subject, "forward")
    carry(one, township)
    act(township, subject, "take_over")
    act(other, subject, "forward")
    meet(one, other, township)
    assert repairs.listed(one.store) == repairs.listed(township.store) == []
    told = the_only(other)
    assert (told.task, told.kind, told.code) == (
        TaskKind.OUT_OF_PLACE,
        "case.forwarded",
        "out_of_place",
    )
    assert told.facts["act"] == "forwarded"
    assert repairs.counts(other.store) == {TaskKind.REFUSED: 0, TaskKind.OUT_OF_PLACE: 1}
    repairs.settle(other.store, told.ref)
    assert repairs.counts(other.store)[TaskKind.OUT_OF_PLACE] == 0
    assert repairs.listed(other.store) == []


def test_what_was_seen_to_stays_so(village: Station):
    subject = a_case(village)
    refuse(village, subject)
    assert exchange.refused(village.store) == 1
    for _ in range(2):
        repairs.settle(village.store, subject)
    refuse(village, subject)  # the centre says it again
    with village.store.changing():
        rebuild(village.store)
    assert repairs.listed(village.store) == []
    assert exchange.refused(village.store) == 0
    assert verify(village.store).ok


def test_what_was_seen_to_stays_so_in_a_new_life(village: Station):
    seen, open_one = a_case(village, name="韦一"), a_case(village, name="韦二")
    place = Continuation(
        village.device, 1, village.store.journal.digest_at(village.device, 1) or b""
    )
    refuse(village, seen, open_one)
    repairs.settle(village.store, seen)
    who = an_identity(village.district, VILLAGE, life="B", slot=2, continues=place)
    assert who.signed is not None
    lives.begin_life(village.store, keys=who.keys, signed=who.signed, token=b"n" * 16)
    assert [one.ref for one in repairs.listed(village.store)] == [
        Ref(village.store.device, open_one.seq)
    ]
    assert repairs.listed(village.store)[0].applicant == "韦二"


# --- what names something that never comes --------------------------------------------------------


NEVER = Ref(a_device(77), 1)


def a_stranger(station: Station) -> DeviceId:
    """A device of the village that writes what no program of ours would."""
    keys = DeviceKeys.generate()
    station.district.certify(keys, VILLAGE)
    carry(station.district, station)
    return keys.device


def registered(**said: Any) -> events.CaseRegistered:
    told: dict[str, Any] = {
        "item": "IT022", "item_version": 1, "mode": Mode.PROXY, "urgent": False, "mandate": True, "told": True,
        "backlog": False, "station": RegionCode(VILLAGE), "received_on": date(2026, 11, 20), "slot": "A9",
        "running": 1, "parties": (events.Party(name="韦小妹"),), "materials": (),
    }  # fmt: skip
    return events.CaseRegistered(**(told | said))


@pytest.mark.parametrize(
    ("said", "actor", "code"),
    [
        ({"item_version": 99}, None, "no_item"),
        ({}, NEVER, "no_operator"),
        ({}, None, "not_permitted"),
    ],
    ids=["an item version", "an operator", "nobody"],
)
def test_a_registration_that_is_never_readable_is_shown_until_somebody_has_seen_to_it(
    village: Station, said: dict[str, Any], actor: Ref | None, code: str
):
    stranger = a_stranger(village)
    wire = an_entry(stranger, 1, body=registered(**said), region=VILLAGE, actor=actor).wire
    hand(village, (stranger, 1, [wire]))
    told = the_only(village)
    assert (told.ref, told.task, told.kind) == (
        Ref(stranger, 1), TaskKind.OUT_OF_PLACE, "case.registered",
    )  # fmt: skip
    assert (told.code, told.row, told.applicant) == (code, None, "韦小妹")
    assert told.local_number == f"{VILLAGE}-20261120-A9-0001"
    assert repairs.counts(village.store)[TaskKind.OUT_OF_PLACE] == 1
    repairs.settle(village.store, told.ref)
    assert repairs.listed(village.store) == []
    assert repairs.counts(village.store)[TaskKind.OUT_OF_PLACE] == 0
    assert verify(village.store).ok


def test_what_comes_after_all_is_shown_no_more(village: Station):
    stranger = a_stranger(village)
    wire = an_entry(stranger, 1, body=registered(), region=VILLAGE, actor=Ref(stranger, 2)).wire
    hand(village, (stranger, 1, [wire]))
    assert the_only(village).code == "no_operator"
    card = events.OperatorAdded(name="莫某", roles=(Role.AGENT,))
    hand(village, (stranger, 2, [an_entry(stranger, 2, body=card, region=VILLAGE).wire]))
    assert repairs.listed(village.store) == []
    assert village.case(Ref(stranger, 1)).applicant.name == "韦小妹"


def test_people_go_on_with_a_case_on_which_a_step_waits_for_what_never_comes(village: Station):
    subject = a_case(village)
    stranger = a_stranger(village)
    offered = events.CaseHandedOver(on=date(2026, 11, 20), to=NEVER)
    wire = an_entry(
        stranger, 1, body=offered, region=VILLAGE, subject=subject, after=(subject,), actor=village.head.ref
    ).wire  # fmt: skip
    hand(village, (stranger, 1, [wire]))
    assert village.case(subject).waits_for == "operator"
    assert "forward" in [
        one.verb for one in available(village.store, village.case(subject), village.head)
    ]
    assert act(village, subject, "forward").state is State.IN_TRANSIT
    assert verify(village.store).ok
