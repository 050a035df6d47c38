"""What the register says of each document."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.events import PartyKind
from app.domain.papers import PaperKind
from tests.builders import TOWNSHIP, VILLAGE, a_case, a_district, a_station, act, meet
from tests.ui.desktop.pages.papers.desks import FIRST_DAY, RECEIPT, SLIP, issue
from ui.desktop.pages.papers.lines import PapersWanted, Span, read_page


@pytest.fixture
def district():
    return a_district()


@pytest.fixture
def village(district, tmp_path):
    station = a_station(district, VILLAGE, tmp_path / "village")
    yield station
    station.store.close()


@pytest.fixture
def township(district, tmp_path):
    station = a_station(district, TOWNSHIP, tmp_path / "township")
    yield station
    station.store.close()


def lines(station, receipt=RECEIPT, **wanted):
    return read_page(station.store, PapersWanted(**wanted), receipt).lines


def test_an_issued_document_is_told_with_its_number_and_the_name_masked(village):
    subject = a_case(village, name="韦小妹")
    facts = issue(village, subject)
    (line,) = lines(village)
    assert (line.title, line.number, line.kind) == ("收件回执", facts.number, RECEIPT)
    assert (line.applicant, line.item, line.local_number) == (
        "韦*妹",
        facts.item,
        facts.local_number,
    )
    assert (line.on, line.reprint, line.operator) == (FIRST_DAY, 0, village.head.name)
    assert line.ours
    assert line.stands


def test_an_organisations_name_is_not_masked(village):
    name = "湖塘片区股份经济合作联合社"
    company = {"id_number": "91450300MA5NTNLX8X", "kind": PartyKind.ORGANISATION}
    issue(village, a_case(village, name=name, applicant=company))
    assert lines(village)[0].applicant == name


def test_each_copy_is_a_line_the_newest_first(village):
    subject = a_case(village)
    for _ in range(3):
        issue(village, subject)
    told = lines(village)
    assert [line.reprint for line in told] == [2, 1, 0]
    assert len({line.key for line in told}) == 3
    assert len({line.number for line in told}) == 1


def test_a_case_shows_what_may_be_printed_before_what_was(village):
    subject = a_case(village)
    line, mandate, form = lines(village, subject=subject)
    assert (line.entry, line.kind, line.number, line.on) == (None, RECEIPT, "", None)
    assert line.ours
    assert (mandate.entry, mandate.kind) == (None, PaperKind.MANDATE)
    assert (form.entry, form.kind) == (None, PaperKind.APPLICATION_FORM)
    issue(village, subject)
    mandate, line, form = lines(village, subject=subject)
    assert mandate.entry is None  # somebody waits for it
    assert line.entry is not None
    assert form.entry is None  # whoever wants it finds it after what was issued


def test_the_receipt_is_one_document_in_two_sizes(village):
    subject = a_case(village, mandate=False)
    line, _ = lines(village, receipt=SLIP, subject=subject)
    assert line.kind is SLIP
    issue(village, subject, RECEIPT)
    issued, form = lines(village, receipt=SLIP, subject=subject)
    assert issued.entry is not None
    assert form.kind is PaperKind.APPLICATION_FORM


def test_the_authority_sees_the_villages_receipt_and_its_own_notice(village, township):
    subject = a_case(village, "IT022")
    issue(village, subject)
    act(village, subject, "forward")
    meet(village, township)
    act(township, subject, "take_over")
    act(township, subject, "accept")
    fresh, receipt = lines(township, subject=subject)
    assert (fresh.kind, fresh.entry) == (PaperKind.ACCEPTANCE, None)
    assert fresh.ours
    assert receipt.kind is RECEIPT
    assert not receipt.ours


def test_the_register_is_cut_into_pages_that_meet(village):
    subject = a_case(village)
    for _ in range(5):
        issue(village, subject)
    first = read_page(village.store, PapersWanted(), RECEIPT, limit=3)
    second = read_page(village.store, PapersWanted(), RECEIPT, limit=3, after=first.next)
    assert [line.reprint for line in first.lines + second.lines] == [4, 3, 2, 1, 0]
    assert second.next is None


def test_days_kinds_and_words_narrow_the_register(village):
    early = a_case(village, name="韦小妹")
    issue(village, early)
    village.district.wall.turn(days=10)
    late = a_case(village, name="莫桂英")
    issue(village, late, SLIP)

    def found(**wanted):
        return [line.subject for line in lines(village, **wanted)]

    assert found() == [late, early]
    assert found(span=Span.TODAY) == [late]
    assert found(span=Span.WEEK) == [late]
    assert found(span=Span.MONTH) == [late, early]
    assert found(kind=SLIP) == [late]
    assert found(text="韦小") == [early]
    assert found(text="没有") == []


@pytest.mark.parametrize(
    ("span", "since"),
    [
        (Span.TODAY, date(2026, 3, 1)),
        (Span.WEEK, date(2026, 2, 23)),
        (Span.MONTH, date(2026, 1, 31)),
        (Span.YEAR, date(2026, 1, 1)),
        (Span.ALL, None),
    ],
)
def test_a_span_begins_on_its_first_day(span, since):
    assert span.since(date(2026, 3, 1)) == since
    assert span.label
