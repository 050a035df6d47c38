"""The 工作台 as it is seen: register, the counts, what to do now; beside them the centre, drafts and the last five."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QFrame, QScrollArea, QWidget
from typing_extensions import override

from app.store.drafts import Draft
from app.usecases.supervision import Lights
from ui import fleet_words
from ui.desktop import look, words
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space
from ui.desktop.pages.home import task_words
from ui.desktop.pages.home.cards import CountCards
from ui.desktop.pages.home.centre_card import CentreCard
from ui.desktop.pages.home.glance import Glance, Recent, TaskFacts
from ui.desktop.pages.home.presenter import HomePresenter
from ui.desktop.pages.home.side_lines import Doing, SideLine, SideLines
from ui.desktop.pages.names import PageName
from ui.desktop.pages.page import DeskPage
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind, ButtonSize
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.dialogs import confirm
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.row_list import RowList
from ui.desktop.window.acts import WindowAct

if TYPE_CHECKING:
    from ui.desktop.pages.home.watch_card import WatchCard

_SIDE_UNITS: Final = 330
_WIDEST_UNITS: Final = 10_000
_STATIONS_NAMED: Final = 2
_BESIDE_UNITS: Final = 900
"""A narrower page has the side column below."""


class HomePage(DeskPage):
    """`act_asked` carries a WindowAct; `clock_asked`: the computer's date should be looked at."""

    name = PageName.HOME
    act_asked = Signal(object)
    clock_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._filled = False
        self._waits = False
        self._tasks: dict[object, TaskFacts] = {}
        self._presenter = HomePresenter(desk, self)
        self._make()
        self._assemble()
        self._connect()

    # --- made of ----------------------------------------------------------------------------------

    def _make(self) -> None:
        self._clock = Banner(Mood.WARN, "", self.tr("校准日期"))
        self._register = Button(
            self.tr("登记新办件"),
            icon="file-plus",
            kind=ButtonKind.PRIMARY,
            size=ButtonSize.LARGE,
            shown_key="F2",
        )
        self._scan = Button(
            self.tr("扫回执"), icon="qr-code", size=ButtonSize.LARGE,
            tip=self.tr("用扫码枪扫收件回执上的二维码，直接打开那一件"),
        )  # fmt: skip
        self._backup = Banner(Mood.INFO, "")
        self._shared = Banner(Mood.WARN, "")
        self._fleet = Banner(Mood.WARN, "")
        self._cards = CountCards()
        self._repeated = Banner(Mood.INFO, "")
        self._now = Card(self.tr("现在该办的"), self.tr("按到期先后"))
        self._rows = RowList()
        self._empty = EmptyState("circle-check", "")
        self._watch: WatchCard | None = None
        self._centre = CentreCard(self.desk.exchanger)
        self._drafts = Card(self.tr("草稿"))
        self._draft_lines = SideLines()
        self._recent = Card(self.tr("最近登记"))
        self._recent_lines = SideLines()

    def _assemble(self) -> None:
        self._top = QWidget()
        top = look.row(Space.L, parent=self._top)
        top.addWidget(self._register)
        top.addWidget(self._scan)
        top.addStretch(1)
        self._now.add(self._rows)
        self._now.add(self._empty)
        self._now.body.addStretch(1)
        self._drafts.add(self._draft_lines)
        self._recent.add(self._recent_lines)
        main = look.column(Space.M)
        main.addWidget(self._top)
        main.addWidget(self._cards)
        main.addWidget(self._repeated)
        main.addWidget(self._now, 1)
        self._side = QWidget()
        side = self._side_column = look.column(Space.M, parent=self._side)
        side.addWidget(self._centre)
        side.addWidget(self._drafts)
        side.addWidget(self._recent)
        side.addStretch(1)
        self._columns = look.row(Space.L)
        self._columns.addLayout(main, 1)
        self._columns.addWidget(self._side)
        inner = QWidget()
        whole = look.column(Space.M, (Space.PAGE, Space.L, Space.PAGE, Space.L), inner)
        whole.addWidget(self._clock)
        whole.addWidget(self._backup)
        whole.addWidget(self._shared)
        whole.addWidget(self._fleet)
        whole.addLayout(self._columns, 1)
        self._clock.hide()
        self._backup.hide()
        self._shared.hide()
        self._fleet.hide()
        self._repeated.hide()
        self._empty.hide()
        self._drafts.hide()
        self._recent.hide()
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        look.column(Space.NONE, parent=self).addWidget(scroll)

    def _connect(self) -> None:
        self._presenter.glanced.connect(self._on_glance)
        self._presenter.watched.connect(self._on_watched)
        self._register.clicked.connect(self._on_register)
        self._scan.clicked.connect(partial(self.act_asked.emit, WindowAct.FIND))
        self._cards.opened.connect(self._presenter.open_card)
        self._repeated.acted.connect(self._presenter.open_repeated)
        self._rows.opened.connect(self._on_row_opened)
        self._empty.acted.connect(self._on_empty_acted)
        self._centre.exchange_asked.connect(partial(self.act_asked.emit, WindowAct.EXCHANGE))
        self._clock.acted.connect(self.clock_asked)
        self._backup.acted.connect(self._on_backup)
        for banner in (self._shared, self._fleet):
            banner.acted.connect(partial(self.desk.go, PageName.EXCHANGE))

    # --- as a page --------------------------------------------------------------------------------

    @override
    def refresh(self) -> None:
        self._presenter.look()

    @override
    def focus_first(self) -> None:
        self._register.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def help_text(self) -> str:
        return self.tr(
            "这里是今天要办的事。\n\n"
            "“现在该办的”按到期先后排列：红色是超期，橙色是今天到期，加急和绿色通道的排在前面。"
            "用上下键选中，按 Enter 打开。别人移交给您的、要退还的原件、要回应的黄牌红牌也在这里。\n\n"
            "您替别人代职的时候，那人的件写着“代”和姓名。\n\n"
            "上面的数字可以按下去，看到那一类的全部办件。\n\n"
            "有人来办事，按 F2 登记；拿着回执来问的，按“扫回执”或者 Ctrl+K，扫一下回执上的二维码。"
        )

    # --- what is told -----------------------------------------------------------------------------

    def is_filled(self) -> bool:
        """Whether it shows something yet."""
        return self._filled

    def _on_glance(self, seen: Glance) -> None:
        self._filled = True
        self._show_clock(seen)
        self._show_backup(seen)
        self._show_shared(seen)
        self._show_fleet(seen)
        self._cards.show_cards(seen.cards)
        if self._watch is not None:
            self._watch.setVisible(self._presenter.watches)
        self._now.set_note(self._order_of(seen))
        told = self.tr("有 {n} 件可能重复，还没有人比对。").format(n=seen.duplicates)
        self._repeated.say(Mood.INFO, told, self.tr("去比对"))
        self._repeated.setVisible(bool(seen.duplicates))
        self._tasks = {one.key: one for one in seen.tasks}
        self._rows.show_rows([task_words.row_of(one, seen.today) for one in seen.tasks])
        if not seen.tasks:
            self._show_nothing(seen)
        self._empty.setVisible(not seen.tasks)
        self._rows.setVisible(bool(seen.tasks))
        self._draft_lines.show_lines([self._draft_line(one, seen) for one in seen.drafts])
        self._drafts.setVisible(bool(seen.drafts))
        self._drafts.set_note(str(len(seen.drafts)) if len(seen.drafts) > 1 else "")
        self._recent_lines.show_lines([self._recent_line(one) for one in seen.recent])
        self._recent.setVisible(bool(seen.recent))
        self._order_tabs()

    def _on_watched(self, told: Lights) -> None:
        """The card is made for the first supervisor who sits here: most desks never have one."""
        if not self._presenter.watches:
            return
        if self._watch is None:
            from ui.desktop.pages.home.watch_card import WatchCard

            self._watch = WatchCard()
            self._watch.opened.connect(partial(self.desk.go, PageName.SUPERVISION))
            self._side_column.insertWidget(0, self._watch)
        self._watch.show_lights(told)
        self._watch.show()
        self._order_tabs()

    def _order_of(self, seen: Glance) -> str:
        if not seen.standing_in:
            return self.tr("按到期先后")
        names = "、".join(seen.standing_in)
        return self.tr("代 {names} 办理，按到期先后").format(names=names)

    def _order_tabs(self) -> None:
        """What is made while the page stands there comes last otherwise."""
        parts = (
            self._clock,
            self._backup,
            self._shared,
            self._fleet,
            self._top,
            self._cards,
            self._repeated,
            self._now,
            self._watch,
            self._centre,
            self._drafts,
            self._recent,
        )
        shown = [part for part in parts if part is not None]
        stops = [stop for part in shown for stop in part.findChildren(QAbstractButton)]
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)

    def _show_clock(self, seen: Glance) -> None:
        if seen.clock_behind is not None:
            said = self.tr(
                "电脑上今天是 {today}，可是本机最后一次办理是 {last}。日期不对时不能登记，也不能打印。"
            ).format(today=words.day(seen.today), last=words.day(seen.clock_behind))
            self._clock.say(Mood.WARN, said, self.tr("校准日期"))
        self._clock.setVisible(seen.clock_behind is not None)

    def _show_backup(self, seen: Glance) -> None:
        """The store waits for the centre after a restoration, or nobody has made a backup for long."""
        state = seen.backup
        if seen.restored:
            said = self.tr(
                "这里的数据刚从备份恢复。等与区中心交换过一次，备份以后上报过的会取回来，就可以办件了。"
            )
            self._backup.say(Mood.WARN, said, self.tr("立即交换"))
        elif state is not None and state.age_days is not None:
            said = self.tr("上次备份是 {n} 天前。没有送出的办件只有备份里才有，请备份一次。")
            self._backup.say(Mood.INFO, said.format(n=state.age_days), self.tr("去备份"))
        else:
            said = self.tr("这台电脑还没有备份过。没有送出的办件只有备份里才有，请备份一次。")
            self._backup.say(Mood.INFO, said, self.tr("去备份"))
        self._waits = seen.restored
        self._backup.setVisible(seen.restored or (state is not None and state.is_due))

    def _show_shared(self, seen: Glance) -> None:
        """A copy of this disk gave numbers too."""
        said = self.tr(
            "有 {n} 个收件号被两件办件用了：这块硬盘被复制过。要给其中一位申请人换回执。"
        )
        self._shared.say(Mood.WARN, said.format(n=seen.shared_numbers), self.tr("去看"))
        self._shared.setVisible(bool(seen.shared_numbers))

    def _show_fleet(self, seen: Glance) -> None:
        """Computers of stations below that somebody must see to."""
        named = [
            f"{one.health.station}（{fleet_words.remark(one.remarks[0])}）"
            for one in seen.poorly[:_STATIONS_NAMED]
        ]
        more = self.tr(" 等") if len(seen.poorly) > len(named) else ""
        said = self.tr("{n} 台站点电脑要处理：{which}。截至 {when}。").format(
            n=len(seen.poorly),
            which="、".join(named) + more,
            when=words.moment(seen.fleet_at_ms, seen.today),
        )
        self._fleet.say(Mood.WARN, said, self.tr("去看"))
        self._fleet.setVisible(bool(seen.poorly))

    def _on_backup(self) -> None:
        if self._waits:
            self.act_asked.emit(WindowAct.EXCHANGE)
        else:
            self.desk.go(PageName.SETTINGS)

    def _show_nothing(self, seen: Glance) -> None:
        if seen.any_case:
            self._empty.say(
                "circle-check",
                self.tr("现在没有要办的"),
                self.tr("要转报、要送达、要补正的，会自己出现在这里。"),
            )
        elif seen.catalogued:
            self._empty.say(
                "file-plus",
                self.tr("还没有办件"),
                self.tr("有人来办事，按 F2 登记。登记以后，要转报、要送达的都会列在这里。"),
                self.tr("登记新办件"),
            )
        else:
            self._empty.say(
                "book-open",
                self.tr("还没有收到事项目录"),
                self.tr("连上区中心以后会自动收到，收到以后就可以登记。"),
                self.tr("立即交换"),
            )
        self._empty_act = WindowAct.REGISTER if seen.catalogued else WindowAct.EXCHANGE

    def _draft_line(self, draft: Draft, seen: Glance) -> SideLine:
        title = draft.title or self.tr("没有名字的草稿")
        return SideLine(
            title=title,
            detail=self.tr("存于 {when}").format(when=words.moment(draft.saved_ms, seen.today)),
            doings=(
                Doing(
                    icon="pencil",
                    name=self.tr("接着填：{title}").format(title=title),
                    act=partial(self.desk.go, PageName.REGISTRATION, draft),
                ),
                Doing(
                    icon="trash-2",
                    name=self.tr("丢弃草稿：{title}").format(title=title),
                    act=partial(self._discard, draft, title),
                ),
            ),
        )

    def _recent_line(self, recent: Recent) -> SideLine:
        title = f"{recent.applicant} {recent.item}"
        return SideLine(
            title=title,
            detail=f"{words.bare_day(recent.received_on)} · {_short(recent.local_number)}",
            doings=(
                Doing(
                    icon="printer",
                    name=self.tr("补打回执：{title}").format(title=title),
                    act=partial(self._presenter.print_receipt, recent),
                ),
                Doing(
                    icon="chevron-right",
                    name=self.tr("打开：{title}").format(title=title),
                    act=partial(self.desk.go, PageName.CASES, recent.subject),
                ),
            ),
        )

    def _discard(self, draft: Draft, title: str) -> None:
        sure = confirm(
            self,
            self.tr("丢弃这份草稿？"),
            self.tr("“{title}”填过的内容会删掉，找不回来。").format(title=title),
            self.tr("丢弃"),
            ButtonKind.DANGER,
        )
        if sure:
            self._presenter.discard(draft)

    def _on_register(self) -> None:
        self.act_asked.emit(WindowAct.REGISTER)

    def _on_row_opened(self, key: object) -> None:
        self._presenter.open_task(self._tasks[key])

    def _on_empty_acted(self) -> None:
        self.act_asked.emit(self._empty_act)

    # --- sizes ------------------------------------------------------------------------------------

    def _suit(self) -> None:
        beside = self.width() >= look.current().px(_BESIDE_UNITS)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(way)
        if beside:
            look.sized(self._side, min_width=_SIDE_UNITS, max_width=_SIDE_UNITS)
        else:
            look.sized(self._side, min_width=0, max_width=_WIDEST_UNITS)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._suit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._suit()


def _short(local_number: str) -> str:
    """A2-0007: the station and the day stand beside it."""
    return "-".join(local_number.split("-")[-2:])
