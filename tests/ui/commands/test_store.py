"""rebuild, verify, status, doctor."""

import pytest


def test_status_says_who_and_what_waits(village):
    told = village.json("status")
    keys = {
        "station",
        "device",
        "slot",
        "operators",
        "entries",
        "pending",
        "refused",
        "last_exchange",
        "version",
    }
    assert set(told) >= keys
    assert (told["region"], told["tier"], told["slot"]) == ("450305200201", "village", "A2")
    assert (told["pending"], told["refused"], told["last_exchange"]) == (1, 0, None)
    village.a_case()
    assert village.json("status")["pending"] == 2
    assert "待上报" in village.run("status").out


def test_verify_counts_and_finds_nothing_wrong(village):
    village.a_case()
    told = village.json("verify")
    assert told["ok"] is True
    assert told["problems"] == []
    assert told["own"] == 2
    assert told["entries"] == told["own"] + told["foreign"]


def test_verify_names_what_is_wrong_and_rebuild_mends_rows(village):
    village.a_case()
    store = village.open()
    store.database.execute_sql("UPDATE case_row SET applicant = '别人'")
    store.close()
    said = village.run("verify", "--json")
    assert said.code == 1
    assert said.json["ok"] is False
    assert "rows:case_row" in said.json["problems"]
    assert "rebuild" in said.err
    assert village.json("rebuild") == {"cases": 1}
    assert village.json("verify")["ok"] is True
    assert village.json("case", "list")["cases"][0]["applicant"] == "韦小妹"


def test_doctor_looks_at_everything_and_changes_nothing(village):
    said = village.run("doctor", "--json")
    checks = {check["name"]: check for check in said.json["checks"]}
    assert {"程序", "磁盘", "数据", "时钟", "日历", "区中心", "字体"} <= set(checks)
    assert checks["数据"]["grade"] == "ok"
    assert checks["字体"]["grade"] == "ok"
    assert checks["区中心"]["grade"] == "warning"
    assert said.code == 0


@pytest.mark.parametrize("passphrase", [None, "错"])
def test_doctor_without_the_key_says_so_and_goes_on(village, passphrase):
    said = village.run("doctor", "--json", DAIBAN_PASSPHRASE=passphrase)
    checks = {check["name"]: check["grade"] for check in said.json["checks"]}
    assert said.code == 1
    assert checks["数据"] == "bad"
    assert checks["字体"] == "ok"


def test_a_clock_behind_the_last_entry_is_bad(village, monkeypatch):
    village.a_case()
    monkeypatch.setattr("ui.commands.doctor.wall_clock", lambda: 1_000)
    checks = {one["name"]: one["grade"] for one in village.run("doctor", "--json").json["checks"]}
    assert checks["时钟"] == "bad"
