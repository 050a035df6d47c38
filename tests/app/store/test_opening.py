"""Opening: what every released version left opens, what is no store is said to be none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.domain.case import State
from app.store import database, keyslots, opening
from app.store.database import DamagedDatabase, StoreTooNew
from app.store.keyslots import KeysLost, NoKey, Unlock, WrongKey
from app.store.opening import IdentityLost, open_store
from app.store.rebuild import rebuild
from app.store.store import NotEnrolled
from app.store.verify import verify
from app.usecases import enrolment, lookup, operators, registration
from tests.builders import VILLAGE, a_district, a_form, an_identity
from tests.fixtures.make_store import PASSPHRASE
from tests.keyrings import MemoryKeyring

FIXTURES = Path(__file__).parents[2] / "fixtures"
RELEASED = sorted(path for path in FIXTURES.glob("store-*"))
UNLOCK = Unlock(passphrase=PASSPHRASE)


def a_copy(released: Path, folder: Path) -> Path:
    return Path(shutil.copytree(released, folder / released.name))


def test_there_is_a_store_of_each_version_that_was_released():
    assert [path.name for path in RELEASED] == ["store-0.1.0"]


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.name)
def test_a_store_of_every_released_version_opens_and_verifies(tmp_path: Path, released: Path):
    store = open_store(a_copy(released, tmp_path), UNLOCK)
    checked = verify(store)
    assert checked.ok, checked.problems
    states = {row.applicant: row.state for row in lookup.listed(store)}
    assert states == {
        "𠮷田小妹": State.DELIVERED,
        "韦大山": State.RECEIVED,
        "湖塘村合作社（筹）": State.RECEIVED,
    }


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.name)
def test_a_store_of_every_released_version_is_searched_rebuilt_and_written_to(
    tmp_path: Path, released: Path
):
    store = open_store(a_copy(released, tmp_path), UNLOCK)
    with store.changing():
        assert rebuild(store) == 3
    assert [row.applicant for row in lookup.found(store, "𠮷田")] == ["𠮷田小妹"]
    assert [row.applicant for row in lookup.found(store, "htc")] == ["湖塘村合作社（筹）"]
    given = registration.register(store, a_form(), by=operators.acting(store, None))
    assert not given.repeated
    again = registration.register(
        store,
        a_form(name="𠮷田小妹", external_id="paper-2026-0017"),
        by=operators.acting(store, None),
    )
    assert again.repeated
    assert verify(store).ok


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.name)
def test_its_operator_opens_it_with_their_password(tmp_path: Path, released: Path):
    store = open_store(
        a_copy(released, tmp_path), Unlock(operator="韦代办", password="韦代办的密码")
    )
    assert operators.acting(store, "韦代办").name == "韦代办"


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.name)
def test_opening_changes_nothing_in_it(tmp_path: Path, released: Path):
    folder = a_copy(released, tmp_path)
    open_store(folder, UNLOCK).close()
    store = open_store(folder, UNLOCK)
    assert list(folder.glob("*before*")) == []
    assert store.journal.count() == verify(store).entries


# --- what is no store -----------------------------------------------------------------------------


def an_enrolled_folder(folder: Path) -> Path:
    enrolment.settle(folder, UNLOCK, who=an_identity(a_district(), VILLAGE)).close()
    return folder


def test_an_empty_folder_is_not_enrolled_and_stays_empty(tmp_path: Path):
    with pytest.raises(NotEnrolled):
        open_store(tmp_path, UNLOCK)
    with pytest.raises(NotEnrolled):
        open_store(tmp_path / "nowhere", UNLOCK)
    assert list(tmp_path.iterdir()) == []


def test_without_the_right_passphrase_nothing_opens(tmp_path: Path):
    folder = an_enrolled_folder(tmp_path)
    with pytest.raises(WrongKey):
        open_store(folder, Unlock(passphrase="another"))
    with pytest.raises(NoKey):
        open_store(folder, Unlock())


def test_a_store_whose_key_slots_are_gone_says_so(tmp_path: Path):
    folder = an_enrolled_folder(tmp_path)
    (folder / keyslots.FILE).unlink()
    with pytest.raises(KeysLost):
        open_store(folder, UNLOCK)


def test_a_store_whose_identity_is_gone_says_so(tmp_path: Path, memory_keyring: MemoryKeyring):
    folder = an_enrolled_folder(tmp_path)
    open_store(folder, UNLOCK).close()
    memory_keyring.forget()
    with pytest.raises(IdentityLost):
        open_store(folder, UNLOCK)


@pytest.mark.parametrize("content", [b"", b"\x00", b"x" * 5000])
def test_a_damaged_database_is_said_to_be_damaged_and_not_replaced(tmp_path: Path, content: bytes):
    folder = an_enrolled_folder(tmp_path)
    for name in ("daiban.db-wal", "daiban.db-shm"):
        (folder / name).unlink(missing_ok=True)
    (folder / opening.FILE).write_bytes(content)
    with pytest.raises(DamagedDatabase):
        open_store(folder, UNLOCK)
    assert (folder / opening.FILE).read_bytes() == content


def test_the_database_of_another_folder_is_damaged_here(tmp_path: Path):
    folders = [an_enrolled_folder(tmp_path / name) for name in ("one", "two")]
    shutil.copy(folders[0] / opening.FILE, folders[1] / opening.FILE)
    with pytest.raises(DamagedDatabase):
        open_store(folders[1], UNLOCK)


def test_a_store_that_a_newer_program_upgraded_is_refused(tmp_path: Path):
    folder = an_enrolled_folder(tmp_path)
    db = database.connect(folder / opening.FILE, keyslots.open_key(folder, UNLOCK))
    db.run("PRAGMA user_version = 999")
    db.close()
    with pytest.raises(StoreTooNew):
        open_store(folder, UNLOCK)


def test_a_settlement_that_crashed_before_its_identity_was_kept_is_made_again(tmp_path: Path):
    district = a_district()
    folder = an_enrolled_folder(tmp_path)
    (folder / "identity").unlink()
    again = enrolment.settle(folder, UNLOCK, who=an_identity(district, VILLAGE))
    again.close()
    assert open_store(folder, UNLOCK).device == again.device


def test_an_identity_file_that_is_gone_says_so_and_leaves_the_data(tmp_path: Path):
    folder = an_enrolled_folder(tmp_path)
    (folder / "identity").unlink()
    with pytest.raises(IdentityLost):
        open_store(folder, UNLOCK)
    assert (folder / opening.FILE).stat().st_size >= opening.SMALLEST_SIZE


# --- a making that was cut off --------------------------------------------------------------------


@pytest.mark.parametrize("tables", [False, True])
def test_a_database_that_was_never_finished_is_none_and_is_made_again(tmp_path: Path, tables: bool):
    key = keyslots.create(tmp_path, UNLOCK)
    db = database.connect(tmp_path / opening.FILE, key)
    if tables:
        database.bring_up_to_date(db, opening.MIGRATIONS)
    db.close()
    with pytest.raises(NotEnrolled) as said:
        open_store(tmp_path, UNLOCK)
    assert said.value.code == "not_enrolled"
    assert enrolment.offers_in(tmp_path, UNLOCK) == []
    made = enrolment.settle(tmp_path, UNLOCK, who=an_identity(a_district(), VILLAGE))
    made.close()
    assert open_store(tmp_path, UNLOCK).device == made.device


def test_a_database_has_its_name_only_when_it_has_an_identity(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    who = an_identity(a_district(), VILLAGE)
    with monkeypatch.context() as cut:
        cut.setattr("app.store.identity.keep", power_cut)
        with pytest.raises(KeyboardInterrupt):
            enrolment.settle(tmp_path, UNLOCK, who=who)
    assert not (tmp_path / opening.FILE).exists()
    enrolment.settle(tmp_path, UNLOCK, who=who).close()
    assert open_store(tmp_path, UNLOCK).identity == who
    assert not list(tmp_path.glob("*.new*"))


def test_folder_and_files_are_their_owners_alone(tmp_path: Path):
    folder = tmp_path / "made" / "here"
    store = enrolment.settle(folder, UNLOCK, who=an_identity(a_district(), VILLAGE))
    assert folder.stat().st_mode & 0o777 == 0o700
    files = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert {"daiban.db", "daiban.db-wal", "identity", "keys"} <= set(files)
    assert set(files.values()) == {0o600}
    store.close()


def test_an_empty_folder_becomes_its_owners_alone_and_one_in_use_stays_as_it_is(tmp_path: Path):
    for name, mode in (("empty", 0o700), ("used", 0o755)):
        folder = tmp_path / name
        folder.mkdir(mode=0o755)
        folder.chmod(0o755)
        if name == "used":
            (folder / "note.txt").touch()
        opening.private_folder(folder)
        assert folder.stat().st_mode & 0o777 == mode
