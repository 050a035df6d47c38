"""What a centre says of scans, without routes."""

import pytest

from app.store.database import DiskFull
from sync import tus
from sync.centre.attachment_desk import Attachments
from sync.centre.sqlite import SqliteDatabase
from tests.sync.attaching import a_sheet, names, some_bytes
from tests.sync.builders import VILLAGE, a_centre, a_pen


def test_a_disk_that_is_full_amid_a_first_piece_is_said_to_be_full_and_nothing_of_it_stays(
    tmp_path,
):
    """SQLite takes back all of the transaction, savepoints too. Found by the simulator."""
    centre = a_centre(tmp_path / "centre")
    village = a_pen(centre, VILLAGE)
    content = some_bytes(60_000)
    sheet = a_sheet(content)
    names(village, sheet)
    said = {
        "tus-resumable": tus.VERSION,
        "upload-length": str(sheet.size),
        "upload-metadata": tus.metadata({tus.DIGEST: sheet.digest.hex()}),
    }
    desk = Attachments(centre.ledger, centre.wall)
    database = centre.ledger.database
    assert isinstance(database, SqliteDatabase)
    file = database.file
    (pages,) = file.row("PRAGMA page_count")
    file.run(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(DiskFull):
        desk.begin(village.token, said, content)
    assert not file.in_transaction()
    file.run("PRAGMA max_page_count = 1000000")
    assert desk.begin(village.token, said, content).status == 201
    assert file.row("SELECT count(*) FROM attachment") == (1,)
