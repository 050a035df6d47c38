"""A centre and stations in processes of their own, over TLS."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest

from app.domain.events import Role
from app.journal.refs import DeviceId
from app.store.store import Store
from app.usecases import operators
from sync.centre import office
from sync.client import engine, enrolment
from sync.client.engine import ExchangeReport
from tests.builders import Station
from tests.sync.builders import DISTRICT, UNLOCK

SERVE = """
import sys
from pathlib import Path
from app.store.keyslots import Unlock
from sync.centre import office
office.serve(
    Path(sys.argv[1]), unlock=Unlock(passphrase="practice"), port=int(sys.argv[2]),
    workers=int(sys.argv[3]), on_ready=lambda listening: print(listening.port, flush=True),
)
"""
EXCHANGE = """
import sys
from pathlib import Path
from app.store.keyslots import Unlock
from app.store.opening import open_store
from sync.client import engine
from sync.client.transport import Line
store = open_store(Path(sys.argv[1]), Unlock(passphrase="practice"))
url = sys.argv[2] if len(sys.argv) > 2 else store.identity.url
stall_s = float(sys.argv[3]) if len(sys.argv) > 3 else 30.0
print("open", flush=True)
engine.exchange(store, Line(url, store.identity.ca, stall_s))
print("done", flush=True)
"""
"""A station's exchange: folder, and where another way to the centre begins, and how long it may stall."""


def a_process(program: str, *arguments: str | Path, errors: int | None = None) -> Process:
    """`errors`: where its trace goes, if it may fail."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", program, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
    )


Process = subprocess.Popen[str]


def said_by(process: Process) -> str:
    """The next line that it prints."""
    assert process.stdout is not None
    return process.stdout.readline()


class CentreProcess:
    def __init__(self, data: Path, port: int, workers: int = 1) -> None:
        self.data = data
        self.port = port
        self.workers = workers
        self.start()

    @classmethod
    def founded(cls, data: Path, *, database: str | None = None, workers: int = 1) -> CentreProcess:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        url = f"https://127.0.0.1:{port}"
        office.init(data, region=DISTRICT, unlock=UNLOCK, url=url, database=database)
        return cls(data, port, workers)

    def start(self) -> None:
        self._process = a_process(SERVE, self.data, str(self.port), str(self.workers))
        if said_by(self._process) != f"{self.port}\n":
            pytest.fail(f"the centre did not start: exit {self.end(signal.SIGKILL)}")

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Returns the exit status."""
        self._process.send_signal(number)
        status = self._process.wait(20)
        self._process.communicate()
        return status

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def entries_of(self, device: DeviceId) -> list[bytes]:
        """What the ledger has of one life, in order."""
        with office.opened(self.data, UNLOCK) as ledger:
            rows = ledger.database.rows(
                "SELECT e.raw FROM entry e JOIN device d ON d.n = e.device WHERE d.id = ? ORDER BY e.seq",
                (device,),
            )
        return [bytes(raw) for (raw,) in rows]


def a_station(centre: CentreProcess, region: str, folder: Path) -> Station:
    """Enrolled over TLS, with somebody at the counter."""
    code = office.enrol_code(centre.data, region=region, unlock=UNLOCK).code
    store = enrolment.enrol(code, folder, UNLOCK)
    exchange(store)
    here = len(operators.of_station(store))
    operators.add(store, f"第{here + 1}人", Role.AGENT)
    return Station(district=cast(Any, None), store=store, wall=cast(Any, None))


def exchange(store: Store) -> ExchangeReport:
    line = engine.open_line(store)
    try:
        return engine.exchange(store, line)
    finally:
        line.close()
