"""The centre at work: one process, or several that share a socket and a PostgreSQL."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

from app.store.keyslots import Unlock
from sync.centre import audit, placing, redaction, renewal
from sync.centre.audit import Act
from sync.centre.authority import Authority
from sync.centre.http import Centre
from sync.centre.ledger import Ledger
from sync.centre.server import Door, Listening
from sync.centre.workers import Workers, WorkersUnsupported

_HTTPS_PORT: Final = 443


class Address(Protocol):
    """Where a centre listens."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...


def serve(
    data: Path,
    *,
    unlock: Unlock,
    host: str = "127.0.0.1",
    port: int | None = None,
    database: str | None = None,
    workers: int = 1,
    on_ready: Callable[[Address], None] = lambda address: None,
) -> None:
    """Serve until SIGINT or SIGTERM. `on_ready` is called once the centre answers.

    Port 0 takes a free one; without a port it is that of the address which stations were given.
    `database` is where the ledger's PostgreSQL is now, if it was moved.

    Raises NoCentre, WrongKey, NoKey, AddressTaken, WorkersUnsupported, and what opening a ledger does.
    """
    if workers == 1:
        listening = listen(data, unlock=unlock, host=host, port=port, database=database)
        listening.run(lambda: on_ready(listening))
        return
    ledger = placing.ledger_of(data, unlock, database)
    try:
        if ledger.database.threads == 1:
            raise WorkersUnsupported(why="sqlite")
        if not hasattr(os, "fork"):
            raise WorkersUnsupported(why="system")
        authority = _authority(ledger)
        door = Door(host, _port(ledger, port))
        reopened = partial(placing.ledger_of, data, unlock)
    finally:
        ledger.close()  # a connection may not go along into a process that is let out of this one
    try:
        Workers(workers, lambda: _at(reopened(), authority, door)).run(lambda: on_ready(door))
    finally:
        door.close()


def listen(
    data: Path, *, unlock: Unlock, host: str, port: int | None = None, database: str | None = None
) -> Listening:
    """A centre bound to its address, ready to run."""
    ledger = placing.ledger_of(data, unlock, database)
    try:
        return _at(ledger, _authority(ledger), Door(host, _port(ledger, port)))
    except BaseException:
        ledger.close()
        raise


def _at(ledger: Ledger, authority: Authority, door: Door) -> Listening:
    tls = authority.server_context(_hosts(ledger, door.host))
    return Listening(Centre(ledger, authority), tls, door.host, door.port, door)


def _authority(ledger: Ledger) -> Authority:
    """The district's, and what is due when a centre starts is done."""
    redaction.clear(ledger)
    authority = Authority.of(ledger)
    now_ms = time.time_ns() // 1_000_000
    if authority.is_due(datetime.now(UTC)):
        renewal.renew(ledger, authority, now_ms)
    with ledger.writing():
        audit.note(ledger, Act.SERVING, {"program": version("daiban")}, now_ms)
    return authority


def _port(ledger: Ledger, port: int | None) -> int:
    return (urlsplit(ledger.district.url).port or _HTTPS_PORT) if port is None else port


def _hosts(ledger: Ledger, host: str) -> list[str]:
    return [name for name in (urlsplit(ledger.district.url).hostname, host) if name]
