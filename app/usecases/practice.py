"""Practice mode (练习模式): a store of invented people and cases beside the real one, to learn with.

1. It is made under another name and gets its own when it is whole: whoever is killed leaves nothing, or all of it.
2. Its key is made from the real store's, so whoever opens that may practise; its slots are its own.
3. Nothing of the real store is changed, and nothing but what its district has published is read from it.

What keeps it apart for good is in `app.store.practice`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Final

import msgspec

from app.domain.regions import Tier
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.store import files, keyslots, opening, practice
from app.store.database import DamagedDatabase
from app.store.identity import DamagedIdentity
from app.store.keyslots import Unlock, WrongKey
from app.store.store import NotEnrolled, Store
from app.usecases import operators, practice_district, practice_story, practice_turns
from app.usecases.practice_district import Seat
from app.usecases.practice_story import DAY_MS, PAST_DAYS, Hours
from app.usecases.practice_turns import Done

_OWN: Final = "own"
_LOCK: Final = "practice.lock"
_NEW, _GONE = "new", "gone"


class NoPractice(NotEnrolled):
    """Nobody has begun to practise here (fact: folder)."""

    code = "no_practice"


class PracticeInUse(Refused):
    """The practice store cannot be put away: a window or a command has it open."""

    code = "practice_in_use"


class PracticeForeign(Refused):
    """The practice store there belongs to another store than the one that it stands in."""

    code = "practice_foreign"


class PracticeState(msgspec.Struct, frozen=True, kw_only=True):
    """`made_ms` is None while there is none."""

    folder: Path
    made_ms: int | None = None


def is_on(store: Store) -> bool:
    """Whether this store is one for practice."""
    return store.certificate.is_practice


def start(real: Store, unlock: Unlock, *, by: OperatorCard, seed: int | None = None) -> Path:
    """Let `by` practise, who opens the store with this passphrase or password; make the store if there is none.

    Returns its folder. Raises WrongKey, NoKey, NotInPractice, PracticeTooEarly, PracticeForeign.
    """
    practice.refuse("practice", real.certificate, real.database)
    if keyslots.open_key(real.folder, unlock) != real.key:
        raise WrongKey
    folder, key = practice.place_of(real.folder), practice.key_under(real.key, _OWN)
    with _alone(real.folder):
        _sweep(real.folder)
        if not (folder / opening.FILE).exists():
            _put_in_place(_made(real, real.folder, key, [by.name], seed), folder)
        store = _own(folder, key)
        try:
            if store.region != real.region:
                raise PracticeForeign
            if not any(card.name == by.name for card in operators.of_station(store)):
                practice_district.add_card(store, by.name)
        finally:
            store.close()
        if keyslots.exists(folder):
            keyslots.add(folder, key, unlock)
        else:
            keyslots.create(folder, unlock, key)
    return folder


def reset(store: Store, *, by: OperatorCard | None = None, seed: int | None = None) -> Path:
    """Make everything anew, and put it in the place of what is there; close `store` before, if it is that one itself.

    `store` is the real one, or the one for practice. Raises PracticeInUse, PracticeTooEarly, NoPractice.
    """
    fresh = renewed(store, by=by, seed=seed)
    return replace(store.folder if is_on(store) else practice.place_of(store.folder), fresh)


def renewed(store: Store, *, by: OperatorCard | None = None, seed: int | None = None) -> Path:
    """Another practice store, whole and not yet in its place: `replace` puts it there."""
    on = is_on(store)
    folder = store.folder if on else practice.place_of(store.folder)
    key = store.key if on else practice.key_under(store.key, _OWN)
    names = [by.name] if by else []
    if on:
        names += [card.name for card in operators.of_station(store) if card.name not in names]
    elif not names:
        names = [operators.acting(store, None).name]
    with _alone(folder.parent):
        _sweep(folder.parent)
        fresh = _made(store, folder.parent, key, names, seed)
        if keyslots.exists(folder):
            shutil.copyfile(folder / keyslots.FILE, fresh / keyslots.FILE)
            (fresh / keyslots.FILE).chmod(0o600)
    return fresh


def replace(folder: Path, fresh: Path) -> Path:
    """Put a renewed store in the place of the old one. Raises PracticeInUse."""
    with _alone(folder.parent):
        if not fresh.exists():  # another maker has swept it away
            raise PracticeInUse
        if folder.exists():
            gone = folder.with_name(f"{folder.name}.{os.getpid()}.{_GONE}")
            try:
                folder.replace(gone)
            except OSError as error:  # Windows: somebody has it open
                raise PracticeInUse from error
        _put_in_place(fresh, folder)
        _sweep(folder.parent)
    return folder


def open_again(folder: Path, key: bytes) -> Store:
    """The store for practice, for whoever has its key already."""
    return _own(folder, key)


def made_in(real_folder: Path) -> Path:
    """The folder of the practice store there. Raises NoPractice."""
    found = state(real_folder)
    if found.made_ms is None:
        raise NoPractice(folder=str(found.folder))
    return found.folder


def state(real_folder: Path) -> PracticeState:
    """Whether there is one that opens; no key is needed for that. One whose slots were cut off `start` opens again."""
    folder = practice.place_of(real_folder)
    file = folder / opening.FILE
    if not file.exists() or not keyslots.exists(folder):
        return PracticeState(folder=folder)
    return PracticeState(folder=folder, made_ms=int(file.stat().st_mtime * 1000))


def go_on(own: Store, *, by: OperatorCard, seed: int | None = None) -> list[Done]:
    """Let the partners of the other tiers take the next step (让镇街接着办). Raises NoPractice."""
    if not is_on(own):
        raise NoPractice(folder=str(practice.place_of(own.folder)))
    partners: list[Seat] = []
    try:
        for tier in Tier:
            folder = practice_district.seat_folder(own.folder, tier)
            if folder.exists():
                key = practice.key_under(own.key, tier.word)
                store = opening.open_with_key(folder, key, wall=own.wall)
                partners.append(Seat(store=store, card=operators.acting(store, None)))
        return practice_turns.go_on(Seat(store=own, card=by), partners, Random(seed))
    finally:
        for seat in partners:
            seat.store.close()


# --- making ---------------------------------------------------------------------------------------


def _made(model: Store, beside: Path, key: bytes, names: list[str], seed: int | None) -> Path:
    """A whole one under a name that says that it is not in its place yet."""
    fresh = beside / f"{practice.FOLDER}.{os.getpid()}.{_NEW}"
    now_ms = model.wall()
    hours = Hours(now_ms - (PAST_DAYS + 1) * DAY_MS)
    seats = practice_district.found(fresh, key, model, names, hours)
    try:
        practice_story.tell(seats, hours, now_ms, Random(seed))
        practice_district.settle(seats)
    finally:
        for seat in seats:
            seat.store.close()
    files.sync_folder(fresh)
    return fresh


def _put_in_place(fresh: Path, folder: Path) -> None:
    fresh.replace(folder)
    files.sync_folder(folder.parent)


def _sweep(beside: Path) -> None:
    """Remove what was never whole, and what was put away."""
    for ending in (_NEW, _GONE):
        for rest in beside.glob(f"{practice.FOLDER}.*.{ending}"):
            shutil.rmtree(rest, ignore_errors=True)


def _own(folder: Path, key: bytes) -> Store:
    try:
        return opening.open_with_key(folder, key)
    except (DamagedDatabase, DamagedIdentity, practice.PracticeMixed) as error:
        raise PracticeForeign from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One maker at a time."""
    from filelock import FileLock

    with FileLock(folder / _LOCK, mode=0o600):
        yield
