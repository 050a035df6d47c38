"""Processes that tell cases while this one writes rows: Python has one core for itself, and a first download needs two.

A teller gets entries through a pipe and gives drafts back: it opens no file, and ends when its pipe does,
however the one who asks it came to an end.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from app.store.telling import Known, Piece, Told, packed, tell, tell_packed, told_by

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_MOST: Final = 3
_AFTER_OTHERS: Final = 3
"""How much later they come to their turn than whoever asked them; much more would be never on a busy computer."""
_PATIENCE_S: Final = 300.0
"""For one answer, which takes a second: a process that somebody has suspended gives none."""
_KNOWN, _PIECES = b"k", b"p"


class TellersGone(Exception):
    """They could not be started, or were killed: whoever asked them can tell for themselves."""


class Tellers:
    """One for each core, three at most; each is asked one thing at a time, and answers come in the order of asking.

    Raises TellersGone, here and from every method.
    """

    def __init__(self) -> None:
        self._idle: deque[_Teller] = deque()
        self._asked: deque[_Teller] = deque()
        self._known: Known | None = None
        self._all: list[_Teller] = []
        try:
            for _ in range(min(os.cpu_count() or 1, _MOST)):
                self._all.append(_Teller())
        except OSError as error:
            self.close()
            raise TellersGone from error
        self._idle.extend(self._all)

    @staticmethod
    def are_of_use() -> bool:
        """Whether there is a core for one."""
        return (os.cpu_count() or 1) > 1

    @property
    def has_idle(self) -> bool:
        """Whether one can be asked."""
        return bool(self._idle)

    def give(self, pieces: Sequence[Piece], known: Known) -> None:
        """Ask one that is idle; what is known changes only while none is asked."""
        if known is not self._known:
            spread = pickle.dumps(known, pickle.HIGHEST_PROTOCOL)
            for one in self._all:
                one.send(_KNOWN + spread)
            self._known = known
        one = self._idle.popleft()
        one.send(_PIECES + packed(pieces))
        self._asked.append(one)

    def take(self) -> Told:
        """The answer to what was asked first."""
        one = self._asked.popleft()
        told = one.answer()
        self._idle.append(one)
        return told

    def close(self) -> None:
        for one in self._all:
            one.close()


class Oneself:
    """The same in this process, where there is little to tell, or only one core."""

    def __init__(self) -> None:
        self._asked: tuple[Sequence[Piece], Known] | None = None

    @property
    def has_idle(self) -> bool:
        return self._asked is None

    def give(self, pieces: Sequence[Piece], known: Known) -> None:
        self._asked = pieces, known

    def take(self) -> Told:
        assert self._asked is not None
        (pieces, known), self._asked = self._asked, None
        return tell(pieces, known)

    def close(self) -> None:
        """Nothing is open."""


class _Teller:
    def __init__(self) -> None:
        from multiprocessing import get_context  # hardly any command has so much to read

        spawning = get_context("spawn")  # a fork would take the database along
        self._line: Connection
        self._line, theirs = spawning.Pipe()
        self._process: BaseProcess = spawning.Process(target=serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def send(self, message: bytes) -> None:
        try:
            self._line.send_bytes(message)
        except OSError as error:
            raise TellersGone from error

    def answer(self) -> Told:
        try:
            if not self._line.poll(_PATIENCE_S):
                raise TellersGone
            return told_by(self._line.recv_bytes())
        except (OSError, EOFError) as error:
            raise TellersGone from error

    def close(self) -> None:
        self._line.close()
        self._process.join(1)
        self._process.kill()
        self._process.join()
        self._process.close()


def serve(line: Connection) -> None:
    """What a teller does until nobody holds the other end of its line."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for the one who asks
    if hasattr(os, "nice"):
        os.nice(_AFTER_OTHERS)
    gc.disable()  # cases hold no cycles; it would look through thousands of them again and again
    known: Known | None = None
    with suppress(Exception):  # the end of the line, or what whoever asked finds out by themselves
        while True:
            message = line.recv_bytes()
            if message.startswith(_KNOWN):
                known = pickle.loads(message[1:])  # from the process that made this one
            else:
                assert known is not None
                line.send_bytes(tell_packed(message[1:], known))
