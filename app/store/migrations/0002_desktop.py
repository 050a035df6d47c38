"""What the desktop asks for: drafts, the register of papers, and what each case waits for.

`draft` and `settled` are this device's own notes: no entry makes them, a rebuild leaves them.
`paper_row` and the new columns are made from entries; `app.store.learning` fills them after the upgrade.
"""

from playhouse.migrate import SchemaMigrator

from app.store.database import Database

_STEPS = """
-- A half-filled form. Numbers are never used again: a late save must not hit another draft.
CREATE TABLE draft (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    operator_device INTEGER NOT NULL,
    operator_seq INTEGER NOT NULL,
    title TEXT NOT NULL,
    saved_ms INTEGER NOT NULL,
    form BLOB NOT NULL
);
CREATE INDEX draft_operator ON draft (operator_device, operator_seq);

-- Entries without effect that a person here has dealt with.
CREATE TABLE settled (
    device INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (device, seq)
) WITHOUT ROWID;

-- Every issued copy, by the entry that says so.
CREATE TABLE paper_row (
    issued_on TEXT NOT NULL,
    device INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    case_n INTEGER NOT NULL,
    paper TEXT NOT NULL,
    number TEXT NOT NULL,
    issuer TEXT NOT NULL,        -- the region of the station that issued it
    reprint INTEGER NOT NULL,
    template INTEGER NOT NULL,
    stands INTEGER NOT NULL,     -- whether the act that it rests on has effect
    PRIMARY KEY (issued_on, device, seq)
) WITHOUT ROWID;
CREATE INDEX paper_case ON paper_row (case_n);

-- What a case waits for (app.domain.tasks), and the region whose station does it.
ALTER TABLE case_row ADD COLUMN todo TEXT NOT NULL DEFAULT '';
ALTER TABLE case_row ADD COLUMN todo_at TEXT NOT NULL DEFAULT '';
ALTER TABLE case_row ADD COLUMN notices INTEGER NOT NULL DEFAULT 0;

CREATE INDEX case_todo ON case_row (todo_at, todo, due, urgent) WHERE todo <> '';
CREATE INDEX case_open ON case_row (station, place, state, due) WHERE todo <> '';
CREATE INDEX case_returned ON case_row (n) WHERE todo = 'supply' AND notices > 0;
CREATE INDEX case_urgent ON case_row (n) WHERE urgent;
CREATE INDEX case_station ON case_row (station);
CREATE INDEX case_place ON case_row (place);
"""


def up(migrator: SchemaMigrator, db: Database) -> None:
    for statement in _STEPS.split(";\n"):
        if statement.strip():
            db.run(statement)
