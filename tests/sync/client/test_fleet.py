from typing import Any, cast

import msgspec
import pytest

from app.domain.regions import Tier
from app.domain.station_health import StationHealth
from app.store.fleet_notes import fleet_note
from sync import codec, protocol
from sync.centre import tokens
from sync.centre.devices import Devices
from sync.client import fleet
from sync.protocol import Fleet, FleetRequest, Health, SeenStation
from sync.refusals import Offline, Unintelligible, UnknownDictionary
from tests.sync.builders import TOWNSHIP, VILLAGE, Line, a_centre, a_station, exchange


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


@pytest.fixture
def township(centre, tmp_path):
    return a_station(centre, TOWNSHIP, tmp_path / "township", staffed=False)


class Saying:
    """A line at whose end somebody says this."""

    def __init__(self, told: Any) -> None:
        self.told = told
        self.asked: list[int] = []

    def post(self, path, body, token=b""):
        self.asked.append(codec.unpack(body)[1])
        if isinstance(self.told, Exception):
            raise self.told
        return codec.pack(self.told if isinstance(self.told, bytes) else protocol.encode(self.told))


def seen(**said: Any) -> SeenStation:
    told: dict[str, Any] = {
        "device": bytes(16), "station": "湖塘村政务服务站", "region": VILLAGE, "tier": 1, "slot": "A1",
        "enrolled_ms": 1_790_000_000_000, "contact_ms": 1_790_000_000_000, "health": Health(),
    }  # fmt: skip
    return SeenStation(**(told | said))


def test_a_township_hears_of_its_villages_and_keeps_it_for_when_there_is_no_line(
    centre, township, tmp_path
):
    exchange(township, centre)
    a_station(centre, VILLAGE, tmp_path / "village", staffed=False)
    assert fleet.is_due(township.store)

    note = fleet.ask(township.store, Line(centre))

    assert {one.region for one in note.stations} == {TOWNSHIP, VILLAGE}
    assert fleet_note(township.store) == note
    assert not fleet.is_due(township.store)
    township.wall.turn(days=1)
    assert fleet.is_due(township.store)


def test_a_station_whose_token_the_centre_has_lost_shows_its_certificate(centre, township):
    exchange(township, centre)
    tokens.give(centre.ledger, centre.device(township.store.device), b"\x07" * 32, centre.wall())
    assert Devices(centre.ledger.database).by_token(township.store.identity.token) is None

    assert fleet.ask(township.store, Line(centre)).stations


def test_without_a_line_what_was_kept_stays(centre, township):
    kept = fleet.ask(township.store, Line(centre))

    with pytest.raises(Offline):
        fleet.ask(township.store, cast(Any, Saying(Offline(why="lost"))))

    assert fleet_note(township.store) == kept


def test_a_village_asks_by_itself_never(centre, tmp_path):
    village = a_station(centre, VILLAGE, tmp_path / "village", staffed=False)

    assert not fleet.is_due(village.store)


def test_a_centre_that_does_not_know_the_question_is_told_apart(township):
    with pytest.raises(fleet.CentreTooOld):
        fleet.ask(township.store, cast(Any, Saying(Unintelligible(status=404))))
    with pytest.raises(Unintelligible):
        fleet.ask(township.store, cast(Any, Saying(Unintelligible(status=500))))


def test_a_centre_without_the_dictionary_is_asked_without_it(township):
    line = Saying(UnknownDictionary())
    with pytest.raises(UnknownDictionary):
        fleet.ask(township.store, cast(Any, line))

    assert line.asked == [codec.DICTIONARY, codec.PLAIN]


@pytest.mark.parametrize(
    "told",
    [
        b"rubbish",
        b"\x93\x01\x00",
        protocol.encode(FleetRequest(1)),
        protocol.encode(Fleet(1, 1, [])) + b"\x00",
        protocol.encode(Fleet(1, 1, [seen(device=b"short")])),
        protocol.encode(Fleet(1, 1, [seen(tier=7)])),
        protocol.encode(Fleet(1, 1, [seen(station="长" * 101)])),
        protocol.encode(Fleet(9, 1, [])),
    ],
)
def test_an_answer_that_is_none_is_passed_over_and_nothing_is_kept(township, told):
    with pytest.raises(Unintelligible):
        fleet.ask(township.store, cast(Any, Saying(told)))

    assert fleet_note(township.store) is None


def test_what_a_hostile_centre_says_of_others_places_and_in_the_dark_is_not_shown(centre, township):
    exchange(township, centre)
    wild = Health(
        version="1\u202e0\n", backlog=-(2**62), clock_ms=2**62, disk_free_mb=-4, printer="\x07",
        sheets_waiting=2**62, backup_days=-99, verified="\u2066",
    )  # fmt: skip
    told = Fleet(
        1, 2**62, [seen(health=wild, contact_ms=2**62), seen(region="110101"), seen(region="x\n")]
    )

    note = fleet.ask(township.store, cast(Any, Saying(told)))
    (one,) = note.stations

    assert note.at_ms == township.wall()
    assert one == StationHealth(
        device="00" * 16, station="湖塘村政务服务站", region=VILLAGE, tier=Tier.VILLAGE, slot="A1",
        enrolled_ms=1_790_000_000_000, contact_ms=None, version="10", disk_free_mb=0,
        sheets_waiting=10**9, backup_days=-1,
    )  # fmt: skip


def test_a_note_of_a_newer_program_is_no_note(township):
    with township.store.changing():
        township.store.remember("fleet", msgspec.msgpack.encode([1, 2]))

    assert fleet_note(township.store) is None
