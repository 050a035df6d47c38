"""工作台, and what the window has on every page: help, the search, a toast, a question."""

from __future__ import annotations

from app.usecases import drafts
from ui.desktop.gallery import houses
from ui.desktop.gallery.district import Station
from ui.desktop.gallery.scene import Act, Scene, at_desk, patiently
from ui.desktop.gallery.stage import WORKING, Stage, offline
from ui.desktop.look import Mood
from ui.desktop.pages.names import PageName
from ui.desktop.widgets.button import ButtonKind
from ui.desktop.widgets.dialogs import Question
from ui.desktop.window.acts import WindowAct
from ui.desktop.window.main_window import MainWindow
from ui.desktop.window.operator_pill import OperatorPill
from ui.desktop.window.palette import Palette

_HOME = PageName.HOME


def scenes() -> list[Scene]:
    village, township = _village, _township
    return [
        at_desk("home-empty", "工作台：空的", lambda: houses.empty().village, _HOME, matters=True),
        at_desk("home-ordinary", "工作台：村里", village, _HOME, acts=[_drafted], matters=True),
        at_desk("home-township", "工作台：乡里", township, _HOME),
        at_desk("home-district", "工作台：区里", lambda: houses.ordinary().seat, _HOME),
        at_desk("home-crowded", "工作台：很多", lambda: houses.crowded().township, _HOME, matters=True),
        at_desk("home-offline", "工作台：离线，有积压", village, _HOME, state=lambda: offline(37), matters=True),
        at_desk("home-clock", "工作台：电脑日期不对", village, _HOME, acts=[_turned_back]),
        at_desk("home-working", "工作台：正在交换", village, _HOME, state=lambda: WORKING, acts=[patiently]),
        at_desk("window-palette", "窗口：查找", village, _HOME, acts=[_find, _type("w")], matters=True),
        at_desk("window-palette-open", "窗口：查找，还没有打字", township, _HOME, acts=[_find]),
        at_desk("window-palette-none", "窗口：没有找到", village, _HOME, acts=[_find, _type("没有的人")]),
        at_desk("window-help", "窗口：帮助", village, _HOME, acts=[_help], matters=True),
        at_desk("window-toasts", "窗口：消息", village, _HOME, acts=[_say], matters=True),
        at_desk("window-question", "窗口：提问", township, PageName.REVIEW, acts=[_ask], matters=True),
        at_desk("window-operator", "窗口：操作员菜单", village, _HOME, acts=[_menu]),
    ]  # fmt: skip


def _village() -> Station:
    return houses.ordinary().village


def _township() -> Station:
    return houses.ordinary().township


def _drafted(_window: MainWindow, stage: Stage) -> None:
    store, by = _village().store, stage.desk.operator
    drafts.keep(store, by, b"{}", title="韦*妹 · 最低生活保障审核确认")
    stage.desk.changed.emit()


def _turned_back(_window: MainWindow, stage: Stage) -> None:
    wall = houses.ordinary().district.wall
    wall.turn(-40)
    stage.desk.changed.emit()
    stage.settle()
    wall.turn(40)


def _find(window: MainWindow, _stage: Stage) -> None:
    window.perform(WindowAct.FIND)


def _type(text: str) -> Act:
    def act(window: MainWindow, _stage: Stage) -> None:
        palette = window.findChild(Palette)
        assert isinstance(palette, Palette)
        palette.setText(text)
        palette.ask_now()

    return act


def _help(window: MainWindow, _stage: Stage) -> None:
    window.perform(WindowAct.HELP)


def _say(_window: MainWindow, stage: Stage) -> None:
    stage.desk.say(Mood.GOOD, "韦*妹 就业创业证申领：已转报")
    stage.desk.say(Mood.BAD, "打印机没有连上，回执没有打出来。办件已经登记，可以稍后补打。")


def _ask(window: MainWindow, _stage: Stage) -> None:
    question = Question(
        "不予受理？",
        "会出具《不予受理通知书》送给申请人，这一件就此结束，不能再改回来。",
        "不予受理",
        ButtonKind.DANGER,
        parent=window,
    )
    question.open()


def _menu(window: MainWindow, _stage: Stage) -> None:
    pill = window.findChild(OperatorPill)
    assert isinstance(pill, OperatorPill)
    pill.click()
