"""联办: the parts, each an item and the department that handles it."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop.look.mood import Mood
from ui.desktop.pages.cases.forms.base import ActDialog
from ui.desktop.pages.cases.forms.rows import Column, Rows
from ui.desktop.pages.cases.question import ActQuestion
from ui.desktop.widgets.field import Field

_FEWEST: Final = 2


class SplitDialog(ActDialog):
    """Each part becomes a case of its own; this one waits for all of them."""

    def __init__(self, question: ActQuestion, parent: QWidget | None = None) -> None:
        super().__init__(question, parent=parent, wide=True)
        self.parts = Rows(
            [
                Column(name="item", title=self.tr("事项名称"), offers=question.items, share=3),
                Column(name="department", title=self.tr("由哪个部门办理"), share=2),
            ],
            self.tr("再添一个部分"),
        )
        for _ in range(_FEWEST):
            self.parts.add()
        field = Field(self.tr("联办的各部分"), self.parts)
        field.set_note(self.tr("每一部分单独立件，这一件等各部分都有了结果再决定。"))
        self.fields = {"parts": field, "item": field}
        self._lay_out(field)

    @override
    def facts(self) -> dict[str, Any] | None:
        parts, field = self.parts.values(), self.fields["parts"]
        field.quiet()
        if len(parts) < _FEWEST or not all(one["item"] and one["department"] for one in parts):
            field.say(Mood.BAD, self.tr("请至少写两个部分，每个写明事项和部门。"))
            return None
        unknown = [one["item"] for one in parts if one["item"] not in self.question.items]
        if unknown:
            text = self.tr("事项目录里没有“{item}”，请从列出的里面选。").format(item=unknown[0])
            field.say(Mood.BAD, text)
            return None
        return {"parts": parts}
