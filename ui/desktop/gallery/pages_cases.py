"""办件 and 审查: lists, one case, and the forms of acts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.journal.refs import Ref
from app.usecases.lookup import CaseFilter
from ui.desktop.gallery import houses
from ui.desktop.gallery.district import Station
from ui.desktop.gallery.scene import Act, Scene, at_desk
from ui.desktop.gallery.stage import Stage
from ui.desktop.pages.cases.page import CasesPage
from ui.desktop.pages.names import PageName
from ui.desktop.pages.review.page import ReviewPage
from ui.desktop.pages.review.queues import Queue
from ui.desktop.window.main_window import MainWindow


def scenes() -> list[Scene]:
    return [*_lists(), *_details(), *_forms(), *_reviews()]


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


def _forms() -> list[Scene]:
    one = partial(_case_scene, PageName.CASES)
    return [
        one("do-forward", "转报", _village, "forward today", _start("forward")),
        one("do-supply", "补收材料", _village, "forward today", _start("supply"), matters=True),
        one("do-deliver", "送达", _village, "decided", _start("deliver")),
        one("do-defects", "一次性告知补正", _township, "examined", _start("ask_supplement"), matters=True),
        one("do-return", "退回", _township, "examined", _start("return")),
        one("do-refuse", "不予受理", _township, "examined", _start("refuse"), _yes),
        one("do-decide", "作出决定", _seat, "accepted", _start("decide"), matters=True),
        one("do-many", "三十件材料时告知补正", _township, "many", _start("ask_supplement"), matters=True),
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
