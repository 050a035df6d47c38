"""Which entries and drafts name which scans, and what this device still has to send. The images stand beside."""

from playhouse.migrate import SchemaMigrator

from app.store.database import Database


def up(migrator: SchemaMigrator, db: Database) -> None:
    # Made from the journal: a rebuild makes it again.
    db.run(
        """
        CREATE TABLE sheet (
            device INTEGER NOT NULL,     -- the entry that names it
            seq INTEGER NOT NULL,
            place INTEGER NOT NULL,      -- among the sheets of that entry, from 0
            digest BLOB NOT NULL,
            size INTEGER NOT NULL,       -- bytes
            width INTEGER NOT NULL,      -- pixels
            height INTEGER NOT NULL,
            media TEXT NOT NULL,
            PRIMARY KEY (device, seq, place)
        ) WITHOUT ROWID
        """
    )
    db.run("CREATE INDEX sheet_digest ON sheet (digest)")
    db.run(
        """
        CREATE TABLE unsent_sheet (
            n INTEGER PRIMARY KEY,       -- the order in which they go
            digest BLOB NOT NULL UNIQUE
        )
        """
    )
    db.run(
        """
        CREATE TABLE draft_sheet (
            draft INTEGER NOT NULL,
            digest BLOB NOT NULL,
            PRIMARY KEY (draft, digest)
        ) WITHOUT ROWID
        """
    )
    # Of a destroyed file; they are erased when the files are cleared.
    db.run("CREATE TABLE doomed_sheet (digest BLOB PRIMARY KEY) WITHOUT ROWID")
