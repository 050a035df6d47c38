"""The first shape of a station's store.

`device`, `entry` and `verdict` are the journal and what the centre said of it;
`waiting`, `running`, `case_row` and `case_text` are made from them and can be rebuilt.
"""

from playhouse.migrate import SchemaMigrator

from app.store.database import Database

_TABLES = """
CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

-- Every life of a device this store has heard of, under a small number of its own.
CREATE TABLE device (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    continues INTEGER REFERENCES device (n),
    continues_seq INTEGER,
    continues_digest BLOB
);

-- The journal. `wire` is the entry as written or redacted; `digest` is kept for one's own lives.
CREATE TABLE entry (
    device INTEGER NOT NULL REFERENCES device (n),
    seq INTEGER NOT NULL,
    subject_device INTEGER NOT NULL,
    subject_seq INTEGER NOT NULL,
    publication INTEGER NOT NULL,
    early INTEGER NOT NULL,      -- its clock was beyond belief when it came
    digest BLOB,
    wire BLOB NOT NULL,
    PRIMARY KEY (device, seq)
) WITHOUT ROWID;
CREATE INDEX entry_subject ON entry (subject_device, subject_seq);
CREATE INDEX entry_publication ON entry (device, seq) WHERE publication;

-- What the centre refused: kept, and folded nowhere.
CREATE TABLE verdict (
    device INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    code TEXT NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (device, seq)
) WITHOUT ROWID;

CREATE TABLE waiting (
    subject_device INTEGER NOT NULL,
    subject_seq INTEGER NOT NULL,
    missing TEXT NOT NULL,
    PRIMARY KEY (subject_device, subject_seq)
) WITHOUT ROWID;

-- The last running number of a series (a day's cases, a year's documents of one kind) in a slot.
CREATE TABLE running (
    series TEXT NOT NULL,
    slot TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (series, slot)
) WITHOUT ROWID;

CREATE TABLE case_row (
    n INTEGER PRIMARY KEY,
    subject_device INTEGER NOT NULL,
    subject_seq INTEGER NOT NULL,
    head_device INTEGER NOT NULL,
    head_seq INTEGER NOT NULL,
    region TEXT NOT NULL,
    station TEXT NOT NULL,
    place TEXT NOT NULL,
    item TEXT NOT NULL,
    item_version INTEGER NOT NULL,
    state TEXT NOT NULL,
    urgent INTEGER NOT NULL,
    received_on TEXT NOT NULL,
    local_number TEXT NOT NULL,
    official_number TEXT,
    other_numbers TEXT NOT NULL, -- official numbers that have no effect but may stand on paper, a space between
    external_id TEXT,
    applicant TEXT NOT NULL,
    id_number TEXT NOT NULL,
    phone TEXT NOT NULL,
    due TEXT,                    -- the earliest day on which a running clock ends
    clocks BLOB NOT NULL,        -- app.store.rows.ClockRow, as MessagePack
    out_of_place INTEGER NOT NULL,
    misfits BLOB NOT NULL,       -- which entries those are: app.journal.refs.Ref, as MessagePack
    needs_upgrade INTEGER NOT NULL,
    UNIQUE (subject_device, subject_seq)
);
CREATE INDEX case_state ON case_row (state);
CREATE INDEX case_item ON case_row (item);
CREATE INDEX case_due ON case_row (due) WHERE due IS NOT NULL;
CREATE INDEX case_misfits ON case_row (n) WHERE out_of_place > 0;
CREATE INDEX case_external ON case_row (external_id) WHERE external_id IS NOT NULL;

-- What a case is found by: pieces of names and of their pinyin, numbers forward and backwards; see app.store.search.
CREATE VIRTUAL TABLE case_text USING fts5 (
    terms, content = '', detail = none, columnsize = 0, tokenize = "ascii tokenchars '<>-'"
);
-- The same in the order of terms: (term, doc, ...).
CREATE VIRTUAL TABLE case_term USING fts5vocab (case_text, instance);
"""


def up(migrator: SchemaMigrator, db: Database) -> None:
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            db.run(statement)
