"""Backups as people meet them: when one is due, what closes it, where it goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.events import Role
from app.domain.rules import NotPermitted
from app.journal.keys import DeviceKeys
from app.store import keyslots, resealing, restoring
from app.store.backup_file import WrongBackupKey
from app.store.files import FileNotWritten
from app.usecases import backups, operators
from app.usecases.backups import NoBackupPassphrase
from app.usecases.operators import PasswordTooShort
from tests.builders import VILLAGE, Station, a_district, a_station


@pytest.fixture
def village(tmp_path: Path) -> Station:
    station = a_station(a_district(), VILLAGE, tmp_path / "village")
    unlock = keyslots.Unlock(passphrase="for tests")
    keyslots.create(station.store.folder, unlock, station.store.key)
    return station


def test_a_new_computer_is_reminded_after_a_week_and_again_a_week_after_each(
    village: Station, tmp_path: Path
):
    due = []
    for day in range(16):
        due.append(backups.state(village.store).is_due)
        if day == 8:
            backups.back_up(village.store, tmp_path / "b", passphrase="a good one")
        village.wall.turn(days=1)
    assert due == [False] * 7 + [True] * 2 + [False] * 6 + [True]


def test_a_clock_that_was_set_back_reminds_nobody(village: Station, tmp_path: Path):
    backups.back_up(village.store, tmp_path / "b", passphrase="a good one")
    village.wall.turn(days=-400)
    assert backups.state(village.store).age_days == 0
    assert not backups.state(village.store).is_due


def test_a_file_under_a_name_and_one_more_in_a_folder(village: Station, tmp_path: Path):
    (tmp_path / "stick").mkdir()
    one = backups.back_up(village.store, tmp_path / "b", passphrase="a good one")
    other = backups.back_up(village.store, tmp_path / "stick", passphrase="a good one")
    assert Path(one.file) == tmp_path / "b"
    assert Path(other.file).parent == tmp_path / "stick"


def test_the_passphrase_that_was_set_closes_what_is_made_afterwards(
    village: Station, tmp_path: Path
):
    with pytest.raises(NoBackupPassphrase):
        backups.back_up(village.store, tmp_path / "a")
    backups.set_passphrase(village.store, "the first one", by=village.head)
    backups.back_up(village.store, tmp_path / "a")
    backups.set_passphrase(village.store, "the second one", by=village.head)
    backups.back_up(village.store, tmp_path / "b")
    restoring.open_backup(tmp_path / "a", "the first one")
    restoring.open_backup(tmp_path / "b", "the second one")
    with pytest.raises(WrongBackupKey):
        restoring.open_backup(tmp_path / "b", "the first one")


def test_only_a_head_sets_one_and_none_that_anybody_guesses(village: Station):
    other = operators.add(village.store, "第二人", Role.CLERK, by=village.head)
    with pytest.raises(NotPermitted):
        backups.set_passphrase(village.store, "long enough", by=other)
    with pytest.raises(PasswordTooShort):
        backups.set_passphrase(village.store, "short", by=village.head)


def test_a_folder_that_is_gone_is_said_and_no_file_gets_its_name(village: Station, tmp_path: Path):
    backups.set_passphrase(village.store, "a good one", by=village.head)
    with pytest.raises(FileNotWritten):
        backups.back_up_as_chosen(village.store)
    backups.choose_folder(village.store, tmp_path / "stick")
    with pytest.raises(FileNotWritten):
        backups.back_up_as_chosen(village.store)
    assert not (tmp_path / "stick").exists()
    (tmp_path / "stick").mkdir()
    assert Path(backups.back_up_as_chosen(village.store).file).parent == tmp_path / "stick"


def test_the_district_closes_a_backup_under_another_passphrase(village: Station, tmp_path: Path):
    backups.back_up(village.store, tmp_path / "a", passphrase="nobody remembers")
    before = (tmp_path / "a").read_bytes()
    district = village.district.ca

    def reseal(private: bytes) -> None:
        resealing.reseal(
            tmp_path / "a",
            tmp_path / "b",
            district_private=private,
            recovery_public=district.seal_public,
            passphrase="a new one",
        )

    with pytest.raises(WrongBackupKey):
        reseal(DeviceKeys.generate().seal_private)
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["a"]
    reseal(district.seal_private)
    assert (tmp_path / "a").read_bytes() == before
    restoring.open_backup(tmp_path / "b", "a new one")
    with pytest.raises(WrongBackupKey):
        restoring.open_backup(tmp_path / "b", "nobody remembers")
