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
from sync.centre import packets, publishing, redaction
from sync.centre.authority import Authority
from sync.centre.devices import Device, Devices
from sync.centre.founding import found
from sync.centre.http import Centre
from sync.centre.ledger import FILE, Ledger, NoCentre
from sync.centre.packets import AnsweredPacket
from sync.centre.server import Listening
from sync.enrolment_code import EnrolmentCode, write_code

_HTTPS_PORT: Final = 443
DEFAULT_URL: Final = "https://127.0.0.1:8750"
CODE_DAYS: Final = 7


class CentreExists(Refused):
    code = "centre_exists"


class StationHere(Refused):
    """The folder is a station's."""

    code = "station_here"


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


class DeviceSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One life of a device, as the administrator sees it. Times are UTC; `clock_off_s` is ahead if positive.

    `entries` and `head` say how far the ledger has its journal, and the chain's digest there.
    """

    device: str
    station: str
    region: str
    tier: str
    slot: str
    entries: int
    head: str
    enrolled: datetime
    revoked: datetime | None
    last_contact: datetime | None
    backlog: int | None
    version: str | None
    clock_off_s: int | None
    disk_free_mb: int | None
    printer: str | None


def init(
    data: Path,
    *,
    region: str,
    unlock: Unlock,
    url: str = DEFAULT_URL,
    regions_csv: Path | None = None,
) -> None:
    """Found a district's centre in a folder, and publish its regions, catalogue and calendars.

    Raises CentreExists, StationHere, BadUrl, NoRegions, BadRegions, UnknownRegion, NotADistrict, BadCatalogue.
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
    fresh = (
        data / f"{FILE}.new"
    )  # a founding that was cut off leaves nothing that looks like a centre
    for rest in data.glob(f"{FILE}.new*"):
        rest.unlink()
    ledger = Ledger.open(fresh, key)
    found(ledger, place, tree, url, _now_ms())
    ledger.close()
    fresh.replace(data / FILE)


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


def serve(
    data: Path,
    *,
    unlock: Unlock,
    host: str = "127.0.0.1",
    port: int | None = None,
    on_ready: Callable[[Listening], None] = lambda listening: None,
) -> None:
    """Serve until SIGINT or SIGTERM. `on_ready` is called once the centre answers.

    Port 0 takes a free one; without a port it is that of the address which stations were given.

    Raises NoCentre, WrongKey, NoKey, AddressTaken.
    """
    listening = listen(data, unlock=unlock, host=host, port=port)
    listening.run(lambda: on_ready(listening))


def listen(data: Path, *, unlock: Unlock, host: str, port: int | None = None) -> Listening:
    """A centre bound to its address, ready to run."""
    ledger = _ledger(data, unlock)
    try:
        redaction.clear(ledger)
        authority = Authority.of(ledger)
        known = urlsplit(ledger.district.url)
        hosts = [name for name in (known.hostname, host) if name]
        if port is None:
            port = known.port or _HTTPS_PORT
        return Listening(Centre(ledger, authority), authority.server_context(hosts), host, port)
    except BaseException:
        ledger.close()
        raise


def devices(data: Path, *, unlock: Unlock) -> list[DeviceSummary]:
    """Every life of every device, in the order of their enrolment, the centre's own first."""
    with opened(data, unlock) as ledger:
        return [_summary(device) for device in Devices(ledger.database).every()]


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
        return _summary(Devices(ledger.database).numbered(found.n))


@contextmanager
def answering(data: Path, unlock: Unlock) -> Iterator[Callable[[bytes], AnsweredPacket]]:
    """What answers stations' packets, one after the other, while the centre may be serving.

    Raises NoCentre, WrongKey, NoKey; what it gives raises what `packets.answer` raises.
    """
    with opened(data, unlock) as ledger:
        authority = Authority.of(ledger)
        yield lambda raw: packets.answer(ledger, authority, raw, _now_ms())


@contextmanager
def opened(data: Path, unlock: Unlock) -> Iterator[Ledger]:
    ledger = _ledger(data, unlock)
    try:
        yield ledger
    finally:
        ledger.database.close()


def _ledger(data: Path, unlock: Unlock) -> Ledger:
    if not (data / FILE).exists():
        raise NoCentre(folder=str(data))
    return Ledger.open(data / FILE, keyslots.open_key(data, unlock))


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


def _summary(device: Device) -> DeviceSummary:
    certificate, health = device.certificate, device.health
    off_s = None
    if health is not None and device.contact_ms is not None and health.clock_ms:
        off_s = round((health.clock_ms - device.contact_ms) / 1000)
    return DeviceSummary(
        device=device.id.hex(),
        station=certificate.station,
        region=certificate.region,
        tier=device.tier.word,
        slot=certificate.slot_text,
        entries=device.accepted_seq - (certificate.continues.seq if certificate.continues else 0),
        head=device.accepted_digest.hex(),
        enrolled=_moment(device.enrolled_ms),
        revoked=None if device.revoked_ms is None else _moment(device.revoked_ms),
        last_contact=None if device.contact_ms is None else _moment(device.contact_ms),
        backlog=health.backlog if health else None,
        version=health.version if health else None,
        clock_off_s=off_s,
        disk_free_mb=health.disk_free_mb if health else None,
        printer=health.printer if health else None,
    )


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
