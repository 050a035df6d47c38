"""Second step: who is the station's head, and the password that the data of this computer stands under."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.errors import DaibanError
from app.store.keyslots import Unlock
from app.usecases import operators
from ui import wording
from ui.desktop.look.mood import Mood
from ui.desktop.pages.settings.new_password import NewPassword
from ui.desktop.start.frame import StartFrame
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.form_walk import FormWalk
from ui.desktop.widgets.line_edit import LineEdit


class HeadStep(StartFrame):
    """`decided` carries the Unlock; `went_back`: another code after all."""

    decided = Signal(object)
    went_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_title(
            self.tr("负责人和密码"),
            self.tr("负责人管这台电脑：添加操作员，替人重设密码。以后每天用这个姓名和密码登录。"),
        )
        self._name = LineEdit(self.tr("真实姓名"))
        self._name_field = Field(self.tr("姓名"), self._name)
        self._password = NewPassword(self.tr("密码"))
        self._why = Banner(
            Mood.INFO,
            self.tr("这台电脑上的办件都加密存放，只有输入密码才能打开。请记牢，不要贴在桌上。"),
        )
        self._back = Button(self.tr("上一步"), icon="arrow-left")
        self._next = Button(self.tr("登记"), kind=ButtonKind.PRIMARY)
        for part in (self._name_field, self._password, self._why):
            self.add(part)
        self.add_way_back(self._back)
        self.add_action(self._next)
        self._walk = FormWalk(self, [self._name, *self._password.editors])
        self._walk.finished.connect(self._on_next)
        self._name.left.connect(self._on_name_left)
        self._next.clicked.connect(self._on_next)
        self._back.clicked.connect(self.went_back)

    @override
    def focus_first(self) -> None:
        (self._password if self._name.text() else self._name).setFocus()

    def set_name(self, name: str) -> None:
        self._name.setText(name)

    def complain_of_password(self, said: str) -> None:
        """The folder is under another password already."""
        self._password.complain(said)

    def _on_next(self) -> None:
        name = self._checked_name()
        if name is None:
            self._name.setFocus()
            return
        password = self._password.checked()
        if password is not None:
            self.decided.emit(Unlock(operator=name, password=password))

    def _on_name_left(self) -> None:
        if self._name.text().strip():
            self._checked_name()

    def _checked_name(self) -> str | None:
        try:
            name = operators.checked_name(self._name.text())
        except DaibanError as error:
            said = wording.sentence_on_screen(error) if self._name.text() else self.tr("请填姓名。")
            self._name_field.say(Mood.BAD, said)
            return None
        self._name_field.quiet()
        return name
