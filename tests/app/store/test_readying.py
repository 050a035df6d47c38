"""What is made ready beside is what would have been made in the transaction, or it is made again."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import events
from app.journal.entry import BadEntry
from app.store import database, exchange
from app.store.exchange import Incoming, Intake, Run
from app.store.readying import Piece, ready
from app.store.verify import verify
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    District,
    Station,
    a_case,
    a_district,
    a_station,
    act,
    carry,
    meet,
)

TABLES = {
    "case_row": "subject_seq",
    "alike_key": "key, case_n",
    "duplicate_row": "case_n, other_n",
    "paper_row": "device, seq",
    "side_task": "case_n, kind",
    "waiting": "subject_seq",
    "case_term": "term, doc",
}


def lives(folder: Path) -> tuple[District, Station]:
    """A village with cases in several states, two of them of one person."""
    district = a_district()
    village = a_station(district, VILLAGE, folder / "v")
    cases = [a_case(village, name=f"韦{place}") for place in range(12)]
    a_case(village, name="韦1")
    for case in cases[:5]:
        act(village, case, "forward")
    return district, village


def answer(run: Run) -> Incoming:
    return Incoming(
        accepted_seq=0,
        accepted_digest=b"",
        verdicts=[],
        runs=[run],
        cursor=b"cursor",
        centre_ms=1_900_000_000_000,
    )


def rows_of(station: Station) -> dict[str, list[Any]]:
    return {
        table: station.store.database.rows(f"SELECT * FROM {table} ORDER BY {order}")
        for table, order in TABLES.items()
    }


def pieces_of(station: Station) -> list[Piece]:
    device, first, wires = station.own_run()
    return [(device, seq, wire) for seq, wire in enumerate(wires, first)]


@given(portion=st.integers(1, 20), cuts=st.lists(st.integers(1, 18), max_size=3))
@settings(max_examples=8)
def test_rows_and_search_are_the_same_in_whatever_portions_and_answers_they_came(
    tmp_path_factory: pytest.TempPathFactory, portion: int, cuts: list[int]
):
    folder = tmp_path_factory.mktemp("portions")
    district, village = lives(folder)
    whole, apart = (
        a_station(district, TOWNSHIP, folder / name, staffed=False) for name in ("w", "p")
    )
    device, first, wires = village.own_run()
    for place, wire in enumerate(wires):
        exchange.take_in(whole.store, answer((device, first + place, [wire])))

    edges = sorted({0, *(cut for cut in cuts if cut < len(wires)), len(wires)})
    answers = [answer((device, first + start, wires[start:end])) for start, end in pairwise(edges)]
    with (
        patch.object(exchange, "_FIRST_SLICE", portion),
        patch.object(database, "GAP_S", 0),
        Intake(apart.store) as intake,
    ):
        for place, one in enumerate(answers):
            intake.take_in(one)
            if place + 1 < len(answers):
                intake.expect(answers[place + 1])

    assert rows_of(apart) == rows_of(whole)
    assert verify(apart.store).problems == []
    for station in (village, whole, apart):
        station.store.close()


def test_only_what_begins_in_a_batch_is_told_ahead(tmp_path: Path):
    district, village = lives(tmp_path)
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    pieces = pieces_of(village)

    with_a_card = ready(pieces, {}, township.store.publications, b"")
    assert with_a_card.told == {}  # who wrote them is published in it

    (device, seq, card), *rest = pieces
    exchange.take_in(township.store, answer((device, seq, [card])))
    made = ready(rest, {}, township.store.publications, b"")
    assert made.is_whole
    assert len(made.told) == 13
    later = ready(rest[-1:], {}, township.store.publications, b"")
    assert not later.told
    assert not later.is_whole


def test_what_was_made_by_other_publications_is_made_again(tmp_path: Path):
    district, village = lives(tmp_path)
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    device, first, wires = village.own_run()
    with patch.object(database, "GAP_S", 0), Intake(township.store) as intake:
        intake.take_in(answer((device, first, wires[:1])))
        coming = answer((device, first + 1, wires[1:]))
        intake.take_in(answer((device, first, wires[:1])))
        intake.expect(coming)  # by what was published until now
        district.publish(events.CatalogueNotesPublished(not_issued_here=(), retired_terms=()))
        carry(district, township)
        intake.take_in(coming)

    assert township.store.database.row("SELECT count(*) FROM case_row") == (13,)
    assert verify(township.store).problems == []


def test_a_bad_entry_stops_only_what_comes_with_it_and_after(tmp_path: Path):
    district, village = lives(tmp_path)
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    meet(village, township)
    device, first, wires = village.own_run()
    a_case(village, name="新来")
    new = village.own_run()[2][len(wires) :]

    run = (device, first + len(wires), [*new, b"\xff"])
    with patch.object(exchange, "_FIRST_SLICE", 1), pytest.raises(BadEntry):
        exchange.take_in(township.store, answer(run))

    assert township.store.database.row("SELECT count(*) FROM case_row") == (14,)
