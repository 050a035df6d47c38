"""A folder becomes the store of a device."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.store import keyslots
from app.store.keyslots import NoKey, Unlock, WrongKey
from app.store.opening import open_store
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
    assert [offer.seq for offer in enrolment.offers_in(tmp_path, UNLOCK)] == [1]
    with pytest.raises(WrongKey):
        enrolment.offers_in(tmp_path, Unlock(passphrase="another"))
