"""Scans: which entries name them, what came of each, and the whole ones."""

from typing import Any

from app.domain.events import BadBody, is_known
from app.journal.entry import BadEntry, read
from app.journal.refs import DeviceId
from sync.centre.attachments import sheets_in

_TABLES = """
-- What accepted entries name. `proved`: the station of `device` has sent the bytes itself.
CREATE TABLE attachment_reference (
    digest BLOB NOT NULL,
    device INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    region TEXT NOT NULL,        -- the entry's
    size INTEGER NOT NULL,       -- as the entry says
    proved INTEGER NOT NULL,
    PRIMARY KEY (device, seq, digest)
);
CREATE INDEX attachment_named ON attachment_reference (digest);
CREATE INDEX attachment_lacking ON attachment_reference (device) WHERE proved = 0;

-- Whole, and found to be what its digest says.
CREATE TABLE attachment (digest BLOB PRIMARY KEY, size INTEGER NOT NULL, padded BLOB NOT NULL);

-- One station's sending of one sheet, until it is whole.
CREATE TABLE attachment_upload (
    digest BLOB NOT NULL,
    region TEXT NOT NULL,
    slot INTEGER NOT NULL,
    size INTEGER NOT NULL,
    received INTEGER NOT NULL,   -- bytes, from the first on
    touched_ms INTEGER NOT NULL,
    PRIMARY KEY (digest, region, slot)
);
CREATE INDEX attachment_upload_touched ON attachment_upload (touched_ms);
CREATE TABLE attachment_piece (
    digest BLOB NOT NULL,
    region TEXT NOT NULL,
    slot INTEGER NOT NULL,
    start INTEGER NOT NULL,      -- the first byte's place
    padded BLOB NOT NULL,
    PRIMARY KEY (digest, region, slot, start)
)
"""


def up(migrator: Any, db: Any) -> None:  # noqa: ANN401 - peewee has no types for them
    for statement in _TABLES.split(";\n"):
        db.execute_sql(statement)
    refer_to_those_held(db)


def refer_to_those_held(db: Any) -> None:  # noqa: ANN401
    """What stations with a newer program have sent while this one could not read it."""
    refused = "SELECT 1 FROM refusal r WHERE r.device = e.device AND r.seq = e.seq"
    for n, seq, raw in db.execute_sql(
        f"SELECT device, seq, raw FROM entry e WHERE held = 1 AND NOT EXISTS ({refused})"
    ).fetchall():
        try:
            entry = read(bytes(raw), device=DeviceId(bytes(16)), seq=seq, lineage={})
            sheets = sheets_in(entry)
        except (BadEntry, BadBody):
            continue
        if is_known(entry.kind, entry.version):
            db.execute_sql("UPDATE entry SET held = 0 WHERE device = ? AND seq = ?", (n, seq))
        for sheet in sheets:
            db.execute_sql(
                "INSERT INTO attachment_reference (digest, device, seq, region, size, proved) "
                "VALUES (?, ?, ?, ?, ?, 0)",
                (sheet.digest, n, seq, entry.region, sheet.size),
            )
