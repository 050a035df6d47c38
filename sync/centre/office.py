"""What a district's administrator does: found a centre, hand out codes, serve, look at devices, revoke them."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec

import resources
from app.domain.days import day_of
from app.domain.regions import (
    Region,
    RegionCode,
    RegionTree,
    Tier,
    UnknownRegion,
    read_table,
    station_name,
)
from app.errors import Refused
from app.store import keyslots, opening
from app.store.keyslots import Unlock
from sync import enrolment_packet
from sync.centre import audit, enrolment_packets, packets, placing, publishing
from sync.centre.audit import Act
from sync.centre.authority import Authority
from sync.centre.device_summary import DeviceSummary as DeviceSummary
from sync.centre.device_summary import summaries, summary
from sync.centre.devices import Devices
from sync.centre.enrolment_packets import AdmittedByPacket
from sync.centre.founding import found
from sync.centre.ledger import FILE
from sync.centre.packets import AnsweredPacket
from sync.centre.placing import CentreExists as CentreExists
from sync.centre.placing import StationHere as StationHere
from sync.centre.placing import opened as opened
from sync.centre.serving import listen as listen
from sync.centre.serving import serve as serve
from sync.enrolment_code import EnrolmentCode, write_code

DEFAULT_URL: Final = "https://127.0.0.1:8750"
CODE_DAYS: Final = 7


class NotADistrict(Refused):
    """The region is not at the district's tier."""

    code = "not_a_district"


class NoRegions(Refused):
    """No packaged table begins with this region; a file must be given."""

    code = "no_regions"


class BadUrl(Refused):
    """The address at which stations reach the centre is no https address."""

    code = "bad_url"


class OwnDevice(Refused):
    """The centre's own device cannot be revoked, in no life of it."""

    code = "own_device"


class AlreadyRevoked(Refused):
    """The device was revoked before (facts: device, station, slot, day in China)."""

    code = "already_revoked"


class IssuedCode(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    expires: datetime


def init(
    data: Path,
    *,
    region: str,
    unlock: Unlock,
    url: str = DEFAULT_URL,
    regions_csv: Path | None = None,
    database: str | None = None,
) -> None:
    """Found a district's centre in a folder, and publish its regions, catalogue and calendars.

    Its ledger is a file there, or stands in the PostgreSQL `database`.

    Raises CentreExists, StationHere, BadUrl, NoRegions, BadRegions, UnknownRegion, NotADistrict, BadCatalogue,
    BadDatabaseUrl, DatabaseAway.
    """
    _check_url(url)
    rows = _regions(region, regions_csv)
    tree = RegionTree(rows)
    place = tree.region(RegionCode(region))
    if place.tier is not Tier.DISTRICT:
        raise NotADistrict(region=region)
    if (data / FILE).exists():
        raise CentreExists(folder=str(data))
    if opening.holds_station(data):
        raise StationHere(folder=str(data))
    opening.private_folder(data)
    key = (
        keyslots.open_key(data, unlock) if keyslots.exists(data) else keyslots.create(data, unlock)
    )
    elsewhere = placing.elsewhere(data, key, database, region)
    if elsewhere is not None:
        with placing.new_elsewhere(elsewhere, key) as ledger:
            if ledger.is_founded:
                raise CentreExists(folder=ledger.database.place)
            placing.keep(data, key, elsewhere)  # a founding that is cut off now goes on there
            found(ledger, place, tree, url, _now_ms())
        return
    with placing.new_file(data, key) as ledger:
        found(ledger, place, tree, url, _now_ms())


def enrol_code(
    data: Path, *, region: str, name: str | None = None, unlock: Unlock, days: int = CODE_DAYS
) -> IssuedCode:
    """Issue a one-time code for a device of one station. Raises NoCentre, UnknownRegion, WrongKey, NoKey."""
    with opened(data, unlock) as ledger:
        tree = ledger.tree
        place = tree.region(RegionCode(region))
        if place.until is not None:
            raise UnknownRegion(region=region)
        secret = secrets.token_bytes(16)
        expires = datetime.now(UTC).replace(microsecond=0) + timedelta(days=days)
        expires_ms = int(expires.timestamp() * 1000)
        station = name or station_name(place)
        with ledger.writing():
            Devices(ledger.database).add_code(secret, place.code, station, place.tier, expires_ms)
            audit.note(ledger, Act.CODE_ISSUED, {"region": place.code, "days": days}, _now_ms())
        code = EnrolmentCode(
            url=ledger.district.url,
            secret=secret,
            fingerprint=Authority.of(ledger).fingerprint,
            region=place.code,
            station=station,
            tier=place.tier,
            expires_ms=expires_ms,
        )
        return IssuedCode(code=write_code(code), expires=expires)


def devices(data: Path, *, unlock: Unlock, region: str | None = None) -> list[DeviceSummary]:
    """Every life of every device of the district, or below one place; those first that need somebody most.

    Raises NoCentre, UnknownRegion, WrongKey, NoKey.
    """
    with opened(data, unlock) as ledger:
        return summaries(ledger, _now_ms(), None if region is None else RegionCode(region))


def revoke(data: Path, device: str, *, unlock: Unlock, reason: str = "") -> DeviceSummary:
    """Shut a device out from its next request on, in all its lives; `device` is the id of one, or its beginning.

    Raises NoSuchDevice, OwnDevice or AlreadyRevoked.
    """
    with opened(data, unlock) as ledger, ledger.writing():
        found = Devices(ledger.database).named(device)
        own = ledger.own.certificate
        if (found.region, found.certificate.slot) == (own.region, own.slot):
            raise OwnDevice
        lives = Devices(ledger.database).lives(found.region, found.certificate.slot)
        open_lives = [life for life in lives if life.revoked_ms is None]
        if found.revoked_ms is not None and not open_lives:
            raise AlreadyRevoked(
                device=found.id.hex(),
                station=found.certificate.station,
                slot=found.certificate.slot_text,
                day=day_of(found.revoked_ms).isoformat(),
            )
        for life in open_lives:
            publishing.withdraw(ledger, life, reason, _now_ms())
        audit.note(ledger, Act.REVOKED, audit.which(found), _now_ms())
        return summary(Devices(ledger.database).numbered(found.n), _now_ms())


@contextmanager
def answering(
    data: Path, unlock: Unlock
) -> Iterator[Callable[[bytes], AnsweredPacket | AdmittedByPacket]]:
    """What answers packets, of stations and of computers that ask to be theirs, while the centre may be serving.

    Raises NoCentre, WrongKey, NoKey; what it gives raises what `packets.answer` and `enrolment_packets.answer` raise.
    """
    with opened(data, unlock) as ledger:
        authority = Authority.of(ledger)

        def answered(raw: bytes) -> AnsweredPacket | AdmittedByPacket:
            if enrolment_packet.is_one(raw):
                return enrolment_packets.answer(ledger, authority, raw, _now_ms())
            return packets.answer(ledger, authority, raw, _now_ms())

        yield answered


def _regions(region: str, table: Path | None) -> tuple[Region, ...]:
    if table is None:
        packaged = (
            sorted(resources.path("regions").glob(f"{region}-*.csv")) if region.isdigit() else []
        )
        if not packaged:
            raise NoRegions(region=region)
        table = packaged[0]
    return read_table(table.read_bytes())


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        usable = parts.scheme == "https" and host != "" and host.isascii() and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise BadUrl(url=url)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
