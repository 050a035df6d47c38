"""What the frame of the window tells: today, and how many things wait on which page."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.events import Role
from app.domain.regions import Tier
from app.domain.staff import OperatorCard
from app.domain.tasks import TaskKind
from app.store import exchange_log
from app.store.store import Store
from app.usecases import supervision, work
from app.usecases.today import shown_today
from app.usecases.work import BESIDE, Count
from ui.desktop import exchange_words
from ui.desktop.desk import Desk
from ui.desktop.exchanging import ExchangeState
from ui.desktop.pages.names import PageName

if TYPE_CHECKING:
    from sync.client.engine import ExchangeReport

_SATURDAY = 5
_GLANCE_MS = 60_000
_QUESTION = "window"
_AT_THE_DESK = (
    TaskKind.FORWARD,
    TaskKind.ACCOMPANY,
    TaskKind.SUPPLY,
    TaskKind.TAKE_OVER,
    TaskKind.EXAMINE,
    TaskKind.RECEIVE_SUPPLEMENT,
    TaskKind.HANDLE,
    TaskKind.DECIDE,
    TaskKind.DELIVER,
    TaskKind.FOLLOW_UP,
    TaskKind.RECTIFY,
)
_OF_THE_AUTHORITY = (
    TaskKind.TAKE_OVER,
    TaskKind.EXAMINE,
    TaskKind.RECEIVE_SUPPLEMENT,
    TaskKind.HANDLE,
    TaskKind.DECIDE,
    TaskKind.DELIVER,
)


class Today(msgspec.Struct, frozen=True, kw_only=True):
    """`published` is False while only the weekends of this year are known."""

    day: date
    workday: bool
    published: bool

    @property
    def at_weekend(self) -> bool:
        return self.day.weekday() >= _SATURDAY


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """Figures for the rail."""

    pressing: int
    for_the_authority: int
    apart: int
    cards: int = 0


class _Frame(msgspec.Struct, frozen=True, kw_only=True):
    today: Today
    waiting: Waiting
    exchanged_ms: int | None


class WindowPresenter(QObject):
    """`today_told` carries a Today, `exchanged` a sentence.

    `waiting_told` carries by page how many wait there, and what that counts.
    """

    today_told = Signal(object)
    waiting_told = Signal(object)
    exchanged = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting = Waiting(pressing=0, for_the_authority=0, apart=0)
        self._asked = False
        self._was_working = False
        self._report: ExchangeReport | None = None
        # Midnight passes while the window stands open.
        self._minute = QTimer(self, interval=_GLANCE_MS)
        self._minute.timeout.connect(self.look)
        self._minute.start()
        desk.changed.connect(self.look)
        desk.operator_changed.connect(self.look)
        desk.exchanger.changed.connect(self._on_exchange)

    def look(self) -> None:
        by = self._desk.operator
        self._desk.read(partial(_frame, by=by), self._on_frame, replaces=_QUESTION)

    def _on_frame(self, frame: _Frame) -> None:
        self.today_told.emit(frame.today)
        self._waiting = frame.waiting
        self._tell()
        self.exchanged.emit(
            exchange_words.last(self._desk.exchanger.state, frame.exchanged_ms, frame.today.day)
        )

    def exchange(self) -> None:
        """A person asked for it, and is told how it went even if it took no time."""
        if self._desk.station.practice:
            told = exchange_words.long(self._desk.exchanger.state)
            self._desk.say(told.mood, f"{told.headline}。{told.detail}")
            return
        self._asked = True
        self._desk.exchanger.exchange_now()

    def _on_exchange(self, state: ExchangeState) -> None:
        self._tell()
        if state.report is not self._report:
            self._report = state.report
            self.look()
        if self._asked and self._was_working and not state.working:
            self._asked = False
            told = exchange_words.long(state)
            self._desk.say(told.mood, " · ".join(filter(None, (told.headline, told.detail))))
        self._was_working = state.working

    def _tell(self) -> None:
        waiting, state = self._waiting, self._desk.exchanger.state
        unsent = self.tr("{n} 条待上报").format(n=state.pending) if state.pending else ""
        apart = self.tr("{n} 条要处理").format(n=waiting.apart) if waiting.apart else ""
        self.waiting_told.emit(
            {
                PageName.HOME: (waiting.pressing, self._pressing(waiting.pressing)),
                PageName.REVIEW: (
                    waiting.for_the_authority,
                    self.tr("{n} 件待处理").format(n=waiting.for_the_authority),
                ),
                PageName.SUPERVISION: (
                    waiting.cards,
                    self.tr("{n} 张牌要处理").format(n=waiting.cards),
                ),
                PageName.EXCHANGE: (
                    state.pending + waiting.apart,
                    "，".join(filter(None, (unsent, apart))),
                ),
            }
        )

    def _pressing(self, figure: int) -> str:
        if self._desk.station.tier is Tier.VILLAGE:
            return self.tr("{n} 件要办").format(n=figure)
        return self.tr("{n} 件今天到期、超期或被退回").format(n=figure)


def _frame(store: Store, by: OperatorCard) -> _Frame:
    day = shown_today(store)
    calendar = store.publications.calendar(store.region)
    counts = work.counts(store, day, by)
    today = Today(day=day, workday=calendar.is_workday(day), published=calendar.knows(day.year))
    return _Frame(
        today=today,
        waiting=msgspec.structs.replace(
            _waiting(counts, Tier(store.certificate.tier)),
            cards=counts[TaskKind.ANSWER_CARD].total + _appealed(store, by),
        ),
        exchanged_ms=exchange_log.last_exchange_ms(store),
    )


def _appealed(store: Store, by: OperatorCard) -> int:
    """What waits for a supervisor's judgement."""
    return supervision.waiting_for_judgement(store) if Role.SUPERVISOR in by.roles else 0


def _waiting(counts: dict[TaskKind, Count], tier: Tier) -> Waiting:
    """A village has few tasks and sees them all; an authority those of today: the rest is its queue."""
    at_desk = [counts[kind] for kind in _AT_THE_DESK]
    at_desk += [counts[kind] for kind in BESIDE]
    apart = counts[TaskKind.REFUSED].total + counts[TaskKind.OUT_OF_PLACE].total
    if tier is Tier.VILLAGE:
        pressing = sum(count.total for count in at_desk)
    else:
        pressing = sum(count.due_today + count.late for count in at_desk)
    return Waiting(
        pressing=pressing + apart,
        for_the_authority=sum(counts[kind].total for kind in _OF_THE_AUTHORITY),
        apart=apart,
    )
