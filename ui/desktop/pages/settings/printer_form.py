"""Which printer and paper a document goes to; also asked at the first start."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import msgspec
from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from printing.choice import Paper, PrinterChoice
from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space
from ui.desktop.pages.settings.labelled import Labelled
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.radio import Radios
from ui.desktop.widgets.tick import Tick

if TYPE_CHECKING:
    from printing.printer import SystemPrinter

_TO_FILE: Final = ""
_DIRECT: Final = "direct:"
"""No name of a printer of the system has a colon."""
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
        self._address = LineEdit("192.168.1.20")
        self._two_sided = Tick(self.tr("双面打印"))
        self._printer_field = Field(self.tr("打印机"), self._printer)
        self._address_field = Field(self.tr("小票机接在哪里"), self._address)
        self._address_field.set_note(_where())
        self._paper_field = Labelled(self.tr("纸张"), self._paper)
        self._copies_field = Labelled(self.tr("份数"), self._copies)
        column = look.column(Space.M, parent=self)
        column.addWidget(self._printer_field)
        column.addWidget(self._address_field)
        column.addWidget(self._paper_field)
        column.addWidget(self._copies_field)
        column.addWidget(self._two_sided)
        for editor in (self._printer, self._paper, self._copies):
            editor.chosen.connect(self._on_chosen)
        self._address.textChanged.connect(self._on_chosen)
        self._two_sided.toggled.connect(self._on_chosen)
        self._printer_field.say(Mood.INFO, self.tr("正在查看这台电脑的打印机…"))

    def show_choice(self, choice: PrinterChoice) -> None:
        self._kept = choice
        self._offer()
        self._printer.set_value(_DIRECT if choice.direct else choice.printer)
        self._address.setText(choice.direct)
        self._paper.set_value(choice.paper)
        self._copies.set_value(choice.copies)
        self._two_sided.setChecked(choice.two_sided)
        self._fit()

    def show_printers(self, printers: list[SystemPrinter]) -> None:
        """What the system has; the one that was chosen stays in the list when it is away."""
        chosen = self._printer.value()
        self._printers = printers
        self._offer()
        self._printer.set_value(chosen)
        self._fit()

    def choose_usual(self) -> None:
        """The system's own printer, where nobody has chosen yet."""
        usual = next((one for one in self._printers or () if one.default), None)
        if usual is not None:
            self._printer.set_value(usual.name)

    def choice(self) -> PrinterChoice:
        direct = self._is_direct()
        return msgspec.structs.replace(
            self._kept,
            printer="" if direct else str(self._printer.value() or ""),
            direct=self._address.text().strip() if direct else "",
            paper=Paper(str(self._paper.value())),
            copies=int(str(self._copies.value())),
            two_sided=self._two_sided.isChecked() and not direct,
        )

    def check(self) -> bool:
        """Whether it can be used as it is; else it says what is missing."""
        if not self._is_direct() or self._address.text().strip():
            return True
        self._address_field.say(Mood.BAD, self.tr("请填小票机的地址"))
        self._address_field.setFocus()
        return False

    def _is_direct(self) -> bool:
        return self._printer.value() == _DIRECT

    def _on_chosen(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        """A slip printer has an address, a roll and one side."""
        direct = self._is_direct()
        if self._printers or direct:
            self._printer_field.quiet()
        elif self._printers is not None:
            self._printer_field.say(
                Mood.WARN,
                self.tr("这台电脑还没有装打印机，文书先存为 PDF 文件。"),
            )
        self._address_field.setVisible(direct)
        self._address_field.quiet()
        self._two_sided.setVisible(not direct)
        if direct and not Paper(str(self._paper.value())).is_roll:
            self._paper.set_value(Paper.SLIP)

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
        options.append((self.tr("小票机（直接）"), _DIRECT))
        options.append((self.tr("存为 PDF 文件"), _TO_FILE))
        self._printer.set_options(options)


def _where() -> str:
    usb = "COM3" if sys.platform == "win32" else "/dev/usb/lp0"
    text = QCoreApplication.translate(
        "PrinterForm", "接网线的填它的地址，打印机自检条上有；接 USB 的填 {usb}"
    )
    return text.format(usb=usb)
