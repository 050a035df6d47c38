"""A scanner that the system knows: a page from the glass, or all that lies in the feeder."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid

from app.errors import DaibanError
from ui import wording
from ui.desktop import look
from ui.desktop.jobs import Jobs
from ui.desktop.look import Mood, Space, TextKind
from ui.desktop.scans import scanner
from ui.desktop.scans.incoming import from_bytes
from ui.desktop.scans.scanner import Abilities, Asking, Scanner, Scanning, ScanStopped
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.progress import Progress
from ui.desktop.widgets.scroll_body import ScrollBody
from ui.desktop.widgets.text import Text
from ui.desktop.widgets.tick import Tick


class ScannerPanel(QWidget):
    """`scanned` carries a Brought for each page as it comes. Waiting for the machine is done on a thread of its own."""

    scanned = Signal(object)
    _page = Signal(bytes)
    _progressed = Signal(int, float)

    def __init__(self, usual: str = "", parent: QWidget | None = None) -> None:
        """`usual` is the device that was used last."""
        super().__init__(parent)
        self._usual = usual
        self._jobs = Jobs()
        self._found: dict[str, Scanner] = {}
        self._able: dict[str, Abilities] = {}
        self._asking = Asking()
        self._scanning: Scanning | None = None
        self._looking = False
        self._count = 0
        self._make()
        self._assemble()
        self._connect()

    def _make(self) -> None:
        self.empty = EmptyState("scan-line", self.tr("正在找扫描仪…"))
        self.scanners = Choice()
        self.scanners.setAccessibleName(self.tr("扫描仪"))
        self.colour = Tick(self.tr("彩色"))
        self.colour.set_note(self.tr("不打勾就是灰度，清楚又省流量"))
        self.feeder = Tick(self.tr("用送纸器，连续扫完"))
        self.scan = Button(self.tr("扫描"), icon="scan-line", kind=ButtonKind.PRIMARY)
        self.again = Button(self.tr("重新找扫描仪"), icon="refresh-cw", kind=ButtonKind.QUIET)
        self.progress = Progress()
        self.said = Banner(Mood.BAD, "", closable=True)
        self._form = QWidget()
        self._stack = QStackedWidget()

    def _assemble(self) -> None:
        form = look.column(Space.M, parent=self._form)
        form.addWidget(Field(self.tr("扫描仪"), self.scanners))
        form.addWidget(self.colour)
        form.addWidget(self.feeder)
        form.addWidget(Text(self.tr("每扫一页就放进右边；放错了可以移走。"), TextKind.SECONDARY))
        form.addStretch(1)
        self._stack.addWidget(ScrollBody(self.empty))
        self._stack.addWidget(ScrollBody(self._form))
        row = look.row(Space.S)
        row.addWidget(self.again)
        row.addStretch(1)
        row.addWidget(self.scan)
        column = look.column(Space.S, parent=self)
        column.addWidget(self._stack, 1)
        column.addWidget(self.said)
        column.addWidget(self.progress)
        column.addLayout(row)
        self.said.hide()
        self.progress.hide()
        self.scan.setEnabled(False)

    def _connect(self) -> None:
        self.destroyed.connect(self._jobs.stop)
        self.scan.clicked.connect(self.begin_scan)
        self.again.clicked.connect(self.look_for)
        self.empty.acted.connect(self.look_for)
        self.progress.cancelled.connect(self.stop)
        self.scanners.chosen.connect(lambda _: self._ask_abilities())
        self._page.connect(self._on_page)
        self._progressed.connect(self._on_progressed)

    @property
    def device(self) -> str:
        return str(self.scanners.value() or "")

    @property
    def busy(self) -> bool:
        return self._scanning is not None

    # --- which there are --------------------------------------------------------------------------

    def begin(self) -> None:
        """Look for scanners, unless they are known."""
        if not self._found and not self._looking:
            self.look_for()

    def look_for(self) -> None:
        self._looking = True
        self.scan.setEnabled(False)
        self.again.setEnabled(False)
        self.empty.say("scan-line", self.tr("正在找扫描仪…"), self.tr("有的扫描仪要等十几秒。"))
        self._show_form(shown=False)
        asking = self._asking = Asking()
        self.destroyed.connect(asking.stop)
        self._jobs.outside(
            lambda: scanner.scanners(asking), done=self._on_found, failed=self._on_none
        )

    def _on_found(self, found: list[Scanner]) -> None:
        if not isValid(self):
            return
        self._looking = False
        self.again.setEnabled(True)
        self._found = {one.device: one for one in found}
        if not found:
            self._say_none(self.tr("请看看扫描仪的电源和连线，再找一次。"))
            return
        self.scanners.set_options([(one.label, one.device) for one in found])
        self.scanners.set_value(self._usual if self._usual in self._found else found[0].device)
        self._ask_abilities()

    def _on_none(self, error: DaibanError) -> None:
        if isValid(self):
            self._looking = False
            self.again.setEnabled(True)
            if isinstance(error, ScanStopped):
                return
            self._say_none(wording.sentence_on_screen(error))

    def _say_none(self, why: str) -> None:
        advice = self.tr("扫描仪有自己的程序的，可以让它存到一个文件夹，在“扫描文件夹”里取。")
        self.empty.say("scan-line", self.tr("没有找到扫描仪"), why + advice, self.tr("再找一次"))
        self._show_form(shown=False)

    def _ask_abilities(self) -> None:
        device = self.device
        if device in self._able:
            self._show_abilities()
            return
        self.scan.setEnabled(False)
        self._jobs.outside(
            partial(scanner.abilities, self._found[device], self._asking),
            done=partial(self._on_able, device),
            failed=partial(self._on_failed),
        )

    def _on_able(self, device: str, able: Abilities) -> None:
        if isValid(self):
            self._able[device] = able
            self._show_abilities()

    def _show_abilities(self) -> None:
        able = self._able.get(self.device)
        self._show_form(shown=True)
        if able is not None:
            self.colour.setVisible(bool(able.colour and able.grey))
            self.feeder.setVisible(bool(able.feeder))
            self.feeder.setChecked(bool(able.feeder) and not able.glass)
            self.scan.setEnabled(not self.busy)

    def _show_form(self, *, shown: bool) -> None:
        self._stack.setCurrentIndex(int(shown))
        self.scan.setVisible(shown)
        self.again.setVisible(shown)

    # --- a scan -----------------------------------------------------------------------------------

    def begin_scan(self) -> None:
        able = self._able.get(self.device)
        if able is None or self.busy:
            return
        self.said.hide()
        scanning = self._scanning = Scanning(
            self._found[self.device], able,
            colour=self.colour.isChecked(), feeder=self.feeder.isChecked(),
        )  # fmt: skip
        self.scan.setEnabled(False)
        self.again.setEnabled(False)
        self.progress.show_progress(self.tr("正在扫描"), None)
        self.progress.show()
        page, progressed = self._page, self._progressed
        self._jobs.outside(
            lambda: scanning.run(page.emit, progressed.emit),
            done=lambda _: self._on_ended(),
            failed=self._on_failed,
        )

    def end(self) -> None:
        """Nobody looks any more: what is asked of scanners ends too."""
        self.stop()
        self._asking.stop()

    def stop(self) -> None:
        """The page under way is thrown away; those before it stay."""
        if self._scanning is not None:
            self._scanning.stop()

    def _on_page(self, content: bytes) -> None:
        self._count += 1
        name = self.tr("扫描 {n}").format(n=self._count)
        self.scanned.emit(from_bytes(content, name))

    def _on_progressed(self, page: int, share: float) -> None:
        if self.busy:
            what = self.tr("正在扫描第 {n} 页").format(n=page + 1)
            self.progress.show_progress(what, share, f"{share:.0%}")

    def _on_ended(self) -> None:
        if isValid(self):
            self._scanning = None
            self.progress.hide()
            self.scan.setEnabled(True)
            self.again.setEnabled(True)
            self.scan.setFocus()

    def _on_failed(self, error: DaibanError) -> None:
        if not isValid(self):
            return
        self._on_ended()
        if not isinstance(error, ScanStopped):
            self._show_form(shown=True)
            self.said.say(Mood.BAD, wording.sentence_on_screen(error))
            self.said.show()
