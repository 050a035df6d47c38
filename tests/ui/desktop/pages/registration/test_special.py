"""The green channel, kinship with the staff, and who signs for somebody who cannot."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.events import Role
from app.usecases import operators, staff
from app.usecases.staff import Duty
from tests.builders import the_item
from tests.ui.desktop.desks import SomeDesk
from tests.ui.desktop.pages.registration.hands import commit
from ui.desktop.pages.registration.page import RegistrationPage
from ui.desktop.pages.registration.special import REASONS, Special

ALT = Qt.KeyboardModifier.AltModifier
PHONE = "13977300009"


@pytest.fixture
def filled(page: RegistrationPage, known_desk: SomeDesk) -> RegistrationPage:
    page.presenter.take_item(the_item("IT001"))
    page.presenter.fill_applicant(name="覃建国", id_number="450305197501012311")
    page.presenter.fill(mandate=True)
    page.presenter.shown_anew.emit()
    known_desk.settle()
    return page


@pytest.fixture
def special(filled: RegistrationPage) -> Special:
    filled.filling.aside.more.click()
    return filled.filling.aside.special


def registered(page: RegistrationPage, some: SomeDesk, wait):
    page.presenter.submit()
    wait(page.result.isVisible)
    receipt = page.result.aftermath.receipt
    assert receipt is not None
    return some.station.case(receipt.subject)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)


def test_it_is_not_made_before_somebody_asks_for_it(filled):
    assert filled.findChildren(Special) == []
    press(Qt.Key.Key_M, ALT)
    assert filled.filling.aside.special.green.hasFocus()


def test_enter_passes_by_what_is_closed_and_through_what_is_open(filled, special):
    aside = filled.filling.aside
    aside.urgent.setFocus()
    for expected in (special.green, special.kin, special.unable, aside.note):
        press(Qt.Key.Key_Return)
        assert expected.hasFocus()


def test_the_green_channel_has_a_reason_from_the_list_and_a_word_of_its_own(
    filled, special, known_desk, wait
):
    special.green.click()
    assert filled.presenter.form.green == REASONS[0]
    special.reason.set_value("急难情形")
    special.reason.activated.emit(special.reason.currentIndex())
    special.detail.setFocus()
    commit(special.detail, "房屋失火")
    case = registered(filled, known_desk, wait)
    assert case.green == "急难情形：房屋失火"


def test_a_tick_taken_back_leaves_nothing(filled, special):
    special.green.click()
    special.kin.click()
    special.unable.click()
    for tick in (special.green, special.kin, special.unable):
        tick.click()
    form = filled.presenter.form
    assert (form.green, form.staff_relative, form.signing) == ("", "", None)


def test_the_handler_cannot_be_the_witness_and_it_is_said_beside_the_field(
    filled, special, known_desk, wait
):
    special.unable.click()
    assert special.written_by.text() == known_desk.desk.operator.name
    special.witness.setFocus()
    commit(special.witness, known_desk.desk.operator.name)
    special.fingerprint.setFocus()
    assert "不能是经办人" in special.witness_field.said_text
    filled.presenter.submit()
    known_desk.settle()
    assert special.witness.hasFocus()
    special.witness.clear()
    commit(special.witness, "莫秀英")
    special.fingerprint.setFocus()
    assert special.witness_field.said_text == ""
    case = registered(filled, known_desk, wait)
    assert case.signing is not None
    assert (case.signing.witness, case.signing.fingerprint) == ("莫秀英", True)


def test_without_a_witness_it_is_not_registered(filled, special, known_desk):
    special.unable.click()
    filled.presenter.submit()
    known_desk.settle()
    assert special.witness_field.said_text == "还没有填见证人"
    assert special.witness.hasFocus()


@pytest.mark.parametrize("by", ["name", "phone"])
def test_somebody_of_the_staff_is_pointed_out_and_written_down_at_a_press(
    filled, known_desk, wait, by
):
    store, head = known_desk.station.store, known_desk.station.head
    colleague = "覃建国" if by == "name" else "蒙建国"
    operators.add(store, colleague, Role.AGENT)
    if by == "phone":
        staff.change(store, colleague, by=head, duty=Duty(phone=PHONE))
        filled.presenter.fill_applicant(phone=PHONE)
    filled.filling.applicant.phone.setFocus()
    filled.filling.applicant.address.setFocus()
    aside = filled.filling.aside
    wait(aside.kin.isVisible)
    assert colleague in aside.kin.text()
    aside.kin.acted.emit()
    assert aside.special.relative.text() == colleague
    case = registered(filled, known_desk, wait)
    assert case.staff_relative == colleague


def test_nobody_is_taken_for_staff_who_is_not(filled, known_desk):
    filled.filling.applicant.phone.setFocus()
    filled.filling.applicant.address.setFocus()
    known_desk.settle()
    assert not filled.filling.aside.kin.isVisible()
