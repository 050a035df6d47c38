"""What `daiban sync` says beside the numbers."""

import msgspec
import pytest

from sync.client.engine import ExchangeReport
from ui.commands import sync


def a_report(clock_off_s):
    return ExchangeReport(
        sent=0,
        received=0,
        refused=0,
        pending=0,
        bytes_up=0,
        bytes_down=0,
        round_trips=1,
        seconds=0,
        clock_off_s=clock_off_s,
    )


@pytest.mark.parametrize(
    ("off_s", "words"),
    [
        (0, None),
        (600, None),
        (-600, None),
        (601, "快了 10 分钟"),
        (-3600, "慢了 1 小时。"),
        (-(3600 + 1800), "慢了 1 小时 30 分钟"),
        (86_400 * 3, "快了 3 天。"),
        (86_400 * 365 + 7200, "快了 365 天 2 小时"),
    ],
)
def test_a_clock_that_is_off_by_more_than_ten_minutes_is_spoken_of(capsys, off_s, words):
    sync._warn_of_clock(a_report(off_s))  # noqa: SLF001
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err if words else said.err == ""


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, None),
        ({"sheets": 3, "sheet_bytes": 450}, "；扫描件送出 3 页（450 字节）（"),
        ({"sheets_waiting": 7}, "；扫描件待送 7 页（"),
        (
            {"sheets": 1, "sheet_bytes": 9, "sheets_waiting": 2},
            "送出 1 页（9 字节）；扫描件待送 2 页",
        ),
    ],
)
def test_scans_are_spoken_of_where_there_are_any(said, words):
    told = sync._words(msgspec.structs.replace(a_report(0), **said))  # noqa: SLF001

    assert ("扫描件" not in told) if words is None else (words in told)


def test_why_scans_wait_is_said(capsys):
    report = msgspec.structs.replace(a_report(0), sheets_stopped="offline")
    sync._say_why_scans_wait(report)  # noqa: SLF001
    assert "扫描件没有送完：连不上区中心" in capsys.readouterr().err
    sync._say_why_scans_wait(a_report(0))  # noqa: SLF001
    assert capsys.readouterr().err == ""
