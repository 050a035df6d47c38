"""Looking after the images of scans: what nothing names goes, what was destroyed goes for good, damage is found."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from app.errors import Refused
from app.store import database
from app.store.attachments import BadContent, content, drop, forget, has
from app.store.database import (
    DamagedDatabase,
    Database,
    StoreBusy,
    StoreOutOfReach,
)
from app.store.store import ATTACHMENTS, Store

KEPT_MS: Final = 86_400_000
"""How long an image stays that nothing names: the form it belongs to may still be open."""
PARTIAL_KEPT_MS: Final = 30 * 86_400_000
_SWEPT: Final = "swept"


def is_erasure_due(store: Store) -> bool:
    """Whether scans of a destroyed file are still here."""
    return store.database.row("SELECT 1 FROM doomed_sheet LIMIT 1") is not None


def erase_doomed(store: Store) -> bool:
    """Erase the scans of destroyed files from every file of this database; False if something is in the way.

    A damaged file of scans is no reason not to open the rest: what is due stays due.
    """
    doomed = {bytes(digest) for (digest,) in store.database.rows("SELECT digest FROM doomed_sheet")}
    if not doomed:
        return True
    try:
        forget(store, doomed - _named(store))
        (busy, _, _) = store.attachments.row("PRAGMA wal_checkpoint(TRUNCATE)")
    except (Refused, DamagedDatabase):
        return False
    if busy:
        return False
    database.forget_copies(store.folder / ATTACHMENTS)
    with store.changing():
        store.database.run("DELETE FROM doomed_sheet")
    return True


def sweep(store: Store) -> int:
    """Remove what nothing names since a day, and what nobody went on fetching for a month; how many images went.

    Not in a store that was restored and has not heard the centre: the entries that name them are still to come.
    """
    if store.is_restored:
        return 0
    now, db = store.wall(), store.attachments
    _count_from_now(db, now)
    old = db.rows("SELECT digest FROM content WHERE stored_ms < ?", (now - KEPT_MS,))
    orphans = {bytes(digest) for (digest,) in old} - _named(store)
    for digest in orphans:
        with db.writing():
            if _is_still_old(store, digest, now):
                drop(store, digest)
    left = store.attachments.rows(
        "SELECT digest FROM partial WHERE touched_ms < ?", (now - PARTIAL_KEPT_MS,)
    )
    forget(store, [bytes(digest) for (digest,) in left])
    return len(orphans)


def _count_from_now(db: Database, now: int) -> None:
    """What was kept while the clock ran ahead would stay for years: from now on it has its time as well."""
    with db.writing():
        for table, column in (("content", "stored_ms"), ("partial", "touched_ms")):
            db.run(f"UPDATE {table} SET {column} = ? WHERE {column} > ?", (now, now))


def _is_still_old(store: Store, digest: bytes, now: int) -> bool:
    """Whether nobody took hold of it meanwhile, to name it."""
    row = store.attachments.row(
        "SELECT 1 FROM content WHERE digest = ? AND stored_ms < ?", (digest, now - KEPT_MS)
    )
    return row is not None


def finish(store: Store) -> None:
    """Sweep when a store is opened, once a day; nothing if another program is at it, or where there are no scans."""
    swept = int.from_bytes(store.recall(_SWEPT) or b"", "big")
    if not (store.folder / ATTACHMENTS).exists() or abs(store.wall() - swept) < KEPT_MS:
        return
    with suppress(Refused, DamagedDatabase):
        # Whoever works goes on working without the scans; `verify` and `doctor` say what is wrong with them.
        sweep(store)
        database.remove_copies(store.folder / ATTACHMENTS, store.wall())
        with store.changing():
            store.remember(_SWEPT, store.wall().to_bytes(8, "big"))


def put_foreign_aside(folder: Path, key: bytes) -> None:
    """Before a store is made: images of one whose database is gone stand under another key, and nobody here opens them.

    They are not thrown away: the district's recovery key may.
    """
    there = folder / ATTACHMENTS
    if not there.exists():
        return
    try:
        database.connect(there, key).close()
    except DamagedDatabase:
        moment = int(there.stat().st_mtime)
        for one in folder.glob(f"{ATTACHMENTS}*"):
            one.replace(folder / f"before-{moment}-{one.name}")


def take_over(db: Database, there: Path, key: bytes, now_ms: int) -> None:
    """Copy into `db` the images that stand in another database of the same key, if it can be read, and not in `db`."""
    if not there.exists():
        return
    try:
        other = database.connect(there, key)
        try:
            same = other.row("PRAGMA user_version") == db.row("PRAGMA user_version")
            other.run("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            other.close()
        if same:
            _copy_images(db, there, key, now_ms)
    except (DamagedDatabase, StoreBusy, StoreOutOfReach):
        return  # it is put aside as it is


def _copy_images(db: Database, there: Path, key: bytes, now_ms: int) -> None:
    db.run(f"ATTACH DATABASE ? AS other KEY \"x'{key.hex()}'\"", (str(there),))
    try:
        with db.writing():
            db.run(
                "INSERT OR IGNORE INTO content (digest, size, stored_ms) "
                "SELECT digest, size, ? FROM other.content",
                (now_ms,),
            )
            db.run(
                "INSERT OR IGNORE INTO image (n, padded) SELECT content.n, image.padded "
                "FROM other.image JOIN other.content twin USING (n) JOIN content ON content.digest = twin.digest"
            )
    finally:
        db.run("DETACH DATABASE other")


def _named(store: Store) -> set[bytes]:
    rows = store.database.rows("SELECT digest FROM sheet UNION SELECT digest FROM draft_sheet")
    return {bytes(digest) for (digest,) in rows}


# --- whether all is well --------------------------------------------------------------------------


def damaged(store: Store) -> list[str]:
    """What is not as it was kept; `page:…` or `attachment:…` with its digest. Nothing where there are no scans."""
    if not (store.folder / ATTACHMENTS).exists():
        return []
    try:
        db = store.attachments
        found = db.rows("PRAGMA cipher_integrity_check")
        if not found:
            found = [row for row in db.rows("PRAGMA quick_check") if row[0] != "ok"]
        if found:
            return [f"attachment_page:{row[0]}" for row in found]
        return [
            f"attachment:{digest.hex()}"
            for digest in _digests(store)
            if not _is_whole(store, digest)
        ]
    except DamagedDatabase:
        return ["attachment_page:0"]


def lost(store: Store) -> int:
    """How many own scans are neither here nor at the centre: they have to be scanned again."""
    rows = store.database.rows("SELECT DISTINCT digest FROM unsent_sheet JOIN sheet USING (digest)")
    digests = {bytes(digest) for (digest,) in rows}
    return len(digests - has(store, digests)) if digests else 0


def _digests(store: Store) -> list[bytes]:
    return [bytes(digest) for (digest,) in store.attachments.rows("SELECT digest FROM content")]


def _is_whole(store: Store, digest: bytes) -> bool:
    try:
        return content(store, digest) is not None
    except BadContent:
        return False
