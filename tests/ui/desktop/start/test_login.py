"""A name and password open the store, or are refused in words; what no password mends is told apart."""

import pytest
from PySide6.QtCore import QObject

from app.domain.events import Role
from app.store import database, identity, keyslots, opening
from app.store.keyslots import Unlock
from app.store.opening import IdentityLost
from app.usecases import enrolment, operators
from tests.builders import VILLAGE, a_district, an_identity
from tests.ui.desktop.desks import WAIT_MS
from tests.ui.desktop.start.conftest import HEAD, PASSWORD
from ui.desktop.start.login import Login, Return


def outcome(qtbot, jobs, folder, name, password):
    """The one signal with which a try ends, and what it carries."""
    login = Login(jobs, folder)
    return the_signal(qtbot, login, lambda: login.try_password(name, password))


def the_signal(qtbot, told_by: QObject, act):
    told = []
    for name in ("opened", "proven", "refused", "lost", "troubled"):
        if hasattr(told_by, name):
            getattr(told_by, name).connect(lambda *facts, name=name: told.append((name, facts)))
    act()
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT_MS)
    (only,) = told
    return only


def test_the_right_password_opens_the_store_for_its_operator(qtbot, jobs, village):
    told, (seat,) = outcome(qtbot, jobs, village, "莫代办", "another-one")
    assert told == "opened"
    assert seat.operator.name == "莫代办"
    assert seat.station.name
    assert seat.clock is None


def test_a_wrong_password_is_refused_in_plain_words_without_a_wait_at_first(qtbot, jobs, village):
    told, (said, wait_s) = outcome(qtbot, jobs, village, HEAD, "猜的")
    assert (told, wait_s) == ("refused", 0)
    assert said.startswith("密码不对")
    assert "口令" not in said


def test_after_several_wrong_passwords_one_waits_and_the_right_one_still_opens(
    qtbot, jobs, village
):
    login = Login(jobs, village)
    waits = []
    for _ in range(4):
        _, (_, wait_s) = the_signal(qtbot, login, lambda: login.try_password(HEAD, "猜的"))
        waits.append(wait_s)
    assert waits == [0, 0, 2, 4]
    told, _ = the_signal(qtbot, login, lambda: login.try_password(HEAD, PASSWORD))
    assert told == "opened"


def test_a_closed_keyring_is_said_and_costs_no_patience(qtbot, jobs, tmp_path, memory_keyring):
    who = an_identity(a_district(), VILLAGE)
    folder = tmp_path / "kept"
    enrolment.settle(folder, Unlock(operator=HEAD, password=PASSWORD), who=who).close()
    memory_keyring.locked = True
    login = Login(jobs, folder)
    for _ in range(5):
        told, (said, wait_s) = the_signal(qtbot, login, lambda: login.try_password(HEAD, PASSWORD))
        assert (told, wait_s) == ("refused", 0)
        assert "密钥环" in said
    memory_keyring.locked = False
    told, _ = the_signal(qtbot, login, lambda: login.try_password(HEAD, PASSWORD))
    assert told == "opened"


def test_a_lost_identity_leads_to_enrolment_with_the_password_that_was_right(qtbot, jobs, village):
    (village / identity.FILE).unlink()
    told, (error, unlock) = outcome(qtbot, jobs, village, HEAD, PASSWORD)
    assert told == "lost"
    assert isinstance(error, IdentityLost)
    assert unlock == Unlock(operator=HEAD, password=PASSWORD)


def test_a_store_of_a_newer_program_is_trouble(qtbot, jobs, village):
    db = database.connect(
        village / opening.FILE,
        keyslots.open_key(village, Unlock(operator=HEAD, password=PASSWORD)),
    )
    db.run("PRAGMA user_version = 999")
    db.close()
    told, (error,) = outcome(qtbot, jobs, village, HEAD, PASSWORD)
    assert (told, error.code) == ("troubled", "store_too_new")


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (opening.FILE, "damaged_database"),
        (keyslots.FILE, "damaged_slots"),
        (identity.FILE, "damaged_identity"),
    ],
)
def test_a_damaged_file_is_trouble(qtbot, jobs, village, file, code):
    (village / file).write_bytes(b"\x00" * 8192)
    for rest in village.glob("*-wal"):
        rest.unlink()
    told, (error,) = outcome(qtbot, jobs, village, HEAD, PASSWORD)
    assert (told, error.code) == ("troubled", code)


def test_lost_key_slots_are_trouble(qtbot, jobs, village):
    (village / keyslots.FILE).unlink()
    told, (error,) = outcome(qtbot, jobs, village, HEAD, PASSWORD)
    assert (told, error.code) == ("troubled", "keys_lost")


def test_a_folder_that_has_only_a_passphrase_opens_for_its_head(qtbot, jobs, tmp_path):
    who = an_identity(a_district(), VILLAGE)
    folder = tmp_path / "scripted"
    store = enrolment.settle(folder, Unlock(passphrase="芝麻开门"), who=who)
    operators.add(store, HEAD, Role.AGENT)
    store.close()
    told, (seat,) = outcome(qtbot, jobs, folder, "", "芝麻开门")
    assert (told, seat.operator.name) == ("opened", HEAD)


def test_an_enrolment_that_was_cut_off_before_its_head_had_a_card_gives_them_one(
    qtbot, jobs, tmp_path
):
    who = an_identity(a_district(), VILLAGE)
    folder = tmp_path / "cut"
    enrolment.settle(folder, Unlock(operator=HEAD, password=PASSWORD), who=who).close()
    told, (seat,) = outcome(qtbot, jobs, folder, HEAD, PASSWORD)
    assert told == "opened"
    assert seat.operator.name == HEAD
    assert set(seat.operator.roles) == {Role.AGENT, Role.HEAD}


def test_at_an_open_desk_a_password_proves_who_sits_down(qtbot, jobs, village):
    assert outcome(qtbot, jobs, village, HEAD, PASSWORD)[0] == "opened"
    back = Return(jobs)
    told, (operator,) = the_signal(qtbot, back, lambda: back.try_password("莫代办", "another-one"))
    assert (told, operator.name) == ("proven", "莫代办")


def test_at_an_open_desk_a_wrong_password_seats_nobody(qtbot, jobs, village):
    assert outcome(qtbot, jobs, village, HEAD, PASSWORD)[0] == "opened"
    back = Return(jobs)
    told, (said, _) = the_signal(qtbot, back, lambda: back.try_password("莫代办", PASSWORD))
    assert told == "refused"
    assert said.startswith("密码不对")
