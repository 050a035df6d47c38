"""Where each document goes: one choice for all, and one of its own for whichever needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.papers import PaperKind
from printing.choice import PrinterChoice
from ui.desktop.desk import Desk
from ui.desktop.pages.settings.printer_dialog import PrinterDialog
from ui.desktop.preferences import ANY_DOCUMENT
from ui.desktop.print_jobs import jobs_of
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.row_list import Row, RowList

if TYPE_CHECKING:
    from printing.printer import SystemPrinter

_DOCUMENTS: Final = tuple(kind for kind in PaperKind if kind is not PaperKind.MATERIALS_SLIP)
"""The slip is the receipt on other paper: it goes where the receipt goes."""
_FOLDER: Final = "folder"


class PrintersCard(Card):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("打印机和纸张"))
        self._desk = desk
        self._titles: dict[str, str] = {}
        self._rows = RowList()
        self.add(self._rows)
        self._rows.opened.connect(self._on_opened)
        desk.preferences_changed.connect(self._show)
        self._show()

    def look(self) -> None:
        """Ask the system for its printers, for the names that people know them by."""
        jobs_of(self._desk).ask_printers(self._on_printers)

    def _on_printers(self, printers: list[SystemPrinter]) -> None:
        self._titles = {one.name: one.title for one in printers}
        self._show()

    def _show(self) -> None:
        rows = [
            Row(
                title=self.tr("所有文书"),
                right=self._words(self._desk.preferences.printer_for(ANY_DOCUMENT)),
                key=ANY_DOCUMENT,
            )
        ]
        for kind in _DOCUMENTS:
            own = self._desk.preferences.printers.get(kind.value)
            said = self._words(own) if own is not None else self.tr("和“所有文书”一样")
            rows.append(Row(title=kind.label, right=said, key=kind.value))
        folder = self._desk.preferences.file_folder or self.tr("“文档”里的“代办文书”")
        rows.append(Row(title=self.tr("PDF 文件存到"), right=folder, key=_FOLDER))
        self._rows.show_rows(rows)

    def _words(self, choice: PrinterChoice) -> str:
        printer = self._titles.get(choice.name, choice.name) or self.tr("存为 PDF 文件")
        said = f"{printer} · {choice.paper.label}"
        if choice.two_sided:
            said += self.tr(" · 双面")
        if choice.copies > 1:
            said += self.tr(" · {n} 份").format(n=choice.copies)
        return said

    def _on_opened(self, key: object) -> None:
        if key == _FOLDER:
            self._choose_folder()
            return
        document = str(key)
        title = self.tr("所有文书") if document == ANY_DOCUMENT else PaperKind(document).label
        PrinterDialog(self._desk, document, title, self).open()

    def _choose_folder(self) -> None:
        before = self._desk.preferences.file_folder
        folder = QFileDialog.getExistingDirectory(self, self.tr("PDF 文件存到"), before)
        if folder:
            self._desk.prefer(file_folder=folder)
