"""The images of scans: there before what names them, gone when nothing does, and never other bytes than was said."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.store import attachment_upkeep, attachments
from app.store.attachments import BadContent
from app.store.database import DiskFull
from app.store.practice import NotInPractice
from app.store.rebuild import rebuild
from app.store.store import Store
from app.store.verify import verify
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    Station,
    Wall,
    a_case,
    a_district,
    a_station,
    hand,
    meet,
)
from tests.disks import small_disk
from tests.pictures import some_scans
from tests.scanned import a_sheet, attached


@pytest.fixture
def village(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path / "village")


# --- keeping --------------------------------------------------------------------------------------


def test_an_image_that_is_kept_is_there_whole_and_in_pieces(village: Station):
    content = bytes(range(256)) * 40
    attachments.keep(village.store, a_sheet(content), content)
    attachments.keep(village.store, a_sheet(content), content)  # twice is once
    digest = a_sheet(content).digest
    assert attachments.content(village.store, digest) == content
    assert attachments.has(village.store, [digest, bytes(32)]) == {digest}
    pieces = [attachments.piece(village.store, digest, at, 1000) for at in range(0, 11_000, 1000)]
    assert b"".join(pieces) == content
    assert attachments.content(village.store, bytes(32)) is None
    assert attachments.piece(village.store, bytes(32), 0, 10) == b""


@pytest.mark.parametrize("wrong", [b"other bytes!", b"some byte"])
def test_what_is_not_what_its_name_says_is_not_kept(village: Station, wrong: bytes):
    with pytest.raises(BadContent):
        attachments.keep(village.store, a_sheet(b"some bytes.."), wrong)
    assert attachments.has(village.store, [a_sheet(b"some bytes..").digest]) == set()


def test_nobody_reads_them_without_the_key(village: Station):
    content = b"a scan of an identity card" * 50
    attachments.keep(village.store, a_sheet(content), content)
    for path in village.store.folder.iterdir():
        assert content[:26] not in path.read_bytes()


KEEPING = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, os.getcwd())
from tests.scanned import a_sheet
from app.store import attachments, opening
store = opening.open_with_key(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
content = b"x" * 100_000
attachments.keep(store, a_sheet(content), content)
os.kill(os.getpid(), signal.SIGKILL)
"""
"""Killed after the image and before the entry that names it."""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_killed_before_the_entry_only_the_image_is_left_and_it_goes_after_a_day(village: Station):
    station = village
    entries = station.store.journal.count()
    folder, key = station.store.folder, station.store.key
    command = [sys.executable, "-c", KEEPING, str(folder), key.hex()]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    digest = a_sheet(b"x" * 100_000).digest
    assert attachments.has(station.store, [digest]) == {digest}
    assert station.store.journal.count() == entries
    assert attachment_upkeep.sweep(station.store) == 0  # the form it belongs to may be open
    station.store.wall = lambda: _in_days(2)
    assert attachment_upkeep.sweep(station.store) == 1
    assert verify(station.store).ok


def _in_days(days: int) -> int:
    import time

    return time.time_ns() // 1_000_000 + days * 86_400_000


def test_a_full_disk_is_said_and_leaves_what_was_there(village: Station, tmp_path: Path):
    with small_disk(tmp_path / "small", 3_000) as disk:
        folder = disk / "village"
        folder.mkdir()
        other = Store(folder, village.store.key, village.store.database, village.store.identity)
        other.attachments.run("PRAGMA wal_autocheckpoint = 10")
        kept: list[bytes] = []

        def fill() -> None:
            for n in range(100):
                content = bytes([n]) * 200_000
                attachments.keep(other, a_sheet(content), content)
                kept.append(a_sheet(content).digest)

        with pytest.raises(DiskFull):
            fill()
        assert kept
        assert all(attachments.content(other, digest) is not None for digest in kept)
        other.attachments.close()


# --- coming down ----------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(
    content=st.binary(min_size=1, max_size=3000),
    cuts=st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 3000)), max_size=12),
)
def test_pieces_in_any_order_make_the_image_or_nothing(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, cuts: list[tuple[int, int]]
):
    store = _a_store(tmp_path_factory)
    sheet = a_sheet(content)
    attachments.forget(store, [sheet.digest])
    for start, length in cuts:
        before = attachments.partial(store, sheet.digest)
        have = attachments.take_piece(store, sheet, start, content[start : start + length])
        assert have >= before
        assert have == attachments.partial(store, sheet.digest)
        if start > before:
            assert have == before  # after a gap nothing is taken
    while (have := attachments.partial(store, sheet.digest)) < sheet.size:
        attachments.take_piece(store, sheet, have, content[have : have + 700])
    assert attachments.content(store, sheet.digest) == content
    assert store.attachments.row("SELECT count(*) FROM partial_piece") == (0,)


_STORES: dict[int, Store] = {}


def _a_store(factory: pytest.TempPathFactory) -> Store:
    """One for all examples."""
    if id(factory) not in _STORES:
        _STORES[id(factory)] = a_station(a_district(), VILLAGE, factory.mktemp("v") / "s").store
    return _STORES[id(factory)]


def test_pieces_of_something_else_are_all_thrown_away(village: Station):
    sheet = a_sheet(b"right" * 100)
    attachments.take_piece(village.store, sheet, 0, b"wrong" * 99)
    with pytest.raises(BadContent):
        attachments.take_piece(village.store, sheet, 495, b"wrong")
    assert attachments.partial(village.store, sheet.digest) == 0
    assert attachments.has(village.store, [sheet.digest]) == set()


def test_more_than_was_promised_is_thrown_away(village: Station):
    sheet = a_sheet(b"right" * 100)
    with pytest.raises(BadContent):
        attachments.take_piece(village.store, sheet, 0, b"right" * 101)
    assert attachments.partial(village.store, sheet.digest) == 0


def test_what_nobody_went_on_fetching_goes_after_a_month(village: Station):
    sheet = a_sheet(b"right" * 100)
    attachments.take_piece(village.store, sheet, 0, b"right")
    village.wall.turn(days=29)
    attachment_upkeep.sweep(village.store)
    assert attachments.partial(village.store, sheet.digest) == 5
    village.wall.turn(days=2)
    attachment_upkeep.sweep(village.store)
    assert attachments.partial(village.store, sheet.digest) == 0


def test_what_was_kept_while_the_clock_ran_years_ahead_goes_soon_after_it_was_set_right(
    village: Station,
):
    """Nothing names them: the form was never sent off. Found by the simulator."""
    village.wall.turn(days=2000)
    (page,) = some_scans()
    attachments.keep(village.store, page.sheet, page.content)
    begun = a_sheet(b"right" * 100)
    attachments.take_piece(village.store, begun, 0, b"right")
    village.wall.turn(days=-2000)
    assert attachment_upkeep.sweep(village.store) == 0
    village.wall.turn(days=2)
    assert attachment_upkeep.sweep(village.store) == 1
    assert attachments.partial(village.store, begun.digest) == 5
    village.wall.turn(days=31)
    attachment_upkeep.sweep(village.store)
    assert attachments.partial(village.store, begun.digest) == 0


# --- going up -------------------------------------------------------------------------------------


def test_a_scan_waits_for_its_entry_to_be_accepted_and_then_until_the_centre_has_it(
    village: Station,
):
    subject = a_case(village)
    digests = attached(village, subject, 2)
    assert attachments.unsent(village.store, 9) == []
    assert attachments.waiting(village.store)[0] == 2
    hand(village, accepted=village.store.head().seq)
    assert [one.digest for one in attachments.unsent(village.store, 9)] == digests
    assert [one.digest for one in attachments.unsent(village.store, 1)] == digests[:1]
    attachments.note_sent(village.store, digests[0])
    assert [one.digest for one in attachments.unsent(village.store, 9)] == digests[1:]
    assert attachments.waiting(village.store) == (1, some_scans(2)[1].sheet.size)


@pytest.mark.parametrize(
    ("query", "values"),
    [(attachments._WAITING, (1,)), (attachments._OWED, (1, 0, 1, 9, 9))],  # noqa: SLF001
)
def test_what_waits_is_asked_of_the_queue_however_many_sheets_there_are(
    village: Station, query: str, values: tuple[int, ...]
):
    """Of 300,000 it took half a second after each piece, when SQLite began with the sheets."""
    asked = query.format(lives="?")
    plan = village.store.database.rows(f"EXPLAIN QUERY PLAN {asked}", values)
    (sheets,) = [str(row[-1]) for row in plan if " sheet " in row[-1]]
    assert sheets.startswith("SEARCH sheet USING INDEX sheet_digest (digest=?")


def test_what_the_centre_lacks_goes_again_where_the_bytes_and_an_own_entry_are_here(
    village: Station,
):
    (digest,) = attached(village, a_case(village))
    hand(village, accepted=village.store.head().seq)
    attachments.note_sent(village.store, digest)
    stranger = b"nobody named this" * 9
    attachments.keep(village.store, a_sheet(stranger), stranger)
    attachments.note_lacking(village.store, [digest, a_sheet(stranger).digest, bytes(32)])
    assert [one.digest for one in attachments.unsent(village.store, 9)] == [digest]
    attachments.note_sent(village.store, digest)
    attachments.forget(village.store, [digest])
    attachments.note_lacking(village.store, [digest])
    assert attachments.unsent(village.store, 9) == []


def test_scans_of_a_refused_entry_are_not_sent(village: Station):
    from app.store.exchange import Verdict

    attached(village, a_case(village))
    seq = village.store.head().seq
    refusal = Verdict(device=village.device, seq=seq, code="bad_body", facts={})
    hand(village, accepted=seq, verdicts=[refusal])
    assert attachments.unsent(village.store, 9) == []
    assert attachments.waiting(village.store) == (0, 0)


def test_scans_that_are_not_here_hold_up_no_others(village: Station):
    subject = a_case(village)
    digests = attached(village, subject, 3)
    hand(village, accepted=village.store.head().seq)
    attachments.forget(village.store, digests[:2])
    assert [one.digest for one in attachments.unsent(village.store, 1)] == digests[2:]
    assert attachment_upkeep.lost(village.store) == 2


def test_what_others_attached_is_not_here_and_never_sent_from_here(tmp_path: Path):
    district, wall = a_district(), Wall()
    village = a_station(district, VILLAGE, tmp_path / "v", wall=wall)
    township = a_station(district, TOWNSHIP, tmp_path / "t", wall=wall)
    (digest,) = attached(village, a_case(village))
    meet(village, township)
    assert attachments.has(township.store, [digest]) == set()
    assert attachments.waiting(township.store) == (0, 0)
    (page,) = some_scans()
    attachments.keep(township.store, page.sheet, page.content)
    attachments.note_lacking(township.store, [digest])
    hand(township, accepted=township.store.head().seq)
    assert attachments.unsent(township.store, 9) == []


def test_nothing_of_practice_is_sent(village: Station, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("app.store.practice.is_marked", lambda _db: True)
    with pytest.raises(NotInPractice):
        attachments.unsent(village.store, 1)


def test_a_rebuild_makes_the_rows_again_and_leaves_the_queue(village: Station):
    (digest,) = attached(village, a_case(village))
    before = village.store.database.rows("SELECT * FROM sheet")
    with village.store.changing():
        village.store.database.run("DELETE FROM sheet")
    assert verify(village.store).problems == ["rows:sheet"]
    with village.store.changing():
        rebuild(village.store)
    assert village.store.database.rows("SELECT * FROM sheet") == before
    hand(village, accepted=village.store.head().seq)
    assert [one.digest for one in attachments.unsent(village.store, 9)] == [digest]
