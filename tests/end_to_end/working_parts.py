"""What a person does at the desktop in a day, part by part (`working_days`)."""

from __future__ import annotations

import os
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDialog, QRadioButton, QWidget

from tests.end_to_end.person import Person
from tests.ui.desktop.pages.registration.hands import Figures, Visit, practised_agent
from ui.desktop.desk import Desk
from ui.desktop.exchanging import Reach
from ui.desktop.pages.home.page import HomePage
from ui.desktop.pages.names import PageName
from ui.desktop.pages.page import DeskPage
from ui.desktop.pages.registration.page import RegistrationPage
from ui.desktop.print_jobs import JobState, jobs_of
from ui.desktop.start.login_page import LoginPage
from ui.desktop.start.shell import Shell
from ui.desktop.widgets.hold_to_reveal import HoldToReveal
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.paper_sheets import PaperSheets
from ui.desktop.widgets.password_edit import PasswordEdit
from ui.desktop.widgets.table_view import TableView
from ui.desktop.widgets.text_area import TextArea
from ui.desktop.window.main_window import MainWindow
from ui.desktop.window.palette import Palette

HEAD: Final = "韦代办"
COLLEAGUE: Final = "李代办"
PASSWORD: Final = "hutang-2026"
COLLEAGUES_PASSWORD: Final = "laoli-2026"
NEW: Final = Visit(
    item="db",
    name="覃建国",
    spelling="qjg",
    number="450305197501012311",
    phone="13977300001",
    address="湖塘村5组8号",
    address_spelling="htc5z8h",
)
KNOWN: Final = Visit(item="db", name="覃建国", spelling="qjg")
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
_STEPS: Final = 12

_LOOK_S = 1.5


@dataclass
class Day:
    person: Person
    code: str
    size: tuple[int, int]
    seen: dict[str, Any] = field(default_factory=dict)

    @property
    def window(self) -> MainWindow:
        return self.person.find(MainWindow)

    @property
    def desk(self) -> Desk:
        return self.window.desk

    @property
    def page(self) -> DeskPage:
        shown = self.window.shown
        assert shown is not None
        return shown

    def go(self, name: PageName) -> DeskPage:
        """By Alt and the page's place in the rail."""
        place = self.window.page_names.index(name)
        self.person.press(Qt.Key(Qt.Key.Key_1 + place), _ALT)
        self.person.wait(lambda: self.page.name is name, name)
        return self.page


# --- the first start ------------------------------------------------------------------------------


def first_start(day: Day) -> None:
    """From an empty folder to 工作台."""
    person = day.person
    with person.about("start"):
        _fit(day)
        text = person.find(TextArea)
        person.wait(text.hasFocus)
    with person.about("code"):
        person.write(day.code)
        person.read("登记码没有问题")
        person.click("下一步")
    with person.about("head"):
        person.wait(lambda: person.seen(PasswordEdit) is not None)
        person.compose("wdb", HEAD)
        person.press(Qt.Key.Key_Return)
        for _ in range(2):
            person.write(PASSWORD)
            person.press(Qt.Key.Key_Return)
    with person.about("centre"):
        person.read("打印机和纸张")
    with person.about("printer"):
        person.click("跳过")
    with person.about("arrival"):
        person.read("事项目录和日历已经取到")
        person.press(Qt.Key.Key_Return)
        _wait_for_home(day)
    day.seen["station"] = day.desk.station.name


def log_in(day: Day) -> None:
    person = day.person
    with person.about("start"):
        _fit(day)
        password = person.find(PasswordEdit)
        person.wait(password.hasFocus)
    with person.about("login"):
        person.write(os.environ.get("DAIBAN_PASSWORD", PASSWORD))
        person.press(Qt.Key.Key_Return)
        _wait_for_home(day)


def _fit(day: Day) -> None:
    shell = day.person.find(Shell)
    shell.showNormal()
    shell.resize(*day.size)
    _activate(day)


def _activate(day: Day) -> None:
    """What a window manager does by itself; offscreen and on a bare X server there is none."""
    shell = day.person.find(Shell)
    shell.activateWindow()
    day.person.wait(shell.isActiveWindow, "an active window")


def _wait_for_home(day: Day) -> None:
    day.person.wait(lambda: day.person.seen(HomePage) is not None, "工作台")
    home = day.person.find(HomePage)
    day.person.wait(home.is_filled, "工作台 filled")
    # Nobody reaches for a key before they have looked.
    looked_s = time.monotonic() + _LOOK_S
    day.person.wait(lambda: time.monotonic() > looked_s, "a look")


# --- registering ----------------------------------------------------------------------------------


def register(day: Day) -> None:
    """Somebody new, and the same person once more."""
    for stage, visit in (("new applicant", NEW), ("known applicant", KNOWN)):
        person = day.person
        with person.about(stage) as noted:
            page = registration_page(day)
            figures = practised_agent(page, visit, person.wait)
            noted.keystrokes += figures.keystrokes - 1  # F2 is counted by both
        with person.about("receipt"):
            _wait_for_paper(day)
        _note_registered(day, stage, page, figures)


def registration_page(day: Day) -> RegistrationPage:
    day.person.press(Qt.Key.Key_F2)
    page = day.person.find(RegistrationPage)
    day.person.wait(page.filling.item.box.hasFocus)
    return page


def _wait_for_paper(day: Day) -> None:
    jobs = jobs_of(day.desk)
    day.person.wait(lambda: bool(jobs.jobs) and jobs.jobs[0].state.ended, "receipt")
    job = jobs.jobs[0]
    assert job.state is JobState.FILED, job.words
    day.seen.setdefault("papers", []).append(str(job.file))


def _note_registered(day: Day, stage: str, page: RegistrationPage, figures: Figures) -> None:
    day.seen.setdefault("numbers", []).append(page.result.number.text())
    day.seen.setdefault("figures", {})[stage] = asdict(figures) | {"by_hand_s": figures.by_hand_s}


# --- finding and reading --------------------------------------------------------------------------


def search(day: Day) -> None:
    """Ctrl+K to a case, and its personal number while the key is held."""
    person = day.person
    with person.about("search"):
        person.press(Qt.Key.Key_K, _CTRL)
        palette = person.find(Palette)
        person.wait(palette.hasFocus)
        person.write(NEW.spelling)
        person.wait(lambda: palette.answered == NEW.spelling and palette.popup_visible())
        person.press(Qt.Key.Key_Return)
        person.wait(lambda: day.page.name is PageName.CASES)
        hold = person.find(HoldToReveal)
    with person.about("hold to reveal"):
        hold.setFocus(Qt.FocusReason.TabFocusReason)
        day.seen["masked"] = hold.text()
        person.hold(Qt.Key.Key_Space)
        person.wait(lambda: "*" not in hold.text(), "the whole number")
        day.seen["revealed"] = hold.text()
        person.let_go(Qt.Key.Key_Space)
        person.wait(lambda: "*" in hold.text(), "masked again")


def list_of_cases(day: Day) -> None:
    person = day.person
    with person.about("cases"):
        page = day.go(PageName.CASES)
        person.press(Qt.Key.Key_Escape)
        table = _list_in(day, page)
    with person.about("scrolling"):
        for key in (*[Qt.Key.Key_PageDown] * _STEPS, *[Qt.Key.Key_Down] * _STEPS):
            person.press(key)
        person.press(Qt.Key.Key_Home, _CTRL)
        person.press(Qt.Key.Key_End, _CTRL)
    with person.about("filtering"):
        day.go(PageName.CASES)
        before = table.model().rowCount()
        person.compose("qjg", NEW.name)
        person.wait(lambda: 0 < table.model().rowCount() < max(before, 3), "filtered")
        day.seen["filtered"] = table.model().rowCount()
        person.press(Qt.Key.Key_Return)
        person.press(Qt.Key.Key_Return)
        person.find(HoldToReveal)
        person.press(Qt.Key.Key_Escape)
        person.click("清除筛选")
        person.wait(lambda: person.seen(QAbstractButton, "清除筛选") is None, "all again")


def _list_in(day: Day, page: QWidget) -> TableView:
    table = next(one for one in page.findChildren(TableView) if one.isVisible())
    day.person.wait(lambda: table.model().rowCount() > 0, "rows")
    table.setFocus(Qt.FocusReason.TabFocusReason)
    return table


def papers(day: Day) -> None:
    """The receipt as it was printed, larger and smaller."""
    person = day.person
    with person.about("papers"):
        table = _list_in(day, day.go(PageName.PAPERS))
        person.press(Qt.Key.Key_Down)
        person.press(Qt.Key.Key_Up)
        sheets = person.find(PaperSheets)
        person.wait(lambda: sheets.count > 0, "page")
        day.seen["listed papers"] = table.model().rowCount()
    with person.about("zooming"):
        sheets.setFocus(Qt.FocusReason.TabFocusReason)
        before = sheets.factor
        for key in (Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_Plus):
            person.press(key)
        assert sheets.factor > before
        for key in (Qt.Key.Key_1, Qt.Key.Key_Minus, Qt.Key.Key_0):
            person.press(key)


def items(day: Day) -> None:
    person = day.person
    with person.about("items"):
        page = day.go(PageName.ITEMS)
        table = _list_in(day, page)
        before = table.model().rowCount()
        page.focus_first()
        person.compose("gaoling", "高龄")
        person.wait(lambda: 0 < table.model().rowCount() < before, "found items")
        person.press(Qt.Key.Key_Return)
    with person.about("guide"):
        person.press(Qt.Key.Key_Return)
        person.read("登记这一项")
        for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown):
            person.press(key)
        person.press(Qt.Key.Key_Escape)


# --- the set-up of this computer ------------------------------------------------------------------


def settings(day: Day) -> None:
    person = day.person
    with person.about("settings"):
        day.go(PageName.SETTINGS)
    for stage, text in (
        ("scale 150", "150%"),
        ("scale 100", "100%"),
        ("contrast", "高对比"),
        ("ordinary", "普通"),
    ):
        with person.about(stage):
            person.click(text)
            person.wait(person.find(QRadioButton, text).isChecked)
            person.rest()
    preferences = day.desk.preferences
    day.seen["look"] = [preferences.theme, preferences.scale]


def colleague(day: Day) -> None:
    """Somebody else may work here from now on."""
    person = day.person
    with person.about("colleague"):
        day.go(PageName.SETTINGS)
        person.click("添加操作员")
        person.wait(lambda: _typing_in(person, LineEdit))
        person.compose("ldb", COLLEAGUE)
        person.press(Qt.Key.Key_Return)
        person.press(Qt.Key.Key_Return)
        for _ in range(2):
            person.wait(lambda: _typing_in(person, PasswordEdit))
            person.write(COLLEAGUES_PASSWORD)
            person.press(Qt.Key.Key_Return)
        person.wait(lambda: person.seen(QDialog) is None, "added")
        _activate(day)


def _typing_in(person: Person, kind: type[QWidget]) -> bool:
    return isinstance(person.focused(), kind)


# --- exchange, lock, people -----------------------------------------------------------------------


def exchange(day: Day) -> None:
    person = day.person
    with person.about("exchange"):
        day.go(PageName.EXCHANGE)
        person.press(Qt.Key.Key_F5)
        person.wait(lambda: _has_exchanged(day.desk), "exchanged")
    with person.about("help"):
        person.press(Qt.Key.Key_F1)
        person.wait(day.window.help_panel.isVisible)
        person.press(Qt.Key.Key_Escape)
        person.wait(lambda: not day.window.help_panel.isVisible())


def _has_exchanged(desk: Desk) -> bool:
    state = desk.exchanger.state
    return state.reach is Reach.ONLINE and not state.working and not state.pending


def lock(day: Day) -> None:
    """Behind a lock; a wrong password first."""
    person = day.person
    with person.about("lock"):
        person.press(Qt.Key.Key_L, _CTRL)
        person.find(LoginPage)
        day.seen["title while locked"] = person.find(Shell).windowTitle()
        person.write("no" + PASSWORD)
        person.press(Qt.Key.Key_Return)
        person.wait(lambda: person.find(PasswordEdit).text() == "", "refused")
    with person.about("unlock"):
        person.wait(lambda: not person.find(PasswordEdit).isReadOnly(), "may try again")
        person.write(os.environ.get("DAIBAN_PASSWORD", PASSWORD))
        person.press(Qt.Key.Key_Return)
        person.wait(lambda: person.seen(LoginPage) is None, "unlocked")


def switch(day: Day) -> None:
    person = day.person
    with person.about("switch"):
        person.press(Qt.Key.Key_L, _CTRL | _SHIFT)
        person.find(LoginPage)
        person.write(COLLEAGUES_PASSWORD)
        person.press(Qt.Key.Key_Return)
        person.wait(lambda: person.seen(LoginPage) is None, "the colleague's desk")
        day.seen["operator"] = day.desk.operator.name


def close(day: Day) -> None:
    with day.person.about("close"):
        day.person.find(Shell).close()


def folder_of_papers(home: Path) -> Path:
    """Where a desktop without a printer puts them, if this is its home."""
    return home / "Documents" / "代办文书"
