"""What tests are made of: a district that publishes, stations in folders, entries carried by hand."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import resources
from app.domain import events
from app.domain.calendar import CalendarYear, packaged_years
from app.domain.case import Case
from app.domain.catalogue import Catalogue, read_catalogue
from app.domain.events import Body, Role
from app.domain.items import Item
from app.domain.regions import Region, Tier, read_regions
from app.domain.staff import OperatorCard
from app.journal import certificate, entry
from app.journal.certificate import Certificate, SignedCertificate
from app.journal.entry import Entry
from app.journal.keys import DeviceKeys
from app.journal.refs import Continuation, DeviceId, Lineage, Ref
from app.store import database, exchange, intake, opening
from app.store.exchange import Incoming, Run, Verdict
from app.store.identity import Identity
from app.store.store import Store
from app.usecases import acts, lookup, operators, registration
from app.usecases.parties import ApplicantForm
from app.usecases.registration import RegistrationForm
from tests.blanks import a_blank

DISTRICT = "450305"
TOWNSHIP = "450305200"
OTHER_TOWNSHIP = "450305400"
VILLAGE = "450305200201"
OTHER_VILLAGE = "450305200204"

FEW = (
    "IT001",
    "IT005",
    "IT009",
    "IT011",
    "IT013",
    "IT014",
    "IT022",
    "IT031",
    "IT034",
    "IT045",
    "IT066",
)
"""One item for each way a case can go."""

MORNING_MS = int(datetime(2026, 11, 20, 1, tzinfo=UTC).timestamp() * 1000)
"""9 o'clock in China on a Friday, a working day."""

FIRST_ROLE = {Tier.VILLAGE: Role.AGENT, Tier.TOWNSHIP: Role.CLERK, Tier.DISTRICT: Role.APPROVER}


class Wall:
    """A clock on the wall that stands until somebody turns it."""

    def __init__(self, now_ms: int = MORNING_MS) -> None:
        self.now_ms = now_ms

    def __call__(self) -> int:
        return self.now_ms

    def turn(self, *, days: float = 0, ms: int = 0) -> None:
        self.now_ms += ms + int(days * 86_400_000)


@cache
def the_catalogue() -> Catalogue:
    return read_catalogue(resources.read_bytes("catalogue/items.json"))


@cache
def the_regions() -> tuple[Region, ...]:
    return read_regions(resources.read_bytes("regions/450305-qixing.csv").decode())


@cache
def the_years() -> tuple[CalendarYear, ...]:
    return packaged_years(2025, 2026)


def the_item(name: str) -> Item:
    return next(item for item in the_catalogue().items if item.id == name)


@cache
def _centre_keys() -> tuple[DeviceKeys, DeviceKeys]:
    return DeviceKeys.generate(), DeviceKeys.generate()


@cache
def _catalogue_wires(few: bool) -> tuple[bytes, ...]:
    """The items as the centre publishes them from its entry 3 on; the same bytes for every test."""
    _, centre = _centre_keys()
    items = [item for item in the_catalogue().items if not few or item.id in FEW]
    return tuple(
        an_entry(
            centre.device, place, clock=place, region=DISTRICT, body=events.ItemPublished(item=item)
        ).wire
        for place, item in enumerate(items, 3)
    )


def a_device(number: int) -> DeviceId:
    """A device's id that is easy to tell apart; nobody has its keys."""
    return DeviceId(bytes([number]) * 16)


def an_entry(
    device: DeviceId,
    seq: int,
    *,
    subject: Ref | None = None,
    after: tuple[Ref, ...] = (),
    clock: int = 0,
    kind: str = "test.noted",
    version: int = 1,
    region: str = VILLAGE,
    actor: Ref | None = None,
    body: bytes | Body = b"\xc0",
    lineage: Lineage | None = None,
) -> Entry:
    """An entry as `device` would write it; a body of ours brings its kind along."""
    if isinstance(body, Body):
        kind, version = events.name_of(body)
        body = events.encode_body(body)
    draft = entry.Draft(
        kind=kind,
        version=version,
        region=region,
        body=body,
        actor=actor,
        subject=subject,
        after=after,
    )
    return entry.write(draft, device=device, seq=seq, clock=clock, lineage=lineage or {})


@dataclass
class District:
    """The centre as far as stations see it: a CA, and a journal of publications."""

    ca: DeviceKeys
    keys: DeviceKeys
    wall: Wall = field(default_factory=Wall)
    wires: list[bytes] = field(default_factory=list)
    slots: int = 0

    @property
    def device(self) -> DeviceId:
        return self.keys.device

    def publish(self, body: Body | bytes, **named: Any) -> Ref:
        """Write a publication; `named` may be whatever an entry has."""
        seq = len(self.wires) + 1
        written = an_entry(
            self.device,
            seq,
            body=body,
            **dict[str, Any]({"clock": seq, "region": DISTRICT}, **named),
        )
        self.wires.append(written.wire)
        return written.ref

    def certify(
        self,
        keys: DeviceKeys,
        region: str,
        *,
        life: str = "A",
        slot: int | None = None,
        continues: Continuation | None = None,
        publish: bool = True,
    ) -> SignedCertificate:
        if slot is None:
            self.slots += 1
            slot = self.slots
        known = next(row for row in the_regions() if row.code == region)
        signed = self.sign(
            Certificate(
                version=1,
                region=region,
                tier=known.tier,
                station=f"{known.name}政务服务站",
                slot=slot,
                life=life,
                sign_public=keys.sign_public,
                seal_public=keys.seal_public,
                issued_ms=self.wall(),
                continues=continues,
            )
        )
        if publish:
            self.publish(events.DeviceCertified(certificate=signed))
        return signed

    def sign(self, plain: Certificate) -> SignedCertificate:
        payload, message = certificate.signing_input(plain)
        return SignedCertificate(payload, self.ca.sign(message))

    def identity(self, keys: DeviceKeys, signed: SignedCertificate) -> Identity:
        return Identity(
            keys=keys,
            signed=signed,
            token=b"t" * 16,
            url="https://127.0.0.1:8750",
            ca=b"",
            district_public=self.ca.sign_public,
            recovery_public=self.ca.seal_public,
        )

    def run(self, first_seq: int = 1) -> Run:
        """Its publications, as they come down."""
        return self.device, first_seq, self.wires[first_seq - 1 :]


@dataclass
class Station:
    """An open store and the clock on its wall."""

    district: District
    store: Store
    wall: Wall
    heard: dict[DeviceId, int] = field(default_factory=dict)

    @property
    def device(self) -> DeviceId:
        return self.store.device

    def person(self, role: Role) -> OperatorCard:
        """Somebody who is that and nothing else; the first to come, the head, has two roles."""
        for card in operators.of_station(self.store):
            if card.roles == (role,):
                return card
        return operators.add(self.store, f"{role.value}{secrets.token_hex(4)}", role)

    @property
    def head(self) -> OperatorCard:
        """The first operator: head, and agent, clerk or approver as the tier has it."""
        return operators.acting(self.store, None)

    def own_run(self, first_seq: int = 1) -> Run:
        """What this life wrote from there on, as others get it."""
        origin = self.store.certificate.continues
        first = max(first_seq, (origin.seq if origin else 0) + 1)
        return self.device, first, self.store.journal.wires(self.device, first, 100_000)

    def case(self, subject: Ref) -> Case:
        told = self.store.case(subject)
        assert isinstance(told, Case), told
        return told


def a_district(*, items: Collection[str] = FEW, years: bool = True) -> District:
    """A district that has published its regions, items (FEW, or all there are) and calendars."""
    ca, keys = _centre_keys()
    district = District(ca=ca, keys=keys)
    district.certify(keys, DISTRICT)
    district.publish(events.RegionsPublished(regions=the_regions()))
    if items:
        district.wires += _catalogue_wires(few=items is FEW)
    if years:
        for year in the_years():
            district.publish(events.CalendarPublished(year=year))
    return district


def an_identity(district: District, region: str, **certified: Any) -> Identity:
    keys = DeviceKeys.generate()
    return district.identity(keys, district.certify(keys, region, **certified))


def a_station(
    district: District,
    region: str,
    folder: Path,
    *,
    wall: Wall | None = None,
    told: bool = True,
    staffed: bool = True,
) -> Station:
    """A device of a station in a folder of its own, with all that was published and a head.

    There are no key slots (Argon2 is slow on purpose): `app.store.opening` cannot open it again, `reopened` can.
    """
    wall = wall or district.wall
    folder.mkdir(parents=True, exist_ok=True)
    blank = a_blank()
    store = opening.create_store(
        folder, blank.key, an_identity(district, region), wall=wall, connect=blank.connect
    )
    store.database.run("PRAGMA synchronous = off")  # nobody pulls the plug on a test
    station = Station(district=district, store=store, wall=wall)
    if told:
        carry(district, station)
        if staffed:
            operators.add(store, "第一人", FIRST_ROLE[Tier(store.certificate.tier)])
    return station


def a_copy(made: Station, folder: Path, district: District | None = None) -> Station:
    """The same station in another folder, at the hour of `district` (a copy of its own); its store must be closed."""
    shutil.copytree(made.store.folder, folder)
    district = district or as_it_was(made.district)
    store = opening.open_with_key(folder, made.store.key, wall=district.wall)
    store.database.run("PRAGMA synchronous = off")
    return Station(district, store, district.wall, {**made.heard})


def as_it_was(district: District) -> District:
    """A copy: what it publishes, and when, is not seen in the first one."""
    return replace(district, wall=Wall(district.wall()), wires=[*district.wires])


def hand(
    station: Station,
    *runs: Run,
    accepted: int | None = None,
    verdicts: Iterable[Verdict] = (),
    centre_ms: int | None = None,
) -> int:
    """One answer of the centre. Returns how many entries were new."""
    answer = Incoming(
        accepted_seq=exchange.accepted_through(station.store) if accepted is None else accepted,
        accepted_digest=b"",
        verdicts=list(verdicts),
        runs=list(runs),
        cursor=b"cursor",
        centre_ms=station.wall() if centre_ms is None else centre_ms,
    )
    with patch.object(database, "GAP_S", 0):  # nobody waits for a turn
        return intake.take_in(station.store, answer)


def carry(source: District | Station, *targets: Station) -> None:
    """Bring what `source` wrote to others that have not heard it, as an exchange through the centre would."""
    for target in targets:
        first = target.heard.get(source.device, 0) + 1
        device, first, wires = (
            source.own_run(first) if isinstance(source, Station) else source.run(first)
        )
        if wires:
            hand(target, (device, first, wires))
            target.heard[device] = first + len(wires) - 1


def meet(*stations: Station) -> None:
    """Everybody learns everything."""
    carry(stations[0].district, *stations)
    for source in stations:
        carry(source, *(other for other in stations if other is not source))


def a_form(item: str = "IT022", name: str = "韦小妹", **said: Any) -> RegistrationForm:
    """What the counter fills in; `applicant` may bring more of the person."""
    person = {"id_number": "450305196203151028", "phone": "13877300000"} | said.pop("applicant", {})
    applicant = ApplicantForm(name=name, **person)
    return RegistrationForm(item=item, applicant=applicant, **({"mandate": True} | said))


def a_case(
    station: Station,
    item: str = "IT022",
    name: str = "韦小妹",
    *,
    by: OperatorCard | None = None,
    **said: Any,
) -> Ref:
    """Register a request; the entry that opened the case."""
    registered = registration.register(
        station.store, a_form(item, name, **said), by=by or station.head
    )
    return lookup.by_number(station.store, registered.local_number).subject


def act(
    station: Station, subject: Ref, verb: str, /, *, by: OperatorCard | None = None, **facts: Any
) -> Case:
    return acts.perform(station.store, subject, verb, facts, by=by or station.head)
