"""How it stands with the centre, in words and with a sign of its own for each state."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sync.client.engine import ExchangeReport
from sync.refusals import Offline, Revoked
from ui.desktop import exchange_words
from ui.desktop.exchanging import ExchangeState, Reach
from ui.desktop.look.mood import Mood

NOW_MS = 1_800_000_000_000


def a_report(**said: int) -> ExchangeReport:
    nothing: dict[str, Any] = dict.fromkeys(
        ("sent", "received", "refused", "pending", "bytes_up", "bytes_down", "round_trips"), 0
    )
    return ExchangeReport(**(nothing | said), seconds=0.1, clock_off_s=0)


OFFLINE = ExchangeState(
    reach=Reach.OFFLINE, pending=3, since_ms=NOW_MS - 12 * 60_000, error=Offline()
)


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (ExchangeState(), "尚未交换"),
        (ExchangeState(reach=Reach.ONLINE), "在线 · 已全部上报"),
        (ExchangeState(reach=Reach.ONLINE, pending=2), "在线 · 待上报 2"),
        (ExchangeState(reach=Reach.ONLINE, refused=1), "在线 · 被退回 1"),
        (OFFLINE, "离线 · 待上报 3"),
        (ExchangeState(reach=Reach.OFFLINE), "离线 · 无待上报"),
        (ExchangeState(reach=Reach.REFUSED, pending=4, error=Revoked()), "中心未接受 · 待上报 4"),
        (ExchangeState(reach=Reach.OFFLINE, working=True, pending=3), "正在交换…"),
    ],
)
def test_the_pill_says_how_it_stands_and_what_waits(state, text):
    assert exchange_words.short(state).text == text


def test_where_there_is_little_room_the_number_stays():
    assert exchange_words.short(OFFLINE).brief == "离线 3"
    assert exchange_words.short(ExchangeState(reach=Reach.ONLINE)).brief == "在线"


def test_being_offline_is_no_alarm():
    told = exchange_words.long(OFFLINE, NOW_MS)
    assert told.mood is Mood.PLAIN
    assert told.headline == "离线 12 分钟，登记照常"
    assert told.detail == "待上报 3 条 · 网络恢复后自动上报"


@pytest.mark.parametrize(
    ("passed", "pending", "detail"),
    [
        ({"sent": 1200, "received": 0}, 80, "断线前已上报 1,200 条，还有 80 条网络恢复后接着上报"),
        ({"sent": 0, "received": 5}, 0, "断线前已收到 5 条，其余的网络恢复后接着收"),
        (
            {"sent": 2, "received": 5},
            1,
            "断线前已上报 2 条、已收到 5 条，还有 1 条网络恢复后接着上报",
        ),
        ({"sent": 0, "received": 0}, 3, "待上报 3 条 · 网络恢复后自动上报"),
    ],
)
def test_what_passed_before_the_line_broke_is_told(passed, pending, detail):
    broken = ExchangeState(
        reach=Reach.OFFLINE, pending=pending, since_ms=NOW_MS, error=Offline(**passed)
    )
    assert exchange_words.long(broken, NOW_MS).detail == detail


def test_a_centre_that_refuses_says_why_and_what_to_do():
    told = exchange_words.long(ExchangeState(reach=Reach.REFUSED, error=Revoked()), NOW_MS)
    assert told.mood is Mood.WARN
    assert "停用" in told.detail


def test_states_differ_by_sign_and_word_and_not_by_colour_alone():
    states = [
        ExchangeState(reach=Reach.ONLINE),
        OFFLINE,
        ExchangeState(reach=Reach.REFUSED),
        ExchangeState(working=True),
    ]
    told = [exchange_words.short(state) for state in states]
    assert len({one.icon for one in told}) == len(states)
    assert len({one.text for one in told}) == len(states)


def test_the_last_exchange_has_its_time_and_sizes():
    state = ExchangeState(report=a_report(bytes_up=1229, bytes_down=640))
    at_0942 = 1_795_138_920_000  # 2026-11-20 09:42 in China
    day = date(2026, 11, 20)
    assert exchange_words.last(state, at_0942, day) == (
        "上次交换 09:42 · 上行 1.2 KB · 下行 640 字节"
    )
    assert exchange_words.last(ExchangeState(), at_0942, day) == "上次交换 09:42"
    assert exchange_words.last(ExchangeState(), None, day) == ""
