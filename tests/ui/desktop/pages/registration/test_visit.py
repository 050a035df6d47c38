"""One visit, several items or people: papers once, one receipt, a number for each."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.papers import PaperKind
from tests.builders import the_item
from tests.ui.desktop import walks
from tests.ui.desktop.desks import SomeDesk
from tests.ui.desktop.pages.registration.conftest import KNOWN, shown
from ui.desktop.desk import Said
from ui.desktop.look.mood import Mood
from ui.desktop.pages.registration.drafting import EMPTY
from ui.desktop.pages.registration.page import RegistrationPage
from ui.desktop.print_jobs import JobState, jobs_of

CARD = "申请人居民身份证"
BOOK = "居民户口簿（户主页和有关成员页）"


def take(page: RegistrationPage, some: SomeDesk, item: str, name: str = "", **who: str) -> None:
    """Fill the form and register it."""
    page.presenter.take_item(the_item(item))
    if name:
        page.presenter.fill_applicant(name=name, **who)
    page.presenter.table.tick_needed()
    page.presenter.fill(told=True, mandate=True)
    some.settle()
    page.presenter.submit()
    some.qtbot.waitUntil(lambda: page.result.isVisibleTo(page))
    some.settle()


@pytest.fixture
def first(page: RegistrationPage, known_desk: SomeDesk) -> RegistrationPage:
    """韦小妹 has handed in her first request, the book of the household with it."""
    page.presenter.take_item(the_item("IT009"))
    page.presenter.table.tick(BOOK, True)
    take(page, known_desk, "IT009", "韦小妹", **KNOWN)
    return page


def printed(some: SomeDesk) -> list[PaperKind | None]:
    some.qtbot.waitUntil(lambda: not jobs_of(some.desk).busy)
    return [job.kind for job in jobs_of(some.desk).jobs]


def test_the_same_person_brings_what_was_handed_over_already(first, known_desk):
    first.result.another.click()
    known_desk.settle()
    assert first.presenter.form.applicant.name == "韦小妹"
    first.presenter.take_item(the_item("IT022"))
    assert [paper.name for paper in first.presenter.form.materials] == [CARD]
    assert not first.presenter.form.materials[0].held


def test_somebody_of_the_same_house_brings_only_what_is_the_households(first, known_desk):
    first.result.household.click()
    known_desk.settle()
    form = first.presenter.form
    assert (form.applicant.name, form.applicant.address) == ("", KNOWN["address"])
    first.presenter.take_item(the_item("IT001"))
    assert [paper.name for paper in first.presenter.form.materials] == [BOOK]
    first.presenter.take_item(the_item("IT022"))
    assert first.presenter.form.materials == ()


def test_the_cases_of_a_visit_are_listed_beside_and_one_receipt_tells_all(first, known_desk):
    assert not first.result.visit.isVisible()
    first.result.another.click()
    known_desk.settle()
    panel = first.filling.aside.visit
    assert panel.isVisible()
    assert "已登记 1 件" in panel.heading.text()
    assert first.filling.finish.text() == "登记"
    take(first, known_desk, "IT022")
    first.result.household.click()
    known_desk.settle()
    take(first, known_desk, "IT010", "覃建国", id_number="450305197501012311")
    assert "已登记 3 件" in first.result.visit.heading.text()
    for told in ("残疾人证", "就业创业证申领", "覃建国 · 高龄津贴申领"):
        assert told in first.result.visit.lines.text()
    assert printed(known_desk) == [PaperKind.MATERIALS_RECEIPT]
    assert first.result.next.text() == "打印合并回执，下一位"
    first.result.visit.receipt.click()
    assert printed(known_desk)[0] is PaperKind.VISIT_RECEIPT
    known_desk.settle()
    assert first.result.next.text() == "登记下一位"
    cases = first.presenter.visit.so_far.cases
    last = known_desk.station.case(cases[-1].subject)
    assert last.visit == cases[0].subject
    assert [paper.paper for paper in last.papers] == [PaperKind.VISIT_RECEIPT]
    assert len({case.local_number for case in cases}) == 3


def test_enter_prints_the_one_receipt_and_begins_with_the_next(first, known_desk):
    first.result.another.click()
    take(first, known_desk, "IT022")
    QTest.keyClick(first.result.next, Qt.Key.Key_Return)
    known_desk.settle()
    assert printed(known_desk)[0] is PaperKind.VISIT_RECEIPT
    assert first.presenter.form == EMPTY
    assert not first.filling.aside.visit.isVisible()


def test_escape_ends_the_visit(first, known_desk):
    QTest.keyClick(first.result, Qt.Key.Key_Escape)
    known_desk.settle()
    assert first.presenter.form == EMPTY
    assert first.filling.item.box.hasFocus()


def test_going_on_without_the_one_receipt_is_pointed_out(first, known_desk):
    said: list[Said] = []
    first.result.another.click()
    take(first, known_desk, "IT022")
    known_desk.desk.said.connect(said.append)
    QTest.keyClick(first.result, Qt.Key.Key_Escape)
    known_desk.settle()
    assert [one.mood for one in said] == [Mood.WARN]
    assert "合并收件回执" in said[0].text
    assert PaperKind.VISIT_RECEIPT not in printed(known_desk)


def test_a_visit_that_is_over_leaves_no_draft_and_one_that_was_begun_becomes_its_own(
    first, known_desk
):
    first.result.another.click()
    known_desk.settle()
    first.filling.aside.visit.end.click()
    known_desk.settle()
    assert first.presenter.form == EMPTY
    assert first.presenter.drafting.all == []
    first.presenter.fill(
        visit=known_desk.station.store.rows.where("item = 'IT009'")[0].local_number
    )
    first.presenter.take_item(the_item("IT022"))
    first.presenter.end_visit()
    assert (first.presenter.form.item, first.presenter.form.visit) == ("IT022", "")


def test_a_visit_goes_on_after_the_program_was_closed(first, known_desk):
    first.result.another.click()
    first.presenter.drafting.keep()
    known_desk.settle()
    first.hide()
    again = shown(known_desk)
    known_desk.settle()
    assert again.presenter.form.visit
    assert again.filling.aside.visit.isVisible()
    assert "残疾人证" in again.filling.aside.visit.lines.text()


# --- papers of one request ------------------------------------------------------------------------


def test_an_original_that_stays_here_has_its_slip(page, known_desk):
    page.presenter.take_item(the_item("IT009"))
    page.presenter.table.tick(CARD, True)
    page.presenter.table.take_otherwise(CARD, original=True, held=True)
    page.presenter.fill_applicant(name="韦小妹", **KNOWN)
    page.presenter.fill(told=True)
    page.presenter.submit()
    known_desk.settle()
    assert page.result.slip.isVisible()
    page.result.slip.click()
    known_desk.settle()
    assert printed(known_desk)[0] is PaperKind.CUSTODY_SLIP


def test_the_mandate_is_there_to_be_signed_where_the_agent_acts(page, known_desk):
    take(page, known_desk, "IT009", "韦小妹", **KNOWN)  # accompanied: the applicant acts
    assert not page.result.mandate.isVisible()
    page.presenter.start_anew()
    page.filling.show_form()
    take(page, known_desk, "IT022", "韦小妹", **KNOWN)
    assert page.result.mandate.isVisible()
    page.result.mandate.click()
    assert printed(known_desk)[0] is PaperKind.MANDATE
    assert jobs_of(known_desk.desk).jobs[0].state is JobState.FILED


def test_the_application_form_is_printed_blank_before_and_filled_in_after(first, known_desk):
    first.result.form.click()
    known_desk.settle()
    assert printed(known_desk)[0] is PaperKind.APPLICATION_FORM
    first.presenter.start_anew()
    first.filling.show_form()
    first.presenter.take_item(the_item("IT022"))
    before = known_desk.station.store.head()
    first.filling.materials.form_button.click()
    known_desk.settle()
    blank = jobs_of(known_desk.desk).jobs[0]
    assert printed(known_desk)[0] is PaperKind.APPLICATION_FORM
    assert blank.subject is None
    assert blank.sheet is not None
    assert "空白《就业创业证申领表》" in blank.title
    assert known_desk.station.store.head() == before


@pytest.mark.parametrize(("width", "height"), [(1198, 660), (820, 410)])
def test_everything_is_named_high_enough_whole_and_in_order(first, known_desk, width, height):
    first.result.another.click()
    known_desk.settle()
    take(first, known_desk, "IT022")
    first.resize(width, height)
    known_desk.settle()
    assert walks.faults(first) == []
    first.result.another.click()
    known_desk.settle()
    assert walks.faults(first) == []
