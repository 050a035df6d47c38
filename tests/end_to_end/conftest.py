"""A real centre and real stations: processes, TLS, folders."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from ui.demo.places import Centre, Place

PASSPHRASE = "全程贯通"


@dataclass(frozen=True)
class District:
    """A founded centre, and room for stations beside it."""

    folder: Path
    centre: Centre

    def enrolled(self, name: str, region: str, person: str, role: str) -> Place:
        """A new station with one operator; the centre must be open."""
        issued = self.centre.do("centre", "enrol-code", "--region", region)
        station = Place(self.folder / name, PASSPHRASE)
        station.do("enrol", issued["code"])
        station.do("sync")
        station.do("operator", "add", "--name", person, "--role", role)
        return station

    @contextmanager
    def open(self) -> Iterator[int]:
        with self.centre.open() as process:
            yield process


@pytest.fixture
def district(tmp_path) -> District:
    centre = Centre(tmp_path / "centre", PASSPHRASE)
    centre.do("centre", "init", "--region", "450305", "--url", centre.url)
    return District(tmp_path, centre)
