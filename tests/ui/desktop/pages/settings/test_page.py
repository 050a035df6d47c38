"""设置: people, printers, the screen, and what this program is."""

from __future__ import annotations

import re
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.domain.events import Role
from app.domain.papers import PaperKind
from app.domain.regions import Tier
from app.store import keyslots
from app.store.keyslots import Unlock
from app.usecases import operators
from printing.choice import Paper, PrinterChoice
from printing.printer import SystemPrinter
from printing.troubles import PrinterState
from tests.builders import VILLAGE
from tests.ui.desktop import walks
from tests.ui.desktop.desks import WAIT_MS, SomeDesk, a_desk, leave
from ui.desktop import preferences, print_work
from ui.desktop.desk import Said
from ui.desktop.pages.settings import licences
from ui.desktop.pages.settings.page import SettingsPage
from ui.desktop.pages.settings.people_dialogs import AddPerson, GivePassword
from ui.desktop.pages.settings.person_dialog import PersonDialog
from ui.desktop.pages.settings.printer_dialog import PrinterDialog
from ui.desktop.pages.settings.role_words import role_word, usual_roles
from ui.desktop.preferences import ANY_DOCUMENT
from ui.desktop.print_jobs import jobs_of
from ui.desktop.start.own_password import OwnPassword
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.password_edit import PasswordEdit
from ui.desktop.widgets.radio import Radios
from ui.desktop.widgets.row_list import RowList
from ui.desktop.widgets.tick import Tick

PROJECT = Path(__file__).parents[5]
LASER = SystemPrinter(name="laser", title="惠普激光", default=True, state=PrinterState.READY)
SLIPS = SystemPrinter(name="slips", title="票据打印机", default=False, state=PrinterState.STOPPED)


class Settings:
    """The page at a desk whose head has a password."""

    def __init__(self, some: SomeDesk):
        self.some = some
        self.desk = some.desk
        self.store = some.station.store
        self.page = SettingsPage(some.desk)
        some.qtbot.addWidget(self.page)
        self.page.resize(1200, 700)
        self.page.show()
        self.told: list[Said] = []
        some.desk.said.connect(self.told.append)
        some.settle()

    @property
    def people(self) -> RowList:
        return self.page.people.rows

    @property
    def printers(self) -> RowList:
        return self.page._printers._rows  # noqa: SLF001

    def open_person(self, name):
        (key,) = [row.key for row in self.people.rows() if row.title == name]
        self.people.opened.emit(key)

    def password_dialog(self, name):
        """A head comes to it by the person."""
        self.open_person(name)
        self.dialog(PersonDialog).password.click()
        return self.dialog(GivePassword)

    def open_printer(self, document):
        self.printers.opened.emit(document)
        return self.dialog(PrinterDialog)

    def dialog(self, kind):
        (found,) = [one for one in self.page.findChildren(kind) if one.isVisible()]
        return found

    def wait(self, condition):
        self.some.qtbot.waitUntil(condition, timeout=WAIT_MS)


def a_settings(qtbot, folder, region=VILLAGE):
    some = a_desk(qtbot, folder, region)
    store = some.station.store
    unlock = Unlock(operator=some.desk.operator.name, password="lotus-2026")
    keyslots.create(store.folder, unlock, store.key)
    return Settings(some)


@pytest.fixture
def settings(qtbot, tmp_path):
    settings = a_settings(qtbot, tmp_path)
    yield settings
    leave(settings.some)


# --- people -----------------------------------------------------------------------------------------


def test_people_stand_with_their_posts_and_whether_they_can_log_in(settings):
    operators.add(settings.store, "莫玉英", Role.ARCHIVIST)
    settings.page.refresh()
    settings.some.settle()
    head, other = settings.people.rows()
    assert (head.detail, head.right) == ("代办员、负责人", "现在登录的")
    assert (other.title, other.detail, other.right) == ("莫玉英", "档案员", "在本机没有密码")


def test_a_head_adds_a_colleague_who_can_log_in(settings):
    settings.page.people._add.click()  # noqa: SLF001
    dialog = settings.dialog(AddPerson)
    name, *passwords = dialog.findChildren(LineEdit)[:3]
    name.setText(" 莫玉英 ")
    for edit in passwords:
        edit.setText("another-one")
    dialog.duty.post.setText("民政窗口")
    dialog.duty.phone.setText("0773-5812345")
    with settings.some.qtbot.waitSignal(dialog.accepted, timeout=WAIT_MS):
        dialog.ok_requested.emit()
    card = operators.proven(settings.store, "莫玉英", "another-one")
    assert card.roles == (Role.AGENT,)
    card = operators.acting(settings.store, "莫玉英")
    assert (card.post, card.phone) == ("民政窗口", "0773-5812345")
    settings.wait(lambda: [row.title for row in settings.people.rows()][-1] == "莫玉英")


@pytest.mark.parametrize(
    ("name", "passwords", "told"),
    [
        ("", ("another-one", "another-one"), "请填姓名。"),
        ("莫玉英", ("short", "short"), "至少 6 位"),
        ("莫玉英", ("another-one", "another-two"), "两次输入的密码不一样"),
        ("第一人", ("another-one", "another-one"), "已有操作员"),
    ],
)
def test_what_is_wrong_with_a_colleague_is_said_beside_the_field(settings, name, passwords, told):
    before = operators.of_station(settings.store)
    settings.page.people._add.click()  # noqa: SLF001
    dialog = settings.dialog(AddPerson)
    edits = dialog.findChildren(LineEdit)[:3]
    for edit, text in zip(edits, (name, *passwords), strict=True):
        edit.setText(text)
    dialog.ok_requested.emit()
    settings.wait(lambda: any(told in edit.accessibleDescription() for edit in edits))
    assert dialog.isVisible()
    assert operators.of_station(settings.store) == before
    dialog.reject()


def test_a_head_gives_a_password_to_whoever_forgot_theirs(settings):
    operators.add(settings.store, "莫玉英", Role.AGENT)
    settings.page.refresh()
    settings.some.settle()
    dialog = settings.password_dialog("莫玉英")
    for edit in dialog.findChildren(PasswordEdit):
        edit.setText("another-one")
    with settings.some.qtbot.waitSignal(dialog.accepted, timeout=WAIT_MS):
        dialog.ok_requested.emit()
    assert operators.proven(settings.store, "莫玉英", "another-one").name == "莫玉英"
    settings.wait(lambda: settings.people.rows()[1].right == "可以登录")


def test_ones_own_name_leads_to_ones_own_password(settings):
    settings.open_person("第一人")
    settings.dialog(PersonDialog).password.click()
    settings.dialog(OwnPassword).reject()


def test_whoever_is_no_head_can_neither_add_nor_give(settings):
    other = operators.add(settings.store, "莫玉英", Role.AGENT)
    settings.desk.seat(other)
    settings.some.settle()
    assert not settings.page.people._add.isVisible()  # noqa: SLF001
    settings.open_person("第一人")
    assert settings.page.findChildren(GivePassword) == []
    assert "只有负责人" in settings.told[-1].text


def test_a_village_offers_agents_first_and_higher_stations_clerks():
    assert usual_roles(Tier.TOWNSHIP)[0] is Role.CLERK
    assert usual_roles(Tier.VILLAGE)[0] is Role.AGENT


def test_every_post_has_a_word():
    assert len({role_word(role) for role in Role}) == len(Role)


# --- printers ---------------------------------------------------------------------------------------


def test_every_document_goes_where_all_go_until_it_has_a_choice_of_its_own(settings):
    settings.desk.prefer(printers={ANY_DOCUMENT: PrinterChoice(printer="laser", copies=2)})
    settings.page._printers._on_printers([LASER, SLIPS])  # noqa: SLF001
    rows = {row.key: row.right for row in settings.printers.rows()}
    assert rows[ANY_DOCUMENT] == "惠普激光 · A4 · 2 份"
    assert rows[PaperKind.DECISION.value] == "和“所有文书”一样"
    assert PaperKind.MATERIALS_SLIP.value not in rows


def test_a_document_gets_a_printer_and_paper_of_its_own(settings):
    dialog = settings.open_printer(PaperKind.MATERIALS_RECEIPT.value)
    dialog._on_printers([LASER, SLIPS])  # noqa: SLF001
    choose(dialog, "单独设置")
    printer = next(one for one in dialog.findChildren(Choice) if one.isVisible())
    printer.set_value("slips")
    choose(dialog, "80 毫米小票")
    right, down = dialog.findChildren(LineEdit)[-2:]
    right.setText("１．5")
    down.setText("－2")
    dialog.ok_requested.emit()
    kept = settings.desk.preferences.printers[PaperKind.MATERIALS_RECEIPT.value]
    assert kept == PrinterChoice(printer="slips", paper=Paper.SLIP, right_mm=1.5, down_mm=-2.0)
    settings.some.settle()
    assert preferences.read(settings.desk.folder).printers == settings.desk.preferences.printers


def test_a_slip_printer_is_spoken_to_directly_and_tried(settings, tmp_path, qtbot):
    device = tmp_path / "lp0"
    device.touch()
    dialog = settings.open_printer(ANY_DOCUMENT)
    dialog._on_printers([LASER])  # noqa: SLF001
    printer = next(one for one in dialog.findChildren(Choice) if one.isVisible())
    printer.setCurrentIndex(printer.findText("小票机（直接）"))
    printer.activated.emit(printer.currentIndex())
    address = dialog.findChildren(LineEdit)[0]
    assert address.isVisible()
    dialog.ok_requested.emit()
    assert "小票机的地址" in address.accessibleDescription()
    address.setText(f" {device} ")
    dialog._trial.click()  # noqa: SLF001
    settings.some.settle()
    qtbot.waitUntil(lambda: not jobs_of(settings.desk).busy, timeout=WAIT_MS)
    assert b"\x1dv0" in device.read_bytes()
    dialog.ok_requested.emit()
    kept = settings.desk.preferences.printers[ANY_DOCUMENT]
    assert kept == PrinterChoice(direct=str(device), paper=Paper.SLIP)
    rows = {row.key: row.right for row in settings.printers.rows()}
    assert rows[ANY_DOCUMENT] == f"小票机 {device} · 80 毫米小票"


def test_a_dialog_that_is_closed_before_the_printers_answer_hears_nothing(settings, monkeypatch):
    """The system may take half a minute; the dialog is gone by then."""
    answer, told = Event(), list[object]()
    monkeypatch.setattr(print_work, "system_printers", lambda: answer.wait(20) and [LASER])
    dialog = settings.open_printer(ANY_DOCUMENT)
    dialog._form.show_printers = told.append  # noqa: SLF001
    dialog.reject()
    answer.set()
    settings.wait(lambda: not settings.desk.jobs.busy and not jobs_of(settings.desk).busy)
    settings.some.settle()
    assert told == []


def test_both_sides_are_chosen_with_a_tick(settings):
    dialog = settings.open_printer(ANY_DOCUMENT)
    (tick,) = [one for one in dialog.findChildren(Tick) if one.text() == "双面打印"]
    tick.click()
    dialog.ok_requested.emit()
    assert settings.desk.preferences.printers[ANY_DOCUMENT].two_sided
    rows = {row.key: row.right for row in settings.printers.rows()}
    assert rows[ANY_DOCUMENT] == "存为 PDF 文件 · A4 · 双面"


def choose(dialog, text):
    for radios in dialog.findChildren(Radios):
        for button in radios.findChildren(QAbstractButton):
            if button.text() == text:
                button.click()
                return
    raise AssertionError(text)


def test_a_document_goes_back_to_where_all_go(settings):
    own = {PaperKind.DECISION.value: PrinterChoice(printer="laser")}
    settings.desk.prefer(printers=own)
    dialog = settings.open_printer(PaperKind.DECISION.value)
    choose(dialog, "和“所有文书”一样")
    dialog.ok_requested.emit()
    assert settings.desk.preferences.printers == {}


@pytest.mark.parametrize("typed", ["21", "-20.5", "一点", "1e9", "nan"])
def test_a_shift_that_cannot_be_is_said_and_not_kept(settings, typed):
    dialog = settings.open_printer(ANY_DOCUMENT)
    right, _ = dialog.findChildren(LineEdit)[-2:]
    right.setText(typed)
    dialog.ok_requested.emit()
    assert "−20 到 20" in right.accessibleDescription()
    assert settings.desk.preferences.printers == {}
    dialog.reject()


def test_a_printer_that_is_away_stays_chosen_and_is_marked(settings):
    settings.desk.prefer(printers={ANY_DOCUMENT: PrinterChoice(printer="old")})
    dialog = settings.open_printer(ANY_DOCUMENT)
    dialog._on_printers([LASER])  # noqa: SLF001
    printer = next(one for one in dialog.findChildren(Choice) if one.isVisible())
    assert (printer.value(), printer.currentText()) == ("old", "old（现在没有接上）")
    dialog.reject()


def test_a_test_page_is_tried_before_the_choice_is_kept(settings, tmp_path):
    settings.desk.prefer(file_folder=str(tmp_path / "papers"))
    dialog = settings.open_printer(ANY_DOCUMENT)
    next(one for one in dialog.findChildren(Button) if one.text() == "打印测试页").click()
    settings.wait(lambda: list((tmp_path / "papers").glob("*.pdf")) != [])
    settings.wait(lambda: "已存为文件" in dialog._banner.text())  # noqa: SLF001
    assert settings.desk.preferences.printers == {}
    dialog.reject()


# --- the screen -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("高对比（看得更清）", {"theme": "contrast"}),
        ("特大字 150%", {"scale": 150}),
        ("左栏只显示图标", {"rail_collapsed": True}),
    ],
)
def test_how_the_screen_looks_is_kept_at_once(settings, text, kept):
    button = next(one for one in settings.page.findChildren(QAbstractButton) if one.text() == text)
    button.click()
    settings.some.settle()
    read = preferences.read(settings.desk.folder)
    assert {name: getattr(read, name) for name in kept} == kept


def test_the_minutes_before_the_lock_are_chosen(settings):
    minutes = settings.page._screen._minutes  # noqa: SLF001
    minutes.setFocus()
    minutes.set_value(30)
    minutes.chosen.emit(30)
    assert settings.desk.preferences.lock_after_min == 30


def test_minutes_that_somebody_wrote_into_the_file_are_shown_too(settings):
    settings.desk.prefer(lock_after_min=7)
    assert settings.page._screen._minutes.currentText() == "7 分钟"  # noqa: SLF001


# --- about ------------------------------------------------------------------------------------------


def test_every_library_that_is_installed_with_the_program_is_named_with_its_licence():
    text = (PROJECT / "pyproject.toml").read_text("utf-8")
    wanted = re.search(r"\ndependencies = \[(.*?)\]", text, re.DOTALL)
    assert wanted is not None
    names = {re.split(r"[<>=\[]", line)[0] for line in re.findall(r'"(.*?)"', wanted[1])}
    assert names <= {part.name for part in licences.parts()}
    assert all(part.licence for part in licences.parts())


def test_the_licences_are_shown(settings):
    next(
        one for one in settings.page.findChildren(Button) if one.text() == "使用的软件和许可"
    ).click()
    settings.some.settle()
    from ui.desktop.pages.settings.licences_dialog import LicencesDialog

    settings.dialog(LicencesDialog).reject()


def test_a_folder_without_a_log_says_that_nothing_went_wrong(settings):
    next(
        one for one in settings.page.findChildren(Button) if one.text() == "打开日志文件夹"
    ).click()
    assert "没有出过错" in settings.told[-1].text


# --- for everybody ----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1198, 640), (760, 380)])
def test_it_can_be_used_without_mouse_and_without_seeing_well(settings, size):
    settings.page.resize(*size)
    QApplication.processEvents()
    assert walks.faults(settings.page) == []


@pytest.mark.parametrize("opened", ["add", "give", "printer"])
def test_its_dialogs_can_too(settings, opened):
    operators.add(settings.store, "莫玉英", Role.AGENT)
    settings.page.refresh()
    settings.some.settle()
    if opened == "add":
        settings.page.people._add.click()  # noqa: SLF001
        dialog = settings.dialog(AddPerson)
    elif opened == "give":
        dialog = settings.password_dialog("莫玉英")
    else:
        dialog = settings.open_printer(ANY_DOCUMENT)
        settings.some.settle()
    settings.some.qtbot.waitExposed(dialog)
    assert walks.faults(dialog) == []
    dialog.reject()


def test_enter_walks_through_a_form_and_finishes_it(settings):
    settings.page.people._add.click()  # noqa: SLF001
    dialog = settings.dialog(AddPerson)
    dialog.activateWindow()
    qtbot = settings.some.qtbot
    settings.wait(dialog.isActiveWindow)
    name, first, again = dialog.findChildren(LineEdit)[:3]
    name.setFocus()
    qtbot.keyClicks(name, "Mo")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is first
    qtbot.keyClicks(first, "another-one")
    qtbot.keyClick(first, Qt.Key.Key_Return)
    qtbot.keyClicks(again, "another-one")
    with qtbot.waitSignal(dialog.accepted, timeout=WAIT_MS):
        qtbot.keyClick(again, Qt.Key.Key_Return)
