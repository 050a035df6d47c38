"""办件 with real widgets over real stores."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.case import State
from app.usecases.lookup import CaseFilter, Order, Whereabouts
from tests.builders import a_case, act, carry, the_item
from tests.ui.desktop import walks
from tests.ui.desktop.pages.cases.filling import tick
from tests.ui.desktop.pages.cases.places import DIBAO, JOB_CARD
from tests.ui.desktop.pages.cases.questions import answer, told
from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.pages.cases.comparison import ComparisonDialog
from ui.desktop.pages.cases.forms.authority import ForwardDialog
from ui.desktop.pages.cases.page import CasesPage
from ui.desktop.pages.cases.split import Arrangement
from ui.desktop.pages.names import PageName
from ui.desktop.widgets.button import Button

WIDE, NARROW = (1198, 712), (836, 412)


@pytest.fixture
def open_page(qtbot):
    def opened(some_desk, size=WIDE):
        page = CasesPage(some_desk.desk)
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        page.activateWindow()
        qtbot.waitActive(page)
        some_desk.settle()
        return page

    return opened


def press(widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, key, modifier)


def arrangement(page):
    return page.split.arrangement


def look_entries(station, subject):
    return [one for one in station.store.history(subject) if one.kind == "case.numbers_shown"]


# --- the list ---------------------------------------------------------------------------------------


def test_a_new_station_is_told_what_to_press(village_desk, open_page, qtbot):
    page = open_page(village_desk)
    assert page.empty.isVisible()
    with qtbot.waitSignal(village_desk.desk.destination_asked) as asked:
        page.empty.acted.emit()
    assert asked.args[0].page is PageName.REGISTRATION


def test_a_search_finds_by_pinyin_and_says_how_many(village_desk, places, open_page, qtbot):
    a_case(places.village, DIBAO, "韦小妹")
    a_case(places.village, DIBAO, "覃大勇")
    page = open_page(village_desk)
    QTest.keyClicks(page.filters.search, "qdy")
    qtbot.waitUntil(lambda: page.presenter.wanted.text == "qdy")
    village_desk.settle()
    assert page.presenter.table.rowCount() == 1
    assert page.presenter.table.line_at(0).applicant == "覃*勇"
    assert page.filters.clear.isVisible()
    page.filters.clear.click()
    village_desk.settle()
    assert page.presenter.table.rowCount() == 2
    assert page.filters.search.text() == ""


def test_nothing_found_offers_to_take_the_filters_away(village_desk, places, open_page):
    a_case(places.village, DIBAO)
    page = open_page(village_desk)
    page.receive(CaseFilter(states=(State.DECIDED,)))
    village_desk.settle()
    assert page.empty.isVisible()
    page.empty.acted.emit()
    village_desk.settle()
    assert page.presenter.table.rowCount() == 1


def test_a_filter_from_another_page_is_shown_in_the_controls(village_desk, open_page):
    page = open_page(village_desk)
    page.receive(
        CaseFilter(states=(State.IN_TRANSIT,), where=Whereabouts.HERE, urgent=True, order=Order.DUE)
    )
    village_desk.settle()
    assert page.filters.state.value() == State.IN_TRANSIT
    assert page.filters.where.value() == Whereabouts.HERE
    assert page.filters.urgent.isChecked()
    assert page.filters.urgent.isVisible()
    assert page.order.value() == Order.DUE


def test_choosing_in_a_box_narrows_the_list(village_desk, places, open_page):
    act(places.village, a_case(places.village, DIBAO), "forward")
    a_case(places.village, JOB_CARD, "覃二")
    page = open_page(village_desk)
    texts = [page.filters.state.itemText(n) for n in range(page.filters.state.count())]
    assert "在途 1" in texts
    page.filters.state.setCurrentIndex(texts.index("在途 1"))
    page.filters.state.activated.emit(texts.index("在途 1"))
    village_desk.settle()
    assert page.presenter.wanted.states == (State.IN_TRANSIT,)
    assert page.presenter.table.rowCount() == 1


def test_the_list_shows_the_columns_for_which_there_is_room(village_desk, places, open_page):
    a_case(places.village, DIBAO)
    page = open_page(village_desk)
    wide = page.table.shown_columns
    page.resize(*NARROW)
    QTest.qWait(0)
    assert page.table.shown_columns < wide
    assert page.table.horizontalScrollBar().maximum() == 0


# --- one case ---------------------------------------------------------------------------------------


def test_enter_opens_a_case_beside_the_list_and_esc_closes_it(village_desk, places, open_page):
    subject = a_case(places.village, DIBAO)
    page = open_page(village_desk)
    page.table.select_row(0)
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Return)
    village_desk.settle()
    assert page.case.subject == subject
    assert arrangement(page) is Arrangement.BESIDE
    assert page.table.isVisible()
    press(page.detail, Qt.Key.Key_Escape)
    assert arrangement(page) is Arrangement.LIST
    assert page.case.subject is None


def test_a_case_that_the_list_has_not_read_yet_is_opened_all_the_same(
    village_desk, places, open_page
):
    """It was registered while another page was shown, and another case was open here."""
    before = a_case(places.village, DIBAO)
    page = open_page(village_desk)
    page.open_case(before)
    village_desk.settle()
    page.hide()
    registered = a_case(places.village, JOB_CARD, "覃二")
    page.show()
    page.receive(registered)
    village_desk.settle()
    assert page.case.subject == registered
    assert page.case.sheet.subject == registered
    assert page.presenter.table.line_at(page.table.current_row()).subject == registered


def test_where_it_is_narrow_the_case_takes_the_lists_place(village_desk, places, open_page):
    subject = a_case(places.village, DIBAO)
    page = open_page(village_desk, NARROW)
    page.open_case(subject)
    village_desk.settle()
    assert arrangement(page) is Arrangement.DETAIL
    assert not page.table.isVisible()
    page.detail.back.click()
    assert page.table.isVisible()


def test_beside_an_open_case_the_arrows_go_through_the_list(village_desk, places, open_page):
    first = a_case(places.village, DIBAO, "韦一")
    second = a_case(places.village, DIBAO, "覃二")
    page = open_page(village_desk)
    page.open_case(second)
    village_desk.settle()
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Down)
    village_desk.settle()
    assert page.case.sheet.subject == first


def test_a_case_is_opened_from_another_page(village_desk, places, open_page):
    subject = a_case(places.village, DIBAO)
    page = open_page(village_desk)
    page.receive(subject)
    village_desk.settle()
    assert page.case.sheet.subject == subject
    assert page.table.current_row() == 0


def test_forwarding_asks_for_a_note(village_desk, places, open_page, qtbot):
    subject = a_case(places.village, DIBAO)
    page = open_page(village_desk)
    page.open_case(subject)
    village_desk.settle()
    forward = next(act for act in page.case.sheet.acts if act.verb == "forward")
    page.detail.start(forward)
    village_desk.settle()
    dialog = page.detail.dialog
    assert isinstance(dialog, ForwardDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.note.setPlainText("家属在外地")
    press(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.detail.dialog is None)
    village_desk.settle()
    assert places.village.case(subject).state is State.IN_TRANSIT


def test_ctrl_enter_does_the_next_act_and_offers_the_notice(
    township_desk, places, open_page, qtbot
):
    subject = places.examined()
    page = open_page(township_desk)
    page.open_case(subject)
    township_desk.settle()
    press(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    township_desk.settle()
    assert places.township.case(subject).state is State.IN_PROGRESS
    assert page.detail.told.isVisible()
    assert "受理通知书" in page.detail.told.text()


def test_a_refused_act_is_said_in_the_form_and_the_form_stays(township_desk, places, open_page):
    subject = places.examined()
    page = open_page(township_desk)
    page.open_case(subject)
    township_desk.settle()
    refuse = next(act for act in page.case.sheet.acts if act.verb == "refuse")
    page.detail.start(refuse)
    township_desk.settle()
    dialog = page.detail.dialog
    dialog.reason.setPlainText("不在本辖区")
    act(places.township, subject, "accept")  # at the other window
    answer(lambda question: question.yes.click())
    dialog.ok_requested.emit()
    township_desk.settle()
    assert page.detail.dialog is dialog
    assert dialog.reason.toPlainText() == "不在本辖区"
    assert page.case.sheet.state is State.IN_PROGRESS
    dialog.reject()


def test_what_an_exchange_brings_is_shown_and_said(village_desk, places, open_page):
    subject = places.in_transit()
    page = open_page(village_desk)
    page.open_case(subject)
    village_desk.settle()
    act(places.township, subject, "take_over")
    carry(places.township, places.village)
    village_desk.desk.changed.emit()
    village_desk.settle()
    assert page.detail.news.isVisible()
    assert "接收" in page.detail.news.text()


def test_a_possible_duplicate_is_laid_beside_and_can_be_opened(village_desk, places, open_page):
    first = a_case(places.village, DIBAO)
    second = a_case(places.village, DIBAO)
    page = open_page(village_desk)
    page.open_case(second)
    village_desk.settle()
    assert page.detail.duplicates.isVisible()
    button(page, "比对").click()
    village_desk.settle()
    dialog = page.findChild(ComparisonDialog) or QApplication.activeModalWidget()
    assert isinstance(dialog, ComparisonDialog)
    assert isinstance(dialog, ComparisonDialog)
    dialog.ok_requested.emit()
    village_desk.settle()
    assert page.case.sheet.subject == first


def test_only_what_may_be_repeated_is_listed(village_desk, places, open_page):
    a_case(places.village, DIBAO)
    a_case(places.village, DIBAO)
    a_case(places.village, "IT005", name="李四", applicant={"id_number": "", "phone": ""})
    page = open_page(village_desk)
    village_desk.settle()
    everything = page.presenter.table.rowCount()
    page.filters.more.click()
    choose(page.filters.repeats, "可能重复的")
    village_desk.settle()
    assert page.presenter.table.rowCount() == 2 < everything
    assert page.presenter.table.line_at(0).duplicate.label == "可能重复"
    choose(page.filters.repeats, "重复未比对")
    assert page.presenter.wanted == CaseFilter(unjudged=True)


def test_all_filters_take_two_lines_on_a_village_screen(village_desk, places, open_page):
    """1366 pixels wide, of which the rail takes some."""
    page = open_page(village_desk)
    page.receive(CaseFilter(urgent=True))
    village_desk.settle()
    filters = page.filters
    choices = [filters.item, filters.place, filters.where, filters.repeats]
    every = [*choices, filters.mine, filters.urgent, filters.green, filters.carded]
    for other in every:
        other.show()
    QTest.qWait(0)
    lines = {one.geometry().center().y() // one.height() for one in every}
    assert len(lines) == 1
    assert filters.clear.y() == filters.search.y()


def choose(box, text):
    at = box.findText(text)
    box.setCurrentIndex(at)
    box.activated.emit(at)


def button(page, text):
    (found,) = [one for one in page.detail.duplicates.buttons() if one.text() == text]
    return found


def test_a_person_says_whether_two_cases_are_one(village_desk, places, open_page):
    a_case(places.village, DIBAO)
    second = a_case(places.village, DIBAO)
    page = open_page(village_desk)
    page.open_case(second)
    village_desk.settle()
    button(page, "是同一件").click()
    village_desk.settle()
    (one,) = page.case.sheet.duplicates
    assert one.chip == "重复件"
    assert [one.text() for one in page.detail.duplicates.buttons()][-1] == "这一件：撤回申请"
    button(page, "比对").click()
    village_desk.settle()
    dialog = page.findChild(ComparisonDialog) or QApplication.activeModalWidget()
    assert isinstance(dialog, ComparisonDialog)
    dialog.different.click()
    village_desk.settle()
    assert page.case.sheet.duplicates == ()
    assert not page.detail.duplicates.isVisible()
    assert "不是同一件" in page.case.sheet.steps[-1].text


def test_f9_without_a_case_says_what_to_do(village_desk, open_page, qtbot):
    page = open_page(village_desk)
    with qtbot.waitSignal(village_desk.desk.said) as said:
        page.print_paper()
    assert said.args[0].mood is Mood.INFO


# --- holding to reveal ------------------------------------------------------------------------------


@pytest.fixture
def held(village_desk, places, open_page):
    """A page on which the button is held, and the whole number shows."""
    subject = a_case(places.village, DIBAO)
    page = open_page(village_desk)
    page.open_case(subject)
    village_desk.settle()
    button = page.detail.head.hold.focusProxy()
    assert isinstance(button, QWidget)
    button.setFocus()
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    village_desk.settle()
    assert page.detail.head.hold.text() == "450305196203151028"
    assert len(look_entries(places.village, subject)) == 1
    return page, button


def test_a_held_number_hides_when_the_button_is_let_go(held):
    page, button = held
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert page.detail.head.hold.text() == "450305********1028"


def test_a_held_number_hides_when_the_window_is_left(held):
    page, button = held
    lost = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
    QApplication.sendEvent(button, lost)
    assert page.detail.head.hold.text() == "450305********1028"


def test_a_held_number_hides_when_the_page_changes(held):
    page, _ = held
    page.hide()
    assert page.detail.head.hold.text() == "450305********1028"


def test_a_held_number_stays_while_the_page_looks_again(held, village_desk):
    page, _ = held
    village_desk.desk.changed.emit()
    village_desk.settle()
    assert page.detail.head.hold.text() == "450305196203151028"


# --- for everybody ----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("scale", [100, 150])
def test_everything_can_be_reached_read_and_hit(
    township_desk, places, open_page, qapp, size, scale
):
    places.examined()
    look.apply(qapp, "ordinary", scale)
    page = open_page(township_desk, size)
    assert walks.faults(page) == []
    page.open_case(page.presenter.table.line_at(0).subject)
    township_desk.settle()
    QTest.qWait(0)
    assert walks.faults(page) == []


def test_a_decision_that_was_left_is_still_there_when_it_is_opened_again(
    township_desk, places, open_page
):
    subject = places.accepted(JOB_CARD)
    page = open_page(township_desk)
    page.open_case(subject)
    for _ in range(2):
        township_desk.settle()
        page.detail.start_primary()
        township_desk.settle()
        left = page.detail.dialog
        left.reason.set_text(left.reason.text() or "收入超过标准")
        left.approved.set_value(False)
        left.reject()
    page.detail.start_primary()
    township_desk.settle()
    dialog = page.detail.dialog
    assert (dialog.approved.value(), dialog.reason.text()) == (False, "收入超过标准")
    dialog.reject()


def test_a_notice_that_was_left_keeps_its_lines_and_ticks(township_desk, places, open_page):
    page = open_page(township_desk)
    page.open_case(places.examined())
    township_desk.settle()
    ask = next(one for one in page.case.sheet.acts if one.verb == "ask_supplement")
    page.detail.start(ask)
    township_desk.settle()
    tick(page.detail.dialog.checklist, 1)
    page.detail.dialog.defects.add({"what": "没有签字"})
    lines = page.detail.dialog.defects.values()
    page.detail.dialog.reject()
    page.detail.start(ask)
    township_desk.settle()
    dialog = page.detail.dialog
    assert dialog.defects.values() == lines
    assert dialog.checklist.is_ticked(1)
    dialog.reject()


# --- acts without effect ----------------------------------------------------------------------------


@pytest.fixture
def misfit(village_desk, places, open_page):
    """A page with a case that both stations delivered; the village's act has no effect."""
    subject = places.decided()
    act(places.village, subject, "deliver")
    act(places.township, subject, "deliver")
    places.meet()
    page = open_page(village_desk)
    page.open_case(subject)
    village_desk.settle()
    return page


def way_out(page, text):
    found = [one for one in page.detail.notes.findChildren(Button) if one.text().startswith(text)]
    assert found, text
    return found[0]


def test_what_has_been_seen_goes_away_and_stays_away(misfit, village_desk):
    way_out(misfit, "知道了").click()
    village_desk.settle()
    assert not any("没有生效" in note.text for note in misfit.case.sheet.notes)
    misfit.refresh()
    village_desk.settle()
    assert not any("没有生效" in note.text for note in misfit.case.sheet.notes)


def test_what_the_applicant_has_to_hear_is_written_out(misfit):
    heard = []

    def read(notice):
        heard.append(notice.accessibleDescription())
        notice.ok.click()

    told(read)
    way_out(misfit, "告知申请人").click()
    assert "以现在的状态“已送达”为准" in heard[0]


def test_what_no_longer_fits_can_be_done_again_where_the_case_allows_it(
    village_desk, places, open_page
):
    subject = places.examined()
    defects = [{"what": "缺户口簿"}]
    act(places.township, subject, "ask_supplement", defects=defects)
    places.meet()
    brought = [{"name": the_item(DIBAO).materials[0].name}]
    act(places.village, subject, "supply", materials=brought)
    act(places.township, subject, "receive_supplement")  # somebody came by
    places.meet()
    act(places.township, subject, "ask_supplement", defects=defects)
    places.meet()
    page = open_page(village_desk)
    page.open_case(subject)
    village_desk.settle()
    way_out(page, "重新办理：补收材料").click()
    village_desk.settle()
    assert page.detail.dialog.question.choice.verb == "supply"
    page.detail.dialog.reject()


def test_the_authority_sees_what_of_others_did_not_fit(township_desk, places, open_page):
    subject = places.examined()
    act(places.township, subject, "ask_supplement", defects=[{"what": "缺户口簿"}])
    places.meet()
    brought = [{"name": the_item(DIBAO).materials[0].name}]
    act(places.village, subject, "supply", materials=brought)
    act(places.township, subject, "receive_supplement")
    places.meet()
    page = open_page(township_desk)
    page.open_case(subject)
    township_desk.settle()
    said = [note.text for note in page.case.sheet.notes]
    assert any(text.startswith("湖塘村的“补收材料”没有生效") for text in said)
