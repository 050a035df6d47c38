"""What comes after what: from an empty folder or a name and password to the desk, and back behind the lock."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.store import practice
from ui.desktop import look
from ui.desktop import preferences as kept
from ui.desktop.jobs import Jobs
from ui.desktop.practice.colours import themes_in
from ui.desktop.start.bugs import Bugs
from ui.desktop.start.folder import people_in, seems_enrolled
from ui.desktop.start.login import Login
from ui.desktop.start.login_page import LoginPage
from ui.desktop.start.shell import Shell
from ui.desktop.start.warming import Warming

if TYPE_CHECKING:
    from app.errors import DaibanError
    from app.store.keyslots import Unlock
    from app.store.store import Store
    from printing.choice import PrinterChoice
    from ui.desktop.desk import Desk
    from ui.desktop.practice.crossing import Crossing, Renewed
    from ui.desktop.start.first_start import FirstStart
    from ui.desktop.start.guard import Guard
    from ui.desktop.start.seat import Seat
    from ui.desktop.window.main_window import MainWindow

_PAINTED_MS: Final = 100
"""After the first page has been filled."""


class Flow(QObject):
    """Holds the queues, the window and what is shown in it; made on the GUI thread, ended by `stop`."""

    entered = Signal()
    """The desk is filled and painted."""

    def __init__(self, application: QApplication, data: Path) -> None:
        super().__init__(application)
        self._application = application
        self._data = data
        self.jobs = Jobs(self)
        self.warming = Warming(self.jobs, self)
        self.preferences = kept.read(data)
        self._dress()
        self.shell = Shell()
        self.bugs = Bugs(self.shell)
        self.jobs.broke.connect(self.bugs.tell)
        self.desk: Desk | None = None
        self._first: FirstStart | None = None
        self._guard: Guard | None = None
        self._window: MainWindow | None = None
        self._is_stopped = False

    def begin(self) -> None:
        """Show what this folder needs, and warm up what will be needed behind it."""
        if seems_enrolled(self._data):
            self._offer_login()
            self.shell.painted.connect(self._look)
            self.shell.open()
        else:
            self._look()
            self.shell.open()

    def begin_with(self, error: DaibanError) -> None:
        """Nothing can be opened: say so, and nothing else."""
        from ui.desktop.start.trouble_page import TroublePage

        self.shell.show_page(TroublePage(error, self._data, can_try_again=False))
        self.shell.open()

    def stop(self) -> None:
        """The window is closed: what is under way ends, and the store after it."""
        self._is_stopped = True
        self.warming.stop()
        if self._guard is not None:
            self._guard.stop()
        if self.desk is not None:
            self.desk.exchanger.stop()
            self._stop_backing_up(self.desk)
            self._stop_scans(self.desk)
        self.jobs.stop()
        if self.desk is not None:
            self._stop_printing(self.desk)

    @staticmethod
    def _stop_printing(desk: Desk) -> None:
        from ui.desktop.print_jobs import PrintJobs

        printing = desk.findChild(PrintJobs)
        if printing is not None:
            printing.stop()

    @staticmethod
    def _stop_scans(desk: Desk) -> None:
        """Before the store: what was read is put there."""
        from ui.desktop.scans.downloads import Downloads
        from ui.desktop.scans.workshop import Workshop

        for one in (desk.findChild(Downloads), desk.findChild(Workshop)):
            if one is not None:
                one.stop()

    @staticmethod
    def _stop_backing_up(desk: Desk) -> None:
        from ui.desktop.backing_up import BackingUp

        backing_up = desk.findChild(BackingUp)
        if backing_up is not None:
            backing_up.stop()

    # --- what the folder needs --------------------------------------------------------------------

    def _look(self) -> None:
        self.jobs.outside(
            partial(_people_or_first_start, self._data),
            done=self._on_found,
            failed=self._show_trouble,
        )

    def _on_found(self, names: list[str] | None) -> None:
        if names is None:
            self._enrol()
        else:
            page = self.shell.page
            if not isinstance(page, LoginPage):
                page = self._offer_login()
            page.welcome(names)
        self.warming.begin()

    def _offer_login(self) -> LoginPage:
        """A page that can be typed into at once; the names come a moment later."""
        login = Login(self.jobs, self._data, self)
        login.trying.connect(self.warming.hurry)
        login.refused.connect(self.warming.ease)
        login.opened.connect(self._on_seat)
        login.lost.connect(lambda _, unlock: self._enrol(unlock))
        login.troubled.connect(self._show_trouble)
        page = LoginPage(login)
        page.set_place(self.tr("练习模式") if practice.is_place(self._data) else "")
        page.wait_for_names()
        self.shell.show_page(page)
        return page

    def _enrol(self, unlock: Unlock | None = None) -> None:
        from ui.desktop.start.first_start import FirstStart

        self.warming.ease()
        self._first = FirstStart(self.jobs, self._data, self.shell.show_page, unlock)
        self._first.enrolled.connect(self._on_enrolled)
        self._first.restore_wanted.connect(self._restore)
        self._first.begin()

    def _show_trouble(self, error: DaibanError) -> None:
        from ui.desktop.start.trouble_page import TroublePage

        self.warming.ease()
        page = TroublePage(error, self._data)
        page.again.connect(self._look)
        page.restore_wanted.connect(self._restore)
        self.shell.show_page(page)

    def _restore(self) -> None:
        from ui.desktop.start.restore_step import RestoreStep

        step = RestoreStep(self.jobs, self._data)
        step.finished.connect(self._look)
        step.went_back.connect(self._look)
        self.shell.show_page(step)

    # --- to the desk ------------------------------------------------------------------------------

    def _on_seat(self, seat: Seat) -> None:
        desk = self._take(seat)
        if seat.clock is None:
            self._enter()
            return
        self.warming.ease()
        desk.exchanger.start()
        from ui.desktop.start.clock_check import ClockCheck

        check = ClockCheck(self.jobs, seat.clock, self)
        check.settled.connect(self._enter)
        self.shell.show_page(check.page)

    def _on_enrolled(self, seat: Seat) -> None:
        from ui.desktop.start.printer_step import PrinterStep
        from ui.desktop.start.steps import Steps

        self._take(seat).exchanger.start()
        step = PrinterStep(self.jobs, seat.station.name, date.today())  # noqa: DTZ011 - a test page
        step.add_above(Steps(3))
        step.decided.connect(partial(self._on_printer, seat.has_catalogue))
        self.shell.show_page(step)

    def _on_printer(self, has_catalogue: bool, choice: PrinterChoice | None) -> None:
        from ui.desktop.start.arrival_step import ArrivalStep
        from ui.desktop.start.steps import Steps

        assert self.desk is not None
        if choice is not None:
            self.desk.prefer(printers={kept.ANY_DOCUMENT: choice})
        step = ArrivalStep(self.desk.station.name, self.desk.exchanger, has_catalogue=has_catalogue)
        step.add_above(Steps(4))
        step.entered.connect(self._enter)
        self.shell.show_page(step)

    def _take(self, seat: Seat) -> Desk:
        """The desk is there before its window is."""
        from ui.desktop.desk import Desk
        from ui.desktop.glyphs import draw_with_supplied
        from ui.desktop.practice.exchanging import exchanger_of

        exchanger = exchanger_of(seat.store, self._printer, self)
        exchanger.broke.connect(self.bugs.tell)
        self.desk = Desk(
            self._data, self.jobs, seat.station, seat.operator, exchanger, self.preferences, self
        )
        self.desk.preferences_changed.connect(self._on_preferences)
        self.desk.crossing_asked.connect(self._on_crossing)
        draw_with_supplied(self.desk)
        return self.desk

    def _enter(self) -> None:
        from ui.desktop.start.guard import Guard
        from ui.desktop.start.pages import factories
        from ui.desktop.window.main_window import MainWindow

        assert self.desk is not None
        window = self._window = MainWindow(self.desk, factories())
        self._guard = Guard(self._application, self.shell, window, self.desk)
        # In a turn of its own: making the window and painting it together would be felt.
        QTimer.singleShot(0, self, self._show_window)

    def _show_window(self) -> None:
        if self._window is None or self._guard is None or self.desk is None or self._is_stopped:
            return
        self.shell.show_page(self._window)
        self._guard.begin()
        # Behind everything that the first page asks for: what can wait must not slow it down.
        self.jobs.store(
            lambda _: None,
            done=lambda _: QTimer.singleShot(_PAINTED_MS, self, self._settle),
            failed=lambda _: None,
        )

    def _settle(self) -> None:
        """The desk is filled and painted: begin what goes on behind it."""
        if self.desk is None or self._is_stopped:
            return
        self.entered.emit()
        self.desk.exchanger.start()
        self.desk.exchanger.listen_to_network()
        if self._window is not None:
            self.warming.begin_behind(self._window)

    # --- practice ---------------------------------------------------------------------------------

    def _on_crossing(self, crossing: Crossing) -> None:
        """In a turn of its own: what asked for it goes."""
        QTimer.singleShot(0, self, partial(self._cross, crossing))

    def _cross(self, crossing: Crossing) -> None:
        from ui.desktop.practice.crossing import Enter, Leave, Renewed

        self._leave_desk()
        match crossing:
            case Enter(folder=folder, name=name, password=password):
                self._move_to(folder)
                login = Login(self.jobs, folder, self)
                login.opened.connect(self._on_seat)
                login.refused.connect(self._go_home)
                login.lost.connect(self._go_home)
                login.troubled.connect(self._go_home)
                login.try_password(name, password)
            case Renewed(name=name):
                self._open_anew(crossing)
            case Leave():
                self._go_home()

    def _open_anew(self, renewed: Renewed) -> None:
        from ui.desktop.practice.crossing import opened_anew
        from ui.desktop.start.seat import taken

        def seat(_: Store) -> None:
            self.jobs.store(
                lambda store: taken(store, renewed.name),
                done=self._on_seat,
                failed=self._show_trouble,
            )

        self.jobs.open(partial(opened_anew, renewed), done=seat, failed=self._show_trouble)

    def _leave_desk(self) -> None:
        """What was half typed is kept; nobody at this desk hears any more of what is under way."""
        from ui.desktop.start.frame import StartFrame

        window, desk = self._window, self.desk
        self.warming.leave()
        if window is not None:
            window.close()
        if self._guard is not None:
            self._guard.stop()
        self.jobs.tell_nobody()
        wait = StartFrame()
        wait.set_title(self.tr("正在打开…"))
        self.shell.show_page(wait)
        self.shell.show_title()
        if desk is not None:
            desk.exchanger.end_soon()
            self._stop_printing(desk)
            self._stop_backing_up(desk)
            desk.deleteLater()
        self.desk = self._window = self._guard = None

    def _move_to(self, folder: Path) -> None:
        """Another folder with its own set-up; practice begins with that of the real desk."""
        self._data = folder
        if not practice.is_place(folder) or (folder / kept.FILE).exists():
            self.preferences = kept.read(folder)
        self._dress()

    def _go_home(self) -> None:
        self._move_to(practice.home_of(self._data))
        self._offer_login()
        self._look()

    # --- preferences ------------------------------------------------------------------------------

    def _on_preferences(self) -> None:
        assert self.desk is not None
        before, self.preferences = self.preferences, self.desk.preferences
        if (before.theme, before.scale) != (self.preferences.theme, self.preferences.scale):
            QTimer.singleShot(0, self, self._change_look)
        if self._guard is not None:
            self._guard.set_after(self.preferences.lock_after_min)

    def _change_look(self) -> None:
        """The pages that nobody sees step aside first, one at a time, and are dressed when they are visited."""
        if self._window is not None and self._window.set_one_aside():
            QTimer.singleShot(0, self, self._change_look)
            return
        self._dress()

    def _dress(self) -> None:
        chosen, themes = self.preferences, themes_in(self._data)
        look.apply(self._application, chosen.theme, chosen.scale, themes)

    def _printer(self) -> str:
        """For the centre's overview of its stations; called on the exchange's thread."""
        return self.preferences.printer_for(kept.ANY_DOCUMENT).printer


def _people_or_first_start(data: Path) -> list[str] | None:
    """As `people_in`; where there is nobody, what the first start takes longest to load is loaded on the way.

    Nothing of Qt (`ui.desktop.start.loading`).
    """
    names = people_in(data)
    if names is None:
        from app.store import opening  # noqa: F401
        from app.usecases import operators  # noqa: F401
        from ui import wording  # noqa: F401
    return names
