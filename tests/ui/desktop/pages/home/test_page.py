"""The 工作台 with real widgets over a real store: what it shows, and where each thing leads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from app.domain.events import Role
from app.store.drafts import Draft
from app.store.store import RESTORED
from app.usecases import drafts, lookup, staff
from app.usecases.filters import CaseFilter
from app.usecases.today import shown_today
from tests.builders import TOWNSHIP, VILLAGE, a_case, a_district, a_station, act, meet
from tests.ui.desktop import walks
from tests.ui.desktop.desks import SomeDesk, a_desk, desk_of, leave
from ui.desktop import look
from ui.desktop.desk import Destination
from ui.desktop.pages.home.page import HomePage
from ui.desktop.pages.names import PageName
from ui.desktop.pages.supervision.light_strip import LightStrip
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.count_card import CountCard
from ui.desktop.widgets.dialogs import Question
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.row_list import RowList
from ui.desktop.window.acts import WindowAct


class At:
    """A page at a desk, and where it has led."""

    def __init__(self, qtbot: QtBot, some: SomeDesk) -> None:
        self.some = some
        self.went: list[Destination] = []
        some.desk.destination_asked.connect(self.went.append)
        self.page = HomePage(some.desk)
        self.acts: list[WindowAct] = []
        self.page.act_asked.connect(self.acts.append)
        qtbot.addWidget(self.page)
        self.page.resize(1190, 680)
        self.page.show()
        self.settle()

    def settle(self) -> None:
        self.some.settle()
        QApplication.processEvents()

    def look_again(self) -> None:
        self.some.desk.changed.emit()
        self.settle()

    def banners(self) -> list[Banner]:
        return [one for one in self.page.findChildren(Banner) if one.isVisible()]

    def button(self, name: str) -> QAbstractButton:
        return next(
            button
            for button in self.page.findChildren(QAbstractButton)
            if button.isVisible() and button.accessibleName().startswith(name)
        )

    def rows(self) -> list[str]:
        return [row.title for row in walks.the(RowList, self.page).rows()]


@pytest.fixture
def at(qtbot: QtBot, some_desk: SomeDesk) -> At:
    return At(qtbot, some_desk)


@pytest.fixture
def township(qtbot: QtBot, tmp_path: Path) -> Iterator[At]:
    """A township to which one case was forwarded."""
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path / "village")
    station = a_station(district, TOWNSHIP, tmp_path / "township")
    act(village, a_case(village), "forward")
    meet(village, station)
    some = desk_of(qtbot, station, district)
    yield At(qtbot, some)
    leave(some)
    village.store.close()


# --- what is shown ----------------------------------------------------------------------------------


def test_a_new_station_hears_what_to_press(at):
    empty = walks.the(EmptyState, at.page)
    assert empty.isVisible()
    assert "F2" in " ".join(walks.texts(empty))
    at.button("登记新办件").click()
    assert at.acts == [WindowAct.REGISTER]


def test_without_a_catalogue_it_offers_to_exchange(qtbot, tmp_path):
    some = a_desk(qtbot, tmp_path, district=a_district(items=()))
    at = At(qtbot, some)
    empty = walks.the(EmptyState, at.page)
    assert "还没有收到事项目录" in walks.texts(empty)
    walks.the(QAbstractButton, empty).click()
    assert at.acts == [WindowAct.EXCHANGE]
    leave(some)


def test_a_registration_appears_when_the_store_has_changed(at):
    a_case(at.some.station, name="覃小军")
    at.look_again()
    assert at.rows() == ["补正：覃*军 就业创业证申领"]
    assert at.button("待补正，1").isVisible()
    assert not walks.the(EmptyState, at.page).isVisible()


def test_nothing_on_the_page_shows_a_whole_name(at):
    a_case(at.some.station, name="覃小军")
    at.look_again()
    assert not any("小军" in text for text in [*walks.texts(at.page), *at.rows()])


def test_when_all_is_done_it_says_so(at):
    subject = a_case(at.some.station)
    act(at.some.station, subject, "forward")  # it waits for others
    at.look_again()
    assert at.rows() == []
    assert "现在没有要办的" in walks.texts(walks.the(EmptyState, at.page))


# --- where it leads ---------------------------------------------------------------------------------


def test_enter_on_a_line_opens_the_case_and_arrows_move(qtbot, at):
    subjects = {a_case(at.some.station, name=name) for name in ("甲一", "乙二")}
    at.look_again()
    walks.the(RowList, at.page).setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert [one.page for one in at.went] == [PageName.CASES] * 2
    assert {one.subject for one in at.went} == subjects


def test_a_figure_leads_to_its_list(at):
    a_case(at.some.station)
    at.look_again()
    at.button("待补正").click()
    (went,) = at.went
    assert went.page is PageName.CASES
    assert isinstance(went.subject, CaseFilter)
    store = at.some.station.store
    assert lookup.count(store, went.subject, shown_today(store)) == 1


def test_an_authority_goes_to_its_review(township):
    township.button("待接收，1").click()
    assert township.went[0].page is PageName.REVIEW
    row = walks.the(RowList, township.page)
    row.opened.emit(row.rows()[0].key)
    assert township.went[1].page is PageName.REVIEW


def test_a_scan_is_the_search(at):
    at.button("扫回执").click()
    assert at.acts == [WindowAct.FIND]


def test_a_recent_registration_can_be_opened_and_its_receipt_printed_again(qtbot, at):
    subject = a_case(at.some.station, name="覃小军")
    at.look_again()
    at.button("打开：覃*军").click()
    assert at.went == [Destination(page=PageName.CASES, subject=subject)]
    at.button("补打回执：覃*军").click()
    at.settle()
    assert len(at.some.station.case(subject).papers) == 1


# --- drafts -----------------------------------------------------------------------------------------


@pytest.fixture
def drafted(at: At) -> At:
    station = at.some.station
    drafts.keep(station.store, station.head, b"form", title="韦*妹 最低生活保障")
    at.look_again()
    return at


def test_a_draft_is_gone_on_with(drafted):
    drafted.button("接着填").click()
    (went,) = drafted.went
    assert went.page is PageName.REGISTRATION
    assert isinstance(went.subject, Draft)
    assert went.subject.form == b"form"


def answer(page: HomePage, yes: bool) -> None:
    """Press a button of the question that will open."""

    def press() -> None:
        question = walks.the(Question, page)
        (question.yes if yes else question.no).click()

    QTimer.singleShot(0, press)


@pytest.mark.parametrize(("yes", "left"), [(True, 0), (False, 1)])
def test_a_draft_is_thrown_away_after_one_question(drafted, yes, left):
    answer(drafted.page, yes)
    drafted.button("丢弃草稿").click()
    drafted.settle()
    station = drafted.some.station
    assert len(drafts.of_operator(station.store, station.head)) == left


def test_somebody_elses_drafts_are_not_shown(drafted):
    station = drafted.some.station
    drafted.some.desk.seat(station.person(station.head.roles[0]))
    drafted.settle()
    assert "草稿" not in walks.texts(drafted.page)


# --- the clock --------------------------------------------------------------------------------------


def test_a_clock_that_fell_back_is_told_with_a_way_on(qtbot, at):
    a_case(at.some.station)
    at.some.station.wall.turn(days=-30)
    at.look_again()
    (banner,) = at.banners()
    assert "2026年11月20日" in banner.text()
    with qtbot.waitSignal(at.page.clock_asked):
        walks.the(QAbstractButton, banner).click()
    at.some.station.wall.turn(days=30)
    at.look_again()
    assert not banner.isVisible()


# --- for everybody ----------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["ordinary", "contrast"])
@pytest.mark.parametrize("scale", look.SCALES)
def test_a_crowded_page_holds_in_every_size(qapp, qtbot, some_desk, theme, scale):
    station = some_desk.station
    for name in ("覃小军", "阿卜杜热合曼·买买提", "桂林市七星区某某专业合作社"):
        a_case(station, "IT031", name)
        a_case(station, "IT022", name)
    drafts.keep(station.store, station.head, b"x", title="很长的草稿名字" * 5)
    at = At(qtbot, some_desk)
    assert len(at.page.findChildren(CountCard)) == 5
    look.apply(qapp, theme, scale)
    for size in ((1190, 680), (840, 412)):
        at.page.resize(*size)
        assert walks.faults(at.page) == []


def test_what_may_be_repeated_is_told_until_somebody_compares_it(at: At):
    station = at.some.station
    first, second = (a_case(station, "IT005", name=name) for name in ("覃小花", "覃晓花"))
    at.look_again()
    at.button("去比对").click()
    assert at.went[-1].page is PageName.CASES
    assert at.went[-1].subject == CaseFilter(unjudged=True)
    act(station, first, "compare", other=str(second), same=False)
    at.look_again()
    shown = [banner.text() for banner in at.page.findChildren(Banner) if banner.isVisible()]
    assert not any("可能重复" in text for text in shown)


# --- supervision, deputies, what waits beside the way -----------------------------------------------


def test_a_supervisor_sees_lights_and_cards_and_the_way_there(township):
    station = township.some.station
    assert township.page.findChildren(LightStrip) == []
    station.wall.turn(days=14)
    township.some.desk.seat(station.person(Role.SUPERVISOR))
    township.settle()
    strip = walks.the(LightStrip, township.page)
    assert "黄牌 1" in strip.accessibleName()
    assert any(text.startswith("待发牌 1 张") for text in walks.texts(township.page))
    township.button("看效能监督").click()
    assert township.went == [Destination(page=PageName.SUPERVISION)]
    township.some.desk.seat(station.head)
    township.settle()
    assert not strip.isVisible()


def test_a_card_to_answer_leads_to_supervision_and_a_hand_over_to_its_case(township):
    station = township.some.station
    (row,) = station.store.rows.where("1")
    other, supervisor = station.person(Role.CLERK), station.person(Role.SUPERVISOR)
    act(station, row.subject, "take_over")
    act(station, row.subject, "hand_over", to=other.name)
    station.wall.turn(days=14)
    act(station, row.subject, "issue_card", by=supervisor, cause="examination")
    township.some.desk.seat(other)
    township.settle()
    rows = walks.the(RowList, township.page)
    keys = {one.act: one.key for one in rows.rows() if one.act}
    assert set(keys) == {"接手", "回应黄牌红牌"}
    for verb in ("接手", "回应黄牌红牌"):
        rows.opened.emit(keys[verb])
    assert [one.page for one in township.went] == [PageName.CASES, PageName.SUPERVISION]
    assert {one.subject for one in township.went} == {row.subject}


def test_a_deputy_is_told_for_whom(township):
    station = township.some.station
    away = station.person(Role.CLERK)
    day = shown_today(station.store)
    staff.away(station.store, away.name, station.head.name, day, day, by=away)
    township.look_again()
    assert any(text == f"代 {away.name} 办理，按到期先后" for text in walks.texts(township.page))


# --- backups --------------------------------------------------------------------------------------


def test_after_a_week_without_a_backup_it_reminds_and_leads_there(at):
    assert not at.banners()
    at.some.station.wall.turn(days=8)
    at.look_again()
    (reminder,) = at.banners()
    assert "还没有备份过" in reminder.text()
    at.button("去备份").click()
    assert at.went[-1].page is PageName.SETTINGS


def test_a_restored_store_says_that_it_waits_for_the_centre(at):
    at.some.station.store.remember(RESTORED, b"")
    at.look_again()
    (reminder,) = at.banners()
    assert "刚从备份恢复" in reminder.text()
    next(one for one in reminder.findChildren(QAbstractButton) if one.text() == "立即交换").click()
    assert at.acts == [WindowAct.EXCHANGE]
