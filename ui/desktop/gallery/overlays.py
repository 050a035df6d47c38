"""Sheets of what lies over a page, and of the page's own frame."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.gallery.board import LONG_ITEM, Board
from ui.desktop.gallery.sheet import Sheet
from ui.desktop.look import Mood, Space
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.calendar import Calendar
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.checklist import Checklist, Line
from ui.desktop.widgets.chip import Chip
from ui.desktop.widgets.dialogs import FormDialog, Question
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.page_frame import PageFrame
from ui.desktop.widgets.suggest_box import SuggestBox, Suggestion
from ui.desktop.widgets.text import Text
from ui.desktop.widgets.text_area import TextArea
from ui.desktop.widgets.tick import Tick
from ui.desktop.widgets.toaster import Toaster


def sheets() -> list[Sheet]:
    return [
        Sheet(name="09-suggest", title="联想", make=_suggest, size=(760, 520), arrange=_offer),
        Sheet(
            name="10-suggest-none",
            title="联想：没有找到",
            make=_suggest,
            size=(760, 240),
            arrange=_offer_nothing,
        ),
        Sheet(name="11-toasts", title="消息", make=_toasts, size=(900, 360)),
        Sheet(name="12-question", title="提问", make=_question, size=(560, 0)),
        Sheet(name="13-form", title="填表", make=_form, size=(620, 520)),
        Sheet(name="14-page", title="页面框架", make=_page, size=(900, 500)),
        Sheet(name="15-calendar", title="日历", make=_calendar, size=(420, 0)),
    ]


def _suggest() -> QWidget:
    board = Board()
    box = SuggestBox("事项名称、旧称或拼音首字母", icon="search")
    box.setText("db")
    board.pin("", Field("事项", box))
    board.column.addStretch(1)
    return board


def _offer(board: QWidget) -> None:
    box = _box(board)
    box.offer(
        [
            Suggestion(
                title="最低生活保障审核确认",
                detail="原称 农村低保 · db",
                mark="承诺件",
                mood=Mood.INFO,
                value=1,
                group="事项",
            ),
            Suggestion(title="大病医疗救助", detail="db", mark="即办件", value=2, group="事项"),
            Suggestion(title=LONG_ITEM, detail="拼音 db", mark="上报件", value=3, group="事项"),
            Suggestion(title="单身证明", detail="村里不开，请找民政局", group="不在本站办"),
            Suggestion(
                title="韦小妹",
                detail="450305********1028 · 3 组",
                icon="user",
                mark="超期 1 天",
                mood=Mood.BAD,
                value=4,
                group="办件",
            ),
        ]
    )


def _offer_nothing(board: QWidget) -> None:
    _box(board).offer([])


def _box(board: QWidget) -> SuggestBox:
    board.window().activateWindow()
    box = board.findChild(SuggestBox)
    assert isinstance(box, SuggestBox)
    box.setFocus()
    return box


def _toasts() -> QWidget:
    board = Board()
    board.pin("工作台", Text("页面照常可以用，消息不抢键盘。"))
    board.column.addStretch(1)
    toaster = Toaster(board)
    toaster.say(Mood.GOOD, "已登记 450305200201-20261121-A1-0003。")
    toaster.say(Mood.INFO, "区中心发来 3 件新的进展。", "看看", lambda: None)
    toaster.say(Mood.BAD, "打印机没有连上，回执没有打出来。办件已经登记，可以稍后补打。")
    return board


def _question() -> QWidget:
    return Question(
        "不予受理？",
        "会出具《不予受理通知书》送给申请人，这一件就此结束，不能再改回来。",
        "不予受理",
        ButtonKind.DANGER,
    )


def _form() -> QWidget:
    dialog = FormDialog("一次性告知补正", "出具告知书", note="只能告知一次，请把缺的都勾上。")
    lines = Checklist()
    lines.show_lines(
        [
            Line(title="家庭收入财产状况声明和诚信承诺书", key=1, detail="原件 1 份", ticked=True),
            Line(title="社会保障卡或银行卡（账号页）", key=2, detail="复印件 1 份"),
        ]
    )
    dialog.add(lines)
    dialog.add(Field("还要说明的", TextArea(lines=2), optional=True))
    dialog.add(Tick("已当面告知申请人"))
    dialog.say(Mood.BAD, "还没有勾选缺哪一件材料。")
    return dialog


def _page() -> QWidget:
    frame = PageFrame("办件", "共 128 件")
    frame.add_beside_title(Chip("草稿 2", Mood.INFO, "file-text"))
    frame.add_action(Button("打印", icon="printer", shown_key="F9"))
    frame.add_action(Button("登记", icon="file-plus", kind=ButtonKind.PRIMARY, shown_key="F2"))
    for number in range(6):
        card = Card(f"第 {number + 1} 张卡片", "内容多了可以滚动")
        card.add(Text("这里是内容。"))
        frame.body.addWidget(card)
    footer = Card()
    row = look.row(Space.S)
    row.addWidget(Text("底下这一条不随页面滚动。"), 1)
    row.addWidget(Button("保存", kind=ButtonKind.PRIMARY))
    footer.add(row)
    frame.set_footer(footer)
    return frame


def _calendar() -> QWidget:
    return Calendar(date(2026, 11, 21), date(2026, 11, 21))
