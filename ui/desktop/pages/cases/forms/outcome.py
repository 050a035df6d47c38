"""How a case ends: the decision, and its delivery."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.events import DeliveryWay
from app.usecases.acts.outcome import SELF
from ui.desktop.pages.cases.forms.base import ActDialog
from ui.desktop.pages.cases.question import ActQuestion
from ui.desktop.widgets.button import ButtonKind
from ui.desktop.widgets.dialogs import confirm
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.radio import Radios
from ui.desktop.widgets.text_area import TextArea

_PROVED: Final = (DeliveryWay.POST, DeliveryWay.PUBLICATION)


class _Begun(NamedTuple):
    """A decision that was left before it was made."""

    approved: bool
    reason: str
    outcome: str


class DecideDialog(ActDialog):
    """作出决定; it asks once more, since it binds from the moment it is told."""

    def __init__(self, question: ActQuestion, parent: QWidget | None = None) -> None:
        super().__init__(question, parent=parent)
        self.approved = Radios([(self.tr("准予"), True), (self.tr("不予"), False)])
        self.approved.set_value(True)
        self.approved.chosen.connect(self._on_chosen)
        self.reason = TextArea(self.tr("不予时必须写明理由和依据"), lines=3)
        self.outcome = TextArea(self.tr("如：自2026年12月起按月发放"), lines=2)
        self.reason_field = Field(self.tr("理由（可不填）"), self.reason)
        result = Field(self.tr("决定的内容"), self.outcome, optional=True)
        self.fields = {"reason": self.reason_field, "result": result}
        self._lay_out(Field(self.tr("决定"), self.approved), self.reason_field, result)

    @override
    def kept(self) -> object:
        kept = _Begun(bool(self.approved.value()), self.reason.text(), self.outcome.text())
        return kept if kept.reason.strip() or kept.outcome.strip() else None

    @override
    def take_up(self, kept: object) -> None:
        assert isinstance(kept, _Begun)
        self.approved.set_value(kept.approved)
        self._on_chosen(kept.approved)
        self.reason.set_text(kept.reason)
        self.outcome.set_text(kept.outcome)

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


class DeliverDialog(ActDialog):
    """送达: who takes the result and how; proof and witness are asked for only where the way needs them."""

    def __init__(self, question: ActQuestion, parent: QWidget | None = None) -> None:
        super().__init__(question, self.tr("送达"), self.tr("确认送达"), parent)
        self.way = Radios([(way.label, way) for way in DeliveryWay])
        self.way.chosen.connect(self._on_chosen)
        own = self.tr("本人（{name}）").format(name=self.sheet.applicant.name)
        self.who = Radios([(own, True), (self.tr("别人代领"), False)])
        self.who.chosen.connect(self._on_chosen)
        self.recipient = LineEdit()
        self.relation = LineEdit(self.tr("如：儿子、邻居"))
        self.proof, self.witness = LineEdit(), LineEdit()
        self.place = LineEdit(self.tr("如：本站窗口、申请人家中"))
        self.recipient_field = Field(self.tr("领取人姓名"), self.recipient)
        self.relation_field = Field(self.tr("与申请人的关系"), self.relation)
        self.proof_field = Field("", self.proof)
        self.witness_field = Field(self.tr("见证人（不能是经办人）"), self.witness)
        self.fields = {
            "recipient": self.recipient_field,
            "relation": self.relation_field,
            "place": Field(self.tr("送达地点"), self.place, optional=True),
            "proof": self.proof_field,
            "witness": self.witness_field,
        }
        self._lay_out(
            Field(self.tr("怎样送达"), self.way),
            Field(self.tr("谁来领取"), self.who),
            *self.fields.values(),
        )
        self._on_chosen()

    @override
    def facts(self) -> dict[str, Any] | None:
        way = DeliveryWay(str(self.way.value()))
        told = {"way": way.value, "recipient": "", "relation": SELF}
        told["place"] = self.place.text().strip()
        proof, witness = self.proof.text().strip(), self.witness.text().strip()
        if not self.who.value():
            recipient, relation = self.recipient.text().strip(), self.relation.text().strip()
            if not self._needs(self.recipient_field, recipient, self.tr("请填写领取人的姓名。")):
                return None
            if not self._needs(self.relation_field, relation, self.tr("请填写与申请人的关系。")):
                return None
            told |= {"recipient": recipient, "relation": relation}
        if way in _PROVED and not self._needs(
            self.proof_field, proof, self.tr("请写明单号或者公告的地方和日期。")
        ):
            return None
        if way is DeliveryWay.LEFT and not self._needs(
            self.witness_field, witness, self.tr("留置送达要有见证人。")
        ):
            return None
        return told | {"proof": proof, "witness": witness if way is DeliveryWay.LEFT else ""}

    def _on_chosen(self, _value: object = None) -> None:
        way, own = self.way.value(), bool(self.who.value())
        self.recipient_field.setVisible(not own)
        self.relation_field.setVisible(not own)
        self.witness_field.setVisible(way is DeliveryWay.LEFT)
        label, example = {
            DeliveryWay.POST: (self.tr("邮件单号"), self.tr("如：EMS 1234567890123")),
            DeliveryWay.PUBLICATION: (
                self.tr("公告的地方和日期"),
                self.tr("如：村务公开栏，11月20日起"),
            ),
        }.get(DeliveryWay(str(way)), (self.tr("送达凭证（可不填）"), self.tr("如：送达回证已签字")))
        self.proof_field.set_label(label)
        self.proof.setPlaceholderText(example)
        self.proof_field.quiet()
