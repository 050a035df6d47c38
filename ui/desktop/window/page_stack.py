"""The pages, each made when it is first visited or ahead of that, and kept as long as the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.pages.names import PageName
from ui.desktop.pages.page import DeskPage

PageFactory = Callable[[Desk], DeskPage]


class PageStack(QStackedWidget):
    """`made` carries a page that has just come into being, before it is shown."""

    made = Signal(object)

    def __init__(
        self, desk: Desk, factories: Mapping[PageName, PageFactory], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._factories = dict(factories)
        self._pages: dict[PageName, DeskPage] = {}

    @property
    def names(self) -> tuple[PageName, ...]:
        return tuple(self._factories)

    @property
    def shown(self) -> DeskPage | None:
        page = self.currentWidget()
        return page if isinstance(page, DeskPage) else None

    def page(self, name: PageName) -> DeskPage | None:
        """None while nobody has been there."""
        return self._pages.get(name)

    def show_page(self, name: PageName, subject: object = None) -> None:
        page = self._pages.get(name) or self._make(name)
        self._put_in(page)
        self.setCurrentWidget(page)
        if subject is not None:
            page.receive(subject)
        page.focus_first()

    def make_one_ahead(self) -> bool:
        """Do a part of what the first visits would have to do. False when nothing is left."""
        return any(self.make_ahead(name) for name in self._factories)

    def make_ahead(self, name: PageName) -> bool:
        """Do a part of what the first visit of this page would have to do. False when nothing is left."""
        page = self._pages.get(name)
        if page is None:
            self._make(name)
            return True
        if self.indexOf(page) < 0:
            self._put_in(page)
            return True
        return False

    def set_one_aside(self) -> bool:
        """Take a page that nobody sees out of the window, so that a change of look need not reach it now.

        It is dressed when it comes back. False when nothing is left.
        """
        for page in self._pages.values():
            if page is not self.currentWidget() and self.indexOf(page) >= 0:
                self.removeWidget(page)
                page.setParent(None)
                return True
        return False

    def _make(self, name: PageName) -> DeskPage:
        page = self._pages[name] = self._factories[name](self._desk)
        self.made.emit(page)
        return page

    def _put_in(self, page: DeskPage) -> None:
        if self.indexOf(page) < 0:
            look.measure_again([page])  # the scale may have changed while it stood outside
            self.addWidget(page)
