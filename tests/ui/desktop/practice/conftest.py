"""Somebody at a desktop, beside a village where people have practised before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.domain.events import Role
from app.store.keyslots import Unlock
from app.usecases import enrolment, operators, practice
from tests.builders import VILLAGE, Station, a_district, an_identity, carry
from tests.ui.desktop.start.conftest import HEAD, PASSWORD, reachable
from tests.ui.desktop.start.test_flow import Driver


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("practised")
    district, unlock = a_district(), Unlock(operator=HEAD, password=PASSWORD)
    who = reachable(an_identity(district, VILLAGE), folder)
    store = enrolment.settle(folder / "village", unlock, who=who)
    carry(district, Station(district, store, district.wall))
    head = operators.add(store, HEAD, Role.AGENT)
    practice.start(store, unlock, by=head, seed=1)
    store.close()
    return Path(folder / "village")


@pytest.fixture
def village(made, tmp_path) -> Path:
    """A village's folder whose head has a password, with a practice store; nobody answers at its centre's address."""
    return Path(shutil.copytree(made, tmp_path / "village"))


@pytest.fixture
def start(qtbot, qapp):
    """Starts the desktop on a folder; all of them are closed at the end."""
    drivers = []

    def begin(data):
        drivers.append(Driver(qtbot, qapp, data))
        return drivers[-1]

    yield begin
    for driver in drivers:
        driver.close()
