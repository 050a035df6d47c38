"""For every act a case that waits for it, at the station and for the person who may do it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from app.domain import events
from app.domain.events import Role
from app.domain.items import StoppingProcedure
from app.domain.limits import Unit
from app.domain.staff import OperatorCard
from app.journal.refs import Ref
from tests.builders import (
    DISTRICT,
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

DIBAO, JOB_CARD, ACCOMPANIED, OUTSIDE, INSTANT = "IT001", "IT022", "IT009", "IT031", "IT011"
LICENCE = "IT900"
"""An invented one that may be extended, and that an inspection stops."""


class Moment(NamedTuple):
    at: Station
    subject: Ref
    by: OperatorCard


class Tiers:
    """A village, its township and its district, with somebody in every role."""

    def __init__(self, folder: Path) -> None:
        district = a_district()
        district.publish(events.ItemPublished(item=_licence()))
        self.village, self.township, self.seat = (
            a_station(district, region, folder / region) for region in (VILLAGE, TOWNSHIP, DISTRICT)
        )
        for station in self.all:
            for role in Role:
                station.person(role)
        self.meet()

    @property
    def all(self) -> tuple[Station, Station, Station]:
        return self.village, self.township, self.seat

    def meet(self) -> None:
        meet(*self.all)

    def days_pass(self, days: float) -> None:
        self.village.wall.turn(days=days)

    def received(self, item: str = JOB_CARD) -> Moment:
        return Moment(self.village, a_case(self.village, item), self.village.head)

    def in_transit(self, item: str = JOB_CARD) -> Moment:
        made = self.received(item)
        act(self.village, made.subject, "forward")
        self.meet()
        return Moment(self.township, made.subject, self.township.head)

    def then(
        self, moment: Moment, verb: str, by: OperatorCard | None = None, **facts: Any
    ) -> Moment:
        act(moment.at, moment.subject, verb, by=by or moment.by, **facts)
        self.meet()
        return moment

    def examined(self, item: str = JOB_CARD) -> Moment:
        return self.then(self.in_transit(item), "take_over")

    def accepted(self, item: str = JOB_CARD) -> Moment:
        return self.then(self.examined(item), "accept")

    def asked(self, days: int = 30) -> Moment:
        return self.then(self.examined(), "ask_supplement", defects=[{"what": "缺照片"}], days=days)

    def decided(self) -> Moment:
        return self.then(self.accepted(), "decide", approved=True)

    def delivered(self) -> Moment:
        return self.then(self.decided(), "deliver")

    def archived(self) -> Moment:
        moment = self.then(self.examined(), "refuse", reason="不在本辖区")
        archivist = self.township.person(Role.ARCHIVIST)
        before = self.township.store.rows.archive.where("1")
        facts = {"number": f"2026-D10-{len(before) + 1:04}", "retention": "10y"}
        self.then(moment, "archive", archivist, **facts)
        self.days_pass(4_100)
        return moment._replace(by=archivist)

    def late(self) -> Moment:
        moment = self.examined()
        self.days_pass(14)
        return moment._replace(by=self.township.person(Role.SUPERVISOR))

    def carded(self, *verbs: str) -> Moment:
        moment = self.late()
        self.then(moment, "issue_card", cause="examination")
        for verb in verbs:
            self.then(moment, verb, self.township.head, note="停电三天")
        return moment


def moment(tiers: Tiers, verb: str) -> Moment:
    """A case for which this act is open."""
    return _MOMENTS[verb](tiers)


def _by(role: Role) -> Callable[[Tiers, Moment], Moment]:
    return lambda _tiers, made: made._replace(by=made.at.person(role))


def _colleague_named(tiers: Tiers) -> Moment:
    made = tiers.received()
    other = tiers.village.person(Role.CLERK)
    act(tiers.village, made.subject, "hand_over", to=other.name)
    return made._replace(by=other)


def _at_the_seat(tiers: Tiers) -> Moment:
    made = tiers.then(tiers.accepted(DIBAO), "pass_up", opinion="符合条件")
    return Moment(tiers.seat, made.subject, tiers.seat.head)


def _twice(tiers: Tiers) -> Moment:
    tiers.received()
    return tiers.received()


def _left_parts(tiers: Tiers) -> Moment:
    parts = [{"item": JOB_CARD, "department": one} for one in ("人社所", "民政办")]
    made = tiers.then(tiers.accepted(), "split", parts=parts)
    act(tiers.village, made.subject, "withdraw", reason="不办了")
    tiers.meet()
    return made


def _kept(tiers: Tiers) -> Moment:
    return tiers.then(tiers.received(), "take_originals", originals=[{"what": "残疾证"}])


def _lapsed(tiers: Tiers) -> Moment:
    made = tiers.asked(days=1)
    tiers.days_pass(7)
    return made


def _silent(tiers: Tiers) -> Moment:
    made = tiers.examined(LICENCE)
    tiers.days_pass(21)
    return made


def _appraised(tiers: Tiers) -> Moment:
    made = tiers.archived()
    tiers.then(made, "appraise", appraisal="destroy", reason="期满")
    return made._replace(by=tiers.township.head)


_PAUSED: dict[str, Any] = {"procedure": "检验", "days": 5}
_MOMENTS: dict[str, Callable[[Tiers], Moment]] = {
    "supply": Tiers.received,
    "forward": Tiers.received,
    "mark": Tiers.received,
    "correct": Tiers.received,
    "hand_over": Tiers.received,
    "take_originals": Tiers.received,
    "withdraw": Tiers.received,
    "compare": _twice,
    "appoint": lambda tiers: tiers.received(ACCOMPANIED),
    "visit": lambda tiers: tiers.then(
        tiers.received(ACCOMPANIED), "appoint", day="2030-01-02", where="区残联"
    ),
    "conclude": lambda tiers: tiers.received(OUTSIDE),
    "take_hand_over": _colleague_named,
    "hand_on_originals": _kept,
    "return_originals": _kept,
    "take_over": Tiers.in_transit,
    "return": Tiers.examined,
    "ask_supplement": Tiers.examined,
    "accept": Tiers.examined,
    "refuse": Tiers.examined,
    "receive_supplement": Tiers.asked,
    "lapse": _lapsed,
    "deem_accepted": _silent,
    "pause": lambda tiers: tiers.accepted(LICENCE),
    "resume": lambda tiers: tiers.then(tiers.accepted(LICENCE), "pause", **_PAUSED),
    "extend": lambda tiers: tiers.accepted(LICENCE),
    "split": Tiers.accepted,
    "end_parts": _left_parts,
    "pass_up": lambda tiers: tiers.accepted(DIBAO),
    "send_down": _at_the_seat,
    "send_outside": Tiers.accepted,
    "outside_answer": lambda tiers: tiers.then(tiers.accepted(), "send_outside", body="派出所"),
    "decide": Tiers.accepted,
    "complete": lambda tiers: tiers.examined(INSTANT),
    "certify": Tiers.decided,
    "deliver": Tiers.decided,
    "follow_up": lambda tiers: _by(Role.SUPERVISOR)(tiers, tiers.delivered()),
    "rectify": lambda tiers: tiers.then(
        tiers.delivered(), "follow_up", tiers.township.person(Role.SUPERVISOR), grade="poor"
    ),
    "archive": lambda tiers: _by(Role.ARCHIVIST)(
        tiers, tiers.then(tiers.examined(), "refuse", reason="不在本辖区")
    ),
    "appraise": Tiers.archived,
    "destroy": _appraised,
    "void": lambda tiers: _by(Role.SUPERVISOR)(tiers, tiers.examined()),
    "issue_card": Tiers.late,
    "confirm_card": lambda tiers: tiers.carded()._replace(by=tiers.township.head),
    "appeal_card": lambda tiers: tiers.carded()._replace(by=tiers.township.head),
    "uphold_card": lambda tiers: tiers.carded("appeal_card"),
    "withdraw_card": Tiers.carded,
    "task_card": Tiers.carded,
}


def _licence() -> Any:
    before = the_item(JOB_CARD)
    stopping = StoppingProcedure(
        type="检验", basis="行政许可法第四十五条", max_days=10, unit=Unit.WORKING
    )
    return msgspec.structs.replace(
        before,
        id=LICENCE,
        name="小餐饮登记许可",
        aliases=(),
        licence=True,
        stops_clock=(stopping,),
        clock=msgspec.structs.replace(before.clock, extension=10),
    )
