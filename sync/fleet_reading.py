"""What was told of a station, as it is judged; whoever told it may have told anything."""

from __future__ import annotations

import unicodedata
from typing import Final

from app.domain.regions import Tier
from app.domain.station_health import StationHealth
from sync.protocol import SeenStation

_UNSEEN: Final = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""What would break or turn a line of the screen."""
_LATEST_MS: Final = 4_000_000_000_000
"""In the year 2096; a later moment is nobody's clock."""
_MOST: Final = 10**9


def read_seen(one: SeenStation) -> StationHealth:
    """Numbers within reason, and texts that can be shown."""
    told, contact_ms = one.health, read_moment(one.contact_ms)
    off_s = None
    if contact_ms and 0 < told.clock_ms <= _LATEST_MS:
        off_s = round((told.clock_ms - contact_ms) / 1000)
    return StationHealth(
        device=one.device.hex(),
        station=_shown(one.station),
        region=_shown(one.region),
        tier=Tier(one.tier),
        slot=_shown(one.slot),
        enrolled_ms=read_moment(one.enrolled_ms),
        contact_ms=contact_ms or None,
        backlog=_within(told.backlog) if contact_ms else None,
        version=_shown(told.version),
        clock_off_s=off_s,
        disk_free_mb=None if told.disk_free_mb is None else _within(told.disk_free_mb),
        printer=_shown(told.printer),
        sheets_waiting=_within(told.sheets_waiting),
        backup_days=None if told.backup_days is None else max(-1, min(told.backup_days, _MOST)),
        verified=_shown(told.verified),
    )


def read_moment(ms: int) -> int:
    """A moment that can be shown; 0 for one that is nobody's."""
    return ms if 0 < ms <= _LATEST_MS else 0


def _within(number: int) -> int:
    return max(0, min(number, _MOST))


def _shown(text: str) -> str:
    return "".join(sign for sign in text if unicodedata.category(sign) not in _UNSEEN)
