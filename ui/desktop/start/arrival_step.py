"""Last step: the first exchange brings catalogue and calendar; nobody has to wait for it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui import wording
from ui.desktop import words
from ui.desktop.exchanging import Exchanger, ExchangeState, Reach
from ui.desktop.look.mood import Mood
from ui.desktop.start.clock_words import clock_words
from ui.desktop.start.frame import StartFrame
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind, ButtonSize
from ui.desktop.widgets.progress import Progress
from ui.desktop.widgets.text import Text


class ArrivalStep(StartFrame):
    """`entered`: to the desk."""

    entered = Signal()

    def __init__(
        self,
        station: str,
        exchanger: Exchanger,
        *,
        has_catalogue: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.set_title(
            self.tr("登记好了"),
            self.tr("这台电脑现在是“{station}”的设备。").format(station=station),
        )
        self._exchanger = exchanger
        self._has_catalogue = has_catalogue
        self._progress = Progress()
        self._outcome = Banner(Mood.INFO, "")
        self._clock = Banner(Mood.WARN, "")
        self._note = Text("")
        self._again = Button(self.tr("再试一次"), icon="rotate-ccw")
        self._enter = Button(
            self.tr("进入工作台"), kind=ButtonKind.PRIMARY, size=ButtonSize.LARGE, icon="house"
        )
        for part in (self._progress, self._outcome, self._clock, self._note):
            self.add(part)
        self.add_action(self._again)
        self.add_action(self._enter)
        self._clock.hide()
        self._again.clicked.connect(exchanger.exchange_now)
        self._enter.clicked.connect(self.entered)
        self._progress.let_be()
        exchanger.changed.connect(self._on_changed)
        self._on_changed(exchanger.state)

    @override
    def focus_first(self) -> None:
        self._enter.setFocus()

    def _on_changed(self, state: ExchangeState) -> None:
        waiting = state.working or state.reach is Reach.UNTRIED
        self._progress.setVisible(waiting)
        self._outcome.setVisible(not waiting)
        self._again.setVisible(not waiting and state.reach is not Reach.ONLINE)
        if waiting:
            self._show_progress(state)
        elif state.reach is Reach.ONLINE:
            self._outcome.say(Mood.GOOD, self.tr("事项目录和日历已经取到，可以办件了。"))
            self._note.set_text("")
            self._show_clock(state)
        else:
            self._show_no_line(state)

    def _show_no_line(self, state: ExchangeState) -> None:
        if self._has_catalogue:
            self._outcome.say(Mood.GOOD, self.tr("事项目录和日历已随答复收到，可以办件了。"))
            self._note.set_text(
                self.tr("现在连不上区中心。办的件照常存在本机，在“同步”页写成数据包，用U盘带去。")
            )
        else:
            said = wording.sentence_on_screen(state.error) if state.error else ""
            self._outcome.say(Mood.WARN, said)
            self._note.set_text(
                self.tr("事项目录还没有取到，要等联系上区中心才能登记办件。程序会自动再试。")
            )

    def _show_progress(self, state: ExchangeState) -> None:
        got = state.progress
        left = (
            self.tr("已收到 {n} 条，{size}").format(
                n=f"{got.received:,}", size=words.size(got.bytes_down)
            )
            if got
            else ""
        )
        if got and got.unread:
            left += self.tr("，还有 {n} 件要整理进列表").format(n=f"{got.unread:,}")
        self._progress.show_progress(self.tr("正在取事项目录和日历"), None, left)
        self._note.set_text(self.tr("不用等它，进去以后会在后台继续。"))

    def _show_clock(self, state: ExchangeState) -> None:
        said = clock_words(state.report.clock_off_s) if state.report else ""
        self._clock.setVisible(bool(said))
        if said:
            self._clock.say(Mood.WARN, said)
