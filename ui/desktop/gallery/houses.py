"""The districts that pictures are taken in, made when the first picture asks for them."""

from __future__ import annotations

import atexit
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

from app.store import keyslots, opening
from app.store.keyslots import Unlock
from app.usecases import drafts, practice
from ui.desktop.gallery import people, weeks
from ui.desktop.gallery.district import Station
from ui.desktop.gallery.lives import every_point
from ui.desktop.gallery.stage import Stage
from ui.desktop.gallery.weeks import Places

_KNOWN: Final = (0, 3, 12, 24, 36)


@cache
def empty() -> Places:
    """All that is published, and nobody has come yet."""
    return weeks.a_district(_folder("empty"))


def quiet(name: str) -> Places:
    """One more such district, for whoever puts something of their own into it."""
    return weeks.a_district(_folder(name))


@cache
def bare() -> Places:
    """Enrolled, and the catalogue has not come yet."""
    return weeks.a_district(_folder("bare"), catalogue=False)


@cache
def ordinary() -> Places:
    places = weeks.a_district(_folder("ordinary"))
    weeks.an_ordinary_month(places)
    _locked(places.village)
    return places


@cache
def lives() -> Places:
    """A case at every point of a life."""
    places = weeks.a_district(_folder("lives"))
    every_point(places)
    return places


@cache
def crowded() -> Places:
    places = weeks.a_district(_folder("crowded"))
    weeks.a_crowded_month(places)
    return places


@cache
def watched() -> Places:
    """An ordinary month under supervision: cards in each state, somebody away, something handed over."""
    places = weeks.a_district(_folder("watched"))
    weeks.an_ordinary_month(places)
    weeks.a_watched_week(places)
    for station in (places.township, places.seat):
        _locked(station)
    return places


@cache
def practising() -> Station:
    """Beside the ordinary village, where somebody learns."""
    village = ordinary().village
    unlock = Unlock(operator=village.person().name, password="hutang2026")
    folder = practice.start(village.store, unlock, by=village.person(), seed=7)
    return Station(store=opening.open_store(folder, unlock, wall=village.wall), wall=village.wall)


@cache
def counter() -> Places:
    """Where pictures register: a few people have been here before."""
    places = weeks.a_district(_folder("counter"))
    with places.days_ago(40):
        for who in _KNOWN:
            places.register(places.village, "IT010", who)
        places.register(places.village, "IT022", people.LONGEST_NAME)
    return places


def _locked(station: Station) -> None:
    """Give the head a password, without which the settings have nobody who can log in."""
    store = station.store
    unlock = Unlock(operator=station.person().name, password="hutang2026")
    keyslots.create(store.folder, unlock, store.key)


_STAGES: dict[int, Stage] = {}


def stage(station: Station) -> Stage:
    """The one desk of this station, with no drafts left from an earlier picture."""
    for draft in drafts.of_operator(station.store, station.person()):
        drafts.discard(station.store, draft.n)
    return _STAGES.setdefault(id(station), Stage(station))


@cache
def _root() -> Path:
    folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    return Path(folder.name)


def _folder(name: str) -> Path:
    folder = _root() / name
    folder.mkdir()
    return folder
