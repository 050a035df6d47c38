"""文书 as it is seen: the register at the left, the document that is selected at the right."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QModelIndex, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QBoxLayout, QFileDialog, QWidget
from typing_extensions import override

from app.domain.papers import PaperKind
from app.journal.refs import Ref
from printing.filing import file_name
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look import Space, TextKind
from ui.desktop.pages.names import PageName
from ui.desktop.pages.page import DeskPage
from ui.desktop.pages.papers.batch_card import BatchCard
from ui.desktop.pages.papers.blank_dialog import BlankDialog
from ui.desktop.pages.papers.check_dialog import CheckDialog
from ui.desktop.pages.papers.leaf_card import LeafCard
from ui.desktop.pages.papers.lines import PaperLine, PapersWanted, Span
from ui.desktop.pages.papers.presenter import Leaf, PapersPresenter, PrinterTold
from ui.desktop.pages.papers.print_list import PrintList
from ui.desktop.pages.papers.table import PaperTable
from ui.desktop.print_batch import batch_of
from ui.desktop.print_jobs import jobs_of
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.chip import Chip
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.page_frame import PageFrame
from ui.desktop.widgets.table_view import CellKind, Column, TableView
from ui.desktop.widgets.text import Elided
from ui.desktop.widgets.tips import set_tip

_BESIDE_UNITS: Final = 860
"""A narrower page has the document under the list."""
_SEARCH_UNITS: Final = 260
_CHOICE_UNITS: Final = 150
_LIST_UNITS: Final = 270
_LEAF_UNITS: Final = 420
_ROW_UNITS: Final = 52
_TYPING_MS: Final = 200


class PapersPage(DeskPage):
    name = PageName.PAPERS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._presenter = PapersPresenter(desk, self)
        self._jobs = jobs_of(desk)
        self._wanted = PapersWanted()
        self._make()
        self._assemble()
        self._connect()

    # --- made of ----------------------------------------------------------------------------------

    def _make(self) -> None:
        self._frame = PageFrame(self.tr("文书"))
        self._printer = Chip()
        self.check = Button(self.tr("核验真伪"), icon="shield-check")
        self.blanks = Button(self.tr("空白收件回执"), icon="file-plus")
        self.search = LineEdit(self.tr("姓名、编号、事项"), icon="search")
        self.search.setAccessibleName(self.tr("查找文书"))
        self.search.setClearButtonEnabled(True)
        self.span = Choice([(span.label, span) for span in Span])
        self.span.setAccessibleName(self.tr("按日期筛选"))
        self.span.set_value(self._wanted.span)
        self.kind = Choice(self._kinds())
        self.kind.setAccessibleName(self.tr("按文书筛选"))
        self._filters = QWidget()
        self._of_case = QWidget()
        self._case_words = Elided("", TextKind.STRONG)
        self._all = Button(self.tr("看全部文书"), icon="arrow-left", kind=ButtonKind.QUIET)
        self._table = PaperTable(self.desk, self)
        self.list = TableView(name=self.tr("文书登记簿"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setModel(self._table)
        self.list.set_row_units(_ROW_UNITS)
        self.list.columns(
            [
                Column(width=204, kind=CellKind.TWO_LINES),
                Column(width=88, stretch=1, kind=CellKind.TWO_LINES),
                Column(width=68, kind=CellKind.TWO_LINES),
                Column(width=112, kind=CellKind.CHIP),
            ]
        )
        self._empty = EmptyState("file-text", "")
        self.list.set_empty(self._empty)
        # Without a parent either would be a window for as long as it is filled.
        self.batch = BatchCard(batch_of(self.desk), self)
        self.prints = PrintList(self._jobs, self)
        self.leaf = LeafCard(self.desk.outside)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)

    def _assemble(self) -> None:
        filters = look.flow(Space.S, parent=self._filters)
        filters.addWidget(look.sized(self.search, width=_SEARCH_UNITS))
        filters.addWidget(look.sized(self.span, width=_CHOICE_UNITS))
        filters.addWidget(look.sized(self.kind, width=_CHOICE_UNITS))
        of_case = look.row(Space.S, parent=self._of_case)
        of_case.addWidget(self._all)
        of_case.addWidget(self._case_words, 1)
        self._of_case.hide()
        register = Card()
        register.add(self.list, 1)
        left = look.column(Space.M)
        left.addWidget(look.sized(register, min_height=_LIST_UNITS), 1)
        left.addWidget(self.batch)
        left.addWidget(self.prints)
        look.sized(self.leaf, min_height=_LEAF_UNITS)
        self._columns = look.row(Space.L)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self.leaf, 1)
        self._frame.add_action(self._printer)
        self._frame.add_action(self.blanks)
        self._frame.add_action(self.check)
        self._frame.body.addWidget(self._filters)
        self._frame.body.addWidget(self._of_case)
        self._frame.body.addLayout(self._columns, 1)
        look.column(Space.NONE, parent=self).addWidget(self._frame)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._on_typed)
        self.search.entered.connect(self._on_entered)
        self.span.chosen.connect(lambda span: self._want(span=span))
        self.kind.chosen.connect(lambda kind: self._want(kind=kind))
        self._all.clicked.connect(lambda: self._want(subject=None))
        self._empty.acted.connect(self._on_empty_acted)
        self._table.loaded.connect(self._on_loaded)
        self.list.opened.connect(self._on_opened)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._on_selected())
        self._table.modelReset.connect(self._on_selected)
        self.blanks.clicked.connect(self.reserve_blanks)
        self.check.clicked.connect(lambda: self.check_code())
        self.leaf.print_asked.connect(self.print_paper)
        self.leaf.save_asked.connect(self._on_save_asked)
        self.leaf.case_asked.connect(self._on_case_asked)
        self._presenter.begun.connect(self.leaf.show_begun)
        self._presenter.seen.connect(self.leaf.show_leaf)
        self._presenter.hidden.connect(self.leaf.show_nothing)
        self._presenter.following.connect(self.leaf.show_following)
        self._presenter.printer_told.connect(self._on_printer)
        self.desk.preferences_changed.connect(self._on_preferences)

    def _kinds(self) -> list[tuple[str, object]]:
        named: dict[PaperKind, str] = {kind: kind.label for kind in PaperKind}
        named[PaperKind.MATERIALS_SLIP] = self.tr("收件回执（小票）")
        return [(self.tr("全部文书"), None), *[(label, kind) for kind, label in named.items()]]

    # --- as a page --------------------------------------------------------------------------------

    @override
    def refresh(self) -> None:
        self._table.refresh()
        self._presenter.ask_printers()

    @override
    def receive(self, subject: object) -> None:
        """A case's documents; a code's text is checked; whatever else, the register."""
        self._want(subject=subject if isinstance(subject, Ref) else None)
        if isinstance(subject, str):
            QTimer.singleShot(0, self, partial(self.check_code, subject))

    @override
    def print_paper(self) -> None:
        self._presenter.print_lines(self._selected())

    @override
    def focus_first(self) -> None:
        first = self.list if self._wanted.subject is not None else self.search
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def help_text(self) -> str:
        return self.tr(
            "这里是本站能看到的文书，新的在前。用上下键选中，右边就是它印在纸上的样子。\n\n"
            "F9 打印选中的文书。已经出具过的再打是补打，纸上会标明第几次。"
            "按住 Shift 或 Ctrl 可以选几份一起打。\n\n"
            "打印机没有打出来，看左下的“打印情况”，那里可以再打一次。\n\n"
            "在右边的纸上：Ctrl 加滚轮或者 + − 放大缩小，0 适合宽度，1 和纸上一样大，PageDown 下一页。"
        )

    # --- what is wanted ---------------------------------------------------------------------------

    def _want(self, **changes: object) -> None:
        self._wanted = msgspec.structs.replace(self._wanted, **changes)
        of_case = self._wanted.subject is not None
        self._filters.setVisible(not of_case)
        self._of_case.setVisible(of_case)
        self._case_words.set_text("")
        self.list.clearSelection()
        self._table.show(self._wanted)

    def _on_typed(self) -> None:
        text = self.search.text().strip()
        if text != self._wanted.text:
            self._want(text=text)

    def _on_entered(self) -> None:
        self._typing.stop()
        self._on_typed()
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_loaded(self) -> None:
        self._say_empty()
        first = self._table.line(0)
        if first is not None and self._wanted.subject is not None:
            self._case_words.set_text(f"{first.applicant}　{first.item}")
        if first is not None and not self.list.selectionModel().hasSelection():
            self.list.select_row(0)
        elif first is None:
            self._on_selected()

    def _say_empty(self) -> None:
        if self._wanted.subject is not None:
            self._empty.say(
                "file-text",
                self.tr("这一件还没有文书"),
                self.tr("办到该出文书的时候，这里会列出可以打印的。"),
            )
        elif self._wanted.text or self._wanted.kind:
            self._empty.say(
                "search",
                self.tr("没有找到文书"),
                self.tr("换个日期或者说法再找。"),
                self.tr("看全部文书"),
            )
        elif self._wanted.span is not Span.ALL:
            self._empty.say(
                "file-text",
                self.tr("{span}没有出具过文书").format(span=self._wanted.span.label),
                self.tr("登记一件，打印的收件回执就在这里。按 F2 登记。"),
                self.tr("看全部文书"),
            )
        else:
            self._empty.say(
                "file-text",
                self.tr("还没有出具过文书"),
                self.tr("登记一件，打印的收件回执就在这里。按 F2 登记。"),
            )

    def _on_empty_acted(self) -> None:
        self.search.clear()
        self._typing.stop()
        self.span.set_value(Span.ALL)
        self.kind.set_value(None)
        self._want(text="", kind=None, span=Span.ALL)

    # --- the list ---------------------------------------------------------------------------------

    def _selected(self) -> list[PaperLine]:
        rows = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        return [line for row in rows if (line := self._table.line(row)) is not None]

    def _on_selected(self) -> None:
        chosen = self._selected()
        self.leaf.show_chosen(len(chosen), len(self._presenter.documents(chosen)))
        current = self._table.line(self.list.current_row())
        self._presenter.look_at(current if current in chosen else next(iter(chosen), None))

    def _on_opened(self, index: QModelIndex) -> None:
        self._open_case(self._table.line(index.row()))

    def _on_case_asked(self) -> None:
        self._open_case(next(iter(self._selected()), None))

    def _open_case(self, line: PaperLine | None) -> None:
        if line is not None:
            self.desk.go(PageName.CASES, line.subject)

    def check_code(self, text: str = "") -> None:
        """Ask for a document's code, and say whether it is genuine."""
        dialog = CheckDialog(self.desk, text, self.window())
        dialog.case_asked.connect(lambda subject: self.desk.go(PageName.CASES, subject))
        dialog.exec()
        dialog.deleteLater()

    def reserve_blanks(self) -> None:
        """Number and print receipts for days without power."""
        dialog = BlankDialog(self.desk, self.window())
        dialog.exec()
        dialog.deleteLater()

    # --- the file ---------------------------------------------------------------------------------

    def _on_save_asked(self) -> None:
        leaf = self._presenter.leaf
        if leaf is None:
            return
        file = self._asked_file(leaf)
        if file:
            self._presenter.save(Path(file))

    def _asked_file(self, leaf: Leaf) -> str:
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        suggested = Path(QStandardPaths.writableLocation(documents)) / file_name(leaf.name)
        file, _ = QFileDialog.getSaveFileName(
            self, self.tr("存为 PDF"), str(suggested), self.tr("PDF 文件 (*.pdf)")
        )
        return file

    # --- the printer ------------------------------------------------------------------------------

    def _on_printer(self, told: PrinterTold) -> None:
        self._printer.say(told.mood, told.text, "printer")
        set_tip(self._printer, told.tip)

    def _on_preferences(self) -> None:
        if self.isVisible():
            self.refresh()

    # --- sizes ------------------------------------------------------------------------------------

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= look.current().px(_BESIDE_UNITS)
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
