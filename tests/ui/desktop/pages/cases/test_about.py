"""What is known of a case beside its papers: people, originals, cards, other cases."""

from __future__ import annotations

import pytest

from app.domain.events import PartyRole, Role
from app.usecases.parties import PartyForm, SigningForm
from tests.builders import a_case, act
from tests.ui.desktop.pages.cases.moments import LICENCE, Tiers
from tests.ui.desktop.pages.cases.places import DIBAO
from ui.desktop.look.mood import Mood
from ui.desktop.pages.cases.about import About
from ui.desktop.pages.cases.people import read_whole_people
from ui.desktop.pages.cases.sheet_reading import read_sheet

GUARDIAN = PartyForm(
    role=PartyRole.GUARDIAN,
    name="韦大明",
    id_number="450305196001013352",
    phone="13877311111",
    relation="儿子",
    basis="村委会指定",
)


@pytest.fixture
def about(qtbot):
    def shown(sheet):
        widget = About()
        qtbot.addWidget(widget)
        widget.show_sheet(sheet)
        widget.show()
        return widget

    return shown


def sheet_of(station, subject):
    return read_sheet(station.store, subject, station.head)


def said(lines):
    return [(line.label, line.text) for line in lines.shown()]


def test_others_are_masked_until_the_button_is_held(places, about):
    village = places.village
    subject = a_case(village, DIBAO, parties=(GUARDIAN,))
    widget = about(sheet_of(village, subject))
    ((label, text),) = said(widget.people)
    assert label == "监护人 · 儿子 · 村委会指定"
    assert "韦*明" in text
    assert "450305196001013352" not in text
    widget.reveal(read_whole_people(village.store, village.head, subject))
    assert "450305196001013352" in said(widget.people)[0][1]
    widget.hide_whole()
    assert "450305196001013352" not in said(widget.people)[0][1]


def test_who_cannot_sign_and_why_the_way_is_green_is_told(places):
    signing = SigningForm(written_by="蒙春燕", read_by="蒙春燕", witness="莫建国")
    subject = a_case(
        places.village, DIBAO, signing=signing, green="残疾人", staff_relative="代办员的叔父"
    )
    sheet = sheet_of(places.village, subject)
    known = {one.label: one for one in sheet.known}
    assert known["代书和见证"].text == "代书 蒙春燕 · 宣读 蒙春燕 · 见证 莫建国 · 按指印"
    assert known["绿色通道"].text == "残疾人"
    assert known["工作人员亲属"].mood is Mood.WARN
    assert (sheet.green, sheet.staff_relative) == ("残疾人", "代办员的叔父")


def test_originals_say_where_they_lie_and_that_they_went_back(places, about):
    subject = a_case(places.village, DIBAO)
    originals = [{"what": "残疾证"}, {"what": "户口簿", "whose": "韦大明"}]
    act(places.village, subject, "take_originals", originals=originals)
    act(places.village, subject, "return_originals", originals=[0], receiver="韦小妹")
    widget = about(sheet_of(places.village, subject))
    held, returned = said(widget.originals)
    assert held == ("保管中", "户口簿（韦*明，1 件），2026年11月20日起在湖塘村")
    assert returned[0] == "已退还"
    assert "韦*妹领回" in returned[1]


def test_a_correction_and_an_open_hand_over_are_told(places):
    village = places.village
    colleague = village.person(Role.CLERK)
    subject = a_case(village, DIBAO)
    act(village, subject, "correct", reason="电话记错", note="改过")
    act(village, subject, "hand_over", to=colleague.name)
    known = {one.label: one.text for one in sheet_of(village, subject).known}
    assert known["更正"] == "2026年11月20日 · 电话记错"
    assert colleague.name in known["移交"]


@pytest.fixture(scope="module")
def tiers(tmp_path_factory):
    made = Tiers(tmp_path_factory.mktemp("tiers"))
    yield made
    for station in made.all:
        station.store.close()


def test_parts_of_a_joint_handling_can_be_opened(tiers, about, qtbot):
    moment = tiers.accepted()
    parts = [
        {"item": "群众求助", "department": "信访办"},
        {"item": "就业创业证申领", "department": "人社所"},
    ]
    tiers.then(moment, "split", parts=parts)
    sheet = sheet_of(tiers.township, moment.subject)
    widget = about(sheet)
    assert said(widget.links)[0] == ("联办部分", "群众求助（信访办） · 办理中")
    with qtbot.waitSignal(widget.open_asked) as heard:
        widget.links.open_asked.emit(widget.links.shown()[0].opens)
    part = sheet_of(tiers.township, heard.args[0])
    assert [one.label for one in part.links] == ["联办主件"]


def test_a_procedure_and_an_extension_are_told_with_who_allowed_them(tiers):
    moment = tiers.accepted(LICENCE)
    tiers.then(moment, "extend", days=10, reason="要补测", approver="李镇长")
    tiers.then(moment, "pause", procedure="检验", days=5, approver="李镇长")
    known = {one.label: one for one in sheet_of(tiers.township, moment.subject).known}
    assert "进行中" in known["特别程序"].text
    assert "李镇长批准" in known["延期"].text


def test_a_card_says_whose_it_is_and_what_became_of_it(tiers):
    moment = tiers.carded("appeal_card")
    (card,) = sheet_of(tiers.township, moment.subject).cards
    assert card.label == "黄牌 · 申诉中"
    assert "停电三天" in card.text
    assert card.mood is Mood.BAD
