"""The catalogue as the district published it."""

import pytest

from tests.builders import FEW, the_item
from ui.commands.items import item_lines


def test_the_list_has_every_item_that_is_in_force(village):
    items = village.json("item", "list")["items"]
    assert [item["id"] for item in items] == sorted(FEW)
    assert "临时救助" in village.run("item", "list").out


@pytest.mark.parametrize("asked", ["IT005", the_item("IT005").name, *the_item("IT005").aliases])
def test_an_item_is_shown_by_id_name_or_former_name(village, asked):
    told = village.json("item", "show", asked)
    assert told["id"] == "IT005"
    assert told["missing_disclosures"] == []
    text = village.run("item", "show", asked).out
    for material in told["materials"]:
        assert material["name"] in text


def test_an_item_is_shown_by_an_id_in_small_letters(village):
    assert village.json("item", "show", "it005")["id"] == "IT005"


def test_an_unknown_item_is_refused(village):
    said = village.run("item", "show", "IT999", "--json")
    assert (said.code, said.json["error"]["code"]) == (1, "unknown_item")


def test_half_a_name_leads_to_what_it_may_mean(village):
    said = village.run("item", "show", "急难型")
    assert said.code == 1
    assert "没有叫“急难型”的" in said.err
    assert "临时救助（急难型紧急程序）（IT005）" in said.err


def test_an_item_says_what_stops_its_clock_and_how_far_it_can_be_extended(village):
    text = village.run("item", "show", "IT001").out
    assert "法定" in text
    assert "没有列" in text
    licence = "\n".join(item_lines(the_item("IT040")))
    assert "听证（行政许可法第四十五条、第四十七条，最长 20 个工作日）" in licence
    assert "可延 10 个工作日，乡镇人民政府负责人批准，只一次" in licence
    assert "不能延期" in "\n".join(item_lines(the_item("IT042")))
