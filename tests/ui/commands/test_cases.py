"""Lists, one case, its history, acts and search, with the keys that the command line promises."""

import json

import pytest

from tests.ui.commands.desk import PERSON, run

LIST_KEYS = {
    "local_number", "official_number", "state", "item", "applicant", "station", "place", "due", "days_left", "light",
}  # fmt: skip


def taken_over(township):
    """A case that the township received itself, under examination there."""
    number = township.a_case()
    township.json("case", "act", number, "take_over")
    return number


def test_a_list_has_the_promised_keys_newest_first(village):
    numbers = [village.a_case(), village.a_case("IT005")]
    cases = village.json("case", "list")["cases"]
    assert [case["local_number"] for case in cases] == numbers[::-1]
    assert set(cases[0]) >= LIST_KEYS
    assert cases[1]["item"] == "IT022"
    assert cases[1]["state"] == "received"
    assert cases[1]["station"] == cases[1]["place"] == "450305200201"
    assert cases[1]["days_left"] == 3
    assert cases[1]["at_centre"] is False


def test_a_list_shows_no_identity_number_and_no_telephone(village):
    village.a_case()
    both = village.run("case", "list").out + village.run("case", "list", "--json").out
    assert PERSON["name"] in both
    assert PERSON["id_number"] not in both
    assert PERSON["phone"] not in both


def test_a_list_of_one_state(village):
    number = village.a_case()
    village.a_case()
    village.json("case", "act", number, "forward")
    cases = village.json("case", "list", "--state", "in_transit")["cases"]
    assert [case["local_number"] for case in cases] == [number]


def test_an_unknown_state_is_refused_with_those_there_are(village):
    said = village.run("case", "list", "--state", "asleep", "--json")
    assert said.code == 1
    assert "in_transit" in said.json["error"]["message"]


def test_an_empty_list_says_what_to_do(village):
    said = village.run("case", "list")
    assert (said.code, said.out) == (0, "")
    assert "daiban case register" in said.err


def test_a_long_list_is_cut_on_a_terminal_but_whole_as_json(village):
    village.register(*[{"item": "IT022", "applicant": PERSON}] * 5)
    shown = village.run("case", "list", "--limit", "3")
    assert len(shown.out.splitlines()) == 1 + 3
    assert "--limit" in shown.err
    assert len(village.json("case", "list")["cases"]) == 5


def test_one_case_masks_numbers_unless_it_is_asked_to_reveal(village):
    number = village.a_case()
    for said in (
        village.run("case", "show", number),
        village.run("case", "show", number, "--json"),
    ):
        assert PERSON["id_number"] not in said.out
        assert PERSON["phone"] not in said.out
        assert "450305********1028" in said.out
    revealed = village.run("case", "show", number, "--reveal", "--json")
    assert revealed.json["parties"][0]["id_number"] == PERSON["id_number"]
    assert "勿让无关的人看到" in revealed.err


def test_one_case_has_parties_materials_clocks_duplicates_and_misfits(village):
    first = village.a_case(materials=[{"name": "申请人居民身份证", "copies": 2}])
    number = village.a_case(materials=[{"name": "申请人居民身份证", "copies": 2}])
    told = village.json("case", "show", number)
    assert set(told) >= LIST_KEYS
    assert told["parties"][0]["name"] == PERSON["name"]
    given = [material for material in told["materials"] if material["given"]]
    assert [(material["name"], material["copies"]) for material in given] == [
        ("申请人居民身份证", 2)
    ]
    assert told["missing_materials"] == ["近期免冠二寸照片"]
    assert set(told["clocks"][0]) >= {
        "name",
        "starts",
        "limit_days",
        "unit",
        "due",
        "expected",
        "paused",
    }
    assert told["clocks"][0]["name"] == "forwarding"
    assert told["duplicates"] == [first]
    assert told["out_of_place"] == []


def test_an_unknown_number_is_refused(village):
    said = village.run("case", "show", "450305200201-20261121-A1-9999", "--json")
    assert (said.code, said.json["error"]["code"]) == (1, "unknown_number")


def test_a_history_names_who_did_what_and_at_which_tier(village):
    number = village.a_case()
    village.json("case", "act", number, "forward")
    entries = village.json("case", "history", number)["entries"]
    assert [entry["kind"] for entry in entries] == ["case.registered", "case.forwarded"]
    assert {"device", "seq", "at", "actor", "kind", "tier", "fits"} <= set(entries[0])
    assert {entry["actor"] for entry in entries} == {"韦代办"}
    assert {entry["tier"] for entry in entries} == {"village"}
    assert all(entry["fits"] for entry in entries)
    assert entries[0]["at"].endswith("+08:00")
    assert "转报" in village.run("case", "history", number).out


def test_an_act_moves_the_case_and_says_where_it_is(township):
    number = taken_over(township)
    said = township.run("case", "act", number, "accept")
    assert said.code == 0
    assert "办理中" in said.out
    done = township.json(
        "case", "act", number, "decide", "--facts", '{"approved": true, "result": "发证"}'
    )
    assert (done["verb"], done["state"]) == ("decide", "decided")
    township.json("case", "act", number, "deliver")
    told = township.json("case", "show", number)
    assert told["delivered"]["recipient"] == PERSON["name"]
    text = township.run("case", "show", number).out
    assert "准予，发证" in text
    assert "领取" in text


def test_an_act_can_be_named_by_its_official_number_too(township):
    number = taken_over(township)
    official = township.json("case", "show", number)["official_number"]
    assert township.json("case", "act", official, "accept")["local_number"] == number


@pytest.mark.parametrize(
    ("verb", "facts", "code"),
    [
        ("fly", "{}", "unknown_act"),
        ("decide", "{", "bad_act_facts"),
        ("decide", "[]", "bad_act_facts"),
        ("decide", "{}", "bad_act_facts"),
        ("decide", '{"approved": true, "bribe": 1}', "bad_act_facts"),
        ("refuse", '{"reason": " "}', "bad_facts"),
        ("deliver", "{}", "out_of_place"),
        ("forward", "{}", "out_of_place"),
    ],
)
def test_an_act_that_cannot_be_is_refused_and_changes_nothing(township, verb, facts, code):
    number = taken_over(township)
    before = township.json("case", "history", number)
    said = township.run("case", "act", number, verb, "--facts", facts, "--json")
    assert (said.code, said.json["error"]["code"]) == (1, code)
    assert township.json("case", "history", number) == before


def test_a_village_may_not_accept_what_the_township_decides(village):
    number = village.a_case()
    village.json("case", "act", number, "forward")
    said = village.run("case", "act", number, "accept", "--json")
    assert said.code == 1
    assert said.json["error"]["code"] in {"not_permitted", "out_of_place"}


def test_acts_are_listed_with_the_schema_of_their_facts():
    acts = {act["verb"]: act for act in run("acts", "--json").json["acts"]}
    assert set(acts) >= {
        "forward",
        "take_over",
        "return",
        "accept",
        "refuse",
        "decide",
        "complete",
        "deliver",
    }
    schema = json.dumps(acts["decide"]["facts"])
    assert "approved" in schema
    assert "approved*" in run("acts").out


@pytest.mark.parametrize(
    "text", ["韦小妹", "小妹", "wxm", "weixiao", "1028", "13877300000", "就业创业证申领"]
)
def test_search_finds_by_name_pinyin_number_and_item(village, text):
    number = village.a_case()
    found = village.json("search", text)["cases"]
    assert [case["local_number"] for case in found] == [number]
    assert number in village.run("search", text).out


@pytest.mark.parametrize("text", ["没有", '" OR *', "zzz", "9999"])
def test_a_search_without_success_says_so(village, text):
    village.a_case()
    said = village.run("search", text)
    assert (said.code, said.out) == (0, "")
    assert "没有找到" in said.err
    assert village.json("search", text) == {"cases": []}
