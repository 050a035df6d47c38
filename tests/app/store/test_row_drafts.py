"""What the rows of a case are made of is known before its place in lists is."""

from __future__ import annotations

from pathlib import Path

from app.store.row_drafts import draft
from app.store.rows import COLUMNS
from tests.builders import VILLAGE, a_case, a_district, a_station, act


def test_a_draft_says_what_the_row_says(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    subject = a_case(village, name="韦小妹")
    act(village, subject, "forward")
    store = village.store

    drawn = draft(village.case(subject), store.publications)

    columns = COLUMNS[COLUMNS.index("head_seq") + 1 :]
    row = store.database.row(f"SELECT {', '.join(columns)} FROM case_row")
    assert tuple(drawn.values) == row
    keys = store.database.rows("SELECT key, party FROM alike_key ORDER BY key")
    assert sorted((one.key, one.party) for one in drawn.keys) == keys


def test_search_is_told_nothing_where_it_would_hear_the_same_again(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    subject = a_case(village, name="韦小妹")
    before = draft(village.case(subject), village.store.publications)
    act(village, subject, "forward")

    after = draft(village.case(subject), village.store.publications, known=before.words)

    assert before.terms is not None
    assert after.terms is None
