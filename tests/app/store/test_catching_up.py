"""What a first download leaves to be read later is what would have been read at once, whatever happens in between."""

from __future__ import annotations

from itertools import pairwise
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import events
from app.domain.case import State
from app.journal.entry import BadEntry
from app.store import catching_up, database, intake, opening, portions, tellers
from app.store.catching_up import CatchingUp
from app.store.database import DiskFull
from app.store.exchange import Incoming, Run
from app.store.intake import Intake
from app.store.tellers import Oneself, Tellers
from app.store.verify import verify
from tests.archives import SECRETS, a_closed_case, destroy_in_time
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    District,
    Station,
    Wall,
    a_case,
    a_district,
    a_station,
    act,
    carry,
    hand,
)
from tests.scanned import attached

TABLES = {
    "case_row": "subject_seq",
    "alike_key": "key, case_n",
    "duplicate_row": "case_n, other_n",
    "paper_row": "device, seq",
    "side_task": "case_n, kind",
    "waiting": "subject_seq",
    "case_term": "term, doc",
}


@pytest.fixture(autouse=True)
def much_is_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few entries are read later, by this process; nobody sleeps between portions."""
    monkeypatch.setattr(intake, "_MANY", 1)
    monkeypatch.setattr(database, "GAP_S", 0)
    monkeypatch.setattr(Tellers, "are_of_use", staticmethod(lambda: False))


def lives(folder: Path) -> tuple[District, Station]:
    """A village with cases in several states, two of them of one person."""
    district = a_district()
    village = a_station(district, VILLAGE, folder / "v")
    cases = [a_case(village, name=f"韦{place}") for place in range(12)]
    a_case(village, name="韦1")
    for case in cases[:5]:
        act(village, case, "forward")
    return district, village


def answer(*runs: Run) -> Incoming:
    return Incoming(
        accepted_seq=0,
        accepted_digest=b"",
        verdicts=[],
        runs=list(runs),
        cursor=b"cursor",
        centre_ms=1_900_000_000_000,
    )


def rows_of(station: Station) -> dict[str, list[Any]]:
    return {
        table: station.store.database.rows(f"SELECT * FROM {table} ORDER BY {order}")
        for table, order in TABLES.items()
    }


def a_new_township(district: District, folder: Path) -> Station:
    return a_station(district, TOWNSHIP, folder, staffed=False)


def taken_in_and_left(township: Station, village: Station) -> None:
    """All of the village's entries came, and the program ended before it read a case."""
    with Intake(township.store) as taking:
        taking.take_in(answer(village.own_run()))
    assert township.store.rows.unread.count() == 13
    assert township.store.database.row("SELECT count(*) FROM case_row") == (0,)


@given(
    portion=st.integers(1, 20), cuts=st.lists(st.integers(1, 18), max_size=3), between=st.booleans()
)
@settings(max_examples=8)
def test_rows_and_search_are_the_same_in_whatever_portions_and_answers_they_came(
    tmp_path_factory: pytest.TempPathFactory, portion: int, cuts: list[int], between: bool
):
    folder = tmp_path_factory.mktemp("portions")
    district, village = lives(folder)
    whole, apart = (a_new_township(district, folder / name) for name in ("w", "p"))
    device, first, wires = village.own_run()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(intake, "_MANY", 1_000)
        for place, wire in enumerate(wires):
            intake.take_in(whole.store, answer((device, first + place, [wire])))

    edges = sorted({0, *(cut for cut in cuts if cut < len(wires)), len(wires)})
    with pytest.MonkeyPatch.context() as patched, Intake(apart.store) as taking:
        patched.setattr(catching_up, "_PORTION", portion)
        for start, end in pairwise(edges):
            taking.take_in(answer((device, first + start, wires[start:end])))
            if between:  # the line was waited for
                taking.read_on(lambda: False)
        assert taking.read_on(lambda: False)

    assert rows_of(apart) == rows_of(whole)
    assert verify(apart.store).problems == []
    for station in (village, whole, apart):
        station.store.close()


def test_others_tell_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Tellers, "are_of_use", staticmethod(lambda: True))
    district, village = lives(tmp_path)
    by_others, by_oneself = (a_new_township(district, tmp_path / name) for name in ("o", "s"))
    taken_in_and_left(by_oneself, village)
    catching_up.catch_up(by_oneself.store)

    monkeypatch.setattr(catching_up, "_PORTION", 3)
    with Intake(by_others.store) as taking:
        taking.take_in(answer(village.own_run()))
        taking.read_on(lambda: False)

    assert rows_of(by_others) == rows_of(by_oneself)


def test_where_those_who_tell_are_killed_one_tells_oneself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(Tellers, "are_of_use", staticmethod(lambda: True))
    monkeypatch.setattr(catching_up, "_PORTION", 2)
    district, village = lives(tmp_path)
    township = a_new_township(district, tmp_path / "t")
    take, answers = Tellers.take, 0

    def killed_after_the_first(self: Tellers) -> object:
        nonlocal answers
        answers += 1
        told = take(self)
        if answers == 1:
            for process in active_children():
                process.kill()
                process.join()
        return told

    monkeypatch.setattr(Tellers, "take", killed_after_the_first)
    with Intake(township.store) as taking:
        taking.take_in(answer(village.own_run()))
        assert taking.read_on(lambda: False)

    assert "gone" in caplog.text
    assert verify(township.store).problems == []


def test_after_a_full_disk_no_answer_is_taken_for_anothers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Tellers, "are_of_use", staticmethod(lambda: True))
    monkeypatch.setattr(catching_up, "_PORTION", 2)
    district, village = lives(tmp_path)
    township = a_new_township(district, tmp_path / "t")
    rows = township.store.rows
    save_drafts = rows.save_drafts

    def on_a_full_disk(*_: object) -> None:
        monkeypatch.setattr(rows, "save_drafts", save_drafts)
        raise DiskFull

    monkeypatch.setattr(rows, "save_drafts", on_a_full_disk)
    with Intake(township.store) as taking:
        taking.take_in(answer(village.own_run()))
        with pytest.raises(DiskFull):
            taking.read_on(lambda: False)
        assert taking.read_on(lambda: False)

    assert township.store.database.row("SELECT count(*) FROM case_row") == (13,)
    assert verify(township.store).problems == []


def test_where_nobody_can_be_started_one_tells_oneself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def none(*_: object, **__: object) -> object:
        raise OSError("no processes")

    monkeypatch.setattr(Tellers, "are_of_use", staticmethod(lambda: True))
    monkeypatch.setattr(tellers, "_Teller", none)
    district, village = lives(tmp_path)
    township = a_new_township(district, tmp_path / "t")

    assert intake.take_in(township.store, answer(village.own_run())) == 19

    assert verify(township.store).problems == []


def test_whoever_was_stopped_before_reading_reads_at_the_next_start(tmp_path: Path):
    district, village = lives(tmp_path)
    township = a_new_township(district, tmp_path / "t")
    taken_in_and_left(township, village)
    store = township.store
    store.close()

    again = opening.open_with_key(store.folder, store.key, wall=township.wall)

    assert again.rows.unread.is_empty()
    assert again.database.row("SELECT count(*) FROM case_row") == (13,)
    assert verify(again).problems == []
    again.close()


def test_who_opens_the_store_meanwhile_does_not_wait_for_it(tmp_path: Path):
    district, village = lives(tmp_path)
    township = a_new_township(district, tmp_path / "t")
    store = township.store
    with Intake(store) as taking:
        taking.take_in(answer(village.own_run()))
        other = opening.open_with_key(store.folder, store.key, wall=township.wall)
        assert other.rows.unread.count() == 13
        assert (
            verify(other).problems == []
        )  # of rows that somebody is just making nothing can be said
        assert taking.read_on(lambda: False)
        assert other.rows.unread.is_empty()
        other.close()


@pytest.mark.parametrize("error", [DiskFull(), ZeroDivisionError()])
def test_a_store_whose_cases_cannot_be_read_can_be_opened_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
):
    def fails(_: object) -> None:
        raise error

    district, village = lives(tmp_path)
    township = a_new_township(district, tmp_path / "t")
    taken_in_and_left(township, village)
    store = township.store
    store.close()
    with monkeypatch.context() as patched:
        patched.setattr(catching_up, "catch_up", fails)
        again = opening.open_with_key(store.folder, store.key, wall=township.wall)

    assert again.rows.unread.count() == 13
    catching_up.catch_up(again)
    assert again.rows.unread.is_empty()
    again.close()


def test_a_folder_in_which_nothing_can_be_held_is_read_all_the_same(tmp_path: Path):
    district, village = lives(tmp_path)
    township = a_new_township(district, tmp_path / "t")
    taken_in_and_left(township, village)
    (township.store.folder / catching_up.LOCK).unlink()
    (township.store.folder / catching_up.LOCK).mkdir()

    catching_up.catch_up(township.store)

    assert township.store.rows.unread.is_empty()


def test_it_reads_as_long_as_it_is_let(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(catching_up, "_PORTION", 2)
    district, village = lives(tmp_path)
    township = a_new_township(district, tmp_path / "t")
    taken_in_and_left(township, village)
    asked = iter([False, False, True])

    with CatchingUp(township.store) as reading:
        assert not reading.go_on(lambda: next(asked, True))
        left = township.store.rows.unread.count()
        assert 0 < left < 13
        assert reading.go_on()

    assert verify(township.store).problems == []


@pytest.mark.parametrize("is_told_again", [False, True])
def test_what_somebody_does_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_told_again: bool
):
    """Another program writes to a case after its entries were looked up; then more comes of it, perhaps."""
    district, village = lives(tmp_path)
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    carry(village, township)
    first = township.store.rows.where("state = 'in_transit'", order="n")[0].subject
    with township.store.changing():
        township.store.rows.unread.note_all()
    take, beside = Oneself.take, opening.beside(township.store)
    other = Station(district, beside, township.wall)

    def meanwhile(self: Oneself) -> object:
        monkeypatch.setattr(Oneself, "take", take)
        act(other, first, "take_over")
        if is_told_again:
            with beside.changing():
                beside.rows.unread.note([first])
        return take(self)

    monkeypatch.setattr(Oneself, "take", meanwhile)
    catching_up.catch_up(township.store)

    row = township.store.rows.by_subject(first)
    assert row is not None
    assert row.state == township.case(first).state == State.UNDER_EXAMINATION
    catching_up.catch_up(township.store)  # as the exchange does that noted it
    assert township.store.rows.unread.is_empty()
    assert verify(township.store).problems == []
    beside.close()


def test_what_was_told_by_other_publications_is_told_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    district, village = lives(tmp_path)
    township = a_new_township(district, tmp_path / "t")
    taken_in_and_left(township, village)
    take, times = Oneself.take, 0
    beside = opening.beside(township.store)

    def meanwhile(self: Oneself) -> object:
        nonlocal times
        times += 1
        if times == 1:
            with beside.changing():
                beside.note_publication()
        return take(self)

    monkeypatch.setattr(Oneself, "take", meanwhile)
    catching_up.catch_up(township.store)

    assert times == 2
    assert verify(township.store).problems == []
    beside.close()


def test_what_is_published_in_between_counts_for_all(tmp_path: Path):
    district, village = lives(tmp_path)
    township = a_new_township(district, tmp_path / "t")
    device, first, wires = village.own_run()
    with Intake(township.store) as taking:
        taking.take_in(answer((device, first + 1, wires[1:])))  # who wrote them is not known yet
        taking.read_on(lambda: False)
        assert township.store.database.row("SELECT count(*) FROM waiting") == (13,)
        taking.take_in(answer((device, first, wires[:1])))
        district.publish(events.CatalogueNotesPublished(not_issued_here=(), retired_terms=()))
        carry(district, township)
        taking.read_on(lambda: False)

    assert township.store.database.row("SELECT count(*) FROM case_row") == (13,)
    assert verify(township.store).problems == []


def test_a_destroyed_case_leaves_nothing_behind_where_it_is_read_later(tmp_path: Path):
    district, wall = a_district(), Wall()
    village, township = (
        a_station(district, place, tmp_path / name, wall=wall)
        for name, place in (("v", VILLAGE), ("t", TOWNSHIP))
    )
    subject = a_closed_case(village, township)
    destroy_in_time(township, subject)
    listener = a_new_township(district, tmp_path / "l")
    hand(listener, village.own_run(), township.own_run())

    row = listener.store.rows.by_subject(subject)
    assert row is not None
    assert (row.state, row.applicant) == ("destroyed", "")
    assert not any(name in str(rows_of(listener)) for name in SECRETS)
    assert verify(listener.store).problems == []


def test_scans_are_known_also_where_they_came_with_what_changes_every_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    district, village = lives(tmp_path)
    attached(village, a_case(village, name="新来"), 2)
    township = a_new_township(district, tmp_path / "t")
    monkeypatch.setattr(intake, "_rewritten", lambda *_: True)  # as after a change of the regions

    intake.take_in(township.store, answer(village.own_run()))

    assert township.store.database.row("SELECT count(*) FROM sheet") == (2,)
    assert verify(township.store).problems == []


def test_who_is_at_work_sees_at_once_what_came(tmp_path: Path):
    district, village = lives(tmp_path)
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    a_case(township, item="IT022")
    assert portions.is_at_work(township.store)

    with Intake(township.store) as taking:
        taking.take_in(answer(village.own_run()))
        assert township.store.rows.unread.is_empty()

    assert township.store.database.row("SELECT count(*) FROM case_row") == (14,)


def test_what_is_unread_is_not_taken_for_new_when_its_beginning_comes_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Somebody works by now, so it is read at once: with all that came of it before."""
    district, village = lives(tmp_path)
    township = a_new_township(district, tmp_path / "t")
    taken_in_and_left(township, village)
    monkeypatch.setattr(intake, "is_at_work", lambda _: True)
    device, first, wires = village.own_run()

    with Intake(township.store) as taking:
        taking.take_in(
            answer((device, first + 1, wires[1:2]))
        )  # registered; it was forwarded later

    assert township.store.database.rows("SELECT state FROM case_row") == [("in_transit",)]


def test_a_bad_entry_stops_only_what_comes_with_it_and_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(intake, "Portions", lambda: portions.Portions(1))
    district, village = lives(tmp_path)
    township = a_new_township(district, tmp_path / "t")
    device, first, wires = village.own_run()

    with pytest.raises(BadEntry), Intake(township.store) as taking:
        taking.take_in(answer((device, first, [*wires, b"\xff"])))
    catching_up.catch_up(township.store)

    assert township.store.database.row("SELECT count(*) FROM case_row") == (13,)
