"""练习模式: the pages while somebody practises, and the way in."""

from __future__ import annotations

from functools import partial

from ui.desktop.exchanging import ExchangeState, Reach
from ui.desktop.gallery import houses
from ui.desktop.gallery.scene import Scene, at_desk
from ui.desktop.gallery.stage import Stage
from ui.desktop.look import PRACTICE_THEMES
from ui.desktop.pages.names import PageName
from ui.desktop.pages.papers.page import PapersPage
from ui.desktop.practice.band import PracticeBand
from ui.desktop.practice.card import PracticeCard
from ui.desktop.practice.dialogs import EnterPractice
from ui.desktop.window.main_window import MainWindow


def scenes() -> list[Scene]:
    here = partial(
        at_desk,
        station=houses.practising,
        state=lambda: ExchangeState(reach=Reach.PRACTICE),
        themes=PRACTICE_THEMES,
    )
    return [
        at_desk(
            "practice-enter", "练习模式：进入", lambda: houses.ordinary().village,
            PageName.SETTINGS, acts=[_enter], matters=True,
        ),
        here("practice-home", "练习模式：工作台", page=PageName.HOME, matters=True),
        here("practice-next", "练习模式：镇街接着办", page=PageName.HOME, acts=[_go_on]),
        here("practice-registration", "练习模式：登记", page=PageName.REGISTRATION),
        here("practice-cases", "练习模式：办件", page=PageName.CASES),
        here("practice-papers", "练习模式：文书", page=PageName.PAPERS, acts=[_print], matters=True),
        here("practice-exchange", "练习模式：同步", page=PageName.EXCHANGE),
        here("practice-settings", "练习模式：设置", page=PageName.SETTINGS, matters=True),
        here("practice-renew", "练习模式：重新开始", page=PageName.SETTINGS, acts=[_renew]),
    ]  # fmt: skip


def _enter(window: MainWindow, stage: Stage) -> None:
    EnterPractice(stage.desk, window).open()


def _go_on(window: MainWindow, _stage: Stage) -> None:
    band = window.findChild(PracticeBand)
    assert band is not None
    band.next.click()


def _print(window: MainWindow, stage: Stage) -> None:
    """Issue a receipt, once, and look at it."""
    from app.domain.papers import PaperKind
    from app.usecases import papers
    from printing import render

    store = houses.practising().store
    case = store.rows.where("todo <> ''", (), limit=1)[0]
    if not papers.of_case(store, case.subject):
        papers.issue(
            store, case.subject, PaperKind.MATERIALS_RECEIPT, by=stage.desk.operator, render=render
        )
    stage.desk.changed.emit()
    stage.settle()
    page = window.shown
    assert isinstance(page, PapersPage)
    page.list.selectRow(0)


def _renew(window: MainWindow, _stage: Stage) -> None:
    from ui.desktop.widgets.dialogs import Question

    card = window.findChild(PracticeCard)
    assert card is not None
    Question(*card.question(), parent=window).open()
