"""A guide says what the item says: the eight disclosures in their order, and the district's telephones."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from app.domain import events
from app.domain.items import DISCLOSURE_FIELDS, Fee, Item
from app.domain.settings import DEFAULT_SETTINGS, Department
from app.usecases.item_guides import service_guide
from tests.builders import VILLAGE, Station, a_district, a_station, carry, the_catalogue, the_item

ITEMS = the_catalogue().items


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path_factory.mktemp("v"))


def said_of(station: Station, item: Item) -> str:
    return str(msgspec.to_builtins(service_guide(station.store, item)))


def test_the_eight_disclosures_come_in_their_order(station: Station):
    guide = service_guide(station.store, the_item("IT001"))
    headings = [section.heading.partition("、")[2] for section in guide.sections[:8]]
    assert headings == list(DISCLOSURE_FIELDS)
    assert all(section.lines or section.materials for section in guide.sections)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_a_guide_leaves_out_nothing_that_people_ask(station: Station, item: Item):
    text = said_of(station, item)
    said = [item.name, item.id, item.procedure, item.window_authority, *item.standards]
    said += [law.title for law in item.legal_basis]
    said += [word for fee in item.fees for word in (fee.name, fee.basis)]
    said += [*item.preconditions, item.quantity_limit or "没有数量限制"]
    for material in item.materials:
        said += [material.name, material.issuer, material.condition or "必交", material.note or ""]
    for one in said:
        assert one in text
    channels = {one.heading: one.lines for one in service_guide(station.store, item).sections}
    assert channels["投诉渠道"]
    assert not any("由区填写" in line for line in channels["投诉渠道"])


def test_telephones_are_those_that_the_district_set(tmp_path: Path):
    district = a_district()
    station = a_station(district, VILLAGE, tmp_path / "v")
    item = the_item("IT001")
    assert "0773" not in said_of(station, item)
    set_up = msgspec.structs.replace(
        DEFAULT_SETTINGS,
        window_phone="0773-5810000",
        supervision_phone="0773-5812345",
        departments=(
            Department(category=item.category, name="七星区民政局", phone="0773-5820000"),
        ),
    )
    district.publish(events.SettingsPublished(settings=set_up))
    carry(district, station)
    sections = {one.heading: one.lines for one in service_guide(station.store, item).sections}
    assert sections["咨询电话"] == (
        "窗口电话：0773-5810000",
        "七星区民政局：0773-5820000",
        "监督电话：0773-5812345",
        "政务服务便民热线：12345",
    )
    assert sections["投诉渠道"] == (
        "区政务服务效能监督电话0773-5812345",
        "12345政务服务便民热线",
        "区社会救助服务热线0773-5820000",
    )


def test_of_entrusted_power_the_guide_says_in_whose_name(station: Station):
    told = {one.label: one.words for one in service_guide(station.store, the_item("IT041")).first}
    assert told["谁来决定"] == "朝阳乡人民政府（受区级主管部门委托，以其名义）"


def test_a_fee_is_told_with_its_amount_basis_and_exemption(station: Station):
    fee = Fee(name="工本费", amount_fen=2_000, basis="发改价格〔2003〕2322号", exemption="低保户")
    item = msgspec.structs.replace(the_item("IT022"), fees=(fee,))
    text = said_of(station, item)
    assert "工本费：¥20.00。依据：发改价格〔2003〕2322号；减免：低保户" in text
    assert "收费，见第七项" in text
