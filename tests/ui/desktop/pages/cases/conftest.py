"""A village and a township with stores of their own, and desks at them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.desktop.desks import SomeDesk
from tests.ui.desktop.pages.cases.places import Places, desk_at, the_places


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Places]:
    places = the_places(tmp_path)
    yield places
    for station in (places.village, places.township):
        station.store.close()


@pytest.fixture
def village_desk(qtbot: QtBot, places: Places) -> Iterator[SomeDesk]:
    with desk_at(qtbot, places.village) as desk:
        yield desk


@pytest.fixture
def township_desk(qtbot: QtBot, places: Places) -> Iterator[SomeDesk]:
    with desk_at(qtbot, places.township) as desk:
        yield desk
