"""What the last exchanges came to, for whoever looks at the exchange page. This device's own notes, no entries."""

from __future__ import annotations

import msgspec

from app.store.store import Store

KEPT = 30
_LOG = "exchange_log"
_LAST = "last_exchange"


class ExchangeNote(msgspec.Struct, frozen=True, kw_only=True):
    """One exchange, or the same failure some `times` in a row, from `started_ms` to `last_ms`.

    `outcome` is empty if it went well, else the error's code; the counts then are of what passed before it broke off.
    `by_packet`: an answer that somebody carried here.
    `sheets` scans went up, of `sheet_bytes`; `sheets_waiting` were left, and `sheets_stopped` is why, as a code.
    """

    started_ms: int
    last_ms: int
    seconds: float = 0.0
    sent: int = 0
    received: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    round_trips: int = 0
    outcome: str = ""
    times: int = 1
    by_packet: bool = False
    sheets: int = 0
    sheet_bytes: int = 0
    sheets_waiting: int = 0
    sheets_stopped: str = ""


_COUNTED = (
    *("seconds", "sent", "received", "bytes_up", "bytes_down", "round_trips"),
    *("sheets", "sheet_bytes"),
)
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[ExchangeNote]).decode


def exchange_log(store: Store) -> list[ExchangeNote]:
    """The last exchanges and failures, the newest first."""
    kept = store.recall(_LOG)
    if kept is None:
        return []
    try:
        return _decode(kept)
    except msgspec.MsgspecError:  # a newer program's; it is no reason to show nothing else
        return []


def note_exchange(store: Store, note: ExchangeNote) -> None:
    """An exchange has come to its end."""
    with store.changing():
        store.remember(_LAST, note.last_ms.to_bytes(8, "big"))
        _keep(store, [note, *exchange_log(store)])


def note_heard(store: Store, at_ms: int) -> None:
    """All entries were exchanged, and scans that may take hours are still to go."""
    store.remember(_LAST, at_ms.to_bytes(8, "big"))


def note_failure(store: Store, code: str, at_ms: int) -> None:
    """An exchange failed before anything passed."""
    note_broken(store, ExchangeNote(started_ms=at_ms, last_ms=at_ms, outcome=code))


def note_broken(store: Store, note: ExchangeNote) -> None:
    """An exchange broke off; the same failure again only counts on, and what passed before it is added up."""
    with store.changing():
        notes = exchange_log(store)
        if notes and notes[0].outcome == note.outcome:
            _keep(store, [_together(notes[0], note), *notes[1:]])
        else:
            _keep(store, [note, *notes])


def _together(first: ExchangeNote, again: ExchangeNote) -> ExchangeNote:
    sums = {name: getattr(first, name) + getattr(again, name) for name in _COUNTED}
    left = {"sheets_waiting": again.sheets_waiting, "sheets_stopped": again.sheets_stopped}
    told = {"last_ms": again.last_ms, "times": first.times + 1}
    return msgspec.structs.replace(first, **told, **left, **sums)


def last_exchange_ms(store: Store) -> int | None:
    """When an exchange last came to its end, by this machine's clock."""
    noted = store.recall(_LAST)
    return None if noted is None else int.from_bytes(noted, "big")


def _keep(store: Store, notes: list[ExchangeNote]) -> None:
    store.remember(_LOG, _encode(notes[:KEPT]))
