"""A new password, typed twice."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.errors import DaibanError
from app.usecases import operators
from ui import wording
from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.password_edit import PasswordEdit


class NewPassword(QWidget):
    """Two fields that must say the same."""

    def __init__(self, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = PasswordEdit()
        self._again = PasswordEdit()
        self._first_field = Field(label or self.tr("新密码"), self._first)
        self._again_field = Field(self.tr("再输一次"), self._again)
        self._first_field.set_note(
            self.tr("至少 {n} 位，大小写有区别。用一句自己记得住的话最好。").format(
                n=operators.SHORTEST_PASSWORD
            )
        )
        column = look.column(Space.S, parent=self)
        column.addWidget(self._first_field)
        column.addWidget(self._again_field)
        self._first.left.connect(self._on_left)
        self.setFocusProxy(self._first)

    @property
    def editors(self) -> tuple[PasswordEdit, PasswordEdit]:
        return self._first, self._again

    def checked(self) -> str | None:
        """The password, or None after saying what is wrong."""
        if not self._check_first():
            self._first.setFocus()
            return None
        if self._again.text() != self._first.text():
            self._again_field.say(Mood.BAD, self.tr("两次输入的密码不一样，请再输一次。"))
            self._again.setFocus()
            return None
        self._again_field.quiet()
        return self._first.text()

    def complain(self, said: str) -> None:
        """What somebody else found wrong with it."""
        self._first_field.say(Mood.BAD, said)
        self._first.setFocus()

    def _on_left(self) -> None:
        if self._first.text():
            self._check_first()

    def _check_first(self) -> bool:
        try:
            operators.check_password(self._first.text())
        except DaibanError as error:
            self._first_field.say(Mood.BAD, wording.sentence_on_screen(error))
            return False
        self._first_field.quiet()
        return True
