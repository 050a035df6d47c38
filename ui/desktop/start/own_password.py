"""Somebody changes their own password."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.errors import DaibanError
from app.store.keyslots import WrongKey
from app.usecases import operators
from ui import wording
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.pages.settings.new_password import NewPassword
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.form_walk import FormWalk
from ui.desktop.widgets.password_edit import PasswordEdit


class OwnPassword(FormDialog):
    """Done when it is accepted."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        note = QCoreApplication.translate(
            "OwnPassword", "{name}的密码。改好以后，登录和解锁都用新的。"
        )
        super().__init__(
            QCoreApplication.translate("OwnPassword", "修改密码"),
            QCoreApplication.translate("OwnPassword", "修改密码"),
            parent,
            note=note.format(name=desk.operator.name),
        )
        self._desk = desk
        self._old = PasswordEdit()
        self._old_field = Field(self.tr("现在的密码"), self._old)
        self._new = NewPassword()
        self.add(self._old_field)
        self.add(self._new)
        self._walk = FormWalk(self, [self._old, *self._new.editors])
        self._walk.finished.connect(self.ok_requested)
        self.ok_requested.connect(self._on_ok)
        self._old.setFocus()

    def _on_ok(self) -> None:
        new = self._new.checked()
        if new is None:
            return
        old, operator = self._old.text(), self._desk.operator
        self.set_busy(True)
        self._desk.read(
            lambda store: operators.change_password(store, operator, old=old, new=new),
            self._on_changed,
            self._on_failed,
        )

    def _on_changed(self, _: None) -> None:
        self._desk.say(Mood.GOOD, self.tr("密码已经改好。"))
        self.accept()

    def _on_failed(self, error: DaibanError) -> None:
        self.set_busy(False)
        if isinstance(error, WrongKey):
            self._old_field.say(Mood.BAD, self.tr("现在的密码不对。"))
            self._old.clear()
            self._old.setFocus()
        else:
            self.say(Mood.BAD, wording.sentence_on_screen(error))
