"""The exchange with a real centre: another process, over TLS, on this machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import zstandard

from app.domain.events import Role
from app.store import identity
from app.store.store import Store
from app.usecases import operators, registration
from sync import codec
from sync.centre import office
from sync.client.engine import ExchangeReport, exchange, open_line
from sync.client.enrolment import enrol
from tests.benchmarks import floors, stores
from tests.benchmarks.people import People
from tests.benchmarks.registration import forms
from tests.benchmarks.results import Result
from tests.benchmarks.wire import CountedLine

_VILLAGE, _TOWNSHIP, _DISTRICT = "450305200201", "450305200", "450305"
_PUSHED, _PUSHES = 10_000, 3
_DOWNLOADED = 100_000
_SMALL_RUNS = 5
_SEED = 23
_PROGRAM = "from ui.commands.main import main; main()"
_SERVE = ("centre", "serve", "--port", "0", "--json")
_PUSH_BYTES, _PUSH_S, _DOWNLOAD_S = 400_000, 0.8, 10.0
_IDLE_BYTES, _ONE_BYTES, _COLD_BYTES = 600, 700, 3 * 1024


class Centre:
    """A centre in a process of its own, reached through a counted line."""

    def __init__(self, folder: Path, line: CountedLine) -> None:
        self.folder = folder
        self.line = line
        self._devices = 0

    def device(self, region: str) -> Store:
        """A new device of that region, which has received all publications."""
        self._devices += 1
        folder = self.folder.parent / f"device-{self._devices}"
        folder.mkdir()
        (folder / identity.FILE).touch()  # then the keyring of whoever measures is left alone
        issued = office.enrol_code(self.folder, region=region, unlock=stores.UNLOCK)
        return enrol(issued.code, folder, stores.UNLOCK)


def measure_small() -> Iterator[Result]:
    """What an exchange costs when there is nothing, or one case, to say."""
    with _centre() as centre:
        store = centre.device(_VILLAGE)
        by = operators.add(store, stores.OPERATOR, Role.AGENT)
        _exchanged(store)
        cold = [_counted(centre, store) for _ in range(_SMALL_RUNS)]
        line = open_line(store)
        exchange(store, line)
        centre.line.taken()
        idle, one = [], []
        for form in forms(store, _SEED, _SMALL_RUNS):
            idle.append((exchange(store, line), centre.line.taken()))
            registration.register(store, form, by=by)
            one.append((exchange(store, line), centre.line.taken()))
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
    with _centre() as centre:
        for turn in range(_PUSHES):
            store = centre.device(_VILLAGE)
            by = operators.add(store, stores.OPERATOR, Role.AGENT)
            _exchanged(store)
            first = store.head().seq + 1
            stores.register_many(store, _people(store, turn), _PUSHED, by)
            wires = store.journal.wires(store.device, first, _PUSHED)
            reports.append(_counted(centre, store))
            assert reports[-1][0].sent == _PUSHED
            floor_s.append(floors.raw_insert_s(centre.folder / "floor.db", wires))
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


def measure_download() -> Iterator[Result]:
    """A new station receives what a district has, and makes rows and search of it."""
    with _centre() as centre:
        village = centre.device(_VILLAGE)
        by = operators.add(village, stores.OPERATOR, Role.AGENT)
        _exchanged(village)
        first = village.head().seq + 1
        stores.register_many(village, _people(village, 0), _DOWNLOADED, by)
        _exchanged(village)
        wires = village.journal.wires(village.device, first, _DOWNLOADED)
        village.close()
        took: list[tuple[ExchangeReport, int]] = []
        for region in (_TOWNSHIP, _TOWNSHIP, _DISTRICT):
            store = centre.device(region)
            took.append(_counted(centre, store))
            assert len(store.rows.where("1", limit=_DOWNLOADED + 1)) == _DOWNLOADED
            store.close()
        floor_s = median(floors.raw_insert_s(centre.folder / "floor.db", wires) for _ in took)
    found = median(report.seconds for report, _ in took)
    yield Result(
        what=f"first download of {_DOWNLOADED:,} entries, all registrations",
        measured=f"{found:.2f} s, {took[0][1] / 1e6:.2f} MB, {took[0][0].round_trips} round trips",
        floor=f"raw insert in SQLite: {floor_s:.2f} s",
        ratio=found / floor_s,
        target="≤ 10 s, rows and search built",
        met=found <= _DOWNLOAD_S,
        runs=f"{len(took)}",
    )


def _people(store: Store, turn: int) -> People:
    return People(_SEED + turn, [versions[-1] for versions in store.publications.items.values()])


def _exchanged(store: Store) -> ExchangeReport:
    line = open_line(store)
    try:
        return exchange(store, line)
    finally:
        line.close()


def _counted(centre: Centre, store: Store) -> tuple[ExchangeReport, int]:
    """One exchange on a new connection, and the bytes of all that passed."""
    centre.line.taken()
    report = _exchanged(store)
    return report, centre.line.taken()


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


@contextmanager
def _centre() -> Iterator[Centre]:
    with stores.scratch() as folder:
        line = CountedLine()
        data = folder / "centre"
        data.mkdir()
        (data / identity.FILE).touch()
        office.init(data, region=_DISTRICT, unlock=stores.UNLOCK, url=line.url)
        assert stores.UNLOCK.passphrase is not None
        served = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, *_SERVE, "--data", str(data)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "DAIBAN_PASSPHRASE": stores.UNLOCK.passphrase},
        )
        try:
            assert served.stdout is not None
            line.port = json.loads(served.stdout.readline())["port"]
            yield Centre(data, line)
        finally:
            served.send_signal(signal.SIGTERM)
            served.wait(20)
            line.close()
