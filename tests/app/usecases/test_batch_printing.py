"""Which cases a batch is about, and what they have already."""

from __future__ import annotations

import pytest

from app.domain.papers import PaperKind
from app.usecases import batch_printing, papers
from app.usecases.batch_printing import AlreadyPrinted, TooManyToPrint
from app.usecases.filters import CaseFilter
from tests.builders import VILLAGE, a_case, a_district, a_station

RECEIPT = PaperKind.MATERIALS_RECEIPT


@pytest.fixture
def station(tmp_path):
    station = a_station(a_district(), VILLAGE, tmp_path)
    yield station
    station.store.close()


def test_the_cases_come_in_the_order_of_the_list(station):
    subjects = [a_case(station, name=name) for name in ("韦一", "韦二", "韦三")]
    found = batch_printing.cases(station.store, CaseFilter())
    assert [one.subject for one in found] == subjects[::-1]
    assert found[0].label.startswith("韦* 4503")
    narrowed = batch_printing.cases(station.store, CaseFilter(text="韦二"))
    assert [one.subject for one in narrowed] == [subjects[1]]


def test_those_of_today_alone(station):
    a_case(station)
    assert len(batch_printing.cases(station.store, CaseFilter(), of_today=True)) == 1
    now = station.store.wall()
    station.store.wall = lambda: now + 3 * 24 * 60 * 60 * 1000
    assert batch_printing.cases(station.store, CaseFilter(), of_today=True) == []


def test_more_than_anybody_sorts_is_refused(station, monkeypatch):
    monkeypatch.setattr(batch_printing, "MOST", 1)
    a_case(station)
    a_case(station)
    with pytest.raises(TooManyToPrint):
        batch_printing.cases(station.store, CaseFilter())


@pytest.mark.parametrize("first", [RECEIPT, PaperKind.MATERIALS_SLIP])
def test_the_receipt_and_its_slip_are_one_document(station, first):
    subject = a_case(station)
    batch_printing.check_new(station.store, subject, RECEIPT)
    papers.issue(station.store, subject, first, by=station.head, render=lambda _: b"%PDF")
    with pytest.raises(AlreadyPrinted):
        batch_printing.check_new(station.store, subject, RECEIPT)
    batch_printing.check_new(station.store, subject, PaperKind.APPLICATION_FORM)
