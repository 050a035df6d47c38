"""Publications of villages and townships go to the whole district (docs/decisions/0011).

Those in the feed so far went to the regions below only, and stations have read past them:
they are added to it again, and their old rows stay for the cursors that point at them.
"""

import secrets
import time
from typing import Any

_MARK_BITS = 20


def up(migrator: Any, db: Any) -> None:  # noqa: ANN401 - peewee has no types for them
    db.execute_sql("DROP INDEX feed_publication")
    mark = (time.time_ns() // 1_000_000 << _MARK_BITS) | secrets.randbits(_MARK_BITS)
    where = "publication = 1 AND (township <> '' OR village <> '')"
    (count,) = db.execute_sql(f"SELECT count(*) FROM feed WHERE {where}").fetchone()
    db.execute_sql(
        "INSERT INTO feed (position, mark, device, seq, township, village, publication) "
        "SELECT (SELECT head FROM district) + row_number() OVER (ORDER BY position), ?, device, seq, '', '', 1 "
        f"FROM feed WHERE {where}",
        (mark,),
    )
    db.execute_sql(f"UPDATE feed SET township = '', village = '', publication = -1 WHERE {where}")
    db.execute_sql("UPDATE district SET head = head + ?", (count,))
    db.execute_sql("CREATE INDEX feed_published ON feed (position) WHERE publication = 1")
