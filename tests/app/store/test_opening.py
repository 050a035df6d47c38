"""Opening: what every released version left opens, what is no store is said to be none."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from app.domain.case import State
from app.domain.papers import PaperKind
from app.store import database, keyslots, opening
from app.store.database import DamagedDatabase, NoRoomToUpgrade, StoreTooNew
from app.store.keyslots import KeysLost, NoKey, Unlock, WrongKey
from app.store.opening import IdentityLost, open_store
from app.store.rebuild import rebuild
from app.store.store import NotEnrolled
from app.store.verify import verify
from app.usecases import enrolment, lookup, operators, papers, registration, work
from tests.builders import VILLAGE, Wall, a_district, a_form, an_identity
from tests.fixtures.make_store import PASSPHRASE
from tests.keyrings import MemoryKeyring

FIXTURES = Path(__file__).parents[2] / "fixtures"
RELEASED = sorted(path for path in FIXTURES.glob("store-*"))
UNLOCK = Unlock(passphrase=PASSPHRASE)
NEWEST = max(int(path.name[:4]) for path in opening.MIGRATIONS.glob("[0-9]*.py"))
COPY = f"daiban.db.before-{NEWEST}"


def a_copy(released: Path, folder: Path) -> Path:
    return Path(shutil.copytree(released, folder / released.name))


def dump(folder: Path) -> list[tuple[str, list[tuple[object, ...]]]]:
    """What every ordinary table holds."""
    db = database.connect(folder / opening.FILE, keyslots.open_key(folder, UNLOCK))
    names = db.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'case_t%'"
    )
    told = [(name, db.rows(f"SELECT * FROM {name}")) for (name,) in names]
    db.close()
    return told


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
def test_opening_it_again_changes_nothing_in_it(tmp_path: Path, released: Path):
    folder = a_copy(released, tmp_path)
    open_store(folder, UNLOCK).close()
    rows = dict(dump(folder))
    copies = {copy.name: copy.read_bytes() for copy in folder.glob("*before*")}
    store = open_store(folder, UNLOCK)
    assert {copy.name: copy.read_bytes() for copy in folder.glob("*before*")} == copies
    assert store.journal.count() == verify(store).entries
    store.close()
    assert dict(dump(folder)) == rows


# --- upgrades -------------------------------------------------------------------------------------

OLDEST = RELEASED[0]
DIES = """
import os, signal, sys
from pathlib import Path
from app.store import database, learning, lives, opening
from app.store.keyslots import Unlock
from playhouse.migrations import Runner

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def after(real):
    def done(*given, **named):
        real(*given, **named)
        die()
    return done

where = sys.argv[2]
if where == "copy":
    Path.replace = die
elif where == "copied":
    database._copy = after(database._copy)
elif where == "migrated":
    Runner.up = after(Runner.up)
elif where == "committed":
    opening.database.bring_up_to_date = after(database.bring_up_to_date)
elif where == "rebuilding":
    learning.rebuild = after(learning.rebuild)
opening.open_store(Path(sys.argv[1]), Unlock(passphrase=sys.argv[3]))
"""


def version_of(path: Path, folder: Path) -> int:
    db = database.connect(path, keyslots.open_key(folder, UNLOCK))
    (version,) = db.row("PRAGMA user_version")
    db.close()
    return int(version)


def test_an_older_store_is_upgraded_after_a_copy_and_its_new_rows_are_filled(tmp_path: Path):
    folder = a_copy(OLDEST, tmp_path)
    store = open_store(folder, UNLOCK)
    todo = {row.applicant: (row.todo, row.notices) for row in lookup.listed(store)}
    assert todo == {
        "𠮷田小妹": ("follow_up", 0),
        "韦大山": ("supply", 1),
        "湖塘村合作社（筹）": ("take_over", 0),
    }
    assert sum(one.total for one in work.counts(store, date(2026, 11, 20)).values()) == 2
    subject = lookup.found(store, "韦大山")[0].subject
    papers.issue(
        store,
        subject,
        PaperKind.MATERIALS_RECEIPT,
        by=operators.acting(store, None),
        render=lambda _: b"",
    )
    assert len(papers.register(store).copies) == 1
    assert verify(store).ok
    store.close()
    (kept,) = folder.glob("*before*")
    assert kept.name == COPY
    assert kept.stat().st_mode & 0o777 == 0o600
    assert (version_of(kept, folder), version_of(folder / opening.FILE, folder)) == (1, NEWEST)


def test_the_copy_is_a_store_of_the_older_program(tmp_path: Path):
    """Put back in the place of the database, it is upgraded as the first was."""
    folder = a_copy(OLDEST, tmp_path)
    open_store(folder, UNLOCK).close()
    for rest in folder.glob("daiban.db-*"):
        rest.unlink()
    (folder / COPY).replace(folder / opening.FILE)
    store = open_store(folder, UNLOCK)
    assert len(lookup.listed(store)) == 3
    assert verify(store).ok


@pytest.mark.parametrize("where", ["copy", "copied", "migrated", "committed", "rebuilding"])
def test_killed_at_any_step_of_an_upgrade_it_is_done_at_the_next_opening(
    tmp_path: Path, where: str
):
    folder = a_copy(OLDEST, tmp_path)
    ended = [
        subprocess.run([sys.executable, "-c", DIES, str(folder), where, PASSPHRASE], check=False)
        for _ in range(2)
    ]
    assert ended[0].returncode == -signal.SIGKILL
    store = open_store(folder, UNLOCK)
    assert len(lookup.listed(store)) == 3
    assert verify(store).ok
    assert [copy.name for copy in folder.glob("*before*")] == [COPY]


def test_without_room_for_the_copy_nothing_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = a_copy(OLDEST, tmp_path)
    before = (folder / opening.FILE).read_bytes()
    with monkeypatch.context() as full:
        full.setattr("shutil.disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 10**5))  # noqa: SLF001
        with pytest.raises(NoRoomToUpgrade) as said:
            open_store(folder, UNLOCK)
    assert said.value.facts == {"needed_mb": 1, "free_mb": 0}
    assert (folder / opening.FILE).read_bytes() == before
    assert list(folder.glob("*before*")) == []
    assert len(lookup.listed(open_store(folder, UNLOCK))) == 3


def test_two_programs_that_open_an_older_store_at_once_upgrade_it_once(tmp_path: Path):
    folder = a_copy(OLDEST, tmp_path)
    told: list[object] = []

    def work_there() -> None:
        try:
            store = open_store(folder, UNLOCK)
            told.append(len(lookup.listed(store)))
            store.close()
        except Exception as error:  # a thread's error would be lost
            told.append(error)

    threads = [threading.Thread(target=work_there) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [3] * 4
    assert [copy.name for copy in folder.glob("*before*")] == [COPY]
    assert verify(open_store(folder, UNLOCK)).ok


def test_the_copy_goes_when_the_upgrade_has_proved_itself(tmp_path: Path):
    folder = a_copy(OLDEST, tmp_path)
    (folder / "daiban.db.before-1").write_bytes(b"of an upgrade before")
    open_store(folder, UNLOCK).close()
    (kept,) = folder.glob("*before*")
    wall = Wall(int(kept.stat().st_mtime * 1000))
    for days, left in ((29, 1), (2, 0)):
        wall.turn(days=days)
        open_store(folder, UNLOCK, wall=wall).close()
        assert len(list(folder.glob("*before*"))) == left
    assert len(lookup.listed(open_store(folder, UNLOCK, wall=wall))) == 3


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
