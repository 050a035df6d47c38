"""Filters of the list of cases that somebody has given a name: this device's own notes, never entries."""

from playhouse.migrate import SchemaMigrator

from app.store.database import Database


def up(migrator: SchemaMigrator, db: Database) -> None:
    db.run(
        """
        CREATE TABLE saved_filter (
            n INTEGER PRIMARY KEY AUTOINCREMENT,
            operator_device INTEGER NOT NULL,
            operator_seq INTEGER NOT NULL,
            place INTEGER NOT NULL,      -- among those of the operator
            name TEXT NOT NULL,
            form BLOB NOT NULL
        )
        """
    )
    db.run(
        "CREATE INDEX saved_filter_operator ON saved_filter (operator_device, operator_seq, place)"
    )
