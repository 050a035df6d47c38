"""The queues of 审查, without widgets: which one is shown, how many wait in each, and which case comes next."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QObject, Signal

from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import lookup
from app.usecases.lookup import CaseFilter, Order
from app.usecases.today import shown_today
from ui.desktop.desk import Desk
from ui.desktop.models.cases import CaseColumn, CaseTable
from ui.desktop.pages.review.queues import Queue, filter_of, looked_at_first, queue_of

COLUMNS = (CaseColumn.APPLICANT, CaseColumn.ITEM, CaseColumn.LIMIT)


class ReviewPresenter(QObject):
    """`counted` carries {Queue: how many}; `advanced` the row of the case that comes after one that was acted on."""

    queue_changed = Signal(object)
    counted = Signal(object)
    advanced = Signal(int)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._queue = Queue.EXAMINE
        self._order = Order.PRESSING
        self._left: tuple[Ref, int] | None = None
        self.table = CaseTable(desk, COLUMNS, self)
        self.table.loaded.connect(self._on_loaded)
        self._begun = False
        self._is_first_look = False

    @property
    def queue(self) -> Queue:
        return self._queue

    @property
    def order(self) -> Order:
        return self._order

    def choose(self, queue: Queue) -> None:
        self._show(queue, filter_of(queue, self._order))

    def sort(self, order: Order) -> None:
        self._order = order
        self._show(self._queue, msgspec.structs.replace(self.table.wanted, order=order))

    def want(self, wanted: CaseFilter) -> None:
        """A list that another page asks for, in the queue to which it belongs."""
        self._show(queue_of(wanted), msgspec.structs.replace(wanted, order=self._order))

    def refresh(self) -> None:
        if self._begun:
            self.table.refresh()
        else:
            self.choose(self._queue)
            self._is_first_look = True
        self._desk.read(
            read_counts,
            self._on_counted,
            replaces=f"queues-{id(self)}",
        )

    def stay(self) -> None:
        """Somebody came for one case: they are led to no other queue."""
        self._is_first_look = False

    def sit(self) -> None:
        """Somebody else sits at the desk, for whom other things wait."""
        self._begun = False
        self.refresh()

    def _on_counted(self, counts: dict[Queue, int]) -> None:
        """Who comes in is led to where something waits that they can move on."""
        self.counted.emit(counts)
        full = self.next_full(counts)
        if self._is_first_look and full not in (None, self._queue):
            self.choose(full)
        self._is_first_look = False

    def next_full(self, counts: dict[Queue, int]) -> Queue | None:
        """Where something waits that this person is most likely to move on."""
        first = looked_at_first(self._desk.operator)
        return next((queue for queue in first if counts.get(queue)), None)

    def go_on_after(self, subject: Ref) -> None:
        """This case was acted on: when the list has been read again, its successor is named."""
        row = self.table.row_of(subject)
        self._left = None if row is None else (subject, row)

    def _show(self, queue: Queue, wanted: CaseFilter) -> None:
        self._begun = True
        self._is_first_look = False
        self._left = None
        self._queue = queue
        self.queue_changed.emit(queue)
        self.table.show(wanted)

    def _on_loaded(self) -> None:
        if self._left is None:
            return
        subject, row = self._left
        self._left = None
        stays = self.table.row_of(subject) is not None
        last = self.table.rowCount() - 1
        self.advanced.emit(min(row + stays, last))


def read_counts(store: Store) -> dict[Queue, int]:
    today = shown_today(store)
    return {queue: lookup.count(store, filter_of(queue, Order.NEWEST), today) for queue in Queue}
