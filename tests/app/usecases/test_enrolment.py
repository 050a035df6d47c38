"""A folder becomes the store of a device."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.journal import chain
from app.journal.refs import Continuation
from app.store import enrolling, keyslots, opening
from app.store.keyslots import KeysLost, NoKey, Unlock, WrongKey
from app.store.opening import AlreadyEnrolled, open_store
from app.usecases import enrolment
from tests.builders import VILLAGE, a_district, an_identity
from tests.fixtures.make_store import PASSPHRASE

UNLOCK = Unlock(passphrase=PASSPHRASE)


def test_a_new_folder_opens_with_the_passphrase_and_with_the_districts_recovery_key(tmp_path: Path):
    district = a_district()
    who = an_identity(district, VILLAGE)
    store = enrolment.settle(tmp_path / "new" / "folder", UNLOCK, who=who)
    assert (store.device, store.region) == (who.device, VILLAGE)
    assert store.head().seq == 0
    store.close()
    again = open_store(tmp_path / "new" / "folder", UNLOCK)
    assert again.identity == who
    assert keyslots.recover(again.folder, district.ca.seal_private) == again.key


def test_without_a_key_nothing_is_made(tmp_path: Path):
    with pytest.raises(NoKey):
        enrolment.settle(tmp_path, Unlock(), who=an_identity(a_district(), VILLAGE))
    assert list(tmp_path.iterdir()) == []


def test_a_settlement_that_crashed_between_key_and_database_is_made_again(tmp_path: Path):
    keyslots.create(tmp_path, UNLOCK)
    store = enrolment.settle(tmp_path, UNLOCK, who=an_identity(a_district(), VILLAGE))
    store.close()
    assert open_store(tmp_path, UNLOCK).device == store.device


def test_what_a_lost_life_holds_at_a_place_is_told_to_who_has_the_key(tmp_path: Path):
    from app.domain.events import Role
    from app.usecases import operators

    store = enrolment.settle(tmp_path, UNLOCK, who=an_identity(a_district(), VILLAGE))
    operators.add(store, "韦代办", Role.AGENT)
    device, head = store.device, store.head()
    store.close()
    (tmp_path / "identity").unlink()
    place = enrolment.place_at(tmp_path, UNLOCK, device, head.seq)
    assert place is not None
    assert (place.device, place.seq, place.digest) == (device, head.seq, head.digest)
    assert enrolment.place_at(tmp_path, UNLOCK, device, head.seq + 1) is None
    assert [offer.seq for offer in enrolment.offers_in(tmp_path, UNLOCK)] == [1, 0]
    with pytest.raises(WrongKey):
        enrolment.offers_in(tmp_path, Unlock(passphrase="another"))


def test_a_store_that_wrote_nothing_yet_offers_where_it_began(tmp_path: Path):
    who = an_identity(a_district(), VILLAGE)
    enrolment.settle(tmp_path, UNLOCK, who=who).close()
    (tmp_path / "identity").unlink()
    begin = Continuation(who.device, 0, chain.genesis(who.device, None))
    assert enrolment.offers_in(tmp_path, UNLOCK) == [begin]


@pytest.mark.parametrize("content", [b"", b"x" * 200])
def test_a_damaged_identity_is_as_good_as_lost(tmp_path: Path, content: bytes):
    enrolment.settle(tmp_path, UNLOCK, who=an_identity(a_district(), VILLAGE)).close()
    (tmp_path / "identity").write_bytes(content)
    assert len(enrolment.offers_in(tmp_path, UNLOCK)) == 1


@pytest.mark.parametrize("name", ["ledger.db", "ledger.db.new"])
def test_the_folder_of_a_centre_is_left_alone(tmp_path: Path, name: str):
    (tmp_path / name).touch()
    with pytest.raises(enrolment.CentreHere):
        enrolment.offers_in(tmp_path, UNLOCK)


def test_a_store_without_its_key_slots_is_not_made_anew(tmp_path: Path):
    enrolment.settle(tmp_path, UNLOCK, who=an_identity(a_district(), VILLAGE)).close()
    (tmp_path / "keys").unlink()
    with pytest.raises(KeysLost):
        enrolment.offers_in(tmp_path, UNLOCK)


# --- the keys that show a code --------------------------------------------------------------------

ONE, OTHER = b"1" * 32, b"2" * 32
ELSE = Unlock(passphrase="another")


def test_the_same_code_is_shown_by_the_same_keys(tmp_path: Path):
    folder = tmp_path / "new"
    keys = enrolment.keys_for(folder, UNLOCK, ONE)
    assert enrolment.keys_for(folder, UNLOCK, ONE) == keys
    assert enrolment.keys_for(folder, UNLOCK, OTHER) != keys
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_mistyped_passphrase_does_not_burn_the_code_and_another_code_begins_anew(tmp_path: Path):
    keys = enrolment.keys_for(tmp_path, UNLOCK, ONE)
    with pytest.raises(WrongKey):
        enrolment.keys_for(tmp_path, ELSE, ONE)
    assert enrolment.keys_for(tmp_path, UNLOCK, ONE) == keys
    anew = enrolment.keys_for(tmp_path, ELSE, OTHER)
    assert enrolment.keys_for(tmp_path, ELSE, OTHER) == anew


def test_the_slots_of_a_store_are_never_made_anew(tmp_path: Path):
    enrolment.settle(tmp_path, UNLOCK, who=an_identity(a_district(), VILLAGE)).close()
    (tmp_path / "identity").unlink()
    slots = (tmp_path / "keys").read_bytes()
    enrolment.keys_for(tmp_path, UNLOCK, ONE)
    with pytest.raises(WrongKey):
        enrolment.keys_for(tmp_path, ELSE, OTHER)
    enrolment.give_up(tmp_path)
    assert (tmp_path / "keys").read_bytes() == slots
    assert enrolling.kept(tmp_path) is None


def test_slots_that_were_there_before_are_not_taken_away(tmp_path: Path):
    """The database was moved away, its key slots were not."""
    keyslots.create(tmp_path, UNLOCK)
    slots = (tmp_path / "keys").read_bytes()
    enrolment.keys_for(tmp_path, UNLOCK, ONE)
    enrolment.give_up(tmp_path)
    assert (tmp_path / "keys").read_bytes() == slots


@pytest.mark.parametrize("lost", ["keys", "enrolling"])
def test_whichever_of_the_two_files_is_there_it_goes_on(tmp_path: Path, lost: str):
    enrolment.keys_for(tmp_path, UNLOCK, ONE)
    (tmp_path / lost).unlink()
    keys = enrolment.keys_for(tmp_path, UNLOCK, ONE)
    assert enrolment.keys_for(tmp_path, UNLOCK, ONE) == keys


def test_what_killed_writers_left_is_swept_away(tmp_path: Path):
    for name in ("keys.123.new", "enrolling.7.new", "identity.9.new"):
        (tmp_path / name).touch()
    (tmp_path / "keys.old").touch()
    enrolment.settle(tmp_path, UNLOCK, who=an_identity(a_district(), VILLAGE)).close()
    assert {path.name for path in tmp_path.iterdir()} == {
        "keys.old", "keys", "keys.lock", "identity", opening.FILE,
    }  # fmt: skip


def test_keys_that_showed_the_code_stay_those_of_a_store_whose_identity_is_lost_at_once(
    tmp_path: Path,
):
    keys = enrolment.keys_for(tmp_path, UNLOCK, ONE)
    district = a_district()
    who = district.identity(keys, district.certify(keys, VILLAGE))
    enrolment.settle(tmp_path, UNLOCK, who=who).close()
    assert enrolling.kept(tmp_path) is None
    with pytest.raises(AlreadyEnrolled):
        enrolment.offers_in(tmp_path, UNLOCK)
    enrolling.keep(tmp_path, keys, keyslots.open_key(tmp_path, UNLOCK), code=ONE, new_slots=True)
    (tmp_path / "identity").unlink()
    assert enrolment.offers_in(tmp_path, UNLOCK) == []
    enrolment.settle(tmp_path, UNLOCK, who=who).close()
    assert open_store(tmp_path, UNLOCK).identity == who
