"""The line to a slip printer that gets its commands from here: a device of this computer, or an address in the network.

Nothing waits for ever: a printer that takes nothing for a while has stopped.
"""

from __future__ import annotations

import errno
import os
import re
import select
import socket
import stat
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final, Protocol

from printing.troubles import PrinterDenied, PrinterGone, PrinterHalted, PrinterState

if TYPE_CHECKING:
    from collections.abc import Iterator

PORT: Final = 9100
"""Where printers in a network listen for raw commands (AppSocket, JetDirect)."""
_CONNECT_S: Final = 5.0
_PATIENCE_S: Final = 20.0
"""For a printer that takes nothing: longer than the cutter and the longest slip need."""
_FAREWELL_S: Final = 1.0
_AT_ONCE: Final = 4096  # bytes
_DEVICE: Final = re.compile(r"[/\\]|com\d+:?$|lpt\d+:?$", re.IGNORECASE)


class NoProgress(OSError):
    """The printer took nothing for so long."""


class Line(Protocol):
    def send(self, commands: bytes) -> None:
        """Returns when all but what the system holds back is out. Raises OSError."""

    def answer(self, wait_s: float) -> bytes:
        """What the printer says; nothing if it is silent for so long, or never says anything."""

    def finish(self) -> None:
        """Nothing more comes. Raises OSError if the other side has gone with something left to read."""

    def close(self) -> None: ...


def is_device(address: str) -> bool:
    """Whether it is a file of this computer, not an address in the network."""
    return _DEVICE.search(address) is not None


@contextmanager
def opened(address: str, printer: str, *, patience_s: float = _PATIENCE_S) -> Iterator[Line]:
    """Raises PrinterHalted, PrinterGone, PrinterDenied; `printer` is what people call it."""
    try:
        line = _device(address, patience_s) if is_device(address) else _network(address, patience_s)
    except PermissionError as error:
        raise PrinterDenied(printer=printer) from error
    except FileNotFoundError as error:
        raise PrinterGone(printer=printer) from error
    except (OSError, ValueError) as error:
        raise PrinterHalted(printer=printer, why=PrinterState.OFFLINE) from error
    with closing(line):
        yield line


class _Network:
    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def send(self, commands: bytes) -> None:
        for start in range(0, len(commands), _AT_ONCE):
            try:
                self._connection.sendall(commands[start : start + _AT_ONCE])
            except TimeoutError as error:
                raise NoProgress from error

    def answer(self, wait_s: float) -> bytes:
        ready, _, _ = select.select([self._connection], [], [], wait_s)
        if not ready:
            return b""
        said = self._connection.recv(64)
        if not said:
            raise ConnectionResetError(errno.ECONNRESET, "closed")
        return said

    def finish(self) -> None:
        self._connection.shutdown(socket.SHUT_WR)
        self._connection.settimeout(_FAREWELL_S)
        try:
            while self._connection.recv(64):
                pass
        except TimeoutError:  # many printers keep the line open; they have all of it
            return

    def close(self) -> None:
        self._connection.close()


def _network(address: str, patience_s: float) -> Line:
    host, _, port = address.strip().partition(":")
    connection = socket.create_connection(
        (host, int(port) if port else PORT), min(_CONNECT_S, patience_s)
    )
    # What the system holds back for a printer that has stopped would look as if it were printed.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _AT_ONCE)
    connection.settimeout(patience_s)
    return _Network(connection)


class _Device:
    def __init__(self, handle: int, patience_s: float) -> None:
        self._handle = handle
        self._patience_s = patience_s
        self._answers = os.name != "nt" and stat.S_ISCHR(os.fstat(handle).st_mode)

    def send(self, commands: bytes) -> None:
        left = memoryview(commands)
        while left:
            self._wait()
            try:
                left = left[os.write(self._handle, left[:_AT_ONCE]) :]
            except BlockingIOError:
                continue

    def answer(self, wait_s: float) -> bytes:
        if not self._answers or not select.select([self._handle], [], [], wait_s)[0]:
            return b""
        try:
            return os.read(self._handle, 64)
        except OSError:  # a device that only takes
            return b""

    def finish(self) -> None:
        """What was written is with the device."""

    def close(self) -> None:
        os.close(self._handle)

    def _wait(self) -> None:
        if os.name == "nt":  # its files cannot be waited for; writing waits
            return
        if not select.select([], [self._handle], [], self._patience_s)[1]:
            raise NoProgress


def _device(address: str, patience_s: float) -> Line:
    path = rf"\\.\{address.rstrip(':')}" if os.name == "nt" and "\\" not in address else address
    flags = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    return _Device(os.open(path, os.O_RDWR | flags), patience_s)
