"""Operators, and the two ways to prove who acts."""

import pytest

from tests.ui.commands.desk import PASSPHRASE


def test_the_first_operator_is_the_head_as_well(village):
    assert village.json("status")["operators"] == [{"name": "韦代办", "roles": ["agent", "head"]}]


def test_another_operator_has_the_one_role(village):
    added = village.json("operator", "add", "--name", "黄审批", "--role", "approver")
    assert (added["name"], added["roles"]) == ("黄审批", ["approver"])
    said = village.run("operator", "add", "--name", "甲", "--role", "supervisor")
    assert said.out == "已添加操作员：甲（督查员）\n"


def test_nobody_is_added_twice(village):
    said = village.run("operator", "add", "--name", "韦代办", "--role", "agent", "--json")
    assert (said.code, said.json["error"]["code"]) == (1, "operator_exists")


def test_an_operator_with_a_password_opens_the_store_alone(village):
    village.json(
        "operator",
        "add",
        "--name",
        "黄",
        "--role",
        "agent",
        "--ask-password",
        DAIBAN_NEW_PASSWORD="早上九点开窗",
    )
    own = {"DAIBAN_PASSPHRASE": None, "DAIBAN_PASSWORD": "早上九点开窗"}
    assert village.json("case", "list", "--operator", "黄", **own) == {"cases": []}
    wrong = village.run(
        "case", "list", "--operator", "黄", "--json", **own | {"DAIBAN_PASSWORD": "关窗"}
    )
    assert wrong.json["error"]["code"] == "wrong_key"
    nobody = village.run("case", "list", "--json", **own)
    assert nobody.json["error"]["code"] == "no_key"


@pytest.mark.parametrize("short", ["", "12345"])
def test_a_password_that_anybody_guesses_is_refused(village, short):
    words = ("operator", "add", "--name", "黄", "--role", "agent", "--ask-password", "--json")
    said = village.run(*words, DAIBAN_NEW_PASSWORD=short)
    assert (said.code, said.json["error"]["code"]) == (1, "password_too_short")
    assert len(village.json("status")["operators"]) == 1


def test_without_a_passphrase_it_says_how_to_give_one(village):
    said = village.run("case", "list", DAIBAN_PASSPHRASE=None)
    assert said.code == 1
    assert "DAIBAN_PASSPHRASE" in said.err
    assert "--operator" in said.err


def test_a_wrong_passphrase_opens_nothing(village):
    said = village.run("case", "list", "--json", DAIBAN_PASSPHRASE=PASSPHRASE + " ")
    assert (said.code, said.json["error"]["code"]) == (1, "wrong_key")


def test_an_act_bears_the_name_of_its_operator(village):
    village.json("operator", "add", "--name", "黄", "--role", "agent")
    number = village.a_case()
    village.json("case", "act", number, "forward", "--operator", "黄")
    entries = village.json("case", "history", number)["entries"]
    assert [entry["actor"] for entry in entries] == ["韦代办", "黄"]


def test_the_data_folder_may_come_from_the_environment(village):
    from tests.ui.commands.desk import run

    env = {"DAIBAN_DATA": str(village.data), "DAIBAN_PASSPHRASE": PASSPHRASE}
    assert run("case", "list", "--json", **env).json == {"cases": []}


def test_who_is_away_has_a_deputy_until_back(village):
    village.json("operator", "add", "--name", "陆副手", "--role", "agent")
    period = ("--from", "2099-12-01", "--until", "2099-12-05")
    said = village.run("operator", "away", "韦代办", "陆副手", *period)
    assert said.out == "韦代办2099年12月1日至2099年12月5日不在岗，由陆副手代理。\n"
    assert "韦代办 → 陆副手：2099年12月1日至2099年12月5日" in village.run("operator", "list").out
    assert village.run("operator", "away", "韦代办", "韦代办", *period).code == 1
    assert village.run("operator", "back", "韦代办").out == "韦代办已回岗。\n"
    assert village.run("operator", "back", "韦代办").out == "韦代办没有登记不在岗。\n"


def test_a_deputy_who_is_away_too_leaves_nobody_and_it_is_said(village):
    for name in ("陆副手", "莫窗口"):
        village.json("operator", "add", "--name", name, "--role", "agent")
    period = ("--from", "2099-12-01", "--until", "2099-12-05")
    assert village.json("operator", "away", "韦代办", "陆副手", *period)["left_alone"] == []
    said = village.run("operator", "away", "陆副手", "莫窗口", *period)
    assert "韦代办的代理人也不在岗" in said.out
    assert (
        "韦代办 → 陆副手：2099年12月1日至2099年12月5日（代理人也不在岗"
        in village.run("operator", "list").out
    )
    refused = village.run("operator", "away", "莫窗口", "陆副手", *period)
    assert refused.code == 1
    assert "2099年12月1日至2099年12月5日自己也不在岗" in refused.err


def test_a_post_changes_and_the_only_head_may_not_leave(village):
    village.json("operator", "add", "--name", "陆副手", "--role", "agent")
    said = village.run("operator", "change", "陆副手", "--role", "clerk", "--post", "综合窗口")
    assert said.out == "已变更：陆副手（窗口人员）综合窗口\n"
    last = village.run("operator", "change", "韦代办", "--left")
    assert last.code == 1
    assert "唯一的负责人" in last.err


def test_only_an_approver_is_authorised_and_it_can_be_taken_back(village):
    village.json("operator", "add", "--name", "覃审批", "--role", "approver")
    period = ("--from", "2026-11-01", "--until", "2099-12-31")
    said = village.run("operator", "authorise", "覃审批", "--item", "IT045", *period)
    assert said.out == "已公布授权书  覃审批：IT045，2026年11月1日至2099年12月31日\n"
    assert village.run("operator", "authorise", "韦代办", "--item", "IT045", *period).code == 1
    assert "1 份" in village.run("operator", "unauthorise", "覃审批").out
    assert "没有改动" in village.run("operator", "unauthorise", "覃审批").out
