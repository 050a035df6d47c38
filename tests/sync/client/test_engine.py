import shutil
from typing import Any

import msgspec
import pytest
from filelock import FileLock

from app.domain.events import Role
from app.journal.refs import Continuation, DeviceId
from app.store import exchange as station_side
from app.store import exchange_log
from app.usecases import operators
from sync import codec, protocol
from sync.client import engine, pace, turns
from sync.client.pace import Pace
from sync.protocol import Answer
from sync.refusals import (
    ExchangeStopped,
    ExchangeUnderWay,
    Offline,
    Revoked,
    Unintelligible,
    UnknownDevice,
    UnknownDictionary,
)
from tests.builders import a_case
from tests.sync.builders import (
    TOWNSHIP,
    VILLAGE,
    Line,
    Weather,
    a_centre,
    a_station,
    exchange,
    own_entries,
    reopened,
)


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


@pytest.fixture
def village(centre, tmp_path):
    return a_station(centre, VILLAGE, tmp_path / "village")


def test_what_a_village_registers_reaches_its_township(centre, village, tmp_path):
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    case = a_case(village)

    sent = exchange(village, centre)
    received = exchange(township, centre)

    assert (sent.sent, sent.pending, sent.refused) == (2, 0, 0)  # the operator and the case
    assert received.received == 2
    assert township.case(case).subject == case


def test_an_idle_exchange_is_one_round_trip(centre, village):
    exchange(village, centre)

    idle = exchange(village, centre)

    assert (idle.sent, idle.received, idle.round_trips) == (0, 0, 1)


def test_everything_goes_however_little_a_body_holds(centre, village):
    for place in range(12):
        a_case(village, name=f"第{place}人")
    village.store.remember("pace", msgspec.msgpack.encode((256, 256, 0, 1.0)))

    report = exchange(village, centre)

    assert report.round_trips > 3
    assert report.sent == 13
    assert centre.entries_of(village.device) == own_entries(village.store)


def test_the_report_counts_what_stands_refused(centre, village):
    from app.domain.regions import UnknownRegion
    from app.journal.entry import Draft

    with pytest.raises(UnknownRegion):
        village.store.publications.tree.region("990101")
    write_foreign(village, Draft(kind="case.registered", version=1, region="990101", body=b"\x90"))

    report = exchange(village, centre)

    assert (report.refused, report.pending) == (1, 0)
    assert station_side.refused(village.store) == 1


def write_foreign(station, draft):
    """An entry that the station's own rules would not let anybody write."""
    from app.journal import chain, entry

    head = station.store.head()
    written = entry.write(
        draft, device=station.device, seq=head.seq + 1, clock=head.clock + 1, lineage={}
    )
    with station.store.database.writing():
        station.store.journal.add([(written, chain.link(head.digest, written), False)])


def test_a_line_that_is_down_is_told_and_nothing_is_lost(centre, village):
    a_case(village)

    with pytest.raises(Offline):
        exchange(village, centre, [Weather.LOST_REQUEST] * 10)

    assert station_side.pending(village.store) == 2
    assert exchange(village, centre).sent == 2


def test_a_short_failure_is_overcome_within_one_exchange(centre, village):
    a_case(village)

    report = exchange(village, centre, [Weather.LOST_REQUEST, Weather.LOST_ANSWER])

    assert (report.pending, report.sent) == (0, 2)


def sizes(station):
    return pace.remembered(station.store.recall("pace"))


def test_failures_make_bodies_smaller_and_that_outlives_the_program(centre, village):
    for place in range(40):
        a_case(village, name=f"第{place}人")
    village.store.remember("pace", pace.to_remember(Pace(wire=512)))
    with pytest.raises(Offline):
        exchange(village, centre, [Weather.LOST_REQUEST] * 10)
    rows = village.store.database.row("SELECT count(*) FROM setting")

    village.store.close()
    village = reopened(village.store.folder, centre.wall)
    assert sizes(village).wire == pace.SMALLEST
    with pytest.raises(Offline):
        exchange(village, centre, [Weather.LOST_REQUEST] * 10)

    assert village.store.database.row("SELECT count(*) FROM setting") == rows
    assert exchange(village, centre).pending == 0
    assert sizes(village).wire > pace.SMALLEST


def test_a_line_on_which_nobody_answers_says_nothing_about_sizes(centre, village):
    for place in range(40):
        a_case(village, name=f"第{place}人")
    village.store.remember("pace", pace.to_remember(Pace(wire=512)))

    class Dead(Line):
        def post(self, path, body, token=b""):
            raise Offline(why="lost")

    for _ in range(10):
        with pytest.raises(Offline):
            engine.exchange(village.store, Dead(centre))

    assert sizes(village).wire == 512


def test_sizes_that_grew_are_kept_when_the_exchange_is_stopped(centre, village):
    for place in range(60):
        a_case(village, name=f"第{place}人")
    village.store.remember("pace", pace.to_remember(Pace(wire=256)))

    def stop_at_the_third(progress):
        told.append(progress)
        if len(told) == 3:
            raise ExchangeStopped

    told: list[Any] = []
    with pytest.raises(ExchangeStopped) as stopped:
        engine.exchange(village.store, Line(centre), after_round=stop_at_the_third)

    assert sizes(village).wire > 256
    assert stopped.value.facts["sent"] == told[-1].sent > 0


def test_what_went_before_a_line_broke_is_told_and_noted(centre, village):
    for place in range(40):
        a_case(village, name=f"第{place}人")
    village.store.remember("pace", pace.to_remember(Pace(wire=1024)))

    with pytest.raises(Offline) as broken:
        exchange(village, centre, [Weather.CLEAR, *[Weather.LOST_REQUEST] * 10])

    sent = broken.value.facts["sent"]
    assert isinstance(sent, int)
    assert 0 < sent < 41
    assert station_side.pending(village.store) == 41 - sent
    noted = exchange_log.exchange_log(village.store)[0]
    assert (noted.outcome, noted.sent, noted.times) == ("offline", sent, 1)


def test_a_restored_store_goes_on_under_a_new_key_and_gets_its_entries_back(
    centre, village, tmp_path
):
    a_case(village, name="韦一")
    exchange(village, centre)
    village.store.close()
    folder = village.store.folder
    shutil.copy(folder / "daiban.db", tmp_path / "backup.db")
    village = reopened(folder, centre.wall)
    lost = a_case(village, name="韦二")
    exchange(village, centre)
    old = village.device
    written = own_entries(village.store)
    village.store.close()
    shutil.copy(tmp_path / "backup.db", folder / "daiban.db")

    village = reopened(folder, centre.wall)
    exchange(village, centre)
    a_case(village, name="韦三")
    exchange(village, centre)

    assert village.device != old
    assert village.store.certificate.slot_text == "B1"
    assert village.case(lost).subject == lost
    assert centre.entries_of(old) == written
    assert centre.entries_of(village.device) == own_entries(village.store)
    assert station_side.pending(village.store) == 0


def test_both_copies_of_a_cloned_disk_go_on(centre, village, tmp_path):
    exchange(village, centre)
    village.store.close()
    shutil.copytree(village.store.folder, tmp_path / "clone")
    first, second = (
        reopened(village.store.folder, centre.wall),
        reopened(tmp_path / "clone", centre.wall),
    )
    here, there = a_case(first, name="韦一"), a_case(second, name="韦二")
    assert here == there  # the same device, the same number, another case

    for _ in range(2):
        exchange(first, centre)
        exchange(second, centre)

    assert first.device != second.device
    assert second.store.certificate.slot_text == "B1"
    cases = {case: station for station in (first, second) for case in subjects(station)}
    assert len(cases) == 2
    assert subjects(first) == subjects(second)


def test_a_program_that_was_open_when_a_new_life_began_goes_on_with_it(centre, village, tmp_path):
    exchange(village, centre)
    village.store.close()
    shutil.copytree(village.store.folder, tmp_path / "clone")
    first = reopened(village.store.folder, centre.wall)
    second, beside = (reopened(tmp_path / "clone", centre.wall) for _ in range(2))
    a_case(first, name="韦一")
    a_case(second, name="韦二")
    exchange(first, centre)
    exchange(second, centre)  # a new life; `beside` still has the old one in memory

    report = exchange(beside, centre)

    assert beside.device == second.device
    assert (report.pending, report.refused) == (0, 0)
    assert subjects(beside) == subjects(second)


def subjects(station):
    rows = station.store.database.rows("SELECT subject_device, subject_seq FROM case_row")
    return {station.store.journal.ref(*row) for row in rows}


def test_a_restored_centre_is_sent_everything_again(centre, village, tmp_path):
    exchange(village, centre)
    copy = centre.saved(tmp_path / "copy")
    a_case(village, name="韦一")
    exchange(village, centre)
    a_case(village, name="韦二")
    assert station_side.pending(village.store) == 1

    centre = centre.restored(copy)
    report = exchange(village, centre)

    assert report.pending == 0
    assert centre.entries_of(village.device) == own_entries(village.store)
    assert exchange(village, centre).received == 0


def test_a_restored_centre_writes_on_under_a_new_key(centre, village, tmp_path):
    exchange(village, centre)
    copy = centre.saved(tmp_path / "copy")
    centre.wall.turn(ms=1000)
    a_station(centre, TOWNSHIP, tmp_path / "lost")  # a certificate that the copy has not
    exchange(village, centre)
    before = centre.ledger.own.id

    centre = centre.restored(copy)
    exchange(village, centre)
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    exchange(village, centre)

    assert centre.ledger.own.id != before
    assert centre.ledger.own.certificate.slot_text == "B1"
    assert village.store.publications.device(township.device).tier == 2


def test_a_centre_that_forgot_the_device_knows_it_again(centre, tmp_path):
    copy = centre.saved(tmp_path / "copy")
    village = a_station(centre, VILLAGE, tmp_path / "village")
    exchange(village, centre)

    centre = centre.restored(copy)
    report = exchange(village, centre)

    assert report.pending == 0
    assert centre.entries_of(village.device) == own_entries(village.store)


def test_a_revoked_device_is_told(centre, village):
    from sync.centre.publishing import withdraw

    with centre.ledger.writing():
        withdraw(centre.ledger, centre.device(village.device), "失窃", centre.wall())

    with pytest.raises(Revoked):
        exchange(village, centre)


def test_a_centre_that_knows_nobody_is_not_asked_for_ever(centre, village, tmp_path):
    stranger = a_centre(tmp_path / "stranger")

    class Deaf(Line):
        def post(self, path, body, token=b""):
            if path == protocol.ADMIT:
                return b""
            raise UnknownDevice

    with pytest.raises((UnknownDevice, Unintelligible)):
        engine.exchange(village.store, Deaf(stranger))


def test_a_centre_without_the_dictionary_is_sent_plain_zstd(centre, village):
    a_case(village)

    class Old(Line):
        plain = 0

        def post(self, path, body, token=b""):
            if codec.unpack(body)[1] != codec.PLAIN:
                raise UnknownDictionary(dictionary=codec.DICTIONARY)
            self.plain += 1
            return super().post(path, body, token)

    line = Old(centre)

    assert engine.exchange(village.store, line).pending == 0
    assert line.plain > 0


@pytest.mark.parametrize(
    "answer", [b"", b"rubbish", codec.pack(b"rubbish"), codec.pack(b"\x91\x02")]
)
def test_an_answer_that_is_no_message_is_named_as_such(centre, village, answer):
    class Babbling(Line):
        def post(self, path, body, token=b""):
            return answer

    with pytest.raises(Unintelligible):
        engine.exchange(village.store, Babbling(centre))
    assert station_side.pending(village.store) == 1


def test_a_centre_that_never_takes_anything_is_given_up(centre, village):
    class Sieve(Line):
        def post(self, path, body, token=b""):
            packed = super().post(path, body, token)
            answer = protocol.decode(codec.unpack(packed)[0], Answer)
            nothing = msgspec.structs.replace(answer.accepted, seq=0)
            return codec.pack(protocol.encode(msgspec.structs.replace(answer, accepted=nothing)))

    with pytest.raises(Unintelligible):
        engine.exchange(village.store, Sieve(centre))


def test_no_transaction_is_open_while_the_network_is_waited_for(centre, village):
    a_case(village)
    other = reopened(village.store.folder, centre.wall)

    class Meanwhile(Line):
        def post(self, path, body, token=b""):
            if not other.store.database.is_closed():
                operators.add(other.store, "第二人", Role.AGENT)
                other.store.close()
            return super().post(path, body, token)

    report = engine.exchange(village.store, Meanwhile(centre))

    assert (report.sent, report.pending) == (3, 0)


def test_two_exchanges_of_one_folder_take_turns(centre, village, monkeypatch):
    monkeypatch.setattr(turns, "_OTHERS_TURN_S", 0.1)
    with FileLock(village.store.folder / "exchange.lock"), pytest.raises(ExchangeUnderWay):
        exchange(village, centre)

    exchange(village, centre)  # the other has come to its end


def test_the_time_of_the_last_exchange_is_kept(centre, village):
    centre.wall.turn(days=1)
    exchange(village, centre)

    assert exchange_log.last_exchange_ms(village.store) == centre.wall()


def test_what_an_exchange_came_to_is_kept_for_whoever_looks(centre, village):
    started = centre.wall()
    report = exchange(village, centre)

    kept = exchange_log.exchange_log(village.store)[0]
    assert (kept.started_ms, kept.outcome, kept.times) == (started, "", 1)
    told = [
        getattr(kept, name)
        for name in ("sent", "received", "bytes_up", "bytes_down", "round_trips")
    ]
    assert told == [
        report.sent,
        report.received,
        report.bytes_up,
        report.bytes_down,
        report.round_trips,
    ]


def test_a_new_life_begins_where_the_answer_says():
    device = DeviceId(bytes(16))
    going = station_side.Outgoing(
        device=device,
        first_seq=3,
        entries=[b""],
        more=False,
        head_seq=3,
        head_digest=b"h",
        cursor=None,
    )

    def answer(seq, forked_at=None):
        return Answer(1, protocol.Accepted(seq, b"d"), [], [], b"", False, 0, forked_at=forked_at)

    place = engine._new_life_from  # noqa: SLF001
    assert place(going, answer(3)) is None
    assert place(going, answer(2)) is None
    assert place(going, answer(2, forked_at=3)) == Continuation(device, 2, b"d")
    assert place(going, answer(5)) == Continuation(device, 3, b"h")
    assert place(msgspec.structs.replace(going, more=True), answer(5)) is None


@pytest.mark.parametrize("days", [0, 3, -2])
def test_a_clock_that_is_off_is_measured(centre, village, days):
    village.store.wall = lambda: centre.wall() + days * 86_400_000

    report = exchange(village, centre)

    assert report.clock_off_s == pytest.approx(days * 86_400, abs=5)


def test_half_of_the_round_trip_is_not_taken_for_a_wrong_clock(centre, village, monkeypatch):
    """Four seconds up, none down: at most two of them look like the clock's."""
    now = iter(range(0, 10_000, 4))
    monkeypatch.setattr("sync.client.engine.time.monotonic", lambda: float(next(now)))
    sent_ms = centre.wall()
    village.store.wall = lambda: sent_ms
    centre.wall.turn(days=4 / 86_400)

    assert abs(exchange(village, centre).clock_off_s) <= 2


def test_what_goes_up_is_no_backlog_at_the_centre(centre, village):
    for place in range(12):
        a_case(village, name=f"第{place}人")

    assert exchange(village, centre).sent == 13
    assert centre.device(village.device).health.backlog == 0


def test_what_does_not_fit_into_a_request_is_a_backlog_until_it_goes(centre, village):
    for place in range(12):
        a_case(village, name=f"第{place}人")
    village.store.remember("pace", msgspec.msgpack.encode((256, 256, 0, 1.0)))
    told = []

    class Watched(Line):
        def post(self, path, body, token=b""):
            answer = super().post(path, body, token)
            told.append(centre.device(village.device).health.backlog)
            return answer

    engine.exchange(village.store, Watched(centre))

    assert told == sorted(told, reverse=True)
    assert told[0] > 0
    assert told[-1] == 0


def test_a_printer_with_an_endless_name_keeps_nobody_from_exchanging(centre, tmp_path):
    station = a_station(centre, VILLAGE, tmp_path / "village")

    engine.exchange(station.store, Line(centre), printer="p" * 1000)

    assert centre.device(station.device).health.printer == "p" * 100
