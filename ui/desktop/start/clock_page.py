"""The clock is earlier than the last entry: before anything is dated by it, somebody says which is right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop import words
from ui.desktop.look.mood import Mood
from ui.desktop.start import date_settings
from ui.desktop.start.frame import StartFrame
from ui.desktop.start.seat import AheadOf
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.text import Text


class ClockPage(StartFrame):
    """`confirmed`: the date is right as it is; `looked`: it was set, look again."""

    confirmed = Signal()
    looked = Signal()

    def __init__(self, ahead: AheadOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_title(self.tr("请核对电脑的日期"))
        self._said = Banner(Mood.WARN, "")
        self._why = Text(
            self.tr(
                "期限和文书上的日期都按电脑的日期。日期错了，打出来的回执就是错的，所以要先弄清楚。"
                "电脑里的小电池没电以后，日期常常会变回从前。"
            )
        )
        self._how = Text(
            self.tr(
                "请在系统的“设置”里校准日期和时间，或者请技术人员帮忙，然后点“已校准，再看一次”。"
            )
        )
        self._outcome = Banner(Mood.BAD, "")
        self._outcome.hide()
        self._right = Button(self.tr("现在的日期是对的"))
        self._set = Button(self.tr("去校准"), icon="clock")
        self._look = Button(self.tr("已校准，再看一次"), icon="rotate-ccw", kind=ButtonKind.PRIMARY)
        self.add(self._said)
        self.add(self._why)
        self.add(self._how)
        self.add(self._outcome)
        self.add_way_back(self._right)
        self.add_action(self._set)
        self.add_action(self._look)
        self._set.setVisible(date_settings.can_open())
        self._right.clicked.connect(self.confirmed)
        self._set.clicked.connect(date_settings.open_them)
        self._look.clicked.connect(self.looked)
        self.show_ahead(ahead)

    def show_ahead(self, ahead: AheadOf) -> None:
        self._said.say(
            Mood.WARN,
            self.tr("电脑上今天是{today}，可是本机最后一次办理是{last}。").format(
                today=words.day(ahead.today), last=words.day(ahead.last)
            ),
        )

    def show_still_ahead(self, ahead: AheadOf) -> None:
        """It was looked at again, and is no better."""
        self.show_ahead(ahead)
        self.complain(self.tr("日期还没有变。请先校准，再看一次。"))

    def complain(self, said: str) -> None:
        self._outcome.say(Mood.BAD, said)
        self._outcome.show()

    @override
    def focus_first(self) -> None:
        self._look.setFocus()
