"""The register of papers: every copy once, the newest first, found by what people know of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.events import PaperIssued
from app.domain.papers import PaperKind
from app.journal.refs import Ref
from app.store.exchange import Verdict
from app.store.rebuild import rebuild
from app.store.verify import verify
from app.usecases import papers
from app.usecases.papers import IssuedCopy
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    act,
    hand,
    meet,
)

Stations = tuple[Station, Station]
RECEIPT, SLIP, ACCEPTANCE = (
    PaperKind.MATERIALS_RECEIPT,
    PaperKind.MATERIALS_SLIP,
    PaperKind.ACCEPTANCE,
)


@pytest.fixture
def stations(tmp_path: Path) -> Stations:
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path / "v")
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    meet(village, township)
    return village, township


def issue(station: Station, subject: Ref, kind: PaperKind) -> None:
    papers.issue(station.store, subject, kind, by=station.head, render=lambda _: b"")


def three_days(stations: Stations) -> Ref:
    """A receipt and its reprint, a day later an acceptance, another day later another's receipt."""
    village, township = stations
    subject = a_case(village, "IT022", "韦小妹")
    issue(village, subject, RECEIPT)
    issue(village, subject, SLIP)
    act(village, subject, "forward")
    meet(*stations)
    village.wall.turn(days=1)
    act(township, subject, "take_over")
    act(township, subject, "accept")
    issue(township, subject, ACCEPTANCE)
    village.wall.turn(days=1)
    issue(village, a_case(village, "IT005", "蒙大"), RECEIPT)
    meet(*stations)
    return subject


def told(station: Station, **asked: Any) -> list[tuple[str, str, int]]:
    page = papers.register(station.store, **asked)
    assert page.next is None
    return [_words(one) for one in page.copies]


def _words(one: IssuedCopy) -> tuple[str, str, int]:
    return one.row.applicant, one.row.paper, one.row.reprint


def test_every_copy_is_there_once_the_newest_first(stations: Stations):
    village, township = stations
    subject = three_days(stations)
    whole = [
        ("蒙大", RECEIPT, 0),
        ("韦小妹", ACCEPTANCE, 0),
        ("韦小妹", SLIP, 1),
        ("韦小妹", RECEIPT, 0),
    ]
    assert told(village) == told(township) == whole
    assert [_words(one) for one in papers.of_case(township.store, subject)] == whole[1:]
    newest = papers.register(village.store).copies[0]
    assert newest.operator == "第一人"
    row = newest.row
    assert (row.number, row.issued_on) == ("湖塘政服收A2〔2026〕2号", date(2026, 11, 22))
    assert (row.issuer, row.region, row.item, row.stands) == (VILLAGE, VILLAGE, "IT005", True)
    assert row.local_number == f"{VILLAGE}-20261122-A2-0001"


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"since": date(2026, 11, 21)}, 2),
        ({"until": date(2026, 11, 20)}, 2),
        ({"since": date(2026, 11, 21), "until": date(2026, 11, 21)}, 1),
        ({"kind": RECEIPT}, 2),
        ({"kind": PaperKind.DECISION}, 0),
        ({"issuer": TOWNSHIP}, 1),
        ({"issuer": VILLAGE, "kind": SLIP}, 1),
        ({"text": "蒙"}, 1),
        ({"text": "wxm"}, 3),
        ({"text": "湖塘政服收A2〔2026〕1号"}, 2),
        ({"text": "[2026]1号"}, 3),
        ({"text": "2"}, 1),
        ({"text": "２"}, 1),
        ({"text": "临时救助"}, 1),
        ({"text": f"{VILLAGE}-20261120-A2-0001"}, 3),
        ({"text": "1028", "kind": ACCEPTANCE}, 1),
        ({"text": "' OR 1"}, 0),
        ({"text": "%"}, 0),
        ({"text": "²"}, 0),
    ],
)
def test_it_is_asked_by_day_kind_issuer_number_and_applicant(
    stations: Stations, asked: dict[str, Any], count: int
):
    three_days(stations)
    assert len(told(stations[1], **asked)) == count


def test_it_is_read_page_after_page(stations: Stations):
    village, _ = stations
    three_days(stations)
    whole = papers.register(village.store).copies
    found: list[IssuedCopy] = []
    after = None
    for _ in whole:
        page = papers.register(village.store, limit=1, after=after)
        found += page.copies
        after = page.next
    assert after is None
    assert tuple(found) == whole


def test_a_rebuild_makes_the_same_register(stations: Stations):
    village, township = stations
    three_days(stations)
    for station in (village, township):
        before = papers.register(station.store).copies
        with station.store.changing():
            rebuild(station.store)
        assert papers.register(station.store).copies == before
        assert verify(station.store).ok


def test_a_row_that_somebody_changed_is_found(stations: Stations):
    village, _ = stations
    three_days(stations)
    village.store.database.run("UPDATE paper_row SET number = '假' WHERE reprint = 1")
    assert verify(village.store).problems == ["rows:paper_row"]


def test_a_copy_whose_case_the_centre_refused_is_in_the_register_no_more(stations: Stations):
    village, _ = stations
    subject = a_case(village, "IT022", "韦小妹")
    issue(village, subject, RECEIPT)
    verdict = Verdict(device=subject.device, seq=subject.seq, code="region_out_of_scope", facts={})
    hand(village, verdicts=[verdict])
    assert told(village) == []
    assert village.store.database.rows("SELECT * FROM paper_row") == []
    assert verify(village.store).ok


def test_a_notice_that_rests_on_an_act_without_effect_is_shown_as_such(tmp_path: Path):
    """Two windows of the township accept and refuse, not knowing of each other."""
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path / "v")
    one = a_station(district, TOWNSHIP, tmp_path / "one")
    other = a_station(district, TOWNSHIP, tmp_path / "other")
    everybody = (village, one, other)
    meet(*everybody)
    subject = a_case(village, "IT022")
    act(village, subject, "forward")
    meet(*everybody)
    act(one, subject, "take_over")
    meet(*everybody)
    act(one, subject, "refuse", reason="不属于受理范围")
    village.wall.turn(ms=60_000)
    act(other, subject, "accept")
    issue(other, subject, ACCEPTANCE)
    assert [copy.row.stands for copy in papers.of_case(other.store, subject)] == [True]
    meet(*everybody)
    for station in everybody:
        assert [copy.row.stands for copy in papers.of_case(station.store, subject)] == [False]
        assert verify(station.store).ok


def test_numbers_beyond_what_a_table_holds_break_nothing(stations: Stations):
    village, township = stations
    subject = a_case(village, "IT022")
    meet(*stations)
    body = PaperIssued(
        paper="x" * 200, word="", year=2**63, slot="", running=2**64 - 1,
        on=date.max, template=2**64 - 1, facts=b"", reprint=2**64 - 1,
    )  # fmt: skip
    with township.store.writing() as tx:
        tx.record(body, by=township.head, case=tx.case(subject))
    meet(*stations)
    assert len(told(village)) == 1
    assert verify(village.store).ok
