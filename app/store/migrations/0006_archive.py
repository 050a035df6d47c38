"""Archived files, and what stays of those that were destroyed. `archive_row` is made from entries."""

from playhouse.migrate import SchemaMigrator

from app.store.database import Database

_STEPS = """
-- One row for each archived case; of a destroyed one it is what the register says. Days as ISO, operators as text.
CREATE TABLE archive_row (
    case_n INTEGER PRIMARY KEY,
    number TEXT NOT NULL,
    year INTEGER NOT NULL,       -- in which the matter ended
    retention TEXT NOT NULL,
    archived_on TEXT NOT NULL,
    keeper TEXT NOT NULL,        -- the region whose archive has it; empty once it is destroyed
    kept_until TEXT,             -- NULL: for ever
    pages INTEGER NOT NULL,
    appraisal TEXT NOT NULL,     -- the last one, empty before
    appraiser TEXT NOT NULL,
    destroyed_on TEXT
);
CREATE INDEX archive_number ON archive_row (number);
CREATE INDEX archive_year ON archive_row (year, retention, number);
CREATE INDEX archive_due ON archive_row (kept_until) WHERE destroyed_on IS NULL;
CREATE INDEX archive_gone ON archive_row (destroyed_on) WHERE destroyed_on IS NOT NULL;

-- The last numbers that erased entries gave. No entry says them any more: a rebuild keeps this table.
CREATE TABLE spent_number (
    series TEXT NOT NULL,
    slot TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (series, slot)
) WITHOUT ROWID;

-- Destroyed, and still here.
CREATE INDEX case_doomed ON case_row (n) WHERE state = 'destroyed' AND applicant <> '';
"""


def up(migrator: SchemaMigrator, db: Database) -> None:
    for statement in _STEPS.split(";\n"):
        if statement.strip():
            db.run(statement)
