"""The fold: whatever arrived where and when, every machine reads the same case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import events, rules
from app.domain.case import Case, State
from app.domain.events import Body, DeliveryWay, ReturnReason, Role
from app.domain.history import Waiting, reading_order, replay, setting_of
from app.domain.publications import Publications
from app.domain.regions import RegionCode
from app.errors import Refused
from app.journal import clock, entry
from app.journal.entry import Entry
from app.journal.keys import DeviceKeys
from app.journal.order import in_order
from app.journal.refs import DeviceId, Ref
from tests.builders import (
    DISTRICT,
    MORNING_MS,
    TOWNSHIP,
    VILLAGE,
    District,
    a_device,
    a_district,
    an_entry,
    the_item,
)

DAY = date(2026, 11, 20)
PLACES = (VILLAGE, VILLAGE, TOWNSHIP, DISTRICT, TOWNSHIP)
"""Devices at three tiers, two of each below the district."""
ROLES = {VILLAGE: Role.AGENT, TOWNSHIP: Role.CLERK, DISTRICT: Role.APPROVER}
CASES = ("IT001", "IT005", "IT009", "IT011", "IT022", "IT031", "IT034", "IT045", "IT066")


@dataclass(frozen=True)
class Room:
    """A district, four devices in it, and all that was published about them."""

    district: District
    devices: tuple[DeviceId, ...]
    published: tuple[Entry, ...]

    def publications(self, *, without: tuple[str, ...] = ()) -> Publications:
        return Publications.read(one for one in self.published if one.kind not in without)


@cache
def the_room() -> Room:
    district = a_district()
    keys = [DeviceKeys.generate() for _ in PLACES]
    for key, region in zip(keys, PLACES, strict=True):
        district.certify(key, region)
    published = [
        entry.read(wire, device=district.device, seq=seq, lineage={})
        for seq, wire in enumerate(district.wires, 1)
    ]
    for key, region in zip(keys, PLACES, strict=True):
        card = events.OperatorAdded(name="某人", roles=(ROLES[region], Role.HEAD))
        published.append(an_entry(key.device, 1, region=region, body=card))
    return Room(district, tuple(key.device for key in keys), tuple(published))


@cache
def all_published() -> Publications:
    return the_room().publications()


@dataclass
class Desk:
    """One machine: what it knows, and what it does by its own reading of that."""

    number: int
    known: dict[Ref, Entry] = field(default_factory=dict)
    seq: int = 1
    last_clock: int = 0

    @property
    def device(self) -> DeviceId:
        return the_room().devices[self.number]

    def read(self) -> Case | Waiting | None:
        return replay(list(self.known.values()), all_published())

    def learn(self, entries: list[Entry]) -> None:
        self.known.update((one.ref, one) for one in entries)

    def write(
        self, body: Body, *, subject: Ref | None, after: tuple[Ref, ...], wall_ms: int = 0
    ) -> Entry:
        self.seq += 1
        seen = max((one.clock for one in self.known.values()), default=0)
        self.last_clock = clock.tick(max(seen, self.last_clock), wall_ms)
        written = an_entry(
            self.device, self.seq, subject=subject, after=after, clock=self.last_clock,
            actor=Ref(self.device, 1), body=body,
        )  # fmt: skip
        self.learn([written])
        return written

    def may(self, body: Body) -> bool:
        """Whether the rule lets this desk, by what it knows."""
        case = self.read()
        assert isinstance(case, Case)
        probe = an_entry(
            self.device, self.seq + 1, subject=case.subject, actor=Ref(self.device, 1), body=body
        )
        try:
            rules.after(case, body, setting_of(probe, all_published()))
        except Refused:
            return False
        return True

    def act(self, body: Body, wall_ms: int = 0) -> Entry:
        case = self.read()
        assert isinstance(case, Case)
        assert self.may(body)
        return self.write(body, subject=case.subject, after=case.heads, wall_ms=wall_ms)


def registered(item: str = "IT022", on: date = DAY) -> Body:
    return events.CaseRegistered(
        item=item, item_version=1, mode=the_item(item).mode, urgent=False, mandate=True, told=True, backlog=False,
        station=RegionCode(VILLAGE), received_on=on, slot="A1", running=1,
        parties=(events.Party(name="韦小妹"),), materials=(),
    )  # fmt: skip


def bodies_for(desk: int, on: date) -> list[Body]:
    """Everything a desk might try; the rules say what it may."""
    here = RegionCode(PLACES[desk])
    return [
        events.CaseSupplied(on=on, materials=(events.MaterialTaken(index=0, copies=desk + 1),)),
        events.CaseForwarded(to=RegionCode(TOWNSHIP), on=on),
        events.CaseForwarded(to=RegionCode(DISTRICT), on=on),
        events.CaseTakenOver(station=here, on=on, slot=f"A{desk + 1}", running=1),
        events.CaseReturned(on=on, reason=ReturnReason.DEFECTS, defects=("缺户口簿",)),
        events.CaseAccepted(on=on),
        events.CaseRefused(on=on, reason="不属于受理范围"),
        events.CaseDecided(on=on, approved=True),
        events.CaseCompleted(on=on, result="已办结"),
        events.CaseDelivered(on=on, way=DeliveryWay.IN_PERSON, recipient="韦小妹"),
    ]


def a_room_of_desks(item: str) -> tuple[list[Desk], Entry]:
    """Four desks that all know of one case."""
    desks = [Desk(number) for number in range(len(PLACES))]
    opening = desks[0].write(registered(item), subject=None, after=())
    for desk in desks:
        desk.learn([opening])
    return desks, opening


Steps = list[tuple[int, int, list[int], int]]
steps = st.lists(
    st.tuples(
        st.integers(0, 4),  # who
        st.integers(0, 9),  # does what
        st.lists(st.integers(0, 4), max_size=3),  # having heard from whom
        st.integers(0, 5),  # with a wall clock that goes its own way
    ),
    max_size=24,
)


def play(desks: list[Desk], told: Steps) -> list[Entry]:
    """What was written; each writer knew only what it had heard."""
    written = []
    for day, (who, what, heard_from, wall_ms) in enumerate(told):
        desk = desks[who]
        for other in heard_from:
            desk.learn(list(desks[other].known.values()))
        allowed = [body for body in bodies_for(who, DAY + timedelta(days=day)) if desk.may(body)]
        if allowed:
            written.append(desk.act(allowed[what % len(allowed)], wall_ms << 32))
    return written


@given(st.sampled_from(CASES), steps, st.integers())
def test_every_machine_reads_the_same_case_whatever_came_when(item: str, told: Steps, seed: int):
    desks, opening = a_room_of_desks(item)
    everything = [opening, *play(desks, told)]
    expected = replay(everything, all_published())
    assert isinstance(expected, Case)
    for chance in (Random(seed + number) for number in range(3)):
        arrived: list[Entry] = []
        rest = [*everything, *chance.sample(everything, len(everything) // 2)]
        chance.shuffle(rest)
        while rest:
            count = chance.randint(1, len(rest))
            arrived, rest = [*arrived, *rest[:count]], rest[count:]
            replay(arrived, all_published())  # half of a story may be read at any time
        assert replay(arrived, all_published()) == expected


@given(st.sampled_from(CASES), steps)
def test_nothing_is_dropped_each_entry_works_or_is_reported(item: str, told: Steps):
    desks, opening = a_room_of_desks(item)
    everything = [opening, *play(desks, told)]
    case = replay(everything, all_published())
    assert isinstance(case, Case)
    misfits = {one.ref for one in case.out_of_place}
    assert len(misfits) == len(case.out_of_place)
    ordered, waiting = in_order(everything, all_published().tier_of)
    assert not waiting
    assert case.head == ordered[-1].ref
    without_misfits = [one for one in ordered if one.ref not in misfits]
    alone: Case | None = None
    for one in without_misfits:
        body = events.decode_body(one.kind, one.version, one.body or b"")
        alone = rules.after(alone, body, setting_of(one, all_published()))
    assert alone is not None
    assert msgspec.structs.replace(alone, heads=case.heads, out_of_place=case.out_of_place) == case


@given(st.sampled_from(CASES), steps, st.sampled_from([2, 3]))
def test_what_a_tier_did_is_never_undone_from_below(item: str, told: Steps, tier: int):
    """Whatever lower tiers did without its knowing: what worked works, with the same outcome, whenever that arrives."""
    desks, opening = a_room_of_desks(item)
    everything = [opening, *play(desks, told)]
    above = [one for one in everything if all_published().tier_of(one.device) >= tier]
    if not above:
        return
    here = {one.ref: one for one in everything}
    part: set[Ref] = set()
    ahead = [one.ref for one in above]
    while ahead:
        ref = ahead.pop()
        if ref not in part:
            part.add(ref)
            ahead += here[ref].after
    without = read([one for one in everything if one.ref in part])
    whole = read(everything)
    assert [one for one in whole.out_of_place if one.ref in part] == list(without.out_of_place)


@given(st.sampled_from(CASES), steps)
def test_what_the_one_device_of_the_highest_tier_did_stays_done(item: str, told: Steps):
    """Every act fitted when it was written; the district has no second device that could have been quicker."""
    desks, opening = a_room_of_desks(item)
    everything = [opening, *play(desks, told)]
    assert desks[3].device not in {one.ref.device for one in read(everything).out_of_place}


def test_the_districts_decision_stands_though_a_second_township_device_had_refused_offline():
    desks, _ = a_room_of_desks("IT001")
    village, _, township, district, second = desks
    village.act(events.CaseForwarded(to=RegionCode(TOWNSHIP), on=DAY))
    township.learn(list(village.known.values()))
    township.act(events.CaseTakenOver(station=RegionCode(TOWNSHIP), on=DAY, slot="A3", running=1))
    second.learn(list(township.known.values()))
    township.act(events.CaseAccepted(on=DAY), wall_ms=2 << 32)
    refused = second.act(events.CaseRefused(on=DAY, reason="材料不实"), wall_ms=1 << 32)
    district.learn(list(township.known.values()))
    district.act(events.CaseDecided(on=DAY, approved=True), wall_ms=3 << 32)
    assert refused.clock < max(one.clock for one in township.known.values())
    case = read([*district.known.values(), refused])
    assert case.state is State.DECIDED
    assert [one.ref for one in case.out_of_place] == [refused.ref]


def read(told: list[Entry]) -> Case:
    case = replay(told, all_published())
    assert isinstance(case, Case)
    return case


@given(st.sampled_from(CASES), steps, st.data())
def test_an_entry_that_lacks_what_it_follows_changes_nothing_until_that_comes(
    item: str, told: Steps, data
):
    desks, opening = a_room_of_desks(item)
    written = play(desks, told)
    everything = [opening, *written]
    late = data.draw(st.sampled_from(everything))
    rest = [one for one in everything if one is not late]
    partly = replay(rest, all_published()) if rest else None
    assert partly is None or isinstance(partly, Waiting if late is opening else Case)
    assert replay([*rest, late], all_published()) == replay(everything, all_published())


@pytest.mark.parametrize(
    "missing", ["device.certified", "operator.added", "item.published", "regions.published"]
)
def test_a_case_waits_for_what_was_not_published_yet(missing: str):
    desks, opening = a_room_of_desks("IT022")
    desks[0].act(events.CaseForwarded(to=RegionCode(TOWNSHIP), on=DAY))
    entries = list(desks[0].known.values())
    told = replay(entries, the_room().publications(without=(missing,)))
    assert isinstance(told, Waiting)
    assert told.subject == opening.ref
    assert told.missing == {
        "device.certified": "device", "operator.added": "operator",
        "item.published": "item", "regions.published": "regions",
    }[missing]  # fmt: skip


def test_nothing_at_all_is_nothing():
    assert replay([], all_published()) is None


def test_a_case_whose_opening_was_refused_is_read_nowhere():
    desks, opening = a_room_of_desks("IT022")
    desks[0].act(events.CaseForwarded(to=RegionCode(TOWNSHIP), on=DAY))
    assert replay(list(desks[0].known.values()), all_published(), {opening.ref}) is None


def test_a_refused_act_is_as_if_it_had_not_been_written():
    desks, opening = a_room_of_desks("IT022")
    forwarded = desks[0].act(events.CaseForwarded(to=RegionCode(TOWNSHIP), on=DAY))
    told = replay([opening, forwarded], all_published(), {forwarded.ref})
    assert told == replay([opening], all_published())


# --- looks ----------------------------------------------------------------------------------------

Looks = list[tuple[int, int]]
looks = st.lists(
    st.tuples(st.integers(0, 24), st.integers(0, 4)), max_size=8
)  # after which act, who


def play_and_look(desks: list[Desk], told: Steps, looked: Looks) -> tuple[list[Entry], list[Entry]]:
    """Acts, and looks among them that the others hear of like of anything."""
    written, seen = [], []
    for place, step in enumerate([*told, None]):
        for at, who in looked:
            if at == place:
                case = desks[who].read()
                assert isinstance(case, Case)
                body = events.CaseNumbersShown()
                seen.append(desks[who].write(body, subject=case.subject, after=case.heads))
        if step is not None:
            written += play(desks, [step])
    return written, seen


@given(st.sampled_from(CASES), steps, looks)
def test_a_look_changes_nothing_of_the_case_whoever_looked_when(
    item: str, told: Steps, looked: Looks
):
    desks, opening = a_room_of_desks(item)
    written, seen = play_and_look(desks, told, looked)
    assert read([opening, *written, *seen]) == read([opening, *written])
    assert not {look.ref for look in seen} & {ref for act in written for ref in act.after}


@given(st.sampled_from(CASES), steps, looks)
def test_a_look_stands_in_the_history_after_what_was_seen_and_moves_no_act(
    item: str, told: Steps, looked: Looks
):
    desks, opening = a_room_of_desks(item)
    written, seen = play_and_look(desks, told, looked)
    ordered, waiting = reading_order([*seen, opening, *written], all_published())
    assert not waiting
    assert [one for one in ordered if one not in seen] == in_order(
        [opening, *written], all_published().tier_of
    )[0]
    place = {one.ref: at for at, one in enumerate(ordered)}
    assert len(place) == len(seen) + len(written) + 1
    assert all(place[ref] < place[look.ref] for look in seen for ref in look.after)


def test_an_act_that_names_a_look_follows_what_the_look_followed():
    desks, opening = a_room_of_desks("IT022")
    look = desks[1].write(events.CaseNumbersShown(), subject=opening.ref, after=(opening.ref,))
    forwarded = desks[0].write(
        events.CaseForwarded(to=RegionCode(TOWNSHIP), on=DAY),
        subject=opening.ref,
        after=(look.ref,),
    )
    case = read([opening, look, forwarded])
    assert (case.state, case.waits_for, case.head) == (State.IN_TRANSIT, "", forwarded.ref)


def test_a_look_of_a_newer_program_asks_for_no_upgrade():
    desks, opening = a_room_of_desks("IT022")
    newer = _newer(desks[2], opening, "case.numbers_shown", 9)
    assert read([opening, newer]) == read([opening])


def test_a_look_cannot_open_anything():
    look = an_entry(
        the_room().devices[0],
        7,
        actor=Ref(the_room().devices[0], 1),
        body=events.CaseNumbersShown(),
    )
    told = replay([look], all_published())
    assert told == Waiting(subject=look.ref, missing="out_of_place")


# --- entries of a newer program -------------------------------------------------------------------


def _newer(desk: Desk, after: Entry, kind: str = "case.blessed", version: int = 1) -> Entry:
    desk.seq += 1
    return an_entry(
        desk.device, desk.seq, kind=kind, version=version, subject=after.subject, after=(after.ref,),
        clock=clock.hybrid(MORNING_MS), actor=Ref(desk.device, 1), body=b"\x91\xc0",
    )  # fmt: skip


@pytest.mark.parametrize(("kind", "version"), [("case.blessed", 1), ("case.accepted", 9)])
def test_an_act_of_a_newer_program_is_kept_and_the_case_asks_for_an_upgrade(
    kind: str, version: int
):
    desks, opening = a_room_of_desks("IT022")
    newer = _newer(desks[2], opening, kind, version)
    case = replay([opening, newer], all_published())
    assert isinstance(case, Case)
    assert case.needs_upgrade
    assert case.heads == (newer.ref,)
    assert case.out_of_place == ()
    assert case.state is State.RECEIVED


def test_what_follows_an_act_of_a_newer_program_is_still_read():
    desks, opening = a_room_of_desks("IT022")
    newer = _newer(desks[2], opening)
    desks[0].learn([newer])
    forwarded = desks[0].act(events.CaseForwarded(to=RegionCode(TOWNSHIP), on=DAY))
    assert forwarded.after == (newer.ref,)
    case = replay([opening, newer, forwarded], all_published())
    assert isinstance(case, Case)
    assert case.state is State.IN_TRANSIT
    assert case.needs_upgrade


def test_a_thing_that_only_a_newer_program_can_open_waits_for_the_upgrade():
    newer = an_entry(the_room().devices[0], 7, kind="consultation.opened", body=b"\x90")
    told = replay([newer], all_published())
    assert told == Waiting(subject=newer.ref, missing="upgrade")


# --- entries nobody honest writes -----------------------------------------------------------------


def test_a_body_that_cannot_be_read_is_reported_and_the_case_goes_on():
    desks, opening = a_room_of_desks("IT022")
    broken = an_entry(
        desks[2].device, 2, kind="case.accepted", subject=opening.ref, after=(opening.ref,), body=b"\xc0",
        actor=Ref(desks[2].device, 1),
    )  # fmt: skip
    case = replay([opening, broken], all_published())
    assert isinstance(case, Case)
    assert [(one.ref, one.code) for one in case.out_of_place] == [(broken.ref, "bad_body")]


def test_a_redacted_act_is_reported_and_a_redacted_opening_waits():
    desks, opening = a_room_of_desks("IT022")
    forwarded = desks[0].act(events.CaseForwarded(to=RegionCode(TOWNSHIP), on=DAY))
    case = replay([opening, entry.redact(forwarded)], all_published())
    assert isinstance(case, Case)
    assert [one.ref for one in case.out_of_place] == [forwarded.ref]
    assert isinstance(replay([entry.redact(opening), forwarded], all_published()), Waiting)


def test_a_second_registration_within_a_case_is_out_of_place():
    desks, opening = a_room_of_desks("IT022")
    again = desks[1].write(registered(), subject=opening.ref, after=(opening.ref,))
    case = replay([opening, again], all_published())
    assert isinstance(case, Case)
    assert [one.code for one in case.out_of_place] == ["out_of_place"]


def test_somebody_of_another_station_has_no_roles_at_this_one():
    """A village's device that names the township's clerk as the actor."""
    desks, opening = a_room_of_desks("IT022")
    forged = an_entry(
        desks[0].device, 9, subject=opening.ref, after=(opening.ref,), actor=Ref(desks[2].device, 1),
        body=events.CaseForwarded(to=RegionCode(TOWNSHIP), on=DAY),
    )  # fmt: skip
    case = replay([opening, forged], all_published())
    assert isinstance(case, Case)
    assert [one.code for one in case.out_of_place] == ["not_permitted"]
    assert case.state is State.RECEIVED


def test_an_entry_under_another_region_than_its_case_has_no_effect():
    desks, opening = a_room_of_desks("IT022")
    elsewhere = an_entry(
        desks[0].device, 9, region=TOWNSHIP, subject=opening.ref, after=(opening.ref,), actor=Ref(desks[0].device, 1),
        body=events.CaseForwarded(to=RegionCode(TOWNSHIP), on=DAY),
    )  # fmt: skip
    assert replay([opening, elsewhere], all_published()) == replay([opening], all_published())


def test_a_stranger_cannot_blank_a_case_or_become_its_head():
    desks, opening = a_room_of_desks("IT022")
    nobody = Ref(a_device(99), 7)
    strange = [
        an_entry(
            a_device(98), 9, region="450305200202", subject=opening.ref, after=(opening.ref,),
            actor=nobody, body=events.CaseAccepted(on=DAY),
        ),
        an_entry(
            desks[0].device, 9, subject=opening.ref, actor=nobody,
            body=events.OperatorAdded(name="x", roles=()),
        ),
    ]  # fmt: skip
    assert replay([*strange, opening], all_published()) == replay([opening], all_published())


def test_an_act_of_somebody_unknown_waits_and_the_case_stays_in_sight():
    desks, opening = a_room_of_desks("IT022")
    unknown = an_entry(
        desks[0].device, 9, subject=opening.ref, after=(opening.ref,),
        actor=Ref(a_device(99), 7), body=events.CaseForwarded(to=RegionCode(TOWNSHIP), on=DAY),
    )  # fmt: skip
    case = replay([opening, unknown], all_published())
    assert isinstance(case, Case)
    assert (case.state, case.waits_for) == ("received", "operator")
    assert [one.code for one in case.out_of_place] == ["not_published"]


def test_an_entry_that_names_one_not_here_is_waited_for_in_sight():
    desks, opening = a_room_of_desks("IT022")
    orphan = an_entry(
        desks[0].device, 9, subject=opening.ref, after=(Ref(desks[0].device, 8),),
        actor=Ref(desks[0].device, 1), body=events.CaseForwarded(to=RegionCode(TOWNSHIP), on=DAY),
    )  # fmt: skip
    case = replay([opening, orphan], all_published())
    assert isinstance(case, Case)
    assert case.waits_for == "entry"


def test_an_act_that_follows_nothing_does_not_hide_the_case():
    desks, opening = a_room_of_desks("IT022")
    forged = an_entry(
        desks[3].device,
        9,
        subject=opening.ref,
        actor=Ref(desks[3].device, 1),
        body=events.CaseAccepted(on=DAY),
    )
    case = replay([forged, opening], all_published())
    assert isinstance(case, Case)
    assert [one.ref for one in case.out_of_place] == [forged.ref]


@settings(max_examples=50)
@given(st.binary(max_size=60), st.sampled_from(sorted(events.KINDS)))
def test_no_body_whatever_stops_the_reading(body: bytes, kind: str):
    desks, opening = a_room_of_desks("IT022")
    try:
        odd = an_entry(
            desks[2].device, 9, kind=kind, subject=opening.ref, after=(opening.ref,),
            actor=Ref(desks[2].device, 1), body=body,
        )  # fmt: skip
    except entry.BadEntry:
        return
    assert isinstance(replay([opening, odd], all_published()), Case)
