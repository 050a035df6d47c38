"""可能重复: each case that this one may repeat, with why, to be compared and judged; nothing happens by itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.journal.refs import Ref
from app.usecases.duplicates import Judged
from ui.desktop import look
from ui.desktop.look import Mood, Size, Space, TextKind
from ui.desktop.pages.cases.duplicates import SheetDuplicate
from ui.desktop.pages.cases.sheet import CaseSheet
from ui.desktop.widgets import painting
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.chip import Chip
from ui.desktop.widgets.text import Text

JUDGING = "compare"
_ENDING = ("withdraw", "void")


class DuplicatesCard(QWidget):
    """`compare_asked` and `judged` carry the Ref of the other case, `judged` also whether it is the same one.

    `act_asked` carries the verb by which one of two that are the same is ended.
    """

    compare_asked = Signal(object)
    judged = Signal(object, bool)
    act_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: object = None
        self._lines: list[QWidget] = []
        self._column = look.column(Space.S, (Space.M,) * 4, self)
        self._column.addWidget(Text(self.tr("可能重复"), TextKind.SECTION))
        self.setAccessibleName(self.tr("可能重复"))
        self.hide()

    def show_sheet(self, sheet: CaseSheet) -> None:
        verbs = {choice.verb: choice.label for choice in sheet.acts}
        shown = (sheet.duplicates, verbs)
        if shown == self._shown:
            return
        self._shown = shown
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(one, verbs) for one in sheet.duplicates]
        for line in self._lines:
            self._column.addWidget(line)
            line.show()
        self.setVisible(bool(sheet.duplicates))

    def buttons(self) -> list[Button]:
        return [button for line in self._lines for button in line.findChildren(Button)]

    def _line(self, one: SheetDuplicate, verbs: dict[str, str]) -> QWidget:
        line = QWidget(self)
        stack = look.column(Space.XS, parent=line)
        head = look.row(Space.S)
        head.addWidget(Chip(one.chip, one.mood), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Text(one.title, TextKind.STRONG), 1)
        stack.addLayout(head)
        stack.addWidget(Text(one.why, TextKind.SECONDARY))
        if one.judged is Judged.SAME:
            said = self.tr("已认定是同一件：只办一件，另一件请由申请人撤回，或者由有权的人作废。")
            stack.addWidget(Text(said, TextKind.SECONDARY))
        buttons = look.flow(Space.S)
        for button in self._buttons(one, verbs, line):
            buttons.addWidget(button)
        stack.addLayout(buttons)
        return line

    def _buttons(self, one: SheetDuplicate, verbs: dict[str, str], line: QWidget) -> list[Button]:
        made: list[Button] = []
        other = one.subject
        if other is not None:
            compare = Button(
                self.tr("比对"), icon="git-compare", kind=ButtonKind.PLAIN, parent=line
            )
            compare.clicked.connect(partial(self.compare_asked.emit, other))
            made.append(compare)
        if other is not None and JUDGING in verbs:
            if one.judged is not Judged.SAME:
                made.append(self._judging(self.tr("是同一件"), other, line, same=True))
            made.append(self._judging(self.tr("不是同一件"), other, line, same=False))
        if one.judged is Judged.SAME:
            for verb in (verb for verb in _ENDING if verb in verbs):
                end = Button(self.tr("这一件：{act}").format(act=verbs[verb]), parent=line)
                end.clicked.connect(partial(self.act_asked.emit, verb))
                made.append(end)
        return made

    def _judging(self, text: str, other: Ref, line: QWidget, *, same: bool) -> Button:
        button = Button(text, icon="check" if same else "x", parent=line)
        button.clicked.connect(partial(self.judged.emit, other, same))
        return button

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now = look.current()
        tone = now.tone(Mood.WARN)
        painting.plate(
            QPainter(self),
            self.rect(),
            fill=now.theme.paper,
            edge=tone.edge,
            edge_px=now.px(now.theme.edge_units),
            corner_px=now.px(Size.CORNER),
        )
