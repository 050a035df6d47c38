"""A village that never has a line: everything goes and comes on a stick, in real processes."""

import json
import random
import shutil
import time

import pytest

from tests.end_to_end.paperwork import started, written
from ui.demo.places import Place

VILLAGE, TOWNSHIP = "450305200201", "450305200"
REQUEST = {
    "item": "IT005",
    "applicant": {
        "name": "韦小妹",
        "id_number": "450305196203151028",
        "phone": "13877300000",
        "address": "湖塘村3组12号",
    },
    "materials": [
        {
            "name": "急难情况简要说明（可由工作人员代记）",
            "original": True,
            "copies": 1,
            "held": True,
        }
    ],
    "mode": "proxy",
    "mandate": True,
}


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder


def only_enrolled(district, name, region):
    """A station that has its certificate and has never exchanged; the centre must be open."""
    issued = district.centre.do("centre", "enrol-code", "--region", region)
    station = Place(district.folder / name, district.centre.environment["DAIBAN_PASSPHRASE"])
    station.do("enrol", issued["code"])
    return station


def by_stick(district, station, stick):
    """There and back; what the station read."""
    station.do("packet", "write", str(stick))
    district.centre.do("centre", "packet", str(stick), "--out", str(stick))
    brought = station.do("packet", "read", str(stick))
    assert brought["refused"] == []
    return brought


def test_a_village_that_never_had_a_line_works_with_its_township_by_stick(
    district, stick, tmp_path
):
    with district.open():
        village = only_enrolled(district, "village", VILLAGE)
        township = only_enrolled(district, "township", TOWNSHIP)
    for station, person, role in ((village, "韦代办", "agent"), (township, "李主任", "approver")):
        assert by_stick(district, station, stick)["read"][-1]["received"] > 90
        station.do("operator", "add", "--name", person, "--role", role)
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(REQUEST, ensure_ascii=False), "utf-8")
    (registered,) = village.do("case", "register", "--file", str(file))["registered"]
    number = registered["local_number"]
    village.do("case", "act", number, "forward")

    village.do("packet", "write", str(stick))
    assert village.do("status")["pending"] == 3
    assert by_stick(district, village, stick)["pending"] == 0

    by_stick(district, township, stick)
    for act in ("take_over", "accept"):
        township.do("case", "act", number, act)
    township.do(
        "case", "act", number, "decide", "--facts", '{"approved": true, "result": "发放救助金"}'
    )
    by_stick(district, township, stick)
    by_stick(district, village, stick)

    village.do("case", "act", number, "deliver")
    assert village.do("case", "show", number)["state"] == "delivered"
    assert village.do("verify")["ok"] is True
    with district.open():
        assert village.do("sync")["sent"] == 1
        assert township.do("sync")["received"] >= 1
        again = village.do("sync")
    assert (again["sent"], again["received"]) == (0, 0)
    assert township.do("case", "show", number)["state"] == "delivered"


def test_a_village_without_a_line_enrols_by_stick(district, stick, tmp_path):
    issued = district.centre.do("centre", "enrol-code", "--region", VILLAGE, "--days", "30")
    village = Place(district.folder / "village", district.centre.environment["DAIBAN_PASSPHRASE"])
    request = village.do("enrol", issued["code"], "--packet", str(stick))["request"]
    (one,) = district.centre.do("centre", "packet", str(stick), "--out", str(stick))["answered"]
    assert (one["file"], one["enrolled"]) == (request.rsplit("/")[-1], True)
    own = village.do("enrol", "--answer", str(stick))

    assert (own["station"], own["slot"]) == (one["station"], "A1")
    village.do("operator", "add", "--name", "韦代办", "--role", "agent")
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(REQUEST, ensure_ascii=False), "utf-8")
    village.do("case", "register", "--file", str(file))
    assert by_stick(district, village, stick)["pending"] == 0
    with district.open():
        assert village.do("sync")["pending"] == 0


def test_packets_are_answered_while_the_centre_serves(district, stick):
    with district.open():
        village = only_enrolled(district, "village", VILLAGE)
        assert by_stick(district, village, stick)["read"][-1]["received"] > 90
        assert village.do("sync")["received"] == 0


def test_a_township_with_a_line_carries_its_village(district, stick, tmp_path):
    village, township = district.begun_with(
        ("village", VILLAGE, "韦代办", "agent"), ("township", TOWNSHIP, "李主任", "approver")
    )
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(REQUEST, ensure_ascii=False), "utf-8")
    (registered,) = village.do("case", "register", "--file", str(file))["registered"]
    village.do("case", "act", registered["local_number"], "forward")
    village.do("packet", "write", str(stick))

    taken = township.do("packet", "read", str(stick))
    assert (taken["carried"], taken["read"]) == (1, [])
    with district.open():
        township.do("sync")
        township.do("sync")
    township.do("case", "act", registered["local_number"], "take_over")
    assert township.do("packet", "write", str(stick))["carried"] == 1
    assert village.do("packet", "read", str(stick))["pending"] == 0


def test_the_wrong_ones_are_refused_in_plain_words(district, stick, tmp_path):
    with district.open():
        village = only_enrolled(district, "village", VILLAGE)
        township = only_enrolled(district, "township", TOWNSHIP)
    wrote = village.do("packet", "write", str(stick))["file"]
    (one,) = district.centre.do("centre", "packet", str(stick), "--out", str(stick))["answered"]
    answer = one["answer"]

    said = township.attempt("packet", "read", answer)
    assert (said.code, said.document["error"]["code"]) == (1, "packet_for_another")
    assert one["station"] in said.messages
    assert village.attempt("packet", "read", wrote).document["error"]["code"] == (
        "packet_for_the_centre"
    )
    said = district.centre.attempt("centre", "packet", answer, "--out", str(tmp_path / "x"))
    assert said.document["error"]["code"] == "packet_for_a_station"
    assert not (tmp_path / "x").exists()
    short = tmp_path / "short.daiban"
    raw = (stick / answer).read_bytes()
    short.write_bytes(raw[: len(raw) // 2])
    said = village.attempt("packet", "read", str(short))
    assert said.document["error"]["code"] == "damaged_packet"
    assert "没有拷贝完整" in said.messages
    (tmp_path / "letter.daiban").write_text("你好", "utf-8")
    said = village.attempt("packet", "read", str(tmp_path / "letter.daiban"))
    assert said.document["error"]["code"] == "not_a_packet"
    assert village.do("status")["last_exchange"] is None
    empty = tmp_path / "empty"
    empty.mkdir()
    assert village.attempt("packet", "read", str(empty)).document["error"]["code"] == "no_packets"


def test_a_damaged_one_on_a_stick_stops_none_of_the_others(district, stick):
    with district.open():
        village = only_enrolled(district, "village", VILLAGE)
    for _ in range(2):
        village.do("packet", "write", str(stick))
    first = sorted(stick.iterdir())[0]
    raw = bytearray(first.read_bytes())
    raw[-5] ^= 0x40
    first.write_bytes(raw)

    said = district.centre.attempt("centre", "packet", str(stick), "--out", str(stick))

    assert said.code == 1
    assert len(said.document["answered"]) == 1
    assert [one["code"] for one in said.document["refused"]] == ["damaged_packet"]
    assert len(village.do("packet", "read", str(stick))["read"]) == 1


def test_kill_9_while_a_packet_is_written_leaves_whole_ones_or_none(district, stick, tmp_path):
    (village,) = district.begun_with(("village", VILLAGE, "韦代办", "agent"))
    village.do("case", "register", "--file", str(written(tmp_path / "cases.jsonl", 60)))
    chance = random.Random(6)
    for _ in range(8):
        process = started(village, "packet", "write", str(stick))
        time.sleep(chance.uniform(0.05, 0.6))
        process.kill()
        process.stdout.close()
        process.wait()

    assert by_stick(district, village, stick)["pending"] == 0

    assert [file.name for file in stick.iterdir() if not file.name.endswith(".daiban")] == []
    assert district.centre.do("centre", "packet", str(stick), "--out", str(stick))["refused"] == []
    assert village.do("verify")["ok"] is True


def test_a_lost_stick_loses_nothing(district, stick, tmp_path):
    (village,) = district.begun_with(("village", VILLAGE, "韦代办", "agent"))
    village.do("case", "register", "--file", str(written(tmp_path / "cases.jsonl", 3)))
    lost = village.do("packet", "write", str(stick))
    shutil.rmtree(stick)
    stick.mkdir()
    assert village.do("status")["pending"] == lost["pending"]
    assert by_stick(district, village, stick)["pending"] == 0
