"""What the frame reads: today's remark, and figures for the rail by tier."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.store import exchange_log
from app.store.exchange_log import ExchangeNote
from tests.builders import TOWNSHIP, VILLAGE, a_case, a_district, a_station, act, meet
from tests.ui.desktop.desks import SomeDesk, desk_of, leave
from ui.desktop.exchanging import ExchangeState, Reach
from ui.desktop.pages.names import PageName
from ui.desktop.window.presenter import Today, WindowPresenter


class Heard:
    """What the presenter said last."""

    def __init__(self, some: SomeDesk) -> None:
        self.some = some
        self.presenter = WindowPresenter(some.desk)
        self.today: Today | None = None
        self.waiting: dict[PageName, tuple[int, str]] = {}
        self.exchanged = ""
        self.presenter.today_told.connect(self._on_today)
        self.presenter.waiting_told.connect(self._on_waiting)
        self.presenter.exchanged.connect(self._on_exchanged)

    def look(self) -> None:
        self.presenter.look()
        self.some.settle()

    def _on_today(self, today: Today) -> None:
        self.today = today

    def _on_waiting(self, waiting: dict[PageName, tuple[int, str]]) -> None:
        self.waiting = waiting

    def _on_exchanged(self, words: str) -> None:
        self.exchanged = words


@pytest.fixture
def heard(some_desk: SomeDesk) -> Heard:
    return Heard(some_desk)


def test_today_is_a_working_day_of_the_published_calendar(heard):
    heard.look()
    assert heard.today is not None
    assert (heard.today.day.isoformat(), heard.today.workday) == ("2026-11-20", True)
    assert heard.today.published


def test_it_follows_midnight(heard):
    heard.look()
    heard.some.station.wall.turn(days=1)
    heard.look()
    assert heard.today is not None
    assert not heard.today.workday


def test_a_village_counts_all_that_it_has_to_do(heard):
    a_case(heard.some.station)
    heard.look()
    assert heard.waiting[PageName.HOME] == (1, "1 件要办")


def test_an_authority_counts_its_queue_apart_from_what_presses(qtbot: QtBot, tmp_path):
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path / "village")
    township = a_station(district, TOWNSHIP, tmp_path / "township")
    subject = a_case(village, "IT022")
    act(village, subject, "forward")
    meet(village, township)
    some = desk_of(qtbot, township, district)
    heard = Heard(some)
    heard.look()
    assert heard.waiting[PageName.REVIEW] == (1, "1 件待处理")
    assert heard.waiting[PageName.HOME][0] == 0
    district.wall.turn(days=30)
    heard.look()
    assert heard.waiting[PageName.HOME] == (1, "1 件今天到期、超期或被退回")
    leave(some)
    village.store.close()


def test_what_waits_to_be_sent_counts_at_the_exchange(heard):
    heard.look()
    heard.some.desk.exchanger.state = ExchangeState(reach=Reach.OFFLINE, pending=3)
    heard.some.desk.exchanger.changed.emit(heard.some.desk.exchanger.state)
    heard.some.settle()
    assert heard.waiting[PageName.EXCHANGE] == (3, "3 条待上报")


def test_the_last_exchange_of_an_earlier_day_is_remembered(heard):
    hour_ago_ms = heard.some.station.wall() - 3_600_000
    note = ExchangeNote(started_ms=hour_ago_ms, last_ms=hour_ago_ms)
    exchange_log.note_exchange(heard.some.station.store, note)
    heard.look()
    assert heard.exchanged == "上次交换 08:00"
