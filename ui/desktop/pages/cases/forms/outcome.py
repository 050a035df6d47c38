"""How a case ends: the decision, an instant result, the delivery."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.usecases.cases import SELF
from ui.desktop.pages.cases.forms.base import ActDialog
from ui.desktop.pages.cases.sheet import CaseSheet
from ui.desktop.widgets.button import ButtonKind
from ui.desktop.widgets.dialogs import confirm
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.radio import Radios
from ui.desktop.widgets.text_area import TextArea


class DecideDialog(ActDialog):
    """作出决定; the only act that asks once more, since it binds from the moment it is told."""

    def __init__(self, sheet: CaseSheet, parent: QWidget | None = None) -> None:
        super().__init__(sheet, self.tr("作出决定"), self.tr("作出决定"), parent)
        self.approved = Radios([(self.tr("准予"), True), (self.tr("不予"), False)])
        self.approved.set_value(True)
        self.approved.chosen.connect(self._on_chosen)
        self.reason = TextArea(self.tr("不予时必须写明理由和依据"), lines=3)
        self.outcome = TextArea(self.tr("如：自2026年12月起按月发放"), lines=2)
        self.reason_field = Field(self.tr("理由（可不填）"), self.reason)
        self._lay_out(
            Field(self.tr("决定"), self.approved),
            self.reason_field,
            Field(self.tr("决定的内容"), self.outcome, optional=True),
        )

    @override
    def facts(self) -> dict[str, Any] | None:
        approved = bool(self.approved.value())
        reason = self.reason.toPlainText().strip()
        if not approved and not self._needs(
            self.reason_field, reason, self.tr("不予决定必须写明理由。")
        ):
            return None
        result = self.outcome.toPlainText().strip()
        return {"approved": approved, "reason": reason, "result": result}

    @override
    def agreed(self) -> bool:
        approved = bool(self.approved.value())
        title = self.tr("作出准予决定？") if approved else self.tr("作出不予决定？")
        consequence = (
            self.tr("对{who}的“{item}”作出准予决定。决定作出后不能撤回，要在 10 个工作日内送达。")
            if approved
            else self.tr(
                "对{who}的“{item}”作出不予决定。决定作出后不能撤回，要在 10 个工作日内送达，"
                "申请人可以申请复议或者起诉。"
            )
        )
        yes = self.tr("准予") if approved else self.tr("不予")
        kind = ButtonKind.PRIMARY if approved else ButtonKind.DANGER
        told = consequence.format(who=self.sheet.applicant.name, item=self.sheet.item)
        return confirm(self, title, told, yes, kind)

    def _on_chosen(self, approved: object) -> None:
        label = self.tr("理由（可不填）") if approved else self.tr("理由（必填）")
        self.reason_field.set_label(label)
        self.reason_field.quiet()


class CompleteDialog(ActDialog):
    """当场办结 of an instant item."""

    def __init__(self, sheet: CaseSheet, parent: QWidget | None = None) -> None:
        super().__init__(sheet, self.tr("当场办结"), self.tr("办结"), parent)
        self.outcome = LineEdit()
        self.outcome.setText(self.tr("已办结"))
        self.field = Field(self.tr("办理结果"), self.outcome)
        self._lay_out(self.field)

    @override
    def facts(self) -> dict[str, Any] | None:
        result = self.outcome.text().strip()
        if not self._needs(self.field, result, self.tr("请写明办理结果。")):
            return None
        return {"result": result}


class DeliverDialog(ActDialog):
    """送达: who takes the result, and how that is proved."""

    def __init__(self, sheet: CaseSheet, parent: QWidget | None = None) -> None:
        super().__init__(sheet, self.tr("送达"), self.tr("确认送达"), parent)
        own = self.tr("本人（{name}）").format(name=sheet.applicant.name)
        self.who = Radios([(own, True), (self.tr("别人代领"), False)])
        self.who.set_value(True)
        self.who.chosen.connect(self._on_chosen)
        self.recipient = LineEdit()
        self.relation = LineEdit(self.tr("如：儿子、邻居"))
        self.proof = LineEdit(self.tr("如：送达回证已签字"))
        self.recipient_field = Field(self.tr("领取人姓名"), self.recipient)
        self.relation_field = Field(self.tr("与申请人的关系"), self.relation)
        self._lay_out(
            Field(self.tr("谁来领取"), self.who),
            self.recipient_field,
            self.relation_field,
            Field(self.tr("送达凭据"), self.proof, optional=True),
        )
        self._on_chosen(True)

    @override
    def facts(self) -> dict[str, Any] | None:
        proof = self.proof.text().strip()
        if self.who.value():
            return {"recipient": "", "relation": SELF, "proof": proof}
        recipient, relation = self.recipient.text().strip(), self.relation.text().strip()
        if not self._needs(self.recipient_field, recipient, self.tr("请填写领取人的姓名。")):
            return None
        if not self._needs(self.relation_field, relation, self.tr("请填写与申请人的关系。")):
            return None
        return {"recipient": recipient, "relation": relation, "proof": proof}

    def _on_chosen(self, own: object) -> None:
        self.recipient_field.setVisible(not own)
        self.relation_field.setVisible(not own)
