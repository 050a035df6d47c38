"""批量打印: which document for all the cases of a list."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.papers import PaperKind
from app.errors import DaibanError
from app.store.store import Store
from app.usecases import batch_printing
from app.usecases.batch_printing import BatchCase
from app.usecases.filters import CaseFilter
from ui import wording
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.print_batch import Wanted, batch_of
from ui.desktop.print_choice import choice_for
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.text import Text
from ui.desktop.widgets.tick import Tick

_OF_A_VISIT = (PaperKind.MATERIALS_SLIP, PaperKind.VISIT_RECEIPT)
"""The slip is the receipt on other paper; a visit's receipt is one for several cases."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("BatchDialog", text)


class BatchDialog(FormDialog):
    """`wanted`: the list; what is not due for a case is told at the end, with the case."""

    def __init__(self, desk: Desk, wanted: CaseFilter, parent: QWidget | None = None) -> None:
        super().__init__(
            _tr("批量打印"),
            _tr("开始打印"),
            parent,
            note=_tr("给列表里的每一件打同一种文书，按列表的先后，一份接一份。"),
        )
        self._desk = desk
        self._wanted = wanted
        self._cases: list[BatchCase] = []
        kinds = [kind for kind in PaperKind if kind not in _OF_A_VISIT]
        self._kind = Choice([(kind.label, kind) for kind in kinds])
        self._of_today = Tick(_tr("只打今天收件的"))
        self._only_new = Tick(_tr("以前打过的不再打"))
        self._only_new.setChecked(True)
        self._counted = Text("")
        for part in (Field(_tr("文书"), self._kind), self._of_today, self._only_new, self._counted):
            self.add(part)
        self._kind.chosen.connect(lambda _: self._show())
        self._of_today.toggled.connect(lambda _: self._count())
        self.ok_requested.connect(self._on_ok)
        self._count()

    def _count(self) -> None:
        self.set_busy(True)
        self._desk.read(
            partial(_cases, self._wanted, of_today=self._of_today.isChecked()),
            self._on_cases,
            self._on_failed,
            replaces="batch.cases",
        )

    def _on_cases(self, found: list[BatchCase]) -> None:
        self._cases = found
        self.quiet()
        self._show()

    def _on_failed(self, error: DaibanError) -> None:
        self._cases = []
        self.say(Mood.BAD, wording.sentence_on_screen(error))
        self._show()

    def _show(self) -> None:
        choice = choice_for(self._chosen(), self._desk.preferences)
        where = _tr("打到“{printer}”，{paper}。") if choice.name else _tr("存为 PDF 文件。")
        said = _tr("列表里有 {n} 件。").format(n=len(self._cases))
        self._counted.set_text(said + where.format(printer=choice.name, paper=choice.paper.label))
        self.set_busy(not self._cases)

    def _chosen(self) -> PaperKind:
        return PaperKind(str(self._kind.value()))

    def _on_ok(self) -> None:
        kind = self._chosen()
        wanted = [Wanted(subject=one.subject, kind=kind, label=one.label) for one in self._cases]
        if batch_of(self._desk).start(wanted, only_new=self._only_new.isChecked()):
            said = _tr("开始打 {n} 份，进度在“文书”里看。").format(n=len(wanted))
            self._desk.say(Mood.INFO, said)
        self.accept()


def _cases(wanted: CaseFilter, store: Store, *, of_today: bool) -> list[BatchCase]:
    return batch_printing.cases(store, wanted, of_today=of_today)
