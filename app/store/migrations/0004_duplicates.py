"""Possible duplicates: what each case may be found to repeat by, and the pairs that were found.

Both are made from cases; `app.store.learning` fills them after the upgrade.
"""

from playhouse.migrate import SchemaMigrator

from app.store.database import Database

_STEPS = """
-- Keys of app.store.likeness, in the order of days, with marks of what would confirm a name.
CREATE TABLE alike_key (
    key INTEGER NOT NULL,
    day INTEGER NOT NULL,        -- of receipt: date.toordinal
    case_n INTEGER NOT NULL,
    party INTEGER NOT NULL,      -- its place among the parties
    item TEXT NOT NULL,
    phone INTEGER,
    birthday INTEGER,
    address INTEGER,
    PRIMARY KEY (key, day, case_n, party)
) WITHOUT ROWID;
CREATE INDEX alike_case ON alike_key (case_n);

-- Each pair stands twice, once from either side.
CREATE TABLE duplicate_row (
    case_n INTEGER NOT NULL,
    other_n INTEGER NOT NULL,
    strength TEXT NOT NULL,
    reasons TEXT NOT NULL,       -- a space between
    judged TEXT NOT NULL,        -- app.store.duplicates.Judged
    PRIMARY KEY (case_n, other_n)
) WITHOUT ROWID;
"""


def up(migrator: SchemaMigrator, db: Database) -> None:
    for statement in _STEPS.split(";\n"):
        if statement.strip():
            db.run(statement)
