"""A real centre and real stations: processes, TLS, folders."""

from __future__ import annotations

import random
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ui.demo.places import Centre, Place

PASSPHRASE = "全程贯通"
Enrolment = tuple[str, str, str, str]
"""Of a new station: its name here, its region, its operator and their role."""


@dataclass(frozen=True)
class District:
    """A founded centre, and room for stations beside it."""

    folder: Path
    centre: Centre
    masters: Masters | None = None

    def enrolled(self, name: str, region: str, person: str, role: str) -> Place:
        """A new station with one operator; the centre must be open."""
        issued = self.centre.do("centre", "enrol-code", "--region", region)
        station = Place(self.folder / name, PASSPHRASE)
        station.do("enrol", issued["code"])
        station.do("sync")
        station.do("operator", "add", "--name", person, "--role", role)
        return station

    def begun_with(self, *stations: Enrolment) -> tuple[Place, ...]:
        """What `enrolled` makes, one after the other, copied; the centre is closed and has done nothing else yet."""
        assert self.masters is not None
        shutil.rmtree(self.centre.folder)
        shutil.copytree(self.masters.folder(stations), self.folder, dirs_exist_ok=True)
        return tuple(Place(self.folder / name, PASSPHRASE) for name, *_ in stations)

    @contextmanager
    def open(self) -> Iterator[int]:
        with self.centre.open() as process:
            yield process


@dataclass(frozen=True)
class Masters:
    """Folders of districts as tests begin with them: real processes make each once, then it is copied."""

    room: Path
    port: int
    _made: dict[tuple[Enrolment, ...], Path] = field(default_factory=dict)

    def district(self, folder: Path) -> District:
        """With a centre whose stations find it at the same port in every copy."""
        centre = Centre(folder / "centre", PASSPHRASE)
        centre.port, centre.url = self.port, f"https://127.0.0.1:{self.port}"
        return District(folder, centre, self)

    def folder(self, stations: tuple[Enrolment, ...]) -> Path:
        if stations not in self._made:
            made = self.room / str(len(stations)) / str(len(self._made))
            district = self.district(made)
            if stations:
                shutil.copytree(self.folder(stations[:-1]), made)
                with district.open():
                    district.enrolled(*stations[-1])
            else:
                centre = district.centre
                centre.do("centre", "init", "--region", "450305", "--url", centre.url)
            self._made[stations] = made
        return self._made[stations]


@pytest.fixture(scope="session")
def masters(tmp_path_factory: pytest.TempPathFactory) -> Masters:
    return Masters(tmp_path_factory.mktemp("masters"), _a_lasting_port())


@pytest.fixture
def district(masters: Masters, tmp_path: Path) -> District:
    shutil.copytree(masters.folder(()), tmp_path, dirs_exist_ok=True)
    return masters.district(tmp_path)


def _a_lasting_port() -> int:
    """One below those that systems lend to whoever calls or asks for any: nobody gets it between two tests."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) != 0:
                return port
