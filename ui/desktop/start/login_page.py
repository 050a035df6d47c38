"""A name, a password, Enter: at the start, behind the lock, and when somebody else sits down."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import TextKind
from ui.desktop.start.frame import StartFrame
from ui.desktop.start.login import PasswordCheck
from ui.desktop.start.people import People
from ui.desktop.widgets.button import Button, ButtonKind, ButtonSize
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.password_edit import PasswordEdit
from ui.desktop.widgets.text import Text

_SECOND_MS = 1_000


class LoginPage(StartFrame):
    """`went_back`: nobody sits down after all (Esc), where that is offered."""

    went_back = Signal()

    def __init__(self, check: PasswordCheck, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._check = check
        self._wait_s = 0
        self._can_go_back = False
        self._knows_names = True
        self._entered_early = False
        self._people = People()
        self._who = Text(self.tr("姓名"), TextKind.SECONDARY)
        self._password = PasswordEdit()
        self._field = Field(self.tr("密码"), self._password)
        self._enter = Button("", kind=ButtonKind.PRIMARY, size=ButtonSize.LARGE)
        self._back = Button(self.tr("返回"), icon="arrow-left", shown_key="Esc")
        self._clock = QTimer(self)
        self._clock.setInterval(_SECOND_MS)
        for part in (self._who, self._people, self._field):
            self.add(part)
        self.add_way_back(self._back)
        self.add_action(self._enter)
        self._connect()

    def _connect(self) -> None:
        self._people.chosen.connect(self._on_person)
        self._people.entered.connect(self._password.setFocus)
        self._password.entered.connect(self._on_enter)
        self._enter.clicked.connect(self._on_enter)
        self._back.clicked.connect(self.went_back)
        self._clock.timeout.connect(self._on_second)
        self._check.trying.connect(self._on_trying)
        self._check.refused.connect(self._on_refused)

    # --- what it is for this time -----------------------------------------------------------------

    def wait_for_names(self) -> None:
        """At the start, before it is known who works here: the password can be typed already."""
        self.set_title(self.tr("登录"))
        self._begin([], "", self.tr("登录"), can_go_back=False)
        self._people.show_people([])
        for part in (self._who, self._people):
            part.show()
        self._field.set_label(self.tr("密码"))
        self._knows_names = False

    def welcome(self, names: list[str]) -> None:
        """At the start. What was typed before the names were known counts."""
        typed, entered = self._password.text(), self._entered_early
        self.set_title(self.tr("登录"))
        self._begin(names, "", self.tr("登录"), can_go_back=False)
        self._password.setText(typed)
        if entered:
            self._on_enter()

    def guard(self, names: list[str], operator: str) -> None:
        """Behind the lock."""
        note = self.tr("输入密码接着办；换一个人，就选姓名再输密码。")
        self.set_title(self.tr("屏幕已锁定"), note)
        self._begin(names, operator, self.tr("解锁"), can_go_back=False)

    def replace(self, names: list[str], operator: str) -> None:
        """Somebody else may sit down; whoever sits there now may stay."""
        note = self.tr("没办完的登记会留给原来的人，程序不用关。")
        self.set_title(self.tr("换人"), note)
        others = [name for name in names if name != operator]
        self._begin(names, others[0] if others else operator, self.tr("换人"), can_go_back=True)

    def _begin(self, names: list[str], chosen: str, enter: str, *, can_go_back: bool) -> None:
        self._enter_text = enter
        self._can_go_back = can_go_back
        self._people.show_people(names, chosen)
        for part in (self._who, self._people):
            part.setVisible(bool(names))
        self._field.set_label(self.tr("密码") if names else self.tr("设备口令"))
        self._back.setVisible(can_go_back)
        self._knows_names = True
        self._entered_early = False
        self._password.clear()
        self._field.quiet()
        self._allow()
        self.focus_first()

    @override
    def focus_first(self) -> None:
        self._password.setFocus()

    # --- trying -----------------------------------------------------------------------------------

    def _on_person(self) -> None:
        self._password.clear()
        self._field.quiet()
        self._password.setFocus()

    def _on_enter(self) -> None:
        if not self._knows_names:
            self._entered_early = True
            return
        if not self._enter.isEnabled():
            return
        if not self._password.text():
            self._field.say(Mood.BAD, self.tr("请输入密码。"))
            self._password.setFocus()
            return
        self._check.try_password(self._people.name(), self._password.text())

    def _on_trying(self) -> None:
        self._enter.setEnabled(False)
        self._password.setReadOnly(True)
        self._field.say(Mood.INFO, self.tr("正在打开…"))

    def _on_refused(self, said: str, wait_s: int) -> None:
        self._said = said
        self._password.clear()
        self._wait_s = wait_s
        if wait_s:
            self._tell_wait()
            self._clock.start()
        else:
            self._allow()
            self._field.say(Mood.BAD, said)
            self._password.setFocus()

    def _on_second(self) -> None:
        self._wait_s -= 1
        if self._wait_s > 0:
            self._tell_wait()
            return
        self._allow()
        self._field.say(Mood.BAD, self._said)
        self._password.setFocus()

    def _tell_wait(self) -> None:
        self._field.say(
            Mood.BAD,
            self.tr("{said}请等 {n} 秒再试。").format(said=self._said, n=self._wait_s),
        )

    def _allow(self) -> None:
        self._clock.stop()
        self._enter.setEnabled(True)
        self._password.setReadOnly(False)
        self._enter.set_text(self._enter_text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._can_go_back:
            self.went_back.emit()
            return
        super().keyPressEvent(event)
