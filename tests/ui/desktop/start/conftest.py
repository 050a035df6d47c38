"""Folders as they are found at a start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from app.domain.events import Role
from app.store.identity import Identity
from app.store.keyslots import Unlock
from app.usecases import enrolment, operators
from tests.builders import VILLAGE, Station, a_district, an_identity, carry
from tests.sync.builders import a_centre
from ui.desktop.jobs import Jobs

HEAD = "韦代办"
PASSWORD = "lotus-2026"


@pytest.fixture
def jobs(qapp) -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.stop()


def reachable(who: Identity, folder: Path) -> Identity:
    """With the certificate of a real authority, which a line cannot do without."""
    ca = a_centre(folder / "authority").authority.ca
    return msgspec.structs.replace(who, ca=ca, url="https://127.0.0.1:1")


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """A village's folder whose head has a password, and a colleague too; nobody answers at its centre's address."""
    district = a_district()
    who = reachable(an_identity(district, VILLAGE), tmp_path)
    folder = tmp_path / "village"
    store = enrolment.settle(folder, Unlock(operator=HEAD, password=PASSWORD), who=who)
    carry(district, Station(district, store, district.wall))
    operators.add(store, HEAD, Role.AGENT)
    operators.add(store, "莫代办", Role.AGENT, password="another-one")
    store.close()
    return folder
