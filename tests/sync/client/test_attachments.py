"""Scans go up after the entries; in one process, over a line whose weather is told."""

import random
import shutil
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.store import attachments as images
from app.store.exchange import pending
from app.store.exchange_log import exchange_log, last_exchange_ms
from app.store.sheet_faults import sheet_faults
from sync.centre.attachment_desk import refusal_of
from sync.client import engine
from sync.client.transport import Reply
from sync.refusals import CentreRefusal, ExchangeStopped, NotAPiece, Offline, Unintelligible
from tests.builders import a_case, act
from tests.sync.attaching import at_centre, attached, some_bytes
from tests.sync.builders import (
    TOWNSHIP,
    VILLAGE,
    Line,
    Weather,
    a_centre,
    a_station,
    exchange,
    reopened,
)

KB = 1024
_seeds = iter(range(1, 1_000_000))


def scan(size=9 * KB):
    """Other bytes each time."""
    return some_bytes(size, seed=next(_seeds))


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    return a_centre(tmp_path_factory.mktemp("scans") / "centre")


@pytest.fixture(scope="module")
def village(centre, tmp_path_factory):
    return a_station(centre, VILLAGE, tmp_path_factory.mktemp("scans") / "village")


def test_an_exchange_sends_the_scans_of_what_it_sent(centre, village):
    sheets = attached(village, a_case(village), scan(), scan(300 * KB))

    report = exchange(village, centre)

    assert at_centre(centre, *sheets) == sheets
    assert (report.sheets, report.sheet_bytes) == (2, 309 * KB)
    assert (report.sheets_waiting, report.sheets_stopped, report.pending) == (0, "", 0)
    assert images.unsent(village.store, 10) == []
    assert exchange_log(village.store)[0].sheets == 2


def test_an_idle_exchange_says_nothing_of_scans(centre, village):
    attached(village, a_case(village), scan())
    exchange(village, centre)

    report = exchange(village, centre)

    assert (report.sheets, report.round_trips) == (0, 1)


def test_the_same_page_in_several_cases_goes_up_once(centre, village):
    content = scan()
    (sheet,) = attached(village, a_case(village), content)
    attached(village, a_case(village), content)
    attached(village, a_case(village), content)

    assert exchange(village, centre).sheets == 1
    attached(village, a_case(village), content)
    assert exchange(village, centre).sheets == 0
    assert at_centre(centre, sheet) == [sheet]


def test_what_was_recorded_meanwhile_goes_before_the_next_piece(centre, village):
    attached(village, a_case(village), *(scan(40 * KB) for _ in range(6)))
    waiting = []
    registered = False

    def after(progress):
        nonlocal registered
        if progress.sheets == 2 and not registered:
            registered = True
            a_case(village)
            waiting.append(("registered", progress.sheets))
        elif registered and not progress.pending and len(waiting) == 1:
            waiting.append(("there", progress.sheets))

    report = engine.exchange(village.store, Line(centre), after_round=after)

    assert waiting == [("registered", 2), ("there", 2)]
    assert (report.sheets, report.pending) == (6, 0)


def test_the_exchange_of_entries_counts_before_the_scans_have_gone(centre, village):
    attached(village, a_case(village), scan())
    village.wall.turn(ms=600_000)
    now = village.store.wall()

    def after(progress):
        if (
            not progress.pending
            and progress.sheets_waiting
            and last_exchange_ms(village.store) == now
        ):
            raise ExchangeStopped

    with pytest.raises(ExchangeStopped):
        engine.exchange(village.store, Line(centre), after_round=after)
    exchange(village, centre)


def test_somebody_may_stop_it_between_two_pieces_and_what_went_stays(centre, village):
    sheets = attached(village, a_case(village), *(scan(40 * KB) for _ in range(4)))

    def after(progress):
        if progress.sheets == 2:
            raise ExchangeStopped

    with pytest.raises(ExchangeStopped) as stopped:
        engine.exchange(village.store, Line(centre), after_round=after)

    assert stopped.value.facts["sheets"] == 2
    assert at_centre(centre, *sheets) == sheets[:2]
    assert exchange(village, centre).sheets == 2


@settings(max_examples=40)
@given(st.lists(st.sampled_from(Weather), max_size=12), st.integers(1, 60 * KB))
def test_whatever_the_line_does_the_centre_has_each_scan_in_the_end(centre, village, spells, size):
    sheets = attached(village, a_case(village), scan(size), scan(size))
    line = Line(centre, list(spells))

    while line.spells:
        before = len(line.spells)
        with suppress(Offline, Unintelligible, CentreRefusal):
            engine.exchange(village.store, line)
        if len(line.spells) == before:  # nothing more to say
            break
    exchange(village, centre)

    assert at_centre(centre, *sheets) == sheets
    assert pending(village.store) == 0
    pieces = centre.ledger.database.row("SELECT count(*) FROM attachment_piece")[0]
    assert pieces == 0


def test_a_scan_that_the_centre_will_not_have_is_set_aside_and_the_others_go(
    centre, village, monkeypatch
):
    bad, *good = attached(village, a_case(village), scan(), scan(), scan())
    ask = centre.ask

    def refusing(method, path, *rest):
        if path.endswith(bad.digest.hex()):
            told = refusal_of(NotAPiece())
            return Reply(status=told.status, headers={"tus-resumable": "1.0.0"}, content=told.body)
        return ask(method, path, *rest)

    monkeypatch.setattr(centre, "ask", refusing)
    for times in (1, 2):
        report = exchange(village, centre)
        assert report.sheets_waiting == 1
        (fault,) = sheet_faults(village.store)
        assert (fault.digest, fault.code, fault.times) == (bad.digest, "not_a_piece", times)
    assert at_centre(centre, bad, *good) == good
    monkeypatch.undo()

    assert exchange(village, centre).sheets == 1
    assert sheet_faults(village.store) == []


def test_a_scan_that_the_disk_has_lost_is_set_aside(centre, village):
    bad, good = attached(village, a_case(village), scan(), scan())
    content = images.content(village.store, bad.digest)
    overwrite(village, bad, b"?")

    report = exchange(village, centre)

    assert at_centre(centre, bad, good) == [good]
    assert (report.sheets, report.sheets_waiting) == (1, 1)
    assert [one.code for one in sheet_faults(village.store)] == ["bad_content"]
    overwrite(village, bad, content)
    assert exchange(village, centre).sheets == 1


def test_a_damaged_folder_of_scans_does_not_keep_entries_from_going(centre, tmp_path):
    own = a_centre(tmp_path / "centre")
    village = a_station(own, VILLAGE, tmp_path / "village")
    attached(village, a_case(village), scan())
    exchange(village, own, [Weather.CLEAR, *[Weather.LOST_REQUEST] * 9])
    village.store.close()
    file = tmp_path / "village" / "attachments.db"
    for rest in tmp_path.glob("village/attachments.db-*"):
        rest.unlink()
    file.write_bytes(random.Random(1).randbytes(file.stat().st_size))
    village = reopened(tmp_path / "village", own.wall)
    a_case(village)

    report = exchange(village, own)

    assert (report.sent, report.pending, report.sheets_waiting) == (1, 0, 1)
    assert report.sheets_stopped == "damaged_database"
    assert exchange_log(village.store)[0].outcome == ""


def overwrite(station, sheet, content):
    station.store.attachments.run(
        "UPDATE image SET padded = ? WHERE n = (SELECT n FROM content WHERE digest = ?)",
        (bytes(4096) + content, sheet.digest),
    )


def test_a_centre_that_knows_nothing_of_scans_takes_the_entries(centre, village, monkeypatch):
    sheets = attached(village, a_case(village), scan(), scan())
    nowhere = Reply(status=404, headers={"content-length": "9"}, content=b"Not Found")
    monkeypatch.setattr(centre, "ask", lambda *_: nowhere)

    report = exchange(village, centre)

    assert (report.pending, report.sheets_stopped) == (0, "centre_without_scans")
    assert sheet_faults(village.store) == []
    assert exchange_log(village.store)[0].outcome == ""
    monkeypatch.undo()
    exchange(village, centre)
    assert at_centre(centre, *sheets) == sheets


def test_a_line_that_fails_amid_the_scans_does_not_spoil_the_exchange_of_entries(centre, village):
    attached(village, a_case(village), scan())

    report = exchange(village, centre, [Weather.CLEAR, *[Weather.LOST_REQUEST] * 9])

    assert (report.pending, report.sheets, report.sheets_stopped) == (0, 0, "offline")
    note = exchange_log(village.store)[0]
    assert (note.outcome, note.sheets_waiting, note.sheets_stopped) == ("", 1, "offline")
    assert exchange(village, centre).sheets == 1


def test_a_thousand_failures_leave_nothing_behind(centre, village):
    attached(village, a_case(village), scan())
    exchange(village, centre, [Weather.CLEAR, *[Weather.LOST_REQUEST] * 9])

    def rows():
        return [
            database.row(f"SELECT count(*) FROM {table}")[0]
            for database in (village.store.database, village.store.attachments)
            for (table,) in database.rows(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
            )
        ]

    before = rows()
    for _ in range(200):
        exchange(village, centre, [Weather.CLEAR, *[Weather.LOST_REQUEST] * 9])
    assert rows() == before
    exchange(village, centre)


def test_a_copied_disk_sends_what_it_had_not_sent_under_its_new_key(tmp_path):
    """What was named before the copy was made, and what was named after it."""
    centre = a_centre(tmp_path / "centre")
    village = a_station(centre, VILLAGE, tmp_path / "village")
    early = attached(village, a_case(village), scan())
    exchange(village, centre, [Weather.CLEAR, *[Weather.LOST_REQUEST] * 9])
    old = village.device
    village.store.close()
    shutil.copytree(tmp_path / "village", tmp_path / "copy")
    village = reopened(tmp_path / "village", centre.wall)
    copy = reopened(tmp_path / "copy", centre.wall)
    attached(village, a_case(village), scan())
    exchange(village, centre)
    late = attached(copy, a_case(copy), scan())

    report = exchange(copy, centre)

    assert copy.device != old
    assert at_centre(centre, *early, *late) == [*early, *late]
    assert (report.sheets, report.sheets_waiting) == (1, 0)
    assert exchange(village, centre).sheets_waiting == 0


def test_a_restored_centre_gets_again_what_it_has_lost(tmp_path):
    centre = a_centre(tmp_path / "centre")
    village = a_station(centre, VILLAGE, tmp_path / "village")
    early = attached(village, a_case(village), scan())
    exchange(village, centre)
    copy = centre.saved(tmp_path / "copy")
    case = a_case(village)
    contents = [scan(700) for _ in range(90)]
    late = [
        one
        for start in range(0, 90, 30)
        for one in attached(village, case, *contents[start : start + 30])
    ]
    exchange(village, centre)
    assert at_centre(centre, *late) == late
    assert images.unsent(village.store, 1) == []

    centre = centre.restored(copy)
    assert at_centre(centre, *late) == []
    report = exchange(village, centre)

    assert at_centre(centre, *early, *late) == [*early, *late]
    assert report.sheets == 90


STEPS = st.one_of(
    st.sampled_from(["attach", "attach", "save", "restore", "close"]),
    st.lists(st.sampled_from(Weather), min_size=1, max_size=8),
)


@settings(max_examples=12)
@given(st.lists(STEPS, max_size=12))
def test_after_whatever_happened_both_sides_agree(tmp_path_factory, steps):
    """Weather, a ledger put back to any earlier copy, a station that is switched off: and then two clear exchanges."""
    top = tmp_path_factory.mktemp("world")
    centre = a_centre(top / "centre")
    village = a_station(centre, VILLAGE, top / "village")
    copies, sheets = [centre.saved(top / "copy")], []
    for number, step in enumerate(steps):
        if step == "attach":
            sheets += attached(village, a_case(village), scan(30 * KB), scan(700))
        elif step == "save":
            copies.append(centre.saved(top / f"copy-{number}"))
        elif step == "restore":
            centre = centre.restored(copies[number % len(copies)])
        elif step == "close":
            village.store.close()
            village = reopened(top / "village", centre.wall)
        else:
            with suppress(Offline, Unintelligible, CentreRefusal):
                exchange(village, centre, list(step))

    for _ in range(2):
        report = exchange(village, centre)

    assert at_centre(centre, *sheets) == sheets
    assert (report.pending, report.sheets_waiting, report.sheets) == (0, 0, 0)
    assert centre.ledger.database.row("SELECT count(*) FROM attachment_piece") == (0,)
    proved = centre.ledger.database.row("SELECT min(proved) FROM attachment_reference")[0]
    assert proved in (None, 1)
    village.store.close()
    centre.ledger.close()


def test_a_township_adds_its_own_to_a_villages_case(centre, village, tmp_path):
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    case = a_case(village)
    (from_village,) = attached(village, case, scan())
    act(village, case, "forward")
    exchange(village, centre)
    exchange(township, centre)
    (own,) = attached(township, case, scan())

    exchange(township, centre)
    exchange(village, centre)

    assert at_centre(centre, from_village, own) == [from_village, own]
    assert [one.sheets[0] for one in village.case(case).attachments] == [from_village, own]
