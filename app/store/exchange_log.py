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


_COUNTED = ("seconds", "sent", "received", "bytes_up", "bytes_down", "round_trips")
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
    return msgspec.structs.replace(first, last_ms=again.last_ms, times=first.times + 1, **sums)


def last_exchange_ms(store: Store) -> int | None:
    """When an exchange last came to its end, by this machine's clock."""
    noted = store.recall(_LAST)
    return None if noted is None else int.from_bytes(noted, "big")


def _keep(store: Store, notes: list[ExchangeNote]) -> None:
    store.remember(_LOG, _encode(notes[:KEPT]))
