"""The exchange with a real centre: another process, over TLS, on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

import zstandard

from app.domain.events import Role
from app.store.store import Store
from app.usecases import operators, registration
from sync import codec
from sync.client.engine import ExchangeReport, exchange, open_line
from sync.client.transport import Line
from sync.refusals import Offline
from tests.benchmarks import centre, floors, stores
from tests.benchmarks.people import People
from tests.benchmarks.registration import forms
from tests.benchmarks.results import Result
from tests.sync.proxy import Proxy

_PUSHED, _PUSHES = 10_000, 3
_SMALL_RUNS = 5
_SEED = 23
_VILLAGES = (centre.VILLAGE, "450305200204")
_CUT_EVERY, _LOSS_BYTES = 64 * 1024, 32 * 1024
_PUSH_BYTES, _PUSH_S = 400_000, 0.8
_IDLE_BYTES, _ONE_BYTES, _COLD_BYTES = 600, 700, 3 * 1024


def measure_small() -> Iterator[Result]:
    """What an exchange costs when there is nothing, or one case, to say."""
    with centre.running() as district:
        store = district.device(centre.VILLAGE)
        by = operators.add(store, stores.OPERATOR, Role.AGENT)
        centre.exchanged(store)
        cold = [centre.counted(district, store) for _ in range(_SMALL_RUNS)]
        line = open_line(store)
        exchange(store, line)
        district.line.taken()
        idle, one = [], []
        for form in forms(store, _SEED, _SMALL_RUNS):
            idle.append((exchange(store, line), district.line.taken()))
            registration.register(store, form, by=by)
            one.append((exchange(store, line), district.line.taken()))
        line.close()
        store.close()
    yield _sizes("an idle exchange, on an open connection", idle, _IDLE_BYTES)
    yield _sizes("one new case, on an open connection", one, _ONE_BYTES)
    yield _sizes(
        "an idle exchange, cold, with its TLS handshake", cold, _COLD_BYTES, on_socket=True
    )


def measure_push() -> Iterator[Result]:
    """10,000 registrations go up, from devices that have not sent any before."""
    reports: list[tuple[ExchangeReport, int]] = []
    floor_s: list[float] = []
    wires: list[bytes] = []
    with centre.running() as district:
        for turn in range(_PUSHES):
            store = district.device(centre.VILLAGE)
            by = operators.add(store, stores.OPERATOR, Role.AGENT)
            centre.exchanged(store)
            first = store.head().seq + 1
            stores.register_many(store, _people(store, turn), _PUSHED, by)
            wires = store.journal.wires(store.device, first, _PUSHED)
            reports.append(centre.counted(district, store))
            assert reports[-1][0].sent == _PUSHED
            floor_s.append(floors.raw_insert_s(district.folder / "floor.db", wires))
            store.close()
    one_stream = zstandard.ZstdCompressor(level=codec.LEVEL).compress(b"".join(wires))
    took, passed = (
        median(report.seconds for report, _ in reports),
        int(median(size for _, size in reports)),
    )
    http = int(median(report.bytes_up + report.bytes_down for report, _ in reports))
    yield Result(
        what=f"push {_PUSHED:,} registrations, bytes",
        measured=f"{passed / 1e6:.3f} MB on the socket ({http / 1e6:.3f} HTTP)",
        floor=f"one zstd-{codec.LEVEL} stream: {len(one_stream) / 1e6:.3f} MB",
        ratio=passed / len(one_stream),
        target="≤ 0.40 MB",
        met=passed <= _PUSH_BYTES,
        runs=f"{_PUSHES}",
    )
    yield Result(
        what=f"push {_PUSHED:,} registrations, seconds",
        measured=f"{took:.2f} s, {reports[-1][0].round_trips} round trips",
        floor=f"raw insert in SQLite: {median(floor_s):.3f} s",
        ratio=took / median(floor_s),
        target="≤ 0.8 s, durable on both",
        met=took <= _PUSH_S,
        runs=f"{_PUSHES}",
    )


def measure_cut() -> Iterator[Result]:
    """The same registrations over a line that is cut every 64 KB, up from a village and down to its township."""
    with centre.running() as district:
        clear, cut = (
            _with_registrations(district, region, turn) for turn, region in enumerate(_VILLAGES)
        )
        townships = [district.device(centre.TOWNSHIP) for _ in range(2)]
        for store in townships:
            centre.exchanged(store)
        up = centre.counted(district, clear)[1]
        up_cut, up_cuts = _through_cuts(district, cut)
        down = centre.counted(district, townships[0])[1]
        down_cut, down_cuts = _through_cuts(district, townships[1])
        for store in townships:
            assert store.database.row("SELECT count(*) FROM case_row") == (2 * _PUSHED,)
        for store in (clear, cut, *townships):
            store.close()
    yield _cut_line(f"{_PUSHED:,} registrations up", up, up_cut, up_cuts)
    yield _cut_line(f"{2 * _PUSHED:,} registrations down", down, down_cut, down_cuts)


def _with_registrations(district: centre.Centre, region: str, turn: int) -> Store:
    store = district.device(region)
    by = operators.add(store, stores.OPERATOR, Role.AGENT)
    centre.exchanged(store)
    stores.register_many(store, _people(store, turn), _PUSHED, by)
    return store


def _through_cuts(district: centre.Centre, store: Store) -> tuple[int, int]:
    """Exchange until nothing is left; the bytes that passed, and how often the line was cut."""
    with Proxy(port=district.line.port, cut_every=_CUT_EVERY) as proxy:
        while True:
            line = Line(proxy.url, store.identity.ca)
            try:
                exchange(store, line)
            except Offline:
                continue
            finally:
                line.close()
            return proxy.passed, proxy.cuts


def _cut_line(what: str, clear: int, passed: int, cuts: int) -> Result:
    allowed = int(1.05 * clear) + cuts * _LOSS_BYTES
    lost = (passed - clear) / max(cuts, 1)
    return Result(
        what=f"line cut every {_CUT_EVERY // 1024} KB: {what}",
        measured=f"{passed / 1e6:.3f} MB, {cuts} cuts, {lost / 1024:.1f} KB more for each",
        floor=f"the same on a clear line: {clear / 1e6:.3f} MB",
        ratio=passed / clear,
        target=f"≤ 1.05 × + 32 KB a cut = {allowed / 1e6:.3f} MB",
        met=passed <= allowed,
        runs="1",
    )


def _people(store: Store, turn: int) -> People:
    return People(_SEED + turn, [versions[-1] for versions in store.publications.items.values()])


def _sizes(
    what: str, found: list[tuple[ExchangeReport, int]], limit: int, on_socket: bool = False
) -> Result:
    http = int(median(report.bytes_up + report.bytes_down for report, _ in found))
    passed = int(median(size for _, size in found))
    counted = passed if on_socket else http
    trips = max(report.round_trips for report, _ in found)
    took = median(report.seconds for report, _ in found)
    return Result(
        what=what,
        measured=f"{http} B HTTP, {passed} B on the socket",
        floor=f"{trips} round trip{'s' if trips > 1 else ''}, {took * 1000:.1f} ms",
        target=f"1 round trip, ≤ {limit:,} B" + (" on the socket" if on_socket else " HTTP"),
        met=counted <= limit and trips == 1,
        runs=f"{len(found)}",
    )
