"""How an exchange goes: what has gone up and come down so far, and how much is left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.look import Mood, Space
from ui.desktop.pages.exchange.told import Progressed
from ui.desktop.widgets.clock_bar import ClockBar
from ui.desktop.widgets.spinner import Spinner
from ui.desktop.widgets.text import Text


class Going(QWidget):
    """A bar while it is known how much there is, something that turns while it is not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spinner = Spinner()
        self._text = Text()
        self._bar = ClockBar()
        row = look.row(Space.S)
        row.addWidget(self._spinner, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        column = look.column(Space.S, parent=self)
        column.addLayout(row)
        column.addWidget(self._bar)

    def show_progress(self, progressed: Progressed) -> None:
        self._text.set_text(progressed.what)
        self._spinner.start()
        self._bar.setVisible(progressed.share is not None)
        if progressed.share is not None:
            self._bar.show_clock(self.tr("上报"), progressed.left, progressed.share, Mood.INFO)

    def stop(self) -> None:
        self._spinner.stop()
