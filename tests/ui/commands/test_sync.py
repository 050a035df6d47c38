"""What `daiban sync` says beside the numbers."""

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
