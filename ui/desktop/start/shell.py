"""The one window of the desktop: what is before the desk, and then the desk, one after the other in the same place."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QStackedLayout, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.start.frame import StartFrame

_SIZE: Final = QSize(1366, 768)
_LEAST: Final = QSize(640, 400)


class Shell(QWidget):
    """`closed`: somebody closed the window; what it holds has been closed before.

    `painted`: it is seen for the first time.
    """

    closed = Signal()
    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(_LEAST)
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._is_painted = False
        self.setWindowIcon(look.icon("stamp", look.current().theme.primary))
        self.show_title()
        look.dress(self)

    @property
    def page(self) -> QWidget | None:
        return self._pages.currentWidget()

    def show_page(self, page: QWidget) -> None:
        """In place of what was shown, which goes."""
        before = self._pages.currentWidget()
        if before is not page:
            self._pages.addWidget(page)
            self._pages.setCurrentWidget(page)
            if before is not None:
                self._pages.removeWidget(before)
                before.hide()
                before.deleteLater()
        if isinstance(page, StartFrame):
            page.focus_first()

    def show_title(self, title: str = "") -> None:
        """Without one, the title tells nothing but the program's name."""
        self.setWindowTitle(title or self.tr("代办"))

    def open(self) -> None:
        """As large as is usual, or the whole of a smaller screen."""
        room = QGuiApplication.primaryScreen().availableGeometry()
        if room.width() <= _SIZE.width() or room.height() <= _SIZE.height():
            self.showMaximized()
            return
        self.resize(_SIZE)
        self.move(room.center() - self.rect().center())
        self.show()

    def come_forward(self) -> None:
        if self.isMinimized():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.painted.emit)  # once what stands in it is painted too

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        page = self._pages.currentWidget()
        if page is not None:
            page.close()  # it keeps what was half typed
        super().closeEvent(event)
        self.closed.emit()
