"""Where a ledger is on its way between two databases."""

from typing import Any

_TABLE = """
-- No row while the ledger is at home; else what sync/centre/moved.py says.
CREATE TABLE moved (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    state TEXT NOT NULL,
    place TEXT NOT NULL,
    at_ms INTEGER NOT NULL
)
"""


def up(migrator: Any, db: Any) -> None:  # noqa: ANN401 - peewee has no types for them
    db.execute_sql(_TABLE)
