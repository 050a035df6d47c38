"""The top bar: the station, the search, how it stands with the centre, today, and who is at the desk."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QWidget
from typing_extensions import override

from ui.desktop import look, words
from ui.desktop.exchanging import ExchangeState
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.widgets.text import Elided
from ui.desktop.widgets.tips import set_tip
from ui.desktop.window.band import Band, Edge
from ui.desktop.window.exchange_pill import ExchangePill
from ui.desktop.window.operator_pill import OperatorPill
from ui.desktop.window.palette import Palette
from ui.desktop.window.presenter import Today

_HEIGHT_UNITS: Final = 56
_SEARCH_UNITS: Final = (200, 440)
_STATION_UNITS: Final = (96, 152)
"""The least of its name, and the width at which the search stands over the page's left edge."""
_PILL_UNITS: Final = 48
"""One that shows its icon alone."""
_ALL_BUT_THE_REST: Final = 100


class TopBar(Band):
    """`act_chosen` carries a WindowAct of the operator's menu; `exchange_opened`: the pill was pressed."""

    act_chosen = Signal(object)
    exchange_opened = Signal()

    def __init__(self, station: str, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(Edge.BOTTOM, parent)
        self._today: Today | None = None
        self._station_short = False
        self._station = Elided(station, TextKind.SECTION)
        self.palette_box = look.sized(
            palette, min_width=_SEARCH_UNITS[0], max_width=_SEARCH_UNITS[1]
        )
        self._pill = ExchangePill()
        self._day = Elided("", TextKind.SECONDARY)
        self._operator = OperatorPill()
        self._pill.clicked.connect(self.exchange_opened)
        self._pill.retold.connect(self._fit)
        self._operator.act_chosen.connect(self.act_chosen)
        self._assemble()

    def show_exchange(self, state: ExchangeState) -> None:
        self._pill.show_state(state)

    def show_today(self, today: Today) -> None:
        self._today = today
        self._fit()

    def show_operator(self, name: str) -> None:
        self._operator.show_operator(name)
        self._fit()

    def _assemble(self) -> None:
        look.sized(self, height=_HEIGHT_UNITS)
        row = look.row(Space.L, (Space.L, 0, Space.L, 0))
        row.addWidget(self._station)
        row.addWidget(self.palette_box, _ALL_BUT_THE_REST)
        row.addStretch(1)
        row.addWidget(self._pill)
        row.addWidget(self._day)
        row.addWidget(self._operator)
        # How little it can do with is not what it says at the moment: the window may become smaller.
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(row)

    # --- what there is room for -------------------------------------------------------------------

    def _fit(self) -> None:
        """Say as much as the width allows; what is least needed goes first."""
        steps = (
            self._say_all,
            self._drop_remark,
            self._drop_pill_words,
            self._drop_day,
            self._drop_name,
            self._shorten_station,
            self._drop_pill_number,
        )
        for step in steps:
            step()
            if self._needed_px() <= self.width():
                return

    def _needed_px(self) -> int:
        here = look.current()
        shown = [one for one in (self._pill, self._day, self._operator) if not one.isHidden()]
        gaps = (len(shown) + 2) * here.px(Space.L) + 2 * here.px(Space.L)
        widths = sum(one.sizeHint().width() for one in shown)
        return self._station_px() + here.px(_SEARCH_UNITS[0]) + widths + gaps

    def _station_px(self) -> int:
        least, aligned = map(look.current().px, _STATION_UNITS)
        whole = self._station.sizeHint().width()
        return min(whole, least) if self._station_short else max(whole, aligned)

    @override
    def minimumSizeHint(self) -> QSize:
        here = look.current()
        pills = 2 * here.px(_PILL_UNITS)
        width = (
            here.px(_STATION_UNITS[0]) + here.px(_SEARCH_UNITS[0]) + pills + 5 * here.px(Space.L)
        )
        return QSize(width, here.px(_HEIGHT_UNITS))

    def _say_all(self) -> None:
        self._station_short = False
        look.sized(self._station, min_width=_STATION_UNITS[1])
        self._pill.say_fully()
        self._operator.say_fully()
        self._day.setVisible(self._today is not None)
        if self._today is not None:
            self._say_day(f"{_day(self._today)} · {_remark(self._today)}")

    def _drop_remark(self) -> None:
        if self._today is not None:
            self._say_day(words.short_day(self._today.day))

    def _say_day(self, text: str) -> None:
        self._day.set_text(text)
        if self._today is not None:
            set_tip(self._day, _day_tip(self._today))

    def _drop_pill_words(self) -> None:
        self._pill.say_briefly()

    def _drop_day(self) -> None:
        self._day.hide()

    def _drop_name(self) -> None:
        self._operator.say_nothing()

    def _shorten_station(self) -> None:
        self._station_short = True
        look.sized(self._station, min_width=0)

    def _drop_pill_number(self) -> None:
        self._pill.say_nothing()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()


def _day(today: Today) -> str:
    """11月20日 周五."""
    return f"{today.day.month}月{today.day.day}日 {words.short_day(today.day).split()[-1]}"


def _remark(today: Today) -> str:
    if today.workday:
        return _tr("调休上班") if today.at_weekend else _tr("工作日")
    return _tr("休息日") if today.at_weekend else _tr("放假")


def _day_tip(today: Today) -> str:
    whole = f"{words.day(today.day)} {words.short_day(today.day).split()[-1]} · {_remark(today)}"
    if today.published:
        return whole
    return whole + "\n" + _tr("今年的放假安排还没有收到，先按周末推算。")


def _tr(text: str) -> str:
    return QCoreApplication.translate("TopBar", text)
