"""Items: what the starter catalogue holds, on the wire and in words."""

import msgspec
import pytest

import resources
from app.domain.catalogue import read_catalogue
from app.domain.items import (
    DecisionClock,
    Delegation,
    Item,
    Kind,
    Level,
    Mode,
    Starts,
    missing_disclosures,
)
from app.domain.limits import Unit
from app.domain.regions import Tier

CATALOGUE = read_catalogue(resources.read_bytes("catalogue/items.json"))
MINIMUM_LIVING = CATALOGUE.item("IT001")


def changed(**fields: object) -> Item:
    return msgspec.structs.replace(MINIMUM_LIVING, **fields)


@pytest.mark.parametrize("item", CATALOGUE.items, ids=lambda item: item.id)
def test_an_item_survives_the_wire(item):
    wire = msgspec.msgpack.encode(item)
    assert msgspec.msgpack.decode(wire, type=Item) == item


def test_an_item_of_a_newer_program_is_still_read():
    newer = msgspec.to_builtins(MINIMUM_LIVING) | {"colour": "green"}
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(newer), type=Item) == MINIMUM_LIVING


def test_the_fields_of_the_starter_item_are_those_of_the_file():
    assert MINIMUM_LIVING.name == "最低生活保障审核确认"
    assert MINIMUM_LIVING.version == 1
    assert MINIMUM_LIVING.effective is None
    assert (MINIMUM_LIVING.kind, MINIMUM_LIVING.mode) == (Kind.PROMISED, Mode.PROXY)
    assert MINIMUM_LIVING.delegation is Delegation.AUTHORISED
    assert MINIMUM_LIVING.clock == DecisionClock(
        starts=Starts.ACCEPTANCE,
        promised=21,
        statutory=30,
        unit=Unit.WORKING,
        extension=15,
        extension_by="区民政部门，限特殊情况，总计不超过45个工作日",
    )


def test_a_material_is_found_by_its_own_name_only():
    material = MINIMUM_LIVING.material("共同生活家庭成员居民身份证")
    assert material is MINIMUM_LIVING.materials[0]
    assert MINIMUM_LIVING.material("身份证") is None


def test_an_outside_body_has_no_tier():
    tiers = {level: level.tier for level in Level}
    assert tiers == {
        Level.VILLAGE: Tier.VILLAGE,
        Level.TOWNSHIP: Tier.TOWNSHIP,
        Level.DISTRICT: Tier.DISTRICT,
        Level.EXTERNAL: None,
    }


def test_kinds_and_modes_have_the_words_of_the_counter():
    assert [kind.label for kind in Kind] == ["即办件", "承诺件", "上报件"]
    assert [mode.label for mode in Mode] == ["直办", "代办", "协办", "引领", "告知"]


def test_a_starter_item_states_its_eight_disclosures():
    assert [missing_disclosures(item) for item in CATALOGUE.items] == [()] * len(CATALOGUE.items)


def test_the_missing_disclosures_are_listed_in_the_order_of_the_eight():
    empty = changed(
        name=" ",
        legal_basis=(),
        materials=(),
        standards=("",),
        procedure="",
        clock=msgspec.structs.replace(MINIMUM_LIVING.clock, promised=0),
        fees=(msgspec.structs.replace(CATALOGUE.item("IT009").fees[0], basis=""),),
        window_authority="",
    )
    assert missing_disclosures(empty) == (
        "项目名称",
        "设立依据",
        "申报材料",
        "审批标准",
        "办理程序",
        "承诺期限",
        "收费标准及依据",
        "窗口权限",
    )


def test_an_item_without_fees_states_that_it_is_free():
    assert missing_disclosures(changed(fees=())) == ()
