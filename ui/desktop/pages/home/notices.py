"""What the 工作台 says above everything else: the computer's date, backups, doubled numbers, stations in trouble."""

from __future__ import annotations

from enum import Enum, auto
from functools import partial
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from ui import fleet_words
from ui.desktop import look, words
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space
from ui.desktop.pages.home.glance import Glance
from ui.desktop.widgets.banner import Banner

_STATIONS_NAMED: Final = 2


class Lead(Enum):
    """Where the button of a notice leads."""

    DATE = auto()
    EXCHANGE_NOW = auto()
    SETTINGS = auto()
    EXCHANGE_PAGE = auto()


class _Notice(msgspec.Struct, frozen=True, kw_only=True):
    mood: Mood
    text: str
    action: str
    lead: Lead


class Notices(QWidget):
    """A banner for each thing that is so, made when it is so for the first time: most days have none.

    `asked` carries the Lead whose button was pressed.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._leads: dict[int, Lead] = {}
        self._column = look.column(Space.M, parent=self)
        self._kinds = (_clock, _backup, _shared, _fleet)
        self._banners: list[Banner | None] = [None] * len(self._kinds)
        self.hide()

    def show_notices(self, seen: Glance) -> None:
        for place, kind in enumerate(self._kinds):
            notice = kind(seen)
            banner = self._banners[place]
            if notice is not None:
                banner = banner or self._made(place)
                self._leads[place] = notice.lead
                banner.say(notice.mood, notice.text, notice.action)
            if banner is not None:
                banner.setVisible(notice is not None)
        self.setVisible(bool(self.shown()))

    def shown(self) -> list[Banner]:
        """From above to below."""
        return [one for one in self._banners if one is not None and not one.isHidden()]

    def _made(self, place: int) -> Banner:
        banner = self._banners[place] = Banner(Mood.INFO, "", parent=self)
        above = sum(one is not None for one in self._banners[:place])
        self._column.insertWidget(above, banner)
        banner.acted.connect(partial(self._on_acted, place))
        return banner

    def _on_acted(self, place: int) -> None:
        self.asked.emit(self._leads[place])


def _clock(seen: Glance) -> _Notice | None:
    if seen.clock_behind is None:
        return None
    said = _tr(
        "电脑上今天是 {today}，可是本机最后一次办理是 {last}。日期不对时不能登记，也不能打印。"
    ).format(today=words.day(seen.today), last=words.day(seen.clock_behind))
    return _Notice(mood=Mood.WARN, text=said, action=_tr("校准日期"), lead=Lead.DATE)


def _backup(seen: Glance) -> _Notice | None:
    """The store waits for the centre after a restoration, or nobody has made a backup for long."""
    state = seen.backup
    if seen.restored:
        said = _tr(
            "这里的数据刚从备份恢复。等与区中心交换过一次，备份以后上报过的会取回来，就可以办件了。"
        )
        return _Notice(mood=Mood.WARN, text=said, action=_tr("立即交换"), lead=Lead.EXCHANGE_NOW)
    if state is None or not state.is_due:
        return None
    if state.age_days is not None:
        said = _tr("上次备份是 {n} 天前。没有送出的办件只有备份里才有，请备份一次。")
        said = said.format(n=state.age_days)
    else:
        said = _tr("这台电脑还没有备份过。没有送出的办件只有备份里才有，请备份一次。")
    return _Notice(mood=Mood.INFO, text=said, action=_tr("去备份"), lead=Lead.SETTINGS)


def _shared(seen: Glance) -> _Notice | None:
    """A copy of this disk gave numbers too."""
    if not seen.shared_numbers:
        return None
    said = _tr("有 {n} 个收件号被两件办件用了：这块硬盘被复制过。要给其中一位申请人换回执。")
    said = said.format(n=seen.shared_numbers)
    return _Notice(mood=Mood.WARN, text=said, action=_tr("去看"), lead=Lead.EXCHANGE_PAGE)


def _fleet(seen: Glance) -> _Notice | None:
    """Computers of stations below that somebody must see to."""
    if not seen.poorly:
        return None
    named = [
        f"{one.health.station}（{fleet_words.remark(one.remarks[0])}）"
        for one in seen.poorly[:_STATIONS_NAMED]
    ]
    more = _tr(" 等") if len(seen.poorly) > len(named) else ""
    said = _tr("{n} 台站点电脑要处理：{which}。截至 {when}。").format(
        n=len(seen.poorly),
        which="、".join(named) + more,
        when=words.moment(seen.fleet_at_ms, seen.today),
    )
    return _Notice(mood=Mood.WARN, text=said, action=_tr("去看"), lead=Lead.EXCHANGE_PAGE)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Notices", text)
