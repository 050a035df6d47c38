"""Which entries name which scans: rows beside the journal, in the transaction of the entry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from app.domain import events
from app.domain.attachments import Sheet
from app.domain.events import AttachmentAdded
from app.journal.entry import Entry

if TYPE_CHECKING:
    from app.store.store import Store

_ADDED: Final = "attachment.added"
_INSERT: Final = (
    "INSERT OR IGNORE INTO sheet (device, seq, place, digest, size, width, height, media) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


def note(store: Store, entries: Iterable[Entry]) -> None:
    """Keep what these entries name, those without effect too: nothing that was sent may lie unnamed."""
    rows = [
        (*store.journal.pair(one.ref), place, sheet.digest, sheet.size, sheet.width, sheet.height, sheet.media.value)
        for one in entries
        if one.kind == _ADDED
        for place, sheet in enumerate(named_by(one))
    ]  # fmt: skip
    if rows:
        store.database.run_many(_INSERT, rows)


def note_own(store: Store, sheets: Iterable[Sheet]) -> None:
    """Queue what an entry of this device names, to be sent once the centre has that entry."""
    store.database.run_many(
        "INSERT OR IGNORE INTO unsent_sheet (digest) VALUES (?)",
        [(sheet.digest,) for sheet in sheets],
    )


def forget(store: Store, entries: Iterable[Entry]) -> None:
    """Entries whose bodies are erased name nothing any more; what nobody else names is doomed.

    What only others still name is not to be sent from here: the centre would not have it.
    """
    added = [one for one in entries if one.kind == _ADDED]
    if not added:
        return
    own = {store.journal.number_of(one) for one in store.journal.lives_of(store.device)}
    for one in added:
        pair = store.journal.pair(one.ref)
        digests = store.database.rows(
            "DELETE FROM sheet WHERE device = ? AND seq = ? RETURNING digest", pair
        )
        for digest in digests:
            named = store.database.rows("SELECT device FROM sheet WHERE digest = ?", digest)
            if own.isdisjoint(device for (device,) in named):
                store.database.run("DELETE FROM unsent_sheet WHERE digest = ?", digest)
            if not named:
                store.database.run("INSERT OR IGNORE INTO doomed_sheet VALUES (?)", digest)


def named_by(one: Entry) -> tuple[Sheet, ...]:
    """The scans that an entry names; of one that cannot be read, none."""
    if one.kind != _ADDED or one.body is None or not events.is_known(one.kind, one.version):
        return ()
    try:
        body = events.decode_body(one.kind, one.version, one.body)
    except events.BadBody:
        return ()
    assert isinstance(body, AttachmentAdded)
    return tuple(sheet for sheet in body.sheets if sheet.is_sound)
