"""Packets of stations below, as sealed files in the folder `carried` of the data folder: see `sync.client.carrying`.

Whoever loses the folder loses nothing: at the station below everything still waits for its answer.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec

from app.store.files import write_durably
from app.store.store import Store

FOLDER: Final = "carried"


class Shelf(StrEnum):
    """UP waits for the next exchange, DOWN are answers that wait for a stick.

    NO is what the centre would not take, until somebody has seen it.
    """

    UP = "up"
    DOWN = "down"
    NO = "no"


class CarriedCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many packets stand on each shelf."""

    up: int = 0
    down: int = 0
    no: int = 0


def counts(store: Store) -> CarriedCounts:
    return CarriedCounts(
        up=len(packets(store, Shelf.UP)),
        down=len(packets(store, Shelf.DOWN)),
        no=len(packets(store, Shelf.NO)),
    )


def put(store: Store, shelf: Shelf, name: str, raw: bytes) -> None:
    """Durable when this returns; the same name again is the same packet. Raises FileNotWritten."""
    folder = store.folder / FOLDER / shelf
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_durably(folder / name, raw)


def packets(store: Store, shelf: Shelf) -> list[Path]:
    """Those that are whole, the oldest first."""
    folder = store.folder / FOLDER / shelf
    if not folder.is_dir():
        return []
    whole = [file for file in folder.iterdir() if file.suffix != ".new"]
    return sorted(whole, key=lambda file: (file.stat().st_mtime_ns, file.name))
