"""Several processes that serve one district: they share the listening socket, and the database keeps them in order.

1. The parent opens the door and lets processes out of itself (fork: the socket and the keys go along, no word of them
   through a command line or a pipe). It has no connection to the database and no thread while it does.
2. A worker that ends by itself, however it was killed, is replaced; the others go on meanwhile.
3. SIGTERM or SIGINT to the parent: every worker answers what is under way, and ends; then the parent does.
4. A worker whose parent is gone ends as well: it sees the end of a pipe that only the parent holds open.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from app.errors import Refused
from sync.centre.server import Listening

_QUICK_S: Final = 1.0
"""Whoever dies sooner than this after its birth is replaced only then: something is wrong with the place."""
_log: Final = logging.getLogger(__name__)


class WorkersUnsupported(Refused):
    """Several workers need PostgreSQL, and a system with fork (fact: why: `sqlite` or `system`)."""

    code = "workers_unsupported"


class Workers:
    """`count` processes, each of which runs what `listening` gives it."""

    def __init__(self, count: int, listening: Callable[[], Listening]) -> None:
        self._count = count
        self._listening = listening
        self._born: dict[int, float] = {}
        self._ending = False

    def run(self, on_ready: Callable[[], None]) -> None:
        """Until SIGINT or SIGTERM; `on_ready` once every worker answers."""
        before = {
            number: signal.signal(number, self._end) for number in (signal.SIGINT, signal.SIGTERM)
        }
        self._alive, self._parent = os.pipe()
        try:
            readers = [self._bear() for _ in range(self._count)]
            answers = [_heard(reader) for reader in readers]
            if all(answers) and not self._ending:
                on_ready()
            self._watch()
        finally:
            for descriptor in (self._alive, self._parent):
                os.close(descriptor)
            for number, handler in before.items():
                signal.signal(number, handler)

    def _watch(self) -> None:
        while self._born:
            pid, status = os.wait()
            born = self._born.pop(pid, None)
            if born is None or self._ending:
                continue
            _log.warning("worker %d ended by itself (status %d), and is replaced", pid, status)
            time.sleep(max(0.0, born + _QUICK_S - time.monotonic()))
            if not self._ending:
                os.close(self._bear())

    def _bear(self) -> int:
        """Another worker; where to read that it answers."""
        assert os.name == "posix"  # asked before anything was begun (`serving`)
        reader, writer = os.pipe()
        sys.stdout.flush()
        pid = os.fork()
        if pid:
            os.close(writer)
            self._born[pid] = time.monotonic()
            if self._ending:  # the signal came just before it was one of them
                self._tell(pid)
            return reader
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        os.close(reader)
        os.close(self._parent)
        try:
            self._work(writer)
        except BaseException:
            _log.exception("a worker failed")
            os._exit(1)
        os._exit(0)

    def _work(self, writer: int) -> None:
        listening = self._listening()
        threading.Thread(target=self._follow, args=(listening,), daemon=True).start()

        def ready() -> None:
            with suppress(BrokenPipeError):  # nobody waits for one that replaces another
                os.write(writer, b"1")
            os.close(writer)

        listening.run(ready)

    def _follow(self, listening: Listening) -> None:
        """End with the parent."""
        os.read(self._alive, 1)
        listening.stop()

    def _end(self, _number: int, _frame: object) -> None:
        self._ending = True
        for pid in list(self._born):
            self._tell(pid)

    def _tell(self, pid: int) -> None:
        try:
            os.kill(pid, signal.SIGTERM)
        except ProcessLookupError:  # it has just ended
            return


def _heard(reader: int) -> bool:
    """Whether it said that it answers, before it ended."""
    try:
        return os.read(reader, 1) == b"1"
    finally:
        os.close(reader)
