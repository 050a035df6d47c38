"""The page of 登记, with real widgets over a real store."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.domain.events import IdKind, PartyKind
from app.domain.papers import PaperKind
from printing.choice import PrinterChoice
from tests.builders import a_case
from tests.ui.desktop import walks
from tests.ui.desktop.desks import SomeDesk
from tests.ui.desktop.pages.registration.conftest import KNOWN, shown
from tests.ui.desktop.pages.registration.hands import Hands, commit
from tests.ui.desktop.trays import LASER, goes_to, put_in
from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.pages.names import PageName
from ui.desktop.pages.registration.checks import Place
from ui.desktop.pages.registration.page import RegistrationPage
from ui.desktop.print_jobs import JobState, jobs_of
from ui.desktop.widgets.choice import Choice

CONTROL = Qt.KeyboardModifier.ControlModifier
NEWCOMER = "450305197501012311"


def key(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)


def typed(text: str) -> None:
    """Letters and digits by their keys, Chinese as an input method gives it."""
    if text.isascii():
        Hands().type(text)
    else:
        focused = QApplication.focusWidget()
        assert focused is not None
        commit(focused, text)


def pick(page: RegistrationPage, wait, item: str = "db") -> None:
    page.focus_first()
    typed(item)
    key(Qt.Key.Key_Return)
    wait(page.filling.applicant.name.hasFocus)


def recognise(page: RegistrationPage, wait) -> None:
    typed("wxm")
    key(Qt.Key.Key_Return)
    wait(lambda: at_the_materials(page))


def at_the_materials(page: RegistrationPage) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and page.filling.materials.list.isAncestorOf(focused)


def register(page: RegistrationPage, wait) -> None:
    pick(page, wait)
    recognise(page, wait)
    page.presenter.fill(mandate=True)
    key(Qt.Key.Key_Return, CONTROL)
    wait(page.result.isVisible)


# --- the way of the keys --------------------------------------------------------------------------


def test_enter_quicker_than_the_list_takes_what_it_would_have_offered(page, wait):
    pick(page, wait)
    assert page.presenter.form.item == "IT001"
    assert page.filling.item.box.text() == "最低生活保障审核确认"


def test_a_row_of_the_list_is_chosen_by_arrow_and_enter(page, wait, known_desk):
    typed("申领")
    box = page.filling.item.box
    wait(box.popup_visible)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    wait(page.filling.applicant.name.hasFocus)
    assert page.presenter.form.item in ("IT010", "IT022")


def test_what_cannot_be_registered_is_explained_beside_the_field_and_the_focus_stays(page, wait):
    typed("政策咨询")
    key(Qt.Key.Key_Return)
    field = page.filling.item.field
    wait(lambda: field.said_mood is Mood.INFO)
    assert "属于咨询" in field.said_text
    assert page.filling.item.box.hasFocus()


def test_after_somebody_known_enter_lands_on_the_materials(page, wait):
    pick(page, wait)
    recognise(page, wait)
    assert page.filling.applicant.number.text() == "450305 19620315 1028"
    assert page.filling.applicant.fields[Place.ID_NUMBER].said_mood is Mood.GOOD


def test_a_newcomer_with_a_name_like_somebody_known_is_not_taken_for_them(page, wait):
    pick(page, wait)
    name = page.filling.applicant.name
    typed("韦小")
    wait(name.popup_visible)
    key(Qt.Key.Key_Return)
    wait(page.filling.applicant.number.hasFocus)
    assert page.presenter.form.applicant.id_number == ""
    assert page.presenter.form.applicant.name == "韦小"


def test_enter_walks_through_the_form_in_reading_order(page, wait):
    applicant, aside = page.filling.applicant, page.filling.aside
    pick(page, wait)
    typed("覃建国")
    for expected in (applicant.number, applicant.phone, applicant.address):
        key(Qt.Key.Key_Return)
        wait(expected.hasFocus)
        if expected is applicant.number:
            typed(NEWCOMER)
    key(Qt.Key.Key_Return)
    wait(lambda: at_the_materials(page))
    for expected in (aside.mandate, aside.told, aside.urgent, aside.note, page.filling.finish):
        key(Qt.Key.Key_Return)
        wait(expected.hasFocus)


def test_escape_steps_back_and_closes_the_list_first(page, wait):
    pick(page, wait)
    typed("wx")
    name = page.filling.applicant.name
    wait(name.popup_visible)
    key(Qt.Key.Key_Escape)
    assert not name.popup_visible()
    assert name.hasFocus()
    key(Qt.Key.Key_Escape)
    assert not name.hasFocus()


def test_space_ticks_and_what_is_missing_is_said_at_once(page, wait):
    pick(page, wait)
    recognise(page, wait)
    assert len(page.presenter.table.totals.missing) == 4
    key(Qt.Key.Key_Space)
    assert len(page.presenter.table.totals.missing) == 3
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Space)
    assert len(page.presenter.table.totals.missing) == 2


def test_the_mandate_says_that_the_person_was_told(page, wait):
    pick(page, wait)
    recognise(page, wait)
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Space)
    assert page.filling.aside.told.isChecked()
    assert page.presenter.form.mandate
    assert page.presenter.form.told


# --- a scanner ------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["item", "name"])
def test_a_number_scanned_into_another_field_finds_its_own_and_the_person(page, wait, field):
    if field == "name":
        pick(page, wait)
    typed(KNOWN["id_number"])
    key(Qt.Key.Key_Return)
    wait(lambda: page.presenter.form.applicant.name == "韦小妹")
    assert page.filling.applicant.number.text() == "450305 19620315 1028"
    assert page.filling.applicant.name.text() == "韦小妹"
    assert page.filling.item.box.text() in ("", "最低生活保障审核确认")


def test_a_strangers_number_waits_in_its_field_for_the_name(page, wait, known_desk):
    pick(page, wait)
    typed(NEWCOMER)
    key(Qt.Key.Key_Return)
    wait(page.filling.applicant.number.hasFocus)
    known_desk.settle()
    assert page.filling.applicant.name.text() == ""
    key(Qt.Key.Key_Return)
    wait(page.filling.applicant.name.hasFocus)


# --- finishing ------------------------------------------------------------------------------------


def test_finishing_too_early_goes_to_the_first_field_at_fault_and_says_why(page, wait):
    applicant = page.filling.applicant
    key(Qt.Key.Key_Return, CONTROL)
    assert page.filling.item.field.said_mood is Mood.BAD
    pick(page, wait)
    page.filling.aside.note.setFocus()
    key(Qt.Key.Key_Return, CONTROL)
    assert applicant.name.hasFocus()
    assert applicant.fields[Place.NAME].said_text == "还没有填姓名"
    typed("覃建国")
    key(Qt.Key.Key_Return, CONTROL)
    assert applicant.number.hasFocus()
    typed(NEWCOMER)
    key(Qt.Key.Key_Return, CONTROL)
    assert page.filling.aside.told.hasFocus()


def test_a_wrong_number_is_said_when_its_field_is_left_and_taken_with_a_reason(
    page, wait, known_desk
):
    applicant = page.filling.applicant
    pick(page, wait)
    typed("覃建国")
    key(Qt.Key.Key_Return)
    wait(applicant.number.hasFocus)
    typed(NEWCOMER[:-1] + "5")
    assert applicant.fields[Place.ID_NUMBER].said_mood is None
    key(Qt.Key.Key_Return)
    assert applicant.fields[Place.ID_NUMBER].said_mood is Mood.WARN
    assert applicant.id_note.isVisible()
    page.presenter.fill(mandate=True)
    key(Qt.Key.Key_Return, CONTROL)
    assert applicant.id_note.hasFocus()
    typed("户口本上就是这样")
    key(Qt.Key.Key_Return, CONTROL)
    wait(page.result.isVisible)
    case = known_desk.station.case(page.result.aftermath.receipt.subject)
    assert case.applicant.id_note == "户口本上就是这样"


def test_the_receipt_is_printed_and_the_page_says_so(page, wait, known_desk):
    register(page, wait)
    receipt = page.result.aftermath.receipt
    assert page.result.number.text() == receipt.local_number
    assert "待补齐 4 件" in page.result.notice.text()
    jobs = jobs_of(known_desk.desk)
    wait(lambda: jobs.jobs[0].state is JobState.FILED)
    file = jobs.jobs[0].file
    assert file is not None
    assert file.exists()
    assert "已存为文件" in page.result.printing_words.text()
    (paper,) = known_desk.station.case(receipt.subject).papers
    assert paper.paper == PaperKind.MATERIALS_RECEIPT


def test_a_printer_that_fails_leaves_the_registration_standing(page, wait, known_desk, tmp_path):
    (tmp_path / "no folder").write_text("a file stands where the folder should be")
    known_desk.desk.prefer(file_folder=str(tmp_path / "no folder"))
    register(page, wait)
    jobs = jobs_of(known_desk.desk)
    wait(lambda: jobs.jobs[0].state is JobState.FAILED)
    assert "登记已经保存" in page.result.printing_words.text()
    assert len(known_desk.station.store.rows.where("item = 'IT001'")) == 1
    known_desk.desk.prefer(file_folder=str(tmp_path / "papers"))
    page.result.again.click()
    wait(lambda: jobs.jobs[0].state is JobState.FILED)
    known_desk.settle()
    case = known_desk.station.case(page.result.aftermath.receipt.subject)
    assert len(case.papers) == 1


def test_a_receipt_that_did_not_come_out_is_printed_again_and_counts_as_nothing(
    page, wait, known_desk, monkeypatch
):
    tray = put_in(monkeypatch)
    goes_to(known_desk, any=PrinterChoice(printer=LASER))
    register(page, wait)
    jobs = jobs_of(known_desk.desk)
    wait(lambda: jobs.jobs[0].asks)
    assert "打出来了吗" in page.result.printing_words.text()
    page.result.again.click()
    wait(lambda: len(tray.sheets) == 2 and jobs.jobs[0].asks)
    page.result.came_out.click()
    assert jobs.jobs[0].state is JobState.CONFIRMED
    assert not page.result.came_out.isVisible()
    known_desk.settle()
    case = known_desk.station.case(page.result.aftermath.receipt.subject)
    assert [paper.reprint for paper in case.papers] == [0]


def test_it_goes_up_at_once_if_wanted(page, wait, known_desk):
    register(page, wait)
    key(Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    wait(lambda: "已转报" in page.result.done.text())
    case = known_desk.station.case(page.result.aftermath.receipt.subject)
    assert case.state.value == "in_transit"
    assert not page.result.forward.isVisible()


def test_the_same_person_has_another_request(page, wait):
    register(page, wait)
    key(Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    wait(page.filling.item.box.hasFocus)
    assert not page.result.isVisible()
    assert page.filling.applicant.name.text() == "韦小妹"
    typed("glj")
    key(Qt.Key.Key_Return)
    wait(lambda: at_the_materials(page))


def test_enter_brings_an_empty_form_for_the_next_in_the_queue(page, wait):
    register(page, wait)
    assert page.result.next.hasFocus()
    key(Qt.Key.Key_Return)
    wait(page.filling.item.box.hasFocus)
    assert page.presenter.is_empty
    assert page.filling.applicant.name.text() == ""


def test_the_case_can_be_opened_from_the_result(page, wait, known_desk, qtbot):
    register(page, wait)
    with qtbot.waitSignal(known_desk.desk.destination_asked) as asked:
        key(Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    assert asked.args[0].page is PageName.CASES
    assert asked.args[0].subject == page.result.aftermath.receipt.subject


# --- beside the form ------------------------------------------------------------------------------


def test_a_possible_duplicate_is_told_with_a_way_to_it(page, wait, known_desk, qtbot):
    before = known_desk.station.store.rows.where("item = 'IT022'")[0]
    pick(page, wait, "就业创业证")
    recognise(page, wait)
    wait(page.filling.alike.isVisible)
    assert before.local_number in page.filling.alike.text()
    with qtbot.waitSignal(known_desk.desk.destination_asked) as asked:
        page.filling.alike.banners[0].acted.emit()
    assert asked.args[0].subject == before.subject


def test_the_guide_comes_and_goes_by_key(page, wait):
    pick(page, wait)
    assert not page.filling.guide.isVisible()
    key(Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    wait(page.filling.guide.isVisible)
    key(Qt.Key.Key_Escape)
    assert not page.filling.guide.isVisible()


def test_the_guide_makes_way_for_what_has_to_be_ticked(page, wait):
    pick(page, wait)
    recognise(page, wait)
    key(Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    wait(page.filling.guide.isVisible)
    assert not page.filling.aside.isVisible()
    key(Qt.Key.Key_Return, CONTROL)
    assert page.filling.aside.told.hasFocus()
    assert not page.filling.guide.isVisible()


def test_what_follows_is_told_with_its_dates(page, wait, known_desk):
    pick(page, wait)
    for words in ("11月25日前", "承诺 21 个工作日", "法定 30 个工作日，可延 15", "不收费"):
        wait(lambda words=words: words in labels(page.filling.aside))


def labels(root: QWidget) -> list[str]:
    return [label.text() for label in root.findChildren(QLabel) if label.isVisible()]


def test_an_organisation_is_asked_for_its_code(page, wait):
    applicant = page.filling.applicant
    choose(applicant.paper, (PartyKind.ORGANISATION, IdKind.CREDIT))
    applicant.number.setFocus()
    typed("91350100M000100Y43")
    key(Qt.Key.Key_Return)
    assert applicant.fields[Place.ID_NUMBER].said_text == "校验通过"


def choose(choice: Choice, value: object) -> None:
    """As by mouse or arrow."""
    choice.set_value(value)
    choice.activated.emit(choice.currentIndex())


def test_who_has_no_papers_is_not_asked_for_a_number(page, wait):
    applicant = page.filling.applicant
    choose(applicant.paper, (PartyKind.PERSON, IdKind.NONE))
    assert not applicant.number.isEnabled()


# --- reachable for everybody ----------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height"), [(1198, 660), (820, 410), (660, 360), (1700, 900)])
@pytest.mark.parametrize("scale", [100, 150])
def test_everything_is_named_high_enough_whole_and_in_order(
    page, wait, known_desk, qapp, width, height, scale
):
    pick(page, wait)
    recognise(page, wait)
    look.apply(qapp, "ordinary", scale)
    page.resize(width * scale // 100, height * scale // 100)
    known_desk.settle()
    QTest.qWait(0)
    assert walks.faults(page) == []


@pytest.mark.parametrize(("width", "height"), [(1198, 660), (820, 410), (660, 360)])
def test_the_button_that_finishes_is_always_in_sight(page, width, height):
    page.resize(width, height)
    QTest.qWait(0)
    finish = page.filling.finish
    corner = finish.mapTo(page, finish.rect().bottomRight())
    assert finish.isVisible()
    assert page.rect().contains(corner)


def test_the_result_is_reachable_too(page, wait):
    register(page, wait)
    page.resize(820, 410)
    QTest.qWait(0)
    assert walks.faults(page) == []


def test_a_clerk_without_cases_is_greeted_by_an_empty_form(some_desk: SomeDesk):
    page = shown(some_desk)
    assert page.presenter.is_empty
    assert "申请人" in page.help_text()
    assert page.filling.item.box.hasFocus()


def test_an_item_brought_from_another_page_is_taken(page, wait, known_desk):
    page.receive("IT010")
    wait(lambda: page.presenter.form.item == "IT010")
    assert page.filling.item.box.text() == "高龄津贴申领"
    a_case(known_desk.station, "IT010", "韦小妹", applicant=KNOWN)
