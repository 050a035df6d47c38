"""A life of a device as the administrator sees it, with what there is to see to."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version

import msgspec

from app.domain.regions import RegionCode
from app.domain.station_health import Care, Remark, StationHealth, judged
from sync.centre import fleet, quota
from sync.centre.devices import Device, Devices
from sync.centre.ledger import Ledger
from sync.fleet_reading import read_seen


class DeviceSummary(msgspec.Struct, frozen=True, kw_only=True):
    """Times are UTC; `clock_off_s` is ahead if positive.

    `present`: the last life of a device that is not revoked. Only such a one is judged (`care`, `remarks`).
    `own`: of the centre itself. `over_quota_until`: it has sent so much that nothing new is taken before (`quota`).
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
    sheets_waiting: int | None = None
    backup_days: int | None = None
    verified: str | None = None
    present: bool = False
    own: bool = False
    care: Care | None = None
    remarks: tuple[Remark, ...] = ()
    over_quota_until: datetime | None = None


def summaries(ledger: Ledger, now_ms: int, region: RegionCode | None = None) -> list[DeviceSummary]:
    """Every life of every device at a place or below it; those first that need somebody most.

    After them the centre's own, earlier lives and the revoked ones, as they were enrolled. Raises UnknownRegion.
    """
    tree = ledger.tree
    every = Devices(ledger.database).every()
    if region is not None:
        above = tree.present(tree.region(region).code)
        every = [one for one in every if one.region in tree and tree.under(one.region, above)]
    by_id = {one.id.hex(): one for one in every}
    seen = (health_of(one) for one in fleet.present(ledger) if one.id.hex() in by_id)
    told = judged(seen, now_ms, version("daiban"))
    first = [
        msgspec.structs.replace(
            summary(by_id.pop(one.health.device), now_ms),
            present=True,
            care=one.care,
            remarks=one.remarks,
        )
        for one in told
    ]
    first = [
        one if one.over_quota_until is None else msgspec.structs.replace(one, care=Care.ACT)
        for one in sorted(first, key=lambda one: one.over_quota_until is None)
    ]
    mine = ledger.own.certificate
    rest = sorted(by_id.values(), key=lambda one: one.revoked_ms is not None)
    return first + [
        msgspec.structs.replace(
            summary(one, now_ms),
            own=(one.certificate.region, one.certificate.slot) == (mine.region, mine.slot),
        )
        for one in rest
    ]


def health_of(device: Device) -> StationHealth:
    return read_seen(fleet.seen(device))


def summary(device: Device, now_ms: int) -> DeviceSummary:
    certificate, told = device.certificate, health_of(device)
    wait_s = quota.wait_s(device.even_ms, now_ms)
    heard = device.health is not None
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
        backlog=told.backlog if heard else None,
        version=told.version if heard else None,
        clock_off_s=told.clock_off_s if heard else None,
        disk_free_mb=told.disk_free_mb if heard else None,
        printer=told.printer if heard else None,
        sheets_waiting=told.sheets_waiting if heard else None,
        backup_days=told.backup_days if heard else None,
        verified=told.verified if heard else None,
        over_quota_until=_moment(now_ms + wait_s * 1000) if wait_s else None,
    )


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
