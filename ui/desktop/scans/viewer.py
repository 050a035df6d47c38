"""Pages looked at large: one after the other, larger, turned, saved as PDF, printed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget, QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.domain.attachments import Sheet
from app.errors import DaibanError
from app.store import attachments as images
from app.store.files import write_durably
from app.store.store import Store
from app.usecases.attachments import Scan, ScanLost
from printing.filing import file_name
from ui import wording
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look import Mood, Space, TextKind
from ui.desktop.print_jobs import SheetAsked, jobs_of
from ui.desktop.scans.workshop import workshop_of
from ui.desktop.widgets.button import Button, ButtonKind, IconButton
from ui.desktop.widgets.dialogs import cover_window
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.page_bar import PageSteps, SizeSteps, page_words, together
from ui.desktop.widgets.picture_view import PictureView
from ui.desktop.widgets.reading_order import follow_layout
from ui.desktop.widgets.text import Elided

_QUARTER: Final = 90


class ViewPage(msgspec.Struct, frozen=True, kw_only=True):
    """`label` is whose page it is; `here`: its image is on this computer."""

    sheet: Sheet
    label: str
    here: bool = True


class ScanViewer(QDialog):
    """Over its window, as large as that. What is turned here is turned for the eye, unless `editable`.

    `turned` carries a place and degrees, `removed` a place: whoever opened it does that and shows the pages again.
    `fetch_asked`: the pages that are not here are wanted.
    """

    turned = Signal(int, int)
    removed = Signal(int)
    fetch_asked = Signal()

    def __init__(self, desk: Desk, title: str, parent: QWidget, *, editable: bool = False) -> None:
        super().__init__(parent)
        self._desk = desk
        self._title = title
        self._editable = editable
        self._pages: tuple[ViewPage, ...] = ()
        self._may_remove: tuple[bool, ...] = ()
        self._at = 0
        self._shown: bytes | None = None
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._make()
        self._assemble()
        self._connect()

    # --- sections ---------------------------------------------------------------------------------

    def _make(self) -> None:
        self._label = Elided("", TextKind.HEADING)
        self.view = PictureView()
        self.steps = PageSteps()
        self.size_steps = SizeSteps(self.view)
        self.fit = Button(self.tr("看全页"), kind=ButtonKind.QUIET)
        self.left = IconButton("rotate-ccw", self.tr("向左转"))
        self.right = IconButton("rotate-cw", self.tr("向右转"))
        self.remove = Button(self.tr("移走"), icon="trash-2")
        self.save = Button(self.tr("存为 PDF"), icon="download")
        self.print = Button(self.tr("打印"), icon="printer")
        self.leave = Button(self.tr("关闭"), kind=ButtonKind.PRIMARY, tip="Esc")
        self.empty = EmptyState("image", "")
        self._stack = QStackedWidget()

    def _assemble(self) -> None:
        column = look.column(Space.S, (Space.L,) * 4, self)
        head = look.row(Space.S)
        head.addWidget(self._label, 1)
        head.addWidget(self.leave)
        column.addLayout(head)
        bar = look.flow(Space.S)
        for group in (
            (self.steps,), (self.size_steps, self.fit),
            (self.left, self.right), (self.remove,), (self.save, self.print),
        ):  # fmt: skip
            bar.addWidget(together(*group))
        column.addLayout(bar)
        self.remove.setVisible(self._editable)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.view)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.steps.stepped.connect(lambda step: self.turn_to(self._at + step))
        self.fit.clicked.connect(self.view.fit)
        self.left.clicked.connect(lambda: self._turn(-_QUARTER))
        self.right.clicked.connect(lambda: self._turn(_QUARTER))
        self.remove.clicked.connect(lambda: self.removed.emit(self._at))
        self.save.clicked.connect(self._on_save)
        self.print.clicked.connect(self.print_pages)
        self.leave.clicked.connect(self.accept)
        self.empty.acted.connect(self.fetch_asked)
        on, back = self.steps.on.click, self.steps.back.click
        for keys, act in (
            ("PgDown", on), ("PgUp", back), ("Right", on), ("Left", back),
            ("R", self.right.click), ("Shift+R", self.left.click), ("F9", self.print_pages),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self, act)
        workshop_of(self._desk).drawn.connect(self._on_drawn)

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def pages(self) -> tuple[ViewPage, ...]:
        return self._pages

    @property
    def at(self) -> int:
        return self._at

    def show_pages(self, pages: Sequence[ViewPage], at: int | None = None) -> None:
        """These; the page that is looked at stays where it is possible. Without any the viewer closes."""
        self._pages = tuple(pages)
        if not self._pages:
            self.accept()
            return
        self.turn_to(self._at if at is None else at, again=True)

    def allow_removing(self, may: Sequence[bool]) -> None:
        """Of each page whether this person may take it away; said before the pages are shown."""
        self._may_remove = tuple(may)

    def turn_to(self, at: int, *, again: bool = False) -> None:
        at = max(0, min(at, len(self._pages) - 1))
        if at == self._at and not again:
            return
        self._at = at
        page = self._pages[at]
        self._say_where()
        if page.sheet.digest == self._shown:
            return
        self._shown = None
        if not page.here:
            self.say_missing(self.tr("这一页还没有下载到这台电脑。"))
            return
        workshop_of(self._desk).show(
            page.sheet, partial(self._on_ready, page.sheet.digest), self._on_failed
        )

    def say_missing(self, text: str, action: str | None = None) -> None:
        """In the picture's place: why there is none, and what can be done."""
        self.view.show_picture(())
        self.empty.say("image", text, "", action or self.tr("下载"))
        self._stack.setCurrentWidget(self.empty)

    def _say_where(self) -> None:
        page = self._pages[self._at]
        self._label.set_text(page.label)
        self.steps.show_page(self._at, len(self._pages))
        self.view.setAccessibleName(f"{page.label}，{page_words(self._at, len(self._pages))}")
        may = self._may_remove[self._at] if self._may_remove else self._editable
        self.remove.setVisible(may)

    def _on_ready(self, digest: bytes, levels: tuple[QImage, ...]) -> None:
        if not isValid(self) or self._pages[self._at].sheet.digest != digest:
            return  # gone meanwhile, or another page is wanted
        self._shown = digest
        first = self._stack.currentWidget() is self.empty
        self._stack.setCurrentWidget(self.view)
        self.view.show_picture(levels)
        if first:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: DaibanError) -> None:
        if not isValid(self):
            return
        self._stack.setCurrentWidget(self.empty)
        if isinstance(error, ScanLost):
            self.say_missing(self.tr("这一页的图像不在这台电脑上。"))
        else:
            self.empty.say("image", self.tr("这一页打不开"), wording.sentence_on_screen(error))

    def _on_drawn(self, digest: object) -> None:
        """It has just come: look at it."""
        page = self._pages[self._at] if self._pages else None
        if page is not None and page.sheet.digest == digest and self._shown is None:
            self.turn_to(self._at, again=True)

    def _turn(self, degrees: int) -> None:
        if self._editable:
            self.turned.emit(self._at, degrees)
        else:
            self.view.turn(degrees)

    # --- paper ------------------------------------------------------------------------------------

    def print_pages(self) -> None:
        """All that are here, each on a sheet of A4."""
        sheets = self._here()
        if sheets:
            draw = partial(_drawn, sheets, self._title)
            jobs_of(self._desk).print_sheet(SheetAsked(title=self._title, draw=draw))

    def _on_save(self) -> None:
        sheets = self._here()
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        suggested = Path(QStandardPaths.writableLocation(documents)) / file_name(self._title)
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("存为 PDF"), str(suggested), self.tr("PDF 文件 (*.pdf)")
        )
        if not chosen or not sheets:
            return
        file, workshop = Path(chosen), workshop_of(self._desk)

        def found(scans: list[Scan]) -> None:
            workshop.outside(
                partial(_written, scans, self._title, file), self._on_saved, self._desk.complain
            )

        workshop.fetch(sheets, found, self._desk.complain)

    def _on_saved(self, file: object) -> None:
        self._desk.say(Mood.GOOD, self.tr("已存为 {file}").format(file=file))

    def _here(self) -> tuple[Sheet, ...]:
        return tuple(page.sheet for page in self._pages if page.here)

    # --- as a window ------------------------------------------------------------------------------

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        cover_window(self)
        follow_layout(self)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)


def _pdf(scans: Sequence[Scan], title: str) -> bytes:
    """The first time much is loaded."""
    from printing.scans import scans_pdf

    return scans_pdf([scan.content for scan in scans], title=title)


def _written(scans: Sequence[Scan], title: str, file: Path) -> Path:
    write_durably(file, _pdf(scans, title))
    return file


def _drawn(sheets: Sequence[Sheet], title: str, store: Store) -> tuple[str, bytes]:
    scans = []
    for sheet in sheets:
        content = images.content(store, sheet.digest)
        if content is not None:
            scans.append(Scan(sheet=sheet, content=content))
    return title, _pdf(scans, title)
