"""The centre's own acts, one chained to the other; and since when a device has its token."""

from typing import Any

_STEPS = """
-- `digest` covers the row and the digest of the one before it: see sync/centre/audit.py.
CREATE TABLE act (
    n INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    what TEXT NOT NULL,
    who TEXT NOT NULL,
    facts TEXT NOT NULL,
    digest BLOB NOT NULL
);

-- One row. Whoever adds an act holds it until the commit.
CREATE TABLE act_head (one INTEGER PRIMARY KEY CHECK (one = 1), n INTEGER NOT NULL, digest BLOB NOT NULL);

-- `waiting` is 1 while the device has not shown that it has this one: until then the one before it counts too.
ALTER TABLE token ADD COLUMN given_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE token ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0
"""


def up(migrator: Any, db: Any) -> None:  # noqa: ANN401 - peewee has no types for them
    for statement in _STEPS.split(";\n"):
        db.execute_sql(statement)
    db.execute_sql("INSERT INTO act_head (one, n, digest) VALUES (1, 0, ?)", (bytes(32),))
