"""What waits for the line, and what failed, with the case that it belongs to."""

import pytest

from app.store.sheet_faults import note_fault, note_sound
from app.usecases import attachments
from app.usecases.scans_under_way import ScansUnderWay, under_way
from tests.builders import VILLAGE, a_case, a_district, a_station
from tests.ui.desktop.scans.papers import png


@pytest.fixture
def village(tmp_path):
    station = a_station(a_district(), VILLAGE, tmp_path / "village")
    yield station
    station.store.close()


def test_a_station_without_scans_has_nothing_under_way(village):
    assert under_way(village.store) == ScansUnderWay()


def test_they_are_counted_and_a_failed_one_names_its_case(village):
    case = a_case(village)
    scans = [attachments.read_images(png(mark), "页")[0] for mark in (1, 2)]
    attachments.attach(village.store, case, 0, scans, village.head)
    digest = scans[0].sheet.digest
    note_fault(village.store, digest, "sheet_damaged")
    note_fault(village.store, digest, "sheet_damaged")
    found = under_way(village.store)
    assert (found.waiting, found.waiting_bytes) == (2, sum(one.sheet.size for one in scans))
    (fault,) = found.faults
    assert fault.row is not None
    assert (fault.code, fault.times, fault.row.subject) == ("sheet_damaged", 2, case)
    note_sound(village.store, digest)
    assert under_way(village.store).faults == ()


def test_a_fault_of_a_scan_that_no_entry_names_any_more_is_still_told(village):
    note_fault(village.store, bytes(32), "no_such_sheet")
    (fault,) = under_way(village.store).faults
    assert fault.row is None
