"""What somebody here has to put right: the list, and for the one that is selected why and what to do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

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


class RepairCard(Card):
    """Both carry a Repair. Not there while there is nothing to put right."""

    case_asked = Signal(object)
    settled = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("要处理的"), parent=parent)
        self._table = RepairTable(self)
        self.list = TableView(name=self.tr("要处理的记录"))
        self.list.setModel(self._table)
        self.list.set_row_units(Size.TWO_LINE_ROW)
        self.list.columns(
            [
                Column(width=220, stretch=2, kind=CellKind.TWO_LINES),
                Column(width=150, stretch=1, kind=CellKind.TWO_LINES),
                Column(width=124, kind=CellKind.CHIP),
            ]
        )
        self._holder = QWidget()
        self._why = Text()
        self._what_to_do = Text("", TextKind.SECONDARY)
        self.case = Button(self.tr("打开办件"), icon="folder-open", kind=ButtonKind.PRIMARY)
        self.done = Button(self.tr("已处理，不再提醒"), icon="check")
        self.done.set_tip(self.tr("记录本身不动，只是不再列在这里"))
        self._assemble()
        self.list.current_changed.connect(lambda _: self._show_chosen())
        self._table.modelReset.connect(self._show_chosen)
        self.list.opened.connect(self._on_opened)
        self.case.clicked.connect(self._on_case)
        self.done.clicked.connect(self._on_done)

    def _assemble(self) -> None:
        look.column(Space.NONE, parent=self._holder).addWidget(self.list)
        self.add(self._holder)
        words = look.column(Space.XS)
        words.addWidget(self._why)
        words.addWidget(self._what_to_do)
        self.add(words)
        acts = QWidget()
        row = look.flow(Space.S, parent=acts)
        row.addWidget(self.case)
        row.addWidget(self.done)
        self.add(acts)

    def show_overview(self, overview: Overview) -> None:
        every = overview.repairs
        self.setVisible(bool(every))
        self.set_note(self.tr("{n} 条，新的在前").format(n=len(every)))
        self._table.show(every, overview.today)
        rows = min(max(len(every), 1), _MOST_ROWS)
        look.sized(self._holder, height=Size.ROW + rows * Size.TWO_LINE_ROW + Space.XS)
        if every and self._chosen() is None:
            self.list.select_row(0)
        self._show_chosen()

    def _chosen(self) -> Repair | None:
        return self._table.repair(self.list.current_row())

    def _show_chosen(self) -> None:
        repair = self._chosen()
        self._why.set_text(told.why(repair) if repair is not None else "")
        self._what_to_do.set_text(told.what_to_do(repair) if repair is not None else "")
        self.case.setEnabled(repair is not None and repair.row is not None)
        self.case.set_tip("" if self.case.isEnabled() else self.tr("这一件没有登记成，请重新登记"))
        self.done.setEnabled(repair is not None)

    def _on_opened(self, index: QModelIndex) -> None:
        repair = self._table.repair(index.row())
        if repair is not None and repair.row is not None:
            self.case_asked.emit(repair)

    def _on_case(self) -> None:
        repair = self._chosen()
        if repair is not None:
            self.case_asked.emit(repair)

    def _on_done(self) -> None:
        repair = self._chosen()
        if repair is not None:
            self.settled.emit(repair)
