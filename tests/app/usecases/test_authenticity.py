"""Whether a document is genuine, by its code alone."""

from __future__ import annotations

from base64 import b32decode, b32encode
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.papers import PaperKind
from app.domain.receipt_code import PREFIX, BadCode
from app.journal.refs import Ref
from app.usecases import authenticity, papers
from app.usecases.authenticity import Record, Verdict
from app.usecases.papers import Issued
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    act,
    carry,
    meet,
)


@pytest.fixture
def stations(tmp_path: Path) -> tuple[Station, Station]:
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path / "v")
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    meet(village, township)
    return village, township


def issue(station: Station, subject: Ref, kind: PaperKind = PaperKind.MATERIALS_RECEIPT) -> Issued:
    return papers.issue(
        station.store, subject, kind, by=station.head, render=lambda facts: repr(facts).encode()
    )


def changed(code: str, place: int) -> str:
    """With one bit of the payload or the signature turned."""
    letters = code[len(PREFIX) :]
    data = bytearray(b32decode(letters + "=" * (-len(letters) % 8)))
    data[place % len(data)] ^= 1
    return PREFIX + b32encode(bytes(data)).decode().rstrip("=")


def test_ones_own_receipt_is_genuine_and_in_the_register(stations):
    village, _ = stations
    subject = a_case(village)
    issued = issue(village, subject)
    found = authenticity.check(village.store, issued.facts.code)
    assert (found.verdict, found.record) == (Verdict.GENUINE, Record.STANDS)
    assert (found.number, found.subject) == (issued.facts.number, subject)
    assert found.station == village.store.certificate.station
    assert found.document == "收件回执"
    assert "*" in found.name


def test_another_station_knows_it_before_the_case_has_come_there(stations):
    village, township = stations
    issued = issue(village, a_case(village))
    found = authenticity.check(township.store, issued.facts.code)
    assert (found.verdict, found.record) == (Verdict.GENUINE, Record.NOT_HERE)
    assert found.local_number == issued.facts.local_number
    assert found.number == ""


def test_a_reprint_and_a_slip_are_found_too(stations):
    village, _ = stations
    subject = a_case(village)
    issue(village, subject)
    for kind in (PaperKind.MATERIALS_RECEIPT, PaperKind.MATERIALS_SLIP):
        again = issue(village, subject, kind)
        assert again.facts.reprint
        assert authenticity.check(village.store, again.facts.code).record is Record.STANDS


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 400))
def test_no_changed_code_is_genuine(stations, place):
    village, _ = stations
    code = issued_once(village).facts.code
    try:
        found = authenticity.check(village.store, changed(code, place))
    except BadCode:
        return
    assert found.verdict is not Verdict.GENUINE
    assert found.record is Record.NOT_HERE


def issued_once(village: Station) -> Issued:
    if not hasattr(village, "once"):
        object.__setattr__(village, "once", issue(village, a_case(village)))
    return village.once  # type: ignore[attr-defined,no-any-return]


def test_the_receipt_of_a_visit_with_several_items_is_found(stations):
    village, _ = stations
    first = a_case(village)
    a_case(village, "IT005", visit=village.case(first).local_number.text)
    code = issue(village, first, PaperKind.VISIT_RECEIPT).facts.code
    found = authenticity.check(village.store, code)
    assert (found.verdict, found.record) == (Verdict.GENUINE, Record.STANDS)
    assert found.document == "合并收件回执"


@pytest.mark.parametrize("sign", ["\ue000", "\U000f1234", "\U00031355", "\U0002ebf1"])
def test_a_name_with_a_character_that_python_does_not_know_is_genuine(stations, sign):
    """Private codes, and what Unicode added since: such characters are supplied as pictures and printed."""
    village, _ = stations
    code = issue(village, a_case(village, name=f"{sign}小妹")).facts.code
    found = authenticity.check(village.store, code)
    assert (found.verdict, found.name) == (Verdict.GENUINE, f"{sign}**")


def test_a_station_of_another_district_is_unknown_not_false(stations, tmp_path):
    village, _ = stations
    stranger = a_station(a_district(), VILLAGE, tmp_path / "s")
    code = issue(stranger, a_case(stranger)).facts.code
    assert authenticity.check(village.store, code).verdict is Verdict.UNKNOWN_STATION


def test_a_notice_whose_act_was_displaced_is_genuine_and_has_no_force(stations, tmp_path):
    village, township = stations
    other = a_station(village.district, TOWNSHIP, tmp_path / "t2")
    meet(village, township, other)
    subject = a_case(village, "IT022")
    act(village, subject, "forward")
    meet(village, township, other)
    act(township, subject, "take_over")
    act(township, subject, "accept")
    other.wall.turn(ms=300_000)
    act(other, subject, "take_over")
    act(other, subject, "refuse", reason="不在本乡")
    code = issue(other, subject, PaperKind.REFUSAL).facts.code
    assert authenticity.check(other.store, code).record is Record.STANDS
    carry(village.district, village, township, other)
    meet(village, township, other)
    found = authenticity.check(other.store, code)
    assert (found.verdict, found.record) == (Verdict.GENUINE, Record.OVERTAKEN)


def test_a_receipt_that_was_put_right_is_void_when_the_new_one_is_printed(stations):
    village, _ = stations
    subject = a_case(village)
    old = issue(village, subject).facts.code
    act(village, subject, "correct", reason="名字写错了", applicant={"name": "韦小美"})
    assert authenticity.check(village.store, old).record is Record.STANDS
    new = issue(village, subject).facts.code
    slip = issue(village, subject, PaperKind.MATERIALS_SLIP).facts.code
    meet(*stations)
    for station in stations:
        found = [authenticity.check(station.store, code) for code in (old, new, slip)]
        assert {one.verdict for one in found} == {Verdict.GENUINE}
        assert [one.record for one in found] == [
            Record.REPLACED, Record.STANDS, Record.STANDS,
        ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "DB1", "https://example.org", "LIANXI:DB1AAAA", "DB1" + "A" * 999]
)
def test_what_is_no_code_of_ours_is_refused(stations, text):
    with pytest.raises(BadCode):
        authenticity.check(stations[0].store, text)
