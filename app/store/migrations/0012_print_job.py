"""Documents on their way to paper, until somebody says that they came out: this device's own notes, never entries."""

from playhouse.migrate import SchemaMigrator

from app.store.database import Database


def up(migrator: SchemaMigrator, db: Database) -> None:
    db.run(
        """
        CREATE TABLE print_job (
            device INTEGER NOT NULL,     -- the entry that says it was issued
            seq INTEGER NOT NULL,
            at INTEGER NOT NULL,         -- when it was issued, in ms of the wall clock
            stuck INTEGER NOT NULL DEFAULT 0,  -- surely not on paper
            printer TEXT NOT NULL DEFAULT '',  -- the system's name of it
            job INTEGER NOT NULL DEFAULT 0,    -- the system's number of it
            PRIMARY KEY (device, seq)
        )
        """
    )
