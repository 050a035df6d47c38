"""The journal's tables: what was stored is read back, under small numbers that mean the same devices."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.journal import entry
from app.journal.refs import Continuation, Ref
from app.store import opening
from app.store.database import bring_up_to_date, connect
from app.store.journal import Journal, is_publication
from tests.builders import a_device, an_entry

ONE, OTHER = a_device(1), a_device(2)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return a_journal(tmp_path)


def a_journal(folder: Path) -> Journal:
    db = connect(folder / "j.db", bytes(32))
    bring_up_to_date(db, opening.MIGRATIONS)
    return Journal(db)


def test_an_entry_is_read_back_as_it_came_redacted_ones_too(journal: Journal):
    whole = an_entry(ONE, 1, body=b"\x93\x01\x02\x03")
    about = an_entry(OTHER, 4, subject=whole.ref, after=(whole.ref,), actor=Ref(OTHER, 1))
    redacted = entry.redact(an_entry(ONE, 2, subject=whole.ref, after=(whole.ref,)))
    assert journal.add([(one, None, False) for one in (whole, about, redacted)]) == 3
    assert [journal.one(one.ref) for one in (whole, about, redacted)] == [whole, about, redacted]
    assert {one.ref for one in journal.of_subject(whole.ref)} == {
        whole.ref,
        about.ref,
        redacted.ref,
    }
    assert journal.count() == 3


def test_what_is_there_already_is_not_stored_again_nor_changed(journal: Journal):
    first = an_entry(ONE, 1, body=b"\x01")
    journal.add([(first, bytes(32), False)])
    assert journal.add([(an_entry(ONE, 1, body=b"\x02"), None, True)]) == 0
    assert journal.one(first.ref) == first
    assert journal.digest_at(ONE, 1) == bytes(32)


def test_runs_are_in_the_order_of_numbers_and_no_longer_than_asked(journal: Journal):
    told = [an_entry(ONE, seq, clock=seq) for seq in (5, 1, 3, 2)]
    journal.add([(one, None, False) for one in told])
    assert [one.seq for one, _ in journal.run(ONE, 2, 2)] == [2, 3]
    assert journal.wires(ONE, 3, 10) == [told[2].wire, told[0].wire]
    assert journal.wires(OTHER, 1, 10) == []


def test_the_head_is_the_last_entry_of_a_life(journal: Journal):
    assert journal.head(ONE) is None
    journal.add([(an_entry(ONE, seq), bytes([seq]) * 32, False) for seq in (1, 2)])
    assert journal.head(ONE) == (2, b"\x02" * 32)


def test_publications_are_found_by_their_kind(journal: Journal):
    card, act = an_entry(ONE, 1, kind="operator.added"), an_entry(ONE, 2, kind="case.accepted")
    journal.add([(one, None, False) for one in (card, act)])
    assert journal.publications() == [card]
    assert is_publication("regions.published")
    assert not is_publication("weather.published")


def test_a_life_and_those_it_continues_are_remembered(tmp_path: Path):
    journal = a_journal(tmp_path)
    elder = Continuation(OTHER, 7, b"\x07" * 32)
    journal.number_of(ONE)
    journal.continues(ONE, elder)
    again = a_journal(tmp_path)
    assert again.lineage == {ONE: elder}
    assert again.lives_of(ONE) == [ONE, OTHER]
    assert again.lives_of(OTHER) == [OTHER]


def test_numbers_of_devices_that_were_taken_back_are_given_anew(journal: Journal):
    assert not _number_in_vain(journal)
    journal.forget()
    assert journal.number_of(OTHER) == 1
    assert journal.number_of(ONE) == 2
    assert journal.device_of(1) == OTHER


def _number_in_vain(journal: Journal) -> bool:
    db = journal._database  # noqa: SLF001 - the transaction of a caller that fails
    try:
        with db.writing():
            assert journal.number_of(ONE) == 1
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        return False


def test_another_process_may_have_met_a_device_first(tmp_path: Path):
    mine, theirs = a_journal(tmp_path), a_journal(tmp_path)
    theirs.add([(an_entry(ONE, 1), None, False)])
    assert mine.one(Ref(ONE, 1)) == theirs.one(Ref(ONE, 1))
    assert mine.number_of(ONE) == theirs.number_of(ONE)


def test_verdicts_are_kept_with_their_facts(journal: Journal):
    ref = Ref(ONE, 3)
    journal.refuse(ref, "region_out_of_scope", {"region": "450305", "tier": 1})
    journal.refuse(ref, "bad_body", {})
    assert journal.refused_all() == {ref}
    assert journal.refused([Ref(ONE, 2), ref]) == {ref}
