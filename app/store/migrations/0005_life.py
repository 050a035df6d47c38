"""The whole life of a case in lists: side tasks, cards, whose matter it is. Filled by `app.store.learning`."""

from playhouse.migrate import SchemaMigrator

from app.store.database import Database

_STEPS = """
-- Beside case_row: green channel, owner (an operator), parent of a joint handling, cards not withdrawn.
ALTER TABLE case_row ADD COLUMN green INTEGER NOT NULL DEFAULT 0;
ALTER TABLE case_row ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE case_row ADD COLUMN parent TEXT NOT NULL DEFAULT '';
ALTER TABLE case_row ADD COLUMN visit TEXT NOT NULL DEFAULT '';
ALTER TABLE case_row ADD COLUMN cards INTEGER NOT NULL DEFAULT 0;
CREATE INDEX case_owner ON case_row (owner) WHERE owner <> '';
CREATE INDEX case_parent ON case_row (parent) WHERE parent <> '';
CREATE INDEX case_visit ON case_row (visit) WHERE visit <> '';
CREATE INDEX case_green ON case_row (n) WHERE green;

-- What is to be done beside the way of a case.
CREATE TABLE side_task (
    case_n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,      -- the region whose station does it
    who TEXT NOT NULL,     -- the only person who may, or empty
    PRIMARY KEY (case_n, kind, at, who)
) WITHOUT ROWID;
CREATE INDEX side_task_at ON side_task (at, kind);

-- Every card that was issued.
CREATE TABLE card_row (
    case_n INTEGER NOT NULL,
    cause TEXT NOT NULL,
    since TEXT NOT NULL,
    grade TEXT NOT NULL,
    state TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    station TEXT NOT NULL,
    post TEXT NOT NULL,
    person TEXT NOT NULL,
    due TEXT,              -- of a supervised task
    PRIMARY KEY (case_n, cause, since, grade)
) WITHOUT ROWID;
CREATE INDEX card_station ON card_row (station, state);
CREATE INDEX card_state ON card_row (state, issued_on);
"""


def up(migrator: SchemaMigrator, db: Database) -> None:
    for statement in _STEPS.split(";\n"):
        if statement.strip():
            db.run(statement)
