"""同号: numbers that this computer and a copy of its disk both printed, and what to do about each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.usecases.shared_numbers import SharedNumber, Sharing
from ui.desktop import case_words, look
from ui.desktop.look import Mood, Space, TextKind
from ui.desktop.pages.exchange.overview import Overview
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.row_list import Row, RowList
from ui.desktop.widgets.text import Text

_MOST_SHOWN = 6
"""Cases; the others follow when these are put aside."""


class SharedCard(Card):
    """Not there while no number is shared. `case_asked` carries a case's entry, `put_aside` a number."""

    case_asked = Signal(object)
    put_aside = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("同号的办件"), parent=parent)
        self._numbers: tuple[SharedNumber, ...] = ()
        self._rows = RowList()
        self._what_to_do = Text(
            self.tr(
                "这块硬盘被复制过，两台电脑在互相知道以前给出了同一个收件号。两件都在，都查得到；扫各自的回执，打开的是各自的那一件。"
                "带“/”的那一件请给申请人换一份新的收件回执。"
                "以后不会再同号：两台电脑已经分开编号。不该有的那一台，请关机后告诉区中心停用。"
            ),
            TextKind.SECONDARY,
        )
        self.done = Button(self.tr("回执已换，不再提醒"), icon="check")
        self._assemble()
        self._rows.opened.connect(self.case_asked)
        self.done.clicked.connect(self._on_done)

    def _assemble(self) -> None:
        self.add(self._rows)
        self.add(self._what_to_do)
        acts = QWidget()
        row = look.flow(Space.S, parent=acts)
        row.addWidget(self.done)
        self.add(acts)

    def show_overview(self, overview: Overview) -> None:
        self._numbers = overview.shared
        self.setVisible(bool(self._numbers))
        self.set_note(self.tr("{n} 个收件号").format(n=len(self._numbers)))
        cases = [(one, case) for one in self._numbers for case in one.cases][:_MOST_SHOWN]
        self._rows.show_rows([self._row(overview, case) for _, case in cases])

    def _row(self, overview: Overview, case: Sharing) -> Row:
        item = overview.items.get((case.row.item, case.row.item_version), case.row.item)
        where = self.tr("这台电脑（{slot}）登记") if case.ours else self.tr("电脑 {slot} 登记")
        return Row(
            title=f"{case_words.applicant(case.row)}　{item}",
            detail=f"{case.told} · {where.format(slot=case.slot)}",
            chip=self.tr("同号"),
            mood=Mood.WARN,
            key=case.row.subject,
        )

    def _on_done(self) -> None:
        for one in self._numbers:
            self.put_aside.emit(one.number)
