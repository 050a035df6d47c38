"""The passphrase that opens the backups which are made from now on."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.errors import DaibanError
from app.usecases import backups
from app.usecases.operators import PasswordTooShort
from ui import wording
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import TextKind
from ui.desktop.pages.settings.new_password import NewPassword
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.form_walk import FormWalk
from ui.desktop.widgets.text import Text


class BackupPassphrase(FormDialog):
    """Accepted when it is set. It is typed when a backup is restored, and never to make one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_tr("设备份口令"), _tr("设好"), parent)
        self._desk = desk
        self.add(
            Text(
                _tr(
                    "恢复备份的时候要输入这个口令。请写下来，和 U 盘分开放。"
                    "以后做备份不用再输；改了口令，以前的备份还是用以前的。"
                ),
                TextKind.SECONDARY,
            )
        )
        self.passphrase = NewPassword(_tr("备份口令"))
        self.add(self.passphrase)
        self._walk = FormWalk(self, [*self.passphrase.editors])
        self._walk.finished.connect(self.ok_requested)
        self.ok_requested.connect(self._on_ok)
        self.passphrase.setFocus()

    def _on_ok(self) -> None:
        typed = self.passphrase.checked()
        if typed is None:
            return
        self.set_busy(True)
        by = self._desk.operator
        self._desk.read(
            lambda store: backups.set_passphrase(store, typed, by=by),
            lambda _: self._on_set(),
            self._on_failed,
        )

    def _on_set(self) -> None:
        self._desk.say(Mood.GOOD, _tr("备份口令设好了。"))
        self._desk.changed.emit()
        self.accept()

    def _on_failed(self, error: DaibanError) -> None:
        self.set_busy(False)
        if isinstance(error, PasswordTooShort):
            self.passphrase.complain(wording.sentence_on_screen(error))
        else:
            self.say(Mood.BAD, wording.sentence_on_screen(error))


def _tr(text: str) -> str:
    return QCoreApplication.translate("backup", text)
