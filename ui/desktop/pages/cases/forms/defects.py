"""Papers that come in later, and papers that have to be mended."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.events import ReturnReason
from ui.desktop.look.mood import Mood
from ui.desktop.pages.cases.forms.base import ActDialog
from ui.desktop.pages.cases.sheet import CaseSheet, SheetMaterial
from ui.desktop.widgets.button import ButtonKind
from ui.desktop.widgets.checklist import Checklist, Line
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.text_area import TextArea

_DEFECT_LINES = 4


class SupplyDialog(ActDialog):
    """补收材料: tick what has been brought."""

    def __init__(self, sheet: CaseSheet, parent: QWidget | None = None) -> None:
        super().__init__(sheet, self.tr("补收材料"), self.tr("收下"), parent)
        self._asked = [one for one in sheet.materials if not one.given]
        self.checklist = Checklist()
        self.checklist.setAccessibleName(self.tr("带来的材料"))
        self.checklist.show_lines([_line(one, key) for key, one in enumerate(self._asked)])
        self.field = Field(self.tr("带来了哪些"), self.checklist)
        self._lay_out(self.field)

    @override
    def facts(self) -> dict[str, Any] | None:
        brought = [one for key, one in enumerate(self._asked) if self.checklist.is_ticked(key)]
        if not self._needs(
            self.field, "、".join(one.name for one in brought), self.tr("请勾选带来的材料。")
        ):
            return None
        return {"materials": [msgspec.to_builtins(one.ordinary) for one in brought]}


class DefectsDialog(ActDialog):
    """一次性告知补正: a tick writes a line, the lines are what is told."""

    def __init__(self, sheet: CaseSheet, parent: QWidget | None = None) -> None:
        super().__init__(
            sheet,
            self.tr("一次性告知补正"),
            self.tr("告知并退回补正"),
            parent,
            kind=ButtonKind.PRIMARY,
        )
        self.checklist = Checklist()
        self.checklist.setAccessibleName(self.tr("要补正的材料"))
        lines = [_line(one, key) for key, one in enumerate(sheet.materials)]
        self.checklist.show_lines(lines)
        self.checklist.ticked.connect(self._on_ticked)
        self.defects = TextArea(
            self.tr("每行一条，写明缺什么、哪里不符合要求"), lines=_DEFECT_LINES
        )
        self.field = Field(self.tr("要补正的内容（一次说全）"), self.defects)
        self._lay_out(self.field, Field(self.tr("勾选材料，会写进上面"), self.checklist))

    @override
    def facts(self) -> dict[str, Any] | None:
        lines = self._lines()
        if not self._needs(self.field, "".join(lines), self.tr("请至少写一条要补正的内容。")):
            return None
        bare = [line for line in lines if line.endswith("：")]
        if bare:
            text = self.tr("请写明“{name}”哪里不符合要求。").format(name=bare[0].rstrip("："))
            self.field.say(Mood.BAD, text)
            self.defects.setFocus()
            return None
        return {"reason": ReturnReason.DEFECTS.value, "defects": lines}

    def _lines(self) -> list[str]:
        return [line.strip() for line in self.defects.toPlainText().splitlines() if line.strip()]

    def _on_ticked(self, key: object, ticked: bool) -> None:
        assert isinstance(key, int)
        begun = self._begun(self.sheet.materials[key])
        lines = [line for line in self._lines() if not line.startswith(begun)]
        if ticked:
            lines.append(begun)
        self.defects.setPlainText("\n".join(lines))

    def _begun(self, material: SheetMaterial) -> str:
        """How the line about a material begins; one that is missing needs no more words."""
        if material.given:
            return f"{material.name}："
        return self.tr("缺《{name}》").format(name=material.name)


def _line(material: SheetMaterial, key: int) -> Line:
    lacking = material.required and not material.given
    return Line(
        title=material.name,
        key=key,
        detail=material.detail,
        right=QCoreApplication.translate("materials", "缺") if lacking else "",
        mood=Mood.BAD if lacking else Mood.PLAIN,
    )
