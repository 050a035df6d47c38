"""The bytes of scans: a second encrypted database beside the journal's, under the same key.

1. An image is here, durably, before the entry or the draft that names it is written.
2. What no entry and no draft names goes after a day (`app.store.attachment_upkeep`): whoever was killed in between
   leaves no more than that.
3. What is to be sent stands in a queue of the journal's database, put there with the entry (`sheet_rows`).
4. Of a destroyed file nothing stays. `secure_delete` clears every page that is given up, but SQLite also moves
   what shares a page, and leaves copies: so each image begins with padding, longer than what a row keeps there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Final

from app.domain.attachments import Media, Sheet
from app.errors import Damaged
from app.store import practice
from app.store.store import Store

PADDING: Final = bytes(4096)
_ASKED_AT_ONCE: Final = 500
# CROSS JOIN: from the queue to the sheets, never the other way, however many sheets there are.
_OWED = """
    SELECT min(unsent_sheet.n), sheet.digest, size, width, height, media
    FROM unsent_sheet CROSS JOIN sheet ON sheet.digest = unsent_sheet.digest
    WHERE sheet.device IN ({lives}) AND unsent_sheet.n > ?
    AND NOT (sheet.device = ? AND sheet.seq > ?)
    AND NOT EXISTS (SELECT 1 FROM verdict WHERE (verdict.device, verdict.seq) = (sheet.device, sheet.seq))
    GROUP BY unsent_sheet.n ORDER BY unsent_sheet.n LIMIT ?
"""
_WAITING = """
    SELECT count(*), coalesce(sum(size), 0) FROM (
        SELECT min(size) AS size FROM unsent_sheet CROSS JOIN sheet ON sheet.digest = unsent_sheet.digest
        WHERE sheet.device IN ({lives})
        AND NOT EXISTS (SELECT 1 FROM verdict WHERE (verdict.device, verdict.seq) = (sheet.device, sheet.seq))
        GROUP BY unsent_sheet.n
    )
"""


class BadContent(Damaged):
    """The bytes are not those that the digest names."""

    code = "bad_content"


# --- keeping and reading --------------------------------------------------------------------------


def keep(store: Store, sheet: Sheet, content: bytes) -> None:
    """Put an image on the disk, durably; one that is here already stays. Raises BadContent, DiskFull."""
    if len(content) != sheet.size or sha256(content).digest() != sheet.digest:
        raise BadContent(digest=sheet.digest.hex())
    db = store.attachments
    with db.writing():
        row = db.row(
            "INSERT INTO content (digest, size, stored_ms) VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET stored_ms = excluded.stored_ms RETURNING n",
            (sheet.digest, sheet.size, store.wall()),
        )
        db.run("INSERT OR IGNORE INTO image (n, padded) VALUES (?, ?)", (row[0], PADDING + content))
        _drop_partial(store, sheet.digest)


def content(store: Store, digest: bytes) -> bytes | None:
    """An image that is here whole. Raises BadContent if the disk gives other bytes than were kept."""
    row = store.attachments.row(
        "SELECT padded FROM image WHERE n = (SELECT n FROM content WHERE digest = ?)", (digest,)
    )
    if row is None:
        return None
    found = bytes(row[0])[len(PADDING) :]
    if sha256(found).digest() != digest:
        raise BadContent(digest=digest.hex())
    return found


def has(store: Store, digests: Iterable[bytes]) -> set[bytes]:
    """Those of these images that are here whole."""
    found: set[bytes] = set()
    for some in _batches(list(digests)):
        rows = store.attachments.rows(
            f"SELECT digest FROM content WHERE digest IN ({_marks(some)})", tuple(some)
        )
        found.update(bytes(digest) for (digest,) in rows)
    return found


def hold(store: Store, digests: Iterable[bytes]) -> set[bytes]:
    """Those of these images that are here; they stay for another day, until an entry names them."""
    now = store.wall()
    with store.attachments.writing():
        held = [
            store.attachments.row(
                "UPDATE content SET stored_ms = ? WHERE digest = ? RETURNING digest", (now, digest)
            )
            for digest in set(digests)
        ]
    return {bytes(row[0]) for row in held if row is not None}


def piece(store: Store, digest: bytes, offset: int, size: int) -> bytes:
    """Some bytes of an image from a place on, fewer at its end; none if it is not here."""
    row = store.attachments.row(
        "SELECT substr(padded, ?, ?) FROM image WHERE n = (SELECT n FROM content WHERE digest = ?)",
        (len(PADDING) + offset + 1, size, digest),
    )
    return b"" if row is None else bytes(row[0])


# --- going up -------------------------------------------------------------------------------------


def unsent(store: Store, limit: int, through: int | None = None) -> list[Sheet]:
    """Own scans that the centre has not acknowledged, oldest first, of entries that it has accepted.

    With `through` also of own entries up to that number, which travel with them.

    Raises NotInPractice.
    """
    practice.refuse("exchange", store.certificate, store.database)
    found: list[Sheet] = []
    after = 0
    while len(found) < limit:
        rows = _owed(store, after, limit, through)
        if not rows:
            break
        after = rows[-1][0]
        sheets = [sheet for _, sheet in rows]
        here = has(store, [one.digest for one in sheets])
        found += [one for one in sheets if one.digest in here]
    return found[:limit]


def _owed(store: Store, after: int, limit: int, through: int | None) -> list[tuple[int, Sheet]]:
    """The next in the queue after a place in it, whether the image is here or not."""
    lives = _own_lives(store)
    rows = store.database.rows(
        _OWED.format(lives=_marks(lives)),
        (*lives, after, lives[0], max(store.accepted_through, through or 0), limit),
    )
    return [
        (
            n,
            Sheet(digest=bytes(digest), size=size, width=width, height=height, media=Media(media)),
        )
        for n, digest, size, width, height, media in rows
    ]


def is_named_again(store: Store, digest: bytes) -> bool:
    """Whether more than one entry names it: then the centre may have it from an earlier one."""
    rows = store.database.rows("SELECT 1 FROM sheet WHERE digest = ? LIMIT 2", (digest,))
    return len(rows) > 1


def note_sent(store: Store, digest: bytes) -> None:
    """The centre has it, and knows that it is from here."""
    with store.changing():
        store.database.run("DELETE FROM unsent_sheet WHERE digest = ?", (digest,))


def note_lacking(store: Store, digests: Collection[bytes]) -> None:
    """The centre says that it lacks these: they go again, where an own entry names them and the bytes are here."""
    here = has(store, digests)
    if not here:
        return
    lives = _own_lives(store)
    with store.changing():
        store.database.run_many(
            "INSERT OR IGNORE INTO unsent_sheet (digest) "
            f"SELECT digest FROM sheet WHERE digest = ? AND device IN ({_marks(lives)}) LIMIT 1",
            [(digest, *lives) for digest in digests if digest in here],
        )


def waiting(store: Store) -> tuple[int, int]:
    """How many scans wait for the line, and their bytes in all; asked after each piece that is sent.

    What only refused entries name, or others' alone, is never asked for, and waits for nothing.
    """
    lives = _own_lives(store)
    (number, size) = store.database.row(_WAITING.format(lives=_marks(lives)), tuple(lives))
    return number, size


def _own_lives(store: Store) -> list[int]:
    """The numbers of this device in all its lives, the present one first.

    Those too that its present one does not continue, as after a copy was put back that is older than they are:
    at the centre they are one station's.
    """
    lives = dict.fromkeys(store.journal.lives_of(store.device))
    own = store.identity.certificate
    if own is not None:
        place = own.region, own.slot
        for device, known in store.publications.devices.items():
            if (known.certificate.region, known.certificate.slot) == place:
                lives[device] = None
    return [store.journal.number_of(one) for one in lives]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


# --- coming down ----------------------------------------------------------------------------------


def partial(store: Store, digest: bytes) -> int:
    """How many bytes of it are here, from the first on; of a whole one all."""
    row = store.attachments.row(
        "SELECT size FROM content WHERE digest = ? UNION ALL SELECT have FROM partial WHERE digest = ?",
        (digest, digest),
    )
    return 0 if row is None else int(row[0])


def take_piece(store: Store, sheet: Sheet, offset: int, data: bytes) -> int:
    """Keep the next bytes of an image that comes down; how many are here now. One that is whole is checked and kept.

    Bytes that are here already are passed over; after a gap nothing is taken.
    Raises BadContent when the whole is not what the digest says: then all of it is thrown away.
    """
    have = partial(store, sheet.digest)
    new = data[have - offset :] if 0 <= have - offset < len(data) else b""
    if not new or have >= sheet.size:
        return have
    if have + len(new) > sheet.size:
        with store.attachments.writing():
            _drop_partial(store, sheet.digest)
        raise BadContent(digest=sheet.digest.hex())
    if have + len(new) == sheet.size:
        whole = _pieces(store, sheet.digest) + new
        try:
            keep(store, sheet, whole)
        except BadContent:
            with store.attachments.writing():
                _drop_partial(store, sheet.digest)
            raise
        return sheet.size
    db = store.attachments
    with db.writing():
        (n,) = db.row(
            "INSERT INTO partial (digest, have, touched_ms) VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
            "SET have = excluded.have, touched_ms = excluded.touched_ms RETURNING n",
            (sheet.digest, have + len(new), store.wall()),
        )
        db.run(
            "INSERT INTO partial_piece (partial, start, padded) VALUES (?, ?, ?)",
            (n, have, PADDING + new),
        )
    return have + len(new)


def _pieces(store: Store, digest: bytes) -> bytes:
    rows = store.attachments.rows(
        "SELECT padded FROM partial_piece "
        "WHERE partial = (SELECT n FROM partial WHERE digest = ?) ORDER BY start",
        (digest,),
    )
    return b"".join(bytes(padded)[len(PADDING) :] for (padded,) in rows)


def _drop_partial(store: Store, digest: bytes) -> None:
    """Inside a transaction."""
    row = store.attachments.row("DELETE FROM partial WHERE digest = ? RETURNING n", (digest,))
    if row is not None:
        store.attachments.run("DELETE FROM partial_piece WHERE partial = ?", (row[0],))


# --- going away -----------------------------------------------------------------------------------


def forget(store: Store, digests: Iterable[bytes]) -> None:
    """Take images out of the store, whatever names them."""
    db = store.attachments
    for some in _batches(list(digests)):
        with db.writing():
            for digest in some:
                drop(store, digest)


def drop(store: Store, digest: bytes) -> None:
    """One of them, inside a transaction."""
    row = store.attachments.row("DELETE FROM content WHERE digest = ? RETURNING n", (digest,))
    if row is not None:
        store.attachments.run("DELETE FROM image WHERE n = ?", (row[0],))
    _drop_partial(store, digest)


def _batches(digests: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    for start in range(0, len(digests), _ASKED_AT_ONCE):
        yield digests[start : start + _ASKED_AT_ONCE]
