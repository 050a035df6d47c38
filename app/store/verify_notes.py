"""What the last check of a store found, as the store itself remembers it. No entries."""

from __future__ import annotations

from typing import Final

import msgspec

from app.store.store import Store

_NOTE: Final = "verified"
OK: Final = "ok"
_PAGE: Final = "page"
_DUE_AFTER_MS: Final = 7 * 86_400_000


class _Note(msgspec.Struct, frozen=True, array_like=True):
    at_ms: int
    problem: str


def note_verified(store: Store, problems: list[str]) -> None:
    """Everything was looked at; a problem is kept by its code alone."""
    _keep(store, problems[0].partition(":")[0] if problems else OK)


def note_pages(store: Store, problems: list[str]) -> None:
    """Only the pages of the file were looked at: what else was found before is not well because they are."""
    before = verified(store)
    if problems or before in ("", OK, _PAGE):
        note_verified(store, problems)
    else:
        _keep(store, before)


def _keep(store: Store, problem: str) -> None:
    with store.changing():
        store.remember(_NOTE, msgspec.msgpack.encode(_Note(store.wall(), problem)))


def verified(store: Store) -> str:
    """`ok`, the code of the first problem, or "" if nobody has looked yet."""
    note = _note(store)
    return "" if note is None else note.problem


def is_due(store: Store) -> bool:
    """Whether nobody has looked for a week. What was found damaged stays so until somebody looks again."""
    note = _note(store)
    return note is None or not 0 <= store.wall() - note.at_ms < _DUE_AFTER_MS


def _note(store: Store) -> _Note | None:
    kept = store.recall(_NOTE)
    try:
        return None if kept is None else msgspec.msgpack.decode(kept, type=_Note)
    except msgspec.MsgspecError:  # a newer program's
        return None
