"""设置 for posts, deputies, written authorisations and the district's rules."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.domain.events import Role, Window
from app.store import keyslots
from app.store.keyslots import Unlock
from app.usecases import district_settings, staff
from app.usecases.operators import acting
from tests.builders import DISTRICT, TOWNSHIP, the_item
from tests.ui.desktop import walks
from tests.ui.desktop.desks import a_desk, leave
from ui.desktop import look
from ui.desktop.pages.settings.authorise_dialog import AuthoriseDialog
from ui.desktop.pages.settings.away_dialog import AwayDialog
from ui.desktop.pages.settings.district_dialog import DistrictDialog
from ui.desktop.pages.settings.district_words import Part
from ui.desktop.pages.settings.page import SettingsPage
from ui.desktop.pages.settings.person_dialog import PersonDialog
from ui.desktop.widgets.dialogs import Question

DAY = date(2026, 11, 20)


class At:
    def __init__(self, qtbot, folder, region):
        self.some = a_desk(qtbot, folder, region)
        self.desk, self.station = self.some.desk, self.some.station
        self.store = self.station.store
        unlock = Unlock(operator=self.desk.operator.name, password="lotus-2026")
        keyslots.create(self.store.folder, unlock, self.store.key)
        self.told: list[str] = []
        self.desk.said.connect(lambda said: self.told.append(said.text))
        self.page = SettingsPage(self.desk)
        qtbot.addWidget(self.page)
        self.page.resize(1200, 700)
        self.page.show()
        self.some.settle()

    def look(self):
        self.page.refresh()
        self.some.settle()

    def seat(self, card):
        self.desk.seat(card)
        self.some.settle()

    def dialog(self, kind):
        (found,) = [one for one in self.page.findChildren(kind) if one.isVisible()]
        return found

    def person(self, name):
        rows = self.page.people.rows
        (key,) = [row.key for row in rows.rows() if row.title == name]
        rows.opened.emit(key)
        return self.dialog(PersonDialog)

    def agreeing(self):
        """Say yes to the question that will open."""

        def yes():
            (question,) = [
                one for one in QApplication.topLevelWidgets() if isinstance(one, Question)
            ]
            question.yes.click()

        QTimer.singleShot(0, yes)


@pytest.fixture
def at(qtbot, tmp_path):
    at = At(qtbot, tmp_path, TOWNSHIP)
    yield at
    leave(at.some)


@pytest.fixture
def district(qtbot, tmp_path):
    at = At(qtbot, tmp_path, DISTRICT)
    yield at
    leave(at.some)


# --- people -----------------------------------------------------------------------------------------


def test_a_head_changes_roles_post_window_and_telephone(at):
    other = at.station.person(Role.CLERK)
    at.look()
    dialog = at.person(other.name)
    dialog.roles[Role.APPROVER].setChecked(True)
    dialog.duty.post.setText("民政窗口")
    dialog.duty.window_kind.set_value(Window.DEPARTMENT)
    dialog.duty.department.setText("民政局")
    dialog.duty.phone.setText("0773-5812345")
    dialog.yes.click()
    at.some.settle()
    card = acting(at.store, other.name)
    assert card.roles == (Role.CLERK, Role.APPROVER)
    assert (card.post, card.window, card.department) == ("民政窗口", Window.DEPARTMENT, "民政局")
    row = next(row for row in at.page.people.rows.rows() if row.title == other.name)
    assert row.detail == "窗口人员、审批人 · 民政窗口 · 部门窗口 民政局 · 0773-5812345"


def test_somebody_leaves_after_one_question_and_the_last_head_cannot(at):
    other = at.station.person(Role.CLERK)
    at.look()
    dialog = at.person(other.name)
    at.agreeing()
    dialog.left.click()
    at.some.settle()
    assert [one.name for one in staff.working(at.store)] == [at.station.head.name]
    dialog = at.person(at.station.head.name)
    at.agreeing()
    dialog.left.click()
    at.some.settle()
    assert "唯一的负责人" in " ".join(walks.texts(dialog))
    dialog.reject()


def test_without_any_role_nothing_is_changed(at):
    dialog = at.person(at.station.head.name)
    for tick in dialog.roles.values():
        tick.setChecked(False)
    dialog.yes.click()
    assert "至少选一个" in " ".join(walks.texts(dialog))
    dialog.reject()


# --- deputies ---------------------------------------------------------------------------------------


def test_an_absence_is_written_seen_by_all_and_ended(at):
    other = at.station.person(Role.CLERK)
    at.look()
    at.page.away.new.click()
    dialog = at.dialog(AwayDialog)
    dialog.who.set_value(other.name)
    dialog.deputy.set_value(at.station.head.name)
    dialog.until.set_day(date(2026, 11, 24))
    dialog.note.setText("培训")
    dialog.yes.click()
    at.some.settle()
    (notice,) = staff.absences(at.store)
    assert (notice.told.operator, notice.told.until) == (other.ref, date(2026, 11, 24))
    at.seat(other)
    (row,) = at.page.away.rows.rows()
    assert row.title == f"{at.station.head.name} 代 {other.name}"
    assert (row.chip, row.right) == ("代理中", "11-20 至 11-24")
    at.agreeing()
    at.page.away.rows.opened.emit(row.key)
    at.some.settle()
    assert staff.absences(at.store) == []


def test_whoever_is_no_head_writes_only_their_own_absence(at):
    other = at.station.person(Role.CLERK)
    at.seat(other)
    at.page.away.new.click()
    dialog = at.dialog(AwayDialog)
    assert [dialog.who.itemText(n) for n in range(dialog.who.count())] == [other.name]
    dialog.yes.click()
    assert staff.absences(at.store) == []  # the last day is missing
    dialog.reject()


def test_a_wrong_period_is_said_and_the_form_stays(at):
    at.station.person(Role.CLERK)
    at.look()
    at.page.away.new.click()
    dialog = at.dialog(AwayDialog)
    dialog.until.set_day(date(2026, 11, 1))
    dialog.yes.click()
    at.some.settle()
    assert dialog.isVisible()
    assert "截止日期" in " ".join(walks.texts(dialog))
    dialog.reject()


# --- authorisations ---------------------------------------------------------------------------------


def test_an_authorisation_is_published_by_item_and_withdrawn(qtbot, at):
    approver = at.station.person(Role.APPROVER)
    at.look()
    at.page.authorisations.new.click()
    dialog = at.dialog(AuthoriseDialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.item.setFocus()
    qtbot.waitUntil(dialog.item.hasFocus)
    dialog.item.setText("就业")
    dialog.item.ask_now()
    at.some.settle()
    qtbot.waitUntil(dialog.item.popup_visible)
    qtbot.keyClick(dialog.item, "\r")
    assert [row.title for row in dialog.picked.rows()] == ["就业创业证申领"]
    dialog.document.setText("朝政授〔2026〕1号")
    at.agreeing()
    dialog.yes.click()
    at.some.settle()
    (notice,) = staff.authorisations(at.store)
    assert (notice.told.operator, notice.told.items) == (approver.ref, ("IT022",))
    assert notice.told.until == date(2026, 12, 31)
    (row,) = at.page.authorisations.rows.rows()
    assert (row.chip, row.detail) == ("有效", "就业创业证申领")
    at.page.authorisations.rows.opened.emit(row.key)
    at.dialog(Question).yes.click()
    at.some.settle()
    assert staff.authorisations(at.store) == []


def test_an_authorisation_needs_its_document(at):
    at.station.person(Role.APPROVER)
    at.look()
    at.page.authorisations.new.click()
    dialog = at.dialog(AuthoriseDialog)
    dialog.pick("IT022", "就业创业证申领")
    dialog.picked.opened.emit("IT022")
    assert dialog.picked.rows() == []
    dialog.yes.click()
    assert "请写授权书的文号。" in dialog.document.accessibleDescription()
    dialog.reject()


def test_without_an_approver_it_is_said_whom_to_name_first(at):
    at.page.authorisations.new.click()
    assert "还没有审批人" in at.told[-1]


def test_whoever_is_no_head_reads_them_only(at):
    at.seat(at.station.person(Role.CLERK))
    assert not at.page.authorisations.new.isVisible()


# --- the district's rules ---------------------------------------------------------------------------


def test_the_district_publishes_limits_after_one_question(district):
    district.page.district.open.click()
    dialog = district.dialog(DistrictDialog)
    dialog.sections[Part.LIMITS].edits["forwarding_days"].setText("4")
    dialog.show_part(Part.LIGHTS)
    dialog.sections[Part.LIGHTS].edits["forwarding", "red"].setText("5")
    dialog.show_part(Part.CONTACTS)
    dialog.sections[Part.CONTACTS].edits["window_phone"].setText("0773-5812345")
    dialog.show_part(Part.DEPARTMENTS)
    name, phone = dialog.sections[Part.DEPARTMENTS].edits["社会救助"]
    name.setText("民政局")
    phone.setText("0773-5800000")
    dialog.effective.set_day(date(2026, 12, 1))
    district.agreeing()
    dialog.yes.click()
    district.some.settle()
    assert district_settings.current(district.store).forwarding_days == 3
    coming = district_settings.coming(district.store)
    assert coming is not None
    assert (coming.forwarding_days, coming.window_phone) == (4, "0773-5812345")
    assert (coming.thresholds.forwarding.red, coming.thresholds.forwarding.yellow) == (5, 1)
    department = coming.department("社会救助")
    assert department is not None
    assert (department.name, department.phone) == ("民政局", "0773-5800000")
    assert "2026年12月1日起有新的规定" in walks.texts(district.page)


def test_the_district_says_which_items_one_person_rarely_asks_for_together(district):
    district.page.district.open.click()
    dialog = district.dialog(DistrictDialog)
    dialog.show_part(Part.RELATED)
    part = dialog.sections[Part.RELATED]
    names = [the_item(one).name for one in ("IT001", "IT022")]
    part.groups.add({"0": names[0]})
    dialog.yes.click()
    assert "每一组至少要有两个不同的事项。" in " ".join(walks.texts(dialog))
    part.groups.lines()[0].cells[1].setText("没有这项")
    dialog.yes.click()
    assert "事项目录里没有“没有这项”" in " ".join(walks.texts(dialog))
    part.groups.lines()[0].cells[1].setText(names[1])
    district.agreeing()
    dialog.yes.click()
    district.some.settle()
    (group,) = district_settings.current(district.store).related
    assert group.items == ("IT001", "IT022")


@pytest.mark.parametrize("text", ["", "三", "-1"])
def test_what_is_no_number_is_named_and_nothing_is_published(district, text):
    district.page.district.open.click()
    dialog = district.dialog(DistrictDialog)
    dialog.sections[Part.LIMITS].edits["delivery_days"].setText(text)
    dialog.yes.click()
    assert "“送达（工作日）”要写一个整数。" in walks.texts(dialog)
    dialog.reject()


def test_what_cannot_hold_is_said_by_its_check(district):
    district.page.district.open.click()
    dialog = district.dialog(DistrictDialog)
    dialog.sections[Part.LIMITS].edits["suit_months"].setText("99")
    district.agreeing()
    dialog.yes.click()
    district.some.settle()
    assert any("不能大于 60" in text for text in walks.texts(dialog))
    dialog.reject()


def test_nothing_changed_is_nothing_to_publish(district):
    district.page.district.open.click()
    dialog = district.dialog(DistrictDialog)
    for part in Part:
        dialog.show_part(part)
    assert dialog.changes() == {}
    dialog.yes.click()
    assert "没有改动，不用公布。" in walks.texts(dialog)
    dialog.reject()


def test_others_read_the_rules_and_cannot_change_them(at):
    at.page.district.open.click()
    dialog = at.dialog(DistrictDialog)
    assert not dialog.yes.isVisible()
    assert all(edit.isReadOnly() for edit in dialog.sections[Part.LIMITS].edits.values())
    dialog.reject()


# --- for everybody ----------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", look.SCALES)
@pytest.mark.parametrize("opened", ["person", "away", "authorise", *Part])
def test_the_dialogs_can_be_used_without_mouse_and_without_seeing_well(
    qapp, district, opened, scale
):
    district.station.person(Role.CLERK)
    look.apply(qapp, "contrast", scale)
    district.look()
    if opened == "person":
        dialog = district.person(district.station.head.name)
    elif opened == "away":
        district.page.away.new.click()
        dialog = district.dialog(AwayDialog)
    elif opened == "authorise":
        district.page.authorisations.new.click()
        dialog = district.dialog(AuthoriseDialog)
        dialog.pick("IT022", "就业创业证申领")
    else:
        district.page.district.open.click()
        dialog = district.dialog(DistrictDialog)
        dialog.show_part(Part(opened))
    district.some.qtbot.waitExposed(dialog)
    district.some.settle()
    assert walks.faults(dialog) == []
    dialog.reject()
