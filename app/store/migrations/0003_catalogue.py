"""Drafts of items, which the district edits before it publishes them: this device's own notes, never entries."""

from playhouse.migrate import SchemaMigrator

from app.store.database import Database


def up(migrator: SchemaMigrator, db: Database) -> None:
    db.run(
        """
        CREATE TABLE item_draft (
            item TEXT PRIMARY KEY,       -- the item's id; one draft of an item at a time
            editor TEXT NOT NULL,        -- the name of whoever saved it last
            saved_ms INTEGER NOT NULL,
            form BLOB NOT NULL
        ) WITHOUT ROWID
        """
    )
