"""From an empty folder to the 工作台, and every morning after that."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from app.domain.events import Role
from app.store import database, identity, keyslots, opening
from app.store.keyslots import Unlock
from app.usecases import enrolment, operators
from printing.choice import PrinterChoice
from sync.client import enrolment_packets
from tests.builders import a_district, an_identity
from tests.sync.builders import VILLAGE, a_centre, listening
from tests.ui.desktop.desks import WAIT_MS
from tests.ui.desktop.start import codes
from tests.ui.desktop.start.conftest import HEAD, PASSWORD, reachable
from tests.ui.desktop.start.test_enrolling import code_for
from ui.demo.places import Centre
from ui.desktop import preferences
from ui.desktop.exchanging import Reach
from ui.desktop.start.arrival_step import ArrivalStep
from ui.desktop.start.asking_step import AskingStep
from ui.desktop.start.clock_page import ClockPage
from ui.desktop.start.code_step import CodeStep
from ui.desktop.start.flow import Flow
from ui.desktop.start.head_step import HeadStep
from ui.desktop.start.login_page import LoginPage
from ui.desktop.start.packet_step import PacketStep
from ui.desktop.start.printer_step import PrinterStep
from ui.desktop.start.trouble_page import TroublePage
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.password_edit import PasswordEdit
from ui.desktop.widgets.text import Text
from ui.desktop.widgets.text_area import TextArea
from ui.desktop.window.main_window import MainWindow


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


@pytest.fixture
def district(tmp_path):
    """A real centre, in processes of its own; `open` is its line being up."""
    centre = Centre(tmp_path / "district", "全程贯通")
    centre.do("centre", "init", "--region", "450305", "--url", centre.url)
    return centre


def a_code_of(district):
    return district.do("centre", "enrol-code", "--region", VILLAGE)["code"]


class Driver:
    """Somebody at the keyboard of a desktop on a folder."""

    def __init__(self, qtbot, qapp, data):
        self.qtbot = qtbot
        self.data = data
        self.flow = Flow(qapp, data)
        qtbot.addWidget(self.flow.shell)
        self.flow.begin()

    @property
    def page(self):
        return self.flow.shell.page

    def wait_for(self, kind):
        self.qtbot.waitUntil(lambda: isinstance(self.page, kind), timeout=WAIT_MS)

    def press(self, text):
        (button,) = [one for one in self.page.findChildren(Button) if one.text() == text]
        assert button.isVisible(), text
        self.qtbot.waitUntil(lambda: button.height() > 0)  # the page has only just been shown
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def type(self, text):
        self.flow.shell.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=WAIT_MS)
        self.qtbot.keyClicks(QApplication.focusWidget(), text)

    def enter(self):
        self.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    def give_code(self, code):
        self.wait_for(CodeStep)
        self.page.findChild(TextArea).setPlainText(code)
        self.press("下一步")

    def give_head(self, name=HEAD, password=PASSWORD):
        self.wait_for(HeadStep)
        name_edit = next(
            one for one in self.page.findChildren(LineEdit) if not isinstance(one, PasswordEdit)
        )
        name_edit.setText(name)
        for edit in self.page.findChildren(PasswordEdit):
            edit.setText(password)
        self.press("登记")

    def log_in(self, password=PASSWORD):
        self.wait_for(LoginPage)
        self.type(password)
        self.enter()

    def said(self):
        return [one.text() for one in self.page.findChildren(Banner) if one.isVisible()]

    def close(self):
        self.flow.shell.close()
        self.flow.stop()


@pytest.fixture
def start(qtbot, qapp):
    """Starts the desktop on a folder; all of them are closed at the end."""
    drivers = []

    def begin(data):
        data.mkdir(exist_ok=True)
        drivers.append(Driver(qtbot, qapp, data))
        return drivers[-1]

    yield begin
    for driver in drivers:
        driver.close()


def test_a_first_start_leads_from_a_code_to_the_desk(start, district, tmp_path):
    data = tmp_path / "village"
    desktop = start(data)
    code = a_code_of(district)
    with district.open():
        desktop.give_code(code)
        desktop.give_head()
        desktop.wait_for(PrinterStep)
        desktop.press("下一步")
        desktop.wait_for(ArrivalStep)
        desk = desktop.flow.desk
        desktop.qtbot.waitUntil(lambda: desk.exchanger.state.reach is Reach.ONLINE, timeout=WAIT_MS)
        assert "事项目录和日历已经取到，可以办件了。" in desktop.said()
        desktop.press("进入工作台")
    desktop.wait_for(MainWindow)
    assert desk.operator.name == HEAD
    items: list[Any] = []
    desk.read(lambda store: store.publications.items, items.append)
    desktop.qtbot.waitUntil(lambda: bool(items), timeout=WAIT_MS)
    assert desktop.flow.shell.windowTitle().startswith(desk.station.name)
    desktop.qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=WAIT_MS)
    assert preferences.read(data).printers == {preferences.ANY_DOCUMENT: PrinterChoice()}


def test_a_refusal_keeps_what_was_typed_and_another_code_goes_on(start, centre, tmp_path):
    desktop = start(tmp_path / "village")
    with listening(centre) as url:
        desktop.give_code(code_for(centre, url, secret=bytes(16)))
        desktop.give_head()
        desktop.wait_for(AskingStep)
        desktop.qtbot.waitUntil(lambda: bool(desktop.said()), timeout=WAIT_MS)
        assert "区中心没有发过这个登记码" in desktop.said()[0]
        desktop.press("换一个登记码")
        desktop.give_code(code_for(centre, url))
        desktop.wait_for(HeadStep)
        name = desktop.page.findChildren(LineEdit)[0]
        assert name.text() == HEAD
        desktop.give_head()
        desktop.wait_for(PrinterStep)


def test_without_a_line_one_can_try_again_when_it_is_back(start, district, tmp_path):
    desktop = start(tmp_path / "village")
    desktop.give_code(a_code_of(district))
    desktop.give_head()
    desktop.wait_for(AskingStep)
    desktop.qtbot.waitUntil(lambda: bool(desktop.said()), timeout=WAIT_MS)
    assert "连不上区中心" in desktop.said()[0]
    with district.open():
        desktop.press("再试一次")
        desktop.wait_for(PrinterStep)


def test_after_a_power_cut_the_same_code_and_password_go_on(start, district, tmp_path):
    code = a_code_of(district)
    first = start(tmp_path / "village")
    first.give_code(code)
    first.give_head()
    first.wait_for(AskingStep)
    first.qtbot.waitUntil(lambda: bool(first.said()), timeout=WAIT_MS)
    first.close()
    with district.open():
        second = start(tmp_path / "village")
        second.give_code(code)
        second.give_head()
        second.wait_for(PrinterStep)
    assert len(district.do("centre", "devices")["devices"]) == 1 + 1


def test_without_a_line_a_stick_enrols_even_after_the_program_was_closed(
    start, district, tmp_path, monkeypatch
):
    stick = tmp_path / "U盘"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    desktop = start(tmp_path / "village")
    desktop.give_code(a_code_of(district))
    desktop.give_head()
    desktop.wait_for(AskingStep)
    desktop.qtbot.waitUntil(lambda: bool(desktop.said()), timeout=WAIT_MS)
    desktop.press("没有网络，用U盘登记")
    desktop.wait_for(PacketStep)
    desktop.press("写登记申请…")
    desktop.qtbot.waitUntil(lambda: bool(desktop.said()), timeout=WAIT_MS)
    assert "登记申请已写好" in desktop.said()[0]
    desktop.close()
    (one,) = district.do("centre", "packet", str(stick), "--out", str(stick))["answered"]

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (one["answer"], ""))
    again = start(tmp_path / "village")
    again.wait_for(PacketStep)
    name, password = again.page.findChildren(LineEdit)[:2]
    assert name.text() == HEAD
    password.setText(PASSWORD)
    again.press("读入答复…")
    again.wait_for(PrinterStep)
    again.press("跳过")
    again.wait_for(ArrivalStep)
    exchanger = again.flow.desk.exchanger
    again.qtbot.waitUntil(lambda: exchanger.state.reach is Reach.OFFLINE, timeout=WAIT_MS)
    assert "事项目录和日历已随答复收到，可以办件了。" in again.said()
    again.press("进入工作台")
    again.wait_for(MainWindow)
    assert again.flow.desk.operator.name == HEAD


def test_the_printer_can_be_left_for_later(start, centre, tmp_path):
    desktop = start(tmp_path / "village")
    with listening(centre) as url:
        desktop.give_code(code_for(centre, url))
        desktop.give_head()
        desktop.wait_for(PrinterStep)
        desktop.press("跳过")
        desktop.wait_for(ArrivalStep)
    assert desktop.flow.desk.preferences.printers == {}


def test_nobody_has_to_wait_for_the_first_exchange(start, centre, tmp_path):
    desktop = start(tmp_path / "village")
    with listening(centre) as url:
        desktop.give_code(code_for(centre, url))
        desktop.give_head()
        desktop.wait_for(PrinterStep)
    desktop.press("跳过")
    desktop.wait_for(ArrivalStep)
    desktop.press("进入工作台")
    desktop.wait_for(MainWindow)


def test_an_enrolled_folder_asks_for_the_password_and_opens_the_desk(start, village):
    desktop = start(village)
    desktop.log_in()
    desktop.wait_for(MainWindow)
    assert desktop.flow.desk.operator.name == HEAD


def test_a_lost_identity_is_enrolled_again_and_the_work_goes_on(start, centre, tmp_path):
    data = tmp_path / "village"
    with listening(centre) as url:
        desktop = start(data)
        desktop.give_code(code_for(centre, url))
        desktop.give_head()
        desktop.wait_for(PrinterStep)
        exchanger = desktop.flow.desk.exchanger
        desktop.qtbot.waitUntil(lambda: exchanger.state.reach is Reach.ONLINE, timeout=WAIT_MS)
        desktop.close()
        (data / identity.FILE).unlink()
        again = start(data)
        again.log_in()
        again.wait_for(CodeStep)
        again.give_code(code_for(centre, url))
        again.wait_for(PrinterStep)
    assert again.flow.desk.operator.name == HEAD
    assert len(operators_of(again)) == 1


def test_a_lost_identity_that_was_asked_for_by_stick_waits_for_the_answer(start, village, tmp_path):
    (village / identity.FILE).unlink()
    who = Unlock(operator=HEAD, password=PASSWORD)
    enrolment_packets.write_request(codes.a_code(), village, who, tmp_path / "request")
    desktop = start(village)
    desktop.log_in()
    desktop.wait_for(PacketStep)
    assert any("在等区中心的答复" in one.text() for one in desktop.page.findChildren(Text))
    assert not any(one.isVisible() for one in desktop.page.findChildren(LineEdit))


def operators_of(desktop):
    found: list[Any] = []
    desktop.flow.desk.read(operators.of_station, found.append)
    desktop.qtbot.waitUntil(lambda: bool(found), timeout=WAIT_MS)
    return found[0]


def test_an_enrolment_cut_off_before_its_database_begins_again(start, village):
    (village / opening.FILE).unlink()
    desktop = start(village)
    desktop.wait_for(CodeStep)


def test_a_folder_of_a_centre_is_not_taken_for_a_stations(start, tmp_path):
    data = tmp_path / "centre"
    data.mkdir()
    (data / opening.CENTRE_FILE).touch()
    desktop = start(data)
    desktop.wait_for(TroublePage)
    assert "不能同时作站点的" in desktop.said()[0]


def test_lost_key_slots_are_told_and_looked_for_again(start, village):
    slots = (village / keyslots.FILE).read_bytes()
    (village / keyslots.FILE).unlink()
    desktop = start(village)
    desktop.wait_for(TroublePage)
    assert "不见了" in desktop.said()[0]
    (village / keyslots.FILE).write_bytes(slots)
    desktop.press("再试一次")
    desktop.log_in()
    desktop.wait_for(MainWindow)


def test_a_store_of_a_newer_program_is_told_after_login(start, village):
    key = keyslots.open_key(village, Unlock(operator=HEAD, password=PASSWORD))
    db = database.connect(village / opening.FILE, key)
    db.run("PRAGMA user_version = 999")
    db.close()
    desktop = start(village)
    desktop.log_in()
    desktop.wait_for(TroublePage)
    assert "升级程序" in desktop.said()[0]


@pytest.fixture
def ahead_of_its_time(tmp_path):
    """A folder whose last entry was written in a year that has not come."""
    who = reachable(an_identity(a_district(), VILLAGE), tmp_path)
    folder = tmp_path / "ahead"
    enrolment.settle(folder, Unlock(operator=HEAD, password=PASSWORD), who=who).close()
    store = opening.open_store(
        folder, Unlock(operator=HEAD, password=PASSWORD), wall=lambda: 4_000_000_000_000
    )
    operators.add(store, HEAD, Role.AGENT)
    store.close()
    return folder


def test_a_clock_behind_the_last_entry_is_asked_about_before_the_desk(start, ahead_of_its_time):
    desktop = start(ahead_of_its_time)
    desktop.log_in()
    desktop.wait_for(ClockPage)
    assert "2096年10月2日" in desktop.said()[0]
    desktop.press("已校准，再看一次")
    desktop.qtbot.waitUntil(lambda: len(desktop.said()) == 2, timeout=WAIT_MS)
    assert "还没有变" in desktop.said()[1]
    desktop.press("现在的日期是对的")
    desktop.wait_for(MainWindow)


def test_a_clock_that_was_said_to_be_right_is_not_asked_about_again(start, ahead_of_its_time):
    first = start(ahead_of_its_time)
    first.log_in()
    first.wait_for(ClockPage)
    first.press("现在的日期是对的")
    first.wait_for(MainWindow)
    first.close()
    second = start(ahead_of_its_time)
    second.log_in()
    second.wait_for(MainWindow)


def test_no_password_is_left_in_a_field_of_a_page_that_has_gone(start, village):
    desktop = start(village)
    desktop.wait_for(LoginPage)
    field = desktop.page.findChild(PasswordEdit)
    desktop.log_in()
    desktop.wait_for(MainWindow)
    desktop.qtbot.waitUntil(
        lambda: PASSWORD not in [one.text() for one in desktop.flow.shell.findChildren(QLineEdit)],
        timeout=WAIT_MS,
    )
    del field
