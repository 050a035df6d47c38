"""What the centre gave back is put right from 同步, with real widgets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.journal.refs import Ref
from app.store.drafts import Draft
from app.usecases import drafts, lookup, registration, repairs
from app.usecases.repairs import How
from tests.builders import a_case, a_form, act
from tests.ui.desktop import walks
from tests.ui.desktop.desks import SomeDesk
from tests.ui.desktop.pages.exchange import states
from tests.ui.desktop.pages.exchange.test_page import shown
from ui.desktop.desk import Destination
from ui.desktop.exchanging import ExchangeState, Reach
from ui.desktop.pages.exchange.page import ExchangePage
from ui.desktop.pages.exchange.repair_dialogs import AskDistrictDialog, WithdrawRefusedDialog
from ui.desktop.pages.names import PageName
from ui.desktop.pages.registration.page import RegistrationPage


@pytest.fixture
def refused(some_desk: SomeDesk) -> SomeDesk:
    """A village whose last registration was given back."""
    case = a_case(some_desk.station, name="韦小妹", note="行动不便")
    states.refuse(some_desk.station, case)
    states.noted(some_desk, ExchangeState(reach=Reach.ONLINE, report=states.a_report(refused=1)))
    return some_desk


def the_refused(some: SomeDesk) -> Ref:
    (one,) = repairs.listed(some.station.store)
    return one.ref


def pressed(some: SomeDesk, page: ExchangePage) -> list[Destination]:
    """Where the desk leads after 更正后重新登记."""
    asked: list[Destination] = []
    some.desk.destination_asked.connect(asked.append)
    page.repairs.again.click()
    some.settle()
    return asked


def test_a_refused_registration_offers_what_can_be_done_with_it(refused):
    page = shown(refused)
    card = page.repairs

    for button in (card.again, card.withdraw, card.district, card.done):
        assert button.isVisible()
    assert not card.case.isVisible()
    assert walks.faults(page) == []


def test_a_refused_act_leads_to_its_case(some_desk):
    case = a_case(some_desk.station)
    act(some_desk.station, case, "forward")
    states.refuse(some_desk.station, Ref(case.device, some_desk.station.store.head().seq))
    page = shown(some_desk)

    assert page.repairs.case.isVisible()
    assert page.repairs.case.isEnabled()
    assert not page.repairs.again.isVisible()
    assert page.repairs.withdraw.isVisible()


def test_it_is_corrected_where_one_registers_with_all_that_was_filled_in(refused):
    page = shown(refused)
    number = repairs.listed(refused.station.store)[0].local_number

    (where,) = pressed(refused, page)
    assert where.page is PageName.REGISTRATION
    assert isinstance(where.subject, Draft)

    desk = RegistrationPage(refused.desk)
    refused.qtbot.addWidget(desk)
    desk.resize(1190, 680)
    desk.show()
    desk.receive(where.subject)
    refused.settle()
    assert desk.presenter.form.applicant.name == "韦小妹"
    assert desk.presenter.form.note == "行动不便"
    assert number in desk.filling.corrects.text()
    assert desk.filling.corrects.isVisible()

    desk.presenter.fill_applicant(phone="13877311111")
    desk.presenter.submit()
    refused.settle()

    row = lookup.by_number(refused.station.store, number)
    assert (row.phone, row.applicant) == ("13877311111", "韦小妹")
    assert repairs.listed(refused.station.store) == []
    page.refresh()
    refused.settle()
    model = page.repairs.list.model()
    assert model.index(0, 2).data() == "已更正重登"
    assert f"新的收件号是 {row.local_number}" in "".join(walks.texts(page))
    assert page.repairs.case.isEnabled()


def test_pressed_twice_it_is_one_draft(refused):
    page = shown(refused)
    first, second = pressed(refused, page)[0], pressed(refused, page)[0]

    assert isinstance(first.subject, Draft)
    assert isinstance(second.subject, Draft)
    assert first.subject.n == second.subject.n
    assert len(drafts.of_operator(refused.station.store, refused.station.head)) == 1


def test_it_is_withdrawn_with_a_reason_only(refused):
    page = shown(refused)
    page.repairs.withdraw.click()
    (dialog,) = page.findChildren(WithdrawRefusedDialog)

    dialog.yes.click()
    assert repairs.listed(refused.station.store)
    dialog.reason.set_text("申请人改到穿山街道办")
    dialog.yes.click()
    refused.settle()

    (settled,) = repairs.seen_to(refused.station.store)
    assert (settled.how, settled.reason) == (How.WITHDRAWN, "申请人改到穿山街道办")
    assert "申请人改到穿山街道办" in "".join(walks.texts(page))
    assert not page.repairs.case.isVisible()


def test_the_text_for_the_district_can_be_copied(refused):
    page = shown(refused)
    page.repairs.district.click()
    (dialog,) = page.findChildren(AskDistrictDialog)

    dialog.copy.click()

    text = QGuiApplication.clipboard().text()
    assert "不属于本站辖区" in text
    assert "韦*妹" in text
    assert "450305196203151028" not in text
    assert "韦小妹" not in text


def test_enter_does_what_the_first_button_does(refused):
    page = shown(refused)
    asked: list[Destination] = []
    refused.desk.destination_asked.connect(asked.append)
    page.repairs.list.setFocus()

    refused.qtbot.keyClick(page.repairs.list, Qt.Key.Key_Return)
    refused.settle()

    assert [one.page for one in asked] == [PageName.REGISTRATION]


def test_the_next_form_is_no_correction(refused):
    ref = the_refused(refused)
    desk = RegistrationPage(refused.desk)
    refused.qtbot.addWidget(desk)
    desk.show()
    desk.presenter._show(a_form("IT022", "韦小妹", instead_of=str(ref)))  # noqa: SLF001
    refused.settle()
    assert desk.filling.corrects.isVisible()

    desk.presenter.start_another()
    refused.settle()

    assert not desk.filling.corrects.isVisible()
    assert desk.presenter.form.instead_of == ""
    registration.register(refused.station.store, a_form("IT022", "覃小军"), by=refused.station.head)
    assert repairs.listed(refused.station.store)
