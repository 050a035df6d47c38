"""The pages of documents that this device issued, as they went to the printer: they stay here, their facts travel."""

from playhouse.migrate import SchemaMigrator

from app.store.database import Database


def up(migrator: SchemaMigrator, db: Database) -> None:
    db.run(
        """
        CREATE TABLE paper_copy (
            device INTEGER NOT NULL,     -- the entry that says it was issued
            seq INTEGER NOT NULL,
            pdf BLOB NOT NULL,
            PRIMARY KEY (device, seq)
        )
        """
    )
