"""The form of each act: what it asks, what it gives."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.usecases import acts
from tests.builders import a_case, the_item
from tests.ui.desktop import walks
from tests.ui.desktop.pages.cases.places import DIBAO, JOB_CARD
from tests.ui.desktop.pages.cases.questions import answer
from ui.desktop.pages.cases.act_choices import ActChoice, ActForm
from ui.desktop.pages.cases.forms.authority import RefuseDialog, WrongAuthorityDialog
from ui.desktop.pages.cases.forms.choosing import dialog_for
from ui.desktop.pages.cases.forms.materials import DefectsDialog, SupplyDialog
from ui.desktop.pages.cases.forms.outcome import DecideDialog, DeliverDialog
from ui.desktop.pages.cases.sheet_reading import read_sheet


@pytest.fixture
def sheet(places):
    subject = a_case(places.village, DIBAO)
    return read_sheet(places.village.store, subject, places.village.head)


@pytest.fixture
def show(qtbot):
    def shown(dialog):
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.offered = []
        dialog.given.connect(dialog.offered.append)
        return dialog

    return shown


def choice_of(form):
    return ActChoice(verb="x", label="x", done="x", icon="check", form=form)


@pytest.mark.parametrize("form", [form for form in ActForm if form is not ActForm.NONE])
def test_every_form_can_be_used_without_a_mouse_and_by_a_screen_reader(sheet, show, form):
    dialog = show(dialog_for(choice_of(form), sheet, None))
    assert walks.faults(dialog) == []


def test_an_act_without_facts_has_no_form(sheet):
    assert dialog_for(choice_of(ActForm.NONE), sheet, None) is None


def test_supplied_papers_are_taken_as_the_item_asks_for_them(sheet, show, qtbot):
    dialog = show(SupplyDialog(sheet))
    dialog.ok_requested.emit()
    assert dialog.offered == []
    assert dialog.field.said_text == "请勾选带来的材料。"
    qtbot.keyClick(dialog.checklist.focusProxy(), Qt.Key.Key_Space)
    dialog.ok_requested.emit()
    (given,) = dialog.offered
    assert [one["name"] for one in given["materials"]] == [the_item(DIBAO).materials[0].name]


def test_a_tick_writes_a_line_and_taking_it_away_removes_it(sheet, show):
    dialog = show(DefectsDialog(sheet))
    name = sheet.materials[0].name
    dialog.checklist.ticked.emit(0, True)
    assert dialog.defects.toPlainText() == f"缺《{name}》"
    dialog.checklist.ticked.emit(0, False)
    assert dialog.defects.toPlainText() == ""


def test_all_defects_are_told_at_once_with_free_lines(sheet, show):
    dialog = show(DefectsDialog(sheet))
    dialog.ok_requested.emit()
    assert dialog.offered == []
    dialog.checklist.ticked.emit(1, True)
    dialog.defects.appendPlainText(" 申请表没有签字 \n\n")
    dialog.ok_requested.emit()
    (given,) = dialog.offered
    assert given["reason"] == "defects"
    assert given["defects"] == [f"缺《{sheet.materials[1].name}》", "申请表没有签字"]


def test_a_line_that_was_only_begun_is_asked_for(sheet, show):
    dialog = show(DefectsDialog(sheet))
    dialog.defects.setPlainText("户口簿：")
    dialog.ok_requested.emit()
    assert dialog.offered == []
    assert "户口簿" in dialog.field.said_text


@pytest.mark.parametrize("dialog_type", [WrongAuthorityDialog, RefuseDialog])
def test_what_the_law_wants_is_not_left_out(sheet, show, dialog_type):
    dialog = show(dialog_type(sheet))
    dialog.ok_requested.emit()
    assert dialog.offered == []


def test_a_decision_asks_once_with_its_consequence_and_no_is_the_safe_answer(sheet, show, qtbot):
    dialog = show(DecideDialog(sheet))
    asked = []

    def no(question):
        asked.append(question.accessibleDescription())
        assert question.focusWidget() is question.no
        question.no.click()

    answer(no)
    dialog.ok_requested.emit()
    assert dialog.offered == []
    assert "不能撤回" in asked[0]
    answer(lambda question: question.yes.click())
    dialog.ok_requested.emit()
    assert dialog.offered == [{"approved": True, "reason": "", "result": ""}]


def test_a_rejection_needs_its_reason_before_it_is_asked_about(sheet, show, qtbot):
    dialog = show(DecideDialog(sheet))
    dialog.approved.set_value(False)
    dialog.ok_requested.emit()
    assert dialog.offered == []
    assert dialog.reason_field.said_text == "不予决定必须写明理由。"
    dialog.reason.setPlainText("家庭收入超过标准")
    answer(lambda question: question.yes.click())
    dialog.ok_requested.emit()
    assert dialog.offered[0]["approved"] is False


def test_a_reason_is_never_called_needed_and_left_out_at_once(sheet, show):
    dialog = show(DecideDialog(sheet))
    said = {True: "理由（可不填）", False: "理由（必填）"}
    for approved in (True, False, True):
        dialog.approved.set_value(approved)
        dialog.approved.chosen.emit(approved)
        labels = [one.text() for one in dialog.reason_field.findChildren(QLabel)]
        assert said[approved] in labels


def test_whoever_takes_the_result_for_another_is_named(sheet, show):
    dialog = show(DeliverDialog(sheet))
    assert not dialog.recipient.isVisible()
    dialog.ok_requested.emit()
    assert dialog.offered == [{"recipient": "", "relation": "本人", "proof": ""}]
    dialog.set_busy(False)
    dialog.who.set_value(False)
    dialog.who.chosen.emit(False)
    assert dialog.recipient.isVisible()
    dialog.ok_requested.emit()
    assert len(dialog.offered) == 1
    dialog.recipient.setText("韦大明")
    dialog.relation.setText("儿子")
    dialog.ok_requested.emit()
    assert dialog.offered[1] == {"recipient": "韦大明", "relation": "儿子", "proof": ""}


def test_a_refused_act_keeps_what_was_filled_in(sheet, show):
    dialog = show(RefuseDialog(sheet))
    dialog.reason.setPlainText("不在本辖区")
    dialog.ok_requested.emit()
    assert not dialog.yes.isEnabled()
    dialog.refuse("现在不能“不予受理”。")
    assert dialog.yes.isEnabled()
    assert dialog.reason.toPlainText() == "不在本辖区"


def test_forms_give_what_the_acts_take(places, show, qtbot):
    subject = places.accepted(JOB_CARD)
    sheet = read_sheet(places.township.store, subject, places.township.head)
    assert sheet.primary is not None
    dialog = show(dialog_for(sheet.primary, sheet, None))
    answer(lambda question: question.yes.click())
    dialog.ok_requested.emit()
    acts.perform(
        places.township.store,
        subject,
        sheet.primary.verb,
        dialog.offered[0],
        by=places.township.head,
    )
    assert places.township.case(subject).decision is not None
