"""How somebody has seen to an entry without effect: done with, registered again, or withdrawn, and why."""

from playhouse.migrate import SchemaMigrator

from app.store.database import Database

_STEPS = """
ALTER TABLE settled ADD COLUMN how TEXT NOT NULL DEFAULT 'done';
ALTER TABLE settled ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE settled ADD COLUMN by_whom TEXT NOT NULL DEFAULT '';
-- of the case that was registered in its place
ALTER TABLE settled ADD COLUMN number TEXT NOT NULL DEFAULT ''
"""


def up(migrator: SchemaMigrator, db: Database) -> None:
    for step in _STEPS.split(";"):
        db.run(step)
