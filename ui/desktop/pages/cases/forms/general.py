"""The form of an act that needs no form of its own: its fields as the act names them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop.look.mood import Mood
from ui.desktop.pages.cases.forms.base import ActDialog
from ui.desktop.pages.cases.forms.consequences import consequence_of
from ui.desktop.pages.cases.forms.editors import NOTHING, FactEditor, editor_of
from ui.desktop.pages.cases.forms.shapes import FactKind, shapes_of
from ui.desktop.pages.cases.question import ActQuestion
from ui.desktop.widgets.button import ButtonKind
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.field import Field

_OPTIONAL_LOOKS_CLEAR = (FactKind.FLAG, FactKind.ONE_OF, FactKind.SOME_OF, FactKind.MATERIALS)


class GeneralDialog(ActDialog):
    """Where whole things are picked (a card, a colleague), the pick stands first and gives their facts."""

    def __init__(self, question: ActQuestion, parent: QWidget | None = None) -> None:
        shapes = shapes_of(question.choice.verb)
        asked = consequence_of(question)
        super().__init__(
            question,
            parent=parent,
            kind=asked.kind if asked else ButtonKind.PRIMARY,
            wide=any(shape.kind is FactKind.ROWS for shape in shapes),
        )
        given = {name for one in question.pick for name in one.facts}
        self.editors: dict[str, FactEditor] = {
            shape.name: editor_of(shape, question) for shape in shapes if shape.name not in given
        }
        self.pick = _pick(question) if question.pick else None
        for name, editor in self.editors.items():
            self.fields[name] = self._field(name, editor)
        picked = [Field(_pick_label(question.choice.verb), self.pick)] if self.pick else []
        self._lay_out(*picked, *self.fields.values())

    @override
    def facts(self) -> dict[str, Any] | None:
        fine = True
        for name, editor in reversed(
            self.editors.items()
        ):  # the first that is wrong has the keyboard
            field, fault = self.fields[name], editor.fault()
            field.quiet()
            if fault:
                field.say(Mood.BAD, fault)
                editor.widget.setFocus()
                fine = False
        if not fine:
            return None
        read = {name: editor.read() for name, editor in self.editors.items()}
        told = {name: fact for name, fact in read.items() if fact is not NOTHING}
        if self.pick is not None:
            place = self.pick.value()
            assert isinstance(place, int)
            told |= self.question.pick[place].facts
        return told

    def _field(self, name: str, editor: FactEditor) -> Field:
        shape = editor.shape
        title, _, hint = shape.title.partition("，")
        optional = not shape.required and shape.kind not in _OPTIONAL_LOOKS_CLEAR
        title = title.replace("（代码）", "")  # a place is picked by its name
        label = "" if shape.kind is FactKind.FLAG else title
        field = Field(label, editor.widget, optional=optional and bool(label))
        editor.widget.setAccessibleName(title)
        note = self.question.notes.get(name, "") or hint.replace("0 为", self.tr("不填为"))
        if note and not note.startswith(self.tr("不填为全部")):
            field.set_note(note)
        return field


def _pick(question: ActQuestion) -> Choice:
    return Choice([(one.label, place) for place, one in enumerate(question.pick)])


def _pick_label(verb: str) -> str:
    if verb == "hand_over":
        return QCoreApplication.translate("GeneralDialog", "交给谁")
    return QCoreApplication.translate("GeneralDialog", "哪一张牌")
