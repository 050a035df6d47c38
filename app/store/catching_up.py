"""Rows made of cases that came and are not read yet (`app.store.unread`), while other processes tell them.

1. Some cases and all their entries are looked up and given to a teller: another process, where there is much.
2. What it says is written, if nothing has changed since: else the cases stay where they are, and are told again.
3. Meanwhile the tellers tell the next.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.store import database
from app.store.folding import refold, wait_for
from app.store.portions import Portions
from app.store.store import Store
from app.store.tellers import Oneself, Tellers, TellersGone
from app.store.telling import Known, Told
from app.store.unread import Portion

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK: Final = "reading.lock"
_MANY: Final = 4_000
"""Cases from which on others are asked to help."""
_PORTION: Final = 2_000
_log: Final = logging.getLogger(__name__)


def _never() -> bool:
    return False


def catch_up(store: Store) -> None:
    """Read everything that is here now, unless another program is reading much."""
    if not _is_under_way(store.folder):
        with CatchingUp(store) as reading:
            reading.go_on()


def _is_under_way(folder: Path) -> bool:
    lock = _lock(folder)
    try:
        with lock:
            return False
    except TimeoutError:
        return True
    except OSError:  # nobody can hold it here
        return False


def _lock(folder: Path) -> BaseFileLock:
    """Held by whoever reads much; it waits for nobody. Raises TimeoutError, OSError."""
    from filelock import FileLock

    return FileLock(folder / LOCK, timeout=0, mode=0o600)


class CatchingUp:
    """Reads on from where it, or another program, was stopped."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._unread = store.rows.unread
        self._portions = Portions(_PORTION)
        self._tellers: Tellers | Oneself = Oneself()
        self._expects_much = False
        self._lock: BaseFileLock | None = None
        self._known: Known | None = None

    def __enter__(self) -> CatchingUp:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the others go."""
        self._let_go()
        if self._expects_much:
            if self._lock is not None:
                self._lock.release()
            self._store.database.give_room_back()

    def expect_much(self) -> None:
        """Let others get ready to tell, and the database make room, so that they are when there is something."""
        if self._expects_much:
            return
        self._expects_much = True
        self._lock = _lock(self._store.folder)
        with suppress(OSError):  # whoever has it reads much as well, and it is done twice
            self._lock.acquire()
        self._store.database.make_room()
        if Tellers.are_of_use():
            try:
                self._tellers = Tellers()
            except TellersGone:
                _log.warning("nobody else can tell cases", exc_info=True)

    def go_on(self, until: Callable[[], bool] = _never) -> bool:
        """Read what is here now, until `until` says so; whether nothing is left."""
        last = self._unread.last()
        if last and self._unread.count() >= _MANY:
            self.expect_much()
        while self._unread.any_to(last) and not until():
            try:
                self._through(last, until)
            except TellersGone:
                _log.warning("those who told cases are gone", exc_info=True)
                self._let_go()
            except BaseException:
                self._let_go()  # with what they were asked: an answer must not be taken for another's
                raise
        return self._unread.is_empty()

    def _let_go(self) -> None:
        self._tellers.close()
        self._tellers = Oneself()

    def _through(self, last: int, until: Callable[[], bool]) -> None:
        """Once through what stands there; what changes meanwhile stays."""
        known = self._look()
        asked: deque[Portion] = deque()
        told: tuple[Portion, Told] | None = None
        place = 0
        while True:
            self._portions.suit(self._store)  # somebody may have begun to work
            while self._tellers.has_idle and not until():
                portion = self._unread.portion(place, last, self._portions.size)
                if not portion.marks:
                    break
                place = portion.marks[-1].n
                self._tellers.give(portion.pieces, known)
                asked.append(portion)
            if told is not None:
                self._write(*told, known)
            if not asked:
                return
            told = asked.popleft(), self._tellers.take()

    def _look(self) -> Known:
        store = self._store
        known = Known(
            devices=store.journal.devices(),
            lineage=store.journal.lineage,
            publications=store.publications,
            refused=frozenset(store.journal.refused_all()),
        )
        if known != self._known:
            self._known = known
        return self._known

    def _write(self, portion: Portion, told: Told, known: Known) -> None:
        store = self._store
        started = time.monotonic()
        with store.changing():
            if (
                store.publications is not known.publications
                or store.journal.refused_all() != known.refused
            ):
                return
            fresh = self._unread.unchanged(portion.marks)
            pair = store.journal.pair
            drafts = [one for one in told.drafts if pair(one.subject) in fresh]
            wait_for(store, {one.subject: one.waits_for for one in drafts})
            store.rows.save_drafts(drafts, known.publications)
            refold(store, [one for one in told.apart if pair(one) in fresh])
            self._unread.strike_pairs(fresh)
        self._portions.took(len(portion.marks), time.monotonic() - started)
        time.sleep(database.GAP_S)
