"""A line between a station and its centre whose faults can be told: real TCP, byte for byte.

A connection takes the next `Fault` of the list; one without is clear. Counted are TCP payloads,
TLS and its handshake included.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import Self

_READ = 64 * 1024
_SLOW_PIECE = 512


class Way(Enum):
    UP = "up"
    DOWN = "down"


class Then(Enum):
    CUT = "both sides see the connection end"
    HANG = "nothing passes this way any more, and nobody is told"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """After so many bytes of one way."""

    way: Way
    after: int
    then: Then = Then.CUT


@dataclass(kw_only=True)
class Proxy:
    """Leads to `port` of this machine.

    `cut_every`: bytes of both ways together after which the line is cut, again and again.
    `rate`: bytes a second each way; `latency_s` before each piece.
    """

    port: int
    faults: list[Fault] = field(default_factory=list)
    cut_every: int | None = None
    rate: int | None = None
    latency_s: float = 0.0
    up: int = 0
    down: int = 0
    cuts: int = 0
    connections: int = 0

    def __enter__(self) -> Self:
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._left = self.cut_every
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self._listening.getsockname()[1]}"
        self.hung = threading.Event()
        self._begin(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for one in self._open:
            _end(one)
        for thread in self._threads:
            thread.join()
        for one in self._open:
            one.close()

    @property
    def passed(self) -> int:
        return self.up + self.down

    def _begin(self, act: object, *arguments: object) -> None:
        thread = threading.Thread(target=act, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                try:
                    far = socket.create_connection(("127.0.0.1", self.port))
                except OSError:
                    near.close()
                    continue
                self._open += [near, far]
                for one in (near, far):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.connections += 1
                fault = self.faults.pop(0) if self.faults else None
                self._begin(self._pass_on, near, far, Way.UP, fault)
                self._begin(self._pass_on, far, near, Way.DOWN, fault)

    def _pass_on(
        self, source: socket.socket, target: socket.socket, way: Way, fault: Fault | None
    ) -> None:
        left = fault.after if fault is not None and fault.way is way else None
        piece_size = _READ if self.rate is None else _SLOW_PIECE
        with suppress(OSError):
            while piece := source.recv(piece_size):
                self._be_slow(len(piece))
                passed, cut = self._counted(piece if left is None else piece[:left], way)
                target.sendall(passed)
                if left is not None:
                    left -= len(passed)
                    if left <= 0 and fault is not None:
                        self._fail(fault, source, target)
                        return
                if cut:
                    break
        _end(source)
        _end(target)

    def _be_slow(self, size: int) -> None:
        wait_s = self.latency_s + (size / self.rate if self.rate else 0)
        if wait_s:
            time.sleep(wait_s)

    def _counted(self, piece: bytes, way: Way) -> tuple[bytes, bool]:
        """What of it still passes, and whether the line is cut after that."""
        with self._lock:
            cut = self._left is not None and len(piece) >= self._left
            if self._left is not None:
                piece = piece[: self._left]
                self._left -= len(piece)
            if cut:
                self._left = self.cut_every
                self.cuts += 1
            if way is Way.UP:
                self.up += len(piece)
            else:
                self.down += len(piece)
            return piece, cut

    def _fail(self, fault: Fault, source: socket.socket, target: socket.socket) -> None:
        self.cuts += 1
        if fault.then is Then.CUT:
            _end(source)
            _end(target)
            return
        self.hung.set()
        while source.recv(_READ):  # swallowed, until somebody gives up
            pass


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
