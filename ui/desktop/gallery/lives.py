"""Cases that stand at every point of a life, for pictures of the detail and of the forms of acts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from app.domain.events import PartyRole, Role
from app.journal.refs import Ref
from app.usecases import staff
from app.usecases.parties import PartyForm, SigningForm
from app.usecases.today import shown_today
from ui.desktop.gallery.weeks import Places

LICENCE: Final = "IT040"
"""The township decides it; a hearing stops its clock, and it may be extended."""
REFERRED: Final = "IT001"
_SUPERVISOR, _ARCHIVIST, _DEPUTY = "蒋志远", "秦玉珍", "潘海燕"
_TWO_DEFECTS: Final[list[dict[str, str]]] = [
    {"what": "缺《家庭收入财产状况声明和诚信承诺书》", "standard": "原件 1 份，全体成年成员签字"},
    {"what": "户口簿首页看不清", "standard": "复印件清晰，盖户口专用章的一页"},
]


class Diary:
    """What happens, day by day: told in any order, done in that of the days."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._pages: list[tuple[float, Callable[[Places], object]]] = []

    def on(self, days_ago: float, what: Callable[[Places], object]) -> None:
        self._pages.append((days_ago, what))

    def live(self) -> None:
        for days_ago, what in sorted(self._pages, key=lambda page: -page[0]):
            with self.places.days_ago(days_ago):
                what(self.places)
                self.places.meet()


def every_point(places: Places) -> None:
    """One case in each of the states that are seldom seen."""
    diary = Diary(places)
    diary.on(40, _hire)
    for told in (_accompanied, _supplemented_twice, _stopped, _above_and_joint, _finished):
        told(diary)
    diary.on(1.2, _people_and_papers)
    diary.live()


def _hire(places: Places) -> None:
    for name, role in (
        (_SUPERVISOR, Role.SUPERVISOR), (_ARCHIVIST, Role.ARCHIVIST), (_DEPUTY, Role.CLERK),
    ):  # fmt: skip
        places.township.hire(name, role)


def _accompanied(diary: Diary) -> None:
    def appoint(places: Places) -> None:
        case = places.register(places.village, "IT009", 12)
        day = shown_today(places.village.store) + timedelta(days=6)
        places.act(places.village, case, "appoint", day=day.isoformat(), where="七星区残联一楼大厅")
        places.cases["accompanied"] = case

    diary.on(2, appoint)


def _supplemented_twice(diary: Diary) -> None:
    def ask(places: Places) -> None:
        case = places.cases["asked twice"] = _examined(places, REFERRED, 23)
        places.act(places.township, case, "ask_supplement", defects=_TWO_DEFECTS[:1])

    def again(places: Places) -> None:
        case = places.cases["asked twice"]
        places.act(places.township, case, "receive_supplement", note="代办员送来")
        places.act(places.township, case, "ask_supplement", defects=_TWO_DEFECTS, days=20)

    diary.on(20, ask)
    diary.on(9, again)


def _stopped(diary: Diary) -> None:
    """Paused, extended, outside."""

    def accept(places: Places) -> None:
        for who, name in enumerate(("paused", "extended", "at work", "outside"), 31):
            case = places.cases[name] = _examined(places, LICENCE, who)
            places.act(places.township, case, "accept")

    def stop(places: Places) -> None:
        cases, township = places.cases, places.township
        places.act(township, cases["paused"], "pause", procedure="听证", days=15)
        places.act(township, cases["extended"], "extend", days=10, reason="要补测四至界址")
        body = {"body": "七星区自然资源局测绘队", "number": "测〔2026〕33号"}
        places.act(township, cases["outside"], "send_outside", **body)

    diary.on(12, accept)
    diary.on(5, stop)


def _above_and_joint(diary: Diary) -> None:
    def accept(places: Places) -> None:
        for name, item, who in (
            ("above", REFERRED, 35),
            ("joint", LICENCE, 36),
            ("first", REFERRED, 37),
        ):
            case = places.cases[name] = _examined(places, item, who)
            places.act(places.township, case, "accept")

    def work(places: Places) -> None:
        opinion = "入户核对收入与声明一致，民主评议通过，拟同意。"
        places.act(places.township, places.cases["above"], "pass_up", opinion=opinion)
        parts = [
            {"item": "乡村建设规划许可证核发", "department": "规划建设办"},
            {"item": "就业创业证申领", "department": "人社所"},
        ]
        places.act(places.township, places.cases["joint"], "split", parts=parts)

    diary.on(10, accept)
    diary.on(4, work)


def _people_and_papers(places: Places) -> None:
    """Somebody who cannot sign, with a guardian, originals kept, the green channel, and a kinsman on the staff."""
    others = (
        PartyForm(
            role=PartyRole.GUARDIAN,
            name="韦大明",
            id_number="450305196001013352",
            phone="13877311111",
            relation="儿子",
            basis="湖塘村委会指定监护决定",
        ),
        PartyForm(role=PartyRole.MEMBER, name="韦小丽", relation="孙女"),
    )
    said: dict[str, Any] = {
        "parties": others,
        "signing": SigningForm(written_by="蒙春燕", read_by="蒙春燕", witness="莫建国"),
        "green": "残疾人",
        "staff_relative": "代办员蒙春燕的叔父",
    }
    case = places.register(places.village, REFERRED, 47, lacking=2, **said)
    originals = [{"what": "残疾证", "count": 1}, {"what": "户口簿", "whose": "韦大明"}]
    places.act(places.village, case, "take_originals", originals=originals)
    places.act(places.village, case, "hand_over", to="蒙春燕", note="去区里培训两天")
    places.cases["many people"] = case


def _finished(diary: Diary) -> None:
    """A card that is appealed; by a deputy; a poor rating."""

    def examine(places: Places) -> None:
        for name, who in (("carded", 52), ("poor", 54)):
            places.cases[name] = _examined(places, "IT022", who)

    def card(places: Places) -> None:
        case, township = places.cases["carded"], places.township
        places.act(township, case, "issue_card", _SUPERVISOR, cause="examination")
        places.act(township, case, "appeal_card", note="窗口停电三天，有供电所通知")
        head, day = township.person(), shown_today(township.store)
        until = day + timedelta(days=20)
        staff.away(township.store, head.name, _DEPUTY, day, until, by=head, note="培训")

    def decide(places: Places) -> None:
        case, township = places.cases["poor"], places.township
        places.act(township, case, "accept", _DEPUTY)
        places.act(township, case, "decide", _DEPUTY, approved=True, result="发给就业创业证")

    def deliver(places: Places) -> None:
        facts = {"way": "proxy", "recipient": "", "proof": "送达回证已签字"}
        places.act(places.village, places.cases["poor"], "deliver", **facts)

    def follow_up(places: Places) -> None:
        facts = {"grade": "poor", "opinion": "跑了两趟"}
        places.act(places.township, places.cases["poor"], "follow_up", _SUPERVISOR, **facts)

    diary.on(27, examine)
    diary.on(16, card)
    diary.on(15, decide)
    diary.on(14, deliver)
    diary.on(6, follow_up)


def _examined(places: Places, item: str, who: int) -> Ref:
    case = places.register(places.village, item, who)
    places.act(places.village, case, "forward")
    places.meet()
    places.act(places.township, case, "take_over")
    places.meet()
    return case
