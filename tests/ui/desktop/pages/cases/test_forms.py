"""The form of each act: what it asks, what it gives."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.events import Role
from app.usecases.acts import ACTS, Option
from tests.builders import a_case, act, the_item
from tests.ui.desktop import walks
from tests.ui.desktop.pages.cases.filling import fill, tick
from tests.ui.desktop.pages.cases.places import DIBAO, JOB_CARD
from tests.ui.desktop.pages.cases.questions import answer
from ui.desktop.pages.cases.act_choices import choice_of
from ui.desktop.pages.cases.forms.authority import RefuseDialog, ReturnDialog
from ui.desktop.pages.cases.forms.base import agrees
from ui.desktop.pages.cases.forms.choosing import OWN, dialog_for
from ui.desktop.pages.cases.forms.consequences import consequence_of
from ui.desktop.pages.cases.forms.correction import CorrectDialog
from ui.desktop.pages.cases.forms.defects import DefectsDialog
from ui.desktop.pages.cases.forms.general import GeneralDialog
from ui.desktop.pages.cases.forms.joint import SplitDialog
from ui.desktop.pages.cases.forms.outcome import DecideDialog, DeliverDialog
from ui.desktop.pages.cases.forms.shapes import FactKind, shapes_of
from ui.desktop.pages.cases.question import ActQuestion, read_question
from ui.desktop.pages.cases.sheet_reading import read_sheet


@pytest.fixture
def received(places):
    return a_case(places.village, DIBAO)


@pytest.fixture
def question(places, received):
    """What the form of an act has to know, of a case that the village has just received."""

    def asked(verb, **said):
        sheet = read_sheet(places.village.store, received, places.village.head)
        told = ActQuestion(
            choice=choice_of(ACTS[verb]), sheet=sheet, today=sheet.today, options={}, known={}
        )
        return msgspec.structs.replace(told, **said)

    return asked


@pytest.fixture
def show(qtbot):
    def shown(dialog):
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.offered = []
        dialog.given.connect(dialog.offered.append)
        return dialog

    return shown


def agree(dialog):
    """Ask for the act, and say yes to its question."""
    answer(lambda question: question.yes.click())
    dialog.ok_requested.emit()


# --- forms made from the facts of an act ------------------------------------------------------------


@pytest.mark.parametrize("verb", sorted(set(ACTS) - set(OWN)))
def test_every_field_of_every_act_has_words_and_an_editor(verb):
    shapes = shapes_of(verb)
    assert [shape.name for shape in shapes] == list(ACTS[verb].facts.__struct_fields__)
    for shape in shapes:
        assert not shape.title.isascii(), shape
        assert all(not label.isascii() for label, _ in shape.values), shape


def test_an_act_without_facts_has_no_form(question):
    assert dialog_for(question("take_over"), None) is None


def test_what_is_needed_is_said_beside_the_first_field_that_lacks_it(question, show):
    dialog = show(GeneralDialog(question("appoint")))
    dialog.ok_requested.emit()
    assert dialog.offered == []
    assert dialog.fields["where"].said_text == "请填写到哪里办。"
    assert dialog.focusWidget() is dialog.editors["day"].widget


def test_a_number_outside_its_limits_is_not_taken(question, show):
    dialog = show(GeneralDialog(question("extend")))
    dialog.editors["reason"].widget.set_text("案情复杂")
    days = dialog.editors["days"].widget
    for wrong in ("", "很多", "0", "99999"):
        days.setText(wrong)
        dialog.ok_requested.emit()
        assert dialog.fields["days"].said_text, wrong
    days.setText("１０")  # full width
    agree(dialog)
    assert dialog.offered[0]["days"] == 10


def test_what_is_left_empty_is_not_said_so_that_the_act_takes_its_own(question, show):
    dialog = show(
        GeneralDialog(question("pause", options={"procedure": (Option("检验", "检验"),)}))
    )
    agree(dialog)
    assert dialog.offered == [{"procedure": "检验", "basis": "", "approver": ""}]


def test_supplied_papers_are_taken_as_the_item_asks_for_them(question, show, qtbot):
    dialog = show(GeneralDialog(question("supply")))
    dialog.ok_requested.emit()
    assert dialog.offered == []
    assert dialog.fields["materials"].said_text == "请勾选带来的材料。"
    checklist = dialog.editors["materials"].widget
    qtbot.keyClick(checklist.focusProxy(), Qt.Key.Key_Space)
    dialog.ok_requested.emit()
    (given,) = dialog.offered
    assert [one["name"] for one in given["materials"]] == [the_item(DIBAO).materials[0].name]


def test_originals_are_told_line_by_line(question, show, qtbot):
    dialog = show(GeneralDialog(question("take_originals")))
    rows = dialog.editors["originals"].widget
    first = rows.lines()[0]
    for cell, text in zip(first.cells, ("残疾证", "韦小妹", "2"), strict=True):
        cell.setText(text)
    qtbot.mouseClick(rows.add_button, Qt.MouseButton.LeftButton)
    assert dialog.focusWidget() is rows.lines()[1].cells[0]
    rows.lines()[1].cells[0].setText("户口簿")
    rows.lines()[1].cells[2].setText("两本")
    dialog.ok_requested.emit()
    assert dialog.fields["originals"].said_text == "件数请填数字。"
    rows.lines()[1].cells[2].setText("1")
    dialog.ok_requested.emit()
    assert dialog.offered[0]["originals"] == [
        {"what": "残疾证", "whose": "韦小妹", "count": 2},
        {"what": "户口簿", "count": 1},
    ]


def test_enter_goes_from_field_to_field_and_to_the_button_at_the_end(question, show):
    dialog = show(GeneralDialog(question("certify")))
    name, number = (dialog.editors[one].widget for one in ("name", "number"))
    name.setFocus()
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert dialog.focusWidget() is number
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.yes


def test_what_the_store_refuses_is_said_beside_its_field_and_nothing_is_lost(question, show):
    dialog = show(GeneralDialog(question("conclude")))
    dialog.editors["outcome"].widget.set_text("已办好")
    dialog.ok_requested.emit()
    assert not dialog.yes.isEnabled()
    dialog.refuse("“结果”填写不对。", "outcome")
    assert dialog.yes.isEnabled()
    assert dialog.fields["outcome"].said_text == "“结果”填写不对。"
    assert dialog.editors["outcome"].widget.text() == "已办好"


def test_kinds_of_facts_are_told_apart():
    kinds = {shape.name: shape.kind for shape in shapes_of("deliver")}
    assert kinds["way"] is FactKind.ONE_OF
    assert {shape.kind for shape in shapes_of("archive")} == {FactKind.LINE, FactKind.ONE_OF}


# --- 一次性告知补正 -----------------------------------------------------------------------------------


def test_a_tick_writes_a_line_with_its_standard_and_taking_it_away_removes_it(question, show):
    dialog = show(DefectsDialog(question("ask_supplement", known={"days": 30})))
    name = dialog.sheet.materials[0].name
    tick(dialog.checklist, 0)
    (line,) = dialog.defects.values()
    assert line == {"what": f"缺《{name}》", "standard": dialog.sheet.materials[0].detail}
    tick(dialog.checklist, 0)
    assert dialog.defects.values() == []


def test_all_defects_are_told_at_once_with_what_no_material_covers(question, show):
    dialog = show(DefectsDialog(question("ask_supplement", known={"days": 30})))
    dialog.ok_requested.emit()
    assert dialog.offered == []
    assert dialog.fields["defects"].said_text
    tick(dialog.checklist, 1)
    dialog.defects.add({"what": "申请表没有签字"})
    agree(dialog)
    (given,) = dialog.offered
    assert given["days"] == 30
    assert [one["material"] for one in given["defects"]] == [dialog.sheet.materials[1].name, ""]
    assert given["defects"][1]["what"] == "申请表没有签字"


def test_the_second_notice_says_that_supervision_hears_of_it(places, show):
    subject = places.examined()
    act(places.township, subject, "ask_supplement", defects=[{"what": "缺户口簿"}])
    act(places.township, subject, "receive_supplement")
    sheet = read_sheet(places.township.store, subject, places.township.head)
    choice = next(one for one in sheet.acts if one.verb == "ask_supplement")
    asked = read_question(places.township.store, places.township.head, subject, choice)
    dialog = show(DefectsDialog(asked))
    said = [one.accessibleName() for one in dialog.fields["defects"].findChildren(QWidget)]
    assert "这是第 2 次告知，会报效能监督。" in said


def test_no_day_that_is_no_number_goes_into_a_notice(question, show):
    dialog = show(DefectsDialog(question("ask_supplement", known={"days": 30})))
    tick(dialog.checklist, 0)
    dialog.days.setText("一个月")
    dialog.ok_requested.emit()
    assert dialog.offered == []
    assert dialog.fields["days"].said_text


# --- 退回, 不予受理 -----------------------------------------------------------------------------------


def test_a_return_is_to_another_authority_or_for_defects(question, show):
    dialog = show(ReturnDialog(question("return")))
    dialog.ok_requested.emit()
    assert dialog.offered == []
    dialog.authority.setText("区人社局")
    agree(dialog)
    assert dialog.offered[0] == {"reason": "wrong_authority", "right_authority": "区人社局"}
    dialog.set_busy(False)
    dialog.reason.set_value("defects")
    dialog.reason.chosen.emit(dialog.reason.value())
    assert not dialog.authority.isVisible()
    dialog.defects.set_text(" 缺户口簿 \n\n账号不清")
    agree(dialog)
    assert dialog.offered[1] == {"reason": "defects", "defects": ["缺户口簿", "账号不清"]}


def test_a_refusal_gives_its_reason_and_asks_with_its_consequence(question, show):
    dialog = show(RefuseDialog(question("refuse")))
    dialog.ok_requested.emit()
    assert dialog.offered == []
    asked = []

    def no(shown):
        asked.append(shown.accessibleDescription())
        shown.no.click()

    dialog.reason.set_text("不在本辖区")
    answer(no)
    dialog.ok_requested.emit()
    assert dialog.offered == []
    assert "申请复议或者起诉" in asked[0]
    agree(dialog)
    assert dialog.offered[0]["reason"] == "不在本辖区"


def test_an_act_without_facts_that_reaches_the_applicant_asks_all_the_same(question, qtbot):
    answer(lambda shown: shown.no.click())
    assert not agrees(None, question("deem_accepted"))
    assert agrees(None, question("accept"))


def test_every_act_that_reaches_the_applicant_asks_with_its_consequence(question):
    asking = {verb for verb, one in ACTS.items() if one.outward}
    assert len(asking) > 10
    for verb in asking - {"decide"}:  # it asks by its own form, in two ways
        consequence = consequence_of(question(verb))
        assert consequence is not None, verb
        assert "{" not in consequence.text
    assert consequence_of(question("forward")) is None


# --- 作出决定, 送达 -----------------------------------------------------------------------------------


def test_a_decision_asks_once_with_its_consequence_and_no_is_the_safe_answer(question, show):
    dialog = show(DecideDialog(question("decide")))
    asked = []

    def no(shown):
        asked.append(shown.accessibleDescription())
        assert shown.focusWidget() is shown.no
        shown.no.click()

    answer(no)
    dialog.ok_requested.emit()
    assert dialog.offered == []
    assert "不能撤回" in asked[0]
    agree(dialog)
    assert dialog.offered == [{"approved": True, "reason": "", "result": ""}]


def test_a_rejection_needs_its_reason_before_it_is_asked_about(question, show):
    dialog = show(DecideDialog(question("decide")))
    dialog.approved.set_value(False)
    dialog.ok_requested.emit()
    assert dialog.offered == []
    assert dialog.reason_field.said_text == "不予决定必须写明理由。"
    dialog.reason.setPlainText("家庭收入超过标准")
    agree(dialog)
    assert dialog.offered[0]["approved"] is False


def test_a_reason_is_never_called_needed_and_left_out_at_once(question, show):
    dialog = show(DecideDialog(question("decide")))
    said = {True: "理由（可不填）", False: "理由（必填）"}
    for approved in (True, False, True):
        dialog.approved.set_value(approved)
        dialog.approved.chosen.emit(approved)
        labels = [one.text() for one in dialog.reason_field.findChildren(QLabel)]
        assert said[approved] in labels


def test_whoever_takes_the_result_for_another_is_named(question, show):
    dialog = show(DeliverDialog(question("deliver")))
    assert not dialog.recipient.isVisible()
    dialog.ok_requested.emit()
    assert dialog.offered[0] == {
        "way": "in_person", "recipient": "", "relation": "本人", "place": "", "proof": "", "witness": "",
    }  # fmt: skip
    dialog.set_busy(False)
    dialog.who.set_value(False)
    dialog.who.chosen.emit(False)
    assert dialog.recipient.isVisible()
    dialog.ok_requested.emit()
    assert len(dialog.offered) == 1
    dialog.recipient.setText("韦大明")
    dialog.relation.setText("儿子")
    dialog.ok_requested.emit()
    assert (dialog.offered[1]["recipient"], dialog.offered[1]["relation"]) == ("韦大明", "儿子")


@pytest.mark.parametrize(
    ("way", "field"), [("post", "proof"), ("publication", "proof"), ("left", "witness")]
)
def test_proof_and_witness_are_asked_for_where_the_way_needs_them(question, show, way, field):
    dialog = show(DeliverDialog(question("deliver")))
    assert not dialog.witness.isVisible()
    dialog.way.set_value(way)
    dialog.way.chosen.emit(way)
    dialog.ok_requested.emit()
    assert dialog.offered == []
    assert dialog.fields[field].said_text
    dialog.fields[field].editor.setText("EMS 123")
    dialog.ok_requested.emit()
    assert dialog.offered[0][field] == "EMS 123"


# --- 联办, 更正, 移交 ---------------------------------------------------------------------------------


def test_a_joint_handling_has_two_parts_of_items_that_there_are(question, show):
    dialog = show(SplitDialog(question("split", items=("群众求助", "就业创业证申领"))))
    dialog.ok_requested.emit()
    assert dialog.fields["parts"].said_text == "请至少写两个部分，每个写明事项和部门。"
    fill(dialog)
    dialog.parts.lines()[0].cells[0].setText("没有这个事项")
    dialog.ok_requested.emit()
    assert "没有这个事项" in dialog.fields["parts"].said_text
    fill(dialog)
    dialog.ok_requested.emit()
    assert dialog.offered[0]["parts"][0] == {"item": "群众求助", "department": "信访办"}


@pytest.fixture
def correction(places, received):
    sheet = read_sheet(places.village.store, received, places.village.head)
    choice = next(one for one in sheet.acts if one.verb == "correct")
    return read_question(places.village.store, places.village.head, received, choice)


def test_a_correction_begins_with_what_was_taken_in_and_the_look_is_written_down(
    places, received, correction, show
):
    dialog = show(CorrectDialog(correction))
    assert dialog.name.text() == "韦小妹"
    assert dialog.id_number.text() == "450305196203151028"
    assert places.village.store.history(received)[-1].kind == "case.numbers_shown"


def test_only_what_was_changed_is_sent(correction, show):
    dialog = show(CorrectDialog(correction))
    dialog.reason.set_text("电话记错")
    dialog.ok_requested.emit()
    assert dialog.offered == []  # nothing was changed
    dialog.phone.setText("13900000000")
    dialog.ok_requested.emit()
    (given,) = dialog.offered
    assert set(given) == {"reason", "applicant"}
    assert given["applicant"]["phone"] == "13900000000"
    assert given["applicant"]["id_kind"] == "resident"


def test_a_correction_is_found_in_the_case_under_the_same_number(
    places, received, correction, show
):
    before = places.village.case(received)
    dialog = show(CorrectDialog(correction))
    dialog.reason.set_text("办理方式选错")
    dialog.mode.set_value(type(before.mode).ASSIST)
    dialog.note.set_text("请先打电话")
    tick(dialog.materials, 0)
    dialog.ok_requested.emit()
    after = act(places.village, received, "correct", **dialog.offered[0])
    assert (after.mode.value, after.note) == ("assist", "请先打电话")
    assert [one.index for one in after.materials] == [0]
    assert after.local_number == before.local_number
    assert after.applicant == before.applicant


def test_a_colleague_is_picked_by_name(places, received, show):
    colleague = places.village.person(Role.CLERK)
    sheet = read_sheet(places.village.store, received, places.village.head)
    choice = next(one for one in sheet.acts if one.verb == "hand_over")
    asked = read_question(places.village.store, places.village.head, received, choice)
    dialog = show(GeneralDialog(asked))
    dialog.ok_requested.emit()
    case = act(places.village, received, "hand_over", **dialog.offered[0])
    assert case.hand_over is not None
    assert case.hand_over.to == colleague.ref


@pytest.mark.parametrize("verb", sorted(ACTS))
def test_every_form_can_be_used_without_a_mouse_and_by_a_screen_reader(question, show, verb):
    dialog = dialog_for(question(verb), None) if verb != "correct" else None
    if dialog is not None:
        assert walks.faults(show(dialog)) == []


def test_the_form_of_a_correction_can_too(correction, show):
    assert walks.faults(show(CorrectDialog(correction))) == []


def test_forms_give_what_the_acts_take(places, show):
    subject = places.accepted(JOB_CARD)
    sheet = read_sheet(places.township.store, subject, places.township.head)
    assert sheet.primary is not None
    asked = read_question(places.township.store, places.township.head, subject, sheet.primary)
    dialog = show(dialog_for(asked, None))
    agree(dialog)
    case = act(places.township, subject, sheet.primary.verb, **dialog.offered[0])
    assert case.decision is not None
