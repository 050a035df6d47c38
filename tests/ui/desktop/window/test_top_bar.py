"""The top bar says as much as there is room for, and never clips; the pill is quiet."""

from __future__ import annotations

import time
from datetime import date

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sync.refusals import Offline
from tests.ui.desktop import walks
from tests.ui.desktop.desks import SomeDesk
from tests.ui.desktop.window.windows import NARROW, OFFERED
from ui.desktop import look
from ui.desktop.exchanging import ExchangeState, Reach
from ui.desktop.window.acts import WindowAct
from ui.desktop.window.exchange_pill import ExchangePill
from ui.desktop.window.operator_pill import OperatorPill
from ui.desktop.window.palette import Palette
from ui.desktop.window.presenter import Today
from ui.desktop.window.top_bar import TopBar

FRIDAY = Today(day=date(2026, 11, 20), workday=True, published=True)
OFFLINE = ExchangeState(
    reach=Reach.OFFLINE, pending=3, since_ms=time.time_ns() // 1_000_000, error=Offline()
)


@pytest.fixture
def bar(qtbot: QtBot, some_desk: SomeDesk) -> TopBar:
    bar = TopBar("湖塘村政务服务站", Palette(some_desk.desk, OFFERED))
    qtbot.addWidget(bar)
    bar.show_today(FRIDAY)
    bar.show_exchange(OFFLINE)
    bar.show_operator("韦代办")
    bar.resize(1366, bar.height())
    bar.show()
    return bar


def shown_text(bar: TopBar) -> str:
    """Everything that can be read on it."""
    return " ".join(
        widget.text()
        for widget in bar.findChildren(QWidget)
        if hasattr(widget, "text") and widget.isVisible() and not isinstance(widget, Palette)
    )


@pytest.mark.parametrize(
    ("day", "workday", "remark"),
    [
        (date(2026, 11, 20), True, "11月20日 周五 · 工作日"),
        (date(2026, 11, 21), False, "11月21日 周六 · 休息日"),
        (date(2026, 10, 10), True, "10月10日 周六 · 调休上班"),
        (date(2026, 10, 1), False, "10月1日 周四 · 放假"),
    ],
)
def test_today_has_its_working_day_remark(bar, day, workday, remark):
    bar.show_today(Today(day=day, workday=workday, published=True))
    assert remark in shown_text(bar)


def test_a_year_that_nobody_has_published_says_so_in_the_tooltip(bar):
    bar.show_today(Today(day=date(2027, 1, 4), workday=True, published=False))
    tips = [widget.toolTip() for widget in bar.findChildren(QWidget)]
    assert any("还没有收到" in tip for tip in tips)


def test_all_is_said_where_there_is_room(bar):
    for words in ("湖塘村政务服务站", "离线 · 待上报 3", "11月20日 周五 · 工作日", "韦代办"):
        assert words in shown_text(bar)


@pytest.mark.parametrize("scale", look.SCALES)
def test_it_never_clips_at_any_width(qapp, qtbot, some_desk, scale):
    look.apply(qapp, "ordinary", scale)
    bar = TopBar("桂林市七星区朝阳乡湖塘村政务服务站", Palette(some_desk.desk, OFFERED))
    qtbot.addWidget(bar)
    bar.show_operator("阿卜杜热合曼·买买提")
    bar.show_today(FRIDAY)
    bar.show_exchange(OFFLINE)
    bar.show()
    for width in range(bar.minimumSizeHint().width(), 1500, 43):
        bar.resize(width, bar.height())
        assert walks.faults(bar) == []


@pytest.mark.parametrize("scale", look.SCALES)
def test_it_can_be_as_narrow_as_the_window_has_to_work_in(qapp, bar, scale):
    look.apply(qapp, "ordinary", scale)
    assert bar.minimumSizeHint().width() < NARROW[0]


def test_what_waits_to_be_sent_is_said_longer_than_the_day_or_the_name(bar):
    bar.resize(700, bar.height())
    assert "离线 3" in shown_text(bar)
    assert "11月" not in shown_text(bar)


def test_what_is_not_written_is_in_the_tooltip_and_for_the_screen_reader(bar):
    bar.resize(640, bar.height())
    pill, operator = walks.the(ExchangePill, bar), walks.the(OperatorPill, bar)
    assert "待上报 3" in pill.accessibleName()
    assert "网络恢复后自动上报" in pill.toolTip()
    assert "韦代办" in operator.accessibleName()


def test_a_longer_state_makes_room_for_itself(bar):
    bar.show_exchange(ExchangeState(reach=Reach.ONLINE))
    assert "在线 · 已全部上报" in shown_text(bar)
    assert walks.clipped(bar) == []


def test_a_quick_exchange_does_not_flicker(bar):
    pill = walks.the(ExchangePill, bar)
    before = pill.text()
    bar.show_exchange(ExchangeState(reach=Reach.OFFLINE, working=True, pending=3))
    assert pill.text() == before
    bar.show_exchange(ExchangeState(reach=Reach.ONLINE))
    assert pill.text() == "在线 · 已全部上报"
    assert not any(timer.isActive() for timer in pill.findChildren(QTimer))


def test_a_long_exchange_is_told(qtbot, bar):
    pill = walks.the(ExchangePill, bar)
    bar.show_exchange(ExchangeState(reach=Reach.OFFLINE, working=True, pending=3))
    qtbot.waitUntil(lambda: pill.text() == "正在交换…")


def test_the_pill_leads_to_the_exchange(qtbot, bar):
    with qtbot.waitSignal(bar.exchange_opened):
        walks.the(ExchangePill, bar).click()


def test_the_operators_menu_has_what_one_may_do_about_it(qtbot, bar):
    menu = walks.the(OperatorPill, bar).menu_shown()
    assert [action.text().split("\t")[0] for action in menu.actions()] == [
        "换人",
        "锁屏",
        "修改密码",
    ]
    for action, act in zip(
        menu.actions(),
        (WindowAct.SWITCH, WindowAct.LOCK, WindowAct.CHANGE_PASSWORD),
        strict=True,
    ):
        with qtbot.waitSignal(bar.act_chosen) as chosen:
            action.trigger()
        assert chosen.args == [act]
