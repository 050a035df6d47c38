"""verify: whatever was changed behind the program's back is found."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from app.domain import events
from app.journal.certificate import SignedCertificate
from app.journal.keys import DeviceKeys
from app.store import opening
from app.store.database import DamagedDatabase
from app.store.keyslots import Unlock
from app.store.opening import open_store
from app.store.verify import verify
from app.usecases import enrolment, lookup
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    act,
    an_entry,
    an_identity,
    meet,
)


@pytest.fixture
def village(tmp_path: Path) -> Station:
    """Its own cases in several states, and what a township did with them."""
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path / "v")
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    meet(village, township)
    subjects = [a_case(village, name=f"韦{number}") for number in range(3)]
    act(village, subjects[0], "forward")
    meet(village, township)
    act(township, subjects[0], "take_over")
    meet(village, township)
    return village


def number(station: Station) -> int:
    return station.store.journal.number_of(station.device)


def test_a_store_that_nobody_touched_is_well(village: Station):
    checked = verify(village.store)
    assert checked.ok
    assert checked.problems == []
    assert checked.own == village.store.head().seq
    assert checked.entries == village.store.journal.count() == checked.own + checked.foreign


def test_looking_changes_nothing(village: Station):
    rows, published = lookup.listed(village.store), village.store.recall("published")
    before = village.store.database.row("SELECT total_changes()")
    for _ in range(2):
        assert verify(village.store).ok
    assert lookup.listed(village.store) == rows
    assert village.store.recall("published") == published
    assert before is not None
    a_case(village)
    assert verify(village.store).ok


def test_any_flipped_byte_of_any_own_entry_is_found(village: Station):
    db = village.store.database
    rows = db.rows("SELECT seq, wire FROM entry WHERE device = ?", (number(village),))
    for seq, wire in rows:
        for place in range(0, len(wire), 7):
            flipped = bytearray(wire)
            flipped[place] ^= 0x10
            _put(village, seq, bytes(flipped))
            checked = verify(village.store)
            assert not checked.ok, (seq, place)
            assert any(f":{seq}" in problem for problem in checked.problems)
        _put(village, seq, bytes(wire))
    assert verify(village.store).ok


def _put(station: Station, seq: int, wire: bytes) -> None:
    station.store.database.run(
        "UPDATE entry SET wire = ? WHERE device = ? AND seq = ?", (wire, number(station), seq)
    )


CHANGES = {
    "an entry taken from the middle": "DELETE FROM entry WHERE device = :own AND seq = 3",
    "the last entry taken": "DELETE FROM entry WHERE device = :own AND seq = :last",
    "a digest changed": "UPDATE entry SET digest = zeroblob(32) WHERE device = :own AND seq = 2",
    "a foreign entry taken": "DELETE FROM entry WHERE device <> :own AND NOT publication",
    "a row taken": "DELETE FROM case_row WHERE n = 2",
    "a row moved": "UPDATE case_row SET subject_seq = subject_seq + 90 WHERE n = 2",
    "a name changed": "UPDATE case_row SET applicant = '莫须有' WHERE n = 1",
    "a state changed": "UPDATE case_row SET state = 'decided' WHERE n = 1",
    "a deadline changed": "UPDATE case_row SET due = '2030-01-01' WHERE n = 1",
    "the search emptied": "INSERT INTO case_text (case_text) VALUES ('delete-all')",
    "a word too much in the search": "INSERT INTO case_text (rowid, terms) VALUES (1, '莫')",
    "the running number set back": "UPDATE running SET last = last - 1",
    "a case that waits for nothing": "INSERT INTO waiting VALUES (1, 1, 'item')",
    "a publication hidden": "UPDATE entry SET publication = 0 WHERE device = :own",
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_is_found(village: Station, change: str):
    sql = CHANGES[change].replace(":own", str(number(village)))
    village.store.database.run(sql.replace(":last", str(village.store.head().seq)))
    checked = verify(village.store)
    assert not checked.ok
    assert checked.problems


def test_entries_that_changed_places_are_found(village: Station):
    wires = village.own_run()[2]
    _put(village, 3, wires[3])
    _put(village, 4, wires[2])
    assert verify(village.store).problems == [f"chain:{village.device.hex()}:3"]


def test_a_certificate_nobody_signed_is_found(village: Station):
    signed = village.district.certify(DeviceKeys.generate(), VILLAGE, publish=False)
    body = events.DeviceCertified(certificate=SignedCertificate(signed.payload, bytes(64)))
    forged = an_entry(village.district.device, 900, body=body)
    village.store.journal.add([(forged, None, False)])
    assert any("bad_certificate" in problem for problem in verify(village.store).problems)


def test_a_changed_byte_on_the_disk_is_found(tmp_path: Path):
    unlock = Unlock(passphrase="for tests")
    store = enrolment.settle(tmp_path, unlock, who=an_identity(a_district(), VILLAGE))
    store.database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    path = tmp_path / opening.FILE
    good = path.read_bytes()
    pages = len(good) // 4096
    missed = []
    for page in range(1, pages):
        changed = bytearray(good)
        changed[page * 4096 + 100] ^= 1
        path.write_bytes(bytes(changed))
        try:
            store = open_store(tmp_path, unlock)
            missed += [page] if verify(store).ok else []
            store.close()
        except DamagedDatabase:
            continue
    assert missed == []


def test_an_answer_is_a_list_of_codes_with_places(village: Station):
    _put(village, 2, b"\xc1")
    problems = verify(village.store).problems
    assert problems[0] == f"bad_entry:{village.device.hex()}:2"
    assert msgspec.json.encode(problems)
