"""Operators, and the two ways to prove who acts."""

import pytest

from tests.ui.commands.desk import PASSPHRASE


def test_the_first_operator_is_the_head_as_well(village):
    assert village.json("status")["operators"] == [{"name": "韦代办", "roles": ["agent", "head"]}]


def test_another_operator_has_the_one_role(village):
    added = village.json("operator", "add", "--name", "黄审批", "--role", "approver")
    assert (added["name"], added["roles"]) == ("黄审批", ["approver"])
    said = village.run("operator", "add", "--name", "甲", "--role", "supervisor")
    assert said.out == "已添加操作员：甲（监察员）\n"


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
