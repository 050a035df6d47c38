"""What a text may mean, asked of a real store."""

from __future__ import annotations

import pytest

from app.domain import events
from app.domain.events import PartyKind
from app.domain.papers import PaperKind
from app.domain.receipt_code import BadCode
from app.store import practice
from app.usecases import lookup, operators, papers
from app.usecases.catalogue import Why
from app.usecases.lookup import UnknownNumber
from tests.builders import VILLAGE, a_case, a_district, a_station, the_catalogue
from tests.practising import opened, practised
from ui.desktop.pages.names import PageName
from ui.desktop.window import findings
from ui.desktop.window.findings import Finding, Group


@pytest.fixture
def village(tmp_path):
    station = a_station(a_district(), VILLAGE, tmp_path)
    yield station
    station.store.close()


def of_group(found: list[Finding], group: Group) -> list[Finding]:
    return [one for one in found if one.group is group]


def test_a_case_is_found_by_name_and_shown_as_a_queue_may_see_it(village):
    subject = a_case(village, "IT022", "覃小军")
    (case,) = findings.find_all(village.store, "覃")
    assert (case.page, case.subject) == (PageName.CASES, subject)
    assert case.title.startswith("覃*军")
    assert "小军" not in case.title + case.detail
    assert case.mark


def test_pinyin_initials_find_it_too(village):
    a_case(village, "IT022", "覃小军")
    assert of_group(findings.find_all(village.store, "qxj"), Group.CASES)


def test_an_organisation_is_not_masked(village):
    code = {"kind": PartyKind.ORGANISATION, "id_number": "91450305MA5KABCD0C"}
    a_case(village, "IT022", "桂林七星粮油有限公司", applicant=code)
    (case,) = findings.find_all(village.store, "七星粮油")
    assert case.title.startswith("桂林七星粮油有限公司")


def test_an_item_may_be_registered_or_read_about(village):
    found = findings.find_all(village.store, "就业创业证")
    (register,) = of_group(found, Group.REGISTER)
    assert (register.page, register.subject) == (PageName.REGISTRATION, "IT022")
    assert of_group(found, Group.GUIDES)[0].page is PageName.ITEMS


def test_the_verb_means_an_item_and_no_case(village):
    a_case(village, "IT022", "黄建军")
    found = findings.find_all(village.store, "登记 就业")
    assert [one.group for one in found] == [Group.REGISTER, Group.GUIDES]


def test_an_item_that_is_no_case_is_only_read_about(village):
    found = findings.find_all(village.store, "冬春生活救助")
    assert [one.group for one in found] == [Group.GUIDES]


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}\n"])
def test_a_whole_number_is_one_case(village, typed):
    subject = a_case(village)
    number = lookup.listed(village.store)[0].local_number
    text = typed.format(number)
    assert findings.is_whole_number(text)
    assert findings.case_numbered(village.store, text) == subject


def test_the_code_on_a_receipt_is_one_case_however_the_scanner_types_it(village):
    subject = a_case(village)
    issued = papers.issue(
        village.store,
        subject,
        PaperKind.MATERIALS_RECEIPT,
        by=village.head,
        render=lambda _: b"",
    )
    code = issued.facts.code
    for text in (code, code.lower(), f"{code[:40]} {code[40:]}"):
        assert findings.is_whole_number(text)
        assert findings.case_numbered(village.store, text) == subject


def test_a_number_of_nobody_and_a_broken_code_are_told(village):
    with pytest.raises(UnknownNumber):
        findings.case_numbered(village.store, "450305200201-20261120-A1-0099")
    with pytest.raises(BadCode):
        findings.case_numbered(village.store, "DB1ABC")


@pytest.mark.parametrize("text", ["4503052002", "覃小军", "1028", "", "DB"])
def test_a_part_of_a_number_is_none(text):
    assert not findings.is_whole_number(text)


def test_a_certificate_that_is_not_issued_here_is_found_and_says_so(tmp_path):
    district = a_district()
    told = the_catalogue()
    district.publish(
        events.CatalogueNotesPublished(
            not_issued_here=told.not_issued_here, retired_terms=told.retired_terms
        )
    )
    village = a_station(district, VILLAGE, tmp_path)
    certificate = told.not_issued_here[0]
    (guide, *_) = findings.find_all(village.store, certificate.name)
    assert (guide.group, guide.why) == (Group.GUIDES, Why.NOT_ISSUED)
    assert guide.subject == certificate.name
    village.store.close()


def test_a_code_of_practice_leads_to_its_case_in_practice_and_nowhere_outside(village, tmp_path):
    own = opened(practice.place_of(practised(tmp_path / "other")))
    row = own.rows.where("station = ?", (own.region,), limit=1)[0]
    by = operators.acting(own, None)
    issued = papers.issue(
        own, row.subject, PaperKind.MATERIALS_SLIP, by=by, render=lambda facts: b""
    )
    code = issued.facts.code
    assert findings.is_whole_number(code)
    assert findings.case_numbered(own, code) == row.subject
    with pytest.raises(BadCode):
        findings.case_numbered(village.store, code)
    own.close()


def test_the_pinyin_of_practice_is_a_name(village):
    assert not findings.is_whole_number("lianxi")
