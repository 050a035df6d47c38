"""The status bar: the printer and the last exchange stay, the keys go first where it is narrow."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.desktop import walks
from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.window.status_bar import StatusBar

EXCHANGED = "上次交换 09:42 · 上行 1.2 KB · 下行 640 字节"
KEYS = ["F1 帮助", "F2 登记", "F3 查找", "F5 立即交换", "F9 打印"]


@pytest.fixture
def bar(qtbot: QtBot) -> StatusBar:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.resize(1366, bar.height())
    bar.show()
    bar.show_printer(Mood.PLAIN, "柜台激光打印机")
    bar.show_exchange(EXCHANGED)
    return bar


def test_in_a_wide_window_all_stands_side_by_side(bar):
    assert [text for text in walks.texts(bar) if text] == ["柜台激光打印机", EXCHANGED, *KEYS]


@pytest.mark.parametrize("scale", look.SCALES)
def test_nothing_is_clipped_at_any_width(qapp, bar, scale):
    look.apply(qapp, "ordinary", scale)
    for width in range(480, 1400, 61):
        bar.resize(width, bar.height())
        assert walks.faults(bar) == []


def test_where_it_is_narrow_the_keys_go_and_the_rest_stays(bar):
    bar.resize(500, bar.height())
    shown = walks.texts(bar)
    assert "F9 打印" not in shown
    assert shown[:2] == ["柜台激光打印机", EXCHANGED]


def test_larger_type_leaves_out_whole_keys_and_cuts_none(qapp, qtbot, bar):
    bar.resize(900, bar.height())
    before = [text for text in KEYS if text in walks.texts(bar)]
    look.apply(qapp, "ordinary", 150)

    def left() -> list[str]:
        return [text for text in KEYS if text in walks.texts(bar)]

    qtbot.waitUntil(lambda: len(left()) < len(before))
    assert walks.faults(bar) == []


def test_a_longer_sentence_makes_room_for_itself(bar):
    bar.resize(900, bar.height())
    before = len(walks.texts(bar))
    bar.show_printer(Mood.INFO, "正在打印 收件回执 湖政服收A2〔2026〕17号，还有 12 份" * 2)
    assert len(walks.texts(bar)) < before
