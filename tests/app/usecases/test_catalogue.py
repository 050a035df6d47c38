"""Items by whatever people call them, whole (find) or while they are typed (suggested)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain import events
from app.domain.catalogue import RetiredTerm, Retirement
from app.domain.items import Handling
from app.usecases import catalogue
from app.usecases.catalogue import ItemAbolished, NotIssuedHere, Suggested, Why
from tests.builders import (
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    carry,
    the_catalogue,
    the_item,
)

ON = date(2026, 11, 20)
ABOLISHED = RetiredTerm(old="自行车牌照费", now="已经不收", kind=Retirement.ABOLISHED)


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Station:
    told = the_catalogue()
    district = a_district(items=[item.id for item in told.items])
    district.publish(
        events.CatalogueNotesPublished(
            not_issued_here=told.not_issued_here, retired_terms=(*told.retired_terms, ABOLISHED)
        )
    )
    return a_station(district, VILLAGE, tmp_path_factory.mktemp("catalogue"))


def suggested(station: Station, text: str, limit: int = 12) -> list[Suggested]:
    return catalogue.suggested(station.store, text, ON, limit)


def ids(found: list[Suggested]) -> list[str]:
    return [one.item.id if one.item else one.called for one in found]


@pytest.mark.parametrize(
    ("text", "first", "called", "why"),
    [
        ("就业创业证申领", "IT022", "就业创业证申领", Why.NAME),
        ("就业创业", "IT022", "就业创业证申领", Why.NAME),
        ("创业证", "IT022", "就业创业证申领", Why.NAME),
        ("低保", "IT001", "低保", Why.ALIAS),
        ("IT022", "IT022", "IT022", Why.ID),
        ("it022", "IT022", "IT022", Why.ID),
        (" 就业 创业证 申领 ", "IT022", "就业创业证申领", Why.NAME),
        ("jycyz", "IT022", "就业创业证申领", Why.PINYIN),
        ("jiuyechuangye", "IT022", "就业创业证申领", Why.PINYIN),
        ("jiuyecy", "IT022", "就业创业证申领", Why.PINYIN),
        ("cyzsl", "IT022", "就业创业证申领", Why.PINYIN),
        ("chuangyez", "IT022", "就业创业证申领", Why.PINYIN),
        ("JYCY", "IT022", "就业创业证申领", Why.PINYIN),
    ],
)
def test_an_item_is_suggested_by_any_part_of_any_of_its_names(
    village: Station, text: str, first: str, called: str, why: Why
):
    one = suggested(village, text)[0]
    assert (ids([one]), one.called, one.why) == ([first], called, why)


def test_each_retired_name_of_the_catalogue_leads_to_its_present_one(village: Station):
    for term in the_catalogue().retired_terms:
        one = suggested(village, term.old)[0]
        if term.kind is Retirement.RENAMED:
            assert one.item is not None
            assert term.now in (one.item.name, *one.item.aliases)
        elif term.kind is Retirement.NOT_ISSUED_HERE:
            assert one.item is None
            assert one.not_issued is not None
            assert one.not_issued.name == term.now
        else:
            assert (one.item, one.not_issued) == (None, None)
            assert one.retired == term


def test_what_is_abolished_says_so_and_offers_nothing(village: Station):
    (one,) = suggested(village, "自行车牌")
    assert (one.item, one.not_issued, one.retired, one.is_case) == (None, None, ABOLISHED, False)
    with pytest.raises(ItemAbolished):
        catalogue.find(village.store, "自行车牌照费", ON)


def test_each_certificate_that_is_not_issued_here_leads_to_the_right_office(village: Station):
    for certificate in the_catalogue().not_issued_here:
        one = suggested(village, certificate.name)[0]
        assert (one.item, one.called, one.not_issued) == (None, certificate.name, certificate)
        assert one.why is Why.NOT_ISSUED
        with pytest.raises(NotIssuedHere):
            catalogue.find(village.store, certificate.name, ON)


def test_every_item_is_suggested_first_by_each_of_its_names(village: Station):
    for item in the_catalogue().items:
        for name in (item.name, *item.aliases, item.id):
            found = suggested(village, name)[0]
            assert found.item == item or name in (found.item.aliases if found.item else ()), name


def test_what_may_be_registered_comes_before_what_may_not(village: Station):
    found = suggested(village, "j", limit=100)
    assert {one.item.handling for one in found if one.item} > {Handling.CASE}
    kinds = [one.is_case for one in found]
    assert kinds == sorted(kinds, reverse=True)


def test_one_line_a_thing_and_no_more_than_asked_for(village: Station):
    for text in ("证", "z", "办", ""):
        found = suggested(village, text, limit=100)
        assert len(set(ids(found))) == len(found)
        assert suggested(village, text, limit=3) == found[:3]


@pytest.mark.parametrize(
    "text", ["没有这个", "qqqq", "证明证明证明", "jiuyejiuyejiuye", "<", "'", "x" * 900]
)
def test_what_fits_nothing_suggests_nothing(village: Station, text: str):
    assert suggested(village, text) == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=12))
def test_any_text_gets_an_answer(village: Station, text: str):
    assert len(suggested(village, text)) <= 12


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path)


def test_without_a_text_what_was_used_most_lately_and_then_all_that_may_be_registered(
    station: Station,
):
    for item in ("IT022", "IT011", "IT011", "IT045"):
        a_case(station, item)
    found = suggested(station, "", limit=100)
    assert ids(found)[:3] == ["IT011", "IT022", "IT045"]
    assert {one.why for one in found} == {Why.USED}
    assert set(ids(found)) == {
        id_ for id_, versions in station.store.publications.items.items()
        if versions[-1].handling is Handling.CASE
    }  # fmt: skip


def test_of_equal_fits_the_one_used_most_comes_first(station: Station):
    before = suggested(station, "z", limit=100)
    last = [one for one in before if one.is_case and one.why is Why.PINYIN][-1]
    assert last.item is not None
    assert last != before[0]
    a_case(station, last.item.id)
    after = suggested(station, "z", limit=100)
    assert after.index(last) < before.index(last)


def test_an_item_is_suggested_from_the_day_on_which_it_is_in_force(station: Station):
    later = ON + timedelta(days=30)
    new = msgspec.structs.replace(
        the_item("IT022"), id="IT099", name="明年的新事项", aliases=("新名堂",), effective=later
    )
    station.district.publish(events.ItemPublished(item=new))
    carry(station.district, station)
    assert suggested(station, "新名堂") == []
    assert ids(catalogue.suggested(station.store, "新名堂", later)) == ["IT099"]


def test_a_name_that_a_new_version_brings_is_known_at_once(station: Station):
    assert suggested(station, "红本本") == []
    version = msgspec.structs.replace(the_item("IT022"), version=2, aliases=("红本本",))
    station.district.publish(events.ItemPublished(item=version))
    carry(station.district, station)
    assert ids(suggested(station, "hbb")) == ids(suggested(station, "红本本")) == ["IT022"]
