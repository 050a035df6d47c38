import pytest

from app.domain.regions import RegionCode, UnknownRegion
from app.domain.station_health import Care, Concern
from sync.centre.device_summary import summaries
from sync.protocol import Health
from tests.sync.builders import (
    OTHER_TOWNSHIP,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    a_centre,
    a_station,
)

DAY_MS = 86_400_000


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


@pytest.fixture
def stations(centre, tmp_path):
    places = (VILLAGE, OTHER_VILLAGE, TOWNSHIP, OTHER_TOWNSHIP)
    return {place: a_station(centre, place, tmp_path / place, staffed=False) for place in places}


def heard(centre, station, days_ago=0.0, **health):
    device = centre.device(station.store.device)
    at_ms = centre.wall() - int(days_ago * DAY_MS)
    told = {"version": "0.1.0", "clock_ms": at_ms, "disk_free_mb": 9_000} | health
    with centre.ledger.writing():
        centre.devices.heard_from(device, Health(**told), at_ms)


def test_those_who_need_somebody_most_come_first_and_the_centre_last(centre, stations):
    heard(centre, stations[VILLAGE])
    heard(centre, stations[OTHER_VILLAGE], days_ago=9)
    heard(centre, stations[TOWNSHIP], backlog=120)
    heard(centre, stations[OTHER_TOWNSHIP], verified="page", printer="jammed")

    told = summaries(centre.ledger, centre.wall())

    assert [one.region for one in told[:4]] == [OTHER_TOWNSHIP, OTHER_VILLAGE, TOWNSHIP, VILLAGE]
    assert [one.care for one in told[:4]] == [Care.ACT, Care.ACT, Care.WATCH, Care.FINE]
    assert [one.concern for one in told[0].remarks] == [Concern.DAMAGED, Concern.PRINTER]
    assert [(one.own, one.present, one.care) for one in told[4:]] == [(True, False, None)]


def test_a_place_has_its_own_stations_and_those_below_it(centre, stations):
    told = summaries(centre.ledger, centre.wall(), RegionCode(TOWNSHIP))

    assert {one.region for one in told} == {VILLAGE, OTHER_VILLAGE, TOWNSHIP}
    with pytest.raises(UnknownRegion):
        summaries(centre.ledger, centre.wall(), RegionCode("999999"))


def test_a_revoked_device_is_listed_and_not_judged(centre, stations):
    with centre.ledger.writing():
        centre.devices.revoke(centre.device(stations[VILLAGE].store.device), centre.wall())

    last = summaries(centre.ledger, centre.wall())[-1]

    assert (last.region, last.present, last.care) == (VILLAGE, False, None)
    assert last.revoked


def test_an_old_program_that_told_less_is_read(centre, stations):
    heard(centre, stations[VILLAGE])
    told = next(one for one in summaries(centre.ledger, centre.wall()) if one.region == VILLAGE)

    assert (told.sheets_waiting, told.backup_days, told.verified) == (0, None, "")
    assert told.remarks == ()
