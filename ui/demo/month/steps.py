"""The next thing that a station does with a case, by what the case waits for and by its fate."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

from app.domain.archive import longest
from app.domain.case import CardState, Case, State
from app.domain.events import Role
from app.domain.items import Item, Level, Required, Retention
from app.domain.regions import Tier
from app.domain.staff import OperatorCard
from app.domain.tasks import TaskKind
from app.usecases import acts, archive
from ui.demo.month.district import Station
from ui.demo.month.fates import Fate

_PARTS = {Tier.TOWNSHIP: ("IT022", "IT066"), Tier.DISTRICT: ("IT018", "IT009")}
"""What a tier's other windows handle together with a case; a village has no windows beside its own."""


class Step(NamedTuple):
    verb: str
    facts: dict[str, Any]
    by: OperatorCard


class Desk(NamedTuple):
    """Who sits there, on which day, before which case."""

    station: Station
    case: Case
    item: Item
    fate: Fate
    day: date
    random: Random

    def step(self, verb: str, *roles: Role, **facts: object) -> Step:
        usual = (Role.CLERK, Role.AGENT)
        return Step(verb, facts, self.station.who(*(roles or usual)))

    def may(self, verb: str) -> bool:
        """Whether the window has a button for it now."""
        by = self.station.who(Role.CLERK, Role.AGENT)
        return verb in [act.verb for act in acts.available(self.station.store, self.case, by)]


def next_step(desk: Desk, task: TaskKind) -> Step | None:
    """What is done today; None if nothing is."""
    match task:
        case TaskKind.FORWARD | TaskKind.SUPPLY:
            return _at_the_counter(desk, task)
        case TaskKind.ACCOMPANY:
            return _accompanied(desk)
        case TaskKind.TAKE_OVER:
            return _arrived(desk)
        case TaskKind.EXAMINE:
            return _examined(desk)
        case TaskKind.RECEIVE_SUPPLEMENT:
            return desk.step("receive_supplement")
        case TaskKind.HANDLE:
            return _handled(desk)
        case TaskKind.RESUME:
            return desk.step("resume", result="程序已经结束")
        case TaskKind.AWAIT_OUTSIDE:
            return desk.step("outside_answer", result="同意", number="WB-0001")
        case TaskKind.DECIDE:
            return _decided(desk)
        case TaskKind.DELIVER:
            return _delivered(desk)
        case _:
            return _afterwards(desk, task)


def _at_the_counter(desk: Desk, task: TaskKind) -> Step | None:
    case, fate = desk.case, desk.fate
    if fate is Fate.WITHDRAWN:
        return desk.step("withdraw", reason="申请人改变主意")
    if fate is Fate.CORRECTED and not case.corrections:
        applicant = {"name": case.applicant.name, "address": f"{case.applicant.address}（更正）"}
        return desk.step("correct", reason="住址登记有误", applicant=applicant)
    if task is TaskKind.FORWARD:
        return desk.step("forward", note="随班车带去")
    if fate is Fate.LAPSED and case.state is State.AWAITING_SUPPLEMENT:
        return None
    return desk.step("supply", materials=_lacking(desk))


def _lacking(desk: Desk) -> list[dict[str, Any]]:
    """What is always asked for and is not there; else the first paper again, better this time."""
    given = {material.index for material in desk.case.materials}
    names = [
        material.name
        for index, material in enumerate(desk.item.materials)
        if material.required is Required.ALWAYS and index not in given
    ] or [material.name for material in desk.item.materials[:1]]
    return [{"name": name, "original": True, "copies": 1} for name in names]


def _accompanied(desk: Desk) -> Step | None:
    case = desk.case
    where = desk.item.external_body or "区政务服务中心"
    if case.state is State.RECEIVED and case.mode.value in ("accompany", "assist"):
        day = desk.day + timedelta(days=2)
        return desk.step("appoint", day=day.isoformat(), where=where, contact="大厅咨询台")
    if case.appointment is not None and case.visited_on is None:
        return desk.step("visit", note="已陪同前往") if case.appointment.day <= desk.day else None
    if case.mode.value in ("accompany", "assist", "inform"):
        return desk.step("conclude", outcome="对方已经受理", number="DF-0001")
    return None


def _arrived(desk: Desk) -> Step | None:
    if desk.fate is Fate.FORGOTTEN and desk.random.random() < 0.9:
        return None
    if desk.item.kind.value == "instant" and desk.case.state is State.RECEIVED:
        return desk.step("complete", result="当场办好")
    return desk.step("take_over")


def _handed_over(desk: Desk) -> Step | None:
    """Whoever met the citizen first gives the matter to a colleague, where there is one, once."""
    case, people = desk.case, desk.station.people.values()
    owner = next((one for one in people if one.ref == case.owner), None)
    other = next((one for one in people if one.ref != case.owner), None)
    if owner is None or other is None or case.hand_over is not None:
        return None
    if owner.ref != case.handlers[0]:  # it was given on before
        return None
    return Step("hand_over", {"to": other.name, "note": "交给熟悉的同事"}, owner)


def _examined(desk: Desk) -> Step | None:
    case, fate = desk.case, desk.fate
    notices = case.supplement_notices
    if fate is Fate.HANDED_OVER and (given := _handed_over(desk)):
        return given
    if desk.item.kind.value == "instant":
        return desk.step("complete", result="当日办好")
    if fate is Fate.REFUSED and desk.may("refuse"):
        return desk.step("refuse", reason="户籍和常住地均不在本地", right_authority="户籍地镇街")
    if fate is Fate.VOIDED and Role.SUPERVISOR in desk.station.people:
        return desk.step("void", Role.SUPERVISOR, reason="误登记")
    if fate is Fate.WRONG_AUTHORITY and case.returned is None and len(case.handlers) < 3:
        return desk.step(
            "return", reason="wrong_authority", right_authority="区人力资源和社会保障局"
        )
    if fate is Fate.DEFECTIVE and notices == 0:
        return desk.step("return", reason="defects", defects=["复印件看不清", "缺少本人签名"])
    asks = {Fate.SUPPLEMENTED: 1, Fate.LAPSED: 1, Fate.ASKED_TWICE: 2}.get(fate, 0)
    if notices < asks:
        defects = [{"what": "缺少本人签名", "standard": "每页都要签名"}, {"what": "照片不清楚"}]
        return desk.step("ask_supplement", defects=defects, days=5)
    if fate in (Fate.SILENT, Fate.REFUSED) and desk.item.licence:
        return desk.step("deem_accepted")
    return desk.step("accept")


def _handled(desk: Desk) -> Step:
    """What the lower tier does before it passes the case up, or asks the body outside that decides."""
    if desk.item.decides is Level.EXTERNAL:
        return _asked_outside(desk)
    return _special(desk) or desk.step("pass_up", opinion="经初审，符合条件")


def _asked_outside(desk: Desk) -> Step:
    return desk.step("send_outside", body=desk.item.external_body or "外部机构")


def _special(desk: Desk) -> Step | None:
    """The turns that a case takes once it is accepted, each once."""
    case, item, fate = desk.case, desk.item, desk.fate
    if case.parent is not None:
        return None
    if fate is Fate.PAUSED and item.stops_clock and not case.procedures:
        return desk.step(
            "pause", Role.APPROVER, procedure=item.stops_clock[0].type, days=_days(item)
        )
    if fate is Fate.OUTSIDE and case.outside is None:
        return desk.step("send_outside", body="市房产档案馆", number="WB-0001")
    others = _PARTS.get(desk.station.tier, ())
    if fate is Fate.JOINT and others and item.id not in others and not case.children:
        windows = zip(others, ("人社窗口", "民政窗口"), strict=True)
        parts = [{"item": item, "department": name} for item, name in windows]
        return desk.step("split", parts=parts)
    return None


def _days(item: Item) -> int:
    return min(3, item.stops_clock[0].max_days or 3)


def _decided(desk: Desk) -> Step:
    case, item, fate = desk.case, desk.item, desk.fate
    if item.decides is Level.EXTERNAL:
        if case.outside is None:
            return _asked_outside(desk)
        return desk.step("decide", approved=True, result="按外部机构的结果办理")
    special = None if case.state is State.WITH_SUPERIOR else _special(desk)
    if special is not None:
        return special
    if fate is Fate.SENT_DOWN and case.state is State.WITH_SUPERIOR and not case.sent_down:
        return desk.step("send_down", opinion="请补充入户调查情况", returned=True)
    if fate is Fate.EXTENDED and case.extension is None and item.clock.extension:
        return Step(
            "extend",
            {"days": min(3, item.clock.extension), "reason": "情况复杂"},
            desk.station.head,
        )
    if fate is Fate.REJECTED:
        return desk.step("decide", Role.APPROVER, approved=False, reason="家庭收入超过标准")
    return desk.step("decide", Role.APPROVER, approved=True, result="准予办理")


def _delivered(desk: Desk) -> Step:
    if desk.case.certificate is None and desk.random.random() < 0.3 and desk.may("certify"):
        return desk.step("certify", name="办理结果通知", number="ZM-0001")
    match desk.fate:
        case Fate.POSTED:
            return desk.step("deliver", way="post", proof="EMS 1000000000001")
        case Fate.LEFT:
            return desk.step("deliver", way="left", witness="村民小组长")
        case _:
            return desk.step("deliver", recipient=desk.case.applicant.name)


def _afterwards(desk: Desk, task: TaskKind) -> Step | None:
    case = desk.case
    match task:
        case TaskKind.FOLLOW_UP:
            grade = (
                "poor"
                if desk.fate is Fate.UNHAPPY
                else desk.random.choice(("very_good", "good", "fair"))
            )
            strangers = [
                card for card in desk.station.people.values()
                if card.ref not in case.handlers and Role.ARCHIVIST not in card.roles
            ]  # fmt: skip
            if not strangers:
                return None
            return Step("follow_up", {"grade": grade, "opinion": "希望再快一点"}, strangers[0])
        case TaskKind.RECTIFY:
            return desk.step("rectify", measures="已经上门说明并改进")
        case TaskKind.ARCHIVE:
            if Role.ARCHIVIST not in desk.station.people or case.held or desk.random.random() < 0.5:
                return None
            return _filed(desk)
        case TaskKind.RETURN_ORIGINALS:
            return desk.step("return_originals", receiver=case.applicant.name)
        case TaskKind.TAKE_HAND_OVER:
            offer = case.hand_over
            mine = [one for one in desk.station.people.values() if offer and one.ref == offer.to]
            return Step("take_hand_over", {}, mine[0]) if mine else None
        case TaskKind.ANSWER_CARD:
            return _answered(desk)
        case _:
            return None


def _filed(desk: Desk) -> Step:
    """Under the next number of the station's own series."""
    retention = longest(desk.item.retention, Retention.TEN_YEARS)
    assert retention is not None
    year = archive.ended_on(desk.case).year
    number = archive.next_number(desk.station.store, year, retention)
    return desk.step("archive", Role.ARCHIVIST, number=number.text, retention=retention.value)


def _answered(desk: Desk) -> Step | None:
    """What the station says to a card that names it; one beside it may name another."""
    here = desk.station.region.code
    mine = [one for one in desk.case.cards if one.state is CardState.ISSUED and one.station == here]
    if not mine:
        return None
    card = mine[0]
    since, grade = card.since.isoformat(), card.grade.value
    verb, note = "confirm_card", "已经改正"
    if desk.random.random() < 0.3 and desk.may("appeal_card"):
        verb, note = "appeal_card", "停电三天，当时无法办理"
    return desk.step(verb, cause=card.cause, since=since, grade=grade, note=note)
