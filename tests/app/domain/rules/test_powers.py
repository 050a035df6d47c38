"""Who may do what: tiers, places, written authorisations, deputies, documents; items of the catalogue one by one."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from app.domain import events, rules
from app.domain.case import Case, State
from app.domain.clocks import ClockName
from app.domain.events import (
    ApproverAuthorised,
    Body,
    OperatorAway,
    OperatorChanged,
    PaperIssued,
    Role,
)
from app.domain.items import Delegation, Handling, Item, Level, Starts
from app.domain.papers import PaperKind
from app.domain.publications import Publications
from app.domain.regions import RegionCode, RegionTree, Tier
from app.domain.rules import Writer, writer_at
from app.domain.staff import Notice
from app.journal.clock import DAY_MS, hybrid
from app.journal.refs import Ref
from tests.app.domain.rules import scene
from tests.app.domain.rules.scene import (
    DAY,
    DISTRICT,
    LATER,
    TOWNSHIP,
    VILLAGE,
    a_case,
    at,
    authority,
    decided,
    deciding,
    done,
    forwarded,
    forwarding,
    in_progress,
    refusal,
    taking_over,
    under_examination,
)
from tests.builders import MORNING_MS, OTHER_TOWNSHIP, OTHER_VILLAGE, the_catalogue, the_regions

# --- tiers and places -----------------------------------------------------------------------------

ACTS: dict[str, tuple[Case, Body]] = {
    "take_over": (forwarded(), taking_over(TOWNSHIP)),
    "return": (under_examination(), scene.returning()),
    "ask": (under_examination(), scene.asking()),
    "accept": (under_examination(), events.CaseAccepted(on=DAY)),
    "refuse": (under_examination(), events.CaseRefused(on=DAY, reason="材料不实")),
    "receive_supplement": (scene.awaiting(), events.CaseSupplementReceived(on=DAY)),
    "lapse": (scene.awaiting(), events.CaseLapsed(on=date(2027, 6, 1))),
    "send_outside": (in_progress(), events.CaseSentOutside(on=DAY, body="区医院")),
    "decide": (in_progress(), deciding()),
    "complete": (
        under_examination(scene.INSTANT),
        events.CaseCompleted(on=DAY, result="已办结"),
    ),
}


@pytest.mark.parametrize("verb", ACTS)
@pytest.mark.parametrize("place", [VILLAGE, DISTRICT])
def test_only_the_tier_that_holds_the_power_acts_as_the_authority(verb: str, place: str):
    case, body = ACTS[verb]
    assert refusal(case, body, at(place)) == ("not_permitted", "not_the_authority")
    done(case, body, at(TOWNSHIP))


@pytest.mark.parametrize("verb", ACTS)
@pytest.mark.parametrize("place", [OTHER_TOWNSHIP, OTHER_VILLAGE])
def test_nobody_acts_on_a_case_of_another_place(verb: str, place: str):
    case, body = ACTS[verb]
    assert refusal(case, body, at(place)) == ("not_permitted", "other_region")


@pytest.mark.parametrize("body", [scene.registered(), forwarding(TOWNSHIP), scene.delivering()])
def test_nobody_at_all_may_nothing(body: Body):
    writer = Writer(region=RegionCode(VILLAGE), tier=Tier.VILLAGE, roles=frozenset())
    nobody = msgspec.structs.replace(at(VILLAGE), writer=writer)
    case = {events.CaseForwarded: a_case(), events.CaseDelivered: decided()}.get(type(body))
    assert refusal(case, body, nobody) == ("not_permitted", "role")


def test_at_a_village_the_agent_is_the_whole_window_but_does_not_decide():
    agent = at(VILLAGE, Role.AGENT)
    case = done(a_case(scene.DIRECT_AT_VILLAGE), taking_over(VILLAGE), agent)
    case = done(case, events.CaseAccepted(on=DAY), agent)
    assert refusal(case, deciding(), agent) == ("not_permitted", "role")
    assert done(case, deciding(), at(VILLAGE, Role.HEAD)).state is State.DECIDED


def test_the_township_examines_by_authorisation_and_the_district_decides():
    case = scene.passed_up()
    assert refusal(case, deciding(), at(TOWNSHIP)) == ("not_permitted", "not_the_authority")
    assert done(case, deciding(), at(DISTRICT)).state is State.DECIDED
    early = in_progress(scene.REVIEWED)
    assert refusal(early, deciding(), at(TOWNSHIP)) == ("not_permitted", "not_the_authority")


# --- authorisations and deputies ------------------------------------------------------------------

NOW = hybrid(MORNING_MS)
PERSON, OTHER = scene.PEOPLE[TOWNSHIP], scene.COLLEAGUES[TOWNSHIP]
FAR = date(2027, 12, 31)


def with_people(*roles: Role, others: tuple[Role, ...] = (Role.CLERK,)) -> Publications:
    """The township's person has these roles, the colleague those."""
    view = scene.publications()
    for ref, told in ((PERSON, roles), (OTHER, others)):
        view.staff.change(view.staff.now[ref], 0, OperatorChanged(roles=told))
    return view


def authorising(
    view: Publications,
    *items: str,
    since: date = DAY,
    until: date = FAR,
    at_ms: int = MORNING_MS - 1,
) -> None:
    told = ApproverAuthorised(operator=PERSON, items=items, since=since, until=until)
    notice = Notice(subject=PERSON, region=RegionCode(TOWNSHIP), at=hybrid(at_ms), told=told)
    view.staff.authorise(notice)


def as_published(view: Publications, by: Ref = PERSON, time: int = NOW) -> rules.Setting:
    """Somebody of the township with the roles that were published."""
    setting = at(TOWNSHIP, by=by, of=view, time=time)
    writer = writer_at(view, RegionCode(TOWNSHIP), Tier.TOWNSHIP, setting.writer.actor, time)
    return msgspec.structs.replace(setting, writer=writer)


def test_an_approver_decides_only_with_a_written_authorisation_for_the_item():
    view = with_people(Role.APPROVER)
    told = refusal(in_progress(), deciding(), as_published(view))
    assert told == ("not_permitted", "not_authorised")
    authorising(view, scene.LICENCE)
    assert refusal(in_progress(), deciding(), as_published(view))[1] == "not_authorised"
    authorising(view, scene.LICENCE, scene.PLAIN)
    assert done(in_progress(), deciding(), as_published(view)).state is State.DECIDED


def test_an_authorisation_for_no_item_in_particular_is_for_all():
    view = with_people(Role.APPROVER)
    authorising(view)
    assert done(in_progress(), deciding(), as_published(view)).state is State.DECIDED


@pytest.mark.parametrize(
    ("since", "until"), [(LATER, FAR), (date(2026, 1, 1), date(2026, 11, 19)), (FAR, DAY)]
)
def test_an_authorisation_holds_in_its_days(since: date, until: date):
    view = with_people(Role.APPROVER)
    authorising(view, since=since, until=until)
    assert refusal(in_progress(), deciding(), as_published(view))[1] == "not_authorised"


def test_what_was_decided_before_an_authorisation_was_withdrawn_keeps_its_effect():
    view = with_people(Role.APPROVER)
    authorising(view)
    authorising(view, since=FAR, until=DAY, at_ms=MORNING_MS + DAY_MS)
    done(in_progress(), deciding(), as_published(view))
    later = as_published(view, time=hybrid(MORNING_MS + 2 * DAY_MS))
    assert refusal(in_progress(), deciding(), later)[1] == "not_authorised"


def test_a_head_decides_by_office():
    assert done(in_progress(), deciding(), as_published(with_people(Role.HEAD))).decision


def away(view: Publications, since: date = DAY, until: date = FAR) -> None:
    told = OperatorAway(operator=PERSON, deputy=OTHER, since=since, until=until)
    notice = Notice(subject=PERSON, region=RegionCode(TOWNSHIP), at=hybrid(0), told=told)
    view.staff.note_away(notice)


def test_a_deputy_decides_with_the_powers_of_whoever_is_away():
    view = with_people(Role.APPROVER)
    authorising(view, scene.PLAIN)
    assert refusal(in_progress(), deciding(), as_published(view, OTHER)) == (
        "not_permitted",
        "role",
    )
    away(view)
    case = done(in_progress(), deciding(), as_published(view, OTHER))
    assert case.state is State.DECIDED
    assert OTHER in case.handlers
    licence = refusal(in_progress(scene.LICENCE), deciding(), as_published(view, OTHER))
    assert licence == ("not_permitted", "not_authorised")


def test_a_deputy_stands_in_for_the_days_of_the_notice():
    view = with_people(Role.HEAD)
    away(view, since=LATER)
    assert refusal(in_progress(), deciding(), as_published(view, OTHER)) == (
        "not_permitted",
        "role",
    )
    later = as_published(view, OTHER, hybrid(MORNING_MS + 5 * DAY_MS))
    assert done(in_progress(), deciding(), later).decision is not None


def test_whoever_left_may_do_nothing_but_what_was_done_before_stays():
    view = with_people(Role.HEAD)
    left = OperatorChanged(roles=(Role.HEAD,), left=True)
    view.staff.change(view.staff.now[PERSON], hybrid(MORNING_MS + DAY_MS), left)
    assert done(in_progress(), deciding(), as_published(view)).decision is not None
    later = as_published(view, time=hybrid(MORNING_MS + 2 * DAY_MS))
    assert refusal(in_progress(), deciding(), later) == ("not_permitted", "role")


def test_somebody_of_another_station_has_no_roles_here():
    view = scene.publications()
    stranger = scene.PEOPLE[DISTRICT]
    writer = writer_at(view, RegionCode(TOWNSHIP), Tier.TOWNSHIP, stranger, NOW)
    assert writer.roles == frozenset()


# --- documents ------------------------------------------------------------------------------------


def paper(kind: PaperKind) -> PaperIssued:
    return PaperIssued(
        paper=kind.value, word="朝政服决", year=2026, slot="A1", running=1, on=DAY, template=1, facts=b"",
    )  # fmt: skip


SEALED = [kind for kind in PaperKind if kind.authority_only]
ELSEWHERE = ("not_permitted", "not_the_authority")


@pytest.mark.parametrize("kind", SEALED)
def test_a_document_comes_only_from_the_tier_that_has_the_power(kind: PaperKind):
    assert refusal(decided(), paper(kind), at(VILLAGE)) == ELSEWHERE
    assert refusal(decided(), paper(kind), at(DISTRICT)) == ELSEWHERE
    assert done(decided(), paper(kind), at(TOWNSHIP)).papers
    assert done(decided(), paper(PaperKind.MATERIALS_RECEIPT), at(VILLAGE)).papers


def test_a_decision_comes_from_the_tier_that_decides_and_an_acceptance_from_the_one_below():
    case = decided(scene.REVIEWED)
    for kind in (PaperKind.DECISION, PaperKind.EXTENSION):
        assert refusal(case, paper(kind), at(TOWNSHIP)) == ELSEWHERE
        assert done(case, paper(kind), at(DISTRICT)).papers
    for kind in (PaperKind.ACCEPTANCE, PaperKind.RETURN_NOTICE):
        assert done(case, paper(kind), at(TOWNSHIP)).papers
        assert refusal(case, paper(kind), at(DISTRICT)) == ELSEWHERE


def test_a_special_procedure_is_told_by_either_tier_that_has_the_case_in_hand():
    case = decided(scene.REVIEWED)
    for place in (TOWNSHIP, DISTRICT):
        assert done(case, paper(PaperKind.SPECIAL_PROCEDURE), at(place)).papers
    assert refusal(case, paper(PaperKind.SPECIAL_PROCEDURE), at(VILLAGE)) == ELSEWHERE


@pytest.mark.parametrize("place", [VILLAGE, TOWNSHIP, DISTRICT])
def test_what_a_body_outside_decides_nobody_here_prints_as_a_decision(place: str):
    case = done(scene.answered(), deciding(), at(TOWNSHIP))
    assert refusal(case, paper(PaperKind.DECISION), at(place)) == ELSEWHERE


def test_an_extension_of_what_a_body_outside_decides_is_told_by_whoever_asked_it_to():
    case = done(scene.answered(), deciding(), at(TOWNSHIP))
    assert done(case, paper(PaperKind.EXTENSION), at(TOWNSHIP)).papers


# --- items of the catalogue, one by one -----------------------------------------------------------

CASE_ITEMS = [item for item in the_catalogue().items if item.handling is Handling.CASE]


@pytest.mark.parametrize("item", CASE_ITEMS, ids=lambda item: item.id)
def test_every_item_of_the_catalogue_runs_its_own_clock_from_where_it_says(item: Item):
    level = rules.examining_level(item)
    receives = item.delegation is not Delegation.NONE or item.decides is Level.EXTERNAL
    assert level is (item.receives if receives else item.decides)
    if level.tier is None:
        target = rules.forwarding_target(a_case(item.id), item, scene.the_publications())
        assert target is None
        return
    under = under_examination(item.id, LATER)
    accepted = done(under, events.CaseAccepted(on=LATER), at(authority(item.id)))
    promised = [clock for clock in accepted.clocks if clock.name is ClockName.PROMISED]
    assert [(clock.days, clock.unit) for clock in promised] == [
        (item.clock.promised, item.clock.unit)
    ]
    began_early = any(clock.name is ClockName.PROMISED for clock in under.clocks)
    assert began_early is (item.clock.starts is not Starts.ACCEPTANCE)
    filed_at_village = item.clock.starts is Starts.RECEIPT and item.receives is Level.VILLAGE
    assert promised[0].starts == (DAY if filed_at_village else LATER)
    statutory = [clock.days for clock in accepted.clocks if clock.name is ClockName.STATUTORY]
    assert statutory == ([] if item.clock.statutory is None else [item.clock.statutory])


@pytest.mark.parametrize("item", CASE_ITEMS, ids=lambda item: item.id)
def test_every_item_of_the_catalogue_can_be_brought_to_its_end(item: Item):
    """By accompanying where nobody here examines it, else through all tiers that have a part in it."""
    if rules.examining_level(item).tier is None:
        body = events.CaseConcluded(on=DAY, outcome="已办")
        assert done(a_case(item.id), body, at(VILLAGE)).state.ended
        return
    if item.decides is Level.EXTERNAL:
        case = done(scene.answered(item.id), deciding(), at(authority(item.id)))
    else:
        case = decided(item.id)
    assert done(case, scene.delivering(), at(VILLAGE)).state is State.DELIVERED


# --- regions that change --------------------------------------------------------------------------


def test_a_township_that_was_merged_is_where_its_successor_is():
    merged = tuple(
        msgspec.structs.replace(row, until=DAY, successor=RegionCode(OTHER_TOWNSHIP))
        if row.code == TOWNSHIP
        else row
        for row in the_regions()
    )
    view = scene.publications()
    view.tree = RegionTree(merged)
    here, there = at(VILLAGE, of=view), at(OTHER_TOWNSHIP, of=view)
    to_the_old = forwarding(TOWNSHIP)
    assert refusal(a_case(), to_the_old, here) == ("not_permitted", "not_the_authority")
    case = done(a_case(), to_the_old, at(VILLAGE))  # before the merger
    case = done(case, taking_over(OTHER_TOWNSHIP), there)
    assert case.state is State.UNDER_EXAMINATION
    own = done(None, scene.registered(station=TOWNSHIP), at(TOWNSHIP, region=TOWNSHIP, of=view))
    there = at(OTHER_TOWNSHIP, region=TOWNSHIP, of=view)
    assert done(own, taking_over(OTHER_TOWNSHIP), there).place == OTHER_TOWNSHIP
