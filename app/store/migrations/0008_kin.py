"""Whether the applicant is kin of somebody on the staff (亲属), which a list shows; made from entries."""

from playhouse.migrate import SchemaMigrator

from app.store.database import Database


def up(migrator: SchemaMigrator, db: Database) -> None:
    db.run("ALTER TABLE case_row ADD COLUMN kin INTEGER NOT NULL DEFAULT 0")
