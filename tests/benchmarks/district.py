"""An invented district that writes entries without a network, for stores larger than anybody would wait for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

import resources
from app.domain import calendar, events
from app.domain.catalogue import read_catalogue
from app.domain.events import Body, Role
from app.domain.regions import Region, RegionCode, Tier, read_regions
from app.journal import certificate, entry
from app.journal.certificate import Certificate, SignedCertificate
from app.journal.clock import hybrid
from app.journal.entry import Draft
from app.journal.keys import DeviceKeys
from app.journal.refs import Ref
from app.store.exchange import Run
from app.store.identity import Identity
from sync.centre.authority import Authority
from sync.centre.ledger import Ledger
from tests.benchmarks.people import FIRST_MS, People

_NOWHERE = "https://127.0.0.1:9"
"""Nobody answers there, and at once."""


def _a_certificate() -> bytes:
    """Of a centre that nobody will ever reach; a desktop looks at it all the same."""
    with TemporaryDirectory() as folder:
        ledger = Ledger.open(Path(folder) / "ledger.db", bytes(32))
        try:
            return Authority.found(ledger, "450305").ca
        finally:
            ledger.close()


def drafted(
    body: Body,
    region: str,
    actor: Ref | None,
    subject: Ref | None = None,
    after: tuple[Ref, ...] = (),
) -> Draft:
    """An entry of that region, to be written."""
    kind, version = events.name_of(body)
    return Draft(
        kind=kind,
        version=version,
        region=region,
        body=events.encode_body(body),
        actor=actor,
        subject=subject,
        after=after,
    )


class Device:
    """One device's journal, kept as bytes."""

    def __init__(self, keys: DeviceKeys, region: str) -> None:
        self.keys = keys
        self.region = region
        self.device = keys.device
        self.wires: list[bytes] = []
        self.operator: Ref | None = None

    def write(
        self,
        body: Body,
        *,
        clock: int,
        region: str | None = None,
        subject: Ref | None = None,
        after: tuple[Ref, ...] = (),
    ) -> Ref:
        draft = drafted(body, region or self.region, self.operator, subject, after)
        seq = len(self.wires) + 1
        self.wires.append(
            entry.write(draft, device=self.device, seq=seq, clock=clock, lineage={}).wire
        )
        return Ref(self.device, seq)


class District:
    """七星区 with its publications and one window in each village."""

    def __init__(self) -> None:
        self._authority = DeviceKeys.generate()
        self._clock = hybrid(FIRST_MS)
        self.centre = Device(DeviceKeys.generate(), "450305")
        self.regions = read_regions(resources.read_bytes("regions/450305-qixing.csv").decode())
        self.catalogue = read_catalogue(resources.read_bytes("catalogue/items.json"))
        self._publish(
            events.DeviceCertified(
                certificate=self._certify(self.centre.keys, "450305", 3, "七星区", 1)
            )
        )
        self._publish(events.RegionsPublished(regions=self.regions))
        for item in self.catalogue.items:
            self._publish(events.ItemPublished(item=item))
        for year in calendar.packaged_years(2025, 2026):
            self._publish(events.CalendarPublished(year=year))
        villages = [region for region in self.regions if region.tier is Tier.VILLAGE]
        self.windows = [
            (village, self.window(village, "代办员", (Role.AGENT, Role.HEAD)))
            for village in villages
        ]

    def identity(self, region: RegionCode, tier: Tier, station: str) -> Identity:
        """A new device of that region, certified and published."""
        keys = DeviceKeys.generate()
        signed = self._certify(keys, region, tier, station, 9)
        self._publish(events.DeviceCertified(certificate=signed))
        return Identity(
            keys=keys,
            signed=signed,
            token=bytes(16),
            url=_NOWHERE,
            ca=_a_certificate(),
            district_public=self._authority.sign_public,
            recovery_public=self._authority.seal_public,
        )

    def register(self, number: int, people: People) -> None:
        """Let the windows register so many requests, in turn, spread over the working days of two years."""
        counts: dict[tuple[int, date], int] = {}
        for place, (day, ms) in zip(
            cycle(range(len(self.windows))), people.moments(number), strict=False
        ):
            counts[place, day] = counts.get((place, day), 0) + 1
            village, device = self.windows[place]
            device.write(people.request(village, day, "A1", counts[place, day]), clock=hybrid(ms))

    def publications(self) -> Run:
        return self.centre.device, 1, self.centre.wires

    def answers(self, size: int) -> Iterator[list[Run]]:
        """Everything the windows wrote since the last call, in answers of about so many entries, window by window."""
        runs = [(device.device, 1, device.wires) for _, device in self.windows]
        share = max(1, size // len(runs))
        longest = max(len(wires) for _, _, wires in runs)
        for start in range(0, longest, share):
            yield [
                (name, start + 1, part)
                for name, _, wires in runs
                if (part := wires[start : start + share])
            ]

    def window(self, region: Region, name: str, roles: tuple[Role, ...]) -> Device:
        """A region's device with its one operator, certified and published."""
        keys = DeviceKeys.generate()
        station = f"{region.name}便民服务站"
        signed = self._certify(keys, region.code, region.tier, station, 1)
        self._publish(events.DeviceCertified(certificate=signed))
        device = Device(keys, region.code)
        device.operator = device.write(
            events.OperatorAdded(name=name, roles=roles), clock=hybrid(FIRST_MS)
        )
        return device

    def _certify(
        self, keys: DeviceKeys, region: str, tier: int, station: str, slot: int
    ) -> SignedCertificate:
        one = Certificate(
            version=1,
            region=region,
            tier=tier,
            station=station,
            slot=slot,
            life="A",
            sign_public=keys.sign_public,
            seal_public=keys.seal_public,
            issued_ms=FIRST_MS,
        )
        payload, message = certificate.signing_input(one)
        return SignedCertificate(payload, self._authority.sign(message))

    def _publish(self, body: Body) -> None:
        self._clock += 1
        self.centre.write(body, clock=self._clock)
