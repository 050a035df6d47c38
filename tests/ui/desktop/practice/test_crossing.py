"""Into practice mode and out of it again, as somebody at the keyboard does it."""

from __future__ import annotations

import shutil
import threading

from PySide6.QtWidgets import QApplication

from app.store import keyslots, opening, practice
from app.store.keyslots import Unlock
from app.usecases import operators
from app.usecases import practice as use
from tests.ui.desktop.desks import WAIT_MS
from tests.ui.desktop.start.conftest import HEAD, PASSWORD
from ui.desktop import look, preferences
from ui.desktop.desk import Said
from ui.desktop.exchanging import Reach
from ui.desktop.pages.names import PageName
from ui.desktop.practice.band import PracticeBand
from ui.desktop.practice.card import PracticeCard
from ui.desktop.practice.dialogs import EnterPractice
from ui.desktop.start.login_page import LoginPage
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.password_edit import PasswordEdit
from ui.desktop.window.acts import WindowAct
from ui.desktop.window.main_window import MainWindow


def settle(desktop):
    desktop.qtbot.waitUntil(lambda: not desktop.flow.jobs.busy, timeout=WAIT_MS)
    QApplication.processEvents()


def at_the_desk(start, village):
    desktop = start(village)
    desktop.log_in()
    desktop.wait_for(MainWindow)
    settle(desktop)
    return desktop


def settings(desktop):
    desktop.page.show_page(PageName.SETTINGS)
    desktop.qtbot.waitUntil(lambda: desktop.page.findChild(PracticeCard) is not None)
    return desktop.page.findChild(PracticeCard)


def enter(desktop, password=PASSWORD):
    settings(desktop).enter.click()
    dialog = desktop.page.findChild(EnterPractice)
    dialog.findChild(PasswordEdit).setText(password)
    dialog.yes.click()
    return dialog


def practising(desktop):
    desktop.qtbot.waitUntil(
        lambda: isinstance(desktop.page, MainWindow) and desktop.page.desk.station.practice,
        timeout=WAIT_MS,
    )
    settle(desktop)
    return desktop.page


def test_the_same_password_leads_into_practice_and_everything_there_says_so(start, village):
    shutil.rmtree(practice.place_of(village))  # nobody has practised here yet
    desktop = at_the_desk(start, village)
    blue = look.current().theme.primary
    enter(desktop)
    window = practising(desktop)
    assert window.findChild(PracticeBand).isVisible()
    assert "练习模式" in window.windowTitle()
    assert window.desk.station.slot == "LX1"
    assert window.desk.exchanger.state.reach is Reach.PRACTICE
    assert look.current().theme.primary != blue
    for name in window.page_names:
        window.show_page(name)
        assert window.findChild(PracticeBand).isVisible(), name


def test_a_wrong_password_leads_nowhere(start, village):
    desktop = at_the_desk(start, village)
    before = (practice.place_of(village) / "keys").read_bytes()
    dialog = enter(desktop, "falsch-2026")
    desktop.qtbot.waitUntil(dialog.yes.isEnabled, timeout=WAIT_MS)
    assert "密码不对" in dialog.findChild(Field).said_text
    assert (practice.place_of(village) / "keys").read_bytes() == before
    dialog.reject()
    assert not desktop.page.desk.station.practice


def test_leaving_asks_for_the_password_of_the_real_store_and_leads_back_to_it(start, village):
    desktop = at_the_desk(start, village)
    blue = look.current().theme.primary
    enter(desktop)
    window = practising(desktop)
    window.findChild(PracticeBand).leave.click()
    desktop.wait_for(LoginPage)
    assert look.current().theme.primary == blue
    settle(desktop)
    desktop.log_in()
    desktop.wait_for(MainWindow)
    settle(desktop)
    assert not desktop.page.desk.station.practice
    assert desktop.page.findChild(PracticeBand) is None
    assert desktop.page.desk.station.slot != "LX1"


def test_what_is_done_in_practice_is_in_the_practice_store_alone(start, village):
    desktop = at_the_desk(start, village)
    enter(desktop)
    window = practising(desktop)
    told: list[object] = []
    window.desk.act(
        lambda store, by: operators.add(store, "练习同事", by.roles[0], by=by), told.append
    )
    desktop.qtbot.waitUntil(lambda: bool(told), timeout=WAIT_MS)
    settle(desktop)
    desktop.close()
    unlock = Unlock(operator=HEAD, password=PASSWORD)
    for folder, here in ((village, False), (practice.place_of(village), True)):
        store = opening.open_store(folder, unlock)
        names = [card.name for card in operators.of_station(store)]
        store.close()
        assert ("练习同事" in names) is here


def test_a_partner_goes_on_at_the_press_of_a_button(start, village):
    desktop = at_the_desk(start, village)
    enter(desktop)
    window = practising(desktop)
    said: list[Said] = []
    window.desk.said.connect(said.append)
    band = window.findChild(PracticeBand)
    assert band.next.text() == "让镇街接着办"
    with desktop.qtbot.waitSignal(band.went_on, timeout=WAIT_MS):
        band.next.click()
    settle(desktop)
    assert "政务服务中心：" in said[-1].text


def test_f5_says_that_nothing_is_sent(start, village):
    desktop = at_the_desk(start, village)
    enter(desktop)
    window = practising(desktop)
    said: list[Said] = []
    window.desk.said.connect(said.append)
    window.perform(WindowAct.EXCHANGE)
    assert "练习模式，不上报" in said[-1].text
    desktop.qtbot.waitUntil(  # the real store's comes to its end, and no other begins
        lambda: not [one for one in threading.enumerate() if one.name == "daiban-exchange"],
        timeout=WAIT_MS,
    )


def test_beginning_again_makes_another_store_and_stays_in_practice(start, village, monkeypatch):
    desktop = at_the_desk(start, village)
    enter(desktop)
    window = practising(desktop)
    before = window.desk.station.device
    monkeypatch.setattr("ui.desktop.practice.card.confirm", lambda *_: True)
    settings(desktop).renew.click()
    desktop.qtbot.waitUntil(
        lambda: isinstance(desktop.page, MainWindow) and desktop.page.desk.station.device != before,
        timeout=WAIT_MS,
    )
    settle(desktop)
    assert desktop.page.desk.station.practice
    assert desktop.page.desk.operator.name == HEAD
    assert not [*village.glob("practice.*.new"), *village.glob("practice.*.gone")]


def test_a_window_may_open_in_practice_at_once(start, village):
    desktop = at_the_desk(start, village)
    enter(desktop)
    practising(desktop)
    desktop.close()
    again = start(practice.place_of(village))
    again.log_in()
    window = practising(again)
    window.findChild(PracticeBand).leave.click()
    again.wait_for(LoginPage)
    settle(again)
    again.log_in()
    again.wait_for(MainWindow)
    settle(again)
    assert not again.page.desk.station.practice


def test_the_set_up_of_the_real_desk_is_begun_with_and_not_changed(start, village):
    desktop = at_the_desk(start, village)
    desktop.page.desk.prefer(scale=125)
    settle(desktop)
    enter(desktop)
    window = practising(desktop)
    assert window.desk.preferences.scale == 125
    window.desk.prefer(scale=150)
    settle(desktop)
    assert preferences.read(village).scale == 125
    assert preferences.read(practice.place_of(village)).scale == 150


def test_the_screen_locks_in_practice_too_and_the_same_password_opens_it(start, village):
    desktop = at_the_desk(start, village)
    enter(desktop)
    window = practising(desktop)
    window.perform(WindowAct.LOCK)
    page = window.findChild(LoginPage)
    assert page.isVisible()
    assert not window.findChild(PracticeBand).isVisible()
    page.focus_first()
    desktop.type(PASSWORD)
    desktop.enter()
    desktop.qtbot.waitUntil(window.findChild(PracticeBand).isVisible, timeout=WAIT_MS)


def test_a_station_that_has_a_passphrase_alone_practises_under_it(village):
    """Whoever logs in without a name is asked for what they logged in with."""
    store = opening.open_store(village, Unlock(operator=HEAD, password=PASSWORD))
    unlock = Unlock(passphrase="the-device")
    keyslots.add(village, store.key, unlock)
    own_slots = practice.place_of(village) / "keys"
    own_slots.unlink()
    by = operators.acting(store, None)
    folder = use.start(store, unlock, by=by)
    store.close()
    own = opening.open_store(folder, unlock)
    assert operators.acting(own, HEAD).name == HEAD
    own.close()
