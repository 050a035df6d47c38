"""The catalogue as a list, whatever people call what they want."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from app.domain import events
from tests.builders import VILLAGE, a_district, a_station, carry, the_catalogue, the_item
from tests.ui.desktop.pages.items import states
from ui.desktop.look.mood import Mood
from ui.desktop.pages.items.listing import CANCELLED, NOT_ISSUED, ItemsWanted, named, read_listing


@pytest.fixture
def village(tmp_path):
    station = a_station(states.a_whole_district(), VILLAGE, tmp_path)
    yield station
    station.store.close()


def listed(station, text: str = "", category: str | None = None):
    return read_listing(station.store, ItemsWanted(text=text, category=category))


def test_without_a_search_everything_is_there_by_its_number_and_certificates_last(village):
    listing = listed(village)
    catalogue = the_catalogue()
    items = sorted(item.id for item in catalogue.items)
    certificates = [one.name for one in catalogue.not_issued_here]
    assert [line.key for line in listing.lines] == items + certificates
    assert listing.items == len(items)


@pytest.mark.parametrize(
    ("typed", "first", "detail"),
    [
        ("最低生活保障审核", "最低生活保障审核确认", "社会救助 · 代办"),
        ("农村低保", "最低生活保障审核确认", "又称 农村低保"),
        ("新农合", "城乡居民基本医疗保险参保登记和缴费", "原称 新农合"),
        ("jycyz", "就业创业证申领", "就业创业 · 代办"),
        ("it022", "就业创业证申领", "就业创业 · 代办"),
        ("亲属关系", "亲属关系证明", "请找公安派出所、公证机构"),
    ],
)
def test_it_is_found_by_whatever_it_is_called(village, typed, first, detail):
    line = listed(village, typed).lines[0]
    assert (line.title, line.detail) == (first, detail)


def test_a_category_holds_its_own_and_the_search_stays_within(village):
    relief = listed(village, category="社会救助")
    assert {line.found.item.category for line in relief.lines} == {"社会救助"}
    counted = {one.name: one.count for one in relief.categories}
    assert counted["社会救助"] == len(relief.lines)
    assert counted[NOT_ISSUED] == len(the_catalogue().not_issued_here)
    assert listed(village, "就业创业证", "社会救助").lines == ()


def test_what_is_not_done_here_is_marked(village):
    assert {line.mark for line in listed(village, category=NOT_ISSUED).lines} == {"不予开具"}


def test_an_item_that_only_comes_is_listed_and_marked(village):
    item = msgspec.structs.replace(
        the_item("IT022"), id="IT900", name="来年才办的事", effective=date(2027, 1, 1), aliases=()
    )
    village.district.publish(events.ItemPublished(item=item))
    carry(village.district, village)
    line = next(line for line in listed(village).lines if line.key == "IT900")
    assert (line.mark, line.mood) == ("将生效", Mood.INFO)
    assert [line.key for line in listed(village, "来年才办").lines] == ["IT900"]


def test_before_the_first_exchange_there_is_nothing(tmp_path):
    station = a_station(a_district(items=()), VILLAGE, tmp_path)
    listing = listed(station)
    assert (listing.lines, listing.items) == ((), 0)
    station.store.close()


@pytest.mark.parametrize("name", ["IT022", "就业创业证申领", "亲属关系证明"])
def test_somebody_who_was_sent_here_finds_it_by_id_or_name(village, name):
    found = named(village.store, name)
    assert found is not None
    assert name in (found.called, found.item.id if found.item else "")


def test_a_name_of_nothing_finds_nothing(village):
    assert named(village.store, "没有的事") is None


def withdraw(village, item: str, into: str = "") -> None:
    body = events.ItemWithdrawn(item=item, on=date(2026, 11, 1), reason="上级文件", into=into)
    village.district.publish(body)
    carry(village.district, village)


def test_a_cancelled_item_is_found_and_marked_and_counted_apart(village):
    everything = listed(village).items
    withdraw(village, "IT022")
    listing = listed(village)
    assert listing.items == everything - 1
    line = listing.lines[-1]
    assert (line.key, line.mark, line.detail) == ("IT022", "已取消", "2026年11月1日起取消")
    assert listed(village, category=CANCELLED).lines == (line,)
    assert listed(village, "jycyz").lines[0].key == "IT022"


def test_the_name_of_a_merged_item_lists_the_other(village):
    withdraw(village, "IT022", into="IT005")
    name = the_item("IT005").name
    line = listed(village, "就业创业证申领").lines[0]
    assert (line.key, line.title, line.detail) == ("IT005", name, "原称 就业创业证申领")
    assert "IT022" not in {line.key for line in listed(village).lines}
