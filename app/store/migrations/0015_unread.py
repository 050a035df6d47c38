"""Cases whose entries are here and whose rows are still to be made from them, in the order in which they came."""

from playhouse.migrate import SchemaMigrator

from app.store.database import Database

_STEPS = """
CREATE TABLE unread (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    subject_device INTEGER NOT NULL,
    subject_seq INTEGER NOT NULL,
    times INTEGER NOT NULL DEFAULT 1,  -- how often something came of it since it was read
    UNIQUE (subject_device, subject_seq)
)
"""


def up(migrator: SchemaMigrator, db: Database) -> None:
    db.run(_STEPS)
