"""Destroyed files between stations and the centre: who may, what is left, and who comes late."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import events
from app.domain.case import Case, State
from app.domain.items import Retention
from app.errors import Refused
from app.journal import chain
from app.journal.refs import Ref
from app.store import exchange as of_store
from app.store import redaction as at_station
from app.store.verify import verify
from app.usecases import looks
from sync.centre import redaction
from sync.refusals import Offline, Unintelligible
from tests.archives import (
    SECRETS,
    TEN_YEARS,
    a_secret_case,
    appraise,
    archive,
    destroy,
)
from tests.builders import Station, act, an_entry
from tests.bytes_left import holds
from tests.sync import stands
from tests.sync.builders import (
    KEY,
    TOWNSHIP,
    VILLAGE,
    ACentre,
    Weather,
    a_centre,
    a_station,
    exchange,
    reopened,
)

on_each = pytest.mark.usefixtures("on_each")

DAY = date(2026, 11, 20)


@dataclass
class Room:
    centre: ACentre
    village: Station
    township: Station
    folder: Path

    def exchange(self, *who: Station) -> None:
        for station in who or (self.village, self.township, self.village):
            exchange(station, self.centre)

    def closed(self) -> Ref:
        """A case that the township refused; everybody knows."""
        subject = a_secret_case(self.village)
        act(self.village, subject, "forward", note=SECRETS[0])
        self.exchange(self.village, self.township)
        act(self.township, subject, "take_over")
        act(self.township, subject, "refuse", reason=SECRETS[4])
        self.exchange()
        return subject

    def years_later(self, subject: Ref) -> None:
        """Archived, and appraised when its period was over."""
        archive(self.township, subject)
        self.exchange(self.township)
        self.centre.wall.turn(days=TEN_YEARS)
        appraise(self.township, subject)
        self.exchange()

    def left_at_centre(self) -> set[str]:
        if stands.present() is None:
            return holds(self.centre.folder, KEY, *SECRETS)
        told = self.centre.ledger.database.rows("SELECT raw FROM entry")  # what the server tells
        content = b"\x00".join(bytes(raw) for (raw,) in told)
        return {word for word in SECRETS if word.encode() in content}


@pytest.fixture
def room(tmp_path: Path) -> Room:
    centre = a_centre(tmp_path / "c")
    return Room(
        centre,
        a_station(centre, VILLAGE, tmp_path / "v"),
        a_station(centre, TOWNSHIP, tmp_path / "t"),
        tmp_path,
    )


def left(station: Station) -> set[str]:
    assert not at_station.is_due(station.store)
    return holds(station.store.folder, station.store.key, *SECRETS)


def at(station: Station, subject: Ref) -> Case:
    told = station.store.case(subject)
    assert isinstance(told, Case), told
    return told


@on_each
def test_nothing_is_left_at_the_centre_and_at_both_stations(room: Room):
    subject = room.closed()
    assert room.left_at_centre() == set(SECRETS)
    room.years_later(subject)
    destroy(room.township, subject)
    room.exchange()
    assert room.left_at_centre() == set()
    for station in (room.village, room.township):
        assert left(station) == set()
        assert at(station, subject).state is State.DESTROYED
        assert verify(station.store).ok
    assert at(room.village, subject) == at(room.township, subject)


def test_the_whole_journal_of_a_decade_sent_at_once_is_judged_at_once(room: Room):
    subject = room.closed()
    archive(room.township, subject)
    room.centre.wall.turn(days=TEN_YEARS)
    appraise(room.township, subject)
    destroy(room.township, subject)
    room.exchange(room.township)
    assert room.left_at_centre() == set()
    assert left(room.township) == set()


@on_each
def test_the_village_that_was_offline_all_the_while_erases_and_so_does_what_it_wrote_meanwhile(
    room: Room,
):
    subject = room.closed()
    other = a_secret_case(room.village, "IT005")
    said = events.CaseCompared(on=DAY, other=other, same=False, note="像是同一家")
    with room.village.store.writing() as tx:
        tx.record(said, by=room.village.head, case=tx.case(subject))
    archive(room.township, subject)
    room.centre.wall.turn(days=TEN_YEARS)
    appraise(room.township, subject)
    destroy(room.township, subject)
    room.exchange(room.township)
    room.exchange()
    assert [one.kind for one in at(room.village, subject).out_of_place] == ["case.compared"]
    assert at(room.village, subject) == at(room.township, subject)
    wires = b"".join(room.centre.entries_of(room.village.device))
    assert "像是同一家".encode() not in wires
    for station in (room.village, room.township):
        bodies = [one.kind for one in station.store.history(subject) if one.body is not None]
        assert bodies == ["case.destroyed"]
        assert verify(station.store).ok


def test_a_new_computer_gets_what_was_erased_and_reads_the_same(room: Room):
    subject = room.closed()
    room.years_later(subject)
    destroy(room.township, subject)
    room.exchange()
    for place in (VILLAGE, TOWNSHIP):
        late = a_station(room.centre, place, room.folder / f"late{place}", staffed=False)
        room.exchange(late)
        assert at(late, subject) == at(room.township, subject)
        assert left(late) == set()
        assert verify(late.store).ok


def test_a_clock_that_runs_ten_years_ahead_destroys_nothing(room: Room):
    """The wall of the township's computer only; nobody else believes it."""
    subject = room.closed()
    archive(room.township, subject)
    room.exchange(room.township)
    ahead = type(room.township.wall)(room.township.wall())
    ahead.turn(days=TEN_YEARS)
    room.township.store.wall = ahead
    appraise(room.township, subject)
    destroy(room.township, subject)
    report = exchange(room.township, room.centre)
    assert report.refused == 1
    assert at(room.township, subject).state is State.ARCHIVED
    assert at(room.township, subject).applicant.name == SECRETS[0]
    room.exchange(room.village)
    assert at(room.village, subject).state is State.ARCHIVED
    assert room.left_at_centre() == set(SECRETS)


def a_destruction(case: Case, **changed: object) -> events.CaseDestroyed:
    assert case.archived is not None
    assert case.appraiser is not None
    fields: dict[str, object] = {
        "on": case.archived.on.replace(year=case.archived.on.year + 11),
        "local_number": case.local_number.text,
        "archive_number": case.archived.number,
        "item": case.item,
        "item_version": case.item_version,
        "archived_on": case.archived.on,
        "retention": Retention.TEN_YEARS,
        "appraised_by": case.appraiser,
        "reason": "毁灭证据",
    }
    return events.CaseDestroyed(**(fields | changed))  # type: ignore[arg-type]


def forge(station: Station, case: Case, body: events.CaseDestroyed, actor: Ref) -> None:
    """What a program writes that does not ask the rules."""
    head = station.store.head()
    written = an_entry(
        station.device, head.seq + 1, subject=case.subject, after=case.heads, clock=station.store.next_clock(),
        actor=actor, body=body, lineage=station.store.journal.lineage,
    )  # fmt: skip
    with station.store.changing():
        station.store.journal.add([(written, chain.link(head.digest, written), False)])


@pytest.mark.parametrize("who", ["village's head", "township's head, not appraised", "appraiser"])
def test_nobody_else_can_destroy(room: Room, who: str):
    subject = room.closed()
    archive(room.township, subject)
    room.exchange()
    room.centre.wall.turn(days=TEN_YEARS)
    appraised = who != "township's head, not appraised"
    appraise(room.township, subject, "destroy" if appraised else "extend", 0 if appraised else 5)
    room.exchange()
    case = at(room.township, subject)
    writer = room.village if who == "village's head" else room.township
    actor = writer.head.ref if who != "appraiser" else case.appraiser
    assert actor is not None
    forge(writer, case, a_destruction(case), actor)
    assert exchange(writer, room.centre).refused == 1
    room.exchange()
    for station in (room.village, room.township):
        assert at(station, subject).state is State.ARCHIVED
        assert at(station, subject).applicant.name == SECRETS[0]
    assert room.left_at_centre() == set(SECRETS)


@pytest.mark.parametrize(
    "changed", [{"archive_number": "2020-D10-A1-0001"}, {"local_number": "x"}, {"item": "IT001"}]
)
def test_a_register_that_says_other_than_the_file_is_refused(
    room: Room, changed: dict[str, object]
):
    subject = room.closed()
    room.years_later(subject)
    case = at(room.township, subject)
    forge(room.township, case, a_destruction(case, **changed), room.township.head.ref)
    assert exchange(room.township, room.centre).refused == 1
    assert room.left_at_centre() == set(SECRETS)


@on_each
def test_a_restored_centre_hears_of_it_again_from_whoever_erased_it(room: Room):
    """Its copy is from before: it has everything in full, and gets the destruction with headers alone."""
    subject = room.closed()
    copy = room.centre.saved(room.folder / "copy")
    room.years_later(subject)
    destroy(room.township, subject)
    room.exchange()
    room.centre = room.centre.restored(copy)
    assert room.left_at_centre() == set(SECRETS)
    room.exchange()
    room.exchange()
    assert room.left_at_centre() == set()
    for station in (room.village, room.township):
        assert of_store.pending(station.store) == 0
        assert at(station, subject).state is State.DESTROYED
        assert verify(station.store).ok
    late = a_station(room.centre, TOWNSHIP, room.folder / "late", staffed=False)
    room.exchange(late)
    assert at(late, subject) == at(room.township, subject)


@on_each
def test_a_restored_centre_that_lacks_a_part_waits_until_it_comes(room: Room):
    """The township comes first with its headers; what they stand on, the village has not sent again."""
    copy = room.centre.saved(room.folder / "copy")
    subject = room.closed()
    room.years_later(subject)
    destroy(room.township, subject)
    room.exchange()
    room.centre = room.centre.restored(copy)
    room.exchange(room.township)
    waiting = "SELECT count(*) FROM destruction WHERE carried_out = 0"
    assert room.centre.ledger.database.row(waiting) == (1,)
    room.exchange(room.village)
    assert room.centre.ledger.database.row(waiting) == (0,)
    room.exchange()
    assert room.left_at_centre() == set()
    late = a_station(room.centre, TOWNSHIP, room.folder / "late", staffed=False)
    room.exchange(late)
    assert at(late, subject) == at(room.township, subject)


def test_a_large_ledger_is_cleared_when_it_is_started_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(redaction, "_SMALL", 0)
    subject = room.closed()
    room.years_later(subject)
    destroy(room.township, subject)
    room.exchange()
    assert not redaction.clear(room.centre.ledger, small_only=True)
    assert redaction.clear(room.centre.ledger)
    assert room.left_at_centre() == set()


@settings(max_examples=15)
@given(
    st.lists(st.sampled_from(["village", "township", "second"]), max_size=8),
    st.lists(st.sampled_from(list(Weather)), max_size=6),
    st.integers(0, 7),
)
def test_whatever_the_order_and_the_weather_all_agree_and_nothing_is_left(
    tmp_path_factory: pytest.TempPathFactory,
    turns: list[str],
    spells: list[Weather],
    destroyed_at: int,
):
    folder = tmp_path_factory.mktemp("room")
    centre = a_centre(folder / "c")
    village, township, second = (
        a_station(centre, place, folder / name)
        for name, place in (("v", VILLAGE), ("t", TOWNSHIP), ("s", TOWNSHIP))
    )
    room = Room(centre, village, township, folder)
    subject = room.closed()
    archive(township, subject)
    centre.wall.turn(days=TEN_YEARS)
    appraise(township, subject)
    who = {"village": village, "township": township, "second": second}
    weather = list(spells)
    for turn, name in enumerate([*turns, *[""] * (8 - len(turns))]):
        if turn == destroyed_at:
            destroy(township, subject)
        if name:
            with suppress(Offline, Unintelligible):
                exchange(who[name], centre, weather[:2])
            weather = weather[2:]
            _look(who[name], subject)
    for _ in range(3):
        room.exchange(township, village, second)
    told = [at(station, subject) for station in who.values()]
    assert told[0] == told[1] == told[2]
    assert told[0].state is State.DESTROYED
    assert room.left_at_centre() == set()
    for station in who.values():
        assert left(station) == set()
        assert verify(station.store).ok
        assert of_store.pending(station.store) == 0


def _look(station: Station, subject: Ref) -> None:
    """Somebody looks at the full record, wherever it has come to by then."""
    with suppress(Refused):
        looks.shown(station.store, subject, station.head)


# --- an old copy of a station's folder is put back ---------------------------------------------------


def put_back(room: Room, station: Station, copy: Path) -> Station:
    """The station as it was, in its folder; nobody knows yet that it is old."""
    folder, wall = station.store.folder, station.wall
    station.store.close()
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)
    return reopened(folder, wall)


def copied(station: Station, to: Path) -> Path:
    station.store.database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(shutil.copytree(station.store.folder, to))


def test_an_old_copy_of_the_author_erases_at_its_first_exchange(room: Room):
    subject = room.closed()
    copy = copied(room.township, room.folder / "copy")
    room.years_later(subject)
    destroy(room.township, subject)
    room.exchange()

    room.township = put_back(room, room.township, copy)
    assert left(room.township) == set(SECRETS)
    room.exchange(room.township, room.township)

    assert left(room.township) == set()
    assert at(room.township, subject) == at(room.village, subject)
    assert verify(room.township.store).ok


def test_what_an_old_copy_did_before_it_knew_is_erased_with_the_rest(room: Room):
    subject = room.closed()
    copy = copied(room.township, room.folder / "copy")
    room.years_later(subject)
    destroy(room.township, subject)
    room.exchange()

    room.township = put_back(room, room.township, copy)
    archive(room.township, subject, number="2026-D10-A1-0009")
    room.centre.wall.turn(days=TEN_YEARS)
    appraise(room.township, subject)
    destroy(room.township, subject)
    room.exchange(room.township, room.township, room.village)

    for station in (room.village, room.township):
        assert at(station, subject).state is State.DESTROYED
        assert verify(station.store).ok
    assert at(room.township, subject) == at(room.village, subject)
    assert left(room.township) == set()
    assert room.left_at_centre() == set()


def test_an_old_copy_goes_on_and_destroys_under_its_new_life(room: Room):
    subject = room.closed()
    copy = copied(room.township, room.folder / "copy")
    archive(room.township, subject)
    room.exchange()

    room.township = put_back(room, room.township, copy)
    room.exchange(room.township, room.township)
    assert room.township.store.certificate.continues is not None
    room.centre.wall.turn(days=TEN_YEARS)
    appraise(room.township, subject)
    destroy(room.township, subject)
    room.exchange()

    for station in (room.village, room.township):
        assert left(station) == set()
        assert at(station, subject).state is State.DESTROYED
        assert verify(station.store).ok
    assert room.left_at_centre() == set()
