"""daiban sync: one exchange with the centre, or one after the other."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, Final

import click
import msgspec

from app.domain.station_health import CLOCK_OFF_S
from app.errors import DaibanError
from app.store.exchange import pending
from app.store.store import Store
from app.usecases import lookup, repairs
from ui import wording
from ui.commands import repair_lines
from ui.commands.answers import answer, note
from ui.commands.station import station, station_options
from ui.commands.usage import Command
from ui.printer_told import PrinterTold, chosen_printer

_NAMED_AT_MOST: Final = 5

if TYPE_CHECKING:
    from sync.client.engine import ExchangeReport


@click.command(cls=Command)
@click.option(
    "--watch",
    is_flag=True,
    help="持续交换，直到按 Ctrl+C：有新登记、网络恢复就送，平时每五分钟一次",
)
@station_options
def sync(watch: bool, data: Path, operator: str | None, as_json: bool) -> None:
    """与区中心交换：送上本机的，取回别处的。

    断线不丢任何东西，下次从断处接着来。
    """
    from sync.client.engine import exchange, open_line

    with station(data, operator) as store:
        line, lost, sent_back = open_line(store), Lost(store), SentBack(store)
        printer = PrinterTold()

        def exchange_once() -> ExchangeReport:
            return exchange(store, line, printer(store, chosen_printer(store)))

        try:
            if watch:
                _watch(store, exchange_once, sent_back, lost, as_json=as_json)
                return
            try:
                report = exchange_once()
            except DaibanError as error:
                _say_what_passed(store, error)
                raise
        finally:
            line.close()
        _warn_of_clock(report)
        _say_why_scans_wait(report)
        document = msgspec.structs.asdict(report) | sent_back.told() | {"out_of_place": lost.told()}
    answer(document, [_words(report)], as_json=as_json)


class Lost:
    """Acts of this device that turn out to have no effect: whoever did them must hear it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known = set(lookup.without_effect(store))

    def told(self) -> list[str]:
        """Say which cases are new among them; their numbers."""
        now = lookup.without_effect(self._store)
        numbers = sorted({row.local_number for ref, row in now.items() if ref not in self._known})
        self._known = set(now)
        if numbers:
            which = "、".join(numbers[:_NAMED_AT_MOST]) + (
                " 等" if len(numbers) > _NAMED_AT_MOST else ""
            )
            note(
                f"有 {len(numbers)} 件，本机的办理没有生效（别处已先办理）：{which}。"
                "请用 daiban case show 逐件查看。"
            )
        return numbers


class SentBack:
    """Entries that the centre sets apart: the rest is there, and somebody must see to these."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known = {one["entry"] for one in self._listed()}

    def told(self) -> dict[str, object]:
        """Say each that is new among them; all of them as they go into the document."""
        now = self._listed()
        new = [one for one in now if one["entry"] not in self._known]
        self._known = {one["entry"] for one in now}
        for one in new[:_NAMED_AT_MOST]:
            note("被退回  " + repair_lines.said(one))
        if new:
            note("其余的都已送到。全部要处理的见 daiban repairs。")
        return {"sent_back": now}

    def _listed(self) -> list[dict[str, Any]]:
        return [repair_lines.document(one) for one in repairs.refused(self._store)]


def _watch(
    store: Store,
    exchange_once: Callable[[], ExchangeReport],
    sent_back: SentBack,
    lost: Lost,
    *,
    as_json: bool,
) -> None:
    """Go on until a signal; with `--json` the document at the end is the last report."""
    from sync.client.road import Road
    from sync.client.schedule import Outcome, watch

    last: list[dict[str, object]] = []

    def told(outcome: Outcome) -> None:
        if isinstance(outcome, DaibanError):
            _say_what_passed(store, outcome)
            note(wording.sentence(outcome))
            return
        _warn_of_clock(outcome)
        _say_why_scans_wait(outcome)
        told_back = sent_back.told()
        last[:] = [msgspec.structs.asdict(outcome) | told_back | {"out_of_place": lost.told()}]
        if as_json:
            note(_words(outcome))
        else:
            answer({}, [_words(outcome)], as_json=False)

    with _until_told_to_stop() as stopped:
        road = Road(store.identity.url)
        watch(exchange_once, lambda: pending(store), told, stopped, returned=road.has_returned)
    if as_json:
        answer(last[0] if last else {}, (), as_json=True)


def _say_what_passed(store: Store, error: DaibanError) -> None:
    """Of an exchange that broke off: what is there nevertheless, and what remains."""
    sent, received = error.facts.get("sent", 0), error.facts.get("received", 0)
    if sent or received:
        note(
            f"中断之前已送出 {sent} 条、收到 {received} 条，都已算数；"
            f"还有 {pending(store)} 条待上报，下次从断处接着来。"
        )


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


def _warn_of_clock(report: ExchangeReport) -> None:
    off_s = report.clock_off_s
    if abs(off_s) > CLOCK_OFF_S:
        note(
            f"本机的时钟比区中心{'快' if off_s > 0 else '慢'}了{_span(abs(off_s))}。"
            "期限和文书上的日期都按本机的时钟，请校准电脑的日期和时间。"
        )


def _say_why_scans_wait(report: ExchangeReport) -> None:
    if report.sheets_stopped:
        note("扫描件没有送完：" + wording.worded(report.sheets_stopped, {}))


def _span(seconds: int) -> str:
    minutes = seconds // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f" {days} 天" + (f" {hours} 小时" if hours else "")
    if hours:
        return f" {hours} 小时" + (f" {minutes} 分钟" if minutes else "")
    return f" {minutes} 分钟"


def _words(report: ExchangeReport) -> str:
    told = f"已交换：送出 {report.sent} 条，收到 {report.received} 条，待上报 {report.pending} 条"
    told += f"，被退回 {report.refused} 条" if report.refused else ""
    told += _of_scans(report)
    size = (
        f"上行 {report.bytes_up} 字节，下行 {report.bytes_down} 字节，往返 {report.round_trips} 次"
    )
    return f"{told}（{size}，{report.seconds:.1f} 秒）"


def _of_scans(report: ExchangeReport) -> str:
    """Empty while there are none."""
    told = ""
    if report.sheets or report.sheet_bytes:
        told += f"；扫描件送出 {report.sheets} 页（{report.sheet_bytes} 字节）"
    if report.sheets_waiting:
        told += f"；扫描件待送 {report.sheets_waiting} 页"
    return told
