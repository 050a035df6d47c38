"""归档 as it is seen: four lists, and the one act that fits what is selected."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtCore import QModelIndex, QStandardPaths, Qt
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QWidget
from typing_extensions import override

from app.domain.archive import period_label
from app.domain.events import Appraisal, Role
from app.domain.items import Retention
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look import Mood, Space, TextKind
from ui.desktop.pages.archive.dialogs import AppraiseDialog, ArchiveDialog, DestroyDialog
from ui.desktop.pages.archive.lines import ArchiveLine, ArchiveRead, View, may_see
from ui.desktop.pages.archive.presenter import ArchivePresenter
from ui.desktop.pages.archive.sheets import offers
from ui.desktop.pages.archive.table import ArchiveTable
from ui.desktop.pages.names import PageName
from ui.desktop.pages.page import DeskPage
from ui.desktop.sheet_preview import SheetPreview
from ui.desktop.widgets import dialogs
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.page_frame import PageFrame
from ui.desktop.widgets.segments import Segment, Segments
from ui.desktop.widgets.table_view import CellKind, Column, TableView
from ui.desktop.widgets.text import Text

_ROW_UNITS: Final = 52
_LIST_UNITS: Final = 270
_CHOICE_UNITS: Final = 140


class ArchivePage(DeskPage):
    name: ClassVar[PageName] = PageName.ARCHIVE

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.presenter = ArchivePresenter(desk, self)
        self._make()
        self._assemble()
        self._connect()

    # --- made of ----------------------------------------------------------------------------------

    def _make(self) -> None:
        self._frame = PageFrame(self.tr("归档"))
        self.views = Segments(self.tr("归档的列表"))
        self.views.show_segments([Segment(text=view.label, value=view) for view in View])
        self.year = Choice([(self.tr("全部年度"), None)])
        self.year.setAccessibleName(self.tr("按年度筛选"))
        periods: list[tuple[str, object]] = [(self.tr("全部期限"), None)]
        periods += [(period_label(one), one) for one in Retention]
        self.period = Choice(periods)
        self.period.setAccessibleName(self.tr("按保管期限筛选"))
        self._filters = QWidget()
        self._table = ArchiveTable()
        self.list = TableView(name=self.tr("案卷"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setModel(self._table)
        self.list.set_row_units(_ROW_UNITS)
        self.list.columns(
            [
                Column(width=244, kind=CellKind.TWO_LINES),
                Column(width=150, stretch=1, kind=CellKind.TWO_LINES),
                Column(width=170, kind=CellKind.TWO_LINES),
                Column(width=116, kind=CellKind.CHIP),
            ]
        )
        self._empty = EmptyState("archive", "")
        self.list.set_empty(self._empty)
        self._told = Text("", TextKind.SECONDARY)
        self.all = Button(self.tr("全选"), kind=ButtonKind.QUIET, tip="Ctrl+A")
        self.archive = Button(self.tr("归档"), icon="archive", kind=ButtonKind.PRIMARY)
        self.appraise = Button(self.tr("鉴定"), icon="clipboard-check", kind=ButtonKind.PRIMARY)
        self.approve = Button(self.tr("批准销毁"), icon="eraser", kind=ButtonKind.DANGER)
        self.export = Button(self.tr("存为文本文件"), icon="download")
        self.on_paper = Button(self.tr("看和打印"), icon="printer", kind=ButtonKind.PRIMARY)
        self._acts = (self.archive, self.appraise, self.approve, self.export, self.on_paper)
        self.preview = SheetPreview(self.desk)
        self._listed = QWidget()

    def _assemble(self) -> None:
        filters = look.flow(Space.S, parent=self._filters)
        filters.addWidget(look.sized(self.year, width=_CHOICE_UNITS))
        filters.addWidget(look.sized(self.period, width=_CHOICE_UNITS))
        self._filters.hide()
        card = Card()
        card.add(self.list, 1)
        foot = look.row(Space.S)
        foot.addWidget(self._told, 1)
        foot.addWidget(self.all)
        for button in self._acts:
            foot.addWidget(button)
            button.hide()
        listed = look.column(Space.M, parent=self._listed)
        listed.addWidget(self._filters)
        listed.addWidget(look.sized(card, min_height=_LIST_UNITS), 1)
        listed.addLayout(foot)
        self._frame.add_beside_title(self.views)
        self._frame.head_row.setAlignment(self.views, Qt.AlignmentFlag.AlignVCenter)
        self._frame.body.addWidget(self._listed, 1)
        self._frame.body.addWidget(self.preview, 1)
        look.column(Space.NONE, parent=self).addWidget(self._frame)

    def _connect(self) -> None:
        self.views.chosen.connect(self._on_view)
        self.year.chosen.connect(lambda year: self.presenter.want(year=year))
        self.period.chosen.connect(lambda period: self.presenter.want(retention=period))
        self.list.opened.connect(self._on_opened)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._on_selected())
        self._table.modelReset.connect(self._on_selected)
        self.all.clicked.connect(self.list.selectAll)
        self.archive.clicked.connect(self._on_archive)
        self.appraise.clicked.connect(self._on_appraise)
        self.approve.clicked.connect(self._on_destroy)
        self.export.clicked.connect(self._on_export)
        self.on_paper.clicked.connect(self.show_on_paper)
        self.preview.closed.connect(self._on_preview_closed)
        self.on_keys("Esc", self.preview.close_preview)
        self.presenter.shown.connect(self._on_shown)
        self.presenter.left.connect(self._on_left)

    # --- as a page --------------------------------------------------------------------------------

    @override
    def refresh(self) -> None:
        self.presenter.refresh()

    @override
    def receive(self, subject: object) -> None:
        if isinstance(subject, View):
            self._on_view(subject)

    @override
    def focus_first(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def help_text(self) -> str:
        return self.tr(
            "待归档：已经办完的件，由档案员归档；归档后锁定，编上档号。\n\n"
            "到期鉴定：保管期满的案卷，程序只提出，由档案员鉴定是销毁还是继续保存。"
            "鉴定为可以销毁的，由负责人批准；鉴定的人不能自己批准。\n\n"
            "批准以后与区中心交换一次，区中心核对无误，内容从各处删去，不能恢复。"
            "销毁清册永久保留，可以存成文本文件。\n\n"
            "归档目录、证明出具登记和销毁清册先看样子，再按 F9 打印，供签名存档；人名遮去。\n\n"
            "Ctrl+A 全选，按住 Shift 或 Ctrl 选几件，回车打开办件。"
        )

    # --- what is shown ----------------------------------------------------------------------------

    def _on_view(self, view: object) -> None:
        self.preview.close_preview()
        self.views.set_value(view)
        self.list.clearSelection()
        self._filters.setVisible(view is View.CATALOGUE)
        self.presenter.want(view=view)

    def _on_shown(self, told: ArchiveRead) -> None:
        if not may_see(told.roles):  # somebody else sat down
            self.preview.close_preview()
        self.views.show_segments(
            [Segment(text=one.label, value=one, count=told.counts.get(one)) for one in View]
        )
        years: list[tuple[str, object]] = [(self.tr("全部年度"), None)]
        years += [(self.tr("{year}年").format(year=year), year) for year in told.years]
        self.year.set_options(years)
        self._say_empty(told)
        self._table.show(told.wanted.view, told.lines if may_see(told.roles) else ())
        self._on_selected()

    def _say_empty(self, told: ArchiveRead) -> None:
        if not may_see(told.roles):
            text = self.tr("要归档的件，档案员在这里会看到。")
            self._empty.say("lock", self.tr("归档由档案员、负责人和督查员看"), text)
            return
        title, text = {
            View.WAITING: (
                self.tr("没有待归档的件"),
                self.tr("办结、回访过的件会出现在这里，由本站的档案员归档。"),
            ),
            View.CATALOGUE: (self.tr("归档目录里没有案卷"), self.tr("归了档的案卷列在这里。")),
            View.DUE: (
                self.tr("没有保管期满的案卷"),
                self.tr("期满的第二天，案卷自动出现在这里，由人鉴定。"),
            ),
            View.REGISTER: (
                self.tr("没有销毁过案卷"),
                self.tr("销毁的案卷在这里永久留下档号、日期和经手人。"),
            ),
        }[told.wanted.view]
        self._empty.say("archive", title, text)

    # --- what is selected -------------------------------------------------------------------------

    def _selected(self) -> list[ArchiveLine]:
        rows = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        return [line for row in rows if (line := self._table.line(row)) is not None]

    def _on_selected(self) -> None:
        chosen, view, may = self._selected(), self.presenter.view, self.presenter.may
        some, rows = bool(chosen), self._table.rowCount()
        fits = {
            self.archive: (view is View.WAITING and may(Role.ARCHIVIST), some),
            self.appraise: (view is View.DUE and may(Role.ARCHIVIST), some),
            self.approve: (
                view is View.DUE and may(Role.HEAD), some and all(one.ready for one in chosen),
            ),
            self.export: (view is View.REGISTER, rows > 0),
            self.on_paper: (view in (View.CATALOGUE, View.REGISTER) and self._may_see(), True),
        }  # fmt: skip
        for button, (shown, enabled) in fits.items():
            button.setVisible(shown)
            button.setEnabled(enabled)
        on_all = (self.export, self.on_paper)  # whatever is selected
        acting = any(shown for button, (shown, _) in fits.items() if button not in on_all)
        self.all.setVisible(acting and rows > 0)
        self._told.set_text(self._words(chosen, rows))

    def _words(self, chosen: list[ArchiveLine], rows: int) -> str:
        last = self.presenter.last
        if chosen and self.presenter.view is View.DUE and self.presenter.may(Role.HEAD):
            waiting = sum(not one.ready for one in chosen)
            if waiting:
                return self.tr("选了 {n} 件，其中 {m} 件还没有鉴定为可以销毁").format(
                    n=len(chosen), m=waiting
                )
        if chosen:
            return self.tr("选了 {n} 件").format(n=len(chosen))
        if last is not None and last.more:
            return self.tr("只列出前 {n} 件，请选年度").format(n=rows)
        return self.tr("共 {n} 件").format(n=rows) if rows else ""

    def _on_opened(self, index: QModelIndex) -> None:
        line = self._table.line(index.row())
        if line is not None:
            self.desk.go(PageName.CASES, line.subject)

    # --- on paper ---------------------------------------------------------------------------------

    def _may_see(self) -> bool:
        last = self.presenter.last
        return last is not None and may_see(last.roles)

    def show_on_paper(self) -> None:
        """The lists that are made of this one, in its place."""
        offered = offers(self.presenter.wanted)
        if offered and self._may_see():
            self._listed.hide()
            self.preview.show_sheets(offered)

    def _on_preview_closed(self) -> None:
        self._listed.show()
        self.focus_first()

    @override
    def print_paper(self) -> None:
        """F9: what is previewed; else the preview of the list."""
        if self.preview.is_open:
            self.preview.print_sheet()
        elif offers(self.presenter.wanted):
            self.show_on_paper()
        else:
            self.desk.say(Mood.INFO, self.tr("归档目录和销毁清册可以打印，请先点到那里。"))

    # --- acts -------------------------------------------------------------------------------------

    def _on_archive(self) -> None:
        chosen = self._selected()
        subjects = [one.subject for one in chosen]
        dialog = ArchiveDialog(len(chosen), sum(one.lacks_period for one in chosen), self)
        dialog.given.connect(
            lambda period, number: self.presenter.archive(subjects, period, number)
        )
        dialog.exec()

    def _on_appraise(self) -> None:
        subjects = [one.subject for one in self._selected()]
        dialog = AppraiseDialog(len(subjects), self)
        dialog.given.connect(
            lambda opinion, reason, years: self.presenter.appraise(
                subjects, Appraisal(opinion), reason, years
            )
        )
        dialog.exec()

    def _on_destroy(self) -> None:
        subjects = [one.subject for one in self._selected()]
        dialog = DestroyDialog(len(subjects), self)
        dialog.given.connect(lambda reason: self.presenter.destroy(subjects, reason))
        dialog.exec()

    def _on_export(self) -> None:
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        suggested = Path(QStandardPaths.writableLocation(documents)) / self.tr("销毁清册.txt")
        file, _ = QFileDialog.getSaveFileName(
            self, self.tr("存为文本文件"), str(suggested), self.tr("文本文件 (*.txt)")
        )
        if file:
            self.presenter.export(Path(file))

    def _on_left(self, sentences: str) -> None:
        dialogs.tell(self, self.tr("有的没有办成"), sentences)
