"""Backups of a real store: whole, of one moment, checked, or not there at all."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from app.store import backup, backup_file, backup_notes, database, keyslots
from app.store.backup import DATABASE, DATABASE_KEY, BackupUnderWay, Part
from app.store.backup_file import DamagedBackup
from app.store.database import DamagedDatabase, DiskFull
from app.store.files import FileNotWritten
from app.store.opening import beside
from app.store.store import ATTACHMENTS, Store
from tests.builders import VILLAGE, Station, a_case, a_district, a_station
from tests.disks import small_disk

PASSPHRASE = "湖塘村的备份"
LOCK = backup_file.lock_of(PASSPHRASE)


@pytest.fixture
def village(tmp_path: Path) -> Station:
    station = a_station(a_district(), VILLAGE, tmp_path / "village")
    keyslots.create(
        station.store.folder, keyslots.Unlock(passphrase="for tests"), station.store.key
    )
    a_case(station, name="韦一")
    return station


def members_of(path: Path) -> dict[str, bytes]:
    with path.open("rb") as file:
        opening = backup_file.read_header(file, str(path))
        key = backup_file.key_by_passphrase(opening, PASSPHRASE)
        held = {one.name: b"" for one in opening.about.members}
        for member, part in backup_file.pieces(file, opening, key):
            held[member.name] += part
    return held


def left_over(station: Station, folder: Path) -> list[Path]:
    return [
        *station.store.folder.glob(f"{backup.COPY}*"),
        *station.store.folder.glob(f"{backup.SCANS_COPY}*"),
        *folder.glob("*.new"),
    ]


def test_it_holds_the_database_its_key_and_the_slots_and_nothing_of_the_identity(
    village: Station, tmp_path: Path
):
    note = backup.back_up(village.store, tmp_path / "b", LOCK)
    held = members_of(tmp_path / "b")
    assert list(held) == [DATABASE_KEY, "keys", DATABASE, ATTACHMENTS]
    assert held[DATABASE_KEY] == village.store.key
    (tmp_path / "copy.db").write_bytes(held[DATABASE])
    db = database.connect(tmp_path / "copy.db", village.store.key)
    assert db.row("SELECT count(*) FROM entry") == (note.entries,)
    assert db.row("SELECT count(*) FROM case_row") == (1,)
    db.close()
    raw = (tmp_path / "b").read_bytes() + b"".join(held.values())
    own = village.store.identity
    for secret in (own.keys.sign_private, own.keys.seal_private, own.token):
        assert secret not in raw
    assert not left_over(village, tmp_path)


def test_nothing_in_it_is_readable_without_a_key(village: Station, tmp_path: Path):
    backup.back_up(village.store, tmp_path / "b", LOCK)
    raw = (tmp_path / "b").read_bytes()
    assert village.store.key not in raw
    assert "韦一".encode() not in raw
    assert (tmp_path / "b").stat().st_mode & 0o077 == 0


def test_the_store_remembers_it(village: Station, tmp_path: Path):
    assert backup_notes.last_backup(village.store) is None
    note = backup.back_up(village.store, tmp_path / "b", LOCK)
    assert backup_notes.last_backup(village.store) == note
    assert note.size == (tmp_path / "b").stat().st_size
    assert note.head_seq == village.store.head().seq


def test_its_header_says_what_it_is_of(village: Station, tmp_path: Path):
    backup.back_up(village.store, tmp_path / "b", LOCK)
    with (tmp_path / "b").open("rb") as file:
        about = backup_file.read_header(file, "b").about
    head = village.store.head()
    assert (about.head_seq, about.head_digest) == (head.seq, head.digest)
    assert (about.device, about.region) == (village.device, VILLAGE)
    assert about.entries == village.store.journal.count()


def test_somebody_may_go_on_writing_meanwhile(village: Station, tmp_path: Path):
    """Between any two looks of the copy another connection writes; the backup is of one moment all the same."""
    other = beside(village.store)
    written = 0

    def write(_part: Part, _share: float) -> None:
        nonlocal written
        other.remember(f"written {written}", b"x")
        written += 1

    backup.back_up(village.store, tmp_path / "b", LOCK, write)
    other.close()
    assert written > 4
    held = members_of(tmp_path / "b")
    (tmp_path / "copy.db").write_bytes(held[DATABASE])
    db = database.connect(tmp_path / "copy.db", village.store.key)
    backup.check_pages(db)
    db.close()


# --- what goes wrong ------------------------------------------------------------------------------


class Enough(Exception):
    pass


@pytest.mark.parametrize("part", list(Part))
def test_whoever_stops_it_finds_everything_as_it_was(village: Station, tmp_path: Path, part: Part):
    with village.store.database.writing():
        for n in range(2000):
            village.store.remember(f"filling {n}", b"x")
    (tmp_path / "b").write_bytes(b"the one before")

    def stop(now: Part, _share: float) -> None:
        if now is part:
            raise Enough

    with pytest.raises(Enough):
        backup.back_up(village.store, tmp_path / "b", LOCK, stop)
    assert (tmp_path / "b").read_bytes() == b"the one before"
    assert backup_notes.last_backup(village.store) is None
    assert not left_over(village, tmp_path)
    backup.back_up(village.store, tmp_path / "b", LOCK)


@pytest.mark.parametrize(("number", "why"), [(errno.ENOSPC, "full"), (errno.EIO, "closed")])
def test_a_full_or_broken_stick_leaves_the_backup_that_was_there(
    village: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, why: str
):
    (tmp_path / "b").write_bytes(b"the one before")

    def fails(_handle: int) -> None:
        raise OSError(number, "")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(FileNotWritten) as refused:
        backup.back_up(village.store, tmp_path / "b", LOCK)
    assert refused.value.facts["why"] == why
    assert (tmp_path / "b").read_bytes() == b"the one before"
    assert not left_over(village, tmp_path)


def test_a_stick_that_is_really_full_is_said_and_holds_nothing_half(
    village: Station, tmp_path: Path
):
    with small_disk(tmp_path / "stick", 200) as stick:
        with pytest.raises(FileNotWritten) as refused:
            backup.back_up(village.store, stick / "b", LOCK)
        assert refused.value.facts["why"] == "full"
        assert not [*stick.iterdir()]


def test_a_disk_without_room_for_the_copy_is_said_and_work_goes_on(
    village: Station, tmp_path: Path
):
    folder = village.store.folder
    village.store.database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    size_kb = (folder / "daiban.db").stat().st_size // 1024
    with small_disk(tmp_path / "disk", size_kb + 300) as disk:
        shutil.copytree(folder, disk / "data")
        db = database.connect(disk / "data" / "daiban.db", village.store.key)
        own = village.store
        here = Store(disk / "data", own.key, db, own.identity, own.wall)
        with pytest.raises(DiskFull):
            backup.back_up(here, tmp_path / "b", LOCK)
        assert not [*(disk / "data").glob(f"{backup.COPY}*")]
        assert not (tmp_path / "b").exists()
        here.remember("still", b"written")
        here.close()


def test_bytes_that_the_stick_changed_are_found_when_they_are_read_back(
    village: Station, tmp_path: Path
):
    fresh = tmp_path / "b.new"
    (tmp_path / "b").write_bytes(b"the one before")

    class Spoiling(backup_file.Sealer):
        def finish(self) -> None:
            super().finish()
            self._file.flush()
            with fresh.open("r+b") as file:
                file.seek(-10, os.SEEK_END)
                file.write(b"x" * 10)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(backup, "Sealer", Spoiling)
        with pytest.raises(DamagedBackup):
            backup.back_up(village.store, tmp_path / "b", LOCK)
    assert (tmp_path / "b").read_bytes() == b"the one before"


def test_a_damaged_store_makes_no_backup_that_looks_like_one(village: Station, tmp_path: Path):
    village.store.database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    path = village.store.folder / "daiban.db"
    fresh = database.connect(path, village.store.key)
    size = path.stat().st_size
    with path.open("r+b") as file:
        for place in range(size // 2, size - 4096, 8192):
            file.seek(place)
            file.write(os.urandom(64))
    village.store.database.close()
    village.store.database = fresh
    with pytest.raises(DamagedDatabase):
        backup.back_up(village.store, tmp_path / "b", LOCK)
    assert not (tmp_path / "b").exists()
    assert not left_over(village, tmp_path)


def test_two_at_a_time_are_one_too_many(village: Station, tmp_path: Path):
    def again(_part: Part, _share: float) -> None:
        backup.back_up(village.store, tmp_path / "c", LOCK)

    with pytest.raises(BackupUnderWay):
        backup.back_up(village.store, tmp_path / "b", LOCK, again)


def test_what_a_killed_one_left_goes_with_the_next(village: Station, tmp_path: Path):
    for name in (f"{backup.COPY}.new", f"{backup.COPY}.new-journal"):
        (village.store.folder / name).write_bytes(b"half")
    name = backup.file_name(village.store)
    (tmp_path / f"{name}.new").write_bytes(b"half")
    backup.back_up_into(village.store, tmp_path, LOCK)
    assert not left_over(village, tmp_path)


# --- rotation -------------------------------------------------------------------------------------


def test_a_folder_keeps_the_newest_and_everything_that_is_not_ours(
    village: Station, tmp_path: Path
):
    folder = tmp_path / "stick"
    folder.mkdir()
    others = [
        "daiban-450305200204-A1-20200101-000000.daiban-backup",
        "daiban-450305200201-A9-20200101-000000.daiban-backup",
        "照片.jpg",
        "daiban-450305200201-A2-2020.daiban-backup",
    ]
    for name in others:
        (folder / name).write_bytes(b"not ours")
    mine = []
    for _ in range(4):
        village.wall.turn(days=1)
        mine.append(Path(backup.back_up_into(village.store, folder, LOCK, keep=2).file).name)
    assert sorted(one.name for one in folder.iterdir()) == sorted([*others, *mine[-2:]])


def test_a_clock_that_was_set_back_does_not_cost_the_backup_that_was_just_made(
    village: Station, tmp_path: Path
):
    folder = tmp_path / "stick"
    folder.mkdir()
    for _ in range(2):
        backup.back_up_into(village.store, folder, LOCK, keep=2)
        village.wall.turn(days=1)
    village.wall.turn(days=-400)
    note = backup.back_up_into(village.store, folder, LOCK, keep=2)
    assert Path(note.file).exists()


def test_backups_of_an_earlier_life_are_rotated_with_the_rest(village: Station, tmp_path: Path):
    before = "daiban-450305200201-B2-20200101-000000.daiban-backup"
    (tmp_path / before).write_bytes(b"ours, of another life")
    backup.back_up_into(village.store, tmp_path, LOCK, keep=1)
    assert not (tmp_path / before).exists()
