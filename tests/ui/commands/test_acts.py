"""daiban acts says what each act wants, in words."""

import re

import pytest

from app.usecases.acts import ACTS
from tests.ui.commands.desk import run

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_all_acts_are_listed_with_what_they_want():
    told = run("acts", "--json").json["acts"]
    assert [one["verb"] for one in told] == list(ACTS)
    said = run("acts").out
    assert "转报" in said
    assert "grade*" in said


@pytest.mark.parametrize("verb", [*ACTS, "register"])
def test_every_field_of_an_act_has_a_title_and_says_how_it_is_written(verb):
    said = run("acts", verb)
    assert said.code == 0
    heading, *lines = said.out.splitlines()
    assert heading.startswith(f"{verb} ")
    for line in lines[1:]:
        field, title, how = line.split(maxsplit=2)
        assert CHINESE.search(title), field
        assert how


def test_a_choice_names_its_values_and_what_they_mean():
    assert '"very_poor" 非常不满意' in run("acts", "follow_up").out
    assert '"defects" 材料不齐' in run("acts", "return").out


def test_the_fields_of_what_is_listed_stand_below_it():
    lines = run("acts", "ask-supplement").out.splitlines()
    assert any(line.startswith("defects.what*") for line in lines)


def test_one_act_as_json_is_its_schema():
    told = run("acts", "deliver", "--json").json
    assert told["verb"] == "deliver"
    assert "recipient" in str(told["facts"])


def test_an_act_that_does_not_exist_is_wrong_usage():
    said = run("acts", "nix")
    assert said.code == 2
    assert "没有“nix”这个动作" in said.err
