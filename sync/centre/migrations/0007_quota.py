"""How far a device is ahead of what it may send in a day, and when that was noted last."""

from typing import Any

_STEPS = (
    # The centre's clock. What each entry costs is added to it: see sync/centre/quota.py.
    "ALTER TABLE device ADD COLUMN even_ms INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE device ADD COLUMN over_ms INTEGER NOT NULL DEFAULT 0",
)


def up(migrator: Any, db: Any) -> None:  # noqa: ANN401 - peewee has no types for them
    for statement in _STEPS:
        db.execute_sql(statement)
