"""Scans up and down with a real centre: another process, over TLS, on this machine."""

from __future__ import annotations

import hashlib
import random
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

from app.domain.attachments import MOST_SHEETS, NO_MATERIAL, Media, Sheet
from app.domain.events import Role
from app.store.store import Store
from app.usecases import attachments, lookup, operators, registration
from app.usecases.attachments import Scan
from sync.centre import office
from sync.centre.authority import Authority
from sync.client.engine import exchange, open_line
from sync.client.fetching import fetch
from sync.client.transport import Line
from sync.refusals import Offline
from tests.benchmarks import centre, floors, stores
from tests.benchmarks.registration import forms
from tests.benchmarks.results import Result, seconds
from tests.sync.proxy import Proxy

_PAGES, _SIZE = 200, 150_000
_SEED = 41
_CUT_EVERY, _CUT_PAGES, _LOSS_BYTES = 64 * 1024, 40, 32 * 1024
_READ = 256 * 1024
_MB = 1e6
_OVERHEAD = 1.05


def measure() -> Iterator[Result]:
    """Pages of a photograph's size; they are random bytes, and pack as little."""
    with centre.running() as district:
        village, township = district.device(centre.VILLAGE), district.device(centre.TOWNSHIP)
        for store in (village, township):
            centre.exchanged(store)
        operators.add(village, stores.OPERATOR, Role.AGENT)
        sheets = _attached(village, _PAGES)
        centre.exchanged(village)  # the entries, and what the line bears
        floor_s = _plain_upload_s(district.folder, _PAGES * _SIZE)
        rows_s = _durable_rows_s(district.folder / "floor.db")
        yield from _up(district, village, floor_s, rows_s)
        yield from _down(district, township, sheets, floor_s)
        yield _cut(district, village)
        for store in (village, township):
            store.close()


def _up(district: centre.Centre, village: Store, floor_s: float, rows_s: float) -> Iterator[Result]:
    _attached(village, _PAGES, first=_PAGES)
    report, passed = centre.counted(district, village)
    assert (report.sheets, report.sheets_waiting) == (_PAGES, 0)
    size = _PAGES * _SIZE
    yield Result(
        what=f"{_PAGES} pages of {_SIZE // 1000} KB up, seconds",
        measured=f"{report.seconds:.2f} s, {size / _MB / report.seconds:.0f} MB/s, durable there",
        floor=f"one plain TLS upload: {floor_s:.3f} s",
        ratio=report.seconds / floor_s,
        runs="1",
    )
    yield Result(
        what="  the same beside a row for each page",
        measured=f"{report.seconds:.2f} s",
        floor=f"bare durable inserts, one by one: {rows_s:.2f} s",
        ratio=report.seconds / (floor_s + rows_s),
        runs="1",
    )
    yield Result(
        what=f"{_PAGES} pages of {_SIZE // 1000} KB up, bytes",
        measured=f"{passed / _MB:.2f} MB on the socket",
        floor=f"the images themselves: {size / _MB:.2f} MB",
        ratio=passed / size,
        target=f"≤ {_OVERHEAD} ×",
        met=passed <= _OVERHEAD * size,
        runs="1",
    )


def _down(
    district: centre.Centre, township: Store, sheets: list[Sheet], floor_s: float
) -> Iterator[Result]:
    centre.exchanged(township)
    line = open_line(township)
    district.line.taken()
    took = seconds(lambda: fetch(township, line, sheets))
    passed = district.line.taken()
    line.close()
    yield Result(
        what=f"{_PAGES} pages of {_SIZE // 1000} KB down, on demand",
        measured=f"{took:.2f} s, {passed / _MB:.2f} MB on the socket",
        floor=f"one plain TLS upload: {floor_s:.3f} s",
        ratio=took / floor_s,
        runs="1",
    )


def _cut(district: centre.Centre, village: Store) -> Result:
    _attached(village, _CUT_PAGES, first=2 * _PAGES)
    with Proxy(port=district.line.port, cut_every=_CUT_EVERY) as proxy:
        waiting = _CUT_PAGES
        while waiting:
            line = Line(proxy.url, village.identity.ca)
            try:
                waiting = exchange(village, line).sheets_waiting
            except Offline:
                continue
            finally:
                line.close()
    size = _CUT_PAGES * _SIZE
    limit = _OVERHEAD * size + proxy.cuts * _LOSS_BYTES
    return Result(
        what=f"{_CUT_PAGES} pages up, line cut every 64 KB",
        measured=f"{proxy.passed / _MB:.2f} MB, {proxy.cuts} cuts, "
        f"{(proxy.passed - size) / proxy.cuts / 1000:.1f} KB for each",
        floor=f"the images themselves: {size / _MB:.2f} MB",
        ratio=proxy.passed / size,
        target="≤ 1.05 × + 32 KB for each cut",
        met=proxy.passed <= limit,
        runs="1",
    )


def _attached(store: Store, pages: int, first: int = 0) -> list[Sheet]:
    """Pages from number `first` on, forty to a case."""
    by = operators.acting(store, None)
    scans = [_scan(number) for number in range(first, first + pages)]
    cases = -(-pages // MOST_SHEETS)
    for place, form in enumerate(forms(store, _SEED + first, cases)):
        number = registration.register(store, form, by=by).local_number
        some = scans[place * MOST_SHEETS : (place + 1) * MOST_SHEETS]
        subject = lookup.by_number(store, number).subject
        attachments.attach(store, subject, NO_MATERIAL, some, by)
    return [scan.sheet for scan in scans]


def _scan(number: int) -> Scan:
    content = random.Random(number).randbytes(_SIZE)
    digest = hashlib.sha256(content).digest()
    sheet = Sheet(digest=digest, size=_SIZE, width=1650, height=2200, media=Media.JPEG)
    return Scan(sheet=sheet, content=content)


def _durable_rows_s(path: Path) -> float:
    database = floors.encrypted(path)
    contents = [_scan(number).content for number in range(_PAGES)]

    def insert() -> None:
        for content in contents:
            floors.insert_one(database, content)

    return seconds(insert)


def _plain_upload_s(folder: Path, size: int) -> float:
    """The same bytes over one TLS connection to whoever only counts them."""
    with office.opened(folder, stores.UNLOCK) as ledger:
        authority = Authority.of(ledger)
    server = authority.server_context(())
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.load_verify_locations(cadata=authority.ca)
    content = random.Random(_SEED).randbytes(size)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def take() -> None:
            near, _ = listening.accept()
            with server.wrap_socket(near, server_side=True) as line:
                left = size
                while left:
                    left -= len(line.recv(_READ))
                line.sendall(b"!")

        thread = threading.Thread(target=take)
        thread.start()
        plain = socket.create_connection(listening.getsockname())
        with client.wrap_socket(plain, server_hostname="127.0.0.1") as line:

            def send() -> None:
                line.sendall(content)
                line.recv(1)

            took = seconds(send)
        thread.join()
    return took
