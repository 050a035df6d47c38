"""Which entries name which scans."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from app.domain import events
from app.domain.attachments import LARGEST_SHEET
from app.store import attachments, sheet_rows
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    Station,
    Wall,
    a_case,
    a_district,
    a_station,
    an_entry,
    meet,
)
from tests.scanned import a_sheet, attached


@pytest.fixture
def village(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path / "village")


def test_sheets_that_could_not_be_are_passed_over(village: Station):
    """What another program wrote: the rows name what can be fetched and kept, and nothing else."""
    good = a_sheet(b"good")
    wrong = (
        structs.replace(good, size=LARGEST_SHEET + 1),
        structs.replace(good, digest=b""),
        structs.replace(good, width=0),
    )
    body = events.AttachmentAdded(material=0, sheets=(good, *wrong))
    subject = a_case(village)
    (opened,) = village.store.history(subject)
    written = an_entry(village.device, 99, body=body, subject=subject, after=(subject,))
    assert sheet_rows.named_by(written) == (good,)
    assert sheet_rows.named_by(opened) == ()
    assert sheet_rows.named_by(structs.replace(written, body=b"\xc1")) == ()


def test_what_is_erased_is_doomed_unless_another_entry_names_it(village: Station):
    first, second = a_case(village, name="韦一"), a_case(village, name="蒙二")
    (shared,) = attached(village, first)
    attached(village, second, 2)
    entries = [one for one in village.store.history(second) if one.kind == "attachment.added"]
    with village.store.changing():
        sheet_rows.forget(village.store, entries)
    doomed = {bytes(row[0]) for row in village.store.database.rows("SELECT * FROM doomed_sheet")}
    left = {bytes(row[0]) for row in village.store.database.rows("SELECT digest FROM sheet")}
    assert left == {shared}
    assert len(doomed) == 1
    assert shared not in doomed


def test_a_page_of_a_destroyed_file_that_only_others_still_name_waits_no_more(tmp_path: Path):
    """The centre has it from them, and would not have it from here. Found by the simulator."""
    district, wall = a_district(), Wall()
    village = a_station(district, VILLAGE, tmp_path / "v", wall=wall)
    township = a_station(district, TOWNSHIP, tmp_path / "t", wall=wall)
    mine = a_case(township)
    assert attached(township, mine) == attached(village, a_case(village))
    meet(village, township)
    assert attachments.waiting(township.store)[0] == 1
    entries = [one for one in township.store.history(mine) if one.kind == "attachment.added"]
    with township.store.changing():
        sheet_rows.forget(township.store, entries)
    assert attachments.waiting(township.store) == (0, 0)
    assert township.store.database.row("SELECT 1 FROM unsent_sheet") is None
    assert township.store.database.row("SELECT 1 FROM doomed_sheet") is None
