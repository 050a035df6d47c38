"""Scans of a destroyed file: nothing of them is left at the centre, unless another file names them too."""

import pytest

from sync.client.fetching import fetch
from tests.archives import TEN_YEARS, appraise, archive, destroy
from tests.builders import a_case, act
from tests.bytes_left import holds
from tests.sync.attaching import at_centre, attached, some_bytes
from tests.sync.builders import (
    KEY,
    TOWNSHIP,
    VILLAGE,
    Line,
    Weather,
    a_centre,
    a_station,
    exchange,
)

pytestmark = pytest.mark.usefixtures("on_each")
MARKS = ("在图的开头", "在图的中间", "在图的末尾")


def a_scan(size=60_000, seed=1):
    """Bytes in which something can be found again, wherever a page of the database begins."""
    marked = some_bytes(size // 2, seed=seed)
    return b"".join((MARKS[0].encode(), marked, MARKS[1].encode(), marked[::-1], MARKS[2].encode()))


class Room:
    def __init__(self, folder):
        self.centre = a_centre(folder / "c")
        self.village = a_station(self.centre, VILLAGE, folder / "v")
        self.township = a_station(self.centre, TOWNSHIP, folder / "t")

    def exchange(self):
        for station in (self.village, self.township, self.village):
            exchange(station, self.centre)

    def closed(self, *contents):
        """A case with these scans that the township has refused."""
        case = a_case(self.village)
        sheets = attached(self.village, case, *contents)
        act(self.village, case, "forward")
        self.exchange()
        act(self.township, case, "take_over")
        act(self.township, case, "refuse", reason="不符合条件")
        self.exchange()
        return case, sheets

    def destroyed(self, *cases):
        for case in cases:
            archive(self.township, case)
        self.exchange()
        self.centre.wall.turn(days=TEN_YEARS)
        for case in cases:
            appraise(self.township, case)
            self.exchange()
            destroy(self.township, case)

    def destroyed_without_the_village(self, case):
        exchange(self.township, self.centre)
        archive(self.township, case)
        self.centre.wall.turn(days=TEN_YEARS)
        appraise(self.township, case)
        exchange(self.township, self.centre)
        destroy(self.township, case)
        exchange(self.township, self.centre)

    def left(self):
        return holds(self.centre.folder, KEY, *MARKS)

    def rows(self):
        tables = ("attachment", "attachment_reference", "attachment_upload", "attachment_piece")
        database = self.centre.ledger.database
        return [database.row(f"SELECT count(*) FROM {table}")[0] for table in tables]


@pytest.fixture
def room(on_each, tmp_path):
    return Room(tmp_path)


def test_nothing_of_a_destroyed_files_scans_is_left(room):
    case, sheets = room.closed(a_scan())
    assert at_centre(room.centre, *sheets) == sheets

    room.destroyed(case)
    room.exchange()

    assert room.rows() == [0, 0, 0, 0]
    assert room.left() == set()
    assert fetch(room.township.store, Line(room.centre), sheets).failed


def test_nothing_is_left_of_one_that_was_under_way_either(room, monkeypatch):
    monkeypatch.setattr("sync.client.sheet_pace.SMALLEST", 30_000)
    case = a_case(room.village)
    attached(room.village, case, a_scan())
    act(room.village, case, "forward")
    # The exchange, a look, and the first piece; then the line is gone.
    clear = [Weather.CLEAR] * 3
    exchange(room.village, room.centre, [*clear, *[Weather.LOST_REQUEST] * 9])
    assert room.rows() == [0, 1, 1, 1]
    exchange(room.township, room.centre)
    act(room.township, case, "take_over")
    act(room.township, case, "refuse", reason="不符合条件")
    room.destroyed_without_the_village(case)

    assert room.rows() == [0, 0, 0, 0]
    assert room.left() == set()
    room.exchange()
    assert exchange(room.village, room.centre).sheets_waiting == 0


def test_a_scan_that_another_file_names_stays_until_that_one_goes_too(room):
    first, sheets = room.closed(a_scan())
    second, _ = room.closed(a_scan())
    room.destroyed(first)
    room.exchange()

    assert at_centre(room.centre, *sheets) == sheets
    assert fetch(room.township.store, Line(room.centre), sheets).failed == {}
    room.destroyed(second)
    room.exchange()

    assert room.rows() == [0, 0, 0, 0]
    assert room.left() == set()


def test_what_comes_after_its_file_was_destroyed_is_not_asked_for(room):
    """The village attaches something while it has not heard of the destruction."""
    case, _ = room.closed(a_scan())
    attached(room.village, case, a_scan(seed=2))
    room.destroyed_without_the_village(case)

    report = exchange(room.village, room.centre)

    assert room.rows() == [0, 0, 0, 0]
    assert report.sheets == 0
    room.exchange()
    assert exchange(room.village, room.centre).sheets_waiting == 0
    assert room.left() == set()
