"""Lists, one case, its history, acts and search, with the keys that the command line promises."""

import json

import pytest
from msgspec.structs import replace

from app.journal.keys import DeviceKeys
from app.journal.refs import Continuation
from app.usecases import lookup
from tests.builders import an_entry
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
    assert (said.code, said.json["error"]["code"]) == (2, "usage")
    assert "in_transit" in said.json["error"]["message"]


def test_a_state_may_be_named_as_the_list_prints_it(village):
    number = village.a_case()
    cases = village.json("case", "list", "--state", "已收件")["cases"]
    assert [case["local_number"] for case in cases] == [number]
    assert village.json("case", "list", "--state", "在途") == {"cases": []}


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
    kinds = [one["kind"] for one in village.json("case", "history", number)["entries"]]
    assert kinds.count("case.numbers_shown") == 1


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


@pytest.mark.parametrize(
    ("verb", "facts", "told"),
    [
        ("fly", "{}", "没有“fly”这个动作"),
        ("decide", "{", "JSON 对象"),
        ("decide", "[]", "JSON 对象"),
        ("decide", "\udcff", "JSON 对象"),
    ],
)
def test_an_act_that_is_written_wrongly_is_wrong_usage(township, verb, facts, told):
    said = township.run("case", "act", taken_over(township), verb, "--facts", facts, "--json")
    assert (said.code, said.json["error"]["code"]) == (2, "usage")
    assert told in said.err


def test_wrong_facts_are_told_in_chinese(township):
    number = taken_over(township)
    said = township.run("case", "act", number, "decide", "--facts", '{"approved": "yes", "x": 1}')
    assert said.code == 1
    assert "approved：应为是否（true/false），实为文字" in said.err
    assert "x：没有这个字段" in said.err
    for english in ("Expected", "got", "bool"):
        assert english not in said.err


def test_accepting_without_the_required_materials_is_done_and_warned_of(township):
    number = taken_over(township)
    said = township.run("case", "act", number, "accept", "--json")
    assert said.code == 0
    assert said.json["warnings"] == ["missing_materials"]
    assert said.json["missing_materials"] == ["申请人居民身份证", "近期免冠二寸照片"]
    assert "近期免冠二寸照片" in said.err


def test_other_acts_and_complete_files_are_not_warned_of(township):
    materials = [
        {"name": "申请人居民身份证", "copies": 1},
        {"name": "近期免冠二寸照片", "copies": 2},
    ]
    number = township.a_case(materials=materials)
    assert township.json("case", "act", number, "take_over")["warnings"] == []
    assert township.json("case", "act", number, "accept")["warnings"] == []


def a_twin(village):
    """Two cases under one number, as a cloned folder leaves them; the clone's opening entry."""
    number = village.a_case()
    store = village.open()
    original = store.journal.one(lookup.by_number(store, number).subject)
    clone = DeviceKeys.generate().device
    origin = Continuation(store.device, original.seq - 1, b"d" * 32)
    twin = an_entry(
        clone, original.seq, kind=original.kind, actor=original.actor, body=original.body,
        clock=original.clock,
    )  # fmt: skip
    with store.changing():
        store.journal.add([(twin, None, False)])
        store.journal.continues(clone, origin)
        original_row = store.rows.by_subject(original.ref)
        case = store.case(original.ref)
        store.rows.save([replace(case, subject=twin.ref, heads=(twin.ref,))], store.publications)
    store.close()
    return number, str(original_row.subject), str(twin.ref)


def test_a_number_borne_twice_names_both_cases_and_lists_mark_them(village):
    number, *subjects = a_twin(village)
    village.a_case()
    said = village.run("case", "show", number, "--json")
    assert said.json["error"]["code"] == "ambiguous_number"
    for subject in subjects:
        assert subject in said.json["error"]["message"]
    assert PERSON["name"] in said.err
    assert [case["same_number"] for case in village.json("case", "list")["cases"]] == [
        False, True, True,
    ]  # fmt: skip
    assert village.run("case", "list").out.count("（同号）") == 2


def test_a_case_can_be_named_by_its_opening_entry_everywhere(village, tmp_path):
    _, subject, _ = a_twin(village)
    assert village.json("case", "show", subject)["subject"] == subject
    assert village.json("case", "history", subject)["entries"]
    done = village.json("case", "act", subject.upper(), "forward")
    assert (done["state"], done["subject"]) == ("in_transit", subject)
    village.json("print", subject, "materials_receipt", "--out", tmp_path / "1.pdf")
    for unknown in (f"{'0' * 32}:1", f"{subject}0", f"{subject.split(':')[0]}:{'9' * 15}"):
        said = village.run("case", "show", unknown, "--json")
        assert said.json["error"]["code"] == "unknown_number"


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
    assert village.json("search", text) == {"cases": [], "more": False}


def test_a_search_says_that_there_is_more_and_shows_the_newest(village):
    numbers = village.register(*[{"item": "IT022", "applicant": PERSON}] * 6).json["registered"]
    told = village.json("search", "450305", "--limit", "4")
    assert [case["local_number"] for case in told["cases"]] == [
        one["local_number"] for one in numbers[:1:-1]
    ]
    assert told["more"] is True
    assert "还有更多" in village.run("search", "450305", "--limit", "4").err
    assert village.json("search", "450305", "--limit", "6")["more"] is False


def test_a_name_that_would_break_the_table_does_not(village):
    number = village.a_case()
    store = village.open()
    with store.changing():
        store.database.run("UPDATE case_row SET applicant = ?", ("韦\n小\x1b[31m妹\u202e",))
    store.close()
    said = village.run("case", "list").out
    assert len(said.splitlines()) == 2
    assert number in said
    for hostile in ("\x1b", "\u202e"):
        assert hostile not in said


def test_a_case_says_which_acts_are_possible_now(village):
    number = village.a_case()
    may = village.run("case", "show", number).out.splitlines()[-1]
    assert may.startswith("现在可以  ")
    assert "转报 forward" in may
    assert "受理" not in may


def test_the_list_shows_what_may_be_one_request_until_somebody_has_said(village):
    first, again = village.a_case(), village.a_case()
    somebody = {"name": "莫桂英", "id_number": "450305196501012347", "phone": "13977300009"}
    other = village.a_case("IT005", applicant=PERSON | somebody)
    listed = village.run("case", "list", "--duplicates").out
    assert first in listed
    assert again in listed
    assert other not in listed
    cases = {one["local_number"]: one for one in village.json("case", "list")["cases"]}
    said = json.dumps({"other": cases[again]["subject"], "same": False})
    village.json("case", "act", first, "compare", "--facts", said)
    assert village.json("case", "list", "--duplicates")["cases"] == []
    assert "没有符合条件的办件" in village.run("case", "list", "--duplicates").err


def test_a_search_for_a_certificate_says_who_issues_it(village):
    said = village.run("search", "婚姻状况证明")
    assert (said.code, said.out) == (0, "")
    assert "请找婚姻登记机关" in said.err
    assert "IT022" in village.run("search", "就业创业证申领").err


def test_what_presses_and_who_signed_is_shown(village):
    signing = {
        "written_by": "蒙春燕",
        "read_by": "蒙春燕",
        "witness": "莫建国",
        "fingerprint": True,
    }
    number = village.a_case(urgent=True, green="残疾人", signing=signing)
    shown = village.run("case", "show", number).out
    assert "蒙春燕代书，蒙春燕宣读，莫建国见证，按了指印" in shown
    assert "加急" in shown
    assert "已收件（加急、绿色）" in village.run("case", "list").out
