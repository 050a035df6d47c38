"""Sample forms: filled in, and nobody's."""

from __future__ import annotations

import msgspec
import pytest

from app.domain.identity import check_id_number, check_uscc
from app.domain.items import Applicant, Item
from app.usecases.application_forms import NoForm, blank
from app.usecases.item_sheets import ItemSheet, make, sheets_of
from app.usecases.sample_forms import sample_form
from tests.builders import VILLAGE, Station, a_district, a_station, the_catalogue, the_item

ITEMS = [item for item in the_catalogue().items if item.application_form]


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path_factory.mktemp("v"))


def values(station: Station, item: Item) -> dict[str, str]:
    return {one.label: one.value for one in sample_form(station.store, item).form.fields}


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_every_form_has_a_sample_with_each_of_its_fields_filled_in(station: Station, item: Item):
    told = values(station, item)
    assert all(told.values())
    form, empty = sample_form(station.store, item).form, blank(station.store, item)
    assert [one.name for one in form.materials] == [one.name for one in empty.materials]
    assert (form.name, form.promise) == (empty.name, empty.promise)
    assert form.number == form.code == ""


def test_whoever_is_named_is_an_example_and_nobody(station: Station):
    form = sample_form(station.store, the_item("IT001")).form
    told = values(station, the_item("IT001"))
    for label in ("申请人姓名", "证件号码", "联系电话", "住址"):
        assert told[label].endswith("（示例）")
    assert told["申请人姓名"] == "张三（示例）"
    assert "虚构" in told["填写说明"]
    numbers = [told["证件号码"].removesuffix("（示例）"), *(row[2] for row in form.members)]
    assert len(set(numbers)) == 3
    assert {check_id_number(number).fault for number in numbers} == {"id_check_digit"}
    assert all(row[0].endswith("（示例）") for row in form.members)


def test_a_form_for_firms_is_filled_in_for_a_firm(station: Station):
    item = msgspec.structs.replace(the_item("IT022"), who_may_apply=(Applicant.ORGANISATION,))
    told = values(station, item)
    assert told["单位名称"] == "示例有限公司（示例）"
    assert told["证件类型"] == "统一社会信用代码"
    assert check_uscc(told["证件号码"].removesuffix("（示例）")).fault == "uscc_check_digit"
    assert "性别" not in told


def test_an_item_without_a_form_has_no_sample(station: Station):
    item = the_item("IT018")
    with pytest.raises(NoForm):
        sample_form(station.store, item)
    assert sheets_of(item) == (ItemSheet.GUIDE, ItemSheet.CHART)
    assert set(sheets_of(the_item("IT001"))) == set(ItemSheet)


@pytest.mark.parametrize("sheet", ItemSheet)
def test_every_sheet_of_an_item_bears_the_station(station: Station, sheet: ItemSheet):
    assert make(station.store, the_item("IT001"), sheet).issuer == station.store.certificate.station
