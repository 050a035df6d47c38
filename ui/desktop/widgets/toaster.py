"""Short messages over the page that go away by themselves, except bad ones."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Mood, Size, Space
from ui.desktop.widgets import painting
from ui.desktop.widgets.button import Button, ButtonKind, IconButton
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.text import Text

_LEAST_MS = 4_000
_PER_CHARACTER_MS = 120
_MOST_SHOWN = 3


class Toaster(QWidget):
    """Lies over its parent's top right corner; never takes the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack = look.column(Space.S, parent=self)
        self._toasts: list[_Toast] = []
        parent.installEventFilter(self)
        self.hide()

    def say(
        self,
        mood: Mood,
        text: str,
        action_text: str | None = None,
        act: Callable[[], object] | None = None,
    ) -> None:
        """The same words again only begin their time again."""
        for toast in self._toasts:
            if toast.words == (mood, text):
                toast.stay()
                return
        if len(self._toasts) >= _MOST_SHOWN:
            self._drop(self._toasts[0])
        toast = _Toast(mood, text, action_text, act, self)
        toast.gone = lambda: self._drop(toast)
        self._toasts.append(toast)
        self._stack.addWidget(toast)
        toast.show()
        self._place()
        # Two hundred names of roles and states come with it, which nobody waits for before something is said.
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def texts(self) -> list[str]:
        """What can be read now, oldest first."""
        return [toast.words[1] for toast in self._toasts]

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._toasts:
            self._place()
        return False

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._toasts:
            QTimer.singleShot(0, self._place)

    def _drop(self, toast: _Toast) -> None:
        if toast not in self._toasts:
            return
        self._toasts.remove(toast)
        self._stack.removeWidget(toast)
        toast.hide()
        toast.deleteLater()
        self._place()

    def _place(self) -> None:
        over = self.parentWidget()
        self.setVisible(bool(self._toasts))
        if over is None or not self._toasts:
            return
        px = look.current().px
        gap = px(Space.L)
        width = min(px(Size.TOAST), over.width() - 2 * gap)
        height = sum(toast.heightForWidth(width) for toast in self._toasts)
        height += (len(self._toasts) - 1) * px(Space.S)
        self.setGeometry(over.width() - width - gap, gap, width, height)
        self.raise_()


class _Toast(QWidget):
    def __init__(
        self,
        mood: Mood,
        text: str,
        action_text: str | None,
        act: Callable[[], object] | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.words = (mood, text)
        self.gone: Callable[[], None] = self.hide
        self.setAccessibleName(text)
        row = look.row(Space.S, (Space.L, Space.XS, Space.XS, Space.XS), self)
        row.addWidget(Icon(mood.icon, Size.ICON, mood))
        row.addWidget(Text(text), 1)
        if action_text and act is not None:
            button = Button(action_text, kind=ButtonKind.QUIET)
            button.clicked.connect(lambda: (self.gone(), act()))
            row.addWidget(button)
        close = IconButton("x", self.tr("关闭"))
        close.clicked.connect(lambda: self.gone())
        row.addWidget(close)
        for button in self.findChildren(Button):
            # A click on a message must not take the keyboard out of the field.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        look.sized(self, min_height=Size.LARGE_CONTROL)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(lambda: self.gone())
        self.stay()

    def stay(self) -> None:
        """Begin its time again; a bad message has no end of its own."""
        mood, text = self.words
        if mood is not Mood.BAD:
            self._timer.start(_LEAST_MS + _PER_CHARACTER_MS * len(text))

    @override
    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        wanted = layout.heightForWidth(width) if layout is not None else 0
        return max(wanted, self.minimumHeight())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now = look.current()
        tone = now.tone(self.words[0])
        painter = QPainter(self)
        painting.plate(
            painter,
            self.rect(),
            fill=now.theme.paper,
            edge=tone.ink,
            edge_px=now.px(now.theme.edge_units),
            corner_px=now.px(Size.CORNER),
        )
        bar = self.rect().adjusted(0, 0, now.px(Space.XS) - self.width(), 0)
        painter.setClipRect(bar)
        painting.plate(
            painter,
            self.rect(),
            fill=tone.ink,
            edge=tone.ink,
            edge_px=0,
            corner_px=now.px(Size.CORNER),
        )
