import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.store import exchange as station_side
from sync.refusals import Offline, Unintelligible
from tests.builders import a_case
from tests.sync.builders import (
    TOWNSHIP,
    VILLAGE,
    Weather,
    a_centre,
    a_station,
    exchange,
    own_entries,
)

WEATHER = st.lists(st.sampled_from(Weather), max_size=12)


@settings(max_examples=25)
@given(WEATHER, st.integers(0, 4))
def test_the_centre_holds_each_entry_once_whatever_the_line_does(weather, cases):
    with tempfile.TemporaryDirectory() as folder:
        centre = a_centre(Path(folder) / "centre")
        station = a_station(centre, VILLAGE, Path(folder) / "village")
        for place in range(cases):
            a_case(station, name=f"第{place}人")

        while weather:
            with suppress(Offline, Unintelligible):
                exchange(station, centre, weather)  # each request takes its spell from the list
        exchange(station, centre)

        assert centre.entries_of(station.device) == own_entries(station.store)
        assert station_side.pending(station.store) == 0


@settings(max_examples=15)
@given(WEATHER, WEATHER)
def test_both_tiers_see_the_same_case_whatever_the_lines_do(up, down):
    with tempfile.TemporaryDirectory() as folder:
        centre = a_centre(Path(folder) / "centre")
        village = a_station(centre, VILLAGE, Path(folder) / "village")
        township = a_station(centre, TOWNSHIP, Path(folder) / "township")
        subject = a_case(village)

        for station, weather in ((village, up), (township, down)):
            while weather:
                with suppress(Offline, Unintelligible):
                    exchange(station, centre, weather)
        for station in (village, township, village):
            exchange(station, centre)

        assert township.case(subject) == village.case(subject)
