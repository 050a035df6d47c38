"""What 同步 says of each state, exchange and entry without effect."""

from __future__ import annotations

import msgspec
import pytest

from app.journal.refs import Ref
from app.store.exchange_log import ExchangeNote
from app.usecases import repairs
from sync.client.engine import Progress
from sync.refusals import Offline, Revoked
from tests.builders import (
    MORNING_MS,
    TOWNSHIP,
    VILLAGE,
    a_case,
    a_district,
    a_station,
    act,
    carry,
    meet,
)
from tests.ui.desktop.pages.exchange import states
from ui.desktop.exchanging import ExchangeState, Reach
from ui.desktop.look.mood import Mood
from ui.desktop.pages.exchange import told
from ui.desktop.pages.exchange.overview import read_overview


def failed(code: str, times: int = 1) -> ExchangeNote:
    return ExchangeNote(started_ms=MORNING_MS, last_ms=MORNING_MS, outcome=code, times=times)


def going(**said: int) -> ExchangeState:
    nothing = dict.fromkeys(("sent", "received", "pending", "bytes_up", "bytes_down"), 0)
    return ExchangeState(working=True, progress=Progress(**(nothing | said)))


def test_what_waits_is_told_with_its_age(tmp_path):
    station = a_station(a_district(), VILLAGE, tmp_path)
    a_case(station)
    station.wall.turn(ms=12 * states.MINUTE_MS)
    overview = read_overview(station.store)
    offline = ExchangeState(reach=Reach.OFFLINE, pending=overview.pending)
    assert told.waiting(overview, offline) == (
        "待上报 2 条，最早的一条 09:00 记下，已等了12 分钟。"
    )
    station.store.close()


def test_nothing_that_waits_is_not_told_twice(tmp_path):
    station = a_station(a_district(), VILLAGE, tmp_path, staffed=False)
    overview = read_overview(station.store)
    assert overview.oldest_ms is None
    assert told.waiting(overview, ExchangeState(reach=Reach.ONLINE)) == ""
    assert told.waiting(overview, ExchangeState(reach=Reach.OFFLINE)) == "没有待上报的记录。"
    station.store.close()


@pytest.mark.parametrize(
    ("state", "share", "left"),
    [
        (ExchangeState(working=True), None, ""),
        (going(received=30), None, ""),
        (going(sent=1, pending=3), 0.25, "还有 3 条要上报"),
        (going(sent=4), None, ""),
        (going(received=9_000, unread=1_234), None, "还有 1,234 件要整理进列表"),
    ],
)
def test_how_much_is_left_is_known_only_of_what_goes_up(state, share, left):
    progressed = told.progressed(state)
    assert (progressed.share, progressed.left) == (share, left)


def test_progress_counts_entries_and_bytes():
    state = going(sent=1200, received=34, pending=800, bytes_up=2048, bytes_down=512)
    assert told.progressed(state).what == (
        "已上报 1,200 条 · 已收到 34 条 · 上行 2.0 KB，下行 512 字节"
    )


@pytest.mark.parametrize(
    ("off_s", "said"),
    [
        (599, ""),
        (-599, ""),
        (1380, "这台电脑的时间比区中心快 23 分钟"),
        (-7500, "这台电脑的时间比区中心慢 2 小时"),
    ],
)
def test_a_clock_is_wrong_from_ten_minutes_on(off_s, said):
    state = ExchangeState(reach=Reach.ONLINE, report=states.a_report(clock_off_s=off_s))
    assert told.clock_off(state).partition("，")[0] == said


def test_an_exchange_is_told_by_how_it_ended():
    assert told.outcome(states.a_note()) == told.Outcome(Mood.GOOD, "成功")
    away = told.outcome(failed(Offline.code, times=18))
    assert (away.mood, away.text) == (Mood.PAUSED, "连不上，18 次")
    assert "daiban" not in away.tip
    assert told.outcome(failed(Revoked.code)).text == "设备已停用"
    newer = told.outcome(failed("something_newer"))
    assert (newer.mood, newer.text) == (Mood.WARN, "没有接受")


@pytest.mark.parametrize(
    ("said", "tip"),
    [
        ({}, ""),
        ({"sheets": 12, "sheet_bytes": 2_500_000}, "扫描件送出 12 页，2.4 MB。"),
        ({"sheets_waiting": 3, "sheets_stopped": "offline"}, "还有 3 页扫描件待送。连不上区中心"),
    ],
)
def test_an_exchange_says_what_became_of_scans(said: dict[str, object], tip: str):
    went = told.outcome(msgspec.structs.replace(failed(""), **said))
    assert (went.mood, went.text) == (Mood.GOOD, "成功")
    assert went.tip.startswith(tip) if tip else went.tip == ""


def test_an_exchange_that_broke_off_says_what_counts_all_the_same():
    broken = told.outcome(msgspec.structs.replace(failed(Offline.code), sent=120, round_trips=4))
    assert (broken.mood, broken.text) == (Mood.PAUSED, "中途断开")
    assert broken.tip.startswith("断开前上报 120 条、收到 0 条，都已算数。")
    with_scans = msgspec.structs.replace(
        failed(Offline.code), sent=2, round_trips=4, sheets=3, sheet_bytes=800_000,
        sheets_waiting=9, sheets_stopped=Offline.code,
    )  # fmt: skip
    assert (
        "扫描件送出 3 页，781.2 KB。还有 9 页扫描件待送。连不上区中心"
        in told.outcome(with_scans).tip
    )
    assert told.outcome(with_scans).tip.count("连不上区中心") == 1
    assert told.outcome(failed("exchange_stopped")).text == "已停下"


def test_a_refused_entry_says_whose_why_and_what_to_do(tmp_path):
    station = a_station(a_district(), VILLAGE, tmp_path)
    states.refuse(station, a_case(station, name="覃小军"))
    (repair,) = repairs.listed(station.store)
    assert told.whose(repair) == "覃*军　就业创业证申领"
    assert told.step(repair) == "登记"
    assert told.why(repair) == "区中心没有收下：不属于本站辖区。"
    assert told.what_to_do(repair).startswith("这一件没有登记成。归本站办的，请更正后重新登记")
    station.store.close()


def test_an_act_that_another_was_faster_with_says_so(tmp_path):
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path / "a")
    beside = a_station(district, VILLAGE, tmp_path / "b")
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    subject = a_case(village)
    meet(village, beside, township)
    act(beside, subject, "forward")
    village.wall.turn(ms=1000)
    act(village, subject, "forward")
    carry(beside, village)
    (repair,) = repairs.listed(village.store)
    assert told.step(repair) == "转报"
    assert told.why(repair).startswith("这一步没有生效：")
    for station in (village, beside, township):
        station.store.close()


def test_of_what_is_not_here_it_says_that_nothing_is_known(tmp_path):
    station = a_station(a_district(), VILLAGE, tmp_path)
    states.refuse(station, Ref(station.device, 999))
    (repair,) = repairs.listed(station.store)
    assert told.whose(repair) == "内容不明的一条"
    assert told.step(repair) == "不明"
    station.store.close()
