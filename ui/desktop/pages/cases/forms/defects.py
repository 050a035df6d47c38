"""一次性告知补正: everything that is missing or wrong, at once, each with what it should be."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.identity import normal_digits
from ui.desktop.look.mood import Mood
from ui.desktop.pages.cases.forms.base import ActDialog
from ui.desktop.pages.cases.forms.editors import material_line
from ui.desktop.pages.cases.forms.rows import Column, Rows
from ui.desktop.pages.cases.question import ActQuestion
from ui.desktop.pages.cases.sheet import SheetMaterial
from ui.desktop.widgets.checklist import Checklist
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit

_MOST_DAYS = 365


class _Begun(NamedTuple):
    """A notice that was left before it was sent: each line with the place of its material."""

    lines: list[tuple[object, dict[str, str]]]
    days: str


class DefectsDialog(ActDialog):
    """A tick on a material writes its line with its standard; the lines are what is told."""

    def __init__(self, question: ActQuestion, parent: QWidget | None = None) -> None:
        super().__init__(question, parent=parent, wide=True)
        self.checklist = Checklist()
        self.checklist.setAccessibleName(self.tr("要补正的材料"))
        self.checklist.show_lines(
            [material_line(one, key) for key, one in enumerate(self.sheet.materials)]
        )
        self.checklist.ticked.connect(self._on_ticked)
        self.defects = Rows(
            [
                Column(name="what", title=self.tr("缺什么，或者哪里不符合要求")),
                Column(name="standard", title=self.tr("要求是什么（可不填）")),
            ],
            self.tr("添一条材料以外的"),
            stacked=True,
        )
        self.days = LineEdit()
        self.days.setText(str(question.known.get("days", "")))
        lines = Field(self.tr("要补正的内容（一次说全）"), self.defects)
        lines.set_note(self._count())
        days = Field(self.tr("多少天内补齐（自然日）"), self.days)
        self.fields = {"defects": lines, "days": days}
        materials = Field(self.tr("勾选材料，会写进上面"), self.checklist)
        self._lay_out(lines, materials, days)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.checklist.setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def kept(self) -> object:
        lines = self.defects.lines()
        told = [(line.key, {name: cell.text() for name, cell in line.named()}) for line in lines]
        return _Begun(told, self.days.text()) if told else None

    @override
    def take_up(self, kept: object) -> None:
        assert isinstance(kept, _Begun)
        keys = {key for key, _ in kept.lines}
        self.checklist.show_lines(
            [
                material_line(one, key, ticked=key in keys)
                for key, one in enumerate(self.sheet.materials)
            ]
        )
        for key, values in kept.lines:
            self.defects.add(values, key=key)
        self.days.setText(kept.days)

    @override
    def facts(self) -> dict[str, Any] | None:
        told = self._told()
        field = self.fields["defects"]
        bare = next((one["what"] for one in told if one["what"].endswith("：")), "")
        if bare:
            text = self.tr("请写明“{name}”哪里不符合要求。").format(name=bare.rstrip("："))
            field.say(Mood.BAD, text)
            return None
        if not self._needs(
            field,
            "".join(one["what"] for one in told),
            self.tr("请勾选材料，或者添一条要补正的内容。"),
        ):
            return None
        if any(not one["what"] for one in told):
            field.say(Mood.BAD, self.tr("每一条都要写明缺什么。"))
            return None
        days = normal_digits(self.days.text())
        if not (days.isascii() and days.isdigit() and 0 < int(days) <= _MOST_DAYS):
            self.fields["days"].say(
                Mood.BAD, self.tr("请填 1 到 {most} 之间的数。").format(most=_MOST_DAYS)
            )
            self.days.setFocus()
            return None
        return {"defects": told, "days": int(days)}

    def _told(self) -> list[dict[str, str]]:
        told = []
        for line in self.defects.lines():
            said = {name: cell.text().strip() for name, cell in line.named()}
            if any(said.values()):
                key = line.key
                name = self.sheet.materials[key].name if isinstance(key, int) else ""
                told.append(said | {"material": name})
        return told

    def _count(self) -> str:
        """Whether it is the first time; from the second on supervision hears of it."""
        times = self.sheet.notices + 1
        if times == 1:
            return self.tr("第 1 次告知。")
        return self.tr("这是第 {n} 次告知，会报效能监督。").format(n=times)

    def _on_ticked(self, key: object, ticked: bool) -> None:
        assert isinstance(key, int)
        if not ticked:
            self.defects.take_away(key)
            return
        material = self.sheet.materials[key]
        line = self.defects.add(
            {"what": self._begun(material), "standard": material.detail}, key=key
        )
        if material.given:
            line.cells[0].setFocus()
            line.cells[0].end(False)

    def _begun(self, material: SheetMaterial) -> str:
        """How the line about a material begins; one that is missing needs no more words."""
        if material.given:
            return f"{material.name}："
        return self.tr("缺《{name}》").format(name=material.name)
