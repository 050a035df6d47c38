"""办件: find a case, look at it, act on it."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.journal.refs import Ref
from app.usecases.lookup import MOST_COUNTED, CaseFilter, Order
from ui.desktop import look
from ui.desktop.batch_dialog import BatchDialog
from ui.desktop.desk import Desk
from ui.desktop.pages.cases.act_row import PRIMARY_KEY
from ui.desktop.pages.cases.case_presenter import CasePresenter
from ui.desktop.pages.cases.detail import CaseDetail
from ui.desktop.pages.cases.filters import CaseFilters
from ui.desktop.pages.cases.listing import CaseListing
from ui.desktop.pages.cases.presenter import COLUMNS, CasesPresenter, FilterCounts
from ui.desktop.pages.cases.saved_bar import ALL, MOST_KEYS, SavedBar
from ui.desktop.pages.cases.saved_dialogs import ArrangeDialog, SaveDialog
from ui.desktop.pages.cases.split import Arrangement, CaseSplit
from ui.desktop.pages.names import PageName
from ui.desktop.pages.page import DeskPage
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.page_frame import PageFrame


class CasesPage(DeskPage):
    name: ClassVar[PageName] = PageName.CASES

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.presenter = CasesPresenter(desk, self)
        self.case = CasePresenter(desk, self)
        self._make()
        self._assemble()
        self._connect()

    def _make(self) -> None:
        self._frame = PageFrame(self.tr("办件"))
        self.saved = SavedBar()
        self.filters = CaseFilters()
        self._saving: SaveDialog | ArrangeDialog | None = None
        self.order = Choice(
            [
                (self.tr("新的在前"), Order.NEWEST),
                (self.tr("到期先后"), Order.DUE),
                (self.tr("加急和绿色通道在前"), Order.PRESSING),
            ]
        )
        self.order.setAccessibleName(self.tr("排列顺序"))
        self.batch = Button(self.tr("批量打印"), icon="printer", kind=ButtonKind.QUIET)
        self.table = CaseListing(self.presenter.table, COLUMNS, name=self.tr("办件列表"))
        self.empty = EmptyState("folder-open", "")
        self.table.set_empty(self.empty)
        self.detail = CaseDetail(self.desk, self.case)

    def _assemble(self) -> None:
        listing = Card()
        listing.add(self.table, 1)
        self.split = CaseSplit(listing, self.detail)
        self._frame.add_beside_title(self.detail.back)
        self._frame.add_action(self.batch)
        self._frame.add_action(self.order)
        self._frame.body.addWidget(self.saved)
        self._frame.body.addWidget(self.filters)
        self._frame.body.addWidget(self.split, 1)
        column = look.column(0, parent=self)
        column.addWidget(self._frame)

    def _connect(self) -> None:
        self.presenter.wanted_changed.connect(self._on_wanted)
        self.presenter.counted.connect(self._on_counted)
        self.presenter.offered.connect(self.filters.show_options)
        self.presenter.table.loaded.connect(self._on_loaded)
        self.filters.narrowed.connect(lambda changed: self.presenter.narrow(**changed))
        self.order.chosen.connect(lambda order: self.presenter.narrow(order=Order(order)))
        self.batch.clicked.connect(self._on_batch)
        self.filters.cleared.connect(self.presenter.clear)
        self.filters.left.connect(self._to_list)
        self.filters.save_asked.connect(self._on_save)
        self.presenter.saved_told.connect(lambda _: self._show_saved())
        self.presenter.kept.connect(self._on_filters_kept)
        self.presenter.refused.connect(self._on_filter_refused)
        self.saved.chosen.connect(self._on_saved_chosen)
        self.saved.arrange_asked.connect(self._on_arrange)
        for number in range(1, MOST_KEYS + 1):
            self.on_keys(f"Ctrl+{number}", partial(self._on_saved_key, number - 1))
        self.table.opened.connect(self._on_opened)
        self.table.clicked.connect(self._on_clicked)
        self.table.current_changed.connect(self._on_current)
        self.empty.acted.connect(self._on_empty_acted)
        self.split.arranged.connect(self._on_arranged)
        self.detail.back_asked.connect(self.close_case)
        self.detail.open_asked.connect(self.open_case)
        self.on_keys("Esc", self.close_case)
        for keys in (PRIMARY_KEY, PRIMARY_KEY.replace("Return", "Enter")):
            self.on_keys(keys, self.detail.start_primary)

    # --- as the window asks -----------------------------------------------------------------------

    @override
    def help_text(self) -> str:
        return self.tr(
            "这里找得到每一件。上面可以按姓名、编号查，也可以按状态、时限筛选。\n"
            "常用的筛选可以存下来，按 Ctrl+1 到 Ctrl+9 就到，也可以按 Ctrl+K 输入它的名字。\n"
            "上下键选一件，回车打开；打开以后 Ctrl+回车 办下一步，Esc 回到列表。\n"
            "按住“按住显示”可以看完整的证件号码，松开就遮住；谁看过会记下来。\n"
            "材料下面是扫描件：回车看大图，可以放大、转、存成 PDF、打印；“添加扫描件”以后还能补。\n"
            "F9 打印这件该出的文书。"
        )

    @override
    def refresh(self) -> None:
        self.presenter.refresh()
        self.case.refresh()

    @override
    def receive(self, subject: object) -> None:
        if isinstance(subject, Ref):
            self.open_case(subject)
        elif isinstance(subject, CaseFilter):
            self.close_case()
            self.presenter.want(subject)
        elif isinstance(subject, str):
            self.close_case()
            self.presenter.want(CaseFilter(text=subject))

    @override
    def print_paper(self) -> None:
        self.case.print_due()

    @override
    def focus_first(self) -> None:
        if self.split.arrangement is Arrangement.DETAIL:  # the search is not there
            self.detail.focus_acts()
        else:
            self.filters.search.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- one case ---------------------------------------------------------------------------------

    def open_case(self, subject: Ref) -> None:
        """Show a case, whether the list has it or not."""
        if subject != self.case.subject:
            self.detail.scroll_to_top()
        self.case.open(subject)
        self.split.open_detail()
        row = self.presenter.table.row_of(subject)
        if row is not None:
            self.table.select_row(row)
        else:  # else the list would keep the one before, and open it again when it has been read
            self.table.select_none()

    def close_case(self) -> None:
        if self.split.arrangement is Arrangement.LIST:
            return
        self.case.close()
        self.split.close_detail()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_opened(self, index: QModelIndex) -> None:
        line = self.presenter.table.line(index)
        if line is not None:
            self.open_case(line.subject)
            self.detail.focus_acts()

    def _on_clicked(self, index: QModelIndex) -> None:
        line = self.presenter.table.line(index)
        if line is not None:
            self.open_case(line.subject)

    def _on_current(self, index: QModelIndex) -> None:
        """Beside an open list the keys go through the cases."""
        line = self.presenter.table.line(index)
        beside = self.split.arrangement is Arrangement.BESIDE
        if line is not None and beside and line.subject != self.case.subject:
            self.open_case(line.subject)

    def _on_arranged(self, now: Arrangement) -> None:
        self.filters.setVisible(now is not Arrangement.DETAIL)
        self.saved.setVisible(now is not Arrangement.DETAIL and bool(self.presenter.saved))
        self.order.setVisible(now is not Arrangement.DETAIL)
        self.batch.setVisible(now is not Arrangement.DETAIL)
        self.detail.stand(now)

    # --- the list ---------------------------------------------------------------------------------

    def _to_list(self) -> None:
        if self.presenter.table.rowCount() and self.table.current_row() < 0:
            self.table.select_row(0)
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_wanted(self, wanted: CaseFilter) -> None:
        self.filters.show_wanted(wanted)
        self.order.set_value(wanted.order)
        self.filters.show_clear(self.presenter.is_filtered)
        self._show_saved()

    # --- saved filters ----------------------------------------------------------------------------

    def _show_saved(self) -> None:
        presenter = self.presenter
        self.saved.show_saved(presenter.saved, presenter.in_use(), filtered=presenter.is_filtered)
        if self.split.arrangement is Arrangement.DETAIL:
            self.saved.hide()

    def _on_saved_chosen(self, place: int) -> None:
        if place == ALL:
            self.presenter.clear()
        else:
            self.presenter.use(place)

    def _on_saved_key(self, place: int) -> None:
        self.close_case()
        self.presenter.use(place)

    def _on_save(self) -> None:
        dialog = SaveDialog([one.name for one in self.presenter.saved], self.window())
        dialog.given.connect(self.presenter.save)
        self._open_saving(dialog)

    def _on_arrange(self) -> None:
        dialog = ArrangeDialog(self.presenter.saved, self.window())
        dialog.given.connect(self.presenter.arrange)
        self._open_saving(dialog)

    def _open_saving(self, dialog: SaveDialog | ArrangeDialog) -> None:
        self._saving = dialog
        dialog.finished.connect(self._on_saving_finished)
        dialog.open()

    def _on_filters_kept(self) -> None:
        if self._saving is not None:
            self._saving.accept()

    def _on_filter_refused(self, sentence: str) -> None:
        if self._saving is not None:
            self._saving.refuse(sentence)

    def _on_saving_finished(self) -> None:
        self._saving = None

    def _on_batch(self) -> None:
        """One document for each case of the list."""
        BatchDialog(self.desk, self.presenter.wanted, self.window()).open()

    # --- what the list says -----------------------------------------------------------------------

    def _on_counted(self, counts: FilterCounts) -> None:
        self.filters.show_counts(counts)
        many = self.tr("{n} 件以上") if counts.total >= MOST_COUNTED else self.tr("{n} 件")
        note = self.tr("符合条件 {count}") if self.presenter.is_filtered else self.tr("共 {count}")
        self._frame.set_note(note.format(count=many.format(n=f"{counts.total:,}")))

    def _mark_open(self) -> None:
        """The case that is open is marked in the list, which may have come later."""
        subject = self.case.subject
        row = self.presenter.table.row_of(subject) if subject is not None else None
        if row is not None and row != self.table.current_row():
            self.table.select_row(row)

    def _on_loaded(self) -> None:
        self._mark_open()
        if self.presenter.is_filtered:
            self.empty.say(
                "search",
                self.tr("没有符合条件的办件"),
                self.tr("换几个字，或者放宽筛选条件。"),
                self.tr("清除筛选"),
            )
        else:
            self.empty.say(
                "folder-open",
                self.tr("还没有办件"),
                self.tr("登记第一件以后，会列在这里。"),
                self.tr("登记新办件"),
            )

    def _on_empty_acted(self) -> None:
        if self.presenter.is_filtered:
            self.presenter.clear()
        else:
            self.desk.go(PageName.REGISTRATION)
