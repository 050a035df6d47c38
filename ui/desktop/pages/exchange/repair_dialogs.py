"""Why something refused is not pursued, and what is handed to the district about it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.domain.names import plain_lines
from app.errors import DaibanError
from ui import wording
from ui.desktop import look
from ui.desktop.look import Mood, Space
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.text import Text
from ui.desktop.widgets.text_area import TextArea


class WithdrawRefusedDialog(FormDialog):
    """`given` carries the reason; whoever made it accepts when it is kept."""

    given = Signal(str)

    def __init__(self, whose: str, *, registration: bool, parent: QWidget | None = None) -> None:
        note = (
            _tr("这一件不再登记，申请人手里的收件回执作废，请收回。记录和原因留在这台电脑上。")
            if registration
            else _tr("这一步不再办，办件停在这一步以前。记录和原因留在这台电脑上。")
        )
        super().__init__(
            _tr("撤回“{whose}”").format(whose=whose), _tr("撤回"), parent,
            kind=ButtonKind.DANGER, note=note,
        )  # fmt: skip
        self.reason = TextArea(_tr("如：申请人改到穿山街道办"), lines=2)
        self._field = Field(_tr("原因"), self.reason)
        self.add(self._field)
        self.ok_requested.connect(self._on_ok)

    def refuse(self, error: DaibanError) -> None:
        self.set_busy(False)
        self.say(Mood.BAD, wording.sentence_on_screen(error))

    def _on_ok(self) -> None:
        reason = plain_lines(self.reason.text())
        if not reason:
            self._field.say(Mood.BAD, _tr("请写为什么撤回。"))
            self.reason.setFocus()
            return
        self.set_busy(True)
        self.given.emit(reason)


class AskDistrictDialog(FormDialog):
    """A text that goes to the district by whatever way there is."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(
            _tr("请区中心处理"), _tr("知道了"), parent,
            note=_tr("把下面的文字发给区中心，或者在电话里念给他们。里面没有证件号码，姓名不全。"),
        )  # fmt: skip
        self.copy = Button(_tr("复制文字"), icon="copy")
        self.copy.clicked.connect(self._on_copy)
        self._text = text
        row = look.row(Space.S)
        row.addWidget(self.copy)
        row.addStretch(1)
        self.add(Text(text))
        self.add(row)
        self.no.hide()
        self.ok_requested.connect(self.accept)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.say(Mood.GOOD, _tr("已复制，可以粘贴到别处。"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("RepairDialogs", text)
