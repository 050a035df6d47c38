"""The printer of one kind of document, tried before it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space
from ui.desktop.pages.settings.labelled import Labelled
from ui.desktop.pages.settings.millimetres import Millimetres
from ui.desktop.pages.settings.printer_form import PrinterForm
from ui.desktop.preferences import ANY_DOCUMENT
from ui.desktop.print_jobs import JobState, PrintJob, jobs_of
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.radio import Radios

if TYPE_CHECKING:
    from printing.choice import PrinterChoice
    from printing.printer import SystemPrinter

_SAME: Final = "same"
_OWN: Final = "own"


class PrinterDialog(FormDialog):
    """`document` is a PaperKind's value, or ANY_DOCUMENT."""

    def __init__(
        self, desk: Desk, document: str, title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, _tr("保存"), parent, note=_tr("打到哪台打印机，用什么纸。"))
        self._desk = desk
        self._document = document
        self._jobs = jobs_of(desk)
        self._trial_n: int | None = None
        self._make()
        self._assemble()
        self._connect()
        self._show()
        asked = self._jobs.ask_printers(self._on_printers)
        for gone in (self.finished, self.destroyed):
            gone.connect(lambda *_: asked.cancel())

    def _make(self) -> None:
        self._whose = Radios([(_tr("和“所有文书”一样"), _SAME), (_tr("单独设置"), _OWN)])
        self._whose_field = Labelled(_tr("这种文书"), self._whose)
        self._form = PrinterForm()
        self._right = Millimetres()
        self._down = Millimetres()
        self._right_field = Field(_tr("向右移（毫米）"), self._right)
        self._down_field = Field(_tr("向下移（毫米）"), self._down)
        self._trial = Button(_tr("打印测试页"), icon="printer")

    def _assemble(self) -> None:
        self._right_field.set_note(_tr("打歪了才用，负数向左"))
        self._down_field.set_note(_tr("负数向上"))
        moved = look.row(Space.M)
        moved.addWidget(self._right_field)
        moved.addWidget(self._down_field)
        tried = look.row(Space.M)
        tried.addWidget(self._trial)
        tried.addStretch(1)
        self.add(self._whose_field)
        self.add(self._form)
        self.add(moved)
        self.add(tried)
        self._whose_field.setVisible(self._document != ANY_DOCUMENT)

    def _connect(self) -> None:
        self._whose.chosen.connect(self._on_whose)
        self._trial.clicked.connect(self._on_trial)
        self._jobs.printed.connect(self._on_tried)
        self._jobs.failed.connect(self._on_tried)
        self.ok_requested.connect(self._on_ok)

    def _show(self) -> None:
        choice = self._desk.preferences.printer_for(self._document)
        own = self._document == ANY_DOCUMENT or self._document in self._desk.preferences.printers
        self._whose.set_value(_OWN if own else _SAME)
        self._form.show_choice(choice)
        self._right.set_value(choice.right_mm)
        self._down.set_value(choice.down_mm)
        self._on_whose()

    def _on_printers(self, printers: list[SystemPrinter]) -> None:
        self._form.show_printers(printers)

    def _on_whose(self) -> None:
        own = self._whose.value() == _OWN
        for part in (self._form, self._right_field, self._down_field):
            part.setEnabled(own)

    # --- trying and keeping -----------------------------------------------------------------------

    def _choice(self) -> PrinterChoice | None:
        """None after saying what is wrong."""
        if not self._form.check():
            return None
        right, down = self._right.value(), self._down.value()
        for value, field in ((right, self._right_field), (down, self._down_field)):
            if value is None:
                field.say(Mood.BAD, _tr("请填 −20 到 20 之间的数"))
                field.setFocus()
                return None
            field.quiet()
        return msgspec.structs.replace(self._form.choice(), right_mm=right, down_mm=down)

    def _on_trial(self) -> None:
        choice = self._choice()
        if choice is not None:
            self.say(Mood.INFO, _tr("正在打印测试页…"))
            self._trial_n = self._jobs.print_trial(choice)

    def _on_tried(self, job: PrintJob) -> None:
        if job.n != self._trial_n:
            return
        words = job.words
        if job.state is JobState.PRINTED:
            words += _tr("看看打出来没有：四边全不全，字清不清楚。打歪了，在上面填要移多少。")
        self.say(job.state.mood, words)

    def _on_ok(self) -> None:
        printers = dict(self._desk.preferences.printers)
        if self._whose.value() == _SAME:
            printers.pop(self._document, None)
        else:
            choice = self._choice()
            if choice is None:
                return
            printers[self._document] = choice
        self._desk.prefer(printers=printers)
        self.accept()


def _tr(text: str) -> str:
    return QCoreApplication.translate("PrinterDialog", text)
