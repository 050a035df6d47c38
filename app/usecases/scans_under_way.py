"""The scans of this computer that are on their way to the centre, and those that did not get there or here, and why."""

from __future__ import annotations

import msgspec

from app.journal.refs import Ref
from app.store import attachments
from app.store.rows import CaseRow
from app.store.sheet_faults import SheetFault, sheet_faults
from app.store.store import Store

_NAMED_IN = "SELECT device, seq FROM sheet WHERE digest = ? LIMIT 1"


class FaultyScan(msgspec.Struct, frozen=True, kw_only=True):
    """`code` is for `ui.wording`; `times` it failed in a row, last at `at_ms`. `row` is its case, if that is here."""

    code: str
    at_ms: int
    times: int
    row: CaseRow | None


class ScansUnderWay(msgspec.Struct, frozen=True, kw_only=True):
    """`waiting` scans of `waiting_bytes` in all are still to go up; `faults` the newest first."""

    waiting: int = 0
    waiting_bytes: int = 0
    faults: tuple[FaultyScan, ...] = ()


def under_way(store: Store) -> ScansUnderWay:
    waiting, size = attachments.waiting(store)
    return ScansUnderWay(
        waiting=waiting,
        waiting_bytes=size,
        faults=tuple(_faulty(store, fault) for fault in sheet_faults(store)),
    )


def _faulty(store: Store, fault: SheetFault) -> FaultyScan:
    return FaultyScan(
        code=fault.code, at_ms=fault.at_ms, times=fault.times, row=_row_of(store, fault.digest)
    )


def _row_of(store: Store, digest: bytes) -> CaseRow | None:
    named = store.database.rows(_NAMED_IN, (digest,))
    if not named:
        return None
    number, seq = named[0]
    entry = store.journal.one(Ref(store.journal.device_of(number), seq))
    return None if entry is None else store.rows.by_subject(entry.subject)
