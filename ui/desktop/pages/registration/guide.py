"""The item's guide beside the form: what people ask at the counter."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.items import Applicant, Item, Material, Required, Step, StepBy
from ui.desktop import look
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.pages.registration import limits
from ui.desktop.widgets.text import Text

Section = tuple[str, list[str]]


class Guide(QWidget):
    """Sections under headings; as high as they need, whoever holds it scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = look.column(Space.XS, parent=self)
        self.item: Item | None = None

    def show_item(self, item: Item | None) -> None:
        if item == self.item:
            return
        self.item = item
        while (old := self._column.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, (heading, lines) in enumerate(sections(item) if item else ()):
            if place:
                self._column.addSpacing(look.current().px(Space.S))
            self._column.addWidget(Text(heading, TextKind.STRONG))
            for line in lines:
                self._column.addWidget(Text(line, TextKind.SECONDARY))
        self._column.addStretch(1)


def sections(item: Item) -> Iterator[Section]:
    """What the guide says, heading by heading; a heading with nothing under it is left out."""
    every = (
        (
            _tr("谁可以申请"),
            [_tr("、").join(map(_applicant, item.who_may_apply)), *_in_person(item)],
        ),
        (_tr("先要具备"), list(item.preconditions)),
        (_tr("条件"), list(item.standards)),
        (_tr("材料"), [_material(n, one) for n, one in enumerate(item.materials, 1)]),
        (_tr("收费"), [limits.fees(item)]),
        (_tr("步骤"), [_step(n, one) for n, one in enumerate(item.steps, 1)]),
        (_tr("窗口权限"), [item.window_authority]),
        (_tr("依据"), [f"《{one.title}》{one.document_no or ''}" for one in item.legal_basis]),
        (_tr("注意"), [item.note] if item.note else []),
        (_tr("投诉"), [item.complaint_channel]),
    )
    return (section for section in every if section[1])


def _in_person(item: Item) -> list[str]:
    if isinstance(item.in_person_required, str):
        return [item.in_person_required]
    return [_tr("须本人到场")] if item.in_person_required else []


def _material(number: int, material: Material) -> str:
    when = "" if material.required is Required.ALWAYS else f"（{material.condition}）"
    copies = _tr("，收 {n} 份").format(n=material.copies) if material.copies else _tr("，看过就还")
    note = f"。{material.note}" if material.note else ""
    return f"{number}. {material.name}{when}：{material.form.label}{copies}{note}"


def _step(number: int, step: Step) -> str:
    by = {
        StepBy.APPLICANT: _tr("申请人"),
        StepBy.VILLAGE: _tr("村（社区）"),
        StepBy.TOWNSHIP: _tr("镇街"),
        StepBy.DISTRICT: _tr("区级部门"),
        StepBy.EXTERNAL: _tr("外部机构"),
    }[step.by]
    days = _tr("，{n} 天").format(n=step.days) if step.days else ""
    return f"{number}. {step.name}（{by}{days}）"


def _applicant(who: Applicant) -> str:
    return {
        Applicant.SELF: _tr("本人"),
        Applicant.GUARDIAN: _tr("监护人"),
        Applicant.CLOSE_RELATIVE: _tr("近亲属"),
        Applicant.AGENT_WITH_MANDATE: _tr("受委托的代办人"),
        Applicant.HOUSEHOLD_HEAD: _tr("户主"),
        Applicant.ORGANISATION: _tr("单位"),
    }[who]


def _tr(text: str) -> str:
    return QCoreApplication.translate("guide", text)
