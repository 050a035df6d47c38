"""Copies of a station's disk that go on by themselves."""

from __future__ import annotations

import shutil
from pathlib import Path

from app.store import identity
from app.usecases import enrolment as settling
from sync import protocol
from sync.protocol import Admission
from tests.builders import Station
from tests.sync.builders import UNLOCK, URL, VILLAGE, ACentre, an_enrolment, reopened


def copied(station: Station, to: Path, centre: ACentre) -> tuple[Station, Station]:
    """The station and its copy, both as the device that they are."""
    folder = station.store.folder
    station.store.close()
    shutil.copytree(folder, to)
    return reopened(folder, centre.wall), reopened(to, centre.wall)


def enrolled_again(station: Station, centre: ACentre, code: bytes) -> Station:
    """The identity is lost, and a code of the station makes it its next life, as `daiban enrol` does."""
    folder = station.store.folder
    station.store.close()
    (folder / identity.FILE).unlink()
    offers = settling.offers_in(folder, UNLOCK)
    keys = settling.keys_for(folder, UNLOCK, code)
    raw = centre.post(protocol.ENROL, an_enrolment(centre.code(VILLAGE), keys, offers))
    admission = protocol.decode(raw, Admission)
    who = identity.Identity(
        keys=keys,
        signed=admission.certificate,
        token=admission.token,
        url=URL,
        ca=centre.authority.ca,
        district_public=admission.district_public,
        recovery_public=admission.recovery_public,
    )
    settling.settle(folder, UNLOCK, who=who).close()
    return reopened(folder, centre.wall)
