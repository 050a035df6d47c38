"""A guide in words: every disclosure of every item of the catalogue, and what a chat group gets."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from app.domain import events
from app.domain.items import Handling, missing_disclosures
from app.usecases import catalogue
from app.usecases.today import shown_today
from tests.builders import VILLAGE, a_case, a_station, carry, the_catalogue, the_item
from tests.ui.desktop.pages.items import states
from ui.desktop.pages.items import guide_words, plain_text
from ui.desktop.pages.items.guide_words import Part
from ui.desktop.pages.items.listing import named
from ui.desktop.pages.items.sheet import Elsewhere, InForce, read_sheet

DISCLOSED = {
    "申报材料",
    "办理程序",
    "承诺期限",
    "收费标准及依据",
    "审批标准",
    "设立依据",
    "窗口权限",
}
"""Seven of the eight; the name is the title."""


@pytest.fixture
def village(tmp_path):
    station = a_station(states.a_whole_district(), VILLAGE, tmp_path)
    yield station
    station.store.close()


def text_of(item_id: str, heading: str) -> str:
    section = next(one for one in guide_words.sections(the_item(item_id)) if one.heading == heading)
    return "\n".join(f"{line.text} {line.detail}".strip() for line in section.lines)


def sheet_of(station, name: str, version: int | None = None):
    found = named(station.store, name)
    assert found is not None
    return read_sheet(station.store, found, version)


@pytest.mark.parametrize("item", the_catalogue().items, ids=lambda item: item.id)
def test_every_item_states_its_disclosures(item):
    assert missing_disclosures(item) == ()
    headings = {section.heading for section in guide_words.sections(item)}
    expected = DISCLOSED if item.materials else DISCLOSED - {"申报材料"}
    assert expected <= headings
    assert guide_words.why_not_registered(item) == "" or item.handling is not Handling.CASE


def test_materials_say_when_in_which_form_how_many_and_from_whom():
    told = text_of("IT001", "申报材料")
    assert (
        "1. 共同生活家庭成员居民身份证 都要 · 原件和复印件，收 1 份 · 公安机关出具 · 核验" in told
    )
    assert "视情形提交：家庭成员有残疾人时" in told
    assert "要填的表：最低生活保障申请表" in told


def test_days_are_told_with_their_unit_and_what_they_save():
    told = text_of("IT001", "承诺期限")
    assert "自受理之日起 21 个工作日内办结" in told
    assert "法定：30 个工作日 承诺比法定少 9 个工作日" in told
    assert "可以延期一次，最多 15 个工作日 批准人：区民政部门" in told


def test_what_stops_the_clock_comes_with_its_basis():
    stopping = next(item for item in the_catalogue().items if item.stops_clock)
    told = text_of(stopping.id, "承诺期限")
    assert f"不计入时限：{stopping.stops_clock[0].type}" in told
    assert stopping.stops_clock[0].basis in told


def test_no_fee_is_said_and_a_fee_has_its_basis():
    assert text_of("IT001", "收费标准及依据") == "不收费"
    charged = next(item for item in the_catalogue().items if item.fees)
    assert f"依据：{charged.fees[0].basis}" in text_of(charged.id, "收费标准及依据")


def test_only_headings_with_something_under_them_are_there():
    item = msgspec.structs.replace(the_item("IT001"), note=None, quantity_limit=None)
    headings = [section.heading for section in guide_words.sections(item)]
    assert "备注" not in headings
    assert "数量限制" not in headings


def test_a_group_is_told_what_to_bring_and_nothing_of_anybody(village):
    a_case(village, "IT001", "覃小军")
    text = plain_text.of_item(sheet_of(village, "IT001"), "湖塘村政务服务站")
    assert text.startswith("【最低生活保障审核确认】怎么办\n")
    assert "1. 共同生活家庭成员居民身份证（原件和复印件，收 1 份）" in text
    assert "中华人民共和国残疾人证（复印件，收 1 份），家庭成员有残疾人时才要" in text
    assert "多久办好：21 个工作日" in text
    assert "到哪里办：湖塘村政务服务站" in text
    assert "小军" not in text
    assert "decides" not in text


def test_a_certificate_that_is_not_issued_leads_to_the_right_office(village):
    sheet = sheet_of(village, "亲属关系证明")
    assert isinstance(sheet, Elsewhere)
    assert sheet.ask == "公安派出所、公证机构"
    assert "请找：公安派出所、公证机构" in plain_text.of_elsewhere(sheet)
    sections = guide_words.elsewhere_sections(sheet.ask, sheet.instead)
    assert [one.part for one in sections] == [Part.WHO, Part.WHO, Part.BASIS]
    assert "民发〔2020〕20号" in sections[-1].lines[0].text


def test_former_names_are_told(village):
    assert "五保户供养" in sheet_of(village, "特困人员认定及救助供养").former


def test_the_name_of_an_earlier_version_and_of_what_was_merged_are_former_names(village):
    renamed = msgspec.structs.replace(the_item("IT005"), version=2, name="急难救助")
    village.district.publish(events.ItemPublished(item=renamed))
    body = events.ItemWithdrawn(item="IT022", on=date(2026, 11, 1), reason="并入", into="IT005")
    village.district.publish(body)
    carry(village.district, village)
    former = sheet_of(village, "IT005").former
    assert the_item("IT005").name in former
    assert the_item("IT022").name in former


def test_a_version_to_come_says_from_when_and_what_changes(village):
    village.district.publish(events.ItemPublished(item=states.a_new_version()))
    carry(village.district, village)
    sheet = sheet_of(village, "IT001")
    assert [one.stands for one in sheet.versions] == [InForce.NOW, InForce.COMING]
    assert sheet.item.version == 1
    assert sheet.coming is not None
    assert sheet.coming.changed == ("申报材料", "承诺期限")
    later = sheet_of(village, "IT001", 2)
    assert later.shown.stands is InForce.COMING
    assert later.item.clock.promised == 16
    assert "2026年12月1日起这样办" in plain_text.of_item(later, "站")


def test_once_its_day_has_come_the_new_version_is_the_one(village):
    village.district.publish(events.ItemPublished(item=states.a_new_version()))
    carry(village.district, village)
    village.wall.turn(days=20)
    assert shown_today(village.store) >= states.FROM
    sheet = sheet_of(village, "IT001")
    assert [one.stands for one in sheet.versions] == [InForce.PAST, InForce.NOW]
    assert sheet.coming is None
    assert sheet.item.version == 2
    assert catalogue.find(village.store, "IT001", states.FROM).version == 2


def test_a_cancelled_item_says_since_when_and_why(village):
    body = events.ItemWithdrawn(item="IT022", on=date(2026, 11, 1), reason="上级文件取消")
    village.district.publish(body)
    carry(village.district, village)
    sheet = sheet_of(village, "IT022")
    assert isinstance(sheet, Elsewhere)
    assert (sheet.since, sheet.instead) == (date(2026, 11, 1), "上级文件取消")
    text = plain_text.of_elsewhere(sheet)
    assert "2026年11月1日起取消，不用再办。" in text
    assert "上级文件取消" in text


def test_an_item_that_will_end_says_when(village):
    body = events.ItemWithdrawn(item="IT022", on=states.FROM, reason="并入", into="IT005")
    village.district.publish(body)
    carry(village.district, village)
    ends = sheet_of(village, "IT022").ends
    assert (ends.on, ends.into) == (states.FROM, "IT005")
