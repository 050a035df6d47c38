"""daiban stations and centre devices: how the computers are, with a real centre behind TLS."""

from __future__ import annotations

from contextlib import closing

import pytest

from app.store import opening
from app.store.fleet_notes import FleetNote, note_fleet
from app.store.keyslots import Unlock
from sync.client import fleet
from sync.refusals import Offline
from tests.builders import MORNING_MS
from tests.sync.processes import CentreProcess, a_station
from tests.ui.commands.desk import Desk, run
from tests.ui.desktop.pages.exchange.test_fleet import FLEET
from ui.fleet_words import summary

UNLOCK = {"DAIBAN_PASSPHRASE": "practice"}


@pytest.fixture
def centre(tmp_path):
    process = CentreProcess.founded(tmp_path / "c")
    yield process
    if process.running:
        process.end()


@pytest.fixture
def township(centre, tmp_path) -> Desk:
    folder = tmp_path
    a_station(centre, "450305200201", folder / "village").store.close()
    a_station(centre, "450305200", folder / "township").store.close()
    return Desk(folder / "township")


def test_a_township_sees_its_village_and_offline_what_it_was_told_last(centre, township):
    told = township.json("stations", **UNLOCK)
    assert told["fresh"] is True
    assert {one["station"] for one in told["stations"]} == {
        "朝阳乡政务服务中心", "湖塘村政务服务站",
    }  # fmt: skip
    assert {one["care"] for one in told["stations"]} == {"fine"}
    (found,) = township.json("stations", "--find", "湖塘", **UNLOCK)["stations"]
    assert (found["slot"], found["printer"], found["backup_days"]) == ("A1", "", -1)
    assert township.json("stations", "--late", **UNLOCK)["stations"] == []
    assert "没有这样的站点电脑。" in township.run("stations", "--late", **UNLOCK).out

    centre.end()
    said = township.run("stations", **UNLOCK)
    centre.start()
    assert said.code == 0
    assert "截至" in said.out
    assert "湖塘村政务服务站" in said.out
    assert "连不上区中心" in said.err


def test_the_administrator_sees_all_of_it(centre, township):
    said = run("centre", "devices", "--data", centre.data, **UNLOCK)
    for heading in (
        "上次联系",
        "积压",
        "扫描件",
        "版本",
        "时钟",
        "磁盘",
        "打印机",
        "备份",
        "核对",
        "情况",
    ):
        assert heading in said.out
    assert "区中心自己" in said.out.splitlines()[-1]
    some = run(
        "centre", "devices", "--region", "450305200201", "--json", "--data", centre.data, **UNLOCK
    )
    assert [one["station"] for one in some.json["devices"]] == ["湖塘村政务服务站"]
    none = run("centre", "devices", "--late", "--json", "--data", centre.data, **UNLOCK)
    assert none.json["devices"] == []
    none = run("centre", "devices", "--late", "--data", centre.data, **UNLOCK)
    assert none.out == "没有这样的设备。\n"
    unknown = run(
        "centre", "devices", "--region", "999999", "--json", "--data", centre.data, **UNLOCK
    )
    assert unknown.json["error"]["code"] == "unknown_region"


def test_what_is_wrong_is_said_in_words_with_what_to_do(township, monkeypatch):
    def lost(*_):
        raise Offline(why="lost")

    monkeypatch.setattr(fleet, "ask", lost)
    with closing(opening.open_store(township.data, Unlock(passphrase="practice"))) as store:
        note_fleet(store, FleetNote(at_ms=MORNING_MS, asked_ms=MORNING_MS, stations=FLEET))
    told = township.json("stations", **UNLOCK)["stations"]
    assert [remark["message"] for remark in told[0]["remarks"]] == ["8 天未联系", "积压 120 条"]
    assert told[0]["remarks"][0]["advice"].startswith("请打电话问")
    late = township.json("stations", "--late", **UNLOCK)["stations"]
    assert [one["station"] for one in late] == ["第2村政务服务站"]
    assert "1 台要处理，1 台留意，其余正常" in township.run("stations", **UNLOCK).out
    assert summary([]) == "还没有站点。"
