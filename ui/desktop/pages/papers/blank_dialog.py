"""空白收件回执: how many to number and print for days without power, and what was printed before."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.papers import PaperKind
from app.domain.staff import OperatorCard
from app.errors import DaibanError
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import blank_receipts
from app.usecases.blank_receipts import Block, Reserved
from printing.choice import Paper
from ui import wording
from ui.desktop import look, words
from ui.desktop.desk import Desk
from ui.desktop.look import Mood, Space, TextKind
from ui.desktop.print_choice import choice_for
from ui.desktop.print_job import SheetAsked
from ui.desktop.print_jobs import jobs_of
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.facts import Facts
from ui.desktop.widgets.text import Text

_COUNTS: Final = (10, 20, 50, 100)
_SHOWN: Final = 8


class BlankDialog(FormDialog):
    tall_units = 480

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            _tr("空白收件回执"),
            _tr("编号并打印"),
            parent,
            note=_tr("停电、电脑坏了时手写收件用。编号用掉就不再给别的文书，打坏的也不补号。"),
        )
        self._desk = desk
        self.count = Choice([(_tr("{n} 份").format(n=n), n) for n in _COUNTS])
        self.count.setAccessibleName(_tr("打印几份"))
        self._before = Text(_tr("已经印过的"), TextKind.SECONDARY)
        self.blocks = Facts()
        self.again = Button(_tr("最近一批再打一次"), icon="printer")
        self.again.hide()
        self._blocks: list[Block] = []
        self.add(self.count)
        heading = look.row(Space.S)
        heading.addWidget(self._before)
        heading.addStretch(1)
        heading.addWidget(self.again)
        self.add(heading)
        self.add(self.blocks)
        self.body.addStretch(1)
        self.no.set_text(_tr("关闭"))
        self.ok_requested.connect(self._reserve)
        self.again.clicked.connect(self._on_again)
        self._refresh()

    def _refresh(self) -> None:
        self._desk.read(blank_receipts.blocks, self._on_blocks, replaces="papers.blanks")

    def _on_blocks(self, blocks: list[Block]) -> None:
        self._blocks = blocks
        self.again.setVisible(bool(blocks))
        self.blocks.show_facts([_line(block) for block in blocks[:_SHOWN]])
        self._before.setVisible(bool(blocks))

    def _reserve(self) -> None:
        self.set_busy(True)
        count = _COUNTS[self.count.currentIndex()]
        work = partial(_reserved, count, self._paper())
        self._desk.act(work, self._on_reserved, self._on_refused)

    def _paper(self) -> Paper:
        """What the receipts' printer holds, if that is a sheet."""
        paper = choice_for(PaperKind.MATERIALS_RECEIPT, self._desk.preferences).paper
        return Paper.A5 if paper is Paper.A5 else Paper.A4

    def _on_reserved(self, reserved: Reserved) -> None:
        self.set_busy(False)
        block = reserved.block
        self.say(
            Mood.GOOD,
            _tr("已编号 {n} 份：{first} 至 {last}，正在打印。").format(
                n=block.count, first=block.first, last=block.last
            ),
        )
        self._print(block)
        self._refresh()

    def _on_again(self) -> None:
        """The same numbers: what was jammed, or lost when the current went."""
        if self._blocks:
            self._print(self._blocks[0])
            self.say(Mood.INFO, _tr("编号不变，正在打印。打坏的那些请画线作废。"))

    def _print(self, block: Block) -> None:
        title = _tr("空白收件回执 {first} 等 {n} 份").format(first=block.first, n=block.count)
        jobs_of(self._desk).print_sheet(
            SheetAsked(
                title=title,
                draw=partial(_kept, title, block.entry),
                paper=self._paper(),
                sets=0,  # one copy goes away with the applicant, the other stays
            )
        )

    def _on_refused(self, error: DaibanError) -> None:
        self.set_busy(False)
        self.say(Mood.BAD, wording.sentence_on_screen(error))


def _line(block: Block) -> tuple[str, str]:
    """The first number tells blocks apart; several may be of one day."""
    said = _tr("至 {last}，{n} 份，{on}，{operator}")
    return block.first, said.format(
        last=block.last, n=block.count, on=words.day(block.on), operator=block.operator
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("BlankDialog", text)


# --- off the GUI thread -----------------------------------------------------------------------------


def _kept(title: str, entry: Ref, store: Store) -> tuple[str, bytes]:
    return title, blank_receipts.kept_pages(store, entry)


def _reserved(count: int, paper: Paper, store: Store, by: OperatorCard) -> Reserved:
    from printing import render

    return blank_receipts.reserve(
        store, count, by=by, render=lambda facts: render(facts, paper=paper)
    )
