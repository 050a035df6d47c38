"""A practice store is one for ever, wherever its files are carried."""

from __future__ import annotations

import shutil

import msgspec
import pytest

from app.journal import certificate as certificates
from app.store import database, exchange, identity, keyslots, opening, practice
from app.store.keyslots import Unlock, open_key
from app.store.practice import NotInPractice, PracticeMixed
from tests.builders import VILLAGE, a_district, an_identity
from tests.practising import UNLOCK, opened, practised


@pytest.fixture
def real(tmp_path):
    return practised(tmp_path)


@pytest.fixture
def place(real):
    return practice.place_of(real)


def identity_in(folder):
    who = identity.kept(folder, open_key(folder, UNLOCK))
    assert who is not None
    return who


def test_only_the_folder_inside_a_station_is_the_place_of_practice(real, tmp_path):
    assert practice.is_place(real / "practice")
    assert practice.is_place(real / "practice" / "seat-township")
    assert not practice.is_place(real)
    assert not practice.is_place(tmp_path / "practice")  # somebody may call a real folder so
    assert practice.place_of(real / "practice") == real / "practice"
    assert practice.home_of(real / "practice") == practice.home_of(real) == real


def test_the_store_and_its_certificate_and_its_numbers_say_so(place):
    store = opened(place)
    assert practice.is_marked(store.database)
    assert store.certificate.is_practice
    assert store.certificate.slot_text == "LX1"
    assert store.certificate.station.endswith("（练习）")
    numbers = [number for (number,) in store.database.rows("SELECT local_number FROM case_row")]
    assert numbers
    assert all("-LX1-" in number for number in numbers)
    store.close()


def test_it_knows_no_centre(place):
    who = identity_in(place)
    assert (who.url, who.ca, who.token) == ("", b"", b"")


def test_nothing_of_it_is_handed_out_to_be_sent(place):
    store = opened(place)
    with pytest.raises(NotInPractice):
        exchange.outgoing(store, room=1_000_000)
    store.close()


def test_the_mark_in_the_database_alone_is_enough(place):
    store = opened(place)
    certificate = an_identity(a_district(), VILLAGE).certificate
    assert certificate is not None
    with pytest.raises(NotInPractice):
        practice.refuse("exchange", certificate, store.database)
    store.close()


def test_a_real_identity_does_not_make_it_real(place):
    who = an_identity(a_district(), VILLAGE)
    key = open_key(place, UNLOCK)
    identity.keep(place, who, key)
    with pytest.raises(PracticeMixed):
        opened(place)


def test_a_practice_identity_does_not_open_a_real_store(real, place):
    own = identity_in(place)
    identity.keep(real, own, open_key(real, UNLOCK))
    with pytest.raises(PracticeMixed):
        opened(real)


@pytest.mark.parametrize("name", ["practice", "elsewhere", "practice.new"])
def test_it_opens_nowhere_else(place, tmp_path, name):
    (tmp_path / "away").mkdir()
    shutil.move(place, tmp_path / "away" / name)
    with pytest.raises(PracticeMixed):
        opened(tmp_path / "away" / name)


def test_put_over_the_real_store_it_still_does_not_open(real, place):
    for file in ("daiban.db", "keys", "identity"):
        shutil.copy(place / file, real / file)
    for rest in real.glob("daiban.db-*"):
        rest.unlink()
    with pytest.raises(PracticeMixed):
        opened(real)


def test_its_database_alone_put_over_the_real_one_does_not_open(real, place):
    for rest in real.glob("daiban.db*"):
        rest.unlink()
    shutil.copy(place / "daiban.db", real / "daiban.db")
    with pytest.raises(database.DamagedDatabase):
        opened(real)


def test_its_database_restored_without_an_identity_gets_no_other(real, place):
    """As from a backup: whoever has the key, and a certificate of the real district."""
    key = open_key(place, UNLOCK)
    shutil.copy(place / "daiban.db", real / "daiban.db")
    shutil.copy(place / "keys", real / "keys")
    for file in [*real.glob("daiban.db-*"), real / "identity"]:
        file.unlink(missing_ok=True)
    with pytest.raises(PracticeMixed):
        opening.check_own(real, key)
    with pytest.raises(PracticeMixed):
        opening.adopt(real, UNLOCK, an_identity(a_district(), VILLAGE))
    assert not (real / "identity").exists()


def test_a_real_store_is_not_opened_or_made_in_the_place_of_practice(real, place):
    for file in ("daiban.db", "keys", "identity"):
        shutil.copy(real / file, place / file)
    for rest in place.glob("daiban.db-*"):
        rest.unlink()
    with pytest.raises(PracticeMixed):
        opened(place)
    who = an_identity(a_district(), VILLAGE)
    (place / "daiban.db").unlink()
    with pytest.raises(PracticeMixed):
        opening.create_store(place, bytes(32), who)


def test_the_key_of_practice_does_not_lead_back(real, place):
    real_key, key = open_key(real, UNLOCK), open_key(place, UNLOCK)
    assert key == practice.key_under(real_key, "own")
    assert key != real_key
    assert practice.key_under(key, "own") != real_key
    assert practice.key_under(real_key, "township") != key


def test_a_certificate_without_the_mark_is_not_vouched_for_by_anybody(place):
    """The authority is gone: a changed certificate cannot be signed again."""
    own = identity_in(place)
    assert own.signed is not None
    forged = certificates.read(own.signed)
    plain = msgspec.structs.replace(forged, life="A", station="湖塘村政务服务站")
    payload, message = certificates.signing_input(plain)
    signed = certificates.SignedCertificate(payload, own.keys.sign(message))
    with pytest.raises(certificates.BadCertificate):
        certificates.opened(signed, own.district_public)


def test_its_slots_are_its_own(real, place):
    """Nothing that is done to passwords in practice reaches the real store's."""
    before = (real / "keys").read_bytes()
    store = opened(place)
    keyslots.add(place, store.key, Unlock(operator="第一人", password="practise"))
    store.close()
    assert (real / "keys").read_bytes() == before
    assert identity_in(place).keys != identity_in(real).keys
