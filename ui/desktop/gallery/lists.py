"""Sheets of what shows many things."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel, QTransform
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.gallery import scanned
from ui.desktop.gallery.board import LONG_ITEM, LONG_NAME, Board, columns
from ui.desktop.gallery.sheet import Sheet
from ui.desktop.look import Mood, Space
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.checklist import Checklist, Line
from ui.desktop.widgets.clock_bar import ClockBar
from ui.desktop.widgets.count_card import CountCard
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.page_bar import PageSteps, SizeSteps
from ui.desktop.widgets.page_strip import PageCard, PageStrip
from ui.desktop.widgets.picture_view import PictureView
from ui.desktop.widgets.progress import Progress
from ui.desktop.widgets.row_list import Row, RowList
from ui.desktop.widgets.rule import Rule
from ui.desktop.widgets.spinner import Spinner
from ui.desktop.widgets.table_view import CellKind, CellRole, Column, TableView
from ui.desktop.widgets.timeline import Step, Timeline


def sheets() -> list[Sheet]:
    return [
        Sheet(name="05-lists", title="清单、经过、时钟", make=_lists, size=(900, 0)),
        Sheet(name="06-rows", title="工作台的行", make=_rows, size=(900, 0)),
        Sheet(name="07-table", title="表格", make=_table, size=(900, 460), arrange=_select),
        Sheet(name="16-pages", title="扫描的页", make=_pages, size=(900, 0), arrange=_take_up),
        Sheet(name="17-picture", title="一页的大图", make=_picture, size=(700, 520)),
        Sheet(name="08-table-empty", title="空表格", make=_empty_table, size=(900, 460)),
    ]


def _pages() -> QWidget:
    board = Board()
    strip = PageStrip("居民户口簿")
    small = [scanned.a_page("居民户口簿", n + 1).scaledToHeight(176) for n in range(5)]
    wide = scanned.a_page("申请表").transformed(QTransform().rotate(90)).scaledToHeight(120)
    strip.show_cards(
        [PageCard(key=n, picture=one) for n, one in enumerate([*small, wide, *small, *small])]
    )
    board.pin("可以换位置、转、移走的", strip)
    far = PageStrip("居民身份证")
    far.set_editable(False)
    far.show_cards(
        [
            PageCard(key=1, picture=small[0]),
            PageCard(key=2, mark="没下载", mood=Mood.INFO),
            PageCard(key=3),
        ]
    )
    board.pin("只看的：有的没下载，有的正在画", far)
    materials = Checklist()
    materials.show_lines(
        [
            Line(title="居民户口簿", key=1, detail="原件核验后退还 · 扫描 2 页", ticked=True,
                 right="份数、保管", right_icon="pencil", side_icon="camera"),
            Line(title="家庭收入财产状况声明", key=2, detail="原件 1 份", right="缺",
                 mood=Mood.BAD, side_icon="camera"),
        ]
    )  # fmt: skip
    below = PageStrip("居民户口簿")
    below.show_cards([PageCard(key=n, picture=one) for n, one in enumerate(small[:2])])
    materials.put_below({1: below})
    materials.aim(2)
    board.pin("清单下面，正把文件拖到第二行", materials)
    return board


def _take_up(board: QWidget) -> None:
    """The mouse carries the second page before the fifth."""
    board.window().activateWindow()
    strip = board.findChild(PageStrip)
    assert isinstance(strip, PageStrip)
    strip.setFocus()
    QTest.mousePress(
        strip, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, strip.place_of(1).center()
    )
    to = strip.place_of(4).center() - QPoint(8, 0)
    QTest.mouseMove(strip, to)


def _picture() -> QWidget:
    board = Board()
    view = PictureView()
    steps, size = PageSteps(), SizeSteps(view)
    steps.show_page(0, 3)
    bar = look.row(Space.S)
    for part in (steps, size):
        bar.addWidget(part)
    bar.addStretch(1)
    board.column.addLayout(bar)
    view.show_picture([scanned.a_page("居民户口簿")])
    view.zoom_to(0.5)
    board.column.addWidget(view, 1)
    return board


def _lists() -> QWidget:
    board = Board()
    bars = [ClockBar() for _ in range(4)]
    bars[0].show_clock("受理审查 5 个工作日", "剩余 3", 0.4)
    bars[1].show_clock("承诺 21 · 法定 30 个工作日", "受理后开始", 0.0)
    bars[2].show_clock("承诺 21 个工作日", "超期 2 天", 1.0, Mood.BAD)
    bars[3].show_clock("公告 30 天", "暂停", 0.3, Mood.PAUSED)
    board.pin("时钟", columns(*bars[:2]), columns(*bars[2:]))
    materials = Checklist()
    materials.show_lines(
        [
            Line(
                title="共同生活家庭成员居民身份证",
                key=1,
                detail="原件核验后退还 · 复印件 1 份",
                ticked=True,
                right="2 页",
                right_icon="paperclip",
            ),
            Line(
                title="家庭收入财产状况声明和诚信承诺书",
                key=2,
                detail="原件 1 份",
                right="缺",
                mood=Mood.BAD,
            ),
            Line(
                title=LONG_ITEM, key=3, detail="家庭成员有残疾人时", right="不适用", tickable=False
            ),
        ]
    )
    steps = Timeline()
    steps.show_steps(
        [
            Step(
                title="登记收件",
                when="11-20 09:12",
                text="湖塘村 · 值班代办员 · 身份证等 3 件，缺 1 件",
            ),
            Step(title="转报", when="11-20 09:40", text="湖塘村 · 离线登记，09:42 到达中心"),
            Step(
                title="补正告知",
                when="11-20 10:30",
                text="这一条不合现在的状态，没有生效。请打电话问乡里。",
                mood=Mood.WARN,
            ),
            Step(
                title="接收", when="11-20 10:05", text="朝阳乡 · 综合窗口 · 办件编号 QX2026-001207"
            ),
        ]
    )
    first, second = Card("申请材料", "已收 1 · 缺 1"), Card("经过")
    first.add(materials)
    second.add(steps)
    board.column.addLayout(columns(first, second))
    progress, unknown, done = Progress(), Progress(), Progress()
    progress.show_progress("正在备份办件", 0.42, "还剩 3 分钟")
    unknown.show_progress("正在连接区中心", None)
    done.finish(Mood.GOOD, "备份好了，放在 U 盘的“代办备份”里。")
    spinner = Spinner()
    spinner.start()
    board.pin("进度", progress, unknown, done, Rule(), spinner)
    return board


def _rows() -> QWidget:
    board = Board()
    counts = [CountCard(label) for label in ("待转报", "在镇街办理", "待送达", "待回访")]
    counts[0].show_count(3, "1 件今天到期", Mood.WARN)
    counts[1].show_count(18, "2 件待补正")
    counts[2].show_count(2, "1 件超期", Mood.BAD)
    counts[3].show_count(4, "本周")
    row = look.row(Space.M)
    for count in counts:
        row.addWidget(count, 1)
    board.column.addLayout(row)
    rows = RowList()
    rows.show_rows(
        [
            Row(
                title="转报：覃* 残疾人两项补贴",
                right="收件 11-18",
                chip="今天到期",
                mood=Mood.WARN,
                key=1,
            ),
            Row(
                title="送达：莫*英 高龄津贴",
                right="决定 11-06",
                chip="超期 1 天",
                mood=Mood.BAD,
                key=2,
            ),
            Row(
                title="补正：黄*军 临时救助",
                detail="还缺 2 件",
                right="告知 11-18",
                chip="剩余 2 个工作日",
                mood=Mood.GOOD,
                key=3,
            ),
            Row(
                title=f"回访：{LONG_NAME} {LONG_ITEM}",
                right="送达 11-16",
                chip="暂停",
                mood=Mood.PAUSED,
                key=4,
            ),
        ]
    )
    card = board.pin("现在该办的", rows)
    card.set_note("按到期先后")
    empty = RowList()
    empty.set_empty_text("没有到期的，也没有要送达的。新来的会排在这里。")
    board.pin("都办完了", empty)
    return board


def _table() -> QWidget:
    board = Board()
    table = TableView(name="办件")
    people = [
        ("韦*妹", "最低生活保障", "湖塘村", "剩余 3 个工作日", Mood.GOOD, "1,409.50"),
        ("覃*", "残疾人两项补贴", "岩前村", "今天到期", Mood.WARN, "80.00"),
        ("莫*英", "高龄津贴申领", "西南村", "超期 1 天", Mood.BAD, "100.00"),
        ("黄*军", "临时救助", "合心村", "剩余 6 个工作日", Mood.PAUSED, "3,000.00"),
        (LONG_NAME, LONG_ITEM, "丫吉村", "暂停（公告）", Mood.PAUSED, "12,000.00"),
        ("潘*", "宅基地建房审批", "新建村", "待受理审查", Mood.INFO, "0.00"),
    ]
    table.setModel(_model(people))
    table.columns(
        [
            Column(width=120),
            Column(width=180, stretch=1, kind=CellKind.TWO_LINES),
            Column(width=200, kind=CellKind.CHIP),
            Column(width=120, figures=True),
        ]
    )
    table.set_row_units(52)
    card = Card()
    card.add(table, 1)
    board.column.addWidget(card, 1)
    return board


def _model(people: list[tuple[str, str, str, str, Mood, str]]) -> QStandardItemModel:
    model = QStandardItemModel()
    model.setHorizontalHeaderLabels(["申请人", "事项", "时限", "金额（元）"])
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    model.setHeaderData(3, Qt.Orientation.Horizontal, right, Qt.ItemDataRole.TextAlignmentRole)
    for name, item, village, left, mood, amount in people:
        cells = [QStandardItem(text) for text in (name, item, left, amount)]
        cells[0].setData(name, CellRole.KEY)
        cells[1].setData(village, CellRole.DETAIL)
        cells[2].setData(mood, CellRole.MOOD)
        model.appendRow(cells)
    return model


def _select(board: QWidget) -> None:
    table = board.findChild(TableView)
    if isinstance(table, TableView):
        table.select_row(1)
        table.setFocus()


def _empty_table() -> QWidget:
    board = _table()
    table = board.findChild(TableView)
    if isinstance(table, TableView):
        table.setModel(_model([]))
        table.set_empty(
            EmptyState(
                "folder-open",
                "还没有办件",
                "登记的第一件会出现在这里，离线时也一样。",
                "登记新办件",
                shown_key="F2",
            )
        )
    return board
