"""A field of an item on the screen, whatever kind it is: text goes in, text comes out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.item_fields import Field as ItemField
from app.domain.item_fields import FieldKind
from ui.desktop import look
from ui.desktop.look import Mood, Space
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.text_area import TextArea
from ui.desktop.widgets.tick import Tick

_LONGEST = 2000
_LONG_LINES = 3


class Input(QWidget):
    """`edited` when a person has changed something. Takes the whole width where `is_wide`."""

    edited = Signal()

    def __init__(self, field: ItemField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.is_wide = field.kind in (FieldKind.LONG, FieldKind.LINES, FieldKind.SOME)
        self.editor = self._made()
        self.labelled = Field(field.label, self.editor, optional=field.optional)
        self.labelled.spare_message_room()
        self.labelled.set_note(field.note)
        look.column(Space.NONE, parent=self).addWidget(self.labelled)
        self.setFocusProxy(self.labelled)

    def text(self) -> str:
        editor = self.editor
        if isinstance(editor, Choice):
            return str(editor.value() or "")
        if isinstance(editor, Ticks):
            return editor.text()
        assert isinstance(editor, LineEdit | TextArea)
        return editor.text()

    def set_text(self, text: str) -> None:
        """Without saying `edited`. A choice that is none of the options stays open."""
        editor = self.editor
        if isinstance(editor, Choice):
            editor.set_value(text if text in self.field.options else "")
        elif isinstance(editor, Ticks):
            editor.set_text(text)
        elif isinstance(editor, TextArea):
            if editor.text() != text:
                before = editor.blockSignals(True)
                editor.set_text(text)
                editor.blockSignals(before)
        elif isinstance(editor, LineEdit) and editor.text() != text:
            editor.setText(text)

    def say(self, wrong: str) -> None:
        if wrong:
            self.labelled.say(Mood.BAD, wrong)
        else:
            self.labelled.quiet()

    def lock(self) -> None:
        """It can be read, not changed."""
        self.editor.setEnabled(False)

    def _made(self) -> QWidget:
        kind, options = self.field.kind, self.field.options
        if kind in (FieldKind.ONE, FieldKind.YES_NO):
            choice = Choice([(self.tr("请选择"), ""), *((one, one) for one in options)])
            choice.chosen.connect(lambda _: self.edited.emit())
            return choice
        if kind is FieldKind.SOME:
            ticks = Ticks(options)
            ticks.edited.connect(self.edited)
            return ticks
        if self.is_wide:
            area = TextArea(lines=_LONG_LINES)
            area.textChanged.connect(self.edited)
            return area
        line = LineEdit()
        line.setMaxLength(_LONGEST)
        line.textEdited.connect(lambda _: self.edited.emit())
        return line


class Ticks(QWidget):
    """Several of a few."""

    edited = Signal()

    def __init__(self, options: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = look.flow(Space.M, parent=self)
        self.ticks = [Tick(option) for option in options]
        for tick in self.ticks:
            row.addWidget(tick)
            tick.clicked.connect(lambda _: self.edited.emit())
        if self.ticks:
            self.setFocusProxy(self.ticks[0])

    def text(self) -> str:
        return "、".join(tick.text() for tick in self.ticks if tick.isChecked())

    def set_text(self, text: str) -> None:
        chosen = text.split("、")
        for tick in self.ticks:
            tick.setChecked(tick.text() in chosen)
