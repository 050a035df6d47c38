"""daiban sync: one exchange with the centre, or one after the other."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from app.errors import DaibanError
from app.store.exchange import pending
from app.store.store import Store
from ui import wording
from ui.commands.answers import answer, note
from ui.commands.station import station, station_options
from ui.commands.usage import Command

if TYPE_CHECKING:
    from sync.client.engine import ExchangeReport


@click.command(cls=Command)
@click.option(
    "--watch", is_flag=True, help="持续交换，直到按 Ctrl+C：有新登记就送，平时每五分钟一次"
)
@station_options
def sync(watch: bool, data: Path, operator: str | None, as_json: bool) -> None:
    """与区中心交换：送上本机的，取回别处的。

    断线不丢任何东西，下次从断处接着来。
    """
    from sync.client.engine import exchange, open_line

    with station(data, operator) as store:
        line = open_line(store)
        try:
            if watch:
                _watch(store, lambda: exchange(store, line), as_json=as_json)
                return
            report = exchange(store, line)
        finally:
            line.close()
    answer(report, [_words(report)], as_json=as_json)


def _watch(store: Store, exchange_once: Callable[[], ExchangeReport], *, as_json: bool) -> None:
    """Go on until a signal; with `--json` the document at the end is the last report."""
    from sync.client.schedule import Outcome, watch

    last: list[ExchangeReport] = []

    def told(outcome: Outcome) -> None:
        if isinstance(outcome, DaibanError):
            note(wording.sentence(outcome))
            return
        last[:] = [outcome]
        if as_json:
            note(_words(outcome))
        else:
            answer(outcome, [_words(outcome)], as_json=False)

    with _until_told_to_stop() as stopped:
        watch(exchange_once, lambda: pending(store), told, stopped)
    if as_json:
        answer(last[0] if last else {}, (), as_json=True)


@contextmanager
def _until_told_to_stop() -> Iterator[Event]:
    """An event that SIGINT and SIGTERM set."""
    stopped = Event()
    before = {
        number: signal.signal(number, lambda *_: stopped.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _words(report: ExchangeReport) -> str:
    told = f"已交换：送出 {report.sent} 条，收到 {report.received} 条，待上报 {report.pending} 条"
    told += f"，被退回 {report.refused} 条" if report.refused else ""
    size = (
        f"上行 {report.bytes_up} 字节，下行 {report.bytes_down} 字节，往返 {report.round_trips} 次"
    )
    return f"{told}（{size}，{report.seconds:.1f} 秒）"
