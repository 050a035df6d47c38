"""Long work: what is being done, how much is left, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Mood, Size, Space, TextKind
from ui.desktop.widgets import painting
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.text import Elided

_STEP_MS = 40
_STEP_SHARE = 0.012
_SLIDER_SHARE = 0.25


class Progress(QWidget):
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stoppable = True
        self._icon = Icon(Mood.GOOD.icon, Size.ICON, Mood.GOOD)
        self._icon.hide()
        self._what = Elided()
        self._left = Elided("", TextKind.SECONDARY)
        self._bar = _Bar()
        self._cancel = Button(self.tr("停止"), icon="x")
        self._cancel.clicked.connect(self.cancelled)
        words = look.row(Space.S)
        words.addWidget(self._icon)
        words.addWidget(self._what, 1)
        words.addWidget(self._left)
        lines = look.column(Space.S)
        lines.addLayout(words)
        lines.addWidget(self._bar)
        row = look.row(Space.L, parent=self)
        row.addLayout(lines, 1)
        row.addWidget(self._cancel)

    def show_progress(self, what: str, share: float | None, left_text: str = "") -> None:
        """`share` from 0 to 1; None while nobody knows how much there is."""
        self._icon.hide()
        self._what.set_mood(None)
        self._say(what, left_text)
        self._bar.show()
        self._cancel.setVisible(self._stoppable)
        self._bar.show_share(share)

    def let_be(self) -> None:
        """Nobody needs to stop it: there is no button for that."""
        self._stoppable = False
        self._cancel.hide()

    def finish(self, mood: Mood, text: str) -> None:
        """How it ended; the bar and the button go."""
        self._bar.show_share(0.0)
        self._bar.hide()
        self._cancel.hide()
        self._icon.set_icon(mood.icon, mood)
        self._icon.show()
        self._what.set_mood(mood)
        self._say(text, "")

    def _say(self, what: str, left_text: str) -> None:
        self._what.set_text(what)
        self._left.set_text(left_text)
        self._left.setVisible(bool(left_text))
        self.setAccessibleName(f"{what} {left_text}".strip())


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._share: float | None = 0.0
        self._at = 0.0
        self._timer = QTimer(self, interval=_STEP_MS)
        self._timer.timeout.connect(self._on_step)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float | None) -> None:
        self._share = share
        if share is None:
            self._timer.start()
        else:
            self._timer.stop()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(look.current().px(Size.CHOICE), look.current().px(Size.BAR))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now = look.current()
        bar = QRectF(self.rect())
        corner = bar.height() / 2
        edge_px = now.px(now.theme.edge_units) if now.theme.edge_units > 1 else 0
        painter = QPainter(self)
        theme = now.theme
        painting.plate(
            painter, bar, fill=theme.track, edge=theme.line, edge_px=edge_px, corner_px=corner
        )
        done = QRectF(bar)
        if self._share is None:
            done.setLeft(bar.width() * (1 - _SLIDER_SHARE) * self._at)
            done.setWidth(bar.width() * _SLIDER_SHARE)
        elif self._share <= 0:
            return
        else:
            done.setWidth(max(bar.width() * min(self._share, 1.0), bar.height()))
        painting.plate(painter, done, fill=theme.primary, edge="", edge_px=0, corner_px=corner)

    def _on_step(self) -> None:
        self._at = (self._at + _STEP_SHARE) % 1.0
        self.update()
