"""The store's side of an exchange: what goes up, and what an answer does here."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import events
from app.domain.calendar import CalendarYear, Overlay
from app.domain.case import Case, State
from app.domain.clocks import ClockName
from app.domain.events import Role
from app.domain.history import Waiting
from app.domain.regions import RegionCode
from app.domain.settings import Settings
from app.journal import chain, clock, entry
from app.journal.certificate import BadCertificate, SignedCertificate
from app.journal.entry import BadEntry
from app.journal.keys import DeviceKeys
from app.journal.refs import Continuation, Ref
from app.store import exchange, intake
from app.store.exchange import Incoming, Run, Verdict
from app.store.verify import verify
from app.usecases import lookup, operators
from tests.builders import (
    DISTRICT,
    OTHER_TOWNSHIP,
    TOWNSHIP,
    VILLAGE,
    District,
    Station,
    Wall,
    a_case,
    a_district,
    a_station,
    act,
    an_entry,
    carry,
    hand,
    meet,
    the_item,
    the_regions,
)

EVERYTHING = 10**9


def two_stations(folder: Path) -> tuple[District, Station, Station]:
    district = a_district()
    village = a_station(district, VILLAGE, folder / "v")
    township = a_station(district, TOWNSHIP, folder / "t")
    meet(village, township)
    return district, village, township


def rows_of(station: Station) -> list[tuple[object, ...]]:
    """What lists show, without the places in them."""
    found = lookup.listed(station.store, limit=1000)
    return sorted((msgspec.structs.astuple(row)[1:] for row in found), key=lambda values: values[0])


# --- up -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", [0, 1, 200, 500, 2000, EVERYTHING])
def test_entries_go_up_in_pieces_of_the_room_there_is_but_at_least_one(tmp_path: Path, room: int):
    village = a_station(a_district(), VILLAGE, tmp_path)
    for number in range(8):
        a_case(village, name=f"韦{number}")
    sent: list[bytes] = []
    digest = chain.genesis(village.device, None)
    while True:
        out = exchange.outgoing(village.store, room=room)
        assert (out.device, out.first_seq) == (village.device, len(sent) + 1)
        if not out.entries:
            break
        assert len(out.entries) == 1 or sum(map(len, out.entries)) <= room
        for seq, wire in enumerate(out.entries, out.first_seq):
            digest = chain.link(
                digest, entry.read(wire, device=village.device, seq=seq, lineage={})
            )
        assert (out.head_seq, out.head_digest) == (out.first_seq + len(out.entries) - 1, digest)
        sent += out.entries
        assert out.more is (len(sent) < village.store.head().seq)
        hand(village, accepted=out.head_seq)
    assert sent == village.own_run(1)[2]
    assert exchange.pending(village.store) == 0


def test_what_the_centre_says_it_has_is_believed_even_when_it_is_less(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    a_case(village)
    hand(village, accepted=2)
    assert (exchange.accepted_through(village.store), exchange.pending(village.store)) == (2, 0)
    hand(village, accepted=0)
    assert (exchange.accepted_through(village.store), exchange.pending(village.store)) == (0, 2)
    assert len(exchange.outgoing(village.store, room=EVERYTHING).entries) == 2


def test_only_ones_own_entries_go_up(tmp_path: Path):
    _, village, township = two_stations(tmp_path)
    subject = a_case(village)
    act(village, subject, "forward")
    meet(village, township)
    act(township, subject, "take_over")
    wires = exchange.outgoing(township.store, room=EVERYTHING).entries
    assert wires == township.own_run(1)[2]
    assert len(wires) == 2  # the operator's card, and the taking over


def test_the_cursor_is_given_back_as_it_came(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path, told=False)
    assert exchange.outgoing(village.store, room=1).cursor is None
    carry(village.district, village)
    assert exchange.outgoing(village.store, room=1).cursor == b"cursor"


# --- down -----------------------------------------------------------------------------------------


def test_an_answer_that_comes_twice_changes_nothing(tmp_path: Path):
    _, village, township = two_stations(tmp_path)
    subject = a_case(village)
    act(village, subject, "forward")
    assert hand(township, village.own_run()) == 2
    before = rows_of(township)
    assert hand(township, village.own_run()) == 0
    assert hand(township, village.own_run(), village.own_run(2), village.own_run()) == 0
    assert rows_of(township) == before
    assert township.case(subject) == village.case(subject)


def test_an_entry_that_came_before_what_it_follows_waits_for_it(tmp_path: Path):
    _, village, township = two_stations(tmp_path)
    subject = a_case(village)
    act(village, subject, "forward")
    device, first, wires = village.own_run()
    hand(township, (device, first + 2, wires[2:]))
    assert township.store.case(subject) == Waiting(subject=subject, missing="entry")
    assert rows_of(township) == []
    assert verify(township.store).ok
    hand(township, (device, first, wires[:2]))
    assert township.case(subject).state is State.IN_TRANSIT
    assert rows_of(township) == rows_of(village)
    assert verify(township.store).ok


def test_a_gap_is_filled_whenever_it_is(tmp_path: Path):
    """A village's journal reaches the township with holes where entries are not for it, or not there yet."""
    _, village, township = two_stations(tmp_path)
    subjects = [a_case(village, name=f"韦{number}") for number in range(3)]
    device, first, wires = village.own_run()
    hand(township, (device, first + 3, wires[3:]), (device, first + 1, wires[1:2]))
    assert isinstance(township.store.case(subjects[0]), Case)
    assert township.store.case(subjects[1]) is None or isinstance(
        township.store.case(subjects[1]), Waiting
    )
    hand(township, (device, first, wires))
    assert [township.case(subject) for subject in subjects] == [
        village.case(subject) for subject in subjects
    ]


def test_a_case_whose_publications_come_late_stands_as_soon_as_they_come(tmp_path: Path):
    district, village, _ = two_stations(tmp_path)
    subject = a_case(village)
    act(village, subject, "forward")
    late = a_station(district, TOWNSHIP, tmp_path / "late", told=False)
    hand(late, village.own_run())
    assert isinstance(late.store.case(subject), Waiting)
    assert verify(late.store).ok
    waited_for = set()
    for seq in range(
        len(district.wires), 0, -1
    ):  # the newest first, so that each is missed in turn
        told = late.store.case(subject)
        waited_for.add(told.missing if isinstance(told, Waiting) else "")
        hand(late, (district.device, seq, district.wires[seq - 1 : seq]))
    assert {"device", "item", "regions"} & waited_for
    assert late.case(subject) == village.case(subject)
    assert rows_of(late) == rows_of(village)
    assert verify(late.store).ok


def test_what_a_newer_program_wrote_is_kept_as_it_is(tmp_path: Path):
    district, village, _ = two_stations(tmp_path)
    subject = a_case(village)
    seq = len(district.wires) + 1
    strange = [
        an_entry(
            district.device,
            seq,
            kind="weather.published",
            region=DISTRICT,
            body=b"\x93\x01\x02\x03",
            clock=seq,
        ),
        an_entry(
            district.device, seq + 1, kind="item.published", version=2, region=DISTRICT, clock=seq
        ),
        an_entry(
            district.device, seq + 2, kind="device.certified", version=2, region=DISTRICT, clock=seq
        ),
        an_entry(
            district.device,
            seq + 3,
            kind="case.blessed",
            subject=subject,
            after=(subject,),
            clock=seq,
        ),
        an_entry(
            district.device, seq + 4, kind="case.accepted", version=7, subject=subject, clock=seq
        ),
    ]
    assert hand(village, (district.device, seq, [one.wire for one in strange])) == 5
    assert village.store.journal.wires(district.device, seq, 10) == [one.wire for one in strange]
    row = village.store.rows.by_subject(subject)
    assert row is not None
    assert row.needs_upgrade
    assert verify(village.store).ok
    reasons = [why for _, why in lookup.history(village.store, subject)]
    assert sorted(map(str, reasons)) == ["None", "needs_upgrade", "needs_upgrade"]


# --- clocks ---------------------------------------------------------------------------------------


def test_a_clock_beyond_belief_is_kept_and_marked_and_does_not_move_ones_own(tmp_path: Path):
    _, village, township = two_stations(tmp_path)
    wild = Wall(village.wall() + 400 * clock.DAY_MS)
    village.store.wall = wild
    subject = a_case(village)
    hand(township, village.own_run(), centre_ms=township.wall())
    assert township.case(subject).state is State.RECEIVED
    marked = township.store.database.rows("SELECT seq FROM entry WHERE early")
    assert marked == [(subject.seq,)]
    a_case(township)
    assert clock.wall_ms(township.store.head().clock) == township.wall()


def test_a_clock_within_a_day_of_the_centres_moves_ones_own(tmp_path: Path):
    _, village, township = two_stations(tmp_path)
    village.store.wall = Wall(village.wall() + clock.DAY_MS // 2)
    a_case(village)
    hand(township, village.own_run(), centre_ms=township.wall())
    assert township.store.database.rows("SELECT seq FROM entry WHERE early") == []
    a_case(township)
    assert township.store.head().clock > village.store.head().clock


# --- verdicts -------------------------------------------------------------------------------------


def refuse(station: Station, *refs: Ref) -> None:
    code = "region_out_of_scope"
    hand(
        station,
        verdicts=[Verdict(device=ref.device, seq=ref.seq, code=code, facts={}) for ref in refs],
    )


def test_a_case_that_the_centre_refused_is_listed_no_more_and_nothing_else_is_blocked(
    tmp_path: Path,
):
    village = a_station(a_district(), VILLAGE, tmp_path)
    first, second, third = (a_case(village, name=name) for name in ("韦一", "韦二", "韦三"))
    refuse(village, second)
    assert village.store.case(second) is None
    assert {row.subject for row in lookup.listed(village.store)} == {first, third}
    assert lookup.found(village.store, "韦二") == []
    assert exchange.refused(village.store) == 1
    assert [why for _, why in lookup.history(village.store, second)] == ["refused"]
    checked = verify(village.store)
    assert checked.ok, checked.problems
    a_case(village, name="韦四")
    assert verify(village.store).ok


def test_an_act_that_the_centre_refused_is_undone_and_what_followed_it_is_read_without(
    tmp_path: Path,
):
    village = a_station(a_district(), VILLAGE, tmp_path)
    subject = a_case(village, "IT022")
    head = village.store.head().seq
    act(
        village,
        subject,
        "supply",
        materials=[{"name": the_item("IT022").materials[0].name, "copies": 1}],
    )
    act(village, subject, "forward")
    refuse(village, Ref(village.device, head + 1))
    case = village.case(subject)
    assert (case.state, case.materials, case.out_of_place) == (State.IN_TRANSIT, (), ())
    assert [why for _, why in lookup.history(village.store, subject)] == [None, "refused", None]
    assert verify(village.store).ok


def test_a_verdict_is_kept_through_a_repeated_answer(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    subject = a_case(village)
    for _ in range(2):
        refuse(village, subject)
    assert exchange.refused(village.store) == 1
    assert village.store.case(subject) is None


def test_a_refusal_is_withdrawn_once_the_centre_takes_the_entry_after_all(tmp_path: Path):
    """A ledger that was restored judges again, by the regions of another day."""
    village = a_station(a_district(), VILLAGE, tmp_path)
    subject, other = a_case(village), a_case(village)
    refuse(village, subject, other)
    answer = Incoming(
        accepted_seq=village.store.head().seq,
        accepted_digest=b"",
        verdicts=[Verdict(device=other.device, seq=other.seq, code="refused", facts={})],
        runs=[],
        cursor=b"",
        centre_ms=village.wall(),
        sent_from=1,
    )

    intake.take_in(village.store, answer)

    assert isinstance(village.store.case(subject), Case)
    assert village.store.case(other) is None
    assert exchange.refused(village.store) == 1
    assert verify(village.store).ok


def test_when_an_operators_card_is_refused_their_cases_wait(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    agent = village.person(Role.AGENT)
    theirs, heads = a_case(village, by=agent), a_case(village)
    refuse(village, agent.ref)
    assert village.store.case(theirs) == Waiting(subject=theirs, missing="operator")
    assert isinstance(village.store.case(heads), Case)
    assert [card.name for card in operators.of_station(village.store)] == ["第一人"]
    assert verify(village.store).ok


# --- publications that change ---------------------------------------------------------------------


@pytest.mark.parametrize("kept_open", [True, False])
def test_a_calendar_moves_the_deadlines_that_run_and_settles_what_was_expected(
    tmp_path: Path, kept_open: bool
):
    district = a_district(years=False)
    village = a_station(district, VILLAGE, tmp_path / "v")
    subject = a_case(village)
    row = village.store.rows.by_subject(subject)
    assert row is not None
    assert (row.due, row.clocks[0].expected) == (date(2026, 11, 25), True)
    if not kept_open:  # a command of its own: it had not looked at any publication before
        village.store.journal.forget()
        village.store._publications = None  # noqa: SLF001 - what a new process starts with
    off = (date(2026, 11, 23), date(2026, 11, 24))
    district.publish(events.CalendarPublished(year=CalendarYear(2026, off, (), "通知")))
    carry(district, village)
    row = village.store.rows.by_subject(subject)
    assert row is not None
    assert (row.due, row.clocks[0].expected) == (date(2026, 11, 27), False)
    assert verify(village.store).ok


def test_an_overlay_moves_the_deadlines_of_its_own_region_only(tmp_path: Path):
    district, village, township = two_stations(tmp_path)
    mine, theirs = a_case(village), a_case(township, "IT005")
    meet(village, township)
    overlay = Overlay(RegionCode(VILLAGE), (date(2026, 11, 24),), (), "三月三")
    district.publish(events.OverlayPublished(overlay=overlay))
    before = township.store.rows.by_subject(theirs)
    carry(district, village, township)
    for station in (village, township):
        row = station.store.rows.by_subject(mine)
        assert row is not None
        assert row.due == date(2026, 11, 26)
        assert verify(station.store).ok
    assert township.store.rows.by_subject(theirs) == before


def test_a_closed_case_does_not_care_for_a_new_calendar(tmp_path: Path):
    district, village, _ = two_stations(tmp_path)
    subject = a_case(village, "IT034")
    act(village, subject, "complete")
    year = CalendarYear(2026, (date(2026, 11, 23),), (), "更正")
    district.publish(events.CalendarPublished(year=year))
    carry(district, village)
    assert village.case(subject).state is State.CLOSED
    assert verify(village.store).ok


def test_a_merged_township_leaves_its_cases_as_they_were(tmp_path: Path):
    district, village, township = two_stations(tmp_path)
    subject = a_case(village)
    act(village, subject, "forward")
    meet(village, township)
    act(township, subject, "take_over")
    meet(village, township)
    before = village.case(subject)
    merged = tuple(
        msgspec.structs.replace(row, until=date(2026, 11, 20), successor=RegionCode(OTHER_TOWNSHIP))
        if row.code == TOWNSHIP
        else row
        for row in the_regions()
    )
    district.publish(events.RegionsPublished(regions=merged))
    carry(district, village, township)
    assert village.case(subject) == before
    successor = a_station(district, OTHER_TOWNSHIP, tmp_path / "o")
    meet(village, township, successor)
    act(successor, subject, "accept")
    meet(village, township, successor)
    assert {station.case(subject).state for station in (village, township, successor)} == {
        State.IN_PROGRESS
    }
    for station in (village, township, successor):
        assert verify(station.store).ok


def test_a_village_that_moves_to_another_township_keeps_what_the_old_one_did(tmp_path: Path):
    district, village, township = two_stations(tmp_path)
    subject = a_case(village)
    act(village, subject, "forward")
    meet(village, township)
    act(township, subject, "take_over")
    meet(village, township)
    before = village.case(subject)
    moved = tuple(
        msgspec.structs.replace(row, parent=RegionCode(OTHER_TOWNSHIP))
        if row.code == VILLAGE
        else row
        for row in the_regions()
    )
    district.publish(events.RegionsPublished(regions=moved))
    carry(district, village, township)
    assert village.case(subject) == before
    assert verify(village.store).ok


def test_an_item_published_again_under_its_version_is_read_anew_everywhere(tmp_path: Path):
    district, village, _ = two_stations(tmp_path)
    subject = a_case(village, "IT045")
    act(village, subject, "take_over")
    own = the_item("IT045")
    changed = msgspec.structs.replace(own, clock=msgspec.structs.replace(own.clock, promised=9))
    district.publish(events.ItemPublished(item=changed))
    carry(district, village)
    promised = next(one for one in village.case(subject).clocks if one.name is ClockName.PROMISED)
    assert promised.days == 9
    assert verify(village.store).ok


# --- what is not right ----------------------------------------------------------------------------


def test_what_a_restored_centre_says_under_an_old_number_counts(tmp_path: Path):
    """It gives numbers again until it notices; then all have what it has."""
    district, village, township = two_stations(tmp_path)
    subject = a_case(village)
    carry(village, township)
    forgotten = list(district.wires)
    district.publish(settings_of(days=3))
    carry(district, village)
    district.wires = forgotten
    district.publish(settings_of(days=7))
    hand(village, district.run(len(district.wires)))
    carry(district, township)

    for station in (village, township):
        assert station.store.publications.settings(date(2026, 11, 20)).forwarding_days == 7
        assert verify(station.store).ok
    assert village.case(subject) == township.case(subject)


def test_nothing_that_comes_takes_the_place_of_ones_own(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    subject = a_case(village)
    own = village.store.journal.wires(village.device, 1, 100)

    hand(village, (village.device, 1, own[::-1]))

    assert village.store.journal.wires(village.device, 1, 100) == own
    assert isinstance(village.store.case(subject), Case)


def settings_of(*, days: int) -> events.SettingsPublished:
    told = Settings(effective=date(2026, 11, 20), forwarding_days=days, follow_up_days=9)
    return events.SettingsPublished(settings=told)


def test_a_run_with_a_bad_entry_is_refused_and_the_store_works_on(tmp_path: Path):
    _, village, township = two_stations(tmp_path)
    subject = a_case(village)
    stranger = DeviceKeys.generate().device
    good = an_entry(stranger, 1, kind="case.blessed")
    with pytest.raises(BadEntry):
        hand(township, (stranger, 1, [good.wire, b"\xc1"]))
    assert township.store.journal.one(good.ref) is None
    hand(township, (stranger, 1, [good.wire]), village.own_run())
    assert township.store.journal.one(good.ref) == good
    assert township.case(subject) == village.case(subject)
    assert verify(township.store).ok


def test_a_certificate_that_the_district_did_not_sign_is_never_stored(tmp_path: Path):
    district, village, _ = two_stations(tmp_path)
    signed = district.certify(DeviceKeys.generate(), VILLAGE, publish=False)
    district.publish(
        events.DeviceCertified(certificate=SignedCertificate(signed.payload, bytes(64)))
    )
    with pytest.raises(BadCertificate):
        carry(district, village)
    assert village.store.journal.one(Ref(district.device, len(district.wires))) is None


def registered(**changed: object) -> events.CaseRegistered:
    fields: dict[str, object] = {
        "item": "IT022", "item_version": 1, "mode": the_item("IT022").mode, "urgent": False, "mandate": True,
        "told": True, "backlog": False, "station": RegionCode(VILLAGE), "received_on": date(2026, 11, 20),
        "slot": "A9", "running": 1, "parties": (events.Party(name="韦小妹"),), "materials": (),
    }  # fmt: skip
    return events.CaseRegistered(**(fields | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [
        {"received_on": date.max},
        {"received_on": date.min},
        {"running": -(2**60)},
        {"running": 2**60},
        {"slot": "\x00\ufffd" * 100},
        {"parties": (events.Party(name="韦" * 60_000),)},
        {"parties": (events.Party(name="单长行" * 20),)},
        {"parties": (events.Party(name="\x00", id_number="\x00", phone="~<>"),)},
        {"parties": tuple(events.Party(name="韦") for _ in range(3000))},
        {"note": "\x00'\"; DROP TABLE entry; --"},
        {"external_id": "\x00"},
        {"item": "IT999"},
        {"item_version": 2**40},
        {"materials": tuple(events.MaterialTaken(index=2**40) for _ in range(1000))},
    ],
    ids=range(14),
)
def test_nothing_a_village_writes_stops_the_township(tmp_path: Path, changed: dict[str, object]):
    district, _, township = two_stations(tmp_path)
    keys = DeviceKeys.generate()
    district.certify(keys, VILLAGE)
    card = an_entry(keys.device, 1, body=events.OperatorAdded(name="某人", roles=(Role.HEAD,)))
    odd = an_entry(keys.device, 2, actor=card.ref, body=registered(**changed))
    good = an_entry(keys.device, 3, actor=card.ref, body=registered(running=3))
    carry(district, township)
    hand(township, (keys.device, 1, [card.wire, odd.wire, good.wire]))
    assert township.case(good.ref).state is State.RECEIVED
    assert lookup.listed(township.store)
    assert verify(township.store).ok


# --- lives of others ------------------------------------------------------------------------------


def test_bare_references_of_a_new_life_reach_into_the_old_one(tmp_path: Path):
    district, village, township = two_stations(tmp_path)
    subject = a_case(village)
    head = village.store.head()
    keys = DeviceKeys.generate()
    place = Continuation(village.device, head.seq, head.digest)
    district.certify(keys, VILLAGE, slot=2, life="B", continues=place)
    lineage = {keys.device: place}
    forwarded = an_entry(
        keys.device, head.seq + 1, subject=subject, after=(subject,), actor=village.head.ref, lineage=lineage,
        clock=head.clock + 1, body=events.CaseForwarded(to=RegionCode(TOWNSHIP), on=date(2026, 11, 20)),
    )  # fmt: skip
    assert msgspec.msgpack.decode(forwarded.wire)[4:6] == [subject.seq, subject.seq]
    hand(
        township, village.own_run(), district.run(), (keys.device, forwarded.seq, [forwarded.wire])
    )
    assert township.case(subject).state is State.IN_TRANSIT
    assert township.case(subject).out_of_place == ()


# --- any order, any batches -----------------------------------------------------------------------


@settings(max_examples=12)
@given(
    st.integers(),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 8), st.booleans()), max_size=14),
)
def test_machines_that_got_everything_agree_however_it_came(
    tmp_path_factory: pytest.TempPathFactory, seed: int, told: list[tuple[int, int, bool]]
):
    """Four devices at three tiers act with and without knowing of each other; a fifth machine hears it in pieces."""
    folder = tmp_path_factory.mktemp("room")
    district = a_district()
    places = (VILLAGE, VILLAGE, TOWNSHIP, DISTRICT)
    stations = [
        a_station(district, place, folder / str(number)) for number, place in enumerate(places)
    ]
    meet(*stations)
    subjects = [
        a_case(stations[0], "IT022"),
        a_case(stations[1], "IT001"),
        a_case(stations[2], "IT005"),
    ]
    meet(*stations)
    for who, what, first_hear in told:
        if first_hear:
            for other in stations:
                carry(other, stations[who])
        _act_if_possible(stations[who], subjects[what % 3], what)
    meet(*stations)
    late = a_station(district, TOWNSHIP, folder / "late", told=False)
    carry(district, *stations)
    chance = Random(seed)
    pieces: list[Run] = []
    for device, first, wires in [district.run(), *(station.own_run() for station in stations)]:
        pieces += [(device, first + place, [wire]) for place, wire in enumerate(wires)]
    pieces += chance.sample(pieces, len(pieces) // 3)
    chance.shuffle(pieces)
    while pieces:
        count = chance.randint(1, 60)
        hand(late, *pieces[:count])
        pieces = pieces[count:]
    for station in (*stations, late):
        assert [station.case(subject) for subject in subjects] == [
            stations[0].case(subject) for subject in subjects
        ]
        assert rows_of(station) == rows_of(stations[0])
        checked = verify(station.store)
        assert checked.ok, checked.problems


def _act_if_possible(station: Station, subject: Ref, what: int) -> None:
    from app.errors import Refused

    verbs: list[tuple[str, dict[str, object]]] = [
        ("forward", {}), ("take_over", {}), ("accept", {}), ("decide", {"approved": True}), ("deliver", {}),
        ("return", {"reason": "defects", "defects": ["缺户口簿"]}), ("refuse", {"reason": "材料不实"}),
        ("complete", {}), ("supply", {"materials": [{"name": "莫须有", "given": False}]}),
    ]  # fmt: skip
    # From the wanted act on, the first one that the rules allow: so that histories get somewhere.
    for verb, facts in verbs[what:] + verbs[:what]:
        try:
            act(station, subject, verb, by=None, **facts)
        except Refused:
            continue
        return
