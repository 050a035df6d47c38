"""The catalogue as the district published it."""

import pytest

from tests.builders import FEW, the_item


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
