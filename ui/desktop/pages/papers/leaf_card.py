"""A document beside the list: how it looks, and what may be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.look import Space, TextKind
from ui.desktop.pages.papers.lines import PaperLine
from ui.desktop.pages.papers.presenter import Leaf, NextPrint
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.paper_sheets import Outside
from ui.desktop.widgets.paper_view import PaperView
from ui.desktop.widgets.text import Text


class LeafCard(Card):
    print_asked = Signal()
    save_asked = Signal()
    case_asked = Signal()

    def __init__(self, outside: Outside, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._line: PaperLine | None = None
        self._following = NextPrint()
        self._is_drawn_anew = False
        self._chosen = 0
        self._printable = 0
        self._make(outside)
        self._assemble()
        self._connect()
        self.show_nothing("")

    def _make(self, outside: Outside) -> None:
        self.print = Button(
            self.tr("打印"), icon="printer", kind=ButtonKind.PRIMARY, shown_key="F9"
        )
        self.save = Button(self.tr("存为 PDF"), icon="download")
        self.case = Button(self.tr("打开办件"), icon="folder-open")
        self._remark = Text("", TextKind.SECONDARY)
        self.view = PaperView(outside)

    def _assemble(self) -> None:
        acts = QWidget()
        row = look.flow(Space.S, parent=acts)
        for button in (self.print, self.save, self.case):
            row.addWidget(button)
        self.add(acts)
        self.add(self._remark)
        self.add(self.view, 1)

    def _connect(self) -> None:
        self.print.clicked.connect(self.print_asked)
        self.save.clicked.connect(self.save_asked)
        self.case.clicked.connect(self.case_asked)

    # --- what is shown ----------------------------------------------------------------------------

    def show_begun(self, line: PaperLine) -> None:
        self._line = line
        self._is_drawn_anew = False
        self.view.show_waiting(f"{line.title} {line.number}".strip())
        self.save.setEnabled(False)
        self.case.setEnabled(True)
        self._show_acts()

    def show_leaf(self, leaf: Leaf) -> None:
        self._line = leaf.line
        self._is_drawn_anew = leaf.is_drawn_anew
        self._show_acts()
        self.view.show_paper(leaf.pdf, leaf.name)
        self.save.setEnabled(leaf.line.entry is not None)
        self.save.set_tip("" if leaf.line.entry else self.tr("先打印出具，才有编号"))

    def show_nothing(self, why: str) -> None:
        if why:
            self.view.show_nothing(self.tr("不能预览"), why)
        else:
            self._line = None
            self.case.setEnabled(False)
            self.view.show_nothing(
                self.tr("没有选中文书"), self.tr("在列表里选一份，这里就能看到。")
            )
        self.save.setEnabled(False)
        self._show_acts()

    def show_following(self, following: NextPrint) -> None:
        self._following = following
        self._show_acts()

    def show_chosen(self, chosen: int, printable: int) -> None:
        """So many rows are selected, and so many documents would be printed."""
        self._chosen, self._printable = chosen, printable
        self._show_acts()

    def _show_acts(self) -> None:
        several = self._chosen > 1
        self.print.set_text(self._several() if several else self._one())
        may = self._printable > 0 if several else self._line is not None and not self._why_not()
        self.print.setEnabled(may)
        note = "" if several else self._why_not() or self._what_it_is()
        self._remark.set_text(note)
        self._remark.setVisible(bool(note))

    def _several(self) -> str:
        return self.tr("打印选中的 {n} 份").format(n=self._printable)

    def _one(self) -> str:
        if self._line is None or self._line.entry is None or self._why_not():
            return self.tr("打印")
        if self._following.reprint:
            return self.tr("补打第 {n} 次").format(n=self._following.reprint)
        return self.tr("打印新的一份")

    def _why_not(self) -> str:
        return self._following.why_not if self._line is not None else ""

    def _what_it_is(self) -> str:
        if self._line is None:
            return ""
        if self._line.entry is None:
            return self.tr("还没有出具，打印时编号。")
        if self._is_drawn_anew:
            return self.tr("原页留存在出具的电脑上，这里按登记的内容重新画出。")
        if self._following.reprint:
            return ""
        return self.tr("出具以后内容有了变化，再打是新的一份，另编号。")
