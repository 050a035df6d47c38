"""What happened in the invented district before the pictures are taken: an ordinary month, and a crowded one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec

from app.domain import events
from app.domain.events import Role
from app.domain.items import Form, Item, Required
from app.domain.papers import PaperKind
from app.journal.refs import Ref
from app.store.exchange import Verdict
from app.store.exchange_log import ExchangeNote, note_exchange, note_failure
from app.usecases import acts, papers, registration, staff, supervision
from app.usecases.today import shown_today
from printing import render
from ui.desktop.gallery import people
from ui.desktop.gallery.district import DISTRICT as SEAT
from ui.desktop.gallery.district import OTHER_VILLAGE, TOWNSHIP, VILLAGE, District, Station, Wall

NOW_MS: Final = int(datetime(2026, 11, 20, 1, 42, tzinfo=UTC).timestamp() * 1000)
"""9:42 in China on a Friday, a working day."""

LONGEST_ITEM: Final = (
    "城乡居民基本养老保险参保登记（含被征地农民社会保障补贴资格审核确认）及其后续待遇核定支付"
)
LONG, MANY = "IT998", "IT999"
"""Items made for the pictures: one with the longest names, one with thirty materials."""

APPROVED: Final[dict[str, Any]] = {
    "approved": True,
    "reason": "",
    "result": "自2026年12月起按月发放。",
}
DEFECTS: Final[dict[str, Any]] = {
    "reason": "defects",
    "defects": [
        "缺《家庭收入财产状况声明和诚信承诺书》",
        "本人社会保障卡或银行卡（账号页）：账号看不清",
    ],
}


@dataclass
class Places:
    """The stations, and by a short name the cases that pictures show."""

    district: District
    village: Station
    other: Station
    township: Station
    seat: Station
    cases: dict[str, Ref] = field(default_factory=dict)

    @property
    def everybody(self) -> tuple[Station, ...]:
        return self.village, self.other, self.township, self.seat

    def meet(self) -> None:
        self.district.meet(*self.everybody)

    def register(
        self, at: Station, item: str, who: int | str, lacking: int = 0, **said: object
    ) -> Ref:
        """`who` is a person's number, or a name that is longer than theirs."""
        found = registration.item_asked(at.store, item, shown_today(at.store))
        applicant = people.person(who if isinstance(who, int) else 77)
        if isinstance(who, str):
            applicant = msgspec.structs.replace(applicant, name=who, address=people.LONGEST_ADDRESS)
        form = people.request(found, applicant, lacking=lacking, **said)
        return registration.register(at.store, form, by=at.person()).subject

    def act(
        self, at: Station, case: Ref, verb: str, by: str | None = None, **facts: object
    ) -> None:
        acts.perform(at.store, case, verb, facts, by=at.person(by))

    def print(self, at: Station, case: Ref, kind: PaperKind) -> None:
        papers.issue(at.store, case, kind, by=at.person(), render=render)

    @contextmanager
    def days_ago(self, days: float) -> Iterator[None]:
        """What happens inside happened then; earlier things have to be told first."""
        wall = self.district.wall
        wall.now_ms = NOW_MS - int(days * 86_400_000)
        yield
        wall.now_ms = NOW_MS


def a_district(folder: Path, *, catalogue: bool = True) -> Places:
    """Four stations with their people, where nothing has happened yet."""
    wall = Wall(NOW_MS - 60 * 86_400_000)
    district = District(folder, wall)
    if catalogue:
        district.publish_catalogue()
        district.publish(events.ItemPublished(item=_longest(district)))
        district.publish(events.ItemPublished(item=_many_papers(district)))
    places = Places(
        district=district,
        village=district.station(VILLAGE, "湖塘村政务服务站", "韦丽萍", Role.AGENT),
        other=district.station(OTHER_VILLAGE, "岩前村政务服务站", "覃志刚", Role.AGENT),
        township=district.station(TOWNSHIP, "朝阳乡便民服务中心", "李志强", Role.CLERK),
        seat=district.station(SEAT, "七星区政务服务中心", "唐建国", Role.APPROVER),
    )
    places.village.hire("蒙春燕", Role.AGENT)
    places.township.hire("黄敏", Role.APPROVER)
    head, day = places.township.person(), shown_today(places.township.store)
    until = day.replace(year=day.year + 1)
    staff.authorise(
        places.township.store, "黄敏", (), day, until, by=head, document="朝政授〔2026〕1号"
    )
    places.meet()
    wall.now_ms = NOW_MS
    return places


def an_ordinary_month(places: Places) -> None:
    """A few cases in each state, some due today and one late."""
    village, township, cases = places.village, places.township, places.cases
    with places.days_ago(30):
        old = [
            _sent(places, "IT022", 3), _sent(places, "IT040", 17), _sent(places, "IT066", 29),
            _sent(places, "IT001", 5), _sent(places, "IT004", 41),
        ]  # fmt: skip
        places.meet()
    with places.days_ago(28.9):
        for case in old:
            places.act(township, case, "take_over")
            places.act(township, case, "accept")
        places.meet()
        for case in old:
            places.print(village, case, PaperKind.MATERIALS_RECEIPT)
    cases["accepted"] = old[3]
    with places.days_ago(11):
        for case in old[:3]:
            places.act(township, case, "decide", "黄敏", **APPROVED)
        places.meet()
    cases["decided"] = old[0]
    with places.days_ago(8):
        waiting = [
            _sent(places, "IT001", 53),
            _sent(places, "IT008", 65),
            _sent(places, "IT022", 90),
        ]
        places.meet()
    with places.days_ago(7.8):
        for case in waiting:
            places.act(township, case, "take_over")
        places.act(township, waiting[0], "return", **DEFECTS)
        places.meet()
    cases["supply"], cases["late"], cases["examined"] = waiting
    with places.days_ago(4):
        cases["forward late"] = places.register(village, "IT010", 102)
        _delivered_twice(places, old[2])
    with places.days_ago(3):
        cases["forward today"] = places.register(village, "IT008", 1, lacking=2)
    with places.days_ago(1.9):
        cases["fresh"] = _sent(places, "IT001", 0, urgent=True, lacking=1)
        cases["twin"] = places.register(places.other, "IT001", 0)
        cases["long"] = _sent(places, LONG, people.LONGEST_NAME)
        cases["many"] = _sent(places, MANY, 66, lacking=3)
        places.meet()
    with places.days_ago(1):
        places.act(township, cases["long"], "take_over")
        places.act(township, cases["many"], "take_over")
        places.meet()
    with places.days_ago(0.06):
        cases["received"] = places.register(village, "IT022", 14)
        places.print(village, cases["received"], PaperKind.MATERIALS_RECEIPT)
    with places.days_ago(0.02):
        gone = places.register(village, "IT039", 5)
        verdict = Verdict(
            device=village.store.device,
            seq=gone.seq,
            code="region_out_of_scope",
            facts={"region": "450399"},
        )
        village.hear(village.store.device, 1, [], [verdict])
    _papers_and_exchanges(places)


SUPERVISOR: Final = "秦明正"


def a_watched_week(places: Places) -> None:
    """A supervisor issues cards and judges; the approver is away and somebody's case is handed over to them."""
    township, store = places.township, places.township.store
    township.hire(SUPERVISOR, Role.SUPERVISOR)
    township.hire("罗小兰", Role.ARCHIVIST)
    day = shown_today(store)
    due = supervision.pending(store, day)
    for line in due[:4]:
        card = {"cause": line.cause, "since": line.since.isoformat(), "grade": line.grade.value}
        places.act(
            township, line.row.subject, "issue_card", SUPERVISOR, **card,
            post="综合窗口", person="李志强", reason="超过时限没有办结",
        )  # fmt: skip
    answers: tuple[tuple[str, str | None, dict[str, Any]], ...] = (
        ("appeal_card", None, {"note": "系统停电两天，有停电通知"}),
        ("confirm_card", None, {}),
        ("task_card", SUPERVISOR, {"note": "限期办好", "until": str(day + timedelta(days=5))}),
    )
    for line, (verb, by, said) in zip(due, answers, strict=False):
        card = {"cause": line.cause, "since": line.since.isoformat(), "grade": line.grade.value}
        places.act(township, line.row.subject, verb, by, **card, **said)
    head, until = township.person(), day + timedelta(days=4)
    staff.away(store, "黄敏", head.name, day, until, by=head, note="参加培训")
    places.act(township, places.cases["examined"], "hand_over", to="黄敏", note="由审批人继续办")
    places.meet()


def a_crowded_month(places: Places, number: int = 200) -> None:
    """A township's clerk with more cases than fit on a screen."""
    village, township = places.village, places.township
    items = ("IT001", "IT010", "IT022", "IT008", "IT004", "IT019", "IT011", "IT040", "IT054", LONG)
    first, sent = number * 3 // 5, []
    with places.days_ago(9):
        for n in range(first):
            sent.append(_sent(places, items[n % len(items)], n, urgent=n % 17 == 0))
        places.meet()
    with places.days_ago(8):
        for case in sent[:40]:
            places.print(village, case, PaperKind.MATERIALS_RECEIPT)
        for n, case in enumerate(sent):
            if n % 4 != 0:
                places.act(township, case, "take_over")
        places.meet()
    with places.days_ago(3.1):
        for n in range(first, number):
            case = places.register(village, items[n % len(items)], n, lacking=n % 3)
            if n % 2:
                places.act(village, case, "forward")
        places.meet()
    _papers_and_exchanges(places)


def _sent(places: Places, item: str, who: int | str, lacking: int = 0, **said: object) -> Ref:
    case = places.register(places.village, item, who, lacking, **said)
    places.act(places.village, case, "forward")
    return case


def _delivered_twice(places: Places, case: Ref) -> None:
    """Neither station has heard that the other handed it over: one of the two has no effect."""
    proof: dict[str, Any] = {"recipient": "", "relation": "本人", "proof": "送达回证已签字"}
    places.act(places.village, case, "deliver", **proof)
    places.act(places.township, case, "deliver", **proof)
    places.meet()
    places.cases["out of place"] = case


def _papers_and_exchanges(places: Places) -> None:
    store = places.village.store
    for minutes, code in ((300, ""), (240, ""), (190, "offline"), (140, "offline"), (11, "")):
        at_ms = NOW_MS - minutes * 60_000
        if code:
            note_failure(store, code, at_ms)
            continue
        note = ExchangeNote(
            started_ms=at_ms, last_ms=at_ms + 1400, seconds=1.4, sent=minutes % 7, received=minutes % 11,
            bytes_up=1229, bytes_down=5830, round_trips=2,
        )  # fmt: skip
        note_exchange(store, note)
        note_exchange(places.township.store, note)


def _longest(district: District) -> Item:
    before = district.item("IT001")
    return msgspec.structs.replace(before, id=LONG, name=LONGEST_ITEM, aliases=())


def _many_papers(district: District) -> Item:
    before = district.item("IT004")
    paper = before.materials[0]
    names = [f"第{n}项：{LONGEST_ITEM[: 12 + n]}的证明材料" for n in range(1, 31)]
    papers_ = tuple(
        msgspec.structs.replace(
            paper, name=name, form=Form.ORIGINAL_AND_COPY, required=Required.ALWAYS
        )
        for name in names
    )
    return msgspec.structs.replace(
        before, id=MANY, name="三十件材料的事项", aliases=(), materials=papers_
    )
