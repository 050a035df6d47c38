"""The agent's papers: when they are due and what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.events import PartyRole, Role
from app.domain.items import Mode
from app.domain.papers import (
    AgencyClosed,
    AgencyEnded,
    CaseRecord,
    Mandate,
    PaperKind,
    copies_of,
)
from app.journal.refs import Ref
from app.usecases import papers
from app.usecases.materials import MaterialForm
from app.usecases.paper_facts import PaperNotDue, PaperNotOurs
from app.usecases.parties import PartyForm, SigningForm
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    act,
    meet,
    the_item,
)

Stations = tuple[Station, Station]
NUMBER = "450305196203151028"
PROOF = MaterialForm(name=the_item("IT022").materials[0].name, original=True, held=True)
COPIES = MaterialForm(name=the_item("IT022").materials[1].name, original=True, copies=2)


@pytest.fixture
def stations(tmp_path: Path) -> Stations:
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path / "v")
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    meet(village, township)
    return village, township


def seen(station: Station, subject: Ref, kind: PaperKind) -> object:
    return papers.preview(station.store, subject, kind)


def due(station: Station, subject: Ref) -> set[PaperKind]:
    return {one.kind for one in papers.due(station.store, station.case(subject))}


def issue(station: Station, subject: Ref, kind: PaperKind) -> papers.Issued:
    return papers.issue(
        station.store, subject, kind, by=station.head, render=lambda facts: repr(facts).encode()
    )


def decided(stations: Stations, subject: Ref) -> None:
    village, township = stations
    act(village, subject, "forward")
    meet(*stations)
    for verb in ("take_over", "accept"):
        act(township, subject, verb)
    act(township, subject, "decide", approved=True, result="发证")
    meet(*stations)


# --- the mandate ------------------------------------------------------------------------------------


def test_a_mandate_names_both_sides_whole_and_what_was_handed_over(stations: Stations):
    village, _ = stations
    subject = a_case(village, materials=(PROOF, COPIES), applicant={"address": "湖塘村3组"})
    facts = seen(village, subject, PaperKind.MANDATE)
    assert isinstance(facts, Mandate)
    assert (facts.principal.name, facts.principal.id_number) == ("韦小妹", NUMBER)
    assert (facts.principal.phone, facts.principal.address) == ("13877300000", "湖塘村3组")
    assert (facts.agent.name, facts.agent.address) == (
        village.head.name,
        village.store.certificate.station,
    )
    assert [line.name for line in facts.materials] == [PROOF.name, COPIES.name]
    assert facts.materials[0].originals_held
    assert facts.fees.startswith("代办服务不收取任何费用")
    assert facts.signing == ()
    assert facts.acting == ()
    assert len(copies_of(facts)) == 2
    assert facts.signed_on == village.case(subject).received_on


def test_for_somebody_who_cannot_write_the_mandate_says_who_wrote_read_and_saw(stations: Stations):
    village, _ = stations
    signing = SigningForm(written_by="蒙春燕", read_by="蒙春燕", witness="莫建国")
    facts = seen(village, a_case(village, signing=signing), PaperKind.MANDATE)
    assert isinstance(facts, Mandate)
    (one,) = facts.signing
    assert (one.written_by, one.read_by, one.witness) == ("蒙春燕", "蒙春燕", "莫建国")
    assert one.fingerprint


@pytest.mark.parametrize(
    ("role", "words"), [(PartyRole.GUARDIAN, "法定代理人"), (PartyRole.ATTORNEY, "委托代理人")]
)
def test_whoever_acts_for_the_applicant_stands_on_the_mandate_and_has_a_copy(
    stations: Stations, role: PartyRole, words: str
):
    village, _ = stations
    other = PartyForm(name="韦大山", role=role, relation="父亲", basis="户口簿")
    facts = seen(village, a_case(village, parties=(other,)), PaperKind.MANDATE)
    assert isinstance(facts, Mandate)
    (acting,) = facts.acting
    assert (acting.role, acting.name, acting.basis) == (words, "韦大山", "父亲，户口簿")
    assert copies_of(facts)[-1] == f"第三联 {words}留存"


def test_there_is_no_mandate_where_the_agent_does_not_act_or_none_was_given(stations: Stations):
    village, township = stations
    for subject in (a_case(village, "IT009"), a_case(village, mandate=False)):
        with pytest.raises(PaperNotDue):
            seen(village, subject, PaperKind.MANDATE)
    subject = a_case(village)
    meet(*stations)
    with pytest.raises(PaperNotOurs):
        seen(township, subject, PaperKind.MANDATE)


def test_a_mandate_is_printed_again_after_the_end_but_not_for_the_first_time(stations: Stations):
    village, _ = stations
    printed, never = a_case(village), a_case(village, name="韦大山")
    first = issue(village, printed, PaperKind.MANDATE).facts
    for subject in (printed, never):
        act(village, subject, "withdraw", reason="不办了")
    again = issue(village, printed, PaperKind.MANDATE).facts
    assert (again.number, again.reprint) == (first.number, 1)
    assert PaperKind.MANDATE not in due(village, never)


# --- how it ended -----------------------------------------------------------------------------------


def test_a_withdrawn_request_ends_the_agency_and_says_what_goes_back(stations: Stations):
    village, _ = stations
    subject = a_case(village, materials=(PROOF, COPIES))
    assert PaperKind.AGENCY_ENDED not in due(village, subject)
    act(village, subject, "withdraw", reason="已到外地生活")
    facts = seen(village, subject, PaperKind.AGENCY_ENDED)
    assert isinstance(facts, AgencyEnded)
    assert (facts.ending, facts.reason) == ("申请人撤回申请", "已到外地生活")
    assert "450305********1028" in repr(facts)
    assert NUMBER not in repr(facts)
    waits, kept = facts.returned
    station = village.store.certificate.station
    assert (waits.what, waits.outcome) == (PROOF.name, f"待退还，存{station}")
    assert (kept.count, kept.outcome) == (
        "原件1件，复印件2份",
        "原件收件时当场退还，复印件随卷存档",
    )
    act(village, subject, "return_originals", receiver="韦小妹")
    facts = seen(village, subject, PaperKind.AGENCY_ENDED)
    assert isinstance(facts, AgencyEnded)
    assert facts.returned[0].outcome == "2026年11月20日退还韦小妹"
    assert PaperKind.AGENCY_CLOSED not in due(village, subject)


def test_a_refusal_ends_the_agency_and_leads_to_the_right_place(stations: Stations):
    village, township = stations
    subject = a_case(village)
    act(village, subject, "forward")
    meet(*stations)
    act(township, subject, "take_over")
    act(township, subject, "refuse", reason="不属于受理范围", right_authority="县社保局")
    meet(*stations)
    facts = seen(village, subject, PaperKind.AGENCY_ENDED)
    assert isinstance(facts, AgencyEnded)
    assert facts.reason == "不属于受理范围。该事项请向县社保局提出。"
    assert "《不予受理通知书》" in facts.consequence


def test_nothing_supplied_in_time_ends_the_agency(stations: Stations):
    village, township = stations
    subject = a_case(village)
    act(village, subject, "forward")
    meet(*stations)
    act(township, subject, "take_over")
    act(township, subject, "ask_supplement", defects=[{"what": "缺照片"}], days=1)
    township.wall.turn(days=10)
    act(township, subject, "lapse", note="电话催过两次")
    meet(*stations)
    facts = seen(village, subject, PaperKind.AGENCY_ENDED)
    assert isinstance(facts, AgencyEnded)
    assert (facts.ending, facts.reason) == ("逾期未补正，按退件处理", "电话催过两次")


def test_an_applicant_who_goes_alone_after_all_ends_the_agency_of_an_open_case(stations: Stations):
    village, _ = stations
    subject = a_case(village)
    act(village, subject, "correct", reason="申请人要求本人办理", mode=Mode.ASSIST.value)
    assert {PaperKind.AGENCY_ENDED} == due(village, subject) & {
        PaperKind.MANDATE,
        PaperKind.AGENCY_ENDED,
        PaperKind.AGENCY_CLOSED,
    }
    facts = seen(village, subject, PaperKind.AGENCY_ENDED)
    assert isinstance(facts, AgencyEnded)
    assert (facts.ending, facts.reason) == ("办理方式改为协办", "申请人要求本人办理")
    assert "本件继续办理" in facts.consequence


def test_an_end_that_the_authority_overtook_does_not_stand(stations: Stations):
    """Withdrawn in the village without a line, while the township had decided already."""
    village, township = stations
    subject = a_case(village)
    act(village, subject, "forward")
    meet(*stations)
    for verb in ("take_over", "accept"):
        act(township, subject, verb)
    act(township, subject, "decide", approved=True)
    act(village, subject, "withdraw", reason="不办了")
    issue(village, subject, PaperKind.AGENCY_ENDED)
    meet(*stations)
    case = village.case(subject)
    assert [case.stands(paper) for paper in case.papers] == [False]


# --- what came of it --------------------------------------------------------------------------------


def test_what_was_handed_over_by_whom_to_whom(stations: Stations):
    village, township = stations
    subject = a_case(village, materials=(PROOF,))
    decided(stations, subject)
    issue(township, subject, PaperKind.DECISION)
    act(township, subject, "certify", name="就业创业证", number="桂就2026001")
    meet(*stations)
    assert PaperKind.AGENCY_CLOSED not in due(village, subject)
    act(
        village,
        subject,
        "deliver",
        recipient="韦大山",
        relation="配偶",
        way="proxy",
        proof="已签字",
    )
    facts = seen(village, subject, PaperKind.AGENCY_CLOSED)
    assert isinstance(facts, AgencyClosed)
    assert [one.title for one in facts.results] == ["准予决定书", "就业创业证"]
    assert facts.results[0].number.endswith("〔2026〕1号")
    assert (facts.handed_by, facts.received_by) == ("湖塘村的第一人", "韦大山")
    assert (facts.relation, facts.way, facts.proof) == ("配偶", "代办员转交", "已签字")
    assert facts.outcome == "准予：发证"
    assert facts.returned
    assert PaperKind.AGENCY_ENDED not in due(village, subject)


def test_what_was_done_at_once_is_closed_too(stations: Stations):
    village, township = stations
    subject = a_case(village, "IT011")
    act(village, subject, "forward")
    meet(*stations)
    act(township, subject, "take_over")
    act(township, subject, "complete", result="已发老年人优待证")
    meet(*stations)
    facts = seen(village, subject, PaperKind.AGENCY_CLOSED)
    assert isinstance(facts, AgencyClosed)
    assert (facts.outcome, facts.handed_by) == ("已发老年人优待证", "朝阳乡的第一人")
    assert facts.results == ()


# --- the whole way ----------------------------------------------------------------------------------


def test_the_record_has_every_step_with_its_day_and_person_and_what_was_asked_afterwards(
    stations: Stations,
):
    village, township = stations
    subject = a_case(village)
    issue(village, subject, PaperKind.MANDATE)
    issue(village, subject, PaperKind.MANDATE)
    decided(stations, subject)
    act(village, subject, "deliver")
    meet(*stations)
    assert PaperKind.CASE_RECORD in due(village, subject) & due(township, subject)
    clerk = township.person(Role.CLERK)
    act(township, subject, "follow_up", by=clerk, grade="poor", opinion="太慢")
    act(township, subject, "rectify", measures="已上门说明")
    meet(*stations)
    facts = seen(village, subject, PaperKind.CASE_RECORD)
    assert isinstance(facts, CaseRecord)
    said = [one.what for one in facts.steps]
    assert said[0].startswith("登记收件（代办），收材料0件")
    assert [words for words in said if "代办委托书" in words] == [said[1]]  # not the reprint
    assert said[2:] == [
        "把材料转往朝阳乡。",
        said[3],
        "受理了申请。",
        "作出准予决定，发证。",
        "直接送达，韦*妹（本人）收下结果。",
        "电话回访：不满意，太慢。",
        "登记整改情况：已上门说明。",
    ]
    assert {one.who for one in facts.steps} == {
        "湖塘村的第一人", "朝阳乡的第一人", f"朝阳乡的{clerk.name}",
    }  # fmt: skip
    (asked,), (mended,) = facts.followed_up, facts.rectified
    assert (asked.who, asked.grade, asked.opinion) == (f"朝阳乡的{clerk.name}", "不满意", "太慢")
    assert mended.what == "已上门说明"
    assert facts.phone == "138****0000"
    assert NUMBER not in repr(facts)


def test_printing_the_record_is_no_step_of_it_so_that_it_can_be_printed_again(stations: Stations):
    village, _ = stations
    subject = a_case(village)
    act(village, subject, "withdraw", reason="不办了")
    first, second = (issue(village, subject, PaperKind.CASE_RECORD).facts for _ in range(2))
    assert (second.number, second.reprint) == (first.number, 1)
    assert isinstance(second, CaseRecord)
    assert second.result == "申请人撤回申请：不办了"


def test_there_is_no_record_of_a_case_that_goes_on_or_that_no_agent_carried(stations: Stations):
    village, _ = stations
    going_on, accompanied = a_case(village), a_case(village, "IT009")
    act(village, accompanied, "withdraw", reason="不办了")
    for subject in (going_on, accompanied):
        assert PaperKind.CASE_RECORD not in due(village, subject)


def test_a_backlog_case_begins_on_the_day_on_which_it_was_received(stations: Stations):
    village, _ = stations
    received = village.case(a_case(village)).received_on.replace(day=2)
    subject = a_case(village, name="韦大山", received_on=received)
    act(village, subject, "withdraw", reason="不办了")
    facts = seen(village, subject, PaperKind.CASE_RECORD)
    assert isinstance(facts, CaseRecord)
    assert facts.steps[0].on == received
