"""Which case an entry is about, so that the entries of a destroyed one are found; and the destructions that came."""

from typing import Any

from app.journal.certificate import SignedCertificate
from app.journal.certificate import read as certificate_of
from app.journal.entry import BadEntry, read
from app.journal.refs import DeviceId

_AT_A_TIME = 2000
_STEPS = """
-- NULL for an entry that opens something.
ALTER TABLE entry ADD COLUMN subject_device INTEGER;
ALTER TABLE entry ADD COLUMN subject_seq INTEGER;
CREATE INDEX entry_subject ON entry (subject_device, subject_seq) WHERE subject_device IS NOT NULL;

-- `carried_out` is 0 while it cannot be judged; `cleared` once no byte of the case is left in the files.
CREATE TABLE destruction (
    device INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    subject_device INTEGER NOT NULL,
    subject_seq INTEGER NOT NULL,
    carried_out INTEGER NOT NULL,
    cleared INTEGER NOT NULL,
    PRIMARY KEY (device, seq)
);
CREATE INDEX destruction_subject ON destruction (subject_device, subject_seq)
"""


def up(migrator: Any, db: Any) -> None:  # noqa: ANN401 - peewee has no types for them
    for statement in _STEPS.split(";\n"):
        db.execute_sql(statement)
    numbers, lineage = {}, {}
    for n, device, payload in db.execute_sql("SELECT n, id, payload FROM device").fetchall():
        numbers[bytes(device)] = n
        origin = certificate_of(SignedCertificate(bytes(payload), b"")).continues
        if origin is not None:
            lineage[DeviceId(bytes(device))] = origin
    ids = {n: DeviceId(device) for device, n in numbers.items()}
    place = (0, 0)
    while rows := db.execute_sql(
        "SELECT device, seq, raw FROM entry WHERE (device, seq) > (?, ?) ORDER BY device, seq LIMIT ?",
        (*place, _AT_A_TIME),
    ).fetchall():
        place = rows[-1][:2]
        for n, seq, raw in rows:
            try:
                entry = read(bytes(raw), device=ids[n], seq=seq, lineage=lineage)
            except BadEntry:
                continue
            if not entry.opens and entry.subject.device in numbers:
                db.execute_sql(
                    "UPDATE entry SET subject_device = ?, subject_seq = ? WHERE device = ? AND seq = ?",
                    (numbers[entry.subject.device], entry.subject.seq, n, seq),
                )
