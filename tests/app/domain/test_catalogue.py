"""The starter catalogue is read, and a broken or hostile one is refused with every fault."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from app.domain.catalogue import (
    LARGEST_CATALOGUE_BYTES,
    BadCatalogue,
    Retirement,
    UnknownItem,
    read_catalogue,
)

STARTER = resources.read_bytes("catalogue/items.json")
Json = dict[str, Any]


def starter() -> Json:
    value: Json = msgspec.json.decode(STARTER)
    return value


def faults_of(value: object) -> tuple[str, ...]:
    with pytest.raises(BadCatalogue) as refusal:
        read_catalogue(msgspec.json.encode(value))
    return refusal.value.faults


def item(value: Json, item_id: str) -> Json:
    found: Json = next(one for one in value["items"] if one["id"] == item_id)
    return found


def test_the_starter_catalogue_is_without_fault():
    catalogue = read_catalogue(STARTER)
    assert len(catalogue.items) == 71
    assert len(catalogue.not_issued_here) == 20
    assert {term.kind for term in catalogue.retired_terms} == set(Retirement)
    assert catalogue.item("IT064").positive_list


def test_an_item_that_is_not_there_is_unknown():
    with pytest.raises(UnknownItem) as refusal:
        read_catalogue(STARTER).item("IT999")
    assert refusal.value.facts == {"item": "IT999"}


BREAKS: dict[str, tuple[Callable[[Json], object], str]] = {
    "an id of another form": (lambda one: one.update(id="it-1"), "it-1 id："),
    "a blank name": (lambda one: one.update(name="　"), "八公开缺 项目名称"),
    "a long name": (lambda one: one.update(name="长" * 61), "IT001 name：超过"),
    "no basis": (lambda one: one.update(legal_basis=[]), "八公开缺 设立依据"),
    "no materials": (lambda one: one.update(materials=[]), "八公开缺 申报材料"),
    "no standards": (lambda one: one.update(standards=[]), "八公开缺 审批标准"),
    "no procedure": (lambda one: one.update(procedure=""), "八公开缺 办理程序"),
    "no window authority": (lambda one: one.update(window_authority=""), "八公开缺 窗口权限"),
    "no steps": (lambda one: one.update(steps=[]), "IT001 steps："),
    "a deciding tier below": (lambda one: one.update(decides="village"), "IT001 decides："),
    "no outside body": (lambda one: one.update(decides="external"), "IT001 external_body："),
    "a needless outside body": (
        lambda one: one.update(external_body="派出所"),
        "IT001 external_body：",
    ),
    "a village that decides for others": (lambda one: one.update(mode="direct"), "IT001 mode："),
    "information that is a case": (lambda one: one.update(mode="inform"), "IT001 mode：只告知"),
    "a proxy nobody may send": (
        lambda one: one.update(who_may_apply=["self"]),
        "IT001 who_may_apply：代办",
    ),
    "nobody may apply": (lambda one: one.update(who_may_apply=[]), "IT001 who_may_apply：没有"),
    "a proxy without power": (lambda one: one.update(delegation="none"), "IT001 delegation：区级"),
    "power of nobody": (lambda one: one.update(receives="district"), "IT001 delegation：委托"),
    "an instant item with days": (lambda one: one.update(kind="instant"), "clock.promised："),
    "a promise of no days": (lambda one: one["clock"].update(promised=0), "clock.promised："),
    "a promise beyond law": (lambda one: one["clock"].update(promised=31), "clock.statutory："),
    "an extension by nobody": (
        lambda one: one["clock"].update(extension_by=None),
        "clock.extension_by：",
    ),
    "an optional material without condition": (
        lambda one: one["materials"][1].update(condition=None),
        "materials：居民户口簿",
    ),
    "a compulsory material with condition": (
        lambda one: one["materials"][0].update(condition="x"),
        "materials：共同生活家庭成员居民身份证",
    ),
    "a material twice": (
        lambda one: one["materials"].append(one["materials"][0]),
        "materials：共同生活家庭成员居民身份证 重复",
    ),
    "a blank material": (lambda one: one["materials"][0].update(name=""), "materials：空白"),
    "a notice that must not be": (lambda one: one.update(never_publish=True), "public_notice："),
    "a notice of no days": (
        lambda one: one["public_notice"].update(days=0),
        "public_notice.days：",
    ),
    "a mask twice": (
        lambda one: one["public_notice"].update(masks=["id", "id"]),
        "public_notice.masks：",
    ),
    "an alias twice": (lambda one: one.update(aliases=["低保", "低保"]), "aliases：低保 重复"),
    "an alias that is another item": (
        lambda one: one.update(aliases=["居住证申领和签注"]),
        "aliases：居住证申领和签注 是事项的名称",
    ),
    "an alias that is not issued": (
        lambda one: one.update(aliases=["健在证明"]),
        "aliases：健在证明 是不予开具的证明",
    ),
    "an unseen sign": (lambda one: one.update(note="a\u202eb"), "note：含有不可见字符"),
    "an endless text": (lambda one: one.update(note="长" * 2001), "note：超过 2000"),
    "an unknown key": (lambda one: one.update(colour="green"), "IT001 colour：没有这个字段"),
    "a missing key": (lambda one: one.pop("licence"), "IT001 licence：缺少"),
    "a wrong word": (lambda one: one.update(kind="slow"), "IT001 kind：没有“slow”"),
    "a wrong type": (lambda one: one.update(licence=1), "IT001 licence：应为"),
    "a wrong day": (lambda one: one.update(effective="2026-02-30"), "IT001 effective：应为日期"),
    "endless days": (lambda one: one["clock"].update(promised=10**9), "IT001 clock.promised：不能"),
    "negative copies": (
        lambda one: one["materials"][0].update(copies=-1),
        "IT001 materials[1].copies：不能",
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_item_is_refused_and_named(name):
    break_it, fault = BREAKS[name]
    value = starter()
    break_it(item(value, "IT001"))
    assert any(fault in one for one in faults_of(value)), faults_of(value)


def test_every_fault_is_named_in_one_pass():
    value = starter()
    item(value, "IT001")["procedure"] = ""
    item(value, "IT002")["clock"]["statutory"] = 1
    value["items"][2]["id"] = "IT002"
    value["retired_terms"][0]["now"] = "没有的事项"
    value["retired_terms"].append({"old": "低保证明", "now": "x", "kind": "not_issued_here"})
    value["not_issued_here"].append(value["not_issued_here"][0])
    value["meta"]["count"] = 70
    faults = "\n".join(faults_of(value))
    for wrong in (
        "IT001 八公开缺 办理程序",
        "IT002 clock.statutory",
        "id：IT002 重复",
        "所指的 没有的事项 不是事项",
        "所指的 x 不是不予开具的证明",
        "not_issued_here：亲属关系证明 重复",
        "meta.count：为 70，实有 71 项",
    ):
        assert wrong in faults


def test_every_fault_of_form_is_named_in_one_pass():
    value = starter()
    item(value, "IT001")["licence"] = "no"
    del item(value, "IT002")["name"]
    value["items"][2] = 7
    value["meta"]["author"] = "x"
    faults = faults_of(value)
    assert [fault.split("：")[0] for fault in faults] == [
        "meta.author",
        "IT001 licence",
        "IT002 name",
        "items[3]",
    ]


def test_an_item_may_say_which_documents_asked_for_it_or_not():
    value = starter()
    item(value, "IT001")["seeds"] = ["000", "001"]
    item(value, "IT002").pop("seeds", None)
    assert read_catalogue(msgspec.json.encode(value)).items[0].seeds == ("000", "001")


def test_a_promise_may_take_all_the_days_that_law_gives():
    value = starter()
    item(value, "IT001")["clock"]["promised"] = 30
    assert read_catalogue(msgspec.json.encode(value)).items[0].clock.promised == 30


def test_an_item_may_give_its_version_and_the_day_it_takes_effect():
    value = starter()
    item(value, "IT001").update(version=2, effective="2027-01-01")
    first = read_catalogue(msgspec.json.encode(value)).items[0]
    assert (first.version, str(first.effective)) == (2, "2027-01-01")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"{}",
        b'{"meta": {"title": "x"}, "items": []}',
        b'{"meta": {"title": "\\ud800"}, "items": []}',
        b'{"meta": 1e999}',
        b"[" * 200_000,
        b'{"a":' * 200_000,
        STARTER[:-2],
        b" " * (LARGEST_CATALOGUE_BYTES + 1),
    ],
    ids=range(12),
)
def test_hostile_bytes_are_refused(data):
    with pytest.raises(BadCatalogue):
        read_catalogue(data)


ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=9)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.data())
def test_any_value_in_any_field_is_accepted_or_refused_but_nothing_falls_over(data):
    value = starter()
    first = item(value, "IT001")
    first[data.draw(st.sampled_from(sorted(first)))] = data.draw(ANYTHING)
    with suppress(BadCatalogue):
        read_catalogue(msgspec.json.encode({**value, "items": [first]}))
