"""Over the open desk: the lock, somebody else sitting down, one's own password, the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMetaObject, QObject, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.domain.staff import OperatorCard
from app.errors import DaibanError
from app.usecases import operators
from ui.desktop.desk import Desk
from ui.desktop.start.idleness import Idleness
from ui.desktop.start.login import Return
from ui.desktop.start.login_page import LoginPage
from ui.desktop.start.seat import AheadOf, ahead
from ui.desktop.start.shell import Shell
from ui.desktop.window.main_window import MainWindow

if TYPE_CHECKING:
    from ui.desktop.start.clock_check import ClockCheck


class Guard(QObject):
    """Lays a page over the whole window, so that nothing beneath is seen or answers a key."""

    def __init__(
        self, application: QApplication, shell: Shell, window: MainWindow, desk: Desk
    ) -> None:
        super().__init__(desk)
        self._application = application
        self._shell = shell
        self._window = window
        self._desk = desk
        self._return = Return(desk.jobs, self)
        self._page: LoginPage | None = None
        self._clock: ClockCheck | None = None
        self._locked = False
        self._windows: QMetaObject.Connection | None = None
        self._idleness = Idleness(application, desk.preferences.lock_after_min)
        self._idleness.idled.connect(self.lock)
        self._return.proven.connect(self._on_proven)
        desk.locked.connect(self.lock)
        window.switch_asked.connect(self.switch)
        window.password_asked.connect(self.change_password)
        window.clock_asked.connect(self.ask_clock)

    @property
    def is_locked(self) -> bool:
        return self._locked

    def begin(self) -> None:
        self._shell.show_title(self._window.windowTitle())
        self._idleness.begin()
        self._windows = self._application.focusWindowChanged.connect(self._on_window)

    def stop(self) -> None:
        self._idleness.end()
        if self._windows is not None:
            QObject.disconnect(self._windows)
            self._windows = None

    def set_after(self, minutes: int) -> None:
        """Minutes of idleness after which the screen locks."""
        self._idleness.set_after(minutes)

    # --- what can be laid over the desk -----------------------------------------------------------

    def lock(self) -> None:
        if self._locked:
            return
        self._locked = True
        self._close_dialogs()
        self._shell.show_title()
        page = self._login_page()
        self._cover(page)
        page.guard(self._names(), self._desk.operator.name)

    def switch(self) -> None:
        if self._locked:
            return
        page = self._login_page()
        self._cover(page)
        page.replace(self._names(), self._desk.operator.name)

    def change_password(self) -> None:
        from ui.desktop.start.own_password import OwnPassword

        OwnPassword(self._desk, self._window).open()

    def ask_clock(self) -> None:
        self._desk.read(ahead, self._on_clock)

    # --- what became of it ------------------------------------------------------------------------

    def _on_proven(self, operator: OperatorCard) -> None:
        if operator != self._desk.operator:
            self._desk.seat(operator)  # before anything of whoever sat here is seen again
        self._uncover()

    def _on_clock(self, found: AheadOf | None) -> None:
        if found is None or self._locked:  # nothing is laid over a lock
            self._desk.changed.emit()
            return
        from ui.desktop.start.clock_check import ClockCheck

        self._clock = ClockCheck(self._desk.jobs, found, self)
        self._clock.settled.connect(self._on_clock_settled)
        self._cover(self._clock.page)
        self._clock.page.focus_first()

    def _on_clock_settled(self) -> None:
        if not self._locked:
            self._uncover()
        self._desk.changed.emit()

    def _login_page(self) -> LoginPage:
        """Made when it is first needed: the desk is there sooner."""
        if self._page is None:
            self._page = LoginPage(self._return)
            self._page.set_place(self._desk.station.name)
            self._page.went_back.connect(self._uncover)
        return self._page

    def _cover(self, page: QWidget) -> None:
        self._window.uncover()
        self._window.cover(page)

    def _uncover(self) -> None:
        self._locked = False
        self._window.uncover()
        self._shell.show_title(self._window.windowTitle())
        self._idleness.begin_again()

    def _on_window(self, window: QWindow | None) -> None:
        """What was asked for before the lock may come after it: it is not shown."""
        if self._locked and window is not None and window is not self._shell.windowHandle():
            QTimer.singleShot(0, self, self._close_dialogs)

    def _close_dialogs(self) -> None:
        """What stands open over the window shows what the lock is to hide."""
        while (popup := self._application.activePopupWidget()) is not None:
            popup.close()
        for widget in self._application.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.reject()

    def _names(self) -> list[str]:
        """A small file, read at once: the lock does not wait for the store."""
        try:
            return operators.can_unlock(self._desk.folder)
        except DaibanError:
            return [self._desk.operator.name]
