"""What only shows: chips, pills, banners, clocks, timelines, progress, elided text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from tests.ui.desktop.widgets.showing import a_window, show
from ui.desktop import look
from ui.desktop.look import Mood
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.chip import Chip
from ui.desktop.widgets.clock_bar import ClockBar
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.pill import Pill
from ui.desktop.widgets.progress import Progress
from ui.desktop.widgets.spinner import Spinner
from ui.desktop.widgets.text import Elided, Text
from ui.desktop.widgets.timeline import Step, Timeline


def share_of(widget, colour) -> float:
    """How far to the right a colour reaches in the lowest quarter of a widget."""
    picture = widget.grab().toImage()
    y = picture.height() - 4
    reached = [
        x
        for x in range(picture.width())
        if QColor(picture.pixelColor(x, y)).name().upper() == colour
    ]
    return (max(reached) + 1) / picture.width() if reached else 0.0


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
def test_a_clock_shows_its_share(qtbot, share):
    bar = ClockBar()
    bar.show_clock("承诺 21 个工作日", "剩余 3", share, Mood.BAD, "2026年12月21日")
    bar.resize(400, bar.sizeHint().height())
    show(qtbot, bar)
    assert share_of(bar, look.current().tone(Mood.BAD).ink) == pytest.approx(share, abs=0.02)
    assert bar.accessibleName() == "承诺 21 个工作日 剩余 3"
    assert "2026年12月21日" in bar.toolTip()


def test_what_does_not_fit_is_shortened_and_told_whole(qtbot):
    label = Elided("阿卜杜热西提·麦麦提图尔荪江")
    label.resize(label.sizeHint())
    show(qtbot, label)
    assert label.toolTip() == ""
    label.resize(60, 30)
    assert label.toolTip() == "阿卜杜热西提·麦麦提图尔荪江"


def test_text_is_never_taken_for_markup(qtbot):
    text = Text("<b>韦</b> & 妹")
    qtbot.addWidget(text)
    assert text.textFormat() is Qt.TextFormat.PlainText


def test_a_mood_is_told_by_word_and_shape_beside_its_colour(qtbot):
    icons = set()
    for mood in Mood:
        chip = Chip("今天到期", mood)
        qtbot.addWidget(chip)
        assert chip.accessibleName() == "今天到期"
        icons.add(chip.sizeHint().width())
    assert len(icons) == 2  # with an icon, and the plain one without


def test_a_chip_that_is_too_narrow_tells_its_word(qtbot):
    chip = Chip("剩余 3 个工作日", Mood.GOOD)
    show(qtbot, chip)
    chip.resize(60, 26)
    chip.grab()
    assert chip.toolTip() == "剩余 3 个工作日"


def test_a_pill_is_pressed_and_says_what_it_is_about(qtbot):
    pill = Pill("离线 · 待上报 3", Mood.PAUSED, "cloud-off", name="与区中心")
    show(qtbot, pill)
    assert pill.accessibleName() == "与区中心 离线 · 待上报 3"
    with qtbot.waitSignal(pill.clicked):
        qtbot.keyClick(pill, Qt.Key.Key_Space)
    pill.say(Mood.GOOD, "在线 · 已全部上报", "cloud")
    assert pill.accessibleName() == "与区中心 在线 · 已全部上报"


def test_a_banner_acts_and_can_be_closed(qtbot):
    banner = Banner(Mood.BAD, "打印机没有纸。", "补打", closable=True)
    a_window(qtbot, banner)
    act, close = banner.findChildren(Button)
    with qtbot.waitSignal(banner.acted):
        act.click()
    with qtbot.waitSignal(banner.closed):
        close.click()
    assert not banner.isVisible()
    banner.say(Mood.GOOD, "打好了。")
    assert not act.isVisibleTo(banner)


def test_a_long_banner_is_shown_whole(qtbot):
    banner = Banner(Mood.WARN, "缺 1 件必备材料：可以先登记并收件。" * 6, "比对")
    a_window(qtbot, banner, width=320)
    text = banner.findChild(Text)
    assert isinstance(text, Text)
    assert text.height() >= text.heightForWidth(text.width())


def test_an_empty_place_says_what_to_press(qtbot):
    empty = EmptyState("folder-open", "还没有办件", "会出现在这里。", "登记新办件", shown_key="F2")
    show(qtbot, empty)
    (button,) = empty.findChildren(Button)
    assert "F2" in button.toolTip()
    with qtbot.waitSignal(empty.acted):
        button.click()
    empty.say("search", "没有找到")
    assert not button.isVisible()


def test_a_timeline_shows_its_steps_in_order_and_whole(qtbot):
    steps = [
        Step(title="登记收件", when="11-20 09:12", text="湖塘村 · 值班代办员 · 缺 1 件" * 5),
        Step(title="补正告知", text="没有生效", mood=Mood.WARN),
    ]
    timeline = Timeline()
    timeline.show_steps(steps)
    a_window(qtbot, timeline, width=240)
    words = [text.text() for text in timeline.findChildren(Text)]
    assert words == ["登记收件", "11-20 09:12", steps[0].text, "补正告知", "没有生效"]
    for text in timeline.findChildren(Text):
        assert text.height() >= text.heightForWidth(text.width())
    timeline.show_steps(steps[:1])
    assert timeline.steps() == steps[:1]


def test_progress_says_what_how_much_is_left_and_can_be_stopped(qtbot):
    progress = Progress()
    a_window(qtbot, progress)
    progress.show_progress("正在备份", 0.42, "还剩 3 分钟")
    assert progress.accessibleName() == "正在备份 还剩 3 分钟"
    stop = progress.findChild(Button)
    assert isinstance(stop, Button)
    with qtbot.waitSignal(progress.cancelled):
        stop.click()
    progress.finish(Mood.GOOD, "备份好了。")
    assert progress.accessibleName() == "备份好了。"
    assert not stop.isVisible()


def test_a_spinner_turns_only_while_it_is_asked_to(qtbot):
    spinner = Spinner()
    show(qtbot, spinner)
    still = spinner.grab().toImage()
    spinner.start()
    qtbot.waitUntil(lambda: spinner.grab().toImage() != still)
    spinner.stop()
    assert spinner.grab().toImage() == still


def test_a_card_without_a_title_has_no_empty_row(qtbot):
    bare, titled = Card(), Card("经过")
    for card in (bare, titled):
        card.add(Text("字"))
        qtbot.addWidget(card)
    assert titled.sizeHint().height() > bare.sizeHint().height()
    bare.set_title("经过")
    assert titled.sizeHint().height() == bare.sizeHint().height()


def test_steps_of_one_day_stand_under_its_name(qtbot):
    timeline = Timeline()
    timeline.show_steps(
        [
            Step(title="登记", day="11-19 周四"),
            Step(title="转报", day="11-19 周四"),
            Step(title="接收", day="今天"),
        ]
    )
    a_window(qtbot, timeline, width=240)
    words = [text.text() for text in timeline.findChildren(Text)]
    assert words == ["11-19 周四", "登记", "转报", "今天", "接收"]
