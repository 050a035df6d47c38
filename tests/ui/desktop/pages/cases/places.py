"""A village and its township, which hear of each other's cases when `meet` is called."""

from __future__ import annotations

import atexit
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from app.journal.refs import Ref
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_copy,
    a_district,
    a_station,
    act,
    as_it_was,
    meet,
)
from tests.ui.desktop.desks import SomeDesk, desk_of

DIBAO = "IT001"
"""The township examines it, the district decides; 最低生活保障审核确认."""
JOB_CARD = "IT022"
"""The township examines it and decides; 就业创业证申领."""


@dataclass
class Places:
    village: Station
    township: Station

    def meet(self) -> None:
        meet(self.village, self.township)

    def in_transit(self, item: str = DIBAO, name: str = "韦小妹", **said: Any) -> Ref:
        """A case that the village has sent up, known everywhere."""
        subject = a_case(self.village, item, name, **said)
        act(self.village, subject, "forward")
        self.meet()
        return subject

    def examined(self, item: str = DIBAO, name: str = "韦小妹", **said: Any) -> Ref:
        subject = self.in_transit(item, name, **said)
        act(self.township, subject, "take_over")
        self.meet()
        return subject

    def accepted(self, item: str = DIBAO, name: str = "韦小妹", **said: Any) -> Ref:
        subject = self.examined(item, name, **said)
        act(self.township, subject, "accept")
        self.meet()
        return subject

    def decided(self, item: str = JOB_CARD, name: str = "韦小妹", **said: Any) -> Ref:
        subject = self.accepted(item, name, **said)
        act(self.township, subject, "decide", approved=True)
        self.meet()
        return subject


def the_places(folder: Path) -> Places:
    made = _made()
    district = as_it_was(made.village.district)
    return Places(
        village=a_copy(made.village, folder / VILLAGE, district),
        township=a_copy(made.township, folder / TOWNSHIP, district),
    )


@cache
def _made() -> Places:
    """With stores that are closed, to be copied for each test."""
    room = tempfile.TemporaryDirectory(prefix="places", ignore_cleanup_errors=True)
    atexit.register(room.cleanup)
    district = a_district()
    village, township = (
        a_station(district, region, Path(room.name) / region) for region in (VILLAGE, TOWNSHIP)
    )
    places = Places(village=village, township=township)
    places.meet()
    village.store.close()
    township.store.close()
    return places


@contextmanager
def desk_at(qtbot: QtBot, station: Station) -> Iterator[SomeDesk]:
    """The desk of a station that goes on being used by the test."""
    some = desk_of(qtbot, station, station.district)
    yield some
    some.desk.exchanger.stop()
    some.desk.jobs.stop()
