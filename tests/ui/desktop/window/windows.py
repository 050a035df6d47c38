"""Windows for tests: the real frame and 工作台 around pages that only note what happens to them."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.store.store import Store
from tests.ui.desktop.desks import SomeDesk
from ui.desktop.desk import Desk
from ui.desktop.exchanging import Exchanger, ExchangeState
from ui.desktop.pages.home.page import HomePage
from ui.desktop.pages.names import PageName
from ui.desktop.pages.page import DeskPage
from ui.desktop.window.main_window import MainWindow
from ui.desktop.window.page_stack import PageFactory

OFFERED = (PageName.HOME, PageName.CASES)
WIDE = (1366, 768)
NARROW = (900, 500)


class NotedPage(DeskPage):
    """Has one field, and remembers what it was told."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.received: list[object] = []
        self.refreshed = 0
        self.printed = 0
        self.field = QLineEdit()
        self.field.setAccessibleName("随便写")
        QVBoxLayout(self).addWidget(self.field)

    @override
    def refresh(self) -> None:
        self.refreshed += 1

    @override
    def receive(self, subject: object) -> None:
        self.received.append(subject)

    @override
    def print_paper(self) -> None:
        self.printed += 1

    @override
    def focus_first(self) -> None:
        self.field.setFocus()

    @override
    def help_text(self) -> str:
        return f"这一页是 {self.name}。"


class NotedExchanger(Exchanger):
    """Goes nowhere: notes who asked, and says what the test has it say."""

    def __init__(self) -> None:
        super().__init__(_no_store)
        self.asked = 0

    @override
    def exchange_now(self) -> None:
        self.asked += 1

    def tell(self, state: ExchangeState) -> None:
        self.state = state
        self.changed.emit(state)


def _no_store() -> Store:
    raise AssertionError("nobody exchanges here")


def noted_pages() -> dict[PageName, PageFactory]:
    """Every page but the first is a noted one."""
    pages: dict[PageName, PageFactory] = {
        name: type(f"Noted{name.title()}", (NotedPage,), {"name": name}) for name in PageName
    }
    pages[PageName.HOME] = HomePage
    return pages


def a_window(
    qtbot: QtBot, some: SomeDesk, size: tuple[int, int] = WIDE, **pages: PageFactory
) -> MainWindow:
    """Shown, active, and with its first look over."""
    some.desk.exchanger = NotedExchanger()
    window = MainWindow(some.desk, noted_pages() | {PageName(k): v for k, v in pages.items()})
    qtbot.addWidget(window)
    window.resize(*size)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    some.settle()
    QApplication.processEvents()
    return window


def exchanger(window: MainWindow) -> NotedExchanger:
    assert isinstance(window.desk.exchanger, NotedExchanger)
    return window.desk.exchanger


def noted(window: MainWindow, name: PageName) -> NotedPage:
    page = window.page(name)
    assert isinstance(page, NotedPage)
    return page
