"""各站点的电脑: how they are, those first that need somebody; for the one that is selected all that is known."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.regions import Tier
from app.domain.station_health import Care, Judged, Remark
from app.errors import DaibanError
from ui import fleet_words, wording
from ui.desktop import look, words
from ui.desktop.look import Mood, Size, Space, TextKind
from ui.desktop.pages.exchange.fleet_seen import FleetSeen
from ui.desktop.pages.exchange.fleet_table import FleetTable
from ui.desktop.pages.exchange.overview import Overview
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import IconButton
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.segments import Segment, Segments
from ui.desktop.widgets.table_view import CellKind, Column, TableView
from ui.desktop.widgets.text import Text

_MOST_ROWS: Final = 6
"""More are scrolled to."""
_FIND_UNITS: Final = 220


class FleetCard(Card):
    """Not there at a village."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._seen: FleetSeen | None = None
        self._table = FleetTable(self)
        self.list = TableView(name=self.tr("各站点的电脑"))
        self.list.setModel(self._table)
        self.list.set_row_units(Size.TWO_LINE_ROW)
        self.list.columns(
            [
                Column(width=170, stretch=2, kind=CellKind.TWO_LINES),
                Column(width=108, kind=CellKind.CHIP),
                Column(width=130, stretch=2, kind=CellKind.TWO_LINES),
                Column(width=60, figures=True),
                Column(width=64),
                Column(width=88),
                Column(width=78, figures=True),
                Column(width=88),
            ]
        )
        self.list.set_empty(
            EmptyState("search", self.tr("没有这样的站点"), self.tr("换几个字，或者看“全部”。"))
        )
        self.search = LineEdit(self.tr("站点名称、区划"), icon="search")
        self.views = Segments(self.tr("看哪些"))
        self.again = IconButton("refresh-cw", self.tr("再问一次区中心"))
        self.trouble = Banner(Mood.WARN, "")
        self.trouble.hide()
        self._holder = QWidget()
        self._known = Text("", TextKind.SECONDARY)
        self._advice = Text()
        self._assemble()
        self.search.textChanged.connect(lambda _: self._narrow())
        self.search.entered.connect(self._on_entered)
        self.views.chosen.connect(lambda _: self._narrow())
        self.again.clicked.connect(self.asked)
        self.list.current_changed.connect(lambda _: self._show_chosen())
        self._table.modelReset.connect(self._show_chosen)

    def _assemble(self) -> None:
        row = look.row(Space.M)
        row.addWidget(self.views, 1)
        row.addWidget(look.sized(self.search, width=_FIND_UNITS))
        self.header_right(self.again)
        self.add(self.trouble)
        self.add(row)
        look.column(Space.NONE, parent=self._holder).addWidget(self.list)
        self.add(self._holder)
        lines = look.column(Space.XS)
        lines.addWidget(self._advice)
        lines.addWidget(self._known)
        self.add(lines)

    def show_overview(self, overview: Overview) -> None:
        seen = self._seen = overview.fleet
        self.setVisible(seen is not None)
        if seen is None:
            return
        district = seen.tier is Tier.DISTRICT
        self.set_title(self.tr("全区各站点的电脑") if district else self.tr("本级和各村的电脑"))
        self.set_note(self._as_of(overview))
        poorly = sum(one.care is not Care.FINE for one in seen.stations)
        self.views.show_segments(
            [
                Segment(text=self.tr("全部"), value=False, count=len(seen.stations)),
                Segment(text=self.tr("要处理、留意的"), value=True, count=poorly),
            ]
        )
        self._table.show(seen.stations, overview.today)
        rows = min(max(len(seen.stations), 2), _MOST_ROWS)
        look.sized(self._holder, height=Size.ROW + rows * Size.TWO_LINE_ROW + Space.XS)
        for part in (self.views, self.search, self._holder):
            part.setVisible(bool(seen.stations))
        if self._chosen() is None:
            self.list.select_row(0)
        self._show_chosen()

    def show_failure(self, error: DaibanError | None) -> None:
        """Why the centre has not said anything newer."""
        if error is not None:
            self.trouble.say(Mood.WARN, wording.sentence_on_screen(error))
        self.trouble.setVisible(error is not None)

    def _as_of(self, overview: Overview) -> str:
        assert overview.fleet is not None
        if not overview.fleet.at_ms:
            return self.tr("还没有问到，连上区中心以后会自动问。")
        when = words.moment(overview.fleet.at_ms, overview.today)
        told = fleet_words.summary(list(overview.fleet.stations))
        return self.tr("截至 {when}，{told}").format(when=when, told=told)

    def _narrow(self) -> None:
        self._table.narrow(self.search.text(), poorly=bool(self.views.value()))
        self.list.select_row(0)

    def _on_entered(self) -> None:
        self.list.setFocus()

    def _chosen(self) -> Judged | None:
        return self._table.station(self.list.current_row())

    def _show_chosen(self) -> None:
        one = self._chosen()
        told = [] if one is None else fleet_words.details(one.health)
        self._known.set_text(
            self.tr(" · ").join(self.tr("{name} {value}").format(name=n, value=v) for n, v in told)
        )
        lines = [] if one is None else [self._line(remark) for remark in one.remarks]
        self._advice.set_text("\n".join(lines))
        self._advice.setVisible(bool(lines))
        self._known.setVisible(bool(told))

    def _line(self, remark: Remark) -> str:
        return self.tr("{what}：{advice}").format(
            what=fleet_words.remark(remark), advice=fleet_words.advice(remark)
        )
