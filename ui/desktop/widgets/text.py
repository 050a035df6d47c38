"""Text on the screen: wrapping, or one line that is shortened."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Mood, TextKind
from ui.desktop.look.tokens import TYPES
from ui.desktop.widgets.tips import set_tip


class Text(QLabel):
    """Text that begins a new line where it must."""

    def __init__(
        self,
        text: str = "",
        kind: TextKind = TextKind.BODY,
        mood: Mood | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._mood = mood
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._dress()
        self.setText(text)

    def set_text(self, text: str) -> None:
        self.setText(text)

    def set_mood(self, mood: Mood | None) -> None:
        self._mood = mood
        self._dress()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _dress(self) -> None:
        _dress(self, self._kind, self._mood)


class Elided(QLabel):
    """One line; what does not fit is replaced by … and told whole by the tooltip."""

    def __init__(
        self,
        text: str = "",
        kind: TextKind = TextKind.BODY,
        mood: Mood | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._mood = mood
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._dress()
        self.setText(text)

    def set_text(self, text: str) -> None:
        self.setText(text)
        self._tell()

    def set_mood(self, mood: Mood | None) -> None:
        self._mood = mood
        self._dress()

    @override
    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().horizontalAdvance("字…")
        whole = self.sizeHint()
        return QSize(min(least, whole.width()), whole.height())

    @override
    def sizeHint(self) -> QSize:
        # One more pixel: a width that is rounded down must not cost a character.
        return super().sizeHint() + QSize(1, 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), self._shown())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _shown(self) -> str:
        return self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )

    def _tell(self) -> None:
        set_tip(self, "" if self._shown() == self.text() else self.text())

    def _dress(self) -> None:
        _dress(self, self._kind, self._mood)


class Figures(Elided):
    """Numbers that stand under each other: right-aligned, and can be copied."""

    def __init__(
        self, text: str = "", kind: TextKind = TextKind.BODY, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, kind, parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def _dress(label: QLabel, kind: TextKind, mood: Mood | None) -> None:
    now = look.current()
    # Inside a list Qt would take the list's own role.
    label.setForegroundRole(QPalette.ColorRole.WindowText)
    label.setFont(look.font(kind))
    colour = now.colour(TYPES[kind].ink) if mood is None else now.tone(mood).ink
    palette = QPalette(label.palette())
    palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
    label.setPalette(palette)
