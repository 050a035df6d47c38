"""The people beside the applicant: added by key, offered if known, asked for their basis, kept and registered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.events import IdKind, PartyRole
from app.usecases.parties import PartyForm
from tests.builders import the_item
from tests.ui.desktop import walks
from tests.ui.desktop.desks import SomeDesk
from tests.ui.desktop.pages.registration.hands import Hands, commit
from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.pages.registration.others_card import OthersCard
from ui.desktop.pages.registration.page import RegistrationPage

ALT = Qt.KeyboardModifier.AltModifier


def key(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)


@pytest.fixture
def filled(page: RegistrationPage, known_desk: SomeDesk) -> RegistrationPage:
    page.presenter.take_item(the_item("IT001"))
    page.presenter.fill_applicant(name="覃建国", id_number="450305197501012311")
    page.presenter.fill(mandate=True)
    page.presenter.shown_anew.emit()
    known_desk.settle()
    return page


def added(page: RegistrationPage, some: SomeDesk, role: PartyRole | None = None) -> None:
    page.filling.applicant.more.click()
    some.settle()
    if role is not None:
        block = page.filling.others.blocks[-1]
        block.role.set_value(role)
        block.role.activated.emit(block.role.currentIndex())


def test_nobody_else_is_there_until_somebody_is_added(filled, known_desk):
    assert filled.findChildren(OthersCard) == []
    key(Qt.Key.Key_D, ALT)
    known_desk.settle()
    (block,) = filled.filling.others.blocks
    assert block.role.hasFocus()
    assert filled.presenter.form.parties == (PartyForm(name="", role=PartyRole.GUARDIAN),)


def test_somebody_known_is_offered_and_filled_in(filled, known_desk, wait):
    added(filled, known_desk)
    (block,) = filled.filling.others.blocks
    block.name.setFocus()
    Hands().type("wxm")
    key(Qt.Key.Key_Return)
    wait(block.relation.hasFocus)
    (party,) = filled.presenter.form.parties
    assert party.name == "韦小妹"
    assert block.number.text() == "450305 19620315 1028"
    assert block.phone.text() == "138 7730 0000"


@pytest.mark.parametrize(
    ("number", "name"), [("450305196203151028", "韦小妹"), ("450305197003062328", "")]
)
def test_a_number_scanned_into_the_name_finds_its_place_and_the_person(
    filled, known_desk, number, name
):
    added(filled, known_desk)
    (block,) = filled.filling.others.blocks
    block.name.setFocus()
    Hands().type(number)
    key(Qt.Key.Key_Return)
    known_desk.settle()
    assert block.name.text() == name
    assert block.number.text() == f"{number[:6]} {number[6:14]} {number[14:]}"


def test_enter_walks_through_somebody_new_and_on_to_the_materials(filled, known_desk, wait):
    added(filled, known_desk)
    (block,) = filled.filling.others.blocks
    key(Qt.Key.Key_Return)
    assert block.name.hasFocus()
    commit(block.name, "成新")
    key(Qt.Key.Key_Return)
    wait(block.relation.hasFocus)
    for expected in (block.phone, block.paper, block.number, block.basis):
        key(Qt.Key.Key_Return)
        assert expected.hasFocus()
    key(Qt.Key.Key_Return)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert filled.filling.materials.list.isAncestorOf(focused)


@pytest.mark.parametrize(
    ("role", "asked"),
    [(PartyRole.GUARDIAN, True), (PartyRole.ATTORNEY, True), (PartyRole.COLLECTOR, False)],
)
def test_who_acts_for_somebody_is_asked_for_a_basis_and_never_turned_away(
    filled, known_desk, wait, role, asked
):
    added(filled, known_desk, role)
    (block,) = filled.filling.others.blocks
    block.name.setFocus()
    commit(block.name, "成新")
    block.basis.setFocus()
    block.gone.setFocus()
    assert (block.fields["basis"].said_mood is Mood.WARN) is asked
    filled.presenter.submit()
    wait(filled.result.isVisible)
    case = known_desk.station.case(filled.result.aftermath.receipt.subject)
    assert [(one.role, one.name) for one in case.parties] == [
        (PartyRole.APPLICANT, "覃建国"),
        (role, "成新"),
    ]


def test_who_has_lost_the_paper_is_registered_without_a_number(filled, known_desk, wait):
    added(filled, known_desk, PartyRole.BENEFICIARY)
    (block,) = filled.filling.others.blocks
    block.name.setFocus()
    commit(block.name, "成新")
    block.paper.set_value(IdKind.LOST)
    block.paper.activated.emit(block.paper.currentIndex())
    filled.presenter.submit()
    wait(filled.result.isVisible)
    case = known_desk.station.case(filled.result.aftermath.receipt.subject)
    assert case.parties[1].id_kind is IdKind.LOST


def test_one_that_was_left_empty_is_forgotten_and_one_without_a_name_is_asked_for(
    filled, known_desk, wait
):
    added(filled, known_desk)
    added(filled, known_desk)
    second = filled.filling.others.blocks[1]
    second.phone.setFocus()
    Hands().type("13977300001")
    filled.presenter.submit()
    assert "第 2 位" in second.fields["name"].said_text or (
        "第 2 位" in filled.filling.others.blocks[0].fields["name"].said_text
    )
    commit(second.name, "成新")
    filled.presenter.submit()
    wait(filled.result.isVisible)
    case = known_desk.station.case(filled.result.aftermath.receipt.subject)
    assert [one.name for one in case.parties] == ["覃建国", "成新"]


def test_one_is_taken_away_and_the_others_stay_as_they_were(filled, known_desk):
    for name in ("甲一", "乙二", "丙三"):
        added(filled, known_desk)
        filled.filling.others.blocks[-1].name.setFocus()
        commit(filled.filling.others.blocks[-1].name, name)
    first = filled.filling.others.blocks[0]
    first.number.setFocus()
    first.gone.click()
    known_desk.settle()
    assert [block.name.text() for block in filled.filling.others.blocks] == ["乙二", "丙三"]
    assert [party.name for party in filled.presenter.form.parties] == ["乙二", "丙三"]
    filled.filling.others.blocks[1].gone.click()
    filled.filling.others.blocks[0].gone.click()
    known_desk.settle()
    assert not filled.filling.others.isVisible()


@pytest.mark.parametrize(("width", "height"), [(1198, 660), (660, 360)])
@pytest.mark.parametrize("scale", [100, 150])
def test_everything_is_named_high_enough_whole_and_in_order(
    filled, known_desk, qapp, width, height, scale
):
    added(filled, known_desk, PartyRole.ATTORNEY)
    added(filled, known_desk)
    filled.filling.applicant.renamed.click()
    filled.filling.aside.more.click()
    filled.filling.aside.special.unable.click()
    look.apply(qapp, "ordinary", scale)
    filled.resize(width * scale // 100, height * scale // 100)
    known_desk.settle()
    QTest.qWait(0)
    assert walks.faults(filled) == []


def test_another_item_of_the_same_visit_has_the_same_people(filled, known_desk, wait):
    added(filled, known_desk, PartyRole.ATTORNEY)
    filled.filling.others.blocks[0].name.setFocus()
    commit(filled.filling.others.blocks[0].name, "成新")
    filled.presenter.submit()
    wait(filled.result.isVisible)
    filled.result.another.click()
    known_desk.settle()
    assert [block.name.text() for block in filled.filling.others.blocks] == ["成新"]
    assert filled.filling.others.isVisible()
    filled.presenter.start_anew()
    known_desk.settle()
    assert not filled.filling.others.isVisible()
