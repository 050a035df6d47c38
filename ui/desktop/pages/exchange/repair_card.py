"""What somebody here has to put right: the list, and for the one that is selected why and what to do."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from app.domain.tasks import TaskKind
from app.journal.refs import Ref
from app.usecases.repairs import Repair
from ui.desktop import look
from ui.desktop.look import Size, Space, TextKind
from ui.desktop.pages.exchange import told
from ui.desktop.pages.exchange.overview import Overview
from ui.desktop.pages.exchange.repair_table import RepairTable
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.table_view import CellKind, Column, TableView
from ui.desktop.widgets.text import Text

_MOST_ROWS: Final = 3
"""More are scrolled to."""
_LEAST_UNITS: Final = 3 * Size.ROW
"""A table is never less high."""


class RepairCard(Card):
    """All but `case_asked`, which carries a case's entry, carry a Repair. Not there while there is nothing to show."""

    case_asked = Signal(object)
    correction_asked = Signal(object)
    withdrawal_asked = Signal(object)
    district_asked = Signal(object)
    settled = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("要处理的"), parent=parent)
        self._today = date.min
        self._table = RepairTable(self)
        self.list = TableView(name=self.tr("要处理的记录"))
        self.list.setModel(self._table)
        self.list.set_row_units(Size.TWO_LINE_ROW)
        self.list.columns(
            [
                Column(width=220, stretch=2, kind=CellKind.TWO_LINES),
                Column(width=150, stretch=1, kind=CellKind.TWO_LINES),
                Column(width=132, kind=CellKind.CHIP),
            ]
        )
        self._holder = QWidget()
        self._why = Text()
        self._what_to_do = Text("", TextKind.SECONDARY)
        self.again = Button(self.tr("更正后重新登记"), icon="pencil", kind=ButtonKind.PRIMARY)
        self.case = Button(self.tr("打开办件"), icon="folder-open", kind=ButtonKind.PRIMARY)
        self.withdraw = Button(self.tr("撤回"), icon="undo-2")
        self.district = Button(self.tr("请区中心处理"), icon="send")
        self.done = Button(self.tr("已处理，不再提醒"), icon="check")
        self.done.set_tip(self.tr("记录本身不动，只是不再列在这里"))
        self._assemble()
        self._connect()

    def _assemble(self) -> None:
        look.column(Space.NONE, parent=self._holder).addWidget(self.list)
        self.add(self._holder)
        words = look.column(Space.XS)
        words.addWidget(self._why)
        words.addWidget(self._what_to_do)
        self.add(words)
        acts = QWidget()
        row = look.flow(Space.S, parent=acts)
        for button in (self.again, self.case, self.withdraw, self.district, self.done):
            row.addWidget(button)
        self.add(acts)

    def _connect(self) -> None:
        self.list.current_changed.connect(lambda _: self._show_chosen())
        self._table.modelReset.connect(self._show_chosen)
        self.list.opened.connect(lambda _: self._on_opened())
        self.case.clicked.connect(self._on_case)
        for button, asked in (
            (self.again, self.correction_asked),
            (self.withdraw, self.withdrawal_asked),
            (self.district, self.district_asked),
            (self.done, self.settled),
        ):
            button.clicked.connect(partial(self._ask, asked))

    def show_overview(self, overview: Overview) -> None:
        every, self._today = overview.repairs, overview.today
        lines = len(every) + len(overview.settled)
        self.setVisible(bool(lines))
        none = self.tr("都处理过了")
        self.set_note(self.tr("{n} 条，新的在前").format(n=len(every)) if every else none)
        self._table.show(every, overview.settled, overview.today)
        rows = min(max(lines, 1), _MOST_ROWS)
        height = max(Size.ROW + rows * Size.TWO_LINE_ROW + Space.XS, _LEAST_UNITS)
        look.sized(self._holder, height=height)
        if lines and self.list.current_row() < 0:
            self.list.select_row(0)
        self._show_chosen()

    def _chosen(self) -> Repair | None:
        return self._table.repair(self.list.current_row())

    def _show_chosen(self) -> None:
        repair, settled = self._chosen(), self._table.settled(self.list.current_row())
        if settled is not None:
            self._why.set_text(told.became(settled, self._today))
        else:
            self._why.set_text(told.why(repair) if repair is not None else "")
        self._what_to_do.set_text(told.what_to_do(repair) if repair is not None else "")
        self._what_to_do.setVisible(repair is not None)
        refused = repair is not None and repair.task is TaskKind.REFUSED
        again = repair is not None and told.may_be_registered_again(repair)
        self.again.setVisible(again)
        self.case.setVisible(not again and (settled is None or self._case() is not None))
        self.case.setEnabled(self._case() is not None)
        self.case.set_tip("" if self.case.isEnabled() else self.tr("这一件没有登记成，请重新登记"))
        self.withdraw.setVisible(refused)
        self.district.setVisible(refused)
        self.done.setVisible(repair is not None)

    def _case(self) -> Ref | None:
        """What there is to open: the case, or the one that was registered in its place."""
        repair, settled = self._chosen(), self._table.settled(self.list.current_row())
        if settled is not None:
            row = settled.repair.row
            return settled.case or (None if row is None else row.subject)
        return repair.row.subject if repair is not None and repair.row is not None else None

    def _on_opened(self) -> None:
        """Enter does what the first button does."""
        if self.again.isVisible():
            self._ask(self.correction_asked)
        else:
            self._on_case()

    def _on_case(self) -> None:
        case = self._case()
        if case is not None:
            self.case_asked.emit(case)

    def _ask(self, asked: SignalInstance) -> None:
        repair = self._chosen()
        if repair is not None:
            asked.emit(repair)
