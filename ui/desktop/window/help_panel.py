"""F1: what this page is for and which keys help, beside the page so that both can be read."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.widgets.button import IconButton
from ui.desktop.widgets.key_hint import KeyHint
from ui.desktop.widgets.rule import Rule
from ui.desktop.widgets.text import Text
from ui.desktop.window.acts import WindowAct, nature
from ui.desktop.window.band import Band, Edge

_WIDTH_UNITS: Final = 336
_KEY_UNITS: Final = 112


class HelpPanel(Band):
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Edge.LEFT, parent)
        look.sized(self, width=_WIDTH_UNITS)
        self._title = Text("", TextKind.HEADING, parent=self)
        self._words = Text(parent=self)
        self._close = IconButton("x", self.tr("关闭帮助"), parent=self)
        self._scroll = QScrollArea(self)
        self._close.clicked.connect(self.closed)

    def explain(self, page: str, words: str) -> None:
        if self.layout() is None:  # most days nobody asks: the window opens without it
            self._assemble()
        self._title.set_text(self.tr("帮助：{page}").format(page=page))
        self._words.set_text(words)

    def focus_first(self) -> None:
        """Where the arrows scroll."""
        self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)

    def _assemble(self) -> None:
        head = look.row(Space.S, (Space.L, Space.M, Space.S, 0))
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        inner = QWidget()
        column = look.column(Space.M, (Space.L, Space.S, Space.L, Space.L), inner)
        column.addWidget(self._words)
        column.addWidget(Rule())
        column.addWidget(Text(self.tr("到处都能用的键"), TextKind.SECTION))
        for key, means in self._keys():
            column.addLayout(self._key_line(key, means))
        column.addStretch(1)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName(self.tr("帮助内容"))
        self._scroll.setWidget(inner)
        whole = look.column(Space.NONE)
        whole.addLayout(head)
        whole.addWidget(self._scroll, 1)
        self.setLayout(whole)

    def _keys(self) -> list[tuple[str, str]]:
        acts = [
            (" / ".join(nature(act).keys), nature(act).label)
            for act in WindowAct
            if nature(act).keys
        ]
        moving = [
            ("Alt+1 … 9", self.tr("换到左栏的第几页")),
            ("Enter", self.tr("到下一项")),
            ("Ctrl+Enter", self.tr("办完这一页的事")),
            ("Esc", self.tr("退回一步")),
        ]
        return [*acts, *moving]

    def _key_line(self, key: str, means: str) -> QHBoxLayout:
        line = look.row(Space.S)
        hint = look.row(Space.NONE)
        hint.addWidget(KeyHint(key))
        hint.addStretch(1)
        held = look.sized(QWidget(), width=_KEY_UNITS)
        held.setLayout(hint)
        line.addWidget(held)
        line.addWidget(Text(means, TextKind.SECONDARY), 1)
        return line

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
