"""On the way up and back: forward, return to another authority, refuse to accept."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.events import ReturnReason
from ui.desktop.look.mood import Mood
from ui.desktop.pages.cases.forms.base import ActDialog
from ui.desktop.pages.cases.sheet import CaseSheet
from ui.desktop.widgets.button import ButtonKind
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.text_area import TextArea


class ForwardDialog(ActDialog):
    """转报."""

    def __init__(self, sheet: CaseSheet, parent: QWidget | None = None) -> None:
        super().__init__(sheet, self.tr("转报"), self.tr("转报"), parent)
        self.note = TextArea(self.tr("如：家属已在外地，请电话联系"), lines=2)
        self._lay_out(Field(self.tr("给办理机关的话"), self.note, optional=True))
        if sheet.missing:
            names = "、".join(sheet.missing)
            text = self.tr("还缺：{names}。也可以先转报，办理机关可能会要求补正。")
            self.say(Mood.WARN, text.format(names=names))

    @override
    def facts(self) -> dict[str, Any] | None:
        return {"note": self.note.toPlainText().strip()}


class WrongAuthorityDialog(ActDialog):
    """退回, since another authority has the power."""

    def __init__(self, sheet: CaseSheet, parent: QWidget | None = None) -> None:
        super().__init__(sheet, self.tr("退回：不归本机关办理"), self.tr("退回"), parent)
        self.authority = LineEdit(self.tr("如：区人力资源和社会保障局"))
        self.field = Field(self.tr("应由哪个机关办理"), self.authority)
        self._lay_out(self.field)

    @override
    def facts(self) -> dict[str, Any] | None:
        authority = self.authority.text().strip()
        if not self._needs(self.field, authority, self.tr("请写明应由哪个机关办理。")):
            return None
        return {"reason": ReturnReason.WRONG_AUTHORITY.value, "right_authority": authority}


class RefuseDialog(ActDialog):
    """不予受理, with its reason."""

    def __init__(self, sheet: CaseSheet, parent: QWidget | None = None) -> None:
        super().__init__(
            sheet, self.tr("不予受理"), self.tr("不予受理"), parent, kind=ButtonKind.DANGER
        )
        self.reason = TextArea(self.tr("写进不予受理通知书，申请人看得懂"), lines=3)
        self.authority = LineEdit(self.tr("属于别的机关职权时填写"))
        self.reason_field = Field(self.tr("不予受理的理由"), self.reason)
        right = Field(self.tr("有权办理的机关"), self.authority, optional=True)
        self._lay_out(self.reason_field, right)

    @override
    def facts(self) -> dict[str, Any] | None:
        reason = self.reason.toPlainText().strip()
        if not self._needs(self.reason_field, reason, self.tr("请写明不予受理的理由。")):
            return None
        return {"reason": reason, "right_authority": self.authority.text().strip()}
