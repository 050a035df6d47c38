"""审查: the queue at the left, the case at the right, its acts big; after an act comes the next case."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.journal.refs import Ref
from app.usecases.lookup import MOST_COUNTED, CaseFilter, Order
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.pages.cases.act_row import PRIMARY_KEY
from ui.desktop.pages.cases.case_presenter import ActDone, CasePresenter
from ui.desktop.pages.cases.detail import CaseDetail
from ui.desktop.pages.cases.listing import CaseListing
from ui.desktop.pages.cases.split import Arrangement, CaseSplit
from ui.desktop.pages.names import PageName
from ui.desktop.pages.page import DeskPage
from ui.desktop.pages.review.presenter import COLUMNS, ReviewPresenter
from ui.desktop.pages.review.queues import Queue, label
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.page_frame import PageFrame
from ui.desktop.widgets.segments import Segment, Segments
from ui.desktop.widgets.tips import set_tip

_ROOM_FOR_ALL: Final = 1000
"""Units: the width at which all queues stand in a line."""


class ReviewPage(DeskPage):
    name: ClassVar[PageName] = PageName.REVIEW

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.presenter = ReviewPresenter(desk, self)
        self.case = CasePresenter(desk, self)
        self._make()
        self._assemble()
        self._connect()

    def _make(self) -> None:
        self._frame = PageFrame(self.tr("审查"))
        self.queues = Segments(self.tr("审查的队列"))
        self.queues.show_segments([Segment(text=label(queue), value=queue) for queue in Queue])
        self.queues.set_value(self.presenter.queue)
        self.queue_list = Choice()
        self.queue_list.setAccessibleName(self.tr("审查的队列"))
        self.queue_list.hide()
        self.order = Choice(
            [
                (self.tr("加急和绿色通道在前"), Order.PRESSING),
                (self.tr("到期先后"), Order.DUE),
                (self.tr("新的在前"), Order.NEWEST),
            ]
        )
        self.order.setAccessibleName(self.tr("排列顺序"))
        set_tip(self.order, self.tr("排列顺序"))
        self.table = CaseListing(self.presenter.table, COLUMNS, name=self.tr("待审查的办件"))
        self.empty = EmptyState("check-check", "")
        self._counts: dict[Queue, int] = {}
        self.table.set_empty(self.empty)
        self.detail = CaseDetail(self.desk, self.case)

    def _assemble(self) -> None:
        listing = Card()
        listing.add(self.table, 1)
        self.split = CaseSplit(listing, self.detail)
        self._frame.add_beside_title(self.queue_list)
        self._frame.add_beside_title(self.detail.back)
        self._frame.add_action(self.order)
        self._frame.body.addWidget(self.queues)
        self._frame.body.addWidget(self.split, 1)
        column = look.column(0, parent=self)
        column.addWidget(self._frame)

    def _connect(self) -> None:
        self.presenter.queue_changed.connect(self._on_queue_changed)
        self.presenter.counted.connect(self._on_counted)
        self.presenter.advanced.connect(self._on_advanced)
        self.presenter.table.loaded.connect(self._on_loaded)
        self.queues.chosen.connect(self._on_queue)
        self.queue_list.chosen.connect(lambda queue: self._on_queue(Queue(str(queue))))
        self.order.chosen.connect(lambda order: self.presenter.sort(Order(order)))
        self.table.opened.connect(self._on_opened)
        self.table.clicked.connect(self._on_opened)
        self.table.current_changed.connect(self._on_current)
        self.case.acted.connect(self._on_acted)
        self.empty.acted.connect(self._on_empty_acted)
        self.detail.back_asked.connect(self.close_case)
        self.detail.open_asked.connect(self.open_case)
        self.split.arranged.connect(self._on_arranged)
        self.desk.operator_changed.connect(self.presenter.sit)
        self.on_keys("Esc", self.close_case)
        for key, step in ((Qt.Key.Key_Left, -1), (Qt.Key.Key_Right, 1)):
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(self._on_step, step))
        for keys in (PRIMARY_KEY, PRIMARY_KEY.replace("Return", "Enter")):
            self.on_keys(keys, self.detail.start_primary)

    # --- as the window asks -----------------------------------------------------------------------

    @override
    def help_text(self) -> str:
        return self.tr(
            "这里是本机关要办的件，加急和绿色通道的在前，再按到期先后。\n"
            "左右键换队列，上下键选一件，Ctrl+回车 办下一步；对外的决定会再问一次。办完一件，自动到下一件。\n"
            "材料旁边是村里扫描的页，没有下载到本机的按“下载扫描件”，断了会接着下。\n"
            "回车到右边的按钮，Esc 回到列表，F9 打印这件该出的文书。"
        )

    @override
    def refresh(self) -> None:
        self.presenter.refresh()
        self.case.refresh()

    @override
    def receive(self, subject: object) -> None:
        if isinstance(subject, Ref):
            self.presenter.stay()
            self.open_case(subject)
        elif isinstance(subject, CaseFilter):
            self.presenter.want(subject)

    @override
    def print_paper(self) -> None:
        self.case.print_due()

    @override
    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- one case ---------------------------------------------------------------------------------

    def open_case(self, subject: Ref) -> None:
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
        """Back to the list; where both have room, the case stays."""
        if self.split.arrangement is Arrangement.DETAIL:
            self.case.close()
            self.split.close_detail()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_opened(self, index: QModelIndex) -> None:
        line = self.presenter.table.line(index)
        if line is not None:
            self.open_case(line.subject)

    def _on_current(self, index: QModelIndex) -> None:
        line = self.presenter.table.line(index)
        if line is not None and self.split.has_room and line.subject != self.case.subject:
            self.open_case(line.subject)

    def _on_acted(self, done: ActDone) -> None:
        self.presenter.go_on_after(done.sheet.subject)

    def _on_advanced(self, row: int) -> None:
        line = self.presenter.table.line_at(row)
        if line is None:
            self.case.close()
            return
        self.table.select_row(row)
        self.open_case(line.subject)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_arranged(self, now: Arrangement) -> None:
        self.detail.stand(now)
        self.order.setVisible(now is not Arrangement.DETAIL)
        self._arrange_queues()
        self.detail.head.close_button.hide()  # in a queue some case is always open

    # --- the list ---------------------------------------------------------------------------------

    def _on_queue(self, queue: object) -> None:
        assert isinstance(queue, Queue)
        self.presenter.choose(queue)

    def _on_step(self, step: int) -> None:
        """From the list to the queue beside this one; the keyboard stays in the list."""
        queues = list(Queue)
        place = queues.index(self.presenter.queue) + step
        if 0 <= place < len(queues):
            self._on_queue(queues[place])

    def _on_queue_changed(self) -> None:
        self.case.close()
        self._show_queues()

    def _on_counted(self, counts: dict[Queue, int]) -> None:
        self._counts = counts
        self._show_empty()
        self._show_queues()

    def _show_queues(self) -> None:
        """Beside each other where there is room, else one under the other in a list that opens."""
        chosen = self.presenter.queue
        counts = {queue: min(self._counts.get(queue, 0), MOST_COUNTED) for queue in Queue}
        self.queues.show_segments(
            [Segment(text=label(queue), value=queue, count=counts[queue]) for queue in Queue]
        )
        self.queues.set_value(chosen)
        self.queue_list.set_options([(f"{label(queue)} {counts[queue]}", queue) for queue in Queue])
        self.queue_list.set_value(chosen)
        self._arrange_queues()

    def _arrange_queues(self) -> None:
        listed = self.split.arrangement is not Arrangement.DETAIL
        narrow = self.width() < look.current().px(_ROOM_FOR_ALL)
        self.queues.setVisible(listed and not narrow)
        self.queue_list.setVisible(listed and narrow)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange_queues()

    def _on_loaded(self) -> None:
        """Where there is room, a case is always open: the first, if none was."""
        self._show_empty()
        if not self.presenter.table.rowCount():
            return
        if self.split.has_room and self.case.subject is None:
            self.table.select_row(0)
            line = self.presenter.table.line_at(0)
            if line is not None:
                self.open_case(line.subject)

    def _show_empty(self) -> None:
        queue = self.presenter.queue
        title = self.tr("“{queue}”里没有办件").format(queue=label(queue))
        full = self._next_full()
        if full is None:
            self.empty.say("check-check", title, self.tr("新的一到就会出现在这里。"))
            return
        text = self.tr("“{queue}”里有 {n} 件。").format(queue=label(full), n=self._counts[full])
        self.empty.say("inbox", title, text, self.tr("去{queue}").format(queue=label(full)))

    def _next_full(self) -> Queue | None:
        """Where something waits, if nothing does here."""
        rest = {queue: n for queue, n in self._counts.items() if queue is not self.presenter.queue}
        return self.presenter.next_full(rest)

    def _on_empty_acted(self) -> None:
        full = self._next_full()
        if full is not None:
            self._on_queue(full)
