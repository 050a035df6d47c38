"""Fourth step: where papers come out, tried at once. It can be left for later."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.errors import DaibanError
from printing.choice import PrinterChoice
from printing.trial import Trial, print_trial
from ui import wording
from ui.desktop import look
from ui.desktop.jobs import Jobs
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space
from ui.desktop.pages.settings.printer_form import PrinterForm
from ui.desktop.start.frame import StartFrame
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind

if TYPE_CHECKING:
    from printing.printer import Printed, SystemPrinter


class PrinterStep(StartFrame):
    """`decided` carries the PrinterChoice, or None if somebody leaves it for later."""

    decided = Signal(object)

    def __init__(
        self, jobs: Jobs, station: str, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.set_title(
            self.tr("打印机和纸张"),
            self.tr("收件回执和文书打到哪里。现在没有打印机也不要紧，可以跳过，以后在“设置”里选。"),
        )
        self._jobs = jobs
        self._station = station
        self._today = today
        self._folder: QUrl | None = None
        self.form = PrinterForm()
        self._said = Banner(Mood.INFO, "")
        self._trial = Button(self.tr("打印测试页"), icon="printer")
        self._good = Button(self.tr("打印出来了"), icon="check")
        self._bad = Button(self.tr("没有打印出来"))
        self._later = Button(self.tr("跳过"))
        self._next = Button(self.tr("下一步"), kind=ButtonKind.PRIMARY)
        self._assemble_step()
        self._connect()
        self._look_for_printers()

    def _assemble_step(self) -> None:
        tried = look.flow(Space.M)
        for button in (self._trial, self._good, self._bad):
            tried.addWidget(button)
        self.add(self.form)
        self.add(tried)
        self.add(self._said)
        self.add_way_back(self._later)
        self.add_action(self._next)
        for part in (self._said, self._good, self._bad):
            part.hide()

    def _connect(self) -> None:
        self.form.changed.connect(self._on_changed)
        self._trial.clicked.connect(self._on_trial)
        self._good.clicked.connect(self._on_good)
        self._bad.clicked.connect(self._on_bad)
        self._said.acted.connect(self._on_open)
        self._later.clicked.connect(partial(self.decided.emit, None))
        self._next.clicked.connect(self._on_next)

    @override
    def focus_first(self) -> None:
        self._next.setFocus()

    # --- the printers -----------------------------------------------------------------------------

    def _look_for_printers(self) -> None:
        self._jobs.outside(_printers, done=self._on_printers, failed=self._on_failed)

    def _on_printers(self, printers: list[SystemPrinter]) -> None:
        self.form.show_printers(printers)
        self.form.choose_usual()

    # --- the test page ----------------------------------------------------------------------------

    def _on_changed(self) -> None:
        self._ask_outcome(asked=False)
        self._said.hide()

    def _on_next(self) -> None:
        if self.form.check():
            self.decided.emit(self.form.choice())

    def _on_trial(self) -> None:
        if not self.form.check():
            return
        choice = self.form.choice()
        trial = Trial(
            station=self._station, printer=choice.name, paper=choice.paper, on=self._today
        )
        self._trial.setEnabled(False)
        self._ask_outcome(asked=False)
        self._tell(Mood.INFO, self.tr("正在打印测试页…"))
        self._jobs.outside(
            partial(_print, trial, choice), done=self._on_printed, failed=self._on_failed
        )

    def _on_printed(self, printed: Printed) -> None:
        self._trial.setEnabled(True)
        if printed.file is not None:
            self._folder = QUrl.fromLocalFile(str(printed.file.parent))
            self._said.say(
                Mood.GOOD,
                self.tr("测试页已存为文件 {file}").format(file=printed.file),
                self.tr("打开文件夹"),
            )
            self._said.show()
            self._next.setFocus()
            return
        self._tell(
            Mood.INFO,
            self.tr("测试页已送到打印机“{printer}”。打印出来了吗？").format(
                printer=printed.printer
            ),
        )
        self._ask_outcome(asked=True)
        self._good.setFocus()

    def _on_failed(self, error: DaibanError) -> None:
        self._trial.setEnabled(True)
        self._tell(Mood.BAD, wording.sentence_on_screen(error))
        self._trial.setFocus()

    def _on_good(self) -> None:
        self._ask_outcome(asked=False)
        self._tell(Mood.GOOD, self.tr("打印机可以用。"))
        self._next.setFocus()

    def _on_bad(self) -> None:
        self._ask_outcome(asked=False)
        self._tell(
            Mood.WARN,
            self.tr(
                "请看打印机的电源、连线和纸，纸盒里的纸和上面选的是不是一样；"
                "还不行就换一台打印机再试，或者先跳过。"
            ),
        )
        self._trial.setFocus()

    def _ask_outcome(self, *, asked: bool) -> None:
        self._good.setVisible(asked)
        self._bad.setVisible(asked)

    def _tell(self, mood: Mood, words: str) -> None:
        self._said.say(mood, words)
        self._said.show()
        self.scroll_to(self._said)

    def _on_open(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(self._folder)


def _printers() -> list[SystemPrinter]:
    from printing.printer import printers

    return printers()


def _print(trial: Trial, choice: PrinterChoice) -> Printed:
    from printing.printer import usual_folder

    return print_trial(trial, choice, folder=usual_folder())
