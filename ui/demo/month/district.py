"""A district in one process: a centre with its ledger, and stations with stores of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

import resources
from app.domain.events import Role
from app.domain.regions import Region, RegionCode, RegionTree, Tier, read_regions, station_name
from app.domain.staff import OperatorCard
from app.journal.keys import DeviceKeys
from app.store.database import Database
from app.store.identity import Identity
from app.store.keyslots import Unlock
from app.store.store import Store
from app.usecases import enrolment, operators
from sync import protocol
from sync.centre.authority import Authority
from sync.centre.database import Database as LedgerDatabase
from sync.centre.devices import Devices
from sync.centre.founding import found
from sync.centre.http import Centre
from sync.centre.ledger import FILE, Ledger
from sync.client import engine
from sync.protocol import Admission, EnrolRequest
from ui.demo.month.line import Line

PASSPHRASE: Final = "month"
"""Of every store."""
DISTRICT: Final = RegionCode("450305")
_URL: Final = "https://127.0.0.1:9"
"""Nobody answers there; this district needs no line."""
_TABLE: Final = "regions/450305-qixing.csv"
_KEY: Final = bytes(32)
_UNSIGNED: Final = bytes(64)


class Hours:
    """The clock of the whole district, in milliseconds since 1970."""

    def __init__(self, now_ms: int) -> None:
        self.now_ms = now_ms

    def __call__(self) -> int:
        return self.now_ms

    def pass_s(self, seconds: float) -> None:
        self.now_ms += int(seconds * 1000)


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's job at a station, by role."""

    name: str
    role: Role


class Station:
    """A store that is open, and the people who work at it."""

    def __init__(self, store: Store, region: Region) -> None:
        self.store = store
        self.region = region
        self.people: dict[Role, OperatorCard] = {}

    @property
    def tier(self) -> Tier:
        return self.region.tier

    def who(self, *roles: Role) -> OperatorCard:
        """The first of these roles that somebody here has; else the head."""
        return next((self.people[role] for role in roles if role in self.people), self.head)

    @property
    def head(self) -> OperatorCard:
        return next(iter(self.people.values()))


class District:
    """七星区 with as many townships and villages as wanted, each with its station enrolled and staffed."""

    def __init__(self, folder: Path, hours: Hours, *, townships: int, villages: int) -> None:
        self.hours = hours
        self._folder = folder
        self._unlock = Unlock(passphrase=PASSPHRASE)
        folder.mkdir(parents=True, exist_ok=True)
        tree = RegionTree(read_regions(resources.read_bytes(_TABLE).decode()))
        self._ledger = Ledger.open(folder / FILE, _KEY)
        _hasten(self._ledger.database)
        found(self._ledger, tree.region(DISTRICT), tree, _URL, hours())
        self._authority = Authority.of(self._ledger)
        self.line = Line(Centre(self._ledger, self._authority, hours))
        places = _places(tree, townships, villages)
        self.stations = [self._enrolled(place) for place in places]

    def close(self) -> None:
        for station in self.stations:
            station.store.close()
        self._ledger.close()

    def exchange(self, station: Station) -> None:
        """Once up and down."""
        engine.exchange(station.store, self.line)

    def at(self, tier: Tier) -> list[Station]:
        return [station for station in self.stations if station.tier is tier]

    def add_second(self, station: Station) -> Station:
        """A second computer at the same station, which hears of the first only through the centre."""
        other = self._enrolled(station.region)
        self.stations.append(other)
        return other

    def _enrolled(self, region: Region) -> Station:
        name = f"{region.code}-{len(list(self._folder.iterdir()))}"
        store = enrolment.settle(self._folder / name, self._unlock, who=self._admitted(region))
        store.wall = self.hours
        _hasten(store.database)
        _hasten(store.attachments)
        station = Station(store, region)
        self.exchange(station)
        for post in _POSTS[region.tier]:
            head = (station.people and station.head) or None
            card = operators.add(store, f"{post.name}{_tail(region)}", post.role, by=head)
            station.people[post.role] = card
        return station

    def _admitted(self, region: Region) -> Identity:
        keys = DeviceKeys.generate()
        secret = keys.sign_public[:16]
        with self._ledger.writing():
            Devices(self._ledger.database).add_code(
                secret, region.code, station_name(region), region.tier, self.hours() + 86_400_000
            )
        request = EnrolRequest(
            version=protocol.VERSION,
            secret=secret,
            sign_public=keys.sign_public,
            seal_public=keys.seal_public,
            signature=_UNSIGNED,
            offers=[],
        )
        signature = keys.sign(protocol.enrol_proof(request))
        signed = protocol.encode(msgspec.structs.replace(request, signature=signature))
        admission = protocol.decode(self.line.post(protocol.ENROL, signed), Admission)
        return Identity(
            keys=keys,
            signed=admission.certificate,
            token=admission.token,
            url=_URL,
            ca=self._authority.ca,
            district_public=admission.district_public,
            recovery_public=admission.recovery_public,
        )


_POSTS: Final = {
    Tier.VILLAGE: (Post(name="代办员", role=Role.AGENT),),
    Tier.TOWNSHIP: (
        Post(name="窗口", role=Role.CLERK),
        Post(name="审批", role=Role.APPROVER),
        Post(name="督查", role=Role.SUPERVISOR),
        Post(name="档案", role=Role.ARCHIVIST),
    ),
    Tier.DISTRICT: (
        Post(name="区窗口", role=Role.CLERK),
        Post(name="区审批", role=Role.APPROVER),
        Post(name="区督查", role=Role.SUPERVISOR),
        Post(name="区档案", role=Role.ARCHIVIST),
    ),
}


def _hasten(database: Database | LedgerDatabase) -> None:
    """A month that never was may be lost in a power cut: nothing waits for the disk."""
    database.run("PRAGMA synchronous = off")


def _tail(region: Region) -> str:
    return region.code[-3:]


def _places(tree: RegionTree, townships: int, villages: int) -> list[Region]:
    """The district, townships in the table's order, and villages spread over them."""
    rows = [row for row in tree.rows if row.successor is None]
    chosen = [row for row in rows if row.tier is Tier.TOWNSHIP][:townships]
    below = [
        [row for row in rows if row.tier is Tier.VILLAGE and row.parent == town.code]
        for town in chosen
    ]
    found: list[Region] = []
    for turn in range(max(map(len, below), default=0)):
        found += [group[turn] for group in below if turn < len(group)]
    return [tree.region(DISTRICT), *chosen, *found[:villages]]
