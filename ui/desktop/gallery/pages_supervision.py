"""效能监督, and what of it stands on the 工作台."""

from __future__ import annotations

from ui.desktop.gallery import houses
from ui.desktop.gallery.district import Station
from ui.desktop.gallery.scene import Act, Scene, at_desk
from ui.desktop.gallery.stage import Stage
from ui.desktop.gallery.weeks import SUPERVISOR
from ui.desktop.pages.names import PageName
from ui.desktop.pages.supervision.lines import CardVerb, View
from ui.desktop.pages.supervision.page import SupervisionPage
from ui.desktop.window.main_window import MainWindow

_PAGE = PageName.SUPERVISION


def scenes() -> list[Scene]:
    def here(
        name: str,
        title: str,
        view: View | None,
        *acts: Act,
        by: str | None = SUPERVISOR,
        matters: bool = False,
    ) -> Scene:
        return at_desk(
            f"supervision-{name}", f"效能监督：{title}", _watched, _PAGE,
            subject=lambda: view, acts=acts, operator=by, matters=matters,
        )  # fmt: skip

    return [
        here("pending", "待发牌", View.PENDING, matters=True),
        here("issue", "亮牌", View.PENDING, _press(CardVerb.ISSUE), matters=True),
        here("open", "已发出", View.OPEN),
        here("appealed", "申诉中", View.APPEALED),
        here("uphold", "维持", View.APPEALED, _press(CardVerb.UPHOLD)),
        here("tasked", "督办中", View.TASKED),
        here("closed", "已了结，空的", View.CLOSED),
        here("ours", "被点名的站点", View.OURS, by="黄敏", matters=True),
        here("answer", "申诉", View.OURS, _press(CardVerb.APPEAL), by="黄敏"),
        at_desk("supervision-village", "效能监督：村里", lambda: houses.watched().village, _PAGE),
        at_desk(
            "home-supervisor", "工作台：督查员", _watched, PageName.HOME, operator=SUPERVISOR, matters=True
        ),
        at_desk("home-deputy", "工作台：代职", _watched, PageName.HOME, matters=True),
        at_desk("home-archivist", "工作台：档案员", _watched, PageName.HOME, operator="罗小兰"),
    ]  # fmt: skip


def _watched() -> Station:
    return houses.watched().township


def _press(verb: CardVerb) -> Act:
    def act(window: MainWindow, _stage: Stage) -> None:
        page = window.shown
        assert isinstance(page, SupervisionPage)
        rows = range(page.list.model().rowCount())
        for row in rows:
            page.list.select_row(row)
            if page.acts[verb].isVisible():
                page.acts[verb].click()
                return

    return act
