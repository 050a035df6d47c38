"""A case in every state, with what may lie beside it, and every act as somebody with all powers would do it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from app.domain import events, rules
from app.domain.case import Card, CardState, Case, Original, State
from app.domain.clocks import ClockName
from app.domain.events import (
    Appraisal,
    Body,
    CardGrade,
    CustodyMove,
    DeliveryWay,
    Grade,
    KeptOriginal,
    ReturnReason,
)
from app.domain.items import Item, Retention
from app.domain.rules import BadFacts, NotPermitted, OutOfPlace, Setting, running
from app.domain.watching import Deserved, deserved
from tests.app.domain.rules import scene
from tests.app.domain.rules.scene import DAY, DISTRICT, TOWNSHIP, VILLAGE, at, colleague, done

LATE = DAY + timedelta(days=120)
AGES = date(2040, 1, 2)
"""A day after every limit, and one after a period of ten years in the archive."""


def _card(state: CardState, since: date) -> Card:
    return Card(
        cause="forwarding",
        since=since,
        grade=CardGrade.YELLOW,
        issued_on=DAY,
        station=VILLAGE,
        post="代办岗",
        person="韦代办",
        reason="",
        state=state,
    )


ISSUED = _card(CardState.ISSUED, DAY - timedelta(days=9))
APPEALED = _card(CardState.APPEALED, DAY - timedelta(days=8))
_ORIGINAL = Original(
    what="户口簿", whose="韦小妹", count=1, at=VILLAGE, receiver="韦代办", since=DAY
)


def _with_all_beside(case: Case) -> Case:
    """Held originals, an offered hand-over, cards: what may lie beside a case, whatever its state."""
    offered = events.CaseHandedOver(on=DAY, to=scene.COLLEAGUES[VILLAGE])
    waiting = running.working(ClockName.HAND_OVER, DAY, 1)
    return scene.changed(
        case,
        supplement_notices=2,
        noticed_on=DAY,
        attachments=(scene.ATTACHMENT,),
        originals=(_ORIGINAL,),
        cards=(ISSUED, APPEALED),
        owner=scene.PEOPLE[VILLAGE],
        hand_over=None if case.state.ended else offered,
        clocks=case.clocks if case.state.ended else (*case.clocks, waiting),
    )


def _ended(body: Body, case: Case, place: str = TOWNSHIP) -> Case:
    return done(case, body, at(place))


def _appraised() -> Case:
    body = events.CaseAppraised(on=AGES, appraisal=Appraisal.DESTROY, reason="期满")
    return done(scene.archived(), body, at(TOWNSHIP))


def destroying(case: Case, on: date = AGES) -> events.CaseDestroyed:
    return events.CaseDestroyed(
        on=on,
        local_number=case.local_number.text,
        archive_number="2026-D10-A2-0001",
        item=case.item,
        archived_on=DAY,
        retention=Retention.TEN_YEARS,
        appraised_by=scene.PEOPLE[TOWNSHIP],
        reason="期满",
    )


def _destroyed() -> Case:
    case = _appraised()
    return done(case, destroying(case), colleague(TOWNSHIP))


def _returned() -> Case:
    return done(scene.under_examination(), scene.returning(), at(TOWNSHIP))


def _supplied() -> Case:
    return done(scene.awaiting(), scene.supplying(0), at(VILLAGE))


def _paused(case: Case, place: str) -> Case:
    return done(case, scene.pausing(), at(place))


WITHDRAWN = events.CaseWithdrawn(on=DAY, reason="不办了")
VOIDED = events.CaseVoided(on=DAY, reason="误录")


@cache
def lives() -> dict[State, tuple[Case, ...]]:
    """Of each state the kinds of cases that acts tell apart."""
    completed = events.CaseCompleted(on=DAY, result="已办结")
    instant = scene.a_case(scene.INSTANT_AT_VILLAGE)
    plain: dict[State, tuple[Case, ...]] = {
        State.RECEIVED: (
            scene.a_case(),
            scene.a_case(scene.OF_THE_DISTRICT),
            scene.a_case(scene.DIRECT_AT_VILLAGE),
            instant,
            _returned(),
        ),
        State.ACCOMPANIED: (scene.accompanied(),),
        State.IN_TRANSIT: (scene.forwarded(),),
        State.UNDER_EXAMINATION: (
            scene.under_examination(),
            scene.under_examination(scene.LICENCE),
            scene.under_examination(scene.INSTANT),
            scene.under_examination(scene.REVIEWED),
        ),
        State.AWAITING_SUPPLEMENT: (
            scene.awaiting(),
            scene.awaiting(scene.FROM_TAKING_OVER),
            _supplied(),
        ),
        State.IN_PROGRESS: (
            scene.in_progress(),
            scene.in_progress(scene.LICENCE),
            scene.in_progress(scene.REVIEWED),
            scene.in_progress(scene.LICENCE_REVIEWED),
            scene.in_progress(scene.DECIDED_OUTSIDE),
            scene.answered(),
            scene.joint(),
        ),
        State.PAUSED: (
            _paused(scene.in_progress(scene.LICENCE), TOWNSHIP),
            _paused(scene.in_progress(scene.LICENCE_REVIEWED), TOWNSHIP),
            _paused(scene.passed_up(scene.LICENCE_REVIEWED), DISTRICT),
            scene.changed(_paused(scene.joint(), TOWNSHIP), children=scene.joint().children),
        ),
        State.WITH_SUPERIOR: (scene.passed_up(), scene.passed_up(scene.LICENCE_REVIEWED)),
        State.OUTSIDE: (
            scene.sent_outside(),
            done(scene.passed_up(), _SIMPLE["case.sent_outside"][0], at(DISTRICT)),
        ),
        State.DECIDED: (scene.decided(), scene.decided(scene.REVIEWED)),
        State.DELIVERED: (scene.delivered(),),
        State.FOLLOWED_UP: (scene.followed_up(), scene.followed_up(Grade.POOR)),
        State.ARCHIVED: (scene.archived(), _appraised()),
        State.CLOSED: (done(instant, completed, at(VILLAGE)),),
        State.REFUSED: (
            _ended(events.CaseRefused(on=DAY, reason="材料不实"), scene.under_examination()),
        ),
        State.LAPSED: (_ended(events.CaseLapsed(on=LATE), scene.awaiting()),),
        State.WITHDRAWN: (
            _ended(WITHDRAWN, scene.in_progress()),
            _ended(WITHDRAWN, scene.joint()),
        ),
        State.VOIDED: (_ended(VOIDED, scene.in_progress()), _ended(VOIDED, scene.joint())),
        State.DESTROYED: (_destroyed(),),
    }
    return {
        state: (*cases, *(_with_all_beside(case) for case in cases))
        for state, cases in plain.items()
    }


# --- every act ------------------------------------------------------------------------------------

Said = tuple[Setting, Body]


def _authority(item: Item) -> str:
    tier = rules.examining_level(item).tier
    return VILLAGE if tier is None else scene.AT_TIER[tier]


def _says(place: str, *bodies: Body) -> Iterator[Said]:
    for body in bodies:
        yield at(place), body


def _everywhere(*bodies: Body) -> Iterator[Said]:
    for place in (VILLAGE, TOWNSHIP, DISTRICT):
        yield from _says(place, *bodies)
        for body in bodies:
            yield colleague(place), body


def _of_card(kind: type[Body], card: Card, **more: object) -> Body:
    told = {"cause": card.cause, "since": card.since, "grade": card.grade, "note": "…"}
    return kind(**({"on": DAY} | told | more))


def issuing(one: Deserved, on: date = LATE) -> events.CardIssued:
    return events.CardIssued(
        on=on,
        cause=one.cause,
        since=one.since,
        grade=one.grade,
        station=one.station,
        post="代办岗",
        person="韦代办",
    )


def _issuing(case: Case) -> Iterator[Said]:
    setting = at(DISTRICT)
    for one in deserved(case, setting.publications, LATE):
        yield setting, issuing(one)


_CARD_ACTS: dict[str, tuple[type[Body], Card, str]] = {
    "card.confirmed": (events.CardConfirmed, ISSUED, VILLAGE),
    "card.appealed": (events.CardAppealed, ISSUED, VILLAGE),
    "card.upheld": (events.CardUpheld, APPEALED, DISTRICT),
    "card.withdrawn": (events.CardWithdrawn, ISSUED, DISTRICT),
}


def said(kind: str, case: Case) -> Iterator[Said]:
    """The act as those would do it who have every role, at each place where it could be done."""
    item = scene.item_of(case.item)
    home = _authority(item)
    if kind in _CARD_ACTS:
        body, card, place = _CARD_ACTS[kind]
        return _says(place, _of_card(body, card))
    simple = _SIMPLE.get(kind)
    if simple is not None:
        return _everywhere(*simple)
    match kind:
        case "case.registered":
            return _says(VILLAGE, scene.registered())
        case "case.child_opened":
            return _says(TOWNSHIP, scene.part())
        case "case.forwarded":
            return _says(VILLAGE, scene.forwarding(home))
        case "case.taken_over":
            return _says(home, scene.taking_over(home))
        case "case.supplement_received":
            return _says(home, events.CaseSupplementReceived(on=DAY))
        case "case.deemed_accepted":
            return _says(home, events.CaseDeemedAccepted(on=LATE))
        case "case.custody_moved":
            return _everywhere(
                events.CaseCustodyMoved(
                    on=DAY,
                    move=CustodyMove.TAKEN,
                    receiver="韦代办",
                    originals=(KeptOriginal(what="房产证", whose="韦小妹"),),
                ),
                events.CaseCustodyMoved(
                    on=DAY, move=CustodyMove.RETURNED, receiver="韦小妹", places=(0,)
                ),
            )
        case "case.destroyed":
            return iter([(colleague(TOWNSHIP), destroying(case))])
        case "card.issued":
            return _issuing(case)
        case "card.tasked":
            return _says(DISTRICT, _of_card(events.CardTasked, ISSUED, by=LATE))
    raise AssertionError(kind)


_SIMPLE: dict[str, tuple[Body, ...]] = {
    "case.supplied": (scene.supplying(0),),
    "case.appointed": (events.CaseAppointed(on=DAY, day=DAY, where="区残联"),),
    "case.visited": (events.CaseVisited(on=DAY),),
    "case.concluded": (events.CaseConcluded(on=DAY, outcome="已办妥"),),
    "case.corrected": (
        events.CaseCorrected(on=DAY, reason="写错", parties=(events.Party(name="韦小美"),)),
    ),
    "case.marked": (events.CaseMarked(on=DAY, urgent=True),),
    "case.returned": (
        scene.returning(),
        scene.returning(ReturnReason.WRONG_AUTHORITY, right_authority="区民政局"),
    ),
    "case.supplement_asked": (scene.asking(),),
    "case.lapsed": (events.CaseLapsed(on=LATE),),
    "case.accepted": (events.CaseAccepted(on=DAY),),
    "case.refused": (events.CaseRefused(on=DAY, reason="不属于受理范围"),),
    "case.paused": (scene.pausing(),),
    "case.resumed": (events.CaseResumed(on=DAY),),
    "case.extended": (scene.extending(),),
    "case.split": (scene.splitting(),),
    "case.child_ended": (
        events.CaseChildEnded(on=DAY, child=scene.PARTS[0], approved=True, result="准予"),
    ),
    "case.passed_up": (events.CasePassedUp(on=DAY, opinion="符合条件"),),
    "case.sent_down": (events.CaseSentDown(on=DAY, opinion="请再核实", returned=True),),
    "case.sent_outside": (events.CaseSentOutside(on=DAY, body="区人民武装部"),),
    "case.outside_answered": (events.CaseOutsideAnswered(on=DAY, result="准予"),),
    "case.decided": (scene.deciding(),),
    "case.completed": (events.CaseCompleted(on=DAY, result="已办结"),),
    "case.certified": (events.CaseCertified(on=DAY, name="就业创业证"),),
    "case.delivered": (scene.delivering(way=DeliveryWay.IN_PERSON),),
    "case.followed_up": (scene.following_up(),),
    "case.rectified": (events.CaseRectified(on=DAY, measures="已上门道歉"),),
    "case.archived": (scene.archiving(),),
    "case.appraised": (
        events.CaseAppraised(on=AGES, appraisal=Appraisal.EXTEND, reason="仍有用", years=5),
    ),
    "case.withdrawn": (WITHDRAWN,),
    "case.voided": (VOIDED,),
    "case.handed_over": (events.CaseHandedOver(on=DAY, to=scene.COLLEAGUES[VILLAGE]),),
    "case.hand_over_taken": (events.CaseHandOverTaken(on=DAY),),
    "attachment.added": (scene.attaching(),),
    "attachment.removed": (scene.detaching(),),
    "case.compared": (events.CaseCompared(on=DAY, other=scene.PARTS[1], same=False),),
    "paper.issued": (
        events.PaperIssued(
            paper="materials_receipt",
            word="湖政服收",
            year=2026,
            slot="A1",
            running=1,
            on=DAY,
            template=1,
            facts=b"",
        ),
    ),
    "case.numbers_shown": (events.CaseNumbersShown(),),
    "case.record_opened": (events.CaseRecordOpened(),),
}


class Fit(NamedTuple):
    before: Case
    after: Case
    setting: Setting
    body: Body


class Outcome(NamedTuple):
    """What came of an act in one state: where it fitted, and for what reasons it was refused elsewhere."""

    fitted: tuple[Fit, ...]
    refused: frozenset[str]


@cache
def tried(kind: str, state: State) -> Outcome:
    fitted: list[Fit] = []
    refused: set[str] = set()
    for case in lives()[state]:
        for setting, body in said(kind, case):
            try:
                fitted.append(Fit(case, done(case, body, setting), setting, body))
            except (NotPermitted, OutOfPlace, BadFacts) as error:
                refused.add(f"{error.code}.{error.facts.get('why', error.facts.get('state'))}")
    return Outcome(tuple(fitted), frozenset(refused))


def moved(before: Case, after: Case) -> set[str]:
    """What an act did to the clocks: `+x` started, `-x` ended, `|x` froze, `>x` ran on, `*x` was lengthened."""
    old, new = before.clocks, after.clocks
    found: set[str] = set()
    for place, clock in enumerate(new):
        if place >= len(old) or old[place].name is not clock.name:
            found.add(f"+{clock.name}")
            continue
        was = old[place]
        if was.running and not clock.running:
            found.add(f"-{clock.name}")
        if clock.running and clock.paused and not was.paused:
            found.add(f"|{clock.name}")
        if clock.running and was.paused and not clock.paused:
            found.add(f">{clock.name}")
        if (clock.days, clock.extended) != (was.days, was.extended):
            found.add(f"*{clock.name}")
    return found
