"""Chinese is composed in each field of the page, and Enter that ends a composition does nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from tests.builders import the_item
from tests.ui.desktop.desks import SomeDesk
from tests.ui.desktop.pages.registration.conftest import KNOWN
from tests.ui.desktop.pages.registration.hands import commit, compose
from ui.desktop.pages.registration.page import RegistrationPage


def editors(page: QWidget) -> list[QLineEdit]:
    """Everything on the page that takes text."""
    lines = page.findChildren(QLineEdit)
    return [line for line in lines if line.isVisible() and line.isEnabled()]


def test_nothing_on_the_page_takes_text_but_lines(full_page: RegistrationPage):
    assert full_page.findChildren(QPlainTextEdit) == []
    assert full_page.findChildren(QTextEdit) == []


@pytest.fixture
def full_page(page: RegistrationPage, known_desk: SomeDesk) -> RegistrationPage:
    """Every field there is: a wrong number asks for a reason, a backlog for its day."""
    page.presenter.take_item(the_item("IT001"))
    page.presenter.fill_applicant(name="韦小妹", id_number=KNOWN["id_number"][:-1] + "7")
    page.presenter.fill(mandate=True)
    page.presenter.shown_anew.emit()
    page.filling.aside.backlog.click()
    known_desk.settle()
    return page


def test_each_field_shows_what_is_composed_and_takes_what_is_chosen(full_page: RegistrationPage):
    fields = editors(full_page)
    assert len(fields) >= 7
    for field in fields:
        field.setFocus()
        field.clear()
        compose(field, "qin")
        assert field.text() == ""
        commit(field, "覃")
        assert field.text() == "覃"


def test_enter_does_nothing_while_something_is_composed(
    full_page: RegistrationPage, known_desk: SomeDesk
):
    before = known_desk.station.store.head()
    for field in editors(full_page):
        field.setFocus()
        compose(field, "qin")
        for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            QTest.keyClick(field, Qt.Key.Key_Return, modifier)
            assert QApplication.focusWidget() is field
        compose(field, "")
    known_desk.settle()
    assert known_desk.station.store.head() == before


def test_a_list_that_opens_does_not_disturb_the_composition(page: RegistrationPage, wait):
    box = page.filling.item.box
    commit(box, "低")
    wait(box.popup_visible)
    compose(box, "bao")
    assert box.hasFocus()
    assert box.is_composing()
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert page.presenter.form.item == ""
    commit(box, "保")
    assert box.text() == "低保"
    QTest.keyClick(box, Qt.Key.Key_Return)
    wait(lambda: page.presenter.form.item == "IT001")


def test_what_was_composed_is_in_the_form_and_in_the_draft(page: RegistrationPage):
    for field, value in (
        (page.filling.applicant.name, lambda: page.presenter.form.applicant.name),
        (page.filling.applicant.address, lambda: page.presenter.form.applicant.address),
        (page.filling.aside.note, lambda: page.presenter.form.note),
    ):
        field.setFocus()
        commit(field, "𠮷村")
        assert value() == "𠮷村"
