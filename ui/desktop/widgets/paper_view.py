"""A document as it will lie on paper, with its page numbers and its size."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.errors import DaibanError
from ui import wording
from ui.desktop import look
from ui.desktop.look import Space, TextKind
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.page_bar import PageSteps, SizeSteps, together
from ui.desktop.widgets.paper_sheets import Outside, PaperSheets
from ui.desktop.widgets.text import Elided

if TYPE_CHECKING:
    from printing.pages import PageSize
    from ui.desktop.jobs import Job


class PaperView(QWidget):
    """`page_changed` tells the page that is looked at, from 1."""

    page_changed = Signal(int)

    def __init__(self, outside: Outside, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outside = outside
        self._opening: Job | None = None
        self.sheets = PaperSheets(outside)
        self._make()
        self._assemble()
        self._connect()
        self.show_nothing(self.tr("没有选中文书"))

    # --- sections ---------------------------------------------------------------------------------

    def _make(self) -> None:
        self._name = Elided("", TextKind.STRONG)
        self._steps = PageSteps()
        self._size = SizeSteps(self.sheets)
        self._whole = Button(self.tr("原大"), kind=ButtonKind.QUIET, tip=self.tr("和纸上一样大"))
        self._fit = Button(self.tr("适合宽度"), kind=ButtonKind.QUIET)
        self._empty = EmptyState("file-text", "")
        self._stack = QStackedWidget()
        self._bar = QWidget()

    def _assemble(self) -> None:
        bar = look.flow(Space.S, parent=self._bar)
        bar.addWidget(self._steps)
        bar.addWidget(self._size)
        bar.addWidget(together(self._whole, self._fit))
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.sheets)
        whole = look.column(Space.S, parent=self)
        whole.addWidget(self._name)
        whole.addWidget(self._bar)
        whole.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._steps.stepped.connect(lambda step: self.sheets.turn_to(self.sheets.page + step))
        self._whole.clicked.connect(partial(self.sheets.zoom_to, 1.0))
        self._fit.clicked.connect(self.sheets.fit)
        self.sheets.turned.connect(self._on_turned)

    # --- what is shown ----------------------------------------------------------------------------

    def show_paper(self, pdf: bytes, name: str) -> None:
        """The pages come as soon as they are drawn."""
        self._drop()
        self._name.set_text(name)
        self._name.show()
        self.sheets.setAccessibleDescription(name)
        self._opening = self._outside(
            partial(_sizes, pdf), partial(self._on_opened, pdf), self._on_unreadable
        )

    def show_waiting(self, name: str) -> None:
        self._drop()
        self._name.set_text(name)
        self._name.show()
        self._say("loader-circle", self.tr("正在准备预览…"), "")

    def show_nothing(self, title: str, text: str = "") -> None:
        self._drop()
        self._name.hide()
        self._say("file-text", title, text)

    def _drop(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None

    def _say(self, icon: str, title: str, text: str) -> None:
        self.sheets.show_pages(b"", ())
        self._empty.say(icon, title, text)
        self._stack.setCurrentWidget(self._empty)
        self._bar.hide()

    def _on_opened(self, pdf: bytes, sizes: tuple[PageSize, ...]) -> None:
        self._opening = None
        self._bar.show()
        self._stack.setCurrentWidget(self.sheets)
        self.sheets.show_pages(pdf, sizes)

    def _on_unreadable(self, error: DaibanError) -> None:
        self._opening = None
        self._say("file-warning", self.tr("不能预览"), wording.sentence_on_screen(error))

    def _on_turned(self) -> None:
        self._steps.show_page(self.sheets.page, self.sheets.count)
        self.page_changed.emit(self.sheets.page + 1)


def _sizes(pdf: bytes) -> tuple[PageSize, ...]:
    """Off the GUI thread."""
    from printing.pages import Pages

    with Pages(pdf) as pages:
        return pages.sizes
