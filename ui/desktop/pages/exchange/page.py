"""同步 as it is seen: the state first, then what has to be put right, packets by hand, then what was exchanged."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from app.usecases.repairs import Repair
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.exchanging import ExchangeState, Reach
from ui.desktop.look import Mood, Space
from ui.desktop.pages.exchange import told
from ui.desktop.pages.exchange.device_card import DeviceCard
from ui.desktop.pages.exchange.fleet_card import FleetCard
from ui.desktop.pages.exchange.log_table import LogTable
from ui.desktop.pages.exchange.overview import Overview
from ui.desktop.pages.exchange.packet_card import PacketCard
from ui.desktop.pages.exchange.presenter import ExchangePresenter
from ui.desktop.pages.exchange.repair_card import RepairCard
from ui.desktop.pages.exchange.repair_dialogs import AskDistrictDialog, WithdrawRefusedDialog
from ui.desktop.pages.exchange.scans_card import ScansCard
from ui.desktop.pages.exchange.shared_card import SharedCard
from ui.desktop.pages.exchange.state_card import StateCard
from ui.desktop.pages.names import PageName
from ui.desktop.pages.page import DeskPage
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.page_frame import PageFrame
from ui.desktop.widgets.table_view import CellKind, Column, TableView
from ui.repair_text import for_district

_BESIDE_UNITS: Final = 1060
"""A narrower page has this computer's facts under the exchanges."""
_DEVICE_UNITS: Final = 340
_LOG_UNITS: Final = 280


class ExchangePage(DeskPage):
    name = PageName.EXCHANGE

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.presenter = ExchangePresenter(desk, self)
        self._make()
        self._assemble()
        self._connect()
        self._on_state(desk.exchanger.state)

    # --- made of ----------------------------------------------------------------------------------

    def _make(self) -> None:
        self._frame = PageFrame(self.tr("同步"))
        self.state = StateCard()
        self.clock = Banner(Mood.WARN, "")
        self.clock.hide()
        self.repairs = RepairCard()
        self.repairs.hide()
        self.shared = SharedCard()
        self.shared.hide()
        self.fleet = FleetCard()
        self.fleet.hide()
        self.scans = ScansCard()
        self.packets = PacketCard()
        self._table = LogTable(self)
        self.log = TableView(name=self.tr("最近的交换"))
        self.log.setModel(self._table)
        self.log.columns(
            [
                Column(width=116),
                Column(width=170, stretch=1, kind=CellKind.CHIP),
                Column(width=84, figures=True),
                Column(width=84, figures=True),
                Column(width=92, figures=True),
                Column(width=92, figures=True),
                Column(width=84, figures=True),
            ]
        )
        self.log.set_empty(
            EmptyState(
                "refresh-cw",
                self.tr("还没有交换过"),
                self.tr("有网络时会自动交换，每一次都列在这里。"),
            )
        )
        self.device = DeviceCard()

    def _assemble(self) -> None:
        self._log_card = Card(self.tr("最近的交换"), self.tr("最多留 30 次"))
        held = QWidget()
        look.column(Space.NONE, parent=held).addWidget(self.log)
        self._log_card.add(look.sized(held, min_height=_LOG_UNITS), 1)
        self._columns = look.row(Space.M)
        self._columns.addWidget(self._log_card, 1)
        self._columns.addWidget(self.device)
        for widget in (
            self.state,
            self.clock,
            self.repairs,
            self.shared,
            self.fleet,
            self.scans,
            self.packets,
        ):
            self._frame.body.addWidget(widget)
        self._frame.body.addLayout(self._columns, 1)
        look.column(Space.NONE, parent=self).addWidget(self._frame)

    def _connect(self) -> None:
        self.presenter.stands.connect(self._on_state)
        self.presenter.seen.connect(self._on_overview)
        self.presenter.packet_told.connect(self.packets.show_said)
        self.presenter.fleet_failed.connect(self.fleet.show_failure)
        self.fleet.asked.connect(self.presenter.ask_fleet)
        self.scans.send_asked.connect(self.presenter.exchange)
        self.scans.case_asked.connect(lambda subject: self.desk.go(PageName.CASES, subject))
        self.packets.write_asked.connect(self.presenter.write_packet)
        self.packets.read_asked.connect(self.presenter.read_packets)
        self.state.exchange_asked.connect(self.presenter.exchange)
        self.state.stop_asked.connect(self.presenter.stop)
        self.repairs.case_asked.connect(lambda case: self.desk.go(PageName.CASES, case))
        self.repairs.correction_asked.connect(lambda repair: self.presenter.correct(repair.ref))
        self.repairs.withdrawal_asked.connect(self._on_withdrawal_asked)
        self.repairs.district_asked.connect(self._on_district_asked)
        self.repairs.settled.connect(self._on_settled)
        self.shared.case_asked.connect(lambda case: self.desk.go(PageName.CASES, case))
        self.shared.put_aside.connect(self.presenter.put_aside)

    # --- as a page --------------------------------------------------------------------------------

    @override
    def refresh(self) -> None:
        self.presenter.look()
        self.presenter.look_at_fleet()

    @override
    def focus_first(self) -> None:
        first = self.repairs.list if self.repairs.isVisible() else self.state.exchange
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def help_text(self) -> str:
        return self.tr(
            "这里看得到这台电脑和区中心之间怎么样了。有网络时自动交换，不用管它；想马上交换按 F5。\n\n"
            "断网也照常登记、打印。没有上报的都存在这台电脑里，网络恢复后自动上报。\n\n"
            "长时间没有网络：按“导出到U盘”，带给区中心，把答复带回来按“从U盘读入”。"
            "读两遍、先读新的都不要紧，损坏的整个不读。\n\n"
            "“要处理的”是区中心没有收下的，或者别处已经先办了的。选中一条看原因和办法，"
            "回车打开办件。处理好了按“已处理，不再提醒”。"
            "被退回的登记没有成为办件：按“更正后重新登记”，原来填的都在，改好再登记；不办了按“撤回”。\n\n"
            "扫描件随后传：“扫描件”里看得到还有几页、多大，哪一页没有传成、为什么。\n\n"
            "镇街和区里还看得到下级每台电脑怎么样了：■ 要处理的在前，△ 留意的在后。"
            "打几个字找站点，选中一台看全部情况和该做什么。断网时看到的是上次问到的。"
        )

    # --- what is shown ----------------------------------------------------------------------------

    def _on_state(self, state: ExchangeState) -> None:
        self.state.show_state(state)
        self.scans.show_state(state)
        for part in (self.packets, self._log_card, self.device):
            part.setVisible(state.reach is not Reach.PRACTICE)  # no centre hears of this computer
        off = told.clock_off(state)
        self.clock.say(Mood.WARN, off)
        self.clock.setVisible(bool(off))
        overview = self.presenter.overview
        if overview is not None:
            self.device.show_overview(overview, state)

    def _on_overview(self, overview: Overview) -> None:
        self.state.show_overview(overview)
        self.repairs.show_overview(overview)
        self.shared.show_overview(overview)
        self.fleet.show_overview(overview)
        self.scans.show_overview(overview)
        self.packets.show_overview(overview)
        self._table.show(overview.notes, overview.today)
        self.device.show_overview(overview, self.presenter.state)

    # --- acts -------------------------------------------------------------------------------------

    def _on_withdrawal_asked(self, repair: Repair) -> None:
        dialog = WithdrawRefusedDialog(
            told.whose(repair), registration=told.may_be_registered_again(repair), parent=self
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.given.connect(
            lambda reason: self.presenter.withdraw(
                repair.ref, reason, done=dialog.accept, failed=dialog.refuse
            )
        )
        dialog.open()

    def _on_district_asked(self, repair: Repair) -> None:
        overview = self.presenter.overview
        if overview is not None:
            dialog = AskDistrictDialog(for_district(repair, overview.who), self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _on_settled(self, repair: Repair) -> None:
        self.presenter.settle(repair.ref)

    # --- sizes ------------------------------------------------------------------------------------

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= look.current().px(_BESIDE_UNITS)
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        width = look.current().px(_DEVICE_UNITS)
        self.device.setMaximumWidth(width if beside else _NO_LIMIT)
        self.device.setMinimumWidth(width if beside else 0)


_NO_LIMIT: Final = 16777215  # QWIDGETSIZE_MAX, which the bindings leave out
