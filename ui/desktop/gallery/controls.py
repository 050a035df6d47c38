"""Sheets of what is read, pressed and typed into."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.gallery.board import LONG_NAME, Board, beside, columns
from ui.desktop.gallery.sheet import Sheet
from ui.desktop.look import Mood, Space, TextKind
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import (
    Button,
    ButtonKind,
    ButtonSize,
    IconButton,
    MenuButton,
)
from ui.desktop.widgets.chip import Chip
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.day_edit import DayEdit
from ui.desktop.widgets.facts import Facts
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.hold_to_reveal import HoldToReveal
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.key_hint import KeyHint
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.password_edit import PasswordEdit
from ui.desktop.widgets.pill import Pill
from ui.desktop.widgets.radio import Radios
from ui.desktop.widgets.segments import Segment, Segments
from ui.desktop.widgets.text import Elided, Figures, Text
from ui.desktop.widgets.text_area import TextArea
from ui.desktop.widgets.tick import Tick


def sheets() -> list[Sheet]:
    return [
        Sheet(name="01-text", title="文字和图标", make=_texts, size=(900, 0)),
        Sheet(name="02-buttons", title="按钮", make=_buttons, size=(900, 0), arrange=_focus),
        Sheet(name="03-fields", title="输入框", make=_fields, size=(900, 0), arrange=_focus),
        Sheet(name="04-chips", title="标签、提示条、分段", make=_chips, size=(900, 0)),
    ]


def _texts() -> QWidget:
    board = Board()
    kinds = [Text(f"{kind.value}：今天 3 件到期 ¥1,409.50", kind) for kind in TextKind]
    board.pin("字号", *kinds)
    rare = Text("罕见字：𠮷田 𠀀 㐂 䶮 · 藏文、维文姓名用汉字写", TextKind.LEAD)
    elided = Elided(f"{LONG_NAME}，{LONG_NAME}，{LONG_NAME}，{LONG_NAME}")
    board.pin("罕见字，太长的字", rare, elided)
    figures = [Figures(text) for text in ("1,111.11", "8,888.88", "¥ 12,409.50")]
    board.pin("对齐的数字", *figures)
    names = (
        "layout-dashboard file-plus folder-open clipboard-check book-open printer refresh-cw settings "
        "search cloud cloud-off clock triangle-alert circle-alert circle-check pause info user qr-code"
    )
    board.pin(
        "图标",
        beside(*(Icon(name, 24) for name in names.split())),
        beside(KeyHint("F2"), KeyHint("Ctrl+Return")),
    )
    return board


def _buttons() -> QWidget:
    board = Board()
    large = [
        Button(
            "登记新办件",
            icon="file-plus",
            kind=ButtonKind.PRIMARY,
            size=ButtonSize.LARGE,
            shown_key="F2",
        ),
        Button("扫回执", icon="qr-code", size=ButtonSize.LARGE),
        Button("登记并打印回执", icon="printer", kind=ButtonKind.PRIMARY, size=ButtonSize.LARGE),
    ]
    board.pin("大", beside(*large, spacing=Space.L))
    for title, enabled in (("可以按", True), ("现在不能按", False)):
        row: list[QWidget] = [
            Button("受理", icon="check", kind=ButtonKind.PRIMARY),
            Button("一次性告知补正", icon="file-warning"),
            Button("换一项", kind=ButtonKind.QUIET, icon="arrow-down"),
            Button("作废", kind=ButtonKind.DANGER),
            MenuButton("更多办法"),
            MenuButton("排序", icon="list-filter", text="到期先后"),
            IconButton("refresh-cw", "再看一次"),
        ]
        for button in row:
            button.setEnabled(enabled)
        board.pin(title, beside(*row))
    focused = [Button("受理", icon="check", kind=ButtonKind.PRIMARY), Button("退回")]
    board.pin("键盘所在", beside(*focused))
    focused[0].setObjectName("focus")
    return board


def _focus(board: QWidget) -> None:
    widget = board.findChild(QWidget, "focus")
    if widget is not None:
        widget.setFocus()


def _fields() -> QWidget:
    board = Board()
    name, number, phone = LineEdit(), LineEdit(), LineEdit("手机或座机")
    name.setText("韦小妹")
    name.setObjectName("focus")
    number.setText("450305 19620315 1028")
    fields = [
        Field("申请人姓名", name),
        Field("居民身份证号", number),
        Field("电话", phone, optional=True),
    ]
    fields[0].say(Mood.INFO, "3 组，去年办过高龄津贴")
    fields[1].say(Mood.GOOD, "校验通过 · 女 · 64 岁")
    board.pin("一行字", columns(*fields))
    wrong, search, off = LineEdit(), LineEdit("姓名、拼音、证件后四位", icon="search"), LineEdit()
    wrong.setText("450305 19620315 1029")
    off.setText("湖塘村")
    off.setEnabled(False)
    odd = [Field("居民身份证号", wrong), Field("查找", search), Field("站点（不能改）", off)]
    odd[0].say(Mood.BAD, "末位应为 8。请照证件核对；证件上就是这样的，可以注明后照收。")
    odd[1].set_note("至少两个字")
    board.pin("不对、查找、不能改", columns(*odd))
    day, password = DayEdit(date(2026, 11, 21)), PasswordEdit()
    day.set_day(date(2026, 11, 21))
    password.setText("hutang2026")
    mode = Choice([("本人到站，委托代办", "proxy"), ("直接办理", "direct"), ("引领", "accompany")])
    board.pin(
        "其他", columns(Field("收件日期", day), Field("密码", password), Field("办理方式", mode))
    )
    ticks = [Tick("已告知个人信息用途"), Tick("签署代办委托书"), Tick("加急 · 绿色通道")]
    ticks[0].setChecked(True)
    ticks[1].setChecked(True)
    ticks[1].setEnabled(False)
    ticks[2].set_note("老人、残疾人、现役军人和其他急难情形，先办后补")
    area = TextArea("写给下一位经办人")
    radios = Radios([("个人", 1), ("企业和单位", 2), ("个体工商户", 3)])
    left = QWidget()
    stack = look.column(Space.XS, parent=left)
    for widget in (*ticks, radios):
        stack.addWidget(widget)
    board.pin("勾选和多行", columns(left, Field("备注", area, optional=True)))
    return board


def _chips() -> QWidget:
    board = Board()
    words = {
        Mood.PLAIN: "仅本机",
        Mood.INFO: "待受理审查",
        Mood.GOOD: "剩余 3 个工作日",
        Mood.WARN: "今天到期",
        Mood.BAD: "超期 1 天",
        Mood.PAUSED: "暂停（公告）",
    }
    board.pin("标签", beside(*(Chip(text, mood) for mood, text in words.items())))
    pills = [
        Pill("在线 · 已全部上报", Mood.GOOD, "cloud"),
        Pill("离线 · 待上报 3", Mood.PAUSED, "cloud-off"),
        Pill("值班代办员", Mood.PLAIN, "user"),
    ]
    board.pin("可以按的标签", beside(*pills))
    segments = Segments("审查")
    segments.show_segments(
        [
            Segment(text="待我处理", value=1, count=12),
            Segment(text="待补正", value=2, count=4),
            Segment(text="办理中", value=3, count=31),
            Segment(text="转上级", value=4, count=6),
        ]
    )
    board.pin("分段", segments)
    reveal = HoldToReveal("450305********1028")
    board.pin("按住显示", reveal)
    board.pin(
        "提示条",
        Banner(Mood.WARN, "缺 1 件必备材料：可以先登记并收件，回执会写明待补齐的材料。"),
        Banner(Mood.INFO, "可能重复：同一申请人 11月3日 在西南村登记过“临时救助”。", "比对"),
        Banner(
            Mood.BAD, "打印机没有纸。办件已经登记，装好纸后可以补打回执。", "补打", closable=True
        ),
        Banner(Mood.GOOD, "已登记，已送到区中心。"),
        Banner(Mood.PAUSED, "现在是练习模式，办的件不会上报。"),
        Banner(Mood.PLAIN, "这一页的数字每天早上重新计算。"),
    )
    facts = Facts()
    facts.show_facts(
        [
            ("文书", "收件回执"),
            ("收件号", "450305200201-20261121-A1-0003"),
            ("出具单位", "湖塘村政务服务站"),
        ]
    )
    board.pin("几项说明", facts)
    return board
