"""On the way up and back: forward, return, refuse to accept."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.events import ReturnReason
from ui.desktop.look.mood import Mood
from ui.desktop.pages.cases.forms.base import ActDialog
from ui.desktop.pages.cases.question import ActQuestion
from ui.desktop.widgets.button import ButtonKind
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.radio import Radios
from ui.desktop.widgets.text_area import TextArea


class ForwardDialog(ActDialog):
    """转报."""

    def __init__(self, question: ActQuestion, parent: QWidget | None = None) -> None:
        super().__init__(question, parent=parent)
        self.note = TextArea(self.tr("如：家属已在外地，请电话联系"), lines=2)
        self._lay_out(Field(self.tr("给办理机关的话"), self.note, optional=True))
        if self.sheet.missing:
            names = "、".join(self.sheet.missing)
            text = self.tr("还缺：{names}。也可以先转报，办理机关可能会要求补正。")
            self.say(Mood.WARN, text.format(names=names))

    @override
    def facts(self) -> dict[str, Any] | None:
        return {"note": self.note.toPlainText().strip()}


class ReturnDialog(ActDialog):
    """退回: another authority has the power, or the papers do not do; the second counts as a supplement notice."""

    def __init__(self, question: ActQuestion, parent: QWidget | None = None) -> None:
        super().__init__(question, parent=parent)
        self.reason = Radios(
            [
                (self.tr("不归本机关办理"), ReturnReason.WRONG_AUTHORITY),
                (self.tr("材料不齐或不符合规定"), ReturnReason.DEFECTS),
            ]
        )
        self.reason.chosen.connect(self._on_chosen)
        self.authority = LineEdit(self.tr("如：区人力资源和社会保障局"))
        self.defects = TextArea(self.tr("每行一条，写明缺什么、哪里不符合要求"), lines=4)
        self.defects_field = Field(self.tr("要补正的内容（一次说全）"), self.defects)
        self.defects_field.set_note(
            self.tr("算作一次补正告知，之前已告知 {n} 次。").format(n=self.sheet.notices)
        )
        self.fields = {
            "right_authority": Field(self.tr("应由哪个机关办理"), self.authority),
            "defects": self.defects_field,
        }
        self._lay_out(Field(self.tr("为什么退回"), self.reason), *self.fields.values())
        self._on_chosen(ReturnReason.WRONG_AUTHORITY)

    @override
    def facts(self) -> dict[str, Any] | None:
        if self.reason.value() is ReturnReason.DEFECTS:
            return self._defective()
        authority = self.authority.text().strip()
        field = self.fields["right_authority"]
        if not self._needs(field, authority, self.tr("请写明应由哪个机关办理。")):
            return None
        return {"reason": ReturnReason.WRONG_AUTHORITY.value, "right_authority": authority}

    def _defective(self) -> dict[str, Any] | None:
        lines = [line.strip() for line in self.defects.toPlainText().splitlines() if line.strip()]
        if not self._needs(
            self.defects_field, "".join(lines), self.tr("请至少写一条要补正的内容。")
        ):
            return None
        return {"reason": ReturnReason.DEFECTS.value, "defects": lines}

    def _on_chosen(self, reason: object) -> None:
        defective = reason is ReturnReason.DEFECTS
        self.fields["right_authority"].setVisible(not defective)
        self.defects_field.setVisible(defective)


class RefuseDialog(ActDialog):
    """不予受理, with its reason."""

    def __init__(self, question: ActQuestion, parent: QWidget | None = None) -> None:
        super().__init__(question, parent=parent, kind=ButtonKind.DANGER)
        self.reason = TextArea(self.tr("写进不予受理通知书，申请人看得懂"), lines=3)
        self.authority = LineEdit(self.tr("属于别的机关职权时填写"))
        self.reason_field = Field(self.tr("不予受理的理由"), self.reason)
        right = Field(self.tr("有权办理的机关"), self.authority, optional=True)
        self.fields = {"reason": self.reason_field, "right_authority": right}
        self._lay_out(self.reason_field, right)

    @override
    def facts(self) -> dict[str, Any] | None:
        reason = self.reason.toPlainText().strip()
        if not self._needs(self.reason_field, reason, self.tr("请写明不予受理的理由。")):
            return None
        return {"reason": reason, "right_authority": self.authority.text().strip()}
