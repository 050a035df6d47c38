"""A restored store and the centre: what was sent since comes back, nothing is doubled, no number is given twice."""

from __future__ import annotations

import errno
import io
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.store import backup, backup_file, identity, machine, opening, restoring, swap
from app.store.backup_file import BackupTooNew, DamagedBackup, NotABackup, WrongBackupKey
from app.store.backup_notes import last_backup
from app.store.database import DiskFull
from app.store.keyslots import Unlock
from app.store.opening import IdentityLost, open_store
from app.store.practice import PracticeMixed
from app.store.restoring import Restored, StoreHere
from app.store.store import ExchangeFirst
from app.store.verify import verify
from app.usecases import enrolment as settling
from app.usecases import lookup, operators
from sync import protocol
from sync.protocol import Admission
from sync.refusals import Offline
from tests.builders import Station, a_case, act
from tests.disks import small_disk
from tests.sync.builders import (
    TOWNSHIP,
    UNLOCK,
    VILLAGE,
    ACentre,
    Weather,
    a_centre,
    a_station,
    an_enrolment,
    exchange,
    reopened,
)

PASSPHRASE = "湖塘村的备份"
LOCK = backup_file.lock_of(PASSPHRASE)
ONWARD = Unlock(passphrase="the new computer")


@pytest.fixture
def centre(tmp_path: Path) -> ACentre:
    return a_centre(tmp_path / "centre")


@pytest.fixture
def village(centre: ACentre, tmp_path: Path) -> Station:
    station = a_station(centre, VILLAGE, tmp_path / "village")
    a_case(station, name="韦一")
    exchange(station, centre)
    return station


def backed_up(station: Station, to: Path) -> Path:
    backup.back_up(station.store, to, LOCK)
    return to


def put_back(path: Path, folder: Path, *, replace: bool = False) -> Restored:
    opened = restoring.open_backup(path, PASSPHRASE)
    return restoring.restore(opened, folder, ONWARD, replace=replace)


def opened_at(folder: Path, centre: ACentre) -> Station:
    return Station(None, open_store(folder, ONWARD, wall=centre.wall), centre.wall)  # type: ignore[arg-type]


def enrolled_again(folder: Path, centre: ACentre) -> Station:
    """With a code of its station, as `daiban enrol` does."""
    offers = settling.offers_in(folder, ONWARD)
    keys = settling.keys_for(folder, ONWARD, b"c" * 32)
    raw = centre.post(protocol.ENROL, an_enrolment(centre.code(VILLAGE), keys, offers))
    admission = protocol.decode(raw, Admission)
    who = identity.Identity(
        keys=keys,
        signed=admission.certificate,
        token=admission.token,
        url="https://127.0.0.1:8750",
        ca=centre.authority.ca,
        district_public=admission.district_public,
        recovery_public=admission.recovery_public,
    )
    store = settling.settle(folder, ONWARD, who=who)
    store.wall = centre.wall
    return Station(None, store, centre.wall)  # type: ignore[arg-type]


def people_in(station: Station) -> list[str]:
    return sorted(row.applicant for row in lookup.listed(station.store, limit=1000))


def numbers_in(station: Station) -> list[str]:
    return [row.local_number for row in lookup.listed(station.store, limit=1000)]


def assert_sound(*stations: Station) -> None:
    for station in stations:
        checked = verify(station.store)
        assert checked.ok, checked.problems
        found = numbers_in(station)
        assert len(found) == len(set(found))


# --- on the machine that it was made on -----------------------------------------------------------


def test_an_old_backup_gets_back_what_was_sent_since_and_gives_no_number_twice(
    centre: ACentre, village: Station, tmp_path: Path
):
    file = backed_up(village, tmp_path / "b")
    lost = a_case(village, name="韦二")
    act(village, lost, "forward")
    exchange(village, centre)
    a_case(village, name="韦三，只在坏了的盘上")
    given_out = numbers_in(village)
    folder, old = village.store.folder, village.device
    village.store.close()
    (folder / "daiban.db").write_bytes(b"rubbish" * 2000)

    done = put_back(file, folder)

    assert done.has_identity
    assert done.aside is not None
    assert (done.aside / "daiban.db").read_bytes() == b"rubbish" * 2000
    village = opened_at(folder, centre)
    with pytest.raises(ExchangeFirst):
        a_case(village, name="韦四")
    report = exchange(village, centre)
    assert report.pending == 0
    assert village.device != old
    assert village.store.certificate.slot_text == "B1"
    a_case(village, name="韦四")
    exchange(village, centre)
    assert people_in(village) == ["韦一", "韦二", "韦四"]
    assert [n for n in numbers_in(village) if n not in given_out] == [
        n for n in numbers_in(village) if "-B1-" in n
    ]
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    exchange(township, centre)
    assert people_in(township) == people_in(village)
    assert_sound(village, township)


def test_even_a_backup_that_lacks_nothing_goes_on_as_another_life(
    centre: ACentre, village: Station, tmp_path: Path
):
    """What a lost disk had given out and never sent nobody knows; another letter keeps the numbers apart."""
    file = backed_up(village, tmp_path / "b")
    folder = village.store.folder
    a_case(village, name="韦二，从来没有送出")
    printed = numbers_in(village)
    village.store.close()
    put_back(file, folder, replace=True)
    village = opened_at(folder, centre)
    exchange(village, centre)
    a_case(village, name="韦三")
    assert not set(numbers_in(village)) - set(printed) & set(printed)
    assert {n for n in numbers_in(village) if "-B1-" in n}
    assert_sound(village)


def test_what_the_backup_has_and_the_centre_does_not_is_sent_once(
    centre: ACentre, village: Station, tmp_path: Path
):
    for name in ("韦二", "韦三", "韦四"):
        a_case(village, name=name)
    file = backed_up(village, tmp_path / "b")
    folder, old, wires = village.store.folder, village.device, village.own_run()[2]
    village.store.close()
    put_back(file, folder, replace=True)
    village = opened_at(folder, centre)
    report = exchange(village, centre)
    assert (report.sent, report.pending) == (3, 0)
    assert centre.entries_of(old) == wires
    assert people_in(village) == ["韦一", "韦三", "韦二", "韦四"]
    assert_sound(village)


def test_a_lost_line_in_the_middle_costs_nothing(centre: ACentre, village: Station, tmp_path: Path):
    file = backed_up(village, tmp_path / "b")
    a_case(village, name="韦二")
    exchange(village, centre)
    folder = village.store.folder
    village.store.close()
    put_back(file, folder, replace=True)
    village = opened_at(folder, centre)
    for spells in ([Weather.LOST_ANSWER] * 9, [Weather.CLEAR, *[Weather.LOST_ANSWER] * 9]):
        with pytest.raises(Offline):
            exchange(village, centre, spells)
    exchange(village, centre)
    exchange(village, centre)
    assert people_in(village) == ["韦一", "韦二"]
    assert not village.store.is_restored
    assert_sound(village)


def test_the_operators_passwords_still_open_it(centre: ACentre, village: Station, tmp_path: Path):
    operators.give_password(
        village.store,
        operators.acting(village.store, None),
        "secret-1",
        by=operators.acting(village.store, None),
    )
    file = backed_up(village, tmp_path / "b")
    put_back(file, tmp_path / "new")
    with pytest.raises(IdentityLost):  # and not WrongKey
        open_store(tmp_path / "new", Unlock(operator="第一人", password="secret-1"))


# --- on another machine ---------------------------------------------------------------------------


def test_on_a_new_computer_it_goes_on_when_it_is_enrolled_again(
    centre: ACentre, village: Station, tmp_path: Path
):
    a_case(village, name="韦二，没有送出")
    file = backed_up(village, tmp_path / "b")
    a_case(village, name="韦三，备份以后送出")
    exchange(village, centre)
    village.store.close()

    done = put_back(file, tmp_path / "new")

    assert (done.has_identity, done.aside) == (False, None)
    with pytest.raises(IdentityLost):
        open_store(tmp_path / "new", ONWARD)
    village = enrolled_again(tmp_path / "new", centre)
    exchange(village, centre)
    a_case(village, name="韦四")
    exchange(village, centre)
    assert people_in(village) == sorted(["韦一", "韦二，没有送出", "韦三，备份以后送出", "韦四"])
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    assert people_in(township) == people_in(village)
    assert_sound(village, township)


def test_the_old_computer_goes_on_too_and_both_end_alike(
    centre: ACentre, village: Station, tmp_path: Path
):
    file = backed_up(village, tmp_path / "b")
    put_back(file, tmp_path / "new")
    other = enrolled_again(tmp_path / "new", centre)
    a_case(village, name="韦二，旧电脑")
    a_case(other, name="韦三，新电脑")
    for _ in range(2):
        exchange(village, centre)
        exchange(other, centre)
    assert (
        people_in(village) == people_in(other) == sorted(["韦一", "韦二，旧电脑", "韦三，新电脑"])
    )
    assert_sound(village, other)


def test_a_backup_of_an_earlier_life_is_no_match_for_the_present_identity(
    centre: ACentre, village: Station, tmp_path: Path
):
    file = backed_up(village, tmp_path / "b")
    folder = village.store.folder
    village.store.close()
    put_back(file, folder, replace=True)
    village = opened_at(folder, centre)
    exchange(village, centre)  # B1
    a_case(village, name="韦二")
    exchange(village, centre)
    village.store.close()

    assert not put_back(file, folder, replace=True).has_identity

    village = enrolled_again(folder, centre)
    assert village.store.certificate.slot_text == "C1"
    exchange(village, centre)
    assert people_in(village) == ["韦一", "韦二"]
    assert_sound(village)


@pytest.mark.usefixtures("memory_keyring")
def test_in_a_keyring_the_identity_of_the_old_store_goes_aside_with_it(
    centre: ACentre, village: Station, tmp_path: Path
):
    file = backed_up(village, tmp_path / "b")
    other = a_station(centre, VILLAGE, tmp_path / "other", staffed=False)
    mine = other.device
    other.store.close()
    folder = tmp_path / "other"
    assert machine.kept(folder, identity.FILE) is not None

    done = put_back(file, folder, replace=True)

    assert machine.kept(folder, identity.FILE) is None
    assert done.aside is not None
    aside = open_store(done.aside, UNLOCK)
    assert aside.device == mine
    aside.close()


# --- what is refused ------------------------------------------------------------------------------


def test_a_sound_store_is_not_replaced_unless_somebody_says_so(
    centre: ACentre, village: Station, tmp_path: Path
):
    file = backed_up(village, tmp_path / "b")
    folder = village.store.folder
    village.store.close()
    with pytest.raises(StoreHere):
        put_back(file, folder)
    reopened(folder, centre.wall).store.close()
    assert put_back(file, folder, replace=True).aside is not None


def test_a_store_that_is_open_is_not_pulled_away(centre: ACentre, village: Station, tmp_path: Path):
    file = backed_up(village, tmp_path / "b")
    with pytest.raises(swap.StoreInUse):
        put_back(file, village.store.folder, replace=True)
    a_case(village, name="韦二")
    assert_sound(village)


def test_another_passphrase_opens_nothing_and_changes_nothing(village: Station, tmp_path: Path):
    file = backed_up(village, tmp_path / "b")
    with pytest.raises(WrongBackupKey):
        restoring.open_backup(file, "not this one")


def test_no_backup_is_made_of_what_stands_where_practice_has_its_place(
    village: Station, tmp_path: Path
):
    file = backed_up(village, tmp_path / "b")
    with pytest.raises(PracticeMixed):
        put_back(file, village.store.folder / "practice")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_refused_and_the_folder_stays_as_it_was(
    village: Station, tmp_path: Path, data: st.DataObject
):
    file = tmp_path / "b"
    if not file.exists():
        backed_up(village, file)
    raw = bytearray(file.read_bytes())
    if data.draw(st.booleans()):
        raw = raw[: data.draw(st.integers(0, len(raw) - 1))]
    else:
        raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    spoiled = tmp_path / "spoiled"
    spoiled.write_bytes(bytes(raw))
    folder = tmp_path / "target"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "keys").write_bytes(b"whatever stood there")
    with pytest.raises((DamagedBackup, NotABackup, BackupTooNew)):
        put_back(spoiled, folder)
    assert [one.name for one in folder.iterdir() if not one.name.endswith(".lock")] == ["keys"]


def test_a_file_that_is_not_there_is_said(tmp_path: Path):
    with pytest.raises(restoring.BackupNotRead):
        restoring.look(tmp_path / "nothing")
    with pytest.raises(restoring.BackupNotRead):
        restoring.look(tmp_path)


def test_a_full_disk_leaves_what_stood_there(
    village: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = backed_up(village, tmp_path / "b")

    class Full(io.BytesIO):
        def write(self, _content: object) -> int:
            raise OSError(errno.ENOSPC, "")

    real = os.fdopen

    def full(handle: int, mode: str = "r") -> object:
        os.close(handle)
        return Full()

    folder = tmp_path / "new"
    with monkeypatch.context() as patched:
        patched.setattr(os, "fdopen", full)
        with pytest.raises(DiskFull):
            put_back(file, folder)
    assert os.fdopen is real
    assert not [one for one in folder.iterdir() if not one.name.endswith(".lock")]
    assert put_back(file, folder).aside is None
    assert opening.holds_station(folder)


def test_a_disk_that_is_really_full_holds_nothing_half_and_the_next_try_succeeds(
    village: Station, tmp_path: Path
):
    file = backed_up(village, tmp_path / "b")
    with small_disk(tmp_path / "disk", 200) as disk:
        with pytest.raises(DiskFull):
            put_back(file, disk / "data")
        assert not [one for one in (disk / "data").iterdir() if not one.name.endswith(".lock")]
    assert put_back(file, tmp_path / "elsewhere").aside is None


def test_a_restored_store_knows_the_backup_that_it_is(
    centre: ACentre, village: Station, tmp_path: Path
):
    file = backed_up(village, tmp_path / "b")
    note = last_backup(village.store)
    folder = village.store.folder
    village.store.close()
    put_back(file, folder, replace=True)
    assert last_backup(opened_at(folder, centre).store) == note
