"""The 工作台 as it is seen: register, the counts, what to do now; beside them the centre, drafts and the last five."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QFrame, QScrollArea, QWidget
from typing_extensions import override

from app.usecases.supervision import Lights
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space
from ui.desktop.pages.home.cards import CountCards
from ui.desktop.pages.home.centre_card import CentreCard
from ui.desktop.pages.home.glance import Glance
from ui.desktop.pages.home.notices import Lead, Notices
from ui.desktop.pages.home.now_card import NowCard
from ui.desktop.pages.home.presenter import HomePresenter
from ui.desktop.pages.home.side_cards import DraftsCard, RecentCard
from ui.desktop.pages.names import PageName
from ui.desktop.pages.page import DeskPage
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind, ButtonSize
from ui.desktop.window.acts import WindowAct

if TYPE_CHECKING:
    from ui.desktop.pages.home.watch_card import WatchCard

_SIDE_UNITS: Final = 330
_WIDEST_UNITS: Final = 10_000
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
        self._presenter = HomePresenter(desk, self)
        self._make()
        self._assemble()
        self._connect()

    # --- made of ----------------------------------------------------------------------------------

    def _make(self) -> None:
        self._notices = Notices()
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
        self._cards = CountCards()
        self._repeated = Banner(Mood.INFO, "")
        self._now = NowCard()
        self._watch: WatchCard | None = None
        self._centre = CentreCard(self.desk.exchanger)
        self._drafts = DraftsCard(self.desk, self._presenter)
        self._recent = RecentCard(self.desk, self._presenter)

    def _assemble(self) -> None:
        self._top = QWidget()
        top = look.row(Space.L, parent=self._top)
        top.addWidget(self._register)
        top.addWidget(self._scan)
        top.addStretch(1)
        main = look.column(Space.M)
        main.addWidget(self._top)
        main.addWidget(self._cards)
        main.addWidget(self._repeated)
        main.addWidget(self._now, 1)
        self._repeated.hide()
        self._side = QWidget()
        side = self._side_column = look.column(Space.M, parent=self._side)
        for card in (self._centre, self._drafts, self._recent):
            side.addWidget(card)
        side.addStretch(1)
        self._columns = look.row(Space.L)
        self._columns.addLayout(main, 1)
        self._columns.addWidget(self._side)
        inner = QWidget()
        whole = look.column(Space.M, (Space.PAGE, Space.L, Space.PAGE, Space.L), inner)
        whole.addWidget(self._notices)
        whole.addLayout(self._columns, 1)
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
        self._now.opened.connect(self._presenter.open_task)
        self._now.acted.connect(self.act_asked)
        self._centre.exchange_asked.connect(partial(self.act_asked.emit, WindowAct.EXCHANGE))
        self._notices.asked.connect(self._on_notice)

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
        self._notices.show_notices(seen)
        self._cards.show_cards(seen.cards)
        if self._watch is not None:
            self._watch.setVisible(self._presenter.watches)
        told = self.tr("有 {n} 件可能重复，还没有人比对。").format(n=seen.duplicates)
        self._repeated.say(Mood.INFO, told, self.tr("去比对"))
        self._repeated.setVisible(bool(seen.duplicates))
        self._now.show_tasks(seen)
        self._drafts.show_drafts(seen)
        self._recent.show_recent(seen)
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

    def _order_tabs(self) -> None:
        """What is made while the page stands there comes last otherwise."""
        parts = (
            *self._notices.shown(),
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

    def _on_notice(self, lead: Lead) -> None:
        match lead:
            case Lead.DATE:
                self.clock_asked.emit()
            case Lead.EXCHANGE_NOW:
                self.act_asked.emit(WindowAct.EXCHANGE)
            case Lead.SETTINGS:
                self.desk.go(PageName.SETTINGS)
            case Lead.EXCHANGE_PAGE:
                self.desk.go(PageName.EXCHANGE)

    def _on_register(self) -> None:
        self.act_asked.emit(WindowAct.REGISTER)

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
