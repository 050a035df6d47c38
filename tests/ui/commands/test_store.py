"""rebuild, verify, status, doctor."""

import pytest

from tests.app.domain.rules.scene import registered
from tests.builders import Station, Wall, a_device, a_district, an_entry, hand


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


def test_status_names_a_request_that_cannot_be_read_and_says_what_to_do(village):
    store = village.open()
    wire = an_entry(a_device(77), 1, body=registered(), region="450305200201").wire
    hand(
        Station(district=a_district(items=()), store=store, wall=Wall()), (a_device(77), 1, [wire])
    )
    store.close()
    (told,) = village.json("status")["unreadable"]
    assert (told["code"], told["applicant"]) == ("no_device", "韦小妹")
    said = village.run("status").out
    assert "韦*妹" in said
    assert "设备的证书没有下发" in said
    assert "重新登记" in said


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


def test_a_clock_behind_the_last_entry_is_bad_until_somebody_says_that_it_is_right(village):
    a_year_ahead(village)
    refused = village.register({"item": "IT022", "applicant": {"name": "韦小妹"}})
    assert "--clock-is-right" in refused.err
    assert (refused.code, refused.json["registered"]) == (1, [])
    assert village.run("case", "list").code == 0  # looking goes on

    assert clock_of(village.run("doctor", "--json")) == "bad"
    assert clock_of(village.run("doctor", "--clock-is-right", "--json")) == "ok"
    village.a_case()
    assert clock_of(village.run("doctor", "--json")) == "ok"


def a_year_ahead(village):
    from app.domain.events import Role
    from app.usecases import operators

    store = village.open()
    now_ms = store.wall()
    store.wall = lambda: now_ms + 365 * 86_400_000
    head = next(card for card in operators.of_station(store))
    operators.add(store, "明年人", Role.AGENT, by=head)
    store.close()


def clock_of(said):
    return {check["name"]: check["grade"] for check in said.json["checks"]}["时钟"]
