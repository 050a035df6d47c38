"""效能监督 as it is seen: the lights, the lists of cards, and the acts on the one that is selected."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.journal.refs import Ref
from app.usecases.supervision import Lights, Which
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look import Space, TextKind
from ui.desktop.pages.cases.forms.base import ActDialog, agrees
from ui.desktop.pages.cases.forms.choosing import dialog_for
from ui.desktop.pages.cases.question import ActQuestion
from ui.desktop.pages.names import PageName
from ui.desktop.pages.page import DeskPage
from ui.desktop.pages.supervision.light_strip import LightStrip
from ui.desktop.pages.supervision.lines import CardVerb, SupervisionLine, SupervisionRead, View
from ui.desktop.pages.supervision.presenter import SupervisionPresenter
from ui.desktop.pages.supervision.table import CardTable
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.page_frame import PageFrame
from ui.desktop.widgets.segments import Segment, Segments
from ui.desktop.widgets.table_view import CellKind, Column, TableView
from ui.desktop.widgets.text import Text

_ROW_UNITS: Final = 52
_LIST_UNITS: Final = 150


class SupervisionPage(DeskPage):
    name: ClassVar[PageName] = PageName.SUPERVISION

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.presenter = SupervisionPresenter(desk, self)
        self._dialog: ActDialog | None = None
        self._sought: Ref | None = None
        self._told_last: SupervisionRead | None = None
        self._cards: dict[Which, int] = {}
        self._make()
        self._assemble()
        self._connect()

    # --- made of ----------------------------------------------------------------------------------

    def _make(self) -> None:
        self._frame = PageFrame(self.tr("效能监督"))
        self.lights = LightStrip()
        self.views = Segments(self.tr("牌的列表"))
        self.views.show_segments([Segment(text=View.OURS.label, value=View.OURS)])
        self._table = CardTable()
        self.list = TableView(name=self.tr("牌"))
        self.list.setModel(self._table)
        self.list.set_row_units(_ROW_UNITS)
        self.list.columns(
            [
                Column(width=72, stretch=1, kind=CellKind.TWO_LINES),
                Column(width=72, stretch=1, kind=CellKind.TWO_LINES),
                Column(width=124, kind=CellKind.TWO_LINES),
                Column(width=152, kind=CellKind.CHIP),
            ]
        )
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._empty = EmptyState("flag", "")
        self.list.set_empty(self._empty)
        self._told = Text("", TextKind.SECONDARY)
        self.open = Button(self.tr("打开办件"), icon="chevron-right")
        plain, primary = ButtonKind.PLAIN, ButtonKind.PRIMARY
        self.acts = {
            CardVerb.ISSUE: Button(self.tr("发牌"), icon="flag", kind=primary),
            CardVerb.CONFIRM: Button(self.tr("确认"), icon="check", kind=primary),
            CardVerb.APPEAL: Button(self.tr("申诉"), icon="message-circle-question-mark", kind=plain),
            CardVerb.UPHOLD: Button(self.tr("维持"), icon="stamp", kind=plain),
            CardVerb.TASK: Button(self.tr("转督办"), icon="bell", kind=plain),
            CardVerb.WITHDRAW: Button(self.tr("撤销"), icon="undo-2", kind=plain),
        }  # fmt: skip

    def _assemble(self) -> None:
        card = Card()
        card.add(self.list, 1)
        foot = look.flow(Space.S)
        for button in (*self.acts.values(), self.open):
            foot.addWidget(button)
            button.hide()
        foot.addWidget(self._told)
        self._frame.add_beside_title(self.lights)
        self._frame.head_row.setAlignment(self.lights, Qt.AlignmentFlag.AlignVCenter)
        self._frame.body.addWidget(self.views)
        self._frame.body.addWidget(look.sized(card, min_height=_LIST_UNITS), 1)
        self._frame.body.addLayout(foot)
        look.column(Space.NONE, parent=self).addWidget(self._frame)

    def _connect(self) -> None:
        self.views.chosen.connect(self._on_view)
        self.list.opened.connect(self._on_opened)
        self.list.current_changed.connect(lambda _: self._on_selected())
        self.open.clicked.connect(self._open_case)
        for verb, button in self.acts.items():
            button.clicked.connect(lambda *_, verb=verb: self._ask(verb))
        self.presenter.shown.connect(self._on_shown)
        self.presenter.lit.connect(self._on_lit)
        self.presenter.asked.connect(self._on_asked)
        self.presenter.acted.connect(self._on_acted)
        self.presenter.refused.connect(self._on_refused)
        self.desk.operator_changed.connect(self.presenter.begin_anew)

    # --- as a page --------------------------------------------------------------------------------

    @override
    def refresh(self) -> None:
        self.presenter.refresh()

    @override
    def receive(self, subject: object) -> None:
        """A View, or the case whose card this station is to answer."""
        if isinstance(subject, View):
            self.presenter.want(subject)
        elif isinstance(subject, Ref):
            self._sought = subject
            self.presenter.want(View.OURS)

    @override
    def focus_first(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def help_text(self) -> str:
        return self.tr(
            "灯由时限自己算出：○ 正常，△ 快到期，◆ 黄牌，■ 红牌。灯不会自己变成牌，也不会让超期的件自动通过。\n\n"
            "待发牌：到了该发牌的程度，由督查员核对以后发牌，写明责任岗位和责任人。\n\n"
            "被点名的站点可以确认，也可以在规定的天数内申诉；督查员维持、撤销，或者转督办限期办好。\n\n"
            "上下键选一张牌，回车打开那一件。这里只按时间排列，不给人排名次。"
        )

    # --- what is shown ----------------------------------------------------------------------------

    def _on_view(self, view: object) -> None:
        assert isinstance(view, View)
        self.presenter.want(view)

    def _on_shown(self, told: SupervisionRead) -> None:
        self._told_last = told
        self.lights.setVisible(told.watches)
        self._show_views()
        self._say_empty(told.view)
        self._table.show(told.lines)
        self._find_sought()
        self._on_selected()

    def _on_lit(self, lights: Lights) -> None:
        self._cards = lights.cards
        self.lights.show_lights(lights.lights)
        self._show_views()

    def _show_views(self) -> None:
        told = self._told_last
        if told is None:
            return
        parts = [Segment(text=View.OURS.label, value=View.OURS, count=told.ours)]
        if told.watches:
            parts[:0] = [
                Segment(text=view.label, value=view, count=self._cards.get(Which(view.value)))
                for view in View
                if view is not View.OURS
            ]
        self.views.show_segments(parts)
        self.views.set_value(told.view)

    def _find_sought(self) -> None:
        row = None if self._sought is None else self._table.row_of(self._sought)
        self._sought = None
        if row is None and self.list.current_row() < 0 and self._table.rowCount():
            row = 0
        if row is not None:
            self.list.select_row(row)

    def _say_empty(self, view: View) -> None:
        title, text = {
            View.PENDING: (
                self.tr("没有待发的牌"),
                self.tr("超过时限、再次要求补正、未经授权作决定的，会出现在这里。"),
            ),
            View.OPEN: (self.tr("没有发出的牌"), self.tr("发出以后还没有了结的牌列在这里。")),
            View.APPEALED: (
                self.tr("没有申诉"),
                self.tr("站点不同意的，申诉会列在这里，由督查员维持或者撤销。"),
            ),
            View.TASKED: (self.tr("没有督办"), self.tr("转督办的牌列在这里，写着办好的期限。")),
            View.CLOSED: (
                self.tr("没有了结的牌"),
                self.tr("维持的、撤销的牌列在这里。"),
            ),
            View.OURS: (
                self.tr("本站没有黄牌红牌"),
                self.tr("点到本站的黄牌、红牌会列在这里，可以确认或者申诉。"),
            ),
        }[view]
        self._empty.say("flag", title, text)

    # --- what is selected -------------------------------------------------------------------------

    def _line(self) -> SupervisionLine | None:
        return self._table.line(self.list.current_row())

    def _on_selected(self) -> None:
        line = self._line()
        may = () if line is None else line.verbs
        for verb, button in self.acts.items():
            button.setVisible(verb in may)
        self.open.setVisible(line is not None)
        rows = self._table.rowCount()
        self._told.set_text(self.tr("共 {n} 张").format(n=rows) if rows else "")

    def _on_opened(self, _index: QModelIndex) -> None:
        self._open_case()

    def _open_case(self) -> None:
        line = self._line()
        if line is not None:
            self.desk.go(PageName.CASES, line.subject)

    # --- acts -------------------------------------------------------------------------------------

    def _ask(self, verb: CardVerb) -> None:
        line = self._line()
        if line is not None:
            self.presenter.ask(line, verb)

    def _on_asked(self, question: ActQuestion) -> None:
        if not self.isVisible():  # gone elsewhere meanwhile, or the screen is locked
            return
        dialog = dialog_for(question, self.window())
        if dialog is None:
            if agrees(self.window(), question):
                self.presenter.act(question, {})
            return
        dialog.given.connect(lambda facts: self.presenter.act(question, facts))
        dialog.finished.connect(self._on_dialog_finished)
        self._dialog = dialog
        dialog.open()

    def _on_acted(self) -> None:
        if self._dialog is not None:
            self._dialog.accept()

    def _on_refused(self, sentence: str, field: str) -> None:
        if self._dialog is not None:
            self._dialog.refuse(sentence, field)

    def _on_dialog_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
