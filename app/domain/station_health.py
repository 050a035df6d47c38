"""How a station is: what it and the centre know of it, and what of that somebody should see to.

Everything is judged here, for the window and the command line alike; the thresholds are below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

import msgspec

from app.domain.printer_health import read_printer
from app.domain.regions import Tier

DAY_S: Final = 86_400
SILENT_S: Final = 3 * DAY_S
"""Since the last contact: a weekend with a holiday beside it is no reason to telephone, a fourth day is."""
LOST_S: Final = 7 * DAY_S
"""What a village registered a week ago and nobody else has is a limit that runs unseen."""
BACKLOG: Final = 50
"""Entries that wait: a busy day of one counter is about forty."""
BACKLOG_HIGH: Final = 500
CLOCK_OFF_S: Final = 10 * 60
"""Less harms nothing; as `同步` and `daiban sync` have it."""
CLOCK_FAR_OFF_S: Final = 12 * 60 * 60
"""So far that documents bear a wrong day."""
DISK_LOW_MB: Final = 2_048
DISK_FULL_MB: Final = 500
"""With less an upgrade or a backup no longer finds room."""
SHEETS: Final = 100
"""Scans that wait: two days of one counter."""
BACKUP_DAYS: Final = 7
"""As the window asks for one (`app.usecases.backups`)."""
BACKUP_LATE_DAYS: Final = 30
_VERSION: Final = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6}){0,3}")


class Care(StrEnum):
    """From the mildest to the gravest; told by shape and word, never by colour alone."""

    FINE = "fine"
    WATCH = "watch"
    ACT = "act"

    @property
    def shape(self) -> str:
        """As the lights on clocks have them (`app.domain.lights`)."""
        return {"fine": "○", "watch": "△", "act": "■"}[self]

    @property
    def label(self) -> str:
        """The Chinese for screens."""
        return {"fine": "正常", "watch": "留意", "act": "要处理"}[self]


class Concern(StrEnum):
    """What it is about, in the order in which it matters."""

    DAMAGED = "damaged"
    NEVER_CAME = "never_came"
    SILENT = "silent"
    CLOCK = "clock"
    DISK = "disk"
    BACKLOG = "backlog"
    PRINTER = "printer"
    SHEETS = "sheets"
    BACKUP = "backup"
    VERSION = "version"


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """`amount` in the unit of the concern: seconds (silent, clock: ahead if positive), entries, MiB, scans, days.

    `backup` of -1 days: none was ever made. `about`: the printer's state, the version, or the problem that was found.
    """

    concern: Concern
    care: Care
    amount: int = 0
    about: str = ""


class StationHealth(msgspec.Struct, frozen=True, kw_only=True):
    """One device as the centre saw it last. None: it has never said.

    `contact_ms` is the centre's clock, `clock_off_s` how far the station's was ahead then.
    """

    device: str
    station: str
    region: str
    tier: Tier
    slot: str
    enrolled_ms: int
    contact_ms: int | None
    backlog: int | None = None
    version: str = ""
    clock_off_s: int | None = None
    disk_free_mb: int | None = None
    printer: str = ""
    sheets_waiting: int = 0
    backup_days: int | None = None
    verified: str = ""


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A station with what there is to say of it, the gravest first."""

    health: StationHealth
    care: Care
    remarks: tuple[Remark, ...]


_GRAVITY: Final = {care: place for place, care in enumerate(Care)}
_ORDER: Final = {concern: place for place, concern in enumerate(Concern)}


def judged(fleet: Iterable[StationHealth], now_ms: int, version: str) -> list[Judged]:
    """All of a fleet, those first that need somebody most; `version` is the judging program's own."""
    every = list(fleet)
    newest = max([version, *(one.version for one in every)], key=_numbers)
    told = [judge(one, now_ms, newest) for one in every]
    return sorted(told, key=_urgency)


def _urgency(one: Judged) -> tuple[int, int, int, str, str]:
    first = _ORDER[one.remarks[0].concern] if one.remarks else len(_ORDER)
    return (
        -_GRAVITY[one.care],
        first,
        one.health.contact_ms or 0,
        one.health.region,
        one.health.slot,
    )


def judge(health: StationHealth, now_ms: int, newest: str) -> Judged:
    """What there is to say of one station; what it has never told is not held against it."""
    remarks = sorted(
        _remarks(health, now_ms, newest),
        key=lambda one: (-_GRAVITY[one.care], _ORDER[one.concern]),
    )
    care = remarks[0].care if remarks else Care.FINE
    return Judged(health=health, care=care, remarks=tuple(remarks))


def _remarks(health: StationHealth, now_ms: int, newest: str) -> Iterable[Remark]:
    if health.contact_ms is None:
        care = _care((now_ms - health.enrolled_ms) // 1000, DAY_S, SILENT_S)
        if care is not Care.FINE:
            yield Remark(concern=Concern.NEVER_CAME, care=care)
        return
    amounts = (
        (Concern.SILENT, max(0, now_ms - health.contact_ms) // 1000, SILENT_S, LOST_S),
        (Concern.BACKLOG, health.backlog or 0, BACKLOG, BACKLOG_HIGH),
        (Concern.SHEETS, health.sheets_waiting, SHEETS, None),
    )
    for concern, amount, watch, act in amounts:
        care = _care(amount, watch, act)
        if care is not Care.FINE:
            yield Remark(concern=concern, care=care, amount=amount)
    yield from _of_machine(health)
    yield from _of_store(health, (now_ms - health.enrolled_ms) // (DAY_S * 1000))
    if _UNKNOWN != _numbers(health.version) < _numbers(newest):
        yield Remark(concern=Concern.VERSION, care=Care.WATCH, about=health.version)


def _of_machine(health: StationHealth) -> Iterable[Remark]:
    off_s, free = health.clock_off_s, health.disk_free_mb
    if off_s is not None and abs(off_s) >= CLOCK_OFF_S:
        care = _care(abs(off_s), CLOCK_OFF_S, CLOCK_FAR_OFF_S)
        yield Remark(concern=Concern.CLOCK, care=care, amount=off_s)
    if free is not None and free < DISK_LOW_MB:
        care = Care.ACT if free < DISK_FULL_MB else Care.WATCH
        yield Remark(concern=Concern.DISK, care=care, amount=max(0, free))
    printer = read_printer(health.printer)
    if printer.troubled:
        yield Remark(
            concern=Concern.PRINTER, care=Care.WATCH, amount=printer.waiting, about=printer.state
        )


def _of_store(health: StationHealth, age_days: int) -> Iterable[Remark]:
    if health.verified not in ("", "ok"):
        yield Remark(concern=Concern.DAMAGED, care=Care.ACT, about=health.verified)
    days = health.backup_days
    late = (
        age_days if days is not None and days < 0 else days
    )  # a new station has nothing to lose yet
    if days is not None and late is not None and late >= BACKUP_DAYS:
        care = Care.ACT if days >= BACKUP_LATE_DAYS else Care.WATCH
        yield Remark(concern=Concern.BACKUP, care=care, amount=max(-1, days))


def _care(amount: int, watch: int, act: int | None) -> Care:
    if act is not None and amount >= act:
        return Care.ACT
    return Care.WATCH if amount >= watch else Care.FINE


_UNKNOWN: Final = ()


def _numbers(version: str) -> tuple[int, ...]:
    """1.10 is newer than 1.9; what is no version of ours is neither old nor new."""
    found = _VERSION.match(version)
    if found is None:
        return _UNKNOWN
    parts = [int(part) for part in found[0].split(".")]
    return (*parts, *[0] * (4 - len(parts)))
