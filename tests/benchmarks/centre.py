"""A district's centre as it really runs: another process, over TLS, on this machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.store import identity
from app.store.store import Store
from sync.centre import office
from sync.client.engine import ExchangeReport, exchange, open_line
from sync.client.enrolment import enrol
from tests.benchmarks import stores
from tests.benchmarks.wire import CountedLine

VILLAGE, TOWNSHIP, DISTRICT = "450305200201", "450305200", "450305"
_PROGRAM = "from ui.commands.main import main; main()"
_SERVE = ("centre", "serve", "--port", "0", "--json")


class Centre:
    """A centre in a process of its own, reached through a counted line."""

    def __init__(self, folder: Path, line: CountedLine, pid: int) -> None:
        self.folder = folder
        self.line = line
        self.pid = pid
        self._devices = 0

    def device(self, region: str) -> Store:
        """A new device of that region, which has received all publications."""
        self._devices += 1
        folder = self.folder.parent / f"device-{self._devices}"
        folder.mkdir()
        (folder / identity.FILE).touch()  # then the keyring of whoever measures is left alone
        issued = office.enrol_code(self.folder, region=region, unlock=stores.UNLOCK)
        return enrol(issued.code, folder, stores.UNLOCK)


def exchanged(store: Store) -> ExchangeReport:
    line = open_line(store)
    try:
        return exchange(store, line)
    finally:
        line.close()


def counted(centre: Centre, store: Store) -> tuple[ExchangeReport, int]:
    """One exchange on a new connection, and the bytes of all that passed."""
    centre.line.taken()
    report = exchanged(store)
    return report, centre.line.taken()


@contextmanager
def running(database: str | None = None, workers: int = 1) -> Iterator[Centre]:
    """Its ledger is a file, or stands in the PostgreSQL `database`."""
    with stores.scratch() as folder:
        line = CountedLine()
        data = folder / "centre"
        data.mkdir()
        (data / identity.FILE).touch()
        office.init(data, region=DISTRICT, unlock=stores.UNLOCK, url=line.url, database=database)
        assert stores.UNLOCK.passphrase is not None
        served = subprocess.Popen(
            [
                *(sys.executable, "-c", _PROGRAM, *_SERVE, "--data", str(data)),
                *("--workers", str(workers)),
            ],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "DAIBAN_PASSPHRASE": stores.UNLOCK.passphrase},
        )
        try:
            assert served.stdout is not None
            line.port = json.loads(served.stdout.readline())["port"]
            yield Centre(data, line, served.pid)
        finally:
            served.send_signal(signal.SIGTERM)
            served.wait(20)
            line.close()
