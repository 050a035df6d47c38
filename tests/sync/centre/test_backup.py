"""A centre's own backup, made while it serves, and what comes of a centre that is put back to it."""

import shutil

import pytest

from app.store import keyslots
from app.store.files import FileNotWritten
from app.store.keyslots import WrongKey
from sync.centre import audit, backup, office
from sync.centre.ledger import FILE, NoCentre
from sync.centre.placing import ELSEWHERE, CentreExists
from tests.builders import a_case
from tests.sync.builders import DISTRICT, TOWNSHIP, UNLOCK, VILLAGE, own_entries
from tests.sync.processes import CentreProcess, a_station, exchange


@pytest.fixture
def data(tmp_path):
    office.init(tmp_path / "centre", region=DISTRICT, unlock=UNLOCK)
    return tmp_path / "centre"


def test_a_backup_is_a_folder_that_opens_with_the_same_passphrase_and_no_other(data, tmp_path):
    saved = backup.back_up(data, tmp_path / "backups", unlock=UNLOCK)

    assert {path.name for path in saved.folder.iterdir()} == {FILE, keyslots.FILE}
    assert saved.folder.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in saved.folder.iterdir())
    with office.opened(saved.folder, UNLOCK) as ledger:
        assert ledger.count() == saved.entries > 0
        assert audit.acts(ledger)[-1].what == "backed_up"
    with pytest.raises(WrongKey), office.opened(saved.folder, keyslots.Unlock(passphrase="?")):
        pass


def test_each_backup_has_a_folder_of_its_own_and_a_half_one_has_no_name(
    data, tmp_path, monkeypatch
):
    def full(*_):
        raise OSError(28, "full")

    backup.back_up(data, tmp_path / "backups", unlock=UNLOCK)
    with monkeypatch.context() as patched:
        patched.setattr(backup, "sync_folder", full)
        patched.setattr("time.time_ns", lambda: 1_800_000_000_000_000_000)
        with pytest.raises(FileNotWritten):
            backup.back_up(data, tmp_path / "backups", unlock=UNLOCK)

    assert len(list((tmp_path / "backups").iterdir())) == 1


def test_a_centre_that_was_put_back_receives_again_what_it_has_lost(tmp_path):
    centre = CentreProcess.founded(tmp_path / "centre")
    village = a_station(centre, VILLAGE, tmp_path / "village")
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    saved = backup.back_up(centre.data, tmp_path / "backups", unlock=UNLOCK)
    case = a_case(village)
    exchange(village.store)
    exchange(township.store)

    centre.end()
    shutil.rmtree(centre.data)
    assert backup.restore(saved.folder, centre.data, unlock=UNLOCK) > saved.entries
    centre.start()
    for _ in range(2):
        exchange(village.store)
        exchange(township.store)

    assert centre.entries_of(village.device) == own_entries(village.store)
    assert township.case(case) == village.case(case)
    centre.end()


def test_a_restored_centre_begins_a_new_life_before_it_writes_anything(data, tmp_path):
    saved = backup.back_up(data, tmp_path / "backups", unlock=UNLOCK)
    backup.restore(saved.folder, tmp_path / "restored", unlock=UNLOCK)

    with office.opened(tmp_path / "restored", UNLOCK) as ledger:
        assert ledger.own.certificate.slot_text == "B1"
        assert [one.what for one in audit.acts(ledger)][-2:] == ["backed_up", "restored"]


def test_a_centre_is_not_written_over_nor_is_anything_made_of_what_is_no_backup(data, tmp_path):
    saved = backup.back_up(data, tmp_path / "backups", unlock=UNLOCK)
    with pytest.raises(CentreExists):
        backup.restore(saved.folder, data, unlock=UNLOCK)
    with pytest.raises(NoCentre):
        backup.restore(tmp_path / "backups", tmp_path / "new", unlock=UNLOCK)
    with pytest.raises(WrongKey):
        backup.restore(saved.folder, tmp_path / "new", unlock=keyslots.Unlock(passphrase="?"))
    assert not (tmp_path / "new").exists()


def test_of_a_centre_in_a_database_the_keys_and_the_address_are_saved(postgresql_server, tmp_path):
    url = postgresql_server.url(postgresql_server.create())
    office.init(tmp_path / "centre", region=DISTRICT, unlock=UNLOCK, database=url)

    saved = backup.back_up(tmp_path / "centre", tmp_path / "backups", unlock=UNLOCK)

    assert {path.name for path in saved.folder.iterdir()} == {ELSEWHERE, keyslots.FILE}
    assert "district_450305" in saved.elsewhere
    shutil.rmtree(tmp_path / "centre")
    backup.restore(saved.folder, tmp_path / "centre", unlock=UNLOCK)
    with office.opened(tmp_path / "centre", UNLOCK) as ledger:
        assert ledger.count() > saved.entries
