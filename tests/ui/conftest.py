"""A village's and a township's folder, ready for the command line."""

import shutil
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring

from app.domain import events
from app.domain.events import Role
from app.store.keyslots import Unlock
from app.usecases import enrolment, operators
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    Station,
    a_district,
    an_identity,
    carry,
    the_catalogue,
)
from tests.ui.commands.desk import PASSPHRASE, Desk


@pytest.fixture(scope="session", autouse=True)
def no_keyring():
    """Tests leave nothing in the keyring of whoever runs them."""
    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture(autouse=True)
def nothing_from_outside(monkeypatch):
    for name in ("DAIBAN_DATA", "DAIBAN_PASSPHRASE", "DAIBAN_PASSWORD", "DAIBAN_NEW_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def folders(tmp_path_factory, no_keyring) -> Path:
    """A village with an agent and a township with a clerk, as the centre certified them."""
    top = tmp_path_factory.mktemp("folders")
    district = a_district()
    told = the_catalogue()
    district.publish(
        events.CatalogueNotesPublished(
            not_issued_here=told.not_issued_here, retired_terms=told.retired_terms
        )
    )
    for name, region, person, role in (
        ("village", VILLAGE, "韦代办", Role.AGENT),
        ("township", TOWNSHIP, "李窗口", Role.CLERK),
    ):
        who = an_identity(district, region)
        store = enrolment.settle(top / name, Unlock(passphrase=PASSPHRASE), who=who)
        carry(district, Station(district, store, district.wall))
        operators.add(store, person, role)
        store.close()
    return Path(top)


@pytest.fixture
def village(folders, tmp_path) -> Desk:
    return Desk(Path(shutil.copytree(folders / "village", tmp_path / "village")))


@pytest.fixture
def township(folders, tmp_path) -> Desk:
    return Desk(Path(shutil.copytree(folders / "township", tmp_path / "township")))
