"""A village moves while its stations are without a line: cases in every state, acts on both sides, in any order.

The new township gets all of it, the former one keeps what it had and can do nothing more, nobody else gets anything,
and whoever may read a case reads the same.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from app.domain.attachments import Sheet
from app.domain.case import State
from app.domain.events import Role
from app.domain.tasks import TaskKind, next_task, side_tasks
from app.journal.refs import DeviceId, Ref
from app.store import attachments as images
from app.store import exchange as station_side
from app.store.rows import CaseRow
from app.store.verify import verify
from app.usecases import acts, attaching, looks, operators, repairs
from sync.centre import packets as centre_packets
from sync.client import carrying, engine, packets
from sync.client.fetching import fetch
from sync.client.transport import Reply
from sync.refusals import Offline
from tests.builders import Station
from tests.sync.attaching import attached, some_bytes
from tests.sync.builders import OTHER_TOWNSHIP, TOWNSHIP, Line, Weather, exchange
from tests.sync.parted import PLACES, Parted, do, parted

PART = ("village", "new", "desk")
"""Who reads the village's cases once it has moved."""
_APART = {"compare", "split", "hand_over", "destroy", "appraise", "correct"}
"""Acts that want facts which a trial does not give."""


ORDERS = [one for one in itertools.permutations(["move", "old", "village"]) if one[2] != "move"]
"""In which the move and what both wrote reach the centre; where the move is last, it met nothing."""


@pytest.fixture
def district(tmp_path: Path) -> Iterator[Parted]:
    made = parted(tmp_path)
    yield made
    made.close()


def something(station: Station, case: Ref, which: int) -> str | None:
    """Do one of the acts that the head may do; which it was."""
    told = station.case(case)
    may = [
        one.verb
        for one in acts.available(station.store, told, station.head)
        if one.verb not in _APART
    ]
    if not may:
        return None
    do(station, case, may[which % len(may)])
    return may[which % len(may)]


def entries(station: Station, where: str = "NOT publication") -> set[tuple[DeviceId, int]]:
    rows = station.store.database.rows(f"SELECT device, seq FROM entry WHERE {where}")
    return {(station.store.journal.device_of(n), seq) for n, seq in rows}


def foreign(station: Station) -> set[tuple[DeviceId, int]]:
    return {place for place in entries(station) if place[0] != station.device}


def history_at(station: Station, case: Ref) -> dict[Ref, bytes]:
    """What there is of a case and was not refused."""
    told = {one.ref: one.wire for one in station.store.history(case)}
    refused = station.store.journal.refused(list(told))
    return {ref: wire for ref, wire in told.items() if ref not in refused}


def sent_back(station: Station) -> dict[str, int]:
    """How many entries the centre refused, by why."""
    return Counter(
        one.code for one in repairs.listed(station.store) if one.task is TaskKind.REFUSED
    )


def all_agree(district: Parted, *names: str) -> None:
    """The same cases, histories and rows wherever they may be read, and nothing waits or is pending."""
    for state, case in district.cases.items():
        told, history = district.desk.case(case), history_at(district.desk, case)
        assert not told.waits_for
        for name in names:
            assert district.stations[name].case(case) == told, (name, state)
            assert history_at(district.stations[name], case) == history, (name, state)
    rows = [{row.subject: _row(row) for row in _rows(district.stations[name])} for name in names]
    for one, other in itertools.pairwise(rows):
        assert {subject: one[subject] for subject in district.cases.values()} == {
            subject: other[subject] for subject in district.cases.values()
        }
    for name, station in district.stations.items():
        assert not station_side.pending(station.store), name


def _rows(station: Station) -> list[CaseRow]:
    return station.store.rows.where("1", limit=1000)


def _row(row: CaseRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in row.__struct_fields__ if name != "n"}


def all_are_sound(district: Parted, *names: str) -> None:
    for name in names:
        assert verify(district.stations[name].store).problems == [], name


@pytest.mark.parametrize(("order", "which"), [(order, nth % 2) for nth, order in enumerate(ORDERS)])
def test_in_whatever_order_it_comes_together_everybody_reads_the_same(
    district: Parted, order: tuple[str, ...], which: int
):
    for case in district.cases.values():
        something(district.old, case, which)
        something(district.village, case, which + 1)
    kept: set[tuple[DeviceId, int]] = set()
    for step in order:
        if step == "move":
            district.move(OTHER_TOWNSHIP)
            kept = foreign(district.old)
        else:
            district.exchange(step)
            kept = kept if "move" in order[: order.index(step)] else foreign(district.old)
    district.exchange(rounds=2)

    all_agree(district, *PART)
    all_are_sound(district, "village", "old", "new")
    assert foreign(district.old) == kept
    assert not foreign(district.far)
    assert not foreign(district.neighbour)
    assert foreign(district.new) <= entries(district.desk)
    written = len(district.cases) - 1  # of the archived one nothing could be written
    late = order.index("move") < order.index("old")
    assert sent_back(district.old) == ({"region_out_of_scope": written} if late else {})
    assert sent_back(district.village) == {}


def test_every_task_of_a_village_that_moved_lies_where_somebody_can_do_it(district: Parted):
    district.move(OTHER_TOWNSHIP)
    district.exchange(rounds=2)

    names = {code: name for name, code in PLACES.items()}
    publications = district.desk.store.publications
    for state, case in district.cases.items():
        told = district.desk.case(case)
        for task in (next_task(told, publications), *side_tasks(told, publications)):
            if task is None or task.kind is TaskKind.ARCHIVE:
                continue
            station = district.stations[names[task.at]]
            people = operators.of_station(station.store)
            may = {one.verb for who in people for one in acts.available(station.store, told, who)}
            assert names[task.at] in ("village", "new", "desk"), (state, task)
            assert _DOES[task.kind] & may, (state, task, may)
    for state in (State.REFUSED, State.VOIDED):
        archived = do(district.new, district.cases[state], "archive", number=f"{state.value}-1")
        assert archived.state is State.ARCHIVED


_DOES = {
    TaskKind.FORWARD: {"forward"},
    TaskKind.ACCOMPANY: {"visit", "appoint"},
    TaskKind.SUPPLY: {"supply"},
    TaskKind.TAKE_OVER: {"take_over"},
    TaskKind.EXAMINE: {"accept"},
    TaskKind.DECIDE: {"decide"},
    TaskKind.RESUME: {"resume"},
    TaskKind.AWAIT_OUTSIDE: {"outside_answer"},
    TaskKind.DELIVER: {"deliver"},
    TaskKind.FOLLOW_UP: {"follow_up"},
    TaskKind.ANSWER_CARD: {"confirm_card", "appeal_card"},
}


def test_the_former_township_reads_what_it_had_and_can_do_nothing_with_it(district: Parted):
    before = {case: history_at(district.old, case) for case in district.cases.values()}
    district.move(OTHER_TOWNSHIP)
    district.exchange(rounds=2)

    old = district.old
    for case in district.cases.values():
        told = old.case(case)
        assert history_at(old, case) == before[case]
        for who in operators.of_station(old.store):
            assert acts.available(old.store, told, who) == ()
            assert not attaching.may_attach(old.store, told, who)
            looks.opened(old.store, case, who)  # and nothing is written of that
    assert not station_side.pending(old.store)
    todo = old.store.database.rows(
        "SELECT DISTINCT todo_at FROM case_row UNION SELECT at FROM side_task"
    )
    assert TOWNSHIP not in {at for (at,) in todo}


def test_a_matter_that_somebody_of_the_former_township_owned_is_handed_over_by_the_new_head(
    district: Parted,
):
    case = district.cases[State.UNDER_EXAMINATION]
    clerk = operators.add(district.new.store, "新窗口", Role.CLERK)
    district.move(OTHER_TOWNSHIP)
    district.exchange(rounds=2)

    head = district.new.head
    acts.perform(district.new.store, case, "hand_over", {"to": clerk.name}, by=head)
    acts.perform(district.new.store, case, "take_hand_over", {}, by=clerk)
    district.exchange(rounds=2)

    assert district.village.case(case).owner == clerk.ref
    all_agree(district, *PART)


# --- scans ----------------------------------------------------------------------------------------


class EntriesOnly(Line):
    """A line that dies whenever a scan is on it."""

    @override
    def ask(self, *_: Any, **__: Any) -> Reply:
        raise Offline(why="cut")


def sheets(station: Station, *cases: Ref) -> list[Sheet]:
    return [
        sheet for case in cases for one in station.case(case).attachments for sheet in one.sheets
    ]


def test_an_offer_to_somebody_of_the_former_township_is_nobodys_task(district: Parted):
    """They may not take it any more; the owner, or who has the duty now, offers it anew."""
    clerk = operators.add(district.old.store, "帮手", Role.CLERK)
    case = district.cases[State.UNDER_EXAMINATION]
    acts.perform(district.old.store, case, "hand_over", {"to": clerk.name}, by=district.old.head)
    district.exchange("old", "village")
    district.move(OTHER_TOWNSHIP)
    district.exchange(rounds=2)

    for name in ("old", *PART):
        station = district.stations[name]
        tasks = side_tasks(station.case(case), station.store.publications)
        assert TaskKind.TAKE_HAND_OVER not in {one.kind for one in tasks}, name
        offered = "SELECT 1 FROM side_task WHERE kind = 'take_hand_over'"
        assert station.store.database.row(offered) is None, name


def test_the_scans_of_a_village_that_moved_are_its_new_townships_and_no_longer_the_formers(
    district: Parted,
):
    received, in_progress = (district.cases[one] for one in (State.RECEIVED, State.IN_PROGRESS))
    for name, case, seed in (("old", in_progress, 81), ("village", received, 82)):
        attached(district.stations[name], case, some_bytes(2000, seed=seed))
        engine.exchange(district.stations[name].store, EntriesOnly(district.centre))
    district.move(OTHER_TOWNSHIP)
    district.exchange(rounds=2)

    wanted = sheets(district.new, received, in_progress)
    assert {one.digest for one in sheets(district.old, in_progress)} <= {
        one.digest for one in wanted
    }
    fetched = fetch(district.new.store, Line(district.centre), wanted)
    assert (fetched.sheets, fetched.failed) == (len({one.digest for one in wanted}), {})
    for name in ("old", "neighbour", "far"):
        station = district.stations[name]
        lacked = [one for one in wanted if not images.has(station.store, [one.digest])]
        assert lacked
        got = fetch(station.store, Line(district.centre), lacked)
        assert set(got.failed.values()) == {"no_such_sheet"}


def test_a_scan_whose_entry_came_back_waits_for_nothing(district: Parted):
    case = district.cases[State.OUTSIDE]
    (sheet,) = attached(district.old, case, some_bytes(2000, seed=83))
    assert images.waiting(district.old.store) == (1, 2000)
    district.move(OTHER_TOWNSHIP)
    district.exchange("old")

    (repair,) = repairs.listed(district.old.store)
    assert (repair.kind, repair.code) == ("attachment.added", "region_out_of_scope")
    assert images.waiting(district.old.store) == (0, 0)
    assert images.has(district.old.store, [sheet.digest])  # it can still be looked at, and saved


# --- packets --------------------------------------------------------------------------------------


def on_a_stick(station: Station, folder: Path) -> bytes:
    return Path(packets.write(station.store, folder).file).read_bytes()


def answered(district: Parted, raw: bytes) -> bytes:
    centre = district.centre
    return centre_packets.answer(centre.ledger, centre.authority, raw, centre.wall()).raw


def both_act(district: Parted) -> None:
    do(district.old, district.cases[State.UNDER_EXAMINATION], "accept")
    do(district.village, district.cases[State.RECEIVED], "forward")
    attached(district.village, district.cases[State.RECEIVED], some_bytes(2000, seed=84))


def test_packets_written_and_answered_before_a_move_and_read_after_it(
    district: Parted, tmp_path: Path
):
    both_act(district)
    answers = {
        name: answered(district, on_a_stick(district.stations[name], tmp_path))
        for name in ("old", "village")
    }
    district.move(OTHER_TOWNSHIP)
    for name, raw in answers.items():
        read = packets.read(district.stations[name].store, raw, name)
        assert read is not None
        assert (read.refused, read.pending, read.sheets_waiting) == (0, 0, 0)
    district.exchange(rounds=2)

    assert district.new.case(district.cases[State.UNDER_EXAMINATION]).state is State.IN_PROGRESS
    all_agree(district, *PART)
    all_are_sound(district, "old", "new", "village")


def test_packets_written_before_a_move_and_carried_by_the_former_township_after_it(
    district: Parted, tmp_path: Path
):
    both_act(district)
    old, village = (on_a_stick(district.stations[name], tmp_path) for name in ("old", "village"))
    assert packets.read(district.old.store, village, "village") is None  # taken along, unopened
    district.move(OTHER_TOWNSHIP)
    kept = foreign(district.old)
    back = answered(district, old)
    district.exchange("old")
    (tmp_path / "down").mkdir()
    assert carrying.lay_down(district.old.store, tmp_path / "down") == 1
    (file,) = (tmp_path / "down").iterdir()
    read = packets.read(district.village.store, file.read_bytes(), "village")
    assert read is not None
    assert (read.refused, read.pending, read.sheets) == (0, 0, 1)
    packets.read(district.old.store, back, "old")
    district.exchange(rounds=2)

    assert [one.code for one in repairs.listed(district.old.store)] == ["region_out_of_scope"]
    assert foreign(district.old) == kept
    assert district.new.case(district.cases[State.RECEIVED]).state is State.IN_TRANSIT
    all_agree(district, *PART)


# --- back again -----------------------------------------------------------------------------------


def test_a_village_that_moved_and_moved_back_before_its_township_had_heard_of_either(
    district: Parted,
):
    examined, transit, accepted, decided = (
        district.cases[one]
        for one in (State.UNDER_EXAMINATION, State.IN_TRANSIT, State.IN_PROGRESS, State.DECIDED)
    )
    do(district.old, examined, "accept")
    do(district.old, transit, "take_over")
    district.move(OTHER_TOWNSHIP)
    district.exchange("new", "village")
    do(district.new, examined, "refuse")
    do(district.new, transit, "take_over")
    do(district.new, accepted, "decide")
    district.exchange("new", "village")
    do(district.new, decided, "certify")  # and is not sent before it moves back
    district.move(TOWNSHIP)
    district.exchange("old", "new", "village")
    district.exchange(rounds=2)

    all_agree(district, "village", "old", "desk")
    all_are_sound(district, "village", "old", "new")
    assert repairs.listed(district.old.store) == []
    (repair,) = repairs.listed(district.new.store)
    assert (repair.kind, repair.code) == ("case.certified", "region_out_of_scope")
    late = [district.old.case(case).out_of_place for case in (examined, transit)]
    assert [[one.kind for one in misfits] for misfits in late] == [
        ["case.refused"], ["case.taken_over"],
    ]  # fmt: skip
    assert district.old.case(accepted).state is State.DECIDED


def test_what_came_back_while_the_village_was_away_is_done_again_once_it_is_back(district: Parted):
    case = district.cases[State.UNDER_EXAMINATION]
    do(district.old, case, "accept")
    district.move(OTHER_TOWNSHIP)
    dead = [Weather.LOST_REQUEST] * 20
    with pytest.raises(Offline):
        exchange(district.old, district.centre, [Weather.LOST_ANSWER, *dead])
    do(district.old, case, "decide")
    district.move(TOWNSHIP)
    district.exchange(rounds=2)

    told = {one.kind: one.code for one in repairs.listed(district.old.store)}
    assert told == {"case.accepted": "region_out_of_scope", "case.decided": "follows_refused"}
    assert district.old.case(case).state is State.UNDER_EXAMINATION
    do(district.old, case, "accept")
    district.exchange(rounds=2)
    assert district.village.case(case).state is State.IN_PROGRESS
    all_agree(district, "village", "old", "desk")


# --- and the ledger is put back -------------------------------------------------------------------


def put_back_and_moved(district: Parted, tmp_path: Path) -> None:
    """The ledger forgets what the old township did; the village moves before that one is heard again."""
    copy = district.centre.saved(tmp_path / "ledger.copy")
    district.centre.wall.turn(ms=1000)
    for state, verb in ((State.UNDER_EXAMINATION, "accept"), (State.IN_TRANSIT, "take_over")):
        do(district.old, district.cases[state], verb)
    district.exchange("old", "village", "desk")
    district.centre = district.centre.restored(copy)
    district.move(OTHER_TOWNSHIP)


def test_what_a_lost_ledger_had_taken_from_the_former_township_is_taken_again(
    district: Parted, tmp_path: Path
):
    """Others read it since; were it refused now, they would read the case otherwise for ever."""
    put_back_and_moved(district, tmp_path)
    do(district.old, district.cases[State.PAUSED], "resume")  # which nobody has heard of
    district.exchange("new", "old", "village", "desk")
    district.exchange(rounds=2)

    told = {one.kind: one.code for one in repairs.listed(district.old.store)}
    assert told == {"case.resumed": "region_out_of_scope"}
    assert district.new.case(district.cases[State.UNDER_EXAMINATION]).state is State.IN_PROGRESS
    assert district.new.case(district.cases[State.PAUSED]).state is State.PAUSED
    all_agree(district, *PART)
    all_are_sound(district, *PART, "old")


def test_what_the_new_township_did_meanwhile_stands_beside_it(district: Parted, tmp_path: Path):
    put_back_and_moved(district, tmp_path)
    district.exchange("new")
    do(district.new, district.cases[State.UNDER_EXAMINATION], "refuse")
    district.exchange("new", "old")
    district.exchange(rounds=2)

    case = district.new.case(district.cases[State.UNDER_EXAMINATION])
    assert case.state is State.IN_PROGRESS  # of two of one tier the earlier one counts
    assert [one.kind for one in case.out_of_place] == ["case.refused"]
    all_agree(district, *PART)
