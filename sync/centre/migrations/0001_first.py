"""The first shape of a district's ledger.

Plain SQL that PostgreSQL also understands, types of columns aside.
"""

from typing import Any

_TABLES = """
-- Private keys: the district's CA, its recovery key, the centre's own device.
CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL);

-- One row. `head` is the last position of the feed: whoever adds to the feed holds this row until it commits.
CREATE TABLE district (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    region TEXT NOT NULL,
    url TEXT NOT NULL,
    epoch BLOB NOT NULL,
    head INTEGER NOT NULL,
    clock INTEGER NOT NULL,      -- hybrid time of the centre's own last entry
    own INTEGER,                 -- the centre's own device
    tree_device INTEGER,         -- the entry with the table of regions that is in force
    tree_seq INTEGER
);

-- One row for each life of a device.
CREATE TABLE device (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    region TEXT NOT NULL,
    slot INTEGER NOT NULL,
    life TEXT NOT NULL,
    payload BLOB NOT NULL,       -- the certificate
    signature BLOB NOT NULL,
    certified_device INTEGER,    -- the entry that published it
    certified_seq INTEGER,
    accepted_seq INTEGER NOT NULL,
    accepted_digest BLOB NOT NULL,
    enrolled_ms INTEGER NOT NULL,
    revoked_ms INTEGER,
    contact_ms INTEGER,
    health BLOB,
    UNIQUE (region, slot, life)
);

CREATE TABLE token (hash BLOB PRIMARY KEY, device INTEGER NOT NULL REFERENCES device (n));
CREATE INDEX token_device ON token (device);

CREATE TABLE code (
    hash BLOB PRIMARY KEY,
    region TEXT NOT NULL,
    station TEXT NOT NULL,
    tier INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    device INTEGER REFERENCES device (n)
);

-- Every entry that came, refused ones too.
CREATE TABLE entry (
    device INTEGER NOT NULL REFERENCES device (n),
    seq INTEGER NOT NULL,
    region TEXT NOT NULL,
    held INTEGER NOT NULL,       -- of a kind that this program does not know
    received_ms INTEGER NOT NULL,
    digest BLOB NOT NULL,
    raw BLOB NOT NULL,
    PRIMARY KEY (device, seq)
);

CREATE TABLE refusal (
    device INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    code TEXT NOT NULL,
    facts BLOB NOT NULL,
    PRIMARY KEY (device, seq)
);

-- What may be handed on, in the order it was committed. `mark` is random for each commit.
-- An entry stands here again when its region comes under others. Columns are empty above their tier.
CREATE TABLE feed (
    position INTEGER PRIMARY KEY,
    mark INTEGER NOT NULL,
    device INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    township TEXT NOT NULL,
    village TEXT NOT NULL,
    publication INTEGER NOT NULL
);
CREATE INDEX feed_village ON feed (village, position) WHERE village <> '';
CREATE INDEX feed_township ON feed (township, position) WHERE township <> '';
CREATE INDEX feed_publication ON feed (township, position) WHERE publication = 1 AND village = ''
"""


def up(migrator: Any, db: Any) -> None:  # noqa: ANN401 - peewee has no types for them
    for statement in _TABLES.split(";\n"):
        db.execute_sql(statement)
