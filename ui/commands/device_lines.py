"""A station's computer as a JSON document and as a line of a table: how it is, and what somebody should see to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import msgspec

from app.domain.days import CHINA
from app.domain.station_health import Care, Concern, Judged, Remark, StationHealth
from ui import fleet_words
from ui.commands.tables import table

if TYPE_CHECKING:
    from sync.centre.device_summary import DeviceSummary

_LATE: Final = (Concern.SILENT, Concern.NEVER_CAME)
_HEADINGS: Final = (
    *("", "设备", "编号", "站点", "上次联系", "积压", "待送扫描件", "版本", "时钟", "磁盘剩余"),
    *("打印机", "备份", "核对", "流水", "情况"),
)
_UNKNOWN: Final = "—"


def is_late(one: DeviceSummary | Judged) -> bool:
    """Whether it has not been in contact for long."""
    return any(remark.concern in _LATE for remark in one.remarks)


def document(one: DeviceSummary) -> dict[str, Any]:
    """What the centre has, and beside each remark its words."""
    return msgspec.structs.asdict(one) | {"remarks": _told(one.remarks)}


def _told(remarks: Sequence[Remark]) -> list[dict[str, Any]]:
    return [
        msgspec.structs.asdict(one)
        | {"message": fleet_words.remark(one), "advice": fleet_words.advice(one)}
        for one in remarks
    ]


def table_of(every: Sequence[DeviceSummary]) -> Iterator[str]:
    return table(_HEADINGS, [_cells(one) for one in every])


def _cells(one: DeviceSummary) -> tuple[str, ...]:
    told = one.last_contact is not None
    return (
        one.care.shape if one.care is not None else "",
        one.device[:12],
        one.slot,
        one.station,
        f"{one.last_contact:%m-%d %H:%M}" if one.last_contact else _UNKNOWN,
        _UNKNOWN if one.backlog is None else str(one.backlog),
        _UNKNOWN if one.sheets_waiting is None else str(one.sheets_waiting),
        one.version or _UNKNOWN,
        fleet_words.clock(one.clock_off_s),
        fleet_words.disk(one.disk_free_mb),
        fleet_words.printer(one.printer or ""),
        fleet_words.backup(one.backup_days),
        fleet_words.verified(one.verified or "") if told else _UNKNOWN,
        str(one.entries),
        _said(one),
    )


def _said(one: DeviceSummary) -> str:
    if one.revoked is not None:
        return "已停用"
    if one.present:
        told = [fleet_words.remark(remark) for remark in one.remarks]
        if one.over_quota_until is not None:
            told.insert(0, f"送来的流水超过限额，{one.over_quota_until:%m-%d %H:%M} 起再收")
        return "，".join(told) or Care.FINE.label
    return "区中心自己" if one.own else "以前的身份，已换过"


def of_fleet(one: Judged) -> dict[str, Any]:
    """A station that this one hears of from the centre."""
    contact = one.health.contact_ms
    at = None if contact is None else datetime.fromtimestamp(contact / 1000, CHINA)
    told = msgspec.structs.asdict(one.health) | {
        "tier": one.health.tier.word,
        "last_contact": None if at is None else at.isoformat(timespec="seconds"),
        "care": one.care,
        "remarks": _told(one.remarks),
    }
    return {
        name: value for name, value in told.items() if name not in ("contact_ms", "enrolled_ms")
    }


def fleet_table(every: Sequence[Judged]) -> Iterator[str]:
    headings = [one for one in _HEADINGS if one not in ("设备", "流水")]
    return table(headings, [_fleet_cells(one.health, one) for one in every])


def _fleet_cells(one: StationHealth, told: Judged) -> tuple[str, ...]:
    at = (
        _UNKNOWN
        if one.contact_ms is None
        else f"{datetime.fromtimestamp(one.contact_ms / 1000, CHINA):%m-%d %H:%M}"
    )
    return (
        told.care.shape,
        one.slot,
        one.station,
        at,
        _UNKNOWN if one.backlog is None else str(one.backlog),
        str(one.sheets_waiting),
        one.version or _UNKNOWN,
        fleet_words.clock(one.clock_off_s),
        fleet_words.disk(one.disk_free_mb),
        fleet_words.printer(one.printer),
        fleet_words.backup(one.backup_days),
        fleet_words.verified(one.verified),
        fleet_words.remarks(told),
    )
