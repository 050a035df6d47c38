"""Which printer and paper a document goes to; also asked at the first start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from printing.choice import Paper, PrinterChoice
from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space
from ui.desktop.pages.settings.labelled import Labelled
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.radio import Radios

if TYPE_CHECKING:
    from printing.printer import SystemPrinter

_TO_FILE: Final = ""
_MOST_COPIES: Final = 9


class PrinterForm(QWidget):
    """`changed`: a person chose something else."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = PrinterChoice()
        self._printers: list[SystemPrinter] | None = None
        self._printer = Choice([(self.tr("存为 PDF 文件"), _TO_FILE)])
        self._paper = Radios([(paper.label, paper) for paper in Paper])
        self._copies = Choice(
            [(self.tr("{n} 份").format(n=n), n) for n in range(1, _MOST_COPIES + 1)]
        )
        self._printer_field = Field(self.tr("打印机"), self._printer)
        self._paper_field = Labelled(self.tr("纸张"), self._paper)
        self._copies_field = Labelled(self.tr("份数"), self._copies)
        column = look.column(Space.M, parent=self)
        column.addWidget(self._printer_field)
        column.addWidget(self._paper_field)
        column.addWidget(self._copies_field)
        for editor in (self._printer, self._paper, self._copies):
            editor.chosen.connect(self.changed)
        self._printer_field.say(Mood.INFO, self.tr("正在查看这台电脑的打印机…"))

    def show_choice(self, choice: PrinterChoice) -> None:
        self._kept = choice
        self._offer()
        self._printer.set_value(choice.printer)
        self._paper.set_value(choice.paper)
        self._copies.set_value(choice.copies)

    def show_printers(self, printers: list[SystemPrinter]) -> None:
        """What the system has; the one that was chosen stays in the list when it is away."""
        chosen = self._printer.value()
        self._printers = printers
        self._offer()
        self._printer.set_value(chosen)
        if printers:
            self._printer_field.quiet()
        else:
            self._printer_field.say(
                Mood.WARN,
                self.tr("这台电脑还没有装打印机，文书先存为 PDF 文件。"),
            )

    def choose_usual(self) -> None:
        """The system's own printer, where nobody has chosen yet."""
        usual = next((one for one in self._printers or () if one.default), None)
        if usual is not None:
            self._printer.set_value(usual.name)

    def choice(self) -> PrinterChoice:
        return msgspec.structs.replace(
            self._kept,
            printer=str(self._printer.value() or ""),
            paper=Paper(str(self._paper.value())),
            copies=int(str(self._copies.value())),
        )

    def _offer(self) -> None:
        options: list[tuple[str, object]] = []
        for one in self._printers or ():
            options.append(
                (
                    self.tr("{title}（{state}）").format(title=one.title, state=one.state.label),
                    one.name,
                )
            )
        here = {value for _, value in options}
        if self._kept.printer and self._kept.printer not in here:
            away = "" if self._printers is None else self.tr("（现在没有接上）")
            options.append((f"{self._kept.printer}{away}", self._kept.printer))
        options.append((self.tr("存为 PDF 文件"), _TO_FILE))
        self._printer.set_options(options)
