"""A field for a password, which can be looked at for a moment."""

from __future__ import annotations

from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Size, Space
from ui.desktop.widgets.button import IconButton
from ui.desktop.widgets.line_edit import LineEdit


class PasswordEdit(LineEdit):
    """Hidden again when the field is left."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent=parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = IconButton("eye", self.tr("显示密码"), parent=self)
        self._eye.clicked.connect(self._on_eye_clicked)

    def is_shown(self) -> bool:
        return self.echoMode() is QLineEdit.EchoMode.Normal

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        place_at_end(self, self._eye)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self._eye.hasFocus():
            self._show(shown=False)

    def _on_eye_clicked(self) -> None:
        self._show(shown=not self.is_shown())
        self.setFocus()
        self.deselect()

    def _show(self, *, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        self._eye.set_icon("eye-off" if shown else "eye")
        self._eye.set_name(self.tr("隐藏密码") if shown else self.tr("显示密码"))

    @override
    def _tail(self) -> int:
        return look.current().px(Size.SMALL_CONTROL - Space.XS)


def place_at_end(field: QWidget, button: IconButton) -> None:
    """Lay a small button into the right end of a field."""
    side = look.current().px(Size.SMALL_CONTROL)
    gap = (field.height() - side) // 2
    button.setGeometry(field.width() - side - gap, gap, side, side)
