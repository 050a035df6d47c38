"""A ledger that an older program wrote goes on where it was."""

from pathlib import Path

from app.journal.refs import Ref
from sync.centre.ledger import FILE, Ledger
from tests.sync.attaching import a_sheet, names
from tests.sync.builders import (
    DISTRICT,
    KEY,
    OTHER_TOWNSHIP,
    TOWNSHIP,
    VILLAGE,
    ACentre,
    a_centre,
    a_pen,
    opened,
    wires_in,
)


def taken_back(centre: ACentre, to: int, *steps: str) -> None:
    """The ledger as the program with so many migrations would have left it."""
    database = centre.ledger.database
    for step in steps:
        database.run(step)
    database.run(
        "DELETE FROM schema_migration WHERE CAST(substr(name, 1, 4) AS INTEGER) > ?", (to,)
    )
    database.run(f"PRAGMA user_version = {to}")
    centre.ledger.close()


_WITHOUT_SCANS = (
    "DROP TABLE attachment_reference",
    "DROP TABLE attachment_upload",
    "DROP TABLE attachment_piece",
    "DROP TABLE attachment",
)
_WITHOUT_ACTS = (
    "DROP TABLE act",
    "DROP TABLE act_head",
    "ALTER TABLE token DROP COLUMN given_ms",
    "ALTER TABLE token DROP COLUMN waiting",
)
_WITHOUT_MOVES = (
    "DROP TABLE moved",
    "ALTER TABLE device DROP COLUMN even_ms",
    "ALTER TABLE device DROP COLUMN over_ms",
)
_WITHOUT_DESTRUCTION = (
    *_WITHOUT_SCANS,
    *_WITHOUT_ACTS,
    *_WITHOUT_MOVES,
    "DROP TABLE destruction",
    "DROP INDEX entry_subject",
    "ALTER TABLE entry DROP COLUMN subject_device",
    "ALTER TABLE entry DROP COLUMN subject_seq",
)


def test_cards_that_went_to_the_regions_below_go_to_the_whole_district(tmp_path: Path):
    centre = a_centre(tmp_path)
    desk, far, writer = (a_pen(centre, place) for place in (DISTRICT, OTHER_TOWNSHIP, TOWNSHIP))
    card = writer.write(kind="operator.added")
    writer.send()
    centre.ledger.database.run(  # as it was fed then
        "UPDATE feed SET township = ? WHERE position = (SELECT head FROM district)", (TOWNSHIP,)
    )
    desk.send()
    far.cursor = desk.cursor
    taken_back(
        centre,
        1,
        *_WITHOUT_DESTRUCTION,
        "DROP INDEX feed_published",
        "CREATE INDEX feed_publication ON feed (township, position) WHERE publication = 1 AND village = ''",
    )

    centre = opened(tmp_path, centre.wall)
    for pen in (desk, far):
        pen.centre = centre

    assert wires_in(far.send()) == [card]
    assert far.send().runs == []
    fresh = a_pen(centre, OTHER_TOWNSHIP)
    assert wires_in(fresh.send()).count(card) == 1
    plan = centre.ledger.database.rows("SELECT name FROM sqlite_master WHERE type = 'index'")
    assert ("feed_published",) in plan


def test_what_came_before_is_found_by_the_case_that_it_is_about(tmp_path: Path):
    centre = a_centre(tmp_path)
    village, township = a_pen(centre, VILLAGE), a_pen(centre, TOWNSHIP)
    village.write()
    village.send()
    case = Ref(village.device, 1)
    township.write(kind="case.taken_over", region=VILLAGE, subject=case, after=(case,))
    township.send()
    pairs = (
        "SELECT device, seq, subject_device, subject_seq FROM entry WHERE subject_seq IS NOT NULL"
    )
    before = centre.ledger.database.rows(pairs)
    assert (
        centre.device(township.device).n, 1, centre.device(village.device).n, 1
    ) in before  # fmt: skip
    taken_back(centre, 2, *_WITHOUT_DESTRUCTION)
    ledger = Ledger.open(tmp_path / FILE, KEY)
    assert sorted(ledger.database.rows(pairs)) == sorted(before)
    ledger.close()


def test_scans_that_were_named_before_the_centre_knew_any_are_asked_for(tmp_path: Path):
    """Stations may have a newer program than their centre: what it could not read it held."""
    centre = a_centre(tmp_path)
    pen, sheet = a_pen(centre, VILLAGE), a_sheet(b"a scan")
    names(pen, sheet)
    held = "UPDATE entry SET held = 1 WHERE seq = 2 AND device = (SELECT max(n) FROM device)"
    taken_back(centre, 3, *_WITHOUT_SCANS, *_WITHOUT_ACTS, *_WITHOUT_MOVES, held)

    pen.centre = opened(tmp_path, centre.wall)

    assert pen.send().lacks == [sheet.digest]
