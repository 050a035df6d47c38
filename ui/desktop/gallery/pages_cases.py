"""办件 and 审查: lists, one case, and the forms of acts."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial

from app.journal.refs import Ref
from app.usecases.acts import ACTS
from app.usecases.lookup import CaseFilter
from ui.desktop.gallery import houses
from ui.desktop.gallery.district import Station
from ui.desktop.gallery.scene import Act, Scene, at_desk
from ui.desktop.gallery.stage import Stage
from ui.desktop.pages.cases.page import CasesPage
from ui.desktop.pages.names import PageName
from ui.desktop.pages.review.page import ReviewPage
from ui.desktop.pages.review.queues import Queue
from ui.desktop.widgets.scroll_body import ScrollBody
from ui.desktop.window.main_window import MainWindow


def scenes() -> list[Scene]:
    return [*_lists(), *_details(), *_lives(), *_forms(), *_rarer_forms(), *_reviews()]


def _lists() -> list[Scene]:
    page, none = PageName.CASES, CaseFilter(text="没有这个人")
    crowded = lambda: houses.crowded().township  # noqa: E731
    return [
        at_desk("cases-empty", "办件：空的", lambda: houses.empty().village, page, matters=True),
        at_desk("cases-ordinary", "办件：村里", _village, page, matters=True),
        at_desk("cases-crowded", "办件：两百件", crowded, page, matters=True),
        at_desk(
            "cases-none", "办件：筛选后没有", crowded, page, subject=lambda: none, matters=True
        ),
    ]


def _details() -> list[Scene]:
    page = PageName.CASES
    one = partial(_case_scene, page)
    return [
        one("received", "收件后", _village, "received", matters=True),
        one("supply", "要补正", _village, "supply"),
        one("examined", "审查中", _township, "examined", matters=True),
        one("decided", "已决定", _village, "decided"),
        one("out-of-place", "有未生效的记录", _village, "out of place", matters=True),
        one("twin", "可能重复", _township, "fresh"),
        one("long", "最长的名称", _township, "long", matters=True),
        one("many", "三十件材料", _township, "many"),
        one("late", "超期", _township, "late"),
    ]


def _lives() -> list[Scene]:
    """A case at points of its life that are seldom seen."""
    return [
        _life("accompanied", "引领中", _Tier.VILLAGE),
        _life("asked twice", "第二次告知补正", _Tier.TOWNSHIP, matters=True),
        _life("paused", "特别程序中", _Tier.TOWNSHIP, matters=True),
        _life("extended", "延期", _Tier.TOWNSHIP),
        _life("outside", "外部办理", _Tier.TOWNSHIP),
        _life("above", "上级办理", _Tier.SEAT, matters=True),
        _life("joint", "联办", _Tier.TOWNSHIP, matters=True),
        _life("many people", "当事人、原件、代书", _Tier.VILLAGE, _to_the_end, matters=True),
        _life("carded", "黄牌红牌", _Tier.TOWNSHIP, _to_the_end),
        _life("poor", "代理人办的，评价不满意", _Tier.TOWNSHIP, _to_the_end, matters=True),
        _life("at work", "更多", _Tier.TOWNSHIP, _open_menu, matters=True),
    ]


def _rarer_forms() -> list[Scene]:
    """The forms of acts that are made from their facts, and those of rarer acts."""
    township, village = _Tier.TOWNSHIP, _Tier.VILLAGE
    return [
        _form("supply", "many people", village),
        _form("correct", "many people", village, matters=True),
        _form("take_originals", "many people", village, matters=True),
        _form("return_originals", "many people", village),
        _form("hand_on_originals", "many people", village),
        _form("hand_over", "many people", village),
        _form("mark", "many people", village),
        _form("withdraw", "many people", village),
        _form("appoint", "accompanied", village),
        _form("visit", "accompanied", village),
        _form("conclude", "accompanied", village),
        _form("receive_supplement", "asked twice", township),
        _form("pause", "at work", township, matters=True),
        _form("extend", "at work", township, _yes),
        _form("split", "at work", township, _yes, matters=True),
        _form("send_outside", "at work", township),
        _form("pass_up", "first", township),
        _form("resume", "paused", township),
        _form("outside_answer", "outside", township),
        _form("send_down", "above", _Tier.SEAT),
        _form("rectify", "poor", township),
        _form("uphold_card", "carded", township, operator="蒋志远"),
        _form("task_card", "carded", township, _yes, operator="蒋志远", matters=True),
    ]


class _Tier(Enum):
    VILLAGE = 1
    TOWNSHIP = 2
    SEAT = 3

    def station(self) -> Station:
        places = houses.lives()
        return {1: places.village, 2: places.township, 3: places.seat}[self.value]


def _life(
    case: str,
    title: str,
    tier: _Tier,
    *acts: Act,
    name: str = "",
    operator: str | None = None,
    matters: bool = False,
) -> Scene:
    page = PageName.CASES
    return at_desk(
        f"{page.value}-{name or 'life-' + case.replace(' ', '-')}", f"办件：{title}", tier.station, page,
        subject=lambda: houses.lives().cases[case], acts=acts, operator=operator, matters=matters,
    )  # fmt: skip


def _form(
    verb: str,
    case: str,
    tier: _Tier,
    *acts: Act,
    operator: str | None = None,
    matters: bool = False,
) -> Scene:
    return _life(
        case,
        ACTS[verb].label,
        tier,
        _start(verb),
        *acts,
        name=f"form-{verb}",
        operator=operator,
        matters=matters,
    )


def _to_the_end(window: MainWindow, _stage: Stage) -> None:
    """What stands under the fold."""
    detail = _page(window).detail
    detail.findChild(ScrollBody).verticalScrollBar().setValue(560)  # type: ignore[union-attr]


def _open_menu(window: MainWindow, _stage: Stage) -> None:
    *_, more = _page(window).detail.acts.buttons()
    more.click()


def _forms() -> list[Scene]:
    one = partial(_case_scene, PageName.CASES)
    return [
        one("do-forward", "转报", _village, "forward today", _start("forward")),
        one("do-supply", "补收材料", _village, "forward today", _start("supply"), matters=True),
        one("do-deliver", "送达", _village, "decided", _start("deliver")),
        one(
            "do-defects",
            "一次性告知补正",
            _township,
            "examined",
            _start("ask_supplement"),
            matters=True,
        ),
        one("do-return", "退回", _township, "examined", _start("return")),
        one("do-refuse", "不予受理", _township, "examined", _start("refuse"), _yes),
        one("do-decide", "作出决定", _seat, "accepted", _start("decide"), matters=True),
        one(
            "do-many",
            "三十件材料时告知补正",
            _township,
            "many",
            _start("ask_supplement"),
            matters=True,
        ),
        one("do-compare", "比对", _township, "fresh", _compare),
    ]


def _reviews() -> list[Scene]:
    page = PageName.REVIEW
    crowded = lambda: houses.crowded().township  # noqa: E731
    return [
        at_desk("review-empty", "审查：空的", lambda: houses.empty().township, page, matters=True),
        at_desk("review-ordinary", "审查：乡里", _township, page, acts=[_queue(Queue.EXAMINE)], matters=True),
        at_desk("review-approver", "审查：审批人", _township, page, operator="黄敏"),
        at_desk("review-crowded", "审查：很多", crowded, page, acts=[_queue(Queue.EXAMINE)], matters=True),
        at_desk("review-district", "审查：区里", _seat, page),
    ]  # fmt: skip


def _case_scene(
    page: PageName,
    name: str,
    title: str,
    station: Callable[[], Station],
    case: str,
    *acts: Act,
    matters: bool = False,
) -> Scene:
    def subject() -> Ref:
        return houses.ordinary().cases[case]

    return at_desk(
        f"{page.value}-{name}", f"办件：{title}", station, page,
        subject=subject, acts=acts, matters=matters,
    )  # fmt: skip


def _village() -> Station:
    return houses.ordinary().village


def _township() -> Station:
    return houses.ordinary().township


def _seat() -> Station:
    return houses.ordinary().seat


def _page(window: MainWindow) -> CasesPage:
    page = window.shown
    assert isinstance(page, CasesPage)
    return page


def _start(verb: str, which: int = 0) -> Act:
    """Press the button of an act; of several of one verb, that one."""

    def act(window: MainWindow, _stage: Stage) -> None:
        page = _page(window)
        assert page.case.sheet is not None
        found = [choice for choice in page.case.sheet.acts if choice.verb == verb]
        page.detail.start(found[which])

    return act


def _yes(window: MainWindow, _stage: Stage) -> None:
    """Nothing has been filled in yet."""
    dialog = _page(window).detail.dialog
    assert dialog is not None
    dialog.yes.click()


def _compare(window: MainWindow, _stage: Stage) -> None:
    _page(window).case.compare(houses.ordinary().cases["twin"])


def _queue(queue: Queue) -> Act:
    def act(window: MainWindow, _stage: Stage) -> None:
        page = window.shown
        assert isinstance(page, ReviewPage)
        page.presenter.choose(queue)

    return act
