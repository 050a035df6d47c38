"""事项 with real widgets over a real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.domain.items import Handling
from tests.builders import DISTRICT, TOWNSHIP, VILLAGE, a_district, carry, the_catalogue
from tests.ui.desktop import walks
from tests.ui.desktop.desks import SomeDesk, a_desk, leave
from tests.ui.desktop.pages.items import states
from tests.ui.desktop.window.windows import NotedExchanger
from ui.desktop import look
from ui.desktop.desk import Destination
from ui.desktop.pages.items.flow_chart import FlowChart
from ui.desktop.pages.items.guide_words import Part
from ui.desktop.pages.items.listing import NOT_ISSUED
from ui.desktop.pages.items.page import ItemsPage
from ui.desktop.pages.items.sheet import Elsewhere, ItemSheet
from ui.desktop.pages.names import PageName
from ui.desktop.widgets.cells import CellRole

WIDE = (1190, 680)
NARROW = (844, 420)


@pytest.fixture
def some(qtbot: QtBot, tmp_path: Path) -> Iterator[SomeDesk]:
    made = a_desk(qtbot, tmp_path, district=states.with_notes(a_district()))
    yield made
    leave(made)


def settle(some: SomeDesk) -> None:
    some.settle()
    QApplication.processEvents()


def shown(some: SomeDesk, size: tuple[int, int] = WIDE) -> ItemsPage:
    page = ItemsPage(some.desk)
    some.qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    settle(some)
    return page


def titles(page: ItemsPage) -> list[str]:
    model = page.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def search(some: SomeDesk, page: ItemsPage, text: str) -> None:
    page.search.setFocus()
    page.search.clear()
    page.search.insert(text)
    some.qtbot.keyClick(page.search, Qt.Key.Key_Return)
    settle(some)


def item(page: ItemsPage) -> str:
    sheet = page.guide.sheet
    assert isinstance(sheet, ItemSheet)
    return sheet.item.id


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("named", ["IT001", "IT009", "亲属关系证明"])
def test_everything_on_it_can_be_read_and_reached(some, size, named):
    page = shown(some, size)
    page.receive(named)
    settle(some)
    assert walks.faults(page) == []


def test_the_longest_names_hold_at_large_type_and_high_contrast(qapp, some):
    look.apply(qapp, "contrast", 150)
    states.publish(some, states.the_longest_item(), states.a_new_version())
    page = shown(some)
    assert walks.faults(page) == []
    page.receive("IT999")
    settle(some)
    assert walks.faults(page) == []


@pytest.mark.parametrize("region", [VILLAGE, TOWNSHIP, DISTRICT])
def test_each_tier_sees_its_own_steps(qtbot, tmp_path, region):
    some = a_desk(qtbot, tmp_path, region)
    page = shown(some)
    page.receive("IT001")
    settle(some)
    assert item(page) == "IT001"
    ours = {VILLAGE: "村（社区）", TOWNSHIP: "镇街", DISTRICT: "区级部门"}[region]
    assert {box.by for box in walks.the(FlowChart, page).boxes() if box.ours} == {ours}
    leave(some)


def test_the_first_one_is_shown_beside_the_list_at_once(some):
    page = shown(some)
    assert item(page) == "IT001"
    assert page.list.current_row() == 0


def test_keys_in_the_list_go_through_the_guides(some):
    page = shown(some)
    page.list.setFocus()
    some.qtbot.keyClick(page.list, Qt.Key.Key_Down)
    settle(some)
    assert item(page) == page.list.model().index(1, 0).data(CellRole.KEY)


@pytest.mark.parametrize(
    ("typed", "expected"), [("低保", "IT001"), ("jycyz", "IT022"), ("IT022", "IT022")]
)
def test_a_search_shows_what_it_finds(some, typed, expected):
    page = shown(some)
    search(some, page, typed)
    assert item(page) == expected


def test_a_certificate_that_is_not_issued_sends_to_the_right_office(some):
    page = shown(some)
    search(some, page, "亲属关系")
    assert isinstance(page.guide.sheet, Elsewhere)
    assert "请找公安派出所、公证机构" in page.guide.banner.text()
    assert not page.guide.register.isVisible()


def test_nothing_found_offers_everything_again(some):
    page = shown(some)
    search(some, page, "没有的事")
    assert titles(page) == []
    assert page.empty.isVisible()
    page.empty.acted.emit()
    settle(some)
    assert page.search.text() == ""
    assert "最低生活保障审核确认" in titles(page)


def test_a_category_narrows_the_list(some):
    page = shown(some)
    page.category.chosen.emit(NOT_ISSUED)
    settle(some)
    assert "亲属关系证明" in titles(page)
    assert "最低生活保障审核确认" not in titles(page)
    assert page.category.value() == NOT_ISSUED


def test_the_button_begins_a_registration_of_it(some):
    page = shown(some)
    went: list[Destination] = []
    some.desk.destination_asked.connect(went.append)
    page.receive("IT022")
    settle(some)
    page.guide.register.click()
    assert [(one.page, one.subject) for one in went] == [(PageName.REGISTRATION, "IT022")]


def test_what_is_no_case_has_no_such_button_and_says_why(some):
    page = shown(some)
    roster = next(one for one in the_catalogue().items if one.handling is Handling.ROSTER)
    states.publish(some, roster)
    settle(some)
    page.receive(roster.id)
    settle(some)
    assert not page.guide.register.isVisible()
    assert "按名册集中办，不逐件登记。" in walks.texts(page)


def test_the_copied_text_is_in_the_clipboard(some):
    page = shown(some)
    page.receive("IT001")
    settle(some)
    said: list[str] = []
    some.desk.said.connect(lambda one: said.append(one.text))
    page.guide.copy.click()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("【最低生活保障审核确认】怎么办")
    assert some.desk.station.name in text
    assert said == ["已复制，可以贴到微信群里。"]


def test_an_anchor_brings_its_part_to_the_top(some):
    page = shown(some)
    page.guide.anchors[Part.FEES].click()
    heading = next(
        view for view in page.guide.findChildren(QLabel) if view.text() == "收费标准及依据"
    )
    top = heading.mapTo(page.guide, heading.rect().topLeft()).y()
    assert 0 < top < page.guide.height() / 2


def test_the_page_keys_scroll_the_guide(some):
    page = shown(some)
    page.guide.register.setFocus()
    before = page.guide.scrolled()

    def scrolled() -> bool:
        some.qtbot.keyClick(page.guide.register, Qt.Key.Key_PageDown)
        return page.guide.scrolled() > before

    some.qtbot.waitUntil(scrolled)


def test_a_version_to_come_is_announced_and_can_be_seen(some):
    states.publish(some, states.a_new_version())
    page = shown(some)
    assert "2026年12月1日起有新规定，改动：申报材料、承诺期限。" in page.guide.banner.text()
    page.guide.banner.acted.emit()
    settle(some)
    assert "将要实行的规定" in page.guide.banner.text()
    assert not page.guide.register.isVisible()
    page.guide.banner.acted.emit()
    settle(some)
    assert page.guide.register.isVisible()


def test_a_catalogue_that_comes_while_one_reads_changes_the_guide_in_its_place(some):
    page = shown(some)
    page.receive("IT001")
    settle(some)
    page.guide.go_to(Part.TIME)
    before = page.guide.scrolled()
    states.publish(some, states.a_new_version())
    settle(some)
    assert page.guide.banner.isVisible()
    assert abs(page.guide.scrolled() - before) < page.guide.height()
    assert page.guide.scrolled() > 0


def test_in_little_room_the_guide_takes_the_place_of_the_list(some):
    page = shown(some, NARROW)
    assert page.list.isVisible()
    assert not page.guide.isVisible()
    page.list.select_row(1)
    page.list.setFocus()
    some.qtbot.keyClick(page.list, Qt.Key.Key_Return)
    settle(some)
    some.desk.changed.emit()
    settle(some)
    assert page.guide.isVisible()
    assert not page.list.isVisible()
    assert not page.search.isVisible()
    some.qtbot.keyClick(page, Qt.Key.Key_Escape)
    settle(some)
    assert page.list.isVisible()
    assert page.list.current_row() == 1


def test_whoever_is_sent_here_with_a_name_of_nothing_can_search_for_it(some):
    page = shown(some)
    page.receive("宅基")
    settle(some)
    assert page.search.text() == "宅基"


def test_before_the_first_exchange_it_says_what_to_press(qtbot, tmp_path):
    some = a_desk(qtbot, tmp_path, district=a_district(items=()))
    exchanger = some.desk.exchanger = NotedExchanger()
    page = shown(some)
    assert page.empty.isVisible()
    assert "还没有收到事项目录" in walks.texts(page)
    page.empty.acted.emit()
    assert exchanger.asked == 1
    states.publish(some, states.the_longest_item())
    carry(some.district, some.station)
    settle(some)
    assert titles(page) == [states.LONGEST_NAME]
    leave(some)
