"""Where the ledgers of tests stand: each in a file of its own, unless a test asks for a PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.centre import placing
from sync.centre.ledger import Ledger
from sync.centre.placing import Place
from tests.postgresql import Server

KEY = bytes(range(32))


class Stand:
    """A server, and a database on it that holds a district which was just founded."""

    def __init__(self, server: Server, region: str, found: Callable[[Ledger], None]) -> None:
        self.server = server
        self._schema = placing.schema_of(region)
        self._made: list[str] = []
        self._opened: list[Ledger] = []
        self._template = server.create()
        ledger = placing.open_at(Place(server.url(self._template), self._schema), KEY, new=True)
        found(ledger)
        ledger.close()

    def found(self, folder: Path) -> None:
        """Let this folder name a new district's database."""
        self._keep(folder, self._copy(self._template))

    def noted(self, ledger: Ledger) -> None:
        """Its connections are closed when the test is over."""
        self._opened.append(ledger)

    def saved(self, folder: Path, to: Path, ledger: Ledger) -> Path:
        """A copy of the folder's database; `to` names it."""
        ledger.database.close()  # nobody may be connected to what is copied; it connects again
        place = placing.kept(folder, KEY)
        assert place is not None
        to.write_text(self._copy(place.url.partition("@/")[2].partition("?")[0]))
        return to

    def restored(self, folder: Path, copy: Path) -> None:
        """Let the folder name a database that is like this copy."""
        self._keep(folder, self._copy(copy.read_text()))

    def clear(self) -> None:
        while self._opened:
            self._opened.pop().database.close()
        while self._made:
            self.server.drop(self._made.pop())

    def _copy(self, template: str) -> str:
        name = self.server.create(template)
        self._made.append(name)
        return name

    def _keep(self, folder: Path, database: str) -> None:
        placing.keep(folder, KEY, Place(self.server.url(database), self._schema))


_present: list[Stand] = []


def present() -> Stand | None:
    """Where new ledgers stand now; None for files."""
    return _present[-1] if _present else None


@contextmanager
def on(stand: Stand) -> Iterator[None]:
    _present.append(stand)
    try:
        yield
    finally:
        _present.pop()
        stand.clear()
