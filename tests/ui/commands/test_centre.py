"""What the district's administrator reads."""

from datetime import datetime

import pytest

from app.domain.days import CHINA
from app.domain.station_health import Care
from sync.centre.device_summary import DeviceSummary
from tests.ui.commands.desk import Desk, run
from ui.commands import device_lines


@pytest.fixture(scope="module")
def centre(tmp_path_factory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("centre") / "data")
    desk.json("centre", "init", "--region", "450305")
    return desk


def test_times_are_chinas_whatever_the_machine_is_set_to(centre, monkeypatch):
    monkeypatch.setenv("TZ", "America/New_York")
    (own,) = centre.json("centre", "devices")["devices"]
    assert own["enrolled"].endswith("+08:00")
    issued = centre.json("centre", "enrol-code", "--region", "450305200201")
    assert issued["expires"].endswith("+08:00")


def test_a_folder_that_is_a_file_is_said_in_chinese():
    said = run("centre", "devices", "--data", __file__)
    assert (said.code, said.out) == (2, "")
    assert "是文件，这里要文件夹" in said.err
    assert "Directory" not in said.err


def test_a_device_over_its_quota_says_from_when_it_is_heard_again():
    at = datetime(2026, 11, 23, 8, 30, tzinfo=CHINA)
    one = DeviceSummary(
        device="ab" * 16,
        station="湖塘村政务服务站",
        region="450305200201",
        tier="village",
        slot="A1",
        entries=500_000,
        head="",
        enrolled=at,
        revoked=None,
        last_contact=at,
        backlog=9_000,
        version="0.1.0",
        clock_off_s=0,
        disk_free_mb=9_000,
        printer="ready",
        present=True,
        care=Care.ACT,
        over_quota_until=at,
    )
    (_, line) = device_lines.table_of([one])
    assert line.startswith("■")
    assert "送来的流水超过限额，11-23 08:30 起再收" in line
    assert device_lines.document(one)["over_quota_until"] == at
