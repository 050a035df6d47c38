"""A folder that asked for its enrolment by stick says so until the answer was read."""

import pytest

from tests.ui.commands.desk import Desk
from tests.ui.desktop.start.codes import a_code


@pytest.fixture
def new(tmp_path):
    return Desk(tmp_path / "new computer")


@pytest.fixture
def asked(new, tmp_path):
    new.json("enrol", a_code(), "--packet", tmp_path)
    return new


def test_the_status_of_a_folder_that_waits_for_its_answer_says_what_to_do(asked):
    said = asked.run("status", "--json")
    assert said.code == 1
    error = said.json["error"]
    assert error["code"] == "enrolment_awaited"
    assert {name: error["facts"][name] for name in ("station", "region", "url", "expires")} == {
        "station": "湖塘村政务服务站",
        "region": "450305200201",
        "url": "https://127.0.0.1:1",
        "expires": "2096-10-02",
    }
    words = asked.run("status").err
    assert words.strip() == error["message"]
    for part in ("湖塘村政务服务站", "2096年10月2日", "daiban enrol --answer"):
        assert part in words


def test_whatever_else_needs_a_store_says_the_same(asked):
    assert asked.run("sync", "--json").json["error"]["code"] == "enrolment_awaited"
    assert "daiban enrol --answer" in asked.run("case", "list").err


def test_the_doctor_names_the_answer_and_not_a_new_code(asked):
    said = asked.run("doctor", "--json")
    checks = {check["name"]: check for check in said.json["checks"]}
    assert (said.code, checks["登记"]["grade"]) == (1, "bad")
    assert "daiban enrol --answer" in checks["登记"]["message"]
    assert "数据" not in checks
    assert "还没有登记设备" not in asked.run("doctor").out


def test_a_restored_store_that_asked_by_stick_says_the_same(village, new, tmp_path):
    village.json("backup", "--out", tmp_path / "b")
    new.json("restore", tmp_path / "b")
    assert new.run("status", "--json").json["error"]["code"] == "identity_lost"
    new.json("enrol", a_code(), "--packet", tmp_path)
    assert new.run("status", "--json").json["error"]["code"] == "enrolment_awaited"
    assert "已有的数据都在" in new.run("doctor").out


def test_a_folder_that_asked_nobody_is_told_to_ask_for_a_code(new):
    assert new.run("status", "--json").json["error"]["code"] == "not_enrolled"
    assert "请向区中心要登记码" in new.run("doctor").out
