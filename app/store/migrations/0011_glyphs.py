"""Characters that no shipped font has, as the station supplied them: this device's own, never entries."""

from playhouse.migrate import SchemaMigrator

from app.store.database import Database


def up(migrator: SchemaMigrator, db: Database) -> None:
    db.run(
        """
        CREATE TABLE glyph (
            code INTEGER PRIMARY KEY,    -- Unicode code point
            origin TEXT NOT NULL,        -- font, picture
            source TEXT NOT NULL,        -- the file's name
            added_at INTEGER NOT NULL,   -- milliseconds since 1970
            added_by TEXT NOT NULL,      -- an operator's name
            font BLOB NOT NULL           -- TrueType, of this character alone
        )
        """
    )
    # One row: all of them as one font, made anew with each change, because a screen asks for a family.
    db.run("CREATE TABLE glyph_family (n INTEGER PRIMARY KEY CHECK (n = 1), font BLOB NOT NULL)")
