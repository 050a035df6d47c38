"""更正: the intake as it stands, whole, to be put right; only what was changed is sent."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.items import Mode
from ui.desktop.look.mood import Mood
from ui.desktop.pages.cases.forms.base import ActDialog
from ui.desktop.pages.cases.forms.editors import material_line
from ui.desktop.pages.cases.forms.rows import offer_among
from ui.desktop.pages.cases.question import ActQuestion, Intake
from ui.desktop.widgets.checklist import Checklist
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.suggest_box import SuggestBox
from ui.desktop.widgets.text_area import TextArea


class CorrectDialog(ActDialog):
    """The number stays; papers that were printed are printed anew. The item can change until the papers leave."""

    def __init__(self, question: ActQuestion, parent: QWidget | None = None) -> None:
        super().__init__(question, self.tr("更正登记"), parent=parent)
        assert question.intake is not None
        self._intake: Intake = question.intake
        self.reason = TextArea(self.tr("如：姓名写错一个字"), lines=2)
        self.name, self.id_number = LineEdit(), LineEdit()
        self.phone, self.address = LineEdit(), LineEdit()
        self.item = SuggestBox()
        self.mode = Choice([(mode.label, mode) for mode in Mode])
        self.note = TextArea(lines=2)
        self.materials = Checklist()
        self.materials.setAccessibleName(self.tr("收到的材料"))
        self._fill()
        self.fields = {
            "reason": Field(self.tr("为什么更正"), self.reason),
            "applicant": Field(self.tr("申请人姓名"), self.name),
            "id_number": Field(self.tr("证件号码"), self.id_number),
            "phone": Field(self.tr("电话"), self.phone),
            "address": Field(self.tr("住址"), self.address),
            "item": Field(self.tr("事项"), self.item),
            "mode": Field(self.tr("办理方式"), self.mode),
            "materials": Field(self.tr("收到的材料"), self.materials),
            "note": Field(self.tr("备注"), self.note),
        }
        self.fields["item"].set_note(self.tr("换了事项，材料要重新收。"))
        self._lay_out(*self.fields.values())
        self.fields["item"].setVisible(self._intake.may_change_item)

    def _fill(self) -> None:
        before = self._intake
        for edit, text in self._person().items():
            edit.setText(text)
        self.item.set_first_marked(False)
        offer_among(self.item, self.question.items)
        self.item.setText(self.sheet.item)
        self.mode.set_value(before.mode)
        self.note.set_text(before.note)
        self.materials.show_lines(
            [
                material_line(one, key, ticked=one.given)
                for key, one in enumerate(self.sheet.materials)
            ]
        )

    @override
    def facts(self) -> dict[str, Any] | None:
        reason = self.reason.text().strip()
        if not self._needs(self.fields["reason"], reason, self.tr("请写明为什么更正。")):
            return None
        if not self._needs(
            self.fields["applicant"], self.name.text().strip(), self.tr("请填写申请人姓名。")
        ):
            return None
        changed = {**self._applicant(), **self._item(), **self._rest()}
        if "item" in changed and changed["item"] not in self.question.items:
            self.fields["item"].say(Mood.BAD, self.tr("事项目录里没有这个事项，请从列出的里面选。"))
            return None
        if not changed:
            self.say(Mood.WARN, self.tr("没有改动任何内容。"))
            return None
        return {"reason": reason, **changed}

    def _person(self) -> dict[LineEdit, str]:
        """The editors of the person with what was taken in."""
        one = self._intake.applicant
        return {
            self.name: one.name,
            self.id_number: one.id_number,
            self.phone: one.phone,
            self.address: one.address,
        }

    def _applicant(self) -> dict[str, Any]:
        if all(edit.text().strip() == before for edit, before in self._person().items()):
            return {}
        before = self._intake.applicant
        told: dict[str, Any] = {
            "kind": before.kind.value,
            "name": self.name.text().strip(),
            "id_number": self.id_number.text().strip(),
            "phone": self.phone.text().strip(),
            "address": self.address.text().strip(),
            "other_name": before.other_name,
        }
        if told["id_number"] == before.id_number:
            told |= {"id_kind": before.id_kind.value, "id_note": before.id_note}
        return {"applicant": told}

    def _item(self) -> dict[str, Any]:
        item = self.item.text().strip()
        changes = self._intake.may_change_item and item and item != self.sheet.item
        return {"item": item} if changes else {}

    def _rest(self) -> dict[str, Any]:
        before, changed = self._intake, dict[str, Any]()
        if self.mode.value() != before.mode:
            changed["mode"] = Mode(str(self.mode.value())).value
        if self.note.text().strip() != before.note:
            changed["note"] = self.note.text().strip()
        if not self._item() and self._told_materials() != [one.index for one in before.materials]:
            changed["materials"] = [self._material(key) for key in self._told_materials()]
        return changed

    def _told_materials(self) -> list[int]:
        return [key for key in range(len(self.sheet.materials)) if self.materials.is_ticked(key)]

    def _material(self, key: int) -> dict[str, Any]:
        """As it was taken in; one that was forgotten, as it is usually taken."""
        asked = self.sheet.materials[key]
        taken = next((one for one in self._intake.materials if one.index == key), None)
        ordinary = asked.ordinary
        return {
            "name": asked.name,
            "original": taken.original if taken else ordinary.original,
            "copies": taken.copies if taken else ordinary.copies,
            "pages": taken.pages if taken else ordinary.pages,
            "held": taken.held if taken else ordinary.held,
        }
