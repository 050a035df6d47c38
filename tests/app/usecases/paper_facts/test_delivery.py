"""The proof of delivery: carried along empty, filled in afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.papers import PaperKind, ProofOfDelivery
from app.journal.refs import Ref
from app.usecases import papers
from app.usecases.paper_facts import PaperNotDue
from tests.builders import (
    DISTRICT,
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    act,
    meet,
)

Stations = tuple[Station, Station]


@pytest.fixture
def stations(tmp_path: Path) -> Stations:
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path / "v")
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    meet(village, township)
    return village, township


@pytest.fixture
def accepted(stations: Stations) -> Ref:
    village, township = stations
    subject = a_case(village, applicant={"address": "湖塘村3组"})
    act(village, subject, "forward")
    meet(*stations)
    for verb in ("take_over", "accept"):
        act(township, subject, verb)
    return subject


def proof(station: Station, subject: Ref) -> ProofOfDelivery:
    facts = papers.preview(station.store, subject, PaperKind.PROOF_OF_DELIVERY)
    assert isinstance(facts, ProofOfDelivery)
    return facts


def issue(station: Station, subject: Ref, kind: PaperKind) -> str:
    issued = papers.issue(
        station.store, subject, kind, by=station.head, render=lambda facts: repr(facts).encode()
    )
    return issued.facts.number


def test_a_proof_is_carried_along_empty_with_the_numbers_of_what_is_served(
    stations: Stations, accepted: Ref
):
    village, township = stations
    with pytest.raises(PaperNotDue):
        proof(township, accepted)
    act(township, accepted, "decide", approved=False, reason="不符合条件")
    number = issue(township, accepted, PaperKind.DECISION)
    issue(township, accepted, PaperKind.DECISION)  # a reprint has the same number
    meet(*stations)
    facts = proof(village, accepted)
    assert [(one.title, one.number) for one in facts.served] == [("不予决定书", number)]
    assert (facts.way, facts.served_on, facts.received_by) == ("", None, "")
    assert facts.address == "湖塘村3组"
    assert facts.sender == "朝阳乡人民政府"
    assert len(facts.ways) == 5
    assert facts.id_number == "450305********1028"


def test_a_refusal_is_served_too(stations: Stations):
    village, township = stations
    subject = a_case(village)
    act(village, subject, "forward")
    meet(*stations)
    act(township, subject, "take_over")
    act(township, subject, "refuse", reason="不在本乡")
    meet(*stations)
    (served,) = proof(village, subject).served
    assert (served.title, served.number) == ("不予受理通知书", "")


def test_what_was_left_behind_says_where_who_would_not_sign_and_who_saw_it(
    stations: Stations, accepted: Ref
):
    village, township = stations
    act(township, accepted, "decide", approved=True)
    act(township, accepted, "certify", name="就业创业证", number="桂就2026001")
    meet(*stations)
    carried = issue(village, accepted, PaperKind.PROOF_OF_DELIVERY)
    act(
        village, accepted, "deliver", way="left", witness="莫建国", recipient="韦大山",
        relation="配偶", proof="拒绝签收", place="韦小妹家中",
    )  # fmt: skip
    facts = proof(village, accepted)
    assert facts.number == papers.PREVIEWED != carried  # it says something else now
    assert (facts.way, facts.place, facts.witness) == ("留置送达", "韦小妹家中", "莫建国")
    assert (facts.received_by, facts.relation, facts.remark) == ("韦大山", "配偶", "拒绝签收")
    assert facts.server == "湖塘村的第一人"
    assert facts.left
    assert [one.title for one in facts.served] == ["准予决定书", "就业创业证"]


def test_a_station_that_does_not_deliver_has_no_proof_to_print(
    stations: Stations, accepted: Ref, tmp_path: Path
):
    village, township = stations
    district = a_station(village.district, DISTRICT, tmp_path / "d")
    act(township, accepted, "decide", approved=True)
    meet(village, township, district)
    with pytest.raises(PaperNotDue):
        proof(district, accepted)
