"""Scans in backups: they come back with their entries, and what is younger than the backup is not thrown away."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from app.store import (
    attachment_upkeep,
    attachments,
    backup,
    backup_file,
    database,
    keyslots,
    opening,
    restoring,
)
from app.store.backup_file import About, DamagedBackup, Member, Sealer
from app.store.keyslots import Unlock
from app.store.store import ATTACHMENTS, Store
from app.usecases import attachments as scans
from tests.builders import VILLAGE, Station, a_case, a_district, a_station
from tests.pictures import some_scans

PASSPHRASE = "湖塘村的备份"
LOCK = backup_file.lock_of(PASSPHRASE)
ONWARD = Unlock(passphrase="the new computer")


@pytest.fixture
def village(tmp_path: Path) -> Station:
    station = a_station(a_district(), VILLAGE, tmp_path / "village")
    keyslots.create(station.store.folder, Unlock(passphrase="for tests"), station.store.key)
    scans.attach(station.store, a_case(station), 0, some_scans(3), station.head)
    return station


def restored(path: Path, folder: Path, *, replace: bool = False) -> Store:
    restoring.restore(restoring.open_backup(path, PASSPHRASE), folder, ONWARD, replace=replace)
    key = keyslots.open_key(folder, ONWARD)
    held = database.connect(folder / opening.FILE, key)
    from app.store import lives

    assert lives.last_life(held)
    return Store(folder, key, held, msgspec.structs.replace(_nobody(), token=b""), lambda: 0)


def _nobody():
    from tests.builders import an_identity

    return an_identity(a_district(), VILLAGE)


def images_in(store: Store) -> set[bytes]:
    rows = store.attachments.rows("SELECT digest FROM content")
    found = {bytes(digest) for (digest,) in rows}
    assert all(attachments.content(store, digest) is not None for digest in found)
    return found


def test_scans_come_back_with_their_entries(village: Station, tmp_path: Path):
    backup.back_up(village.store, tmp_path / "b", LOCK)
    store = restored(tmp_path / "b", tmp_path / "new")
    assert images_in(store) == {page.sheet.digest for page in some_scans(3)}
    assert store.database.row("SELECT count(*) FROM unsent_sheet") == (3,)
    assert (store.folder / ATTACHMENTS).stat().st_mode & 0o077 == 0
    store.close()


def test_scans_younger_than_the_backup_stay_where_they_stand(village: Station, tmp_path: Path):
    """Their entries may be at the centre, and their bytes nowhere else."""
    backup.back_up(village.store, tmp_path / "b", LOCK)
    folder, more = village.store.folder, some_scans(5)
    scans.attach(village.store, a_case(village, name="蒙二"), 0, more, village.head)
    village.store.close()
    store = restored(tmp_path / "b", folder, replace=True)
    assert images_in(store) == {page.sheet.digest for page in more}
    store.close()
    (aside,) = folder.glob("before-restore-*")
    assert (aside / ATTACHMENTS).exists()


def test_damaged_scans_that_stand_there_are_put_aside_as_they_are(village: Station, tmp_path: Path):
    backup.back_up(village.store, tmp_path / "b", LOCK)
    folder = village.store.folder
    village.store.close()
    (folder / ATTACHMENTS).write_bytes(os.urandom(9000))
    store = restored(tmp_path / "b", folder, replace=True)
    assert len(images_in(store)) == 3
    store.close()


def an_old_backup(station: Station, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As format 1 was written: without scans."""
    copy = path.with_name("copy.db")
    station.store.database.run("VACUUM INTO ?", (str(copy),))
    keys = (station.store.folder / keyslots.FILE).read_bytes()
    contents = (
        (backup.DATABASE_KEY, station.store.key),
        (keyslots.FILE, keys),
        (backup.DATABASE, copy.read_bytes()),
    )
    head = station.store.head()
    about = About(
        created_ms=station.wall(),
        region=VILLAGE,
        station="湖塘村政务服务站",
        slot="A1",
        device=station.device,
        program="0.1",
        schema=12,
        entries=station.store.journal.count(),
        head_seq=head.seq,
        head_digest=head.digest,
        members=tuple(
            Member(name=name, size=len(content), digest=sha256(content).digest())
            for name, content in contents
        ),
    )
    monkeypatch.setattr(backup_file, "VERSION", 1)
    with path.open("wb") as file:
        key = backup_file.new_file_key()
        raw, recovery = msgspec.msgpack.encode(about), station.store.identity.recovery_public
        sealer = Sealer(file, key, backup_file.write_header(file, raw, key, LOCK, recovery))
        for _, content in contents:
            sealer.write(content)
        sealer.finish()
    monkeypatch.undo()
    copy.unlink()


def test_a_backup_of_an_older_program_is_read_as_before(
    village: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    an_old_backup(village, tmp_path / "old", monkeypatch)
    assert (tmp_path / "old").read_bytes()[8] == 1
    store = restored(tmp_path / "old", tmp_path / "new")
    assert images_in(store) == set()
    assert attachment_upkeep.lost(store) == 3
    store.close()


def test_changed_scans_are_found_before_anything_is_touched(village: Station, tmp_path: Path):
    backup.back_up(village.store, tmp_path / "b", LOCK)
    raw = bytearray((tmp_path / "b").read_bytes())
    raw[-100] ^= 1  # the last member is the scans
    (tmp_path / "b").write_bytes(raw)
    opened = restoring.open_backup(tmp_path / "b", PASSPHRASE)
    with pytest.raises(DamagedBackup):
        restoring.restore(opened, tmp_path / "new", ONWARD)
    assert not list((tmp_path / "new").glob("*.db"))
