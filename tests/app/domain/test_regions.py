"""The regions tree: real districts, moves and mergers, and tables that cannot be used."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from app.domain.regions import (
    BadRegions,
    Region,
    RegionCode,
    RegionTree,
    Tier,
    UnknownRegion,
    read_regions,
    read_table,
    station_name,
)

DISTRICTS = {
    "230921-boli.csv": 177,
    "430102-furong.csv": 98,
    "450305-qixing.csv": 57,
    "500116-jiangjin.csv": 332,
}
HEADS = "code,name,tier,parent,since,until,successor\n"


def packaged(name: str) -> tuple[Region, ...]:
    return read_regions(resources.read_bytes(f"regions/{name}").decode())


def region(code, tier, parent=None, *, successor=None, name="某地"):
    return Region(
        code=RegionCode(code),
        name=name,
        tier=tier,
        parent=parent and RegionCode(parent),
        until=date(2026, 6, 30) if successor else None,
        successor=successor and RegionCode(successor),
    )


def tree(*rows: Region) -> RegionTree:
    """A district 900001 with the townships 900001001 and 900001002, and these rows."""
    return RegionTree(
        (
            region("900001", Tier.DISTRICT),
            region("900001001", Tier.TOWNSHIP, "900001"),
            region("900001002", Tier.TOWNSHIP, "900001"),
            *rows,
        )
    )


def code(text: str) -> RegionCode:
    return RegionCode(text)


@pytest.mark.parametrize(("name", "rows"), DISTRICTS.items())
def test_a_packaged_district_is_read_whole(name, rows):
    regions = packaged(name)
    assert len(regions) == rows
    assert {one.tier for one in regions} == set(Tier)


@pytest.mark.parametrize("name", DISTRICTS)
def test_every_village_of_a_packaged_district_has_a_township_and_the_district_above(name):
    real = RegionTree(packaged(name))
    district = code(name[:6])
    for one in real.rows:
        assert real.under(one.code, district)
        assert real.at_tier(one.code, Tier.DISTRICT) == district
        if one.tier is Tier.VILLAGE:
            assert real.ancestors(one.code) == (one.parent, district)


@pytest.mark.parametrize("name", DISTRICTS)
def test_a_station_is_named_after_its_place_and_not_after_its_committee(name):
    for one in packaged(name):
        station = station_name(one, "{name}政务服务站")
        place = station.removesuffix("政务服务站")
        assert len(place) >= 2
        assert "委" not in place
        assert "村村" not in place
        assert "社区社区" not in place


@pytest.mark.parametrize(
    ("name", "station"),
    [
        ("湖塘村民委员会", "湖塘村政务服务站"),
        ("湖塘村村民委员会", "湖塘村政务服务站"),
        ("湖塘村委会", "湖塘村政务服务站"),
        ("湖塘村村委会", "湖塘村政务服务站"),
        ("湖塘村", "湖塘村政务服务站"),
        ("太平社区居委会", "太平社区政务服务站"),
        ("南门社区居民委员会", "南门社区政务服务站"),
        ("城关居委会", "城关社区政务服务站"),
        ("良种场生活区", "良种场生活区政务服务站"),
        ("村委会", "村委会政务服务站"),
    ],
)
def test_a_committee_is_stripped_from_a_station_name(name, station):
    village = region("900001001001", Tier.VILLAGE, "900001001", name=name)
    assert station_name(village) == station


def test_a_district_words_its_stations_by_its_own_template():
    village = region("900001001001", Tier.VILLAGE, "900001001", name="湖塘村委会")
    assert station_name(village, "{name}便民服务点") == "湖塘村便民服务点"


def test_a_template_is_filled_in_and_not_run():
    village = region("900001001001", Tier.VILLAGE, "900001001", name="湖塘村")
    assert station_name(village, "{0.code}{name}{") == "{0.code}湖塘村{"


def test_a_parent_is_what_the_table_says_whatever_the_code_begins_with():
    odd = tree(region("123456789012", Tier.VILLAGE, "900001002"))
    assert odd.ancestors(code("123456789012")) == ("900001002", "900001")
    assert not odd.under(code("123456789012"), code("900001001"))


def test_a_region_is_under_itself_and_not_under_its_child():
    small = tree()
    assert small.under(code("900001001"), code("900001001"))
    assert not small.under(code("900001"), code("900001001"))


def test_a_village_that_moved_is_under_its_new_township_only():
    moved = tree(
        region("900001001001", Tier.VILLAGE, "900001001", successor="900001002009"),
        region("900001002009", Tier.VILLAGE, "900001002"),
    )
    village = code("900001001001")
    assert moved.ancestors(village) == ("900001002009", "900001002", "900001")
    assert moved.under(village, code("900001002"))
    assert not moved.under(village, code("900001001"))
    assert moved.at_tier(village, Tier.VILLAGE) == "900001002009"
    assert moved.at_tier(village, Tier.TOWNSHIP) == "900001002"


def test_a_new_village_is_not_under_the_one_that_it_replaced():
    moved = tree(
        region("900001001001", Tier.VILLAGE, "900001001", successor="900001002009"),
        region("900001002009", Tier.VILLAGE, "900001002"),
    )
    assert not moved.under(code("900001002009"), code("900001001001"))


def test_villages_of_a_merged_township_are_under_the_township_it_went_into():
    merged = RegionTree(
        (
            region("900001", Tier.DISTRICT),
            region("900001001", Tier.TOWNSHIP, "900001", successor="900001002"),
            region("900001002", Tier.TOWNSHIP, "900001"),
            region("900001001001", Tier.VILLAGE, "900001001"),
        )
    )
    village = code("900001001001")
    assert merged.under(village, code("900001002"))
    assert merged.under(village, code("900001001"))
    assert merged.at_tier(village, Tier.TOWNSHIP) == "900001002"


def test_where_a_region_went_in_the_end_is_where_it_stands():
    moved = tree(
        region("900001001001", Tier.VILLAGE, "900001001", successor="900001001002"),
        region("900001001002", Tier.VILLAGE, "900001001", successor="900001002009"),
        region("900001002009", Tier.VILLAGE, "900001002"),
    )
    for one in ("900001001001", "900001001002", "900001002009"):
        assert moved.present(code(one)) == "900001002009"
    with pytest.raises(UnknownRegion):
        moved.present(code("111111"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_read_in_the_encoding_of_whatever_spreadsheet_saved_it(encoding):
    text = HEADS + "900001,某区,district,,,,\n"
    assert read_table(text.encode(encoding))[0].name == "某区"


def test_what_is_no_text_is_no_table():
    with pytest.raises(BadRegions) as refusal:
        read_table(b"\xff\xfe\xff")
    assert refusal.value.faults == ("文件既不是 UTF-8 也不是 GB 18030 的文本",)


def test_a_village_straight_under_its_district_has_no_township():
    zone = tree(region("900001400001", Tier.VILLAGE, "900001"))
    assert zone.at_tier(code("900001400001"), Tier.TOWNSHIP) is None
    assert zone.at_tier(code("900001"), Tier.VILLAGE) is None


def test_a_code_that_the_table_lacks_is_unknown():
    with pytest.raises(UnknownRegion) as refusal:
        tree().region(code("111111"))
    assert refusal.value.facts == {"region": "111111"}
    with pytest.raises(UnknownRegion):
        tree().ancestors(code("111111"))
    with pytest.raises(UnknownRegion):
        tree().at_tier(code("111111"), Tier.DISTRICT)


def test_children_are_those_that_name_the_region_as_parent():
    assert [one.code for one in tree().children(code("900001"))] == ["900001001", "900001002"]


def test_a_table_is_read_with_its_history():
    rows = read_regions(
        "\ufeff"
        + HEADS
        + "900001,某区,district,,,,\r\n"
        + "900001001,甲镇,township,900001,2010-01-01,2026-06-30,900001002\r\n"
        + "900001002,乙镇,township,900001,,,\r\n"
    )
    assert rows[1] == Region(
        code=code("900001001"),
        name="甲镇",
        tier=Tier.TOWNSHIP,
        parent=code("900001"),
        since=date(2010, 1, 1),
        until=date(2026, 6, 30),
        successor=code("900001002"),
    )


def test_every_fault_of_a_table_is_named_at_once():
    with pytest.raises(BadRegions) as refusal:
        read_regions(
            HEADS
            + "900001,某区,district,,,,\n"
            + "900001001,甲镇,town,900001,,,\n"
            + "900001002,,township,900001,,,\n"
            + "900001003,丙镇,township,999999,,,\n"
            + "900001003,丙镇,township,900001,,,\n"
            + "900001004,丁镇,township,900001,tomorrow,,\n"
            + "900001005,戊镇,township,900001,2026-02-02,2026-01-01,\n"
            + "900001006,己镇,township,900001,,,900001\n"
            + "x,庚镇,township,,,,\n"
            + "900001007\n"
        )
    faults = "\n".join(refusal.value.faults)
    for wrong in (
        "第 3 行：tier",
        "900001002：名称",
        "900001003：代码重复",
        "第 7 行：since",
        "900001005：终止日期早于",
        "900001006：有承接区划而没有终止日期",
        "900001006：承接区划 900001 的层级不同",
        "x：代码应为",
        "x：没有上级",
        "第 11 行：列数不对",
    ):
        assert wrong in faults
    assert refusal.value.facts["count"] == len(refusal.value.faults)


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([region("900001", Tier.TOWNSHIP)], "没有上级"),
        ([region("900001", Tier.DISTRICT, "900002")], "不在表中"),
        ([region("900001001", Tier.TOWNSHIP, "900001001")], "层级不高于"),
        ([region("900001", Tier.DISTRICT, successor="900001")], "成环"),
        ([region("900001", Tier.DISTRICT, successor="900002")], "不在表中"),
        ([region("900001", Tier.DISTRICT)] * 2, "代码重复"),
    ],
)
def test_rows_that_make_no_tree_are_refused(rows, fault):
    with pytest.raises(BadRegions) as refusal:
        RegionTree(rows)
    assert fault in refusal.value.faults[0]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", HEADS, 'code,name,tier,parent\n"1\n'])
def test_what_is_no_table_is_refused(text):
    with pytest.raises(BadRegions):
        read_regions(text)


@given(st.text())
def test_no_text_makes_the_reader_fall_over(text):
    for whole in (text, HEADS + text):
        with pytest.raises(BadRegions):
            read_regions(whole)


def test_a_row_survives_the_wire():
    row = region("900001001", Tier.TOWNSHIP, "900001", successor="900001002")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(row), type=Region) == row
    assert [tier.word for tier in Tier] == ["village", "township", "district"]
    assert Tier.VILLAGE.label == "村级"
