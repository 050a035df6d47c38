"""The bytes of scans, whole ones and those on their way here."""

from playhouse.migrate import SchemaMigrator

from app.store.database import Database


def up(migrator: SchemaMigrator, db: Database) -> None:
    db.run(
        """
        CREATE TABLE content (
            n INTEGER PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE,
            size INTEGER NOT NULL,       -- bytes, without the padding
            stored_ms INTEGER NOT NULL   -- by the wall clock
        )
        """
    )
    # Apart: whoever asks what is here need not read past the images.
    db.run("CREATE TABLE image (n INTEGER PRIMARY KEY, padded BLOB NOT NULL)")
    db.run(
        """
        CREATE TABLE partial (
            n INTEGER PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE,
            have INTEGER NOT NULL,       -- bytes, from the first on
            touched_ms INTEGER NOT NULL
        )
        """
    )
    db.run(
        """
        CREATE TABLE partial_piece (
            partial INTEGER NOT NULL,
            start INTEGER NOT NULL,      -- the first byte's place
            padded BLOB NOT NULL,
            PRIMARY KEY (partial, start)
        )
        """
    )
