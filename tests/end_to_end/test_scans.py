"""Scans from a village to its township, by the commands people have, in real processes."""

import json
import random

import pytest
from PIL import Image

from tests.end_to_end.test_packets import REQUEST, TOWNSHIP, VILLAGE


@pytest.fixture
def photograph(tmp_path):
    """A telephone's: noise in colours, which stays a photograph."""
    file = tmp_path / "现场.jpg"
    pixels = random.Random(1).randbytes(900 * 1200 * 3)
    Image.frombytes("RGB", (900, 1200), pixels).save(file, quality=80)
    return file


def test_a_villages_scan_is_looked_at_by_its_township(district, tmp_path, photograph):
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(REQUEST, ensure_ascii=False), "utf-8")
    village, township = district.begun_with(
        ("village", VILLAGE, "韦代办", "agent"), ("township", TOWNSHIP, "李主任", "approver")
    )
    with district.open():
        (registered,) = village.do("case", "register", "--file", str(file))["registered"]
        number = registered["local_number"]
        made = village.do("attach", number, str(photograph), "--material", "1")
        village.do("case", "act", number, "forward")
        said = village.attempt("sync")
        township.do("sync")
    sent = said.document
    assert (sent["sheets"], sent["sheet_bytes"]) == (1, made["bytes"])
    assert (sent["sheets_waiting"], sent["sheets_stopped"], sent["pending"]) == (0, "", 0)

    away = township.attempt("attachments", number, "--fetch")
    assert away.code == 1  # no line: it says so
    assert "连不上区中心" in away.messages
    with district.open():
        brought = township.do("attachments", number, "--fetch", "--save", str(tmp_path / "saved"))
        again = township.do("attachments", number, "--fetch")

    assert (brought["fetched"], brought["fetched_bytes"]) == (1, made["bytes"])
    assert brought["failed"] == []
    (saved,) = brought["saved"]
    with Image.open(saved) as picture:
        assert picture.size == (900, 1200)
    assert (again["fetched"], again["saved"]) == (0, [])


def test_scans_wait_at_home_until_the_centre_answers(district, tmp_path, photograph):
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(REQUEST, ensure_ascii=False), "utf-8")
    (village,) = district.begun_with(("village", VILLAGE, "韦代办", "agent"))
    (registered,) = village.do("case", "register", "--file", str(file))["registered"]
    village.do("attach", registered["local_number"], str(photograph))
    assert village.attempt("sync").code == 1

    with district.open():
        sent = village.do("sync")

    assert (sent["sheets"], sent["sheets_waiting"]) == (1, 0)
    assert village.do("verify")["ok"] is True
