"""Before somebody practises: their own password once more, and what practice is."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.staff import OperatorCard
from app.errors import DaibanError
from app.store.keyslots import WrongKey
from app.store.store import Store
from app.usecases import operators, practice
from ui import wording
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.practice.crossing import Enter
from ui.desktop.start.login import unlock_of
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.form_walk import FormWalk
from ui.desktop.widgets.password_edit import PasswordEdit


class EnterPractice(FormDialog):
    """Accepted when the practice store is there; `crossing_asked` of the desk says so."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        note = _tr(
            "窗口会换成练习用的，颜色不一样，顶上一直写着“练习模式”。"
            "正式的数据一点不动；练完按“退出练习”回来。"
        )
        super().__init__(_tr("进入练习模式"), _tr("进入练习"), parent, note=note)
        self._desk = desk
        self._password = PasswordEdit()
        self._field = Field(_asked_for(desk), self._password)
        self.add(self._field)
        self._walk = FormWalk(self, [self._password])
        self._walk.finished.connect(self.ok_requested)
        self.ok_requested.connect(self._on_ok)
        self._password.setFocus()

    def _on_ok(self) -> None:
        password = self._password.text()
        if not password:
            self._field.say(Mood.BAD, _tr("请输入密码。"))
            return
        operator = self._desk.operator
        self._field.say(Mood.INFO, _tr("正在准备练习数据，头一次要几秒钟…"))
        self.set_busy(True)
        self._desk.read(
            lambda store: _begun(store, operator, password), self._on_begun, self._on_failed
        )

    def _on_begun(self, enter: Enter) -> None:
        self.accept()
        self._desk.crossing_asked.emit(enter)

    def _on_failed(self, error: DaibanError) -> None:
        self.set_busy(False)
        said = wording.sentence_on_screen(error)
        self._field.say(Mood.BAD, _tr("密码不对。") if isinstance(error, WrongKey) else said)
        self._password.clear()
        self._password.setFocus()


def _asked_for(desk: Desk) -> str:
    """A small file, read at once, as the lock does it."""
    with suppress(DaibanError):
        if desk.operator.name not in operators.can_unlock(desk.folder):
            return _tr("设备口令")
    return _tr("{name}的密码").format(name=desk.operator.name)


def _begun(store: Store, operator: OperatorCard, password: str) -> Enter:
    """A station that has the device's passphrase and no passwords practises under that."""
    name = operator.name if operators.has_password(store, operator) else ""
    folder: Path = practice.start(store, unlock_of(name, password), by=operator)
    return Enter(folder=folder, name=name, password=password)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Practice", text)
