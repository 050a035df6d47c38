"""Sheets that are about no case, as they will lie on paper, in place of what was on the page; printed or saved.

An item's guide, chart and forms, and the archive's lists: nothing is written down for them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.papers import Printable
from app.errors import DaibanError
from app.store.files import write_durably
from app.store.store import Store
from printing.choice import Paper
from printing.filing import file_name
from ui import wording
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look import Mood, Space
from ui.desktop.print_jobs import SheetAsked, jobs_of
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.paper_view import PaperView
from ui.desktop.widgets.segments import Segment, Segments


class SheetOffer(msgspec.Struct, frozen=True, kw_only=True):
    """One of the sheets that are shown side by side. `name` stands over it, on the printer's list and on the file."""

    label: str
    name: str
    make: Callable[[Store], Printable]
    is_poster: bool = False  # made on A3 too


class SheetPreview(Card):
    """`closed` when whoever looks goes back. `pdf` is what is seen, empty until it is drawn."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self.offers: tuple[SheetOffer, ...] = ()
        self._asked = 0
        self.pdf = b""
        self._make()
        self._assemble()
        self._connect()
        self.hide()

    # --- sections ---------------------------------------------------------------------------------

    def _make(self) -> None:
        self.back = Button(self.tr("返回"), icon="arrow-left", kind=ButtonKind.QUIET)
        self.back.set_tip(self.tr("返回（Esc）"))
        self.sheets = Segments(self.tr("看哪一份"))
        self.papers = Segments(self.tr("纸张"))
        self.papers.show_segments(
            [Segment(text=paper.label, value=paper) for paper in (Paper.A4, Paper.A3)]
        )
        self.print = Button(
            self.tr("打印"), icon="printer", kind=ButtonKind.PRIMARY, shown_key="F9"
        )
        self.save = Button(self.tr("存为 PDF"), icon="download")
        self.view = PaperView(self._desk.outside)
        self._top = QWidget()

    def _assemble(self) -> None:
        top = look.flow(Space.S, parent=self._top)
        for widget in (self.back, self.sheets, self.papers, self.print, self.save):
            top.addWidget(widget)
        self.add(self._top)
        self.add(self.view, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.close_preview)
        self.sheets.chosen.connect(lambda _: self._look())
        self.papers.chosen.connect(lambda _: self._look())
        self.print.clicked.connect(self.print_sheet)
        self.save.clicked.connect(self._on_save)

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return not self.isHidden()

    @property
    def offer(self) -> SheetOffer:
        """The one that is looked at."""
        value = self.sheets.value()
        return self.offers[value if isinstance(value, int) else 0]

    @property
    def paper(self) -> Paper:
        value = self.papers.value()
        return value if isinstance(value, Paper) and self.offer.is_poster else Paper.A4

    def show_sheets(self, offers: Sequence[SheetOffer], first: int = 0) -> None:
        """These, side by side, beginning with the one at that place."""
        self.offers = tuple(offers)
        self.sheets.show_segments(
            [Segment(text=offer.label, value=n) for n, offer in enumerate(offers)]
        )
        self.sheets.set_value(first)
        self.sheets.setVisible(len(offers) > 1)
        self.show()
        self._look()
        self.print.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_preview(self) -> None:
        """Back to what was on the page."""
        if self.is_open:
            self._asked += 1
            self.pdf = b""
            self.hide()
            self.view.show_nothing("")
            self.closed.emit()

    def _look(self) -> None:
        offer = self.offer
        self.papers.setVisible(offer.is_poster)
        self._asked += 1
        self.pdf = b""
        self.save.setEnabled(False)
        self.view.show_waiting(offer.name)
        self._desk.read(
            offer.make,
            partial(self._on_made, self._asked),
            partial(self._on_failed, self._asked),
            replaces="sheets.look",
        )

    def _on_made(self, asked: int, facts: Printable) -> None:
        if asked == self._asked:
            self._desk.outside(
                partial(_drawn, facts, self.paper),
                partial(self._on_drawn, asked),
                partial(self._on_failed, asked),
                replaces="sheets.draw",
            )

    def _on_drawn(self, asked: int, pdf: bytes) -> None:
        if asked == self._asked:
            self.pdf = pdf
            self.save.setEnabled(True)
            self.view.show_paper(pdf, self.offer.name)

    def _on_failed(self, asked: int, error: DaibanError) -> None:
        if asked == self._asked:
            self.view.show_nothing(self.tr("不能预览"), wording.sentence_on_screen(error))

    # --- what is done with it ---------------------------------------------------------------------

    def print_sheet(self) -> None:
        """F9. It is made anew, as it is when it is printed."""
        offer = self.offer
        jobs_of(self._desk).print_sheet(
            SheetAsked(
                title=offer.name, draw=partial(_titled, offer, self.paper), paper=self.paper
            )
        )  # fmt: skip

    def _on_save(self) -> None:
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        suggested = Path(QStandardPaths.writableLocation(documents)) / file_name(self.offer.name)
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("存为 PDF"), str(suggested), self.tr("PDF 文件 (*.pdf)")
        )
        if chosen and self.pdf:
            file = Path(chosen)
            self._desk.outside(
                partial(write_durably, file, self.pdf),
                lambda _: self._desk.say(Mood.GOOD, self.tr("已存为 {file}").format(file=file)),
            )


def _drawn(facts: Printable, paper: Paper) -> bytes:
    """Off the GUI thread: the first time much is loaded."""
    from printing import render

    return render(facts, paper=paper)


def _titled(offer: SheetOffer, paper: Paper, store: Store) -> tuple[str, bytes]:
    return offer.name, _drawn(offer.make(store), paper)
