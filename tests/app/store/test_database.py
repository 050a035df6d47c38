"""The encrypted database: errors with our names, transactions whole or not at all, upgrades after a copy."""

from __future__ import annotations

import os
import shutil
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from app.store import database
from app.store.database import (
    DamagedDatabase,
    Database,
    DiskFull,
    StoreBusy,
    StoreOutOfReach,
    StoreTooNew,
    bring_up_to_date,
    connect,
)

KEY = bytes(range(32))
FIRST = "def up(migrator, db):\n    db.execute_sql('CREATE TABLE note (text)')\n"
SECOND = "def up(migrator, db):\n    db.execute_sql('ALTER TABLE note ADD COLUMN day')\n"
BROKEN = "def up(migrator, db):\n    db.execute_sql('ALTER TABLE note ADD COLUMN')\n"


def a_database(folder: Path) -> Database:
    db = connect(folder / "some.db", KEY)
    db.run("CREATE TABLE IF NOT EXISTS note (text)")
    return db


def migrations(folder: Path, *steps: str) -> Path:
    place = folder / f"migrations{len(steps)}"
    place.mkdir(exist_ok=True)
    for number, text in enumerate(steps, 1):
        (place / f"{number:04}_step.py").write_text(text)
    return place


def test_nothing_written_is_readable_on_the_disk(tmp_path: Path):
    db = a_database(tmp_path)
    db.run("INSERT INTO note VALUES ('韦小妹 450305196203151028')")
    db.close()
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"450305196203151028" not in raw
    assert not raw.startswith(b"SQLite format 3")


def test_another_key_opens_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    a_database(tmp_path).close()
    with pytest.raises(DamagedDatabase):
        connect(tmp_path / "some.db", bytes(32))
    assert capfd.readouterr() == ("", "")  # how it is said is not the library's business


@pytest.mark.parametrize(
    "content", [b"x" * 100, b"SQLite format 3\x00" + bytes(4080), os.urandom(8192)]
)
def test_a_file_that_is_no_database_is_damaged(tmp_path: Path, content: bytes):
    (tmp_path / "some.db").write_bytes(content)
    with pytest.raises(DamagedDatabase):
        connect(tmp_path / "some.db", KEY)


def test_damage_in_the_middle_is_named_when_it_is_met(tmp_path: Path):
    db = a_database(tmp_path)
    with db.writing():
        db.run_many("INSERT INTO note VALUES (?)", [("x" * 500,) for _ in range(500)])
    db.close()
    raw = bytearray((tmp_path / "some.db").read_bytes())
    raw[len(raw) // 2] ^= 1
    (tmp_path / "some.db").write_bytes(bytes(raw))
    db = connect(tmp_path / "some.db", KEY)
    with pytest.raises(DamagedDatabase):
        db.rows("SELECT * FROM note")


def test_the_settings_that_keep_what_was_written_are_on(tmp_path: Path):
    db = a_database(tmp_path)
    told = {
        name: db.row(f"PRAGMA {name}")[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    }
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def fill(db: Database, *, many: bool = False) -> None:
    """Write more than there is room for."""
    with db.writing():
        for _ in range(100):
            if many:
                db.run_many("INSERT INTO note VALUES (?)", [("x" * 1000,)] * 100)
            else:
                db.run("INSERT INTO note VALUES (?)", ("x" * 1000,))


def fail(db: Database) -> None:
    with db.writing():
        db.run("INSERT INTO note VALUES ('half')")
        raise ZeroDivisionError


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path):
    db = a_database(tmp_path)
    with pytest.raises(ZeroDivisionError):
        fail(db)
    assert db.rows("SELECT * FROM note") == []
    with db.writing():
        db.run("INSERT INTO note VALUES ('whole')")
    assert db.rows("SELECT * FROM note") == [("whole",)]


@pytest.mark.parametrize("number", [0, 1, 2, 7, 4096, 8193, 10_001])
def test_rows_are_inserted_in_their_order_however_many_there_are(tmp_path: Path, number: int):
    db = a_database(tmp_path)
    db.run("CREATE TABLE line (n, words)")
    rows = [(place, f"第{place}行") for place in range(number)]

    with db.writing():
        db.insert_rows("INSERT INTO line (n, words)", rows)

    assert db.rows("SELECT n, words FROM line ORDER BY rowid") == rows


def test_who_waits_too_long_for_another_writer_is_told(tmp_path: Path):
    one, other = a_database(tmp_path), a_database(tmp_path)
    other.run("PRAGMA busy_timeout = 10")
    with one.writing(), pytest.raises(StoreBusy), other.writing():
        pass
    with other.writing():
        other.run("INSERT INTO note VALUES ('later')")


def test_who_waits_comes_in_between_two_slices_of_a_long_writing(tmp_path: Path):
    """What an exchange does slice by slice must not keep the counter waiting to its end."""
    counter, exchange = a_database(tmp_path), a_database(tmp_path)
    begun, served = threading.Event(), threading.Event()

    def write_on() -> None:
        for _ in range(60):
            if served.is_set():
                break
            with exchange.writing():
                exchange.run("INSERT INTO note VALUES ('slice')")
                begun.set()
                time.sleep(0.05)
            time.sleep(database.GAP_S)

    thread = threading.Thread(target=write_on)
    thread.start()
    begun.wait()
    for _ in range(5):
        with counter.writing():
            counter.run("INSERT INTO note VALUES ('counter')")
    served.set()
    (slices,) = counter.row("SELECT count(*) FROM note WHERE text = 'slice'")
    thread.join()
    assert slices < 60
    assert counter.row("SELECT count(*) FROM note WHERE text = 'counter'") == (5,)


def test_waiting_for_a_turn_leaves_patience_as_it_was(tmp_path: Path):
    one, other = a_database(tmp_path), a_database(tmp_path)
    with one.writing():
        assert one.row("PRAGMA busy_timeout") == (database.BUSY_TIMEOUT_MS,)
        with one.writing():  # inside one's own, nobody waits
            one.run("INSERT INTO note VALUES ('inner')")
    other.run("PRAGMA busy_timeout = 10")
    with one.writing(), pytest.raises(StoreBusy), other.writing():
        pass
    assert other.row("PRAGMA busy_timeout") == (10,)


@pytest.mark.parametrize("many", [False, True])
def test_a_full_disk_is_named_and_nothing_is_half_written(tmp_path: Path, many: bool):
    db = a_database(tmp_path)
    (pages,) = db.row("PRAGMA page_count")
    db.run(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(DiskFull):
        fill(db, many=many)
    assert db.rows("SELECT count(*) FROM note") == [(0,)]
    db.run("PRAGMA max_page_count = 100000")
    with db.writing():
        db.run("INSERT INTO note VALUES ('again')")
    assert db.rows("SELECT * FROM note") == [("again",)]


def test_a_full_disk_amid_a_part_of_a_transaction_is_named_too(tmp_path: Path):
    db = a_database(tmp_path)
    (pages,) = db.row("PRAGMA page_count")
    db.run(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(DiskFull), db.writing():
        fill(db, many=False)  # a transaction of its own, and here a part of another
    assert db.rows("SELECT count(*) FROM note") == [(0,)]


def test_room_is_given_back_at_once_while_somebody_reads(tmp_path: Path):
    db = a_database(tmp_path)
    other = database.connect(Path(db.database), KEY)
    before = [
        db.row(f"PRAGMA {name}") for name in ("busy_timeout", "cache_size", "wal_autocheckpoint")
    ]
    db.make_room()
    fill(db, many=True)
    reading = other.run("SELECT * FROM note")
    assert reading.fetchone()
    db.run("PRAGMA busy_timeout = 600000")  # nobody waits for so long

    db.give_room_back()

    assert [
        db.row(f"PRAGMA {name}") for name in ("busy_timeout", "cache_size", "wal_autocheckpoint")
    ] == before
    other.close()


def test_a_part_that_fails_takes_back_itself_alone(tmp_path: Path):
    db = a_database(tmp_path)
    with db.writing():
        db.run("INSERT INTO note VALUES ('before')")
        with suppress(ZeroDivisionError), db.writing():
            db.run("INSERT INTO note VALUES ('amid')")
            raise ZeroDivisionError
    assert db.rows("SELECT * FROM note") == [("before",)]


def test_a_database_that_cannot_be_written_to_any_more_is_named(tmp_path: Path):
    db = a_database(tmp_path)
    db.run("PRAGMA query_only = 1")  # SQLite says the same of a folder without permission
    with pytest.raises(StoreOutOfReach), db.writing():
        db.run("INSERT INTO note VALUES ('late')")
    db.run("PRAGMA query_only = 0")
    assert db.rows("SELECT count(*) FROM note") == [(0,)]


def test_a_mistake_of_ours_is_not_taken_for_a_full_disk(tmp_path: Path):
    db = a_database(tmp_path)
    with pytest.raises(Exception, match="no such column: full") as wrong:
        db.rows("SELECT full FROM note")
    assert not isinstance(wrong.value, DiskFull)


# --- upgrades -------------------------------------------------------------------------------------


def upgraded(folder: Path, *steps: str) -> Database:
    db = connect(folder / "some.db", KEY)
    bring_up_to_date(db, migrations(folder, *steps))
    return db


def test_a_new_database_gets_every_step_and_no_copy(tmp_path: Path):
    db = upgraded(tmp_path, FIRST, SECOND)
    assert db.row("PRAGMA user_version") == (2,)
    db.run("INSERT INTO note (text, day) VALUES ('a', 'b')")
    assert list(tmp_path.glob("*before*")) == []


def test_an_upgrade_keeps_what_is_there_and_leaves_a_copy_under_the_same_key(tmp_path: Path):
    db = upgraded(tmp_path, FIRST)
    db.run("INSERT INTO note VALUES ('kept')")
    db.close()
    db = upgraded(tmp_path, FIRST, SECOND)
    assert db.rows("SELECT text, day FROM note") == [("kept", None)]
    copy = connect(tmp_path / "some.db.before-2", KEY)
    assert copy.row("PRAGMA user_version") == (1,)
    assert copy.rows("SELECT * FROM note") == [("kept",)]
    copy.close()
    assert b"kept" not in (tmp_path / "some.db.before-2").read_bytes()


def test_an_upgrade_that_was_interrupted_is_done_again(tmp_path: Path):
    db = upgraded(tmp_path, FIRST)
    db.run("INSERT INTO note VALUES ('kept')")
    db.close()
    broken = migrations(tmp_path, FIRST, BROKEN)
    for _ in range(2):
        db = connect(tmp_path / "some.db", KEY)
        with pytest.raises(Exception, match="incomplete input"):
            bring_up_to_date(db, broken)
        db.close()
    (tmp_path / "some.db.before-2.new").write_bytes(b"half a copy")
    db = upgraded(tmp_path, FIRST, SECOND)
    assert db.rows("SELECT text FROM note") == [("kept",)]
    assert sorted(path.name for path in tmp_path.glob("*before*")) == ["some.db.before-2"]


def test_a_database_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path):
    upgraded(tmp_path, FIRST, SECOND).close()
    before = (tmp_path / "some.db").read_bytes()
    db = connect(tmp_path / "some.db", KEY)
    with pytest.raises(StoreTooNew) as refused:
        bring_up_to_date(db, migrations(tmp_path, FIRST))
    assert refused.value.facts == {"database": 2, "program": 1}
    db.close()
    assert (tmp_path / "some.db").read_bytes() == before


def test_nothing_is_done_to_a_database_that_is_up_to_date(tmp_path: Path):
    upgraded(tmp_path, FIRST).close()
    shutil.rmtree(tmp_path / "migrations1")
    db = upgraded(tmp_path, FIRST)
    assert db.row("PRAGMA user_version") == (1,)
    assert list(tmp_path.glob("*before*")) == []


def test_errors_of_ours_pass_through_as_they_are():
    with pytest.raises(DiskFull), database.translated():
        raise DiskFull
