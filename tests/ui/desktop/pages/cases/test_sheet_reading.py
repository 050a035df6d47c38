"""What the detail of a case says, at the three tiers."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from app.domain.calendar import Overlay
from app.domain.case import State
from app.domain.events import OverlayPublished, RegionsPublished, Role
from app.domain.papers import PaperKind
from app.domain.regions import RegionCode
from app.usecases import papers, repairs
from app.usecases.lookup import UnknownNumber, Whereabouts
from app.usecases.materials import MaterialForm
from tests.builders import (
    DISTRICT,
    OTHER_TOWNSHIP,
    VILLAGE,
    a_case,
    a_station,
    act,
    meet,
    the_item,
    the_regions,
)
from tests.ui.desktop.pages.cases.places import DIBAO, JOB_CARD
from ui.desktop.look.mood import Mood
from ui.desktop.pages.cases.people import read_whole_people
from ui.desktop.pages.cases.sheet import NoteKind, news_since
from ui.desktop.pages.cases.sheet_reading import read_sheet

GIVEN = (MaterialForm(name=the_item(DIBAO).materials[0].name, original=True, copies=1, pages=2),)


def sheet_at(station, subject, by=None):
    return read_sheet(station.store, subject, by or station.head)


def test_numbers_and_name_are_masked(places):
    sheet = sheet_at(places.village, a_case(places.village, DIBAO))
    assert sheet.applicant.name == "韦*妹"
    assert sheet.applicant.id_number == "450305********1028"
    assert sheet.applicant.phone == "138****0000"
    assert sheet.applicant.about == "女 · 64 岁"
    whole = msgspec.json.encode(sheet).decode()
    assert "450305196203151028" not in whole
    assert "韦小妹" not in whole


def test_whole_numbers_are_read_with_an_entry(places):
    subject = a_case(places.village, DIBAO)
    person, *_ = read_whole_people(places.village.store, places.village.head, subject)
    assert (person.name, person.id_number, person.phone) == (
        "韦小妹",
        "450305196203151028",
        "13877300000",
    )
    last = sheet_at(places.village, subject).steps[-1]
    assert last.title == "查看完整号码"


def test_a_village_may_forward_and_supply_what_is_missing(places):
    sheet = sheet_at(places.village, a_case(places.village, DIBAO))
    assert {"supply", "forward"} <= {one.verb for one in sheet.acts}
    assert sheet.primary.verb == "supply"
    assert sheet.missing
    assert sheet.where is Whereabouts.HERE


def test_the_acts_come_in_the_order_of_use(places):
    sheet = sheet_at(places.township, places.examined())
    ordinary = [one.label for one in sheet.acts if one.has_button]
    assert ordinary[:4] == ["受理", "一次性告知补正", "退回", "不予受理"]
    assert sheet.primary is not None
    assert not sheet.primary.asks


def test_what_may_be_done_at_any_time_is_never_the_next_act(places):
    subject = places.in_transit()
    sheet = sheet_at(places.village, subject)
    assert {one.verb for one in sheet.acts} >= {"mark", "withdraw"}
    assert sheet.primary is None


def test_a_clerk_does_not_decide(places):
    subject = places.accepted(JOB_CARD)
    clerk = places.township.person(Role.CLERK)
    assert "decide" not in [one.verb for one in sheet_at(places.township, subject, clerk).acts]
    assert sheet_at(places.township, subject).primary.verb == "decide"


def test_the_district_sees_the_case_and_may_not_act_on_what_is_not_its_own(places, tmp_path):
    subject = places.examined()
    district = a_station(places.village.district, DISTRICT, tmp_path / "district")
    meet(places.village, places.township, district)
    sheet = sheet_at(district, subject)
    assert sheet.state is State.UNDER_EXAMINATION
    assert not {"accept", "refuse", "decide"} & {one.verb for one in sheet.acts}
    assert sheet.official_number
    district.store.close()


def test_the_checklist_says_what_is_there_and_what_everybody_must_bring(places):
    sheet = sheet_at(places.village, a_case(places.village, DIBAO, materials=GIVEN))
    first, *others = sheet.materials
    assert (first.given, first.pages) == (True, 2)
    assert first.name not in sheet.missing
    assert not any(one.given for one in others)


def test_both_clocks_are_told(places):
    step, decision = sheet_at(places.township, places.examined()).clocks
    assert (step.label, step.left) == ("受理审查 5 个工作日", "剩余 5 个工作日")
    assert decision.label.startswith("承诺 ")
    assert decision.left == "受理后开始"
    places.township.wall.turn(days=3)  # Friday to Monday
    step, _ = sheet_at(places.township, places.examined(name="覃二")).clocks
    assert step.share == 0


def test_a_return_for_defects_stands_over_the_case_with_all_of_them(places):
    subject = places.examined()
    act(places.township, subject, "return", reason="defects", defects=["缺户口簿", "账号不清"])
    places.meet()
    sheet = sheet_at(places.village, subject)
    (note,) = sheet.notes
    assert note.mood is Mood.WARN
    assert note.text.endswith("告知补正：\n1. 缺户口簿\n2. 账号不清")
    assert sheet.clocks[-1].left in ("受理后开始", "接收后重新开始")


def test_a_decision_and_a_refusal_stand_over_the_case(places):
    approved = sheet_at(places.village, places.decided())
    assert "决定：准予" in approved.notes[0].text
    subject = places.examined(name="覃二")
    act(places.township, subject, "refuse", reason="不在本辖区居住")
    refused = sheet_at(places.township, subject)
    assert "不予受理：不在本辖区居住" in refused.notes[0].text
    assert refused.notes[0].mood is Mood.BAD


def test_a_possible_duplicate_says_who_where_when_and_why(places):
    first = a_case(places.village, DIBAO)
    second = a_case(places.village, DIBAO)
    (one,) = sheet_at(places.village, second).duplicates
    assert one.title == "韦*妹 2026年11月20日在湖塘村登记的“最低生活保障审核确认”，已收件"
    assert one.why.endswith("-0001 · 同一人：证件号码相同，姓名相同")
    assert (one.chip, one.subject) == ("可能重复", first)
    act(places.village, first, "compare", other=str(second), same=True)
    (one,) = sheet_at(places.village, second).duplicates
    assert (one.chip, one.mood) == ("重复件", Mood.BAD)
    act(places.village, first, "compare", other=str(second), same=False)
    assert sheet_at(places.village, second).duplicates == ()


def test_what_happened_says_who_where_and_what(places):
    subject = places.in_transit()
    steps = sheet_at(places.township, subject).steps
    assert [step.title for step in steps] == ["登记", "转报"]
    assert steps[1].text == "湖塘村的第一人把材料转往朝阳乡。"
    assert (steps[1].day, steps[1].when) == ("今天", "09:00")


def test_looks_that_follow_each_other_are_one_step(places):
    village = places.village
    subject = a_case(village, DIBAO)
    colleague = village.person(Role.CLERK)
    for by in (village.head, colleague, village.head):
        read_whole_people(village.store, by, subject)
        village.wall.turn(ms=3_600_000)
    steps = sheet_at(village, subject).steps
    assert [step.title for step in steps] == ["登记", "查看完整号码"]
    said = f"湖塘村的第一人 2 次、湖塘村的{colleague.name}查看了完整号码。"
    assert steps[1].text == said


def test_an_act_without_effect_says_why_and_what_to_do(places):
    subject = places.decided()
    act(places.village, subject, "deliver")
    act(places.township, subject, "deliver")  # neither knows of the other
    places.meet()
    sheet = sheet_at(places.village, subject)
    own = next(step for step in sheet.steps if step.without_effect)
    assert (own.title, own.own, own.mood) == ("送达", True, Mood.BAD)
    assert "没有生效：与当时的状态不合" in own.text
    assert "请按现在的状态接着办" in own.text
    note = sheet.notes[0]
    assert note.text.startswith("本站的“送达”没有生效：那时办件已是“已送达”。")
    assert (note.kind, note.subject, note.told) == (NoteKind.MISFIT, own.ref, True)
    repairs.settle(places.village.store, own.ref)
    assert all(one.kind is not NoteKind.MISFIT for one in sheet_at(places.village, subject).notes)
    there = sheet_at(places.township, subject)
    other = next(step for step in there.steps if step.without_effect)
    assert "本站不用再做什么" in other.text
    told = [note for note in there.notes if "没有生效" in note.text]
    assert [note.mood for note in told] == [
        Mood.INFO
    ]  # the authority hears of it, and has nothing to do


def test_what_others_did_between_two_looks_is_news_and_ones_own_acts_are_not(places):
    subject = places.in_transit()
    before = sheet_at(places.village, subject)
    act(places.township, subject, "take_over")
    places.meet()
    now = sheet_at(places.village, subject)
    assert [step.title for step in news_since(before, now)] == ["接收"]
    there = sheet_at(places.township, subject)
    assert news_since(there, there) == ()


def test_papers_that_may_be_printed_and_those_that_were(places):
    subject = a_case(places.village, DIBAO)
    sheet = sheet_at(places.village, subject)
    assert sheet.paper_due is not None
    assert PaperKind.MATERIALS_RECEIPT in [paper.kind for paper in sheet.to_print]
    papers.issue(
        places.village.store,
        subject,
        PaperKind.MATERIALS_RECEIPT,
        by=places.village.head,
        render=lambda _: b"%PDF",
    )
    sheet = sheet_at(places.village, subject)
    assert [paper.label for paper in sheet.papers] == ["收件回执"]
    assert "湖塘政服收" in sheet.papers[0].number


def test_a_case_that_is_not_here_is_refused(places):
    with pytest.raises(UnknownNumber):
        sheet_at(places.village, places.village.head.ref)


def test_who_has_the_case_now_is_said_where_nobody_here_may_act(places):
    subject = places.accepted(DIBAO)

    act(places.township, subject, "pass_up", opinion="符合条件")
    sheet = sheet_at(places.township, subject)

    assert sheet.primary is None
    assert any("七星区" in note.text and "待决定" in note.text for note in sheet.notes)


def test_a_part_whose_parent_has_ended_says_so_and_where_it_is_ended(places):
    subject = places.accepted(JOB_CARD)
    parts = [{"item": JOB_CARD, "department": one} for one in ("人社所", "民政办")]
    (part, *_) = act(places.township, subject, "split", parts=parts).children
    assert not any("主件" in note.text for note in sheet_at(places.township, part.subject).notes)
    places.meet()
    act(places.village, subject, "withdraw", reason="不办了")
    places.meet()
    (note,) = (one for one in sheet_at(places.township, part.subject).notes if "主件" in one.text)
    assert (note.mood, "已撤回" in note.text) == (Mood.WARN, True)
    primary = sheet_at(places.township, subject).primary
    assert primary is not None
    assert primary.verb == "end_parts"


def test_at_the_station_whose_turn_it_is_nothing_of_the_kind_is_said(places):
    subject = places.examined(DIBAO)

    assert not any("现在等" in note.text for note in sheet_at(places.township, subject).notes)


def test_a_township_whose_village_left_is_told_that_it_hears_no_more(places):
    subject = places.examined(DIBAO)
    rows = tuple(
        msgspec.structs.replace(row, parent=RegionCode(OTHER_TOWNSHIP))
        if row.code == VILLAGE
        else row
        for row in the_regions()
    )
    places.township.district.publish(RegionsPublished(regions=rows))
    places.meet()

    sheet = sheet_at(places.township, subject)

    assert sheet.acts == ()
    (note,) = (note for note in sheet.notes if "划归" in note.text)
    assert note.text == "这件所在的村已经划归桂林华侨旅游经济区，后来的情况本站不再收到。"
    assert not any("划归" in note.text for note in sheet_at(places.village, subject).notes)


def test_a_limit_that_moved_since_it_was_printed_says_both_days(places):
    subject = places.examined()
    act(places.township, subject, "accept")
    store, head = places.township.store, places.township.head
    papers.issue(store, subject, PaperKind.ACCEPTANCE, by=head, render=lambda _: b"")
    assert not any("印的是" in note.text for note in sheet_at(places.township, subject).notes)
    overlay = Overlay(RegionCode(DISTRICT), (date(2026, 11, 26),), (), "桂政办")
    places.township.district.publish(OverlayPublished(overlay=overlay))
    places.meet()
    (said,) = [
        note.text for note in sheet_at(places.township, subject).notes if "印的是" in note.text
    ]
    assert said == ("承诺时限：《受理通知书》上印的是2026年12月21日到期，现在是2026年12月22日。")
