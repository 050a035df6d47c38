"""Third step: the centre is asked. What it refuses is said here, with a way on; nothing typed is lost."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import DaibanError
from app.store.keyslots import Unlock, WrongKey
from ui.desktop.look.mood import Mood
from ui.desktop.start.enrolling import Enrolling
from ui.desktop.start.frame import StartFrame
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.progress import Progress
from ui.desktop.widgets.text import Text

_OF_THE_CODE = frozenset(
    {"unknown_code", "code_used", "code_expired", "bad_enrolment_code", "other_station"}
)
"""Only another code helps."""


class AskingStep(StartFrame):
    """`code_wanted`, `password_wanted`: where somebody has to go back to (the second with the reason).

    `packet_wanted`: no line goes from here; a stick does.
    """

    code_wanted = Signal()
    password_wanted = Signal(str)
    packet_wanted = Signal()

    def __init__(self, enrolling: Enrolling, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_title(self.tr("向区中心登记"))
        self._enrolling = enrolling
        self._unlock = Unlock()
        self._progress = Progress()
        self._said = Banner(Mood.BAD, "")
        self._way_on = Text("")
        self._other_code = Button(self.tr("换一个登记码"), icon="arrow-left")
        self._by_packet = Button(self.tr("没有网络，用U盘登记"), icon="hard-drive")
        self._again = Button(self.tr("再试一次"), icon="rotate-ccw", kind=ButtonKind.PRIMARY)
        for part in (self._progress, self._said, self._way_on):
            self.add(part)
        self.add_way_back(self._other_code)
        self.add_action(self._by_packet)
        self.add_action(self._again)
        self._progress.cancelled.connect(self._on_cancelled)
        self._again.clicked.connect(lambda: self.ask(self._unlock))
        self._other_code.clicked.connect(self.code_wanted)
        self._by_packet.clicked.connect(self.packet_wanted)
        enrolling.refused.connect(self._on_refused)

    def ask(self, unlock: Unlock) -> None:
        assert self._enrolling.code is not None
        self._unlock = unlock
        self._show_trying()
        self._enrolling.enrol(unlock)

    def _show_trying(self) -> None:
        self._progress.show_progress(
            self.tr("正在联系区中心"),
            None,
            self.tr("网络慢的时候要等一两分钟"),
        )
        self._progress.show()
        for part in (self._said, self._way_on, self._other_code, self._by_packet, self._again):
            part.hide()

    def _on_cancelled(self) -> None:
        self._enrolling.cancel()
        self._show_refusal(
            Mood.INFO,
            self.tr("已停下来，还没有登记。"),
            self.tr("刚才填的都还在。可以再试一次，也可以关掉程序以后再来：用同一个登记码接着办。"),
        )

    def _on_refused(self, error: DaibanError, said: str) -> None:
        if isinstance(error, WrongKey):
            self.password_wanted.emit(said)
            return
        if error.code in _OF_THE_CODE:
            way_on = self.tr(
                "请打电话给区中心，说明站点名称，要一个新的登记码，再点“换一个登记码”。"
            )
        else:
            way_on = self.tr(
                "刚才填的都还在。可以再试一次，也可以关掉程序以后再来：用同一个登记码接着办。"
            )
        self._show_refusal(Mood.BAD, said, way_on)
        self._again.setVisible(error.code not in _OF_THE_CODE)
        self._by_packet.setVisible(error.code == "offline")

    def _show_refusal(self, mood: Mood, said: str, way_on: str) -> None:
        self._progress.hide()
        self._said.say(mood, said)
        self._way_on.set_text(way_on)
        for part in (self._said, self._way_on, self._other_code, self._again):
            part.show()
        self._again.setFocus()
