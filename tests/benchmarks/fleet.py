"""A district's stations all at once, on PostgreSQL; and whether an exchange costs more the longer the centre lives."""

from __future__ import annotations

import asyncio
import base64
import os
import ssl
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import msgspec

from app.domain.events import Role
from app.domain.regions import RegionCode, Tier
from app.usecases import operators
from sync import codec, protocol
from sync.centre import office
from sync.centre.authority import Authority
from sync.centre.http import Centre
from sync.protocol import Answer
from tests import postgresql
from tests.benchmarks import centre, floors, stores
from tests.benchmarks.district import drafted
from tests.benchmarks.people import People
from tests.benchmarks.results import Result, ms, percentile
from tests.builders import Wall, the_catalogue
from tests.sync import stands
from tests.sync.builders import (
    DISTRICT,
    OTHER_VILLAGE,
    VILLAGE,
    ACentre,
    Pen,
    a_centre,
    a_pen,
    found_here,
)
from tests.sync.stands import Stand

_PUSHED, _STATIONS, _EACH, _WORKERS = 10_000, 300, 100, 2
_PUSH_S, _P95_S = 0.8, 4.0
_SIZES = (10_000, 100_000, 1_000_000)
_IDLE, _PUSHES, _PUSH, _ROUNDS = 40, 5, 500, 3
_AT_A_TIME = 20_000
_FLAT = 2.0
_SEED = 47
_DAY = date(2026, 11, 20)


def measure() -> Iterator[Result]:
    """10,000 registrations, and three hundred stations that reconnect, on a PostgreSQL that waits for its disk."""
    with postgresql.running(durable=True) as server:
        yield _push(server)
        yield _reconnect(server)


def measure_growth(*, large: bool) -> Iterator[Result]:
    """Idle exchanges and pushes with ever more entries in the ledger, on either database."""
    sizes = _SIZES if large else _SIZES[:-1]
    with TemporaryDirectory() as folder:
        yield from _grown("SQLite", a_centre(Path(folder) / "centre"), sizes)
    with (
        postgresql.running(durable=True) as server,
        stands.on(Stand(server, DISTRICT, found_here)),
        TemporaryDirectory() as folder,
    ):
        yield from _grown("PostgreSQL", a_centre(Path(folder) / "centre"), sizes)


# --- all at once ------------------------------------------------------------------------------------


def _push(server: postgresql.Server) -> Result:
    with centre.running(server.url(server.create())) as district:
        store = district.device(centre.VILLAGE)
        by = operators.add(store, stores.OPERATOR, Role.AGENT)
        centre.exchanged(store)
        first = store.head().seq + 1
        items = [versions[-1] for versions in store.publications.items.values()]
        stores.register_many(store, People(_SEED, items), _PUSHED, by)
        wires = store.journal.wires(store.device, first, _PUSHED)
        before, own = _cpu_s(district.pid), time.process_time()
        report, _ = centre.counted(district, store)
        cpu = _cpu_s(district.pid) - before + time.process_time() - own
        store.close()
    assert report.sent == _PUSHED
    floor_s = floors.raw_copy_s(server.url("postgres"), wires)
    return Result(
        what=f"push {_PUSHED:,} registrations, PostgreSQL",
        measured=f"{report.seconds:.2f} s (CPU {cpu:.2f}), {report.round_trips} round trips",
        floor=f"raw COPY into it: {floor_s:.3f} s",
        ratio=report.seconds / floor_s,
        target=f"≤ {_PUSH_S} s, durable on both",
        met=report.seconds <= _PUSH_S,
        runs=f"1, load {os.getloadavg()[0]:.0f}",
    )


class _Came(msgspec.Struct, frozen=True, kw_only=True):
    """How one station fared: seconds from the moment when all began, and what went wrong, if anything did."""

    seconds: float
    fault: str = ""


def _reconnect(server: postgresql.Server) -> Result:
    with centre.running(server.url(server.create()), _WORKERS) as district:
        with office.opened(district.folder, stores.UNLOCK) as ledger:
            authority = Authority.of(ledger)
            wall = Wall(time.time_ns() // 1_000_000)
            at_work = Centre(ledger, authority, wall)
            pens = _enrolled(ACentre(district.folder, wall, ledger, authority, at_work))
        tls = ssl.create_default_context(cadata=authority.ca)
        bodies = [codec.pack(protocol.encode(pen.request())) for pen in pens]
        before, own = _cpu_s(district.pid), time.process_time()
        came = asyncio.run(_all_come(district.line.port, tls, pens, bodies))
        centre_s = _cpu_s(district.pid) - before
        stations_s = time.process_time() - own
        with office.opened(district.folder, stores.UNLOCK) as ledger:
            whole = "SELECT count(*) FROM device WHERE accepted_seq = ?"
            (complete,) = ledger.database.row(whole, (_EACH,))
    floor_s = floors.raw_copy_s(server.url("postgres"), [one for pen in pens for one in pen.wires])
    failed = [one.fault for one in came if one.fault]
    slowest = percentile([one.seconds for one in came], 95)
    return Result(
        what=f"{_STATIONS} stations at once, {_EACH} entries each, PostgreSQL",
        measured=f"p95 {slowest:.2f} s, {len(failed)} failed; CPU {centre_s:.1f} + {stations_s:.1f} s",
        floor=f"raw COPY into it: {floor_s:.2f} s",
        ratio=slowest / floor_s,
        target=f"p95 ≤ {_P95_S:.0f} s, none fails",
        met=slowest <= _P95_S and not failed and complete == _STATIONS,
        runs=f"1, load {os.getloadavg()[0]:.0f}",
    )


def _enrolled(near: ACentre) -> list[Pen]:
    """Devices that have read all there was, and have registered since."""
    people = People(_SEED, list(the_catalogue().items))
    villages = [row for row in near.ledger.tree.rows if row.tier is Tier.VILLAGE]
    pens = [
        a_pen(near, village.code)
        for village, _ in zip(cycle(villages), range(_STATIONS), strict=False)
    ]
    for pen in pens:  # when all are certified, so that there is nothing left to read
        while pen.send(pen.request(first=1)).more:
            pass
    for pen in pens:
        village = near.ledger.tree.region(RegionCode(pen.region))
        for running in range(1, _EACH + 1):
            draft = drafted(people.request(village, _DAY, "A1", running), village.code, None)
            pen.write(kind=draft.kind, body=draft.body)
    return pens


async def _all_come(
    port: int, tls: ssl.SSLContext, pens: list[Pen], bodies: list[bytes]
) -> list[_Came]:
    began = time.perf_counter()
    return await asyncio.gather(
        *(_comes(port, tls, pen, body, began) for pen, body in zip(pens, bodies, strict=True))
    )


async def _comes(port: int, tls: ssl.SSLContext, pen: Pen, body: bytes, began: float) -> _Came:
    """One station: a new connection, its entries up, and what there is for it down."""
    try:
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", port, ssl=tls, server_hostname="127.0.0.1", ssl_handshake_timeout=30
        )
        token = base64.urlsafe_b64encode(pen.token).decode().rstrip("=")
        writer.write(
            f"POST {protocol.EXCHANGE} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Daiban {token}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        size = int(head.partition("content-length:")[2].partition("\r\n")[0])
        raw = await reader.readexactly(size)
        took = time.perf_counter() - began
        writer.transport.abort()
    except (OSError, TimeoutError, EOFError) as error:
        return _Came(seconds=time.perf_counter() - began, fault=repr(error))
    status = head.split(" ", 2)[1]
    if status != "200":
        return _Came(seconds=took, fault=status)
    answer = protocol.decode(codec.unpack(raw)[0], Answer)
    whole = answer.accepted.seq == len(pen.wires) and not answer.refused
    return _Came(seconds=took, fault="" if whole else "not taken whole")


# --- the longer it lives ----------------------------------------------------------------------------


def _grown(where: str, at: ACentre, sizes: tuple[int, ...]) -> Iterator[Result]:
    filler, village, reader = (a_pen(at, place) for place in (OTHER_VILLAGE, VILLAGE, VILLAGE))
    idle: list[tuple[float, float]] = []
    push: list[tuple[float, float]] = []
    last = 0
    for size in sizes:
        _fill(at, filler, last, size)
        last = size
        while reader.send(reader.request()).more:
            pass
        idle.append(_timed(lambda: reader.send(reader.request()), _IDLE))
        push.append(_timed(lambda: _pushed(village), _PUSHES))
    for what, found in (("an idle exchange", idle), (f"a push of {_PUSH}", push)):
        growth = found[-1][0] / found[0][0]
        yield Result(
            what=f"{what} with {', '.join(f'{size:,}' for size in sizes)} entries, {where}",
            measured=" / ".join(ms(cpu) for cpu, _ in found) + " CPU of the centre's process",
            floor=" / ".join(ms(wall) for _, wall in found) + " in all",
            ratio=growth,
            target=f"flat: ≤ {_FLAT} × the first",
            met=growth <= _FLAT,
            runs=f"load {os.getloadavg()[0]:.0f}",
        )


def _pushed(pen: Pen) -> None:
    first = len(pen.wires) + 1
    for _ in range(_PUSH):
        pen.write()
    pen.send(pen.request(first=first))


def _timed(act: Callable[[], object], times: int) -> tuple[float, float]:
    """The processor's seconds and those on the clock: medians, of the round that others disturbed least."""
    rounds = []
    for _ in range(_ROUNDS):
        found = []
        for _ in range(times):
            cpu, wall = time.process_time(), time.perf_counter()
            act()
            found.append((time.process_time() - cpu, time.perf_counter() - wall))
        rounds.append((median(cpu for cpu, _ in found), median(wall for _, wall in found)))
    return min(cpu for cpu, _ in rounds), min(wall for _, wall in rounds)


def _fill(at: ACentre, pen: Pen, done: int, size: int) -> None:
    """Entries of another village, as many as the ledger is to have, straight into its tables."""
    database, n = at.ledger.database, at.device(pen.device).n
    tree = at.ledger.tree
    township = str(tree.region(RegionCode(pen.region)).parent)
    while done < size:
        some = range(done + 1, min(done + _AT_A_TIME, size) + 1)
        with database.writing():
            (head,) = database.row(
                "UPDATE district SET head = head + ? RETURNING head", (len(some),)
            )
            database.add(
                "entry",
                ("device", "seq", "region", "held", "received_ms", "digest", "raw"),
                [(n, seq, pen.region, 0, 0, bytes(32), os.urandom(250)) for seq in some],
            )
            database.add(
                "feed",
                ("position", "mark", "device", "seq", "township", "village", "publication"),
                [
                    (position, 1, n, seq, township, pen.region, 0)
                    for position, seq in enumerate(some, head - len(some) + 1)
                ],
            )
        done = some[-1]
    if database.threads > 1:
        database.run("ANALYZE")  # as autovacuum does
    database.settle()


# --- who has worked ---------------------------------------------------------------------------------


def _cpu_s(pid: int) -> float:
    """Seconds of the processor that a centre, its workers and every PostgreSQL process here have used so far."""
    ticks = 0
    for path in Path("/proc").iterdir():
        if not path.name.isdigit():
            continue
        try:
            name, _, rest = (path / "stat").read_text().rpartition(")")
        except OSError:
            continue
        parts = rest.split()
        if int(path.name) == pid or int(parts[1]) == pid or name.endswith("(postgres"):
            ticks += int(parts[11]) + int(parts[12])
    return ticks / os.sysconf("SC_CLK_TCK")
