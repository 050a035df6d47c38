"""A widget that is shown before it has its place is a window of its own: it flashes up and takes the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from typing_extensions import override

from tests.ui.desktop.desks import SomeDesk
from ui.desktop.pages.names import PageName
from ui.desktop.start.pages import factories
from ui.desktop.window.main_window import MainWindow


class _Windows(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QWidget) or event.type() is not QEvent.Type.Show:
            return False
        if watched.windowType() is Qt.WindowType.Window:
            self.shown.append(type(watched).__name__)
        return False


@pytest.fixture
def windows(qapp: QApplication):
    watching = _Windows()
    qapp.installEventFilter(watching)
    yield watching
    qapp.removeEventFilter(watching)


def test_a_flash_is_seen(windows: _Windows, qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    label.setVisible(True)
    assert windows.shown == ["QLabel"]


def test_the_window_and_its_pages_show_nothing_before_it_has_its_place(
    windows: _Windows, some_desk: SomeDesk
):
    window = MainWindow(some_desk.desk, factories())
    some_desk.qtbot.addWidget(window)
    window.show()
    some_desk.settle()
    for name in PageName:
        if name in window.page_names:
            window.show_page(name)
            some_desk.settle()
    assert windows.shown == ["MainWindow"]
