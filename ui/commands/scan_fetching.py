"""daiban attachments --fetch: scans of other stations, brought here from the centre."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain.attachments import Sheet
from app.store.store import Store
from ui import wording
from ui.commands.answers import note

if TYPE_CHECKING:
    from sync.client.fetching import Fetched, Fetching

_KB = 1024


def bring(store: Store, sheets: Sequence[Sheet]) -> dict[str, object]:
    """What came and what did not, as it goes into the document; people are told beside it.

    Raises what `fetching.fetch` raises: what came before that stays.
    """
    from sync.client.engine import open_line
    from sync.client.fetching import fetch

    store.follow_life()
    line = open_line(store)
    shown = _Shown()
    try:
        done = fetch(store, line, sheets, shown)
    finally:
        shown.end()
        line.close()
    _say(done)
    return {
        "fetched": done.sheets,
        "fetched_bytes": done.size,
        "failed": [
            {"digest": digest.hex(), "code": code, "message": wording.worded(code, {})}
            for digest, code in done.failed.items()
        ],
    }


class _Shown:
    """How far it is, on a terminal only."""

    def __init__(self) -> None:
        self._on = sys.stderr.isatty()

    def __call__(self, far: Fetching) -> None:
        if self._on and far.size:
            told = f"已取 {far.done}/{far.sheets} 页，{far.here * 100 // far.size}%"
            sys.stderr.write(f"\r{told}")
            sys.stderr.flush()

    def end(self) -> None:
        if self._on:
            sys.stderr.write("\n")


def _say(done: Fetched) -> None:
    if done.sheets:
        note(f"从区中心取来 {done.sheets} 页（{-(-done.size // _KB)} KB）。")
    for code in dict.fromkeys(done.failed.values()):
        pages = sum(one == code for one in done.failed.values())
        note(f"有 {pages} 页没有取来：{wording.worded(code, {})}")
