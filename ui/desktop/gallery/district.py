"""An invented district for the pictures: it publishes, its stations are folders, entries are carried by hand."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

import resources
from app.domain import events
from app.domain.calendar import packaged_years
from app.domain.catalogue import read_catalogue
from app.domain.events import Body, Role
from app.domain.items import Item
from app.domain.regions import read_regions
from app.domain.staff import OperatorCard
from app.journal import certificate, entry
from app.journal.certificate import Certificate
from app.journal.keys import DeviceKeys
from app.journal.refs import Continuation, DeviceId
from app.store import intake, opening
from app.store.exchange import Incoming, Verdict
from app.store.identity import Identity
from app.store.store import Store
from app.usecases import operators

DISTRICT: Final = "450305"
TOWNSHIP: Final = "450305200"
VILLAGE: Final = "450305200201"
OTHER_VILLAGE: Final = "450305200204"
_DAY_MS: Final = 86_400_000
_LONGEST_RUN: Final = 100_000


class Wall:
    """A clock on the wall that stands until somebody turns it."""

    def __init__(self, now_ms: int) -> None:
        self.now_ms = now_ms

    def __call__(self) -> int:
        return self.now_ms

    def turn(self, days: float) -> None:
        self.now_ms += int(days * _DAY_MS)


@dataclass
class Station:
    """An open store, and how far it has heard of others."""

    store: Store
    wall: Wall
    heard: dict[DeviceId, int] = field(default_factory=dict)

    def hire(self, name: str, role: Role) -> OperatorCard:
        return operators.add(self.store, name, role)

    def person(self, name: str | None = None) -> OperatorCard:
        """The operator of that name; without one, the head."""
        return operators.acting(self.store, name)

    def hear(
        self,
        device: DeviceId,
        first: int,
        wires: list[bytes],
        verdicts: list[Verdict] | None = None,
    ) -> None:
        """One answer of the centre."""
        intake.take_in(
            self.store,
            Incoming(
                accepted_seq=self.store.head().seq,
                accepted_digest=b"",
                verdicts=verdicts or [],
                runs=[(device, first, wires)] if wires else [],
                cursor=b"cursor",
                centre_ms=self.wall(),
            ),
        )


class District:
    """The centre as far as stations see it: a CA, and a journal of publications."""

    def __init__(self, folder: Path, wall: Wall) -> None:
        self.wall = wall
        self._folder = folder
        self._ca, self._keys = DeviceKeys.generate(), DeviceKeys.generate()
        self._wires: list[bytes] = []
        self._stations: list[Station] = []
        self._regions = read_regions(resources.read_bytes("regions/450305-qixing.csv").decode())
        self._catalogue = read_catalogue(resources.read_bytes("catalogue/items.json"))
        self._certify(self._keys, DISTRICT, "七星区政务服务中心")
        self.publish(events.RegionsPublished(regions=self._regions))
        for year in packaged_years(2025, 2026):
            self.publish(events.CalendarPublished(year=year))

    def item(self, name: str) -> Item:
        return next(item for item in self._catalogue.items if item.id == name)

    def publish_catalogue(self) -> None:
        catalogue = self._catalogue
        for item in catalogue.items:
            self.publish(events.ItemPublished(item=item))
        self.publish(
            events.CatalogueNotesPublished(
                not_issued_here=catalogue.not_issued_here, retired_terms=catalogue.retired_terms
            )
        )

    def publish(self, body: Body) -> None:
        kind, version = events.name_of(body)
        draft = entry.Draft(
            kind=kind,
            version=version,
            region=DISTRICT,
            body=events.encode_body(body),
            actor=None,
            subject=None,
            after=(),
        )
        seq = len(self._wires) + 1
        written = entry.write(draft, device=self._keys.device, seq=seq, clock=seq, lineage={})
        self._wires.append(written.wire)

    def station(self, region: str, name: str, head: str, role: Role) -> Station:
        """A device of a station, with all that was published and its head."""
        folder = self._folder / f"{region}-{len(self._stations)}"
        folder.mkdir(parents=True)
        keys = DeviceKeys.generate()
        who = self._certify(keys, region, name)
        store = opening.create_store(folder, secrets.token_bytes(32), who, wall=self.wall)
        store.database.run(
            "PRAGMA synchronous = off"
        )  # the folder goes when the pictures are drawn
        station = Station(store=store, wall=self.wall)
        self._tell(station)
        station.hire(head, role)
        self._stations.append(station)
        return station

    def copied(self, station: Station, place: Continuation) -> DeviceId:
        """The life in which a copy of a station's disk goes on."""
        own, keys = station.store.certificate, DeviceKeys.generate()
        self._sign(
            msgspec.structs.replace(
                own,
                life="B",
                sign_public=keys.sign_public,
                seal_public=keys.seal_public,
                continues=place,
            )
        )
        return keys.device

    def meet(self, *stations: Station) -> None:
        """Everybody learns everything."""
        for station in stations:
            self._tell(station)
        for source in stations:
            for target in stations:
                if target is not source:
                    _carry(source, target)

    def _tell(self, station: Station) -> None:
        first = station.heard.get(self._keys.device, 0)
        if len(self._wires) > first:
            station.hear(self._keys.device, first + 1, self._wires[first:])
            station.heard[self._keys.device] = len(self._wires)

    def _certify(self, keys: DeviceKeys, region: str, name: str) -> Identity:
        known = next(row for row in self._regions if row.code == region)
        plain = Certificate(
            version=1,
            region=region,
            tier=known.tier,
            station=name,
            slot=len(self._stations) + 1,
            life="A",
            sign_public=keys.sign_public,
            seal_public=keys.seal_public,
            issued_ms=self.wall(),
            continues=None,
        )
        signed = self._sign(plain)
        return Identity(
            keys=keys,
            signed=signed,
            token=b"t" * 16,
            url="https://zhengwu.qixing.example:8750",
            ca=b"",
            district_public=self._ca.sign_public,
            recovery_public=self._ca.seal_public,
        )

    def _sign(self, plain: Certificate) -> certificate.SignedCertificate:
        payload, message = certificate.signing_input(plain)
        signed = certificate.SignedCertificate(payload, self._ca.sign(message))
        self.publish(events.DeviceCertified(certificate=signed))
        return signed


def _carry(source: Station, target: Station) -> None:
    device = source.store.device
    first = target.heard.get(device, 0) + 1
    wires = source.store.journal.wires(device, first, _LONGEST_RUN)
    if wires:
        target.hear(device, first, wires)
        target.heard[device] = first + len(wires) - 1
