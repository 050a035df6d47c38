import msgspec
import pytest

from app.domain.regions import Tier
from sync import codec, protocol
from sync.centre import fleet
from sync.protocol import Fleet, FleetRequest
from sync.refusals import CentreRefusal, Revoked, UnknownDevice
from tests.sync.builders import (
    DISTRICT,
    OTHER_TOWNSHIP,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    a_centre,
    a_station,
    exchange,
)


def asked(centre, station, token=None):
    body = codec.pack(protocol.encode(FleetRequest(1)))
    packed = centre.post(protocol.FLEET, body, token or station.store.identity.token)
    return protocol.decode(codec.unpack(packed)[0], Fleet)


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


@pytest.fixture
def stations(centre, tmp_path):
    """One at each place, each of which has exchanged."""
    places = (DISTRICT, TOWNSHIP, OTHER_TOWNSHIP, VILLAGE, OTHER_VILLAGE)
    return {place: a_station(centre, place, tmp_path / place, staffed=False) for place in places}


def places_of(told):
    return {one.region for one in told.stations}


def test_a_station_hears_of_its_own_place_and_those_below_alone(centre, stations):
    assert places_of(asked(centre, stations[DISTRICT])) == set(stations)
    assert places_of(asked(centre, stations[TOWNSHIP])) == {TOWNSHIP, VILLAGE, OTHER_VILLAGE}
    assert places_of(asked(centre, stations[VILLAGE])) == {VILLAGE}
    assert places_of(asked(centre, stations[OTHER_TOWNSHIP])) == {OTHER_TOWNSHIP}


def test_what_a_station_told_of_itself_is_handed_on(centre, stations):
    exchange(stations[VILLAGE], centre)

    (told,) = asked(centre, stations[VILLAGE]).stations

    assert told.tier == Tier.VILLAGE
    assert told.contact_ms
    assert told.health.disk_free_mb
    assert told.health.backup_days == -1


def test_one_that_has_never_exchanged_is_there_without_a_contact(centre, stations, tmp_path):
    a_station(centre, VILLAGE, tmp_path / "second", staffed=False)

    contacts = [one.contact_ms for one in asked(centre, stations[VILLAGE]).stations]

    assert contacts == [0, 0]


def test_an_earlier_life_and_a_revoked_device_are_not_told_of(centre, stations, tmp_path):
    other = a_station(centre, VILLAGE, tmp_path / "second", staffed=False)
    with centre.ledger.writing():
        centre.devices.revoke(centre.device(other.store.device), centre.wall())

    assert [one.device for one in asked(centre, stations[VILLAGE]).stations] == [
        stations[VILLAGE].store.device
    ]


def test_nobody_without_a_token_hears_anything(centre, stations):
    with pytest.raises(UnknownDevice):
        asked(centre, stations[VILLAGE], token=bytes(16))
    village = stations[VILLAGE]
    with centre.ledger.writing():
        centre.devices.revoke(centre.device(village.store.device), centre.wall())
    with pytest.raises(Revoked):
        asked(centre, village)


@pytest.mark.parametrize("body", [b"", b"\x90", b"rubbish", codec.pack(b"\xc1"), codec.pack(b"")])
def test_a_question_that_is_none_is_refused(centre, stations, body):
    with pytest.raises(CentreRefusal):
        centre.post(protocol.FLEET, body, stations[VILLAGE].store.identity.token)


def test_three_hundred_stations_are_few_bytes(centre, stations):
    (one,) = asked(centre, stations[VILLAGE]).stations
    every = [msgspec.structs.replace(one, slot=f"A{n}", contact_ms=n) for n in range(300)]

    assert len(codec.pack(protocol.encode(Fleet(1, 1, every)))) < 8_000


def test_the_centre_itself_is_no_station(centre, stations):
    assert centre.ledger.own.id not in {one.id for one in fleet.present(centre.ledger)}
