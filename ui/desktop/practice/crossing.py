"""What somebody asks for who begins to practise, ends it, or begins anew; carried out by `ui.desktop.start.flow`."""

from __future__ import annotations

from pathlib import Path

import msgspec

from app.store.store import Store


class Enter(msgspec.Struct, frozen=True, kw_only=True):
    """The practice store in `folder` is there, and opens with this name and password."""

    folder: Path
    name: str
    password: str


class Leave(msgspec.Struct, frozen=True, kw_only=True):
    """Back to the real store: its password is asked for again."""


class Renewed(msgspec.Struct, frozen=True, kw_only=True):
    """Another practice store is made and waits to be put in the place of the one that is open."""

    folder: Path
    fresh: Path
    key: bytes
    name: str


Crossing = Enter | Leave | Renewed


def renew(store: Store, name: str) -> Renewed:
    """On the store's thread: takes a few seconds. Raises what `practice.renewed` raises."""
    from app.usecases import practice

    fresh = practice.renewed(store)
    return Renewed(folder=store.folder, fresh=fresh, key=store.key, name=name)


def opened_anew(renewed: Renewed) -> Store:
    """On the store's thread, once the old one is closed. Raises PracticeInUse, PracticeForeign."""
    from app.usecases import practice

    practice.replace(renewed.folder, renewed.fresh)
    return practice.open_again(renewed.folder, renewed.key)
