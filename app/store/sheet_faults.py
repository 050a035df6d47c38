"""Scans that would not go up or come down, and why: this device's own notes, for whoever looks at the exchange page."""

from __future__ import annotations

import msgspec

from app.store.store import Store

KEPT = 64
_NOTES = "sheet_faults"


class SheetFault(msgspec.Struct, frozen=True, kw_only=True):
    """The last reason, as a code, and when; `times` in a row."""

    digest: bytes
    code: str
    at_ms: int
    times: int = 1


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[SheetFault]).decode


def sheet_faults(store: Store) -> list[SheetFault]:
    """The newest first, at most KEPT."""
    kept = store.recall(_NOTES)
    if kept is None:
        return []
    try:
        return _decode(kept)
    except msgspec.MsgspecError:  # a newer program's; it is no reason to show nothing else
        return []


def note_fault(store: Store, digest: bytes, code: str) -> None:
    """It failed, or failed again."""
    with store.changing():
        notes = sheet_faults(store)
        before = sum(one.times for one in notes if one.digest == digest and one.code == code)
        fault = SheetFault(digest=digest, code=code, at_ms=store.wall(), times=before + 1)
        rest = [one for one in notes if one.digest != digest]
        store.remember(_NOTES, _encode([fault, *rest][:KEPT]))


def note_sound(store: Store, digest: bytes) -> None:
    """It has come to where it should be after all."""
    if not any(one.digest == digest for one in sheet_faults(store)):
        return
    with store.changing():
        rest = [one for one in sheet_faults(store) if one.digest != digest]
        store.remember(_NOTES, _encode(rest))
