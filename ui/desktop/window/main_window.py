"""The window of the desktop: the frame put together, its keys, and the way from page to page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget
from typing_extensions import override

from app.domain.events import Role
from app.domain.regions import Tier
from ui.desktop import look
from ui.desktop.desk import Desk, Destination, Said
from ui.desktop.exchanging import ExchangeState
from ui.desktop.look.tokens import Space
from ui.desktop.pages.home.page import HomePage
from ui.desktop.pages.names import PageName
from ui.desktop.pages.page import DeskPage, label
from ui.desktop.print_jobs import jobs_of
from ui.desktop.widgets.toaster import Toaster
from ui.desktop.window.acts import WindowAct, nature
from ui.desktop.window.help_panel import HelpPanel
from ui.desktop.window.page_stack import PageFactory, PageStack
from ui.desktop.window.palette import Palette
from ui.desktop.window.presenter import WindowPresenter
from ui.desktop.window.printer_words import printer_words
from ui.desktop.window.rail import MOST_KEYS, Rail
from ui.desktop.window.status_bar import StatusBar
from ui.desktop.window.top_bar import TopBar

_ORDER: Final = tuple(PageName)
_ARCHIVE_ROLES: Final = frozenset({Role.ARCHIVIST, Role.HEAD, Role.SUPERVISOR})
_LEAST_UNITS: Final = (480, 320)
_RAIL_UNITS: Final = 1040
"""A narrower window has no room for the rail's words."""


class MainWindow(QWidget):
    """`pages` makes each page when it is first visited. What asks for a password is shown by whoever listens here."""

    switch_asked = Signal()
    password_asked = Signal()
    clock_asked = Signal()

    def __init__(
        self, desk: Desk, pages: Mapping[PageName, PageFactory], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._focus_before: QWidget | None = None
        self.setWindowTitle(_title(desk))
        look.sized(self, min_width=_LEAST_UNITS[0], min_height=_LEAST_UNITS[1])
        self._make({name: pages[name] for name in _ORDER if name in pages and _is_for(desk, name)})
        self._assemble()
        self._connect()
        self._set_keys()
        self._on_preferences()
        self._on_operator()
        self._on_exchange(desk.exchanger.state)
        self._on_printing()
        self._presenter.look()
        self.show_page(self._stack.names[0])

    # --- made of ----------------------------------------------------------------------------------

    def _make(self, factories: Mapping[PageName, PageFactory]) -> None:
        self._content = QWidget()
        self._presenter = WindowPresenter(self.desk, self)
        self._stack = PageStack(self.desk, factories)
        self._palette = Palette(self.desk, self._stack.names)
        self._top_bar = TopBar(self.desk.station.name, self._palette)
        self._rail = Rail(self._stack.names)
        self._status_bar = StatusBar()
        self.help_panel = HelpPanel(self._stack)
        self.help_panel.hide()
        self._toaster = Toaster(self._stack)

    def _assemble(self) -> None:
        middle = look.row(Space.NONE)
        middle.addWidget(self._rail)
        middle.addWidget(self._stack, 1)
        whole = look.column(Space.NONE, parent=self._content)
        if self.desk.station.practice:
            from ui.desktop.practice.band import PracticeBand

            whole.addWidget(PracticeBand(self.desk))
        whole.addWidget(self._top_bar)
        whole.addLayout(middle, 1)
        whole.addWidget(self._status_bar)
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self._content)

    def _connect(self) -> None:
        desk = self.desk
        desk.destination_asked.connect(self._on_destination)
        desk.said.connect(self._on_said)
        desk.operator_changed.connect(self._on_operator)
        desk.preferences_changed.connect(self._on_preferences)
        desk.exchanger.changed.connect(self._on_exchange)
        self._presenter.today_told.connect(self._top_bar.show_today)
        self._presenter.waiting_told.connect(self._rail.show_counts)
        self._presenter.exchanged.connect(self._status_bar.show_exchange)
        self._rail.asked.connect(self.show_page)
        self._rail.fold_asked.connect(partial(self.perform, WindowAct.FOLD_RAIL))
        self._top_bar.act_chosen.connect(self.perform)
        self._top_bar.exchange_opened.connect(partial(self.show_page, PageName.EXCHANGE))
        self._palette.act_chosen.connect(self.perform)
        self._palette.leads_to.connect(self._make_ahead)
        self._palette.stepped_back.connect(self._focus_page)
        self.help_panel.closed.connect(self._close_help)
        self._stack.made.connect(self._on_made)
        # A stack raises the page that it shows.
        self._stack.currentChanged.connect(lambda _: self._toaster.raise_())
        self._prints = jobs_of(desk)
        self._prints.changed.connect(self._on_printing)

    def _set_keys(self) -> None:
        for act in WindowAct:
            for key in nature(act).keys:
                self._set_key(key, partial(self.perform, act))
        for number, name in enumerate(self._stack.names[:MOST_KEYS], 1):
            self._set_key(f"Alt+{number}", partial(self.show_page, name))

    def _set_key(self, key: str, act: Callable[[], None]) -> None:
        # On the content, so that no key works under a cover.
        shortcut = QShortcut(QKeySequence(key), self._content)
        shortcut.activated.connect(act)

    # --- pages ------------------------------------------------------------------------------------

    @property
    def page_names(self) -> tuple[PageName, ...]:
        """In the order of the rail."""
        return self._stack.names

    @property
    def shown(self) -> DeskPage | None:
        return self._stack.shown

    def page(self, name: PageName) -> DeskPage | None:
        """None while nobody has been there."""
        return self._stack.page(name)

    def show_page(self, name: PageName, subject: object = None) -> None:
        self._close_help()
        self._rail.mark(name)
        self._stack.show_page(name, subject)

    def make_one_ahead(self) -> bool:
        """A part of a page that nobody has visited; False when all are there."""
        return self._stack.make_one_ahead()

    def _make_ahead(self, name: PageName) -> None:
        """What Enter would open is made while its line is read, a part in each turn."""
        if name in self._stack.names and self._stack.make_ahead(name):
            QTimer.singleShot(0, self, partial(self._make_ahead, name))

    def set_one_aside(self) -> bool:
        """Before a change of look: one of the pages that nobody sees. False when only the shown one is left."""
        return self._stack.set_one_aside()

    def perform(self, act: WindowAct) -> None:
        match act:
            case WindowAct.HELP:
                self._toggle_help()
            case WindowAct.REGISTER:
                self.show_page(PageName.REGISTRATION)
            case WindowAct.FIND:
                self._palette.begin()
            case WindowAct.EXCHANGE:
                self._presenter.exchange()
            case WindowAct.PRINT:
                if self.shown is not None:
                    self.shown.print_paper()
            case WindowAct.LOCK:
                self.desk.locked.emit()
            case WindowAct.SWITCH:
                self.switch_asked.emit()
            case WindowAct.CHANGE_PASSWORD:
                self.password_asked.emit()
            case WindowAct.FOLD_RAIL:
                self.desk.prefer(rail_collapsed=not self.desk.preferences.rail_collapsed)

    # --- a cover over everything ------------------------------------------------------------------

    def cover(self, widget: QWidget) -> None:
        """Lay a widget over the whole window; nothing beneath is seen or answers a key until `uncover`."""
        self._focus_before = QApplication.focusWidget()
        self._layers.addWidget(widget)
        self._layers.setCurrentWidget(widget)

    def uncover(self) -> None:
        """Take the cover away; it belongs to whoever laid it."""
        covering = self._layers.currentWidget()
        if covering is None or covering is self._content:
            return
        self._layers.setCurrentWidget(self._content)
        self._layers.removeWidget(covering)
        if self._focus_before is not None and self._content.isAncestorOf(self._focus_before):
            self._focus_before.setFocus()
        self._focus_before = None

    # --- what is told -----------------------------------------------------------------------------

    def _on_destination(self, destination: Destination) -> None:
        self.show_page(destination.page, destination.subject)

    def _on_said(self, said: Said) -> None:
        self._toaster.say(said.mood, said.text)

    def _on_operator(self) -> None:
        self._top_bar.show_operator(self.desk.operator.name)
        keeps = bool(_ARCHIVE_ROLES.intersection(self.desk.operator.roles))
        self._rail.offer(PageName.ARCHIVE, keeps)

    def _on_preferences(self) -> None:
        self._rail.prefer_folded(self.desk.preferences.rail_collapsed)
        self._on_printing()

    def _on_exchange(self, state: ExchangeState) -> None:
        self._top_bar.show_exchange(state)

    def _on_printing(self) -> None:
        self._status_bar.show_printer(*printer_words(self.desk.preferences, self._prints.jobs))

    def _on_made(self, page: DeskPage) -> None:
        if isinstance(page, HomePage):
            page.act_asked.connect(self.perform)
            page.clock_asked.connect(self.clock_asked)

    # --- help -------------------------------------------------------------------------------------

    def _toggle_help(self) -> None:
        if self.help_panel.isVisible():
            self._close_help()
        elif self.shown is not None:
            self.help_panel.explain(label(self.shown.name), self.shown.help_text())
            self.help_panel.show()
            self.help_panel.raise_()
            self._place_help()
            self.help_panel.focus_first()

    def _close_help(self) -> None:
        if self.help_panel.isVisible():
            self.help_panel.hide()
            self._focus_page()

    def _focus_page(self) -> None:
        if self.shown is not None:
            self.shown.focus_first()

    def _place_help(self) -> None:
        width = min(self.help_panel.minimumWidth(), self._stack.width())
        self.help_panel.setGeometry(self._stack.width() - width, 0, width, self._stack.height())

    # --- sizes ------------------------------------------------------------------------------------

    def _suit(self) -> None:
        self._rail.suit(self.width() < look.current().px(_RAIL_UNITS))
        self._place_help()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._suit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._suit()


def _title(desk: Desk) -> str:
    title = QCoreApplication.translate("MainWindow", "{station} · 代办")
    if desk.station.practice:
        title = QCoreApplication.translate("MainWindow", "练习模式 · {station} · 代办")
    return title.format(station=desk.station.name)


def _is_for(desk: Desk, page: PageName) -> bool:
    """A village examines nothing."""
    return page is not PageName.REVIEW or desk.station.tier is not Tier.VILLAGE
