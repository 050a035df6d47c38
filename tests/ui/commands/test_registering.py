"""A file of requests: each line is registered or refused by itself, and numbers are shown when they are safe."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ui.commands.desk import PERSON
from ui.commands.registering import LONGEST_LINE_BYTES

GOOD = {"item": "IT022", "applicant": PERSON, "mandate": True}
BOM = b"\xef\xbb\xbf"
MATERIAL = {"name": "申请人居民身份证", "given": True, "original": True, "copies": 1}


def refusals(said):
    return {one["line"]: one["code"] for one in said.json["refused"]}


def test_each_registered_line_gets_its_number(village):
    said = village.register(GOOD, GOOD | {"item": "IT005"})
    assert said.code == 0
    numbers = [one["local_number"] for one in said.json["registered"]]
    assert [number[-4:] for number in numbers] == ["0001", "0002"]
    listed = village.json("case", "list")["cases"]
    assert [case["local_number"] for case in listed] == numbers[::-1]


def test_numbers_are_shown_as_they_come_and_the_document_stands_alone(village):
    said = village.register(GOOD, GOOD)
    shown = [
        line
        for line in said.err.splitlines()
        if line.startswith("第")
        and "登记" not in line
        and "请核对" not in line
        and "还缺" not in line
    ]
    assert [line.rpartition("：")[2] for line in shown] == [
        one["local_number"] for one in said.json["registered"]
    ]


def test_without_json_stdout_is_the_numbers_and_nothing_else(village, tmp_path):
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(GOOD) + "\n" + json.dumps({"item": "IT999"}) + "\n", "utf-8")
    said = village.run("case", "register", "--file", file)
    assert said.code == 1
    assert said.out.splitlines() == [village.json("case", "list")["cases"][0]["local_number"]]
    assert "第 2 行" in said.err


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        (b"{", "bad_line", "JSON"),
        (b"[]", "bad_line", "应为对象"),
        (b"nonsense", "bad_line", "JSON"),
        (b"[" * 30_000, "bad_line", "JSON"),
        ("{'item': '低保'}".encode("gbk"), "bad_line", "UTF-8"),
        (json.dumps(GOOD).encode("utf-16"), "bad_line", "UTF-8"),
        (GOOD | {"colour": "red"}, "bad_line", "colour：没有这个字段"),
        (GOOD | {"mandate": "yes"}, "bad_line", "mandate"),
        (GOOD | {"received_on": "tomorrow"}, "bad_line", "received_on"),
        ({"item": "IT022", "applicant": {"nme": "韦"}}, "bad_line", "applicant.name：缺少"),
        (GOOD | {"note": "长" * LONGEST_LINE_BYTES}, "bad_line", "太长"),
        (GOOD | {"note": "长" * 2001}, "bad_line", "note"),
        (GOOD | {"item": "IT999"}, "unknown_item", "IT999"),
        (GOOD | {"item": "IT013"}, "not_a_case", "不按单件"),
        (GOOD | {"materials": [{"name": "结婚证"}]}, "material_not_asked", "结婚证"),
        (GOOD | {"materials": [MATERIAL, MATERIAL]}, "bad_facts", "两次"),
        (GOOD | {"received_on": "2999-01-01"}, "bad_day", "2999年1月1日"),
        (GOOD | {"applicant": PERSON | {"name": "　"}}, "no_name", "姓名"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_line_is_refused_by_its_number_and_the_others_are_registered(
    village, line, code, words
):
    said = village.register(GOOD, line, GOOD)
    assert said.code == 1
    assert [one["line"] for one in said.json["registered"]] == [1, 3]
    assert refusals(said) == {2: code}
    assert words in said.json["refused"][0]["message"]


def test_blank_lines_are_passed_over_but_counted(village):
    said = village.register(GOOD, b"", b"  \t", b"{")
    assert refusals(said) == {4: "bad_line"}


def test_the_mark_that_windows_editors_write_is_no_fault(village):
    said = village.register(BOM + json.dumps(GOOD).encode())
    assert said.code == 0


def test_the_same_external_number_is_registered_once(village):
    line = GOOD | {"external_id": "paper-1"}
    first = village.register(line, line)
    assert first.code == 0
    number = first.json["registered"][0]["local_number"]
    repeated = {"line": 2, "local_number": number, "external_id": "paper-1"}
    assert first.json["repeated"] == [repeated]
    assert village.register(line).json["repeated"] == [repeated | {"line": 1}]
    assert len(village.json("case", "list")["cases"]) == 1


def test_a_wrong_check_digit_is_a_warning_and_missing_papers_are_named(village):
    wrong = GOOD | {"applicant": PERSON | {"id_number": "450305196203151022"}}
    said = village.register(wrong)
    assert said.code == 0
    told = said.json["registered"][0]
    assert told["warnings"] == ["id_check_digit"]
    assert "申请人居民身份证" in told["missing"]
    assert "校验位不对" in said.err


def test_a_file_that_is_not_there_is_refused_in_words(village):
    said = village.run("case", "register", "--file", "no-such-file.jsonl", "--json")
    assert said.code == 1
    assert said.json["error"]["code"] == "unreadable_file"


def test_an_empty_file_registers_nothing(village):
    said = village.register()
    assert (said.code, said.json) == (0, {"registered": [], "repeated": [], "refused": []})


def test_somebody_without_the_power_registers_nothing(village):
    village.json("operator", "add", "--name", "档案", "--role", "archivist")
    file = village.data.parent / "one.jsonl"
    file.write_text(json.dumps(GOOD), "utf-8")
    said = village.run("case", "register", "--file", file, "--operator", "档案", "--json")
    assert refusals(said) == {1: "not_permitted"}


def test_an_unknown_operator_is_refused_before_any_line(village):
    said = village.run(
        "case", "register", "--file", "-", "--operator", "没这人", "--json", stdin=b"{}\n"
    )
    assert said.json["error"]["code"] == "no_operator"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_whatever_a_line_holds_it_is_refused_and_the_next_one_registered(village, noise):
    lines = noise.count(b"\n")
    said = village.register(noise, GOOD)
    assert [one["line"] for one in said.json["registered"]] == [lines + 2]
    assert said.code == (1 if noise.removeprefix(BOM).strip() else 0)
