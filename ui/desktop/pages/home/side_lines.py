"""Short lists beside the tasks: what each is, and the two things that one may do with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desktop import look
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.widgets.button import IconButton
from ui.desktop.widgets.rule import Rule
from ui.desktop.widgets.text import Elided


class Doing(msgspec.Struct, frozen=True, kw_only=True):
    """A button: `name` says what it does and to what."""

    icon: str
    name: str
    act: Callable[[], object]


class SideLine(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    detail: str
    doings: tuple[Doing, ...]


class SideLines(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column: QVBoxLayout = look.column(Space.XS, parent=self)
        self._lines: list[SideLine] = []

    def show_lines(self, lines: Sequence[SideLine]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.deleteLater()
        for number, line in enumerate(lines):
            if number:
                self._column.addWidget(Rule())
            self._column.addWidget(_LineView(line, self))


class _LineView(QWidget):
    def __init__(self, line: SideLine, parent: QWidget) -> None:
        super().__init__(parent)
        words = look.column(Space.NONE)
        words.addWidget(Elided(line.title))
        words.addWidget(Elided(line.detail, TextKind.SMALL))
        row = look.row(Space.XS, parent=self)
        row.addLayout(words, 1)
        for doing in line.doings:
            button = IconButton(doing.icon, doing.name)
            button.clicked.connect(lambda *_, act=doing.act: act())
            row.addWidget(button)
