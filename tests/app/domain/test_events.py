"""The kinds of entries and their bodies."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import events
from app.domain.events import KINDS, BadBody
from app.domain.regions import Tier


def test_each_body_is_written_under_one_kind_and_version():
    bodies = [body for kind in KINDS.values() for body in kind.bodies]
    assert len(set(bodies)) == len(bodies)
    for name, kind in KINDS.items():
        assert all(events.is_known(name, version) for version in range(1, len(kind.bodies) + 1))
    assert events.name_of(events.CaseAccepted(on=date(2026, 11, 20))) == ("case.accepted", 1)


def test_a_newer_version_and_a_newer_kind_are_not_known():
    assert not events.is_known("case.registered", len(KINDS["case.registered"].bodies) + 1)
    assert not events.is_known("case.blessed", 1)


def test_what_the_district_alone_publishes_nobody_below_may_write():
    published_by = {name: kind.tiers for name, kind in KINDS.items() if kind.publication}
    for of_a_station in (
        "operator.added",
        "operator.changed",
        "operator.away",
        "approver.authorised",
        "receipts.reserved",
    ):
        assert published_by.pop(of_a_station) == frozenset(Tier)
    assert set(published_by.values()) == {frozenset({Tier.DISTRICT})}


@given(st.dates(), st.text(max_size=30), st.lists(st.text(max_size=10), max_size=4))
def test_a_body_is_read_as_it_was_written(on: date, authority: str, defects: list[str]):
    body = events.CaseReturned(
        on=on, reason=events.ReturnReason.DEFECTS, right_authority=authority, defects=tuple(defects)
    )
    assert events.decode_body("case.returned", 1, events.encode_body(body)) == body


def test_an_older_body_without_the_latest_fields_is_still_read():
    short = msgspec.msgpack.encode(["2026-11-20"])
    assert events.decode_body("case.accepted", 1, short) == events.CaseAccepted(
        on=date(2026, 11, 20)
    )
    refused = events.decode_body("case.refused", 1, msgspec.msgpack.encode(["2026-11-20", "理由"]))
    assert refused == events.CaseRefused(on=date(2026, 11, 20), reason="理由")


def test_fields_that_a_newer_program_adds_at_the_end_are_left_aside():
    longer = msgspec.msgpack.encode(["2026-11-20", {"more": 1}, [2]])
    assert events.decode_body("case.accepted", 1, longer) == events.CaseAccepted(
        on=date(2026, 11, 20)
    )


@given(st.sampled_from(sorted(KINDS)), st.binary(max_size=80))
def test_noise_is_a_bad_body_or_a_body(kind: str, noise: bytes):
    with suppress(BadBody):
        assert isinstance(events.decode_body(kind, 1, noise), KINDS[kind].bodies[0])


@pytest.mark.parametrize("wrong", [["2026-13-01"], ["yesterday"], [20261120], [None], []])
def test_a_day_that_is_none_is_a_bad_body(wrong: list[object]):
    with pytest.raises(BadBody):
        events.decode_body("case.accepted", 1, msgspec.msgpack.encode(wrong))


@pytest.mark.parametrize("look", [events.CaseNumbersShown(), events.CaseRecordOpened()])
def test_a_look_is_nothing_but_its_header(look: events.Body):
    assert events.encode_body(look) == b"\x90"
    assert events.decode_body(*events.name_of(look), b"\x90") == look
    assert [kind for kind in [*KINDS, "case.blessed"] if events.is_look(kind)] == [
        "case.numbers_shown",
        "case.record_opened",
    ]


@pytest.mark.parametrize("reason", events.ReturnReason)
def test_every_reason_of_a_return_has_its_words(reason: events.ReturnReason):
    assert reason.label
    assert not reason.label.isascii()
