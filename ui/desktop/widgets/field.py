"""An editor with its label above and its message below."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Mood, Size, Space, TextKind
from ui.desktop.widgets import painting
from ui.desktop.widgets.text import Text


class Field(QWidget):
    """The message has its room from the start: nothing moves when it is said."""

    def __init__(
        self,
        label: str,
        editor: QWidget,
        *,
        optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._optional = optional
        self._note = ""
        self._label = Text("", TextKind.SECONDARY)
        self._label.setBuddy(editor)
        self._message = _Message()
        stack = look.column(Space.XS, parent=self)
        stack.addWidget(self._label)
        stack.addWidget(editor)
        stack.addWidget(self._message)
        stack.addStretch(1)
        self.setFocusProxy(editor)
        self.set_label(label)
        self.quiet()

    def set_label(self, label: str) -> None:
        self._label.setText(
            self.tr("{label}（可不填）").format(label=label) if self._optional else label
        )
        self._label.setVisible(bool(label))
        if label:
            self.editor.setAccessibleName(label)

    @property
    def said_mood(self) -> Mood | None:
        return self._message.mood

    @property
    def said_text(self) -> str:
        return self._message.text

    def say(self, mood: Mood, text: str) -> None:
        """Speak beside the field; what is wrong also tints its border."""
        self._message.show_text(text, mood)
        self.editor.setAccessibleDescription(text)
        self._tint(mood if mood in (Mood.BAD, Mood.WARN) else None)

    def quiet(self) -> None:
        self._message.show_text(self._note, None)
        self.editor.setAccessibleDescription(self._note)
        self._tint(None)

    def set_note(self, note: str) -> None:
        """What stands under the field while nothing else is said."""
        before, self._note = self._note, note
        if self._message.mood is None and self._message.text == before:
            self.quiet()

    def spare_message_room(self) -> None:
        """For a field about which seldom anything is said: a message makes its own room."""
        self._message.least_units = 0
        self._message.updateGeometry()

    def _tint(self, mood: Mood | None) -> None:
        tint = getattr(self.editor, "set_mood", None)
        if tint is not None:
            tint(mood)


class _Message(QWidget):
    """One line with its icon; longer ones grow to as many lines as they need."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.mood: Mood | None = None
        self.least_units: int = Size.MESSAGE
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_text(self, text: str, mood: Mood | None) -> None:
        self.text, self.mood = text, mood
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(0, look.current().px(self.least_units))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        least = look.current().px(self.least_units)
        if not self.text:
            return least
        needed = painting.wrapped_height(self.text, TextKind.SECONDARY, width - self._left())
        return max(least, needed)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.text:
            return
        now = look.current()
        painter = QPainter(self)
        line = painting.line_height(TextKind.SECONDARY)
        colour = now.theme.secondary if self.mood is None else now.tone(self.mood).ink
        if self.mood is not None:
            painting.icon_at(painter, 0, line // 2 + 1, self.mood.icon, Size.SMALL_ICON, colour)
        room = QRect(self._left(), 0, self.width() - self._left(), self.height())
        painting.wrapped(painter, room, self.text, TextKind.SECONDARY, colour)

    def _left(self) -> int:
        px = look.current().px
        return px(Size.SMALL_ICON) + px(Space.XS) if self.mood is not None else 0
