"""A district with a case of a village in every state, made once and copied for each test; and who does what in it.

The village moves from one township to another while its stations are without a line.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import msgspec

from app.domain.case import Case, State
from app.domain.events import RegionsPublished, Role
from app.domain.items import Mode
from app.domain.regions import RegionCode
from app.domain.staff import OperatorCard
from app.journal.refs import Ref
from app.store import opening
from app.usecases import acts, operators
from app.usecases.acts import Moment
from app.usecases.materials import MaterialForm
from app.usecases.today import shown_today
from sync.centre import publishing
from tests.builders import Station, Wall, a_case, the_item
from tests.sync.attaching import attached, some_bytes
from tests.sync.builders import (
    DISTRICT,
    OTHER_TOWNSHIP,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    ACentre,
    a_centre,
    a_station,
    exchange,
    opened,
)

FAR_VILLAGE: Final = "450305400201"
PLACES: Final = {
    "village": VILLAGE,
    "neighbour": OTHER_VILLAGE,
    "old": TOWNSHIP,
    "new": OTHER_TOWNSHIP,
    "far": FAR_VILLAGE,
    "desk": DISTRICT,
}
"""`neighbour` stays under the old township, `far` is under the new one, `desk` is the district's counter."""

_IN: Final = "village forward, old take_over"
WAYS: Final = {
    State.RECEIVED: "",
    State.ACCOMPANIED: "village appoint",
    State.IN_TRANSIT: "village forward",
    State.UNDER_EXAMINATION: _IN,
    State.AWAITING_SUPPLEMENT: f"{_IN}, old ask_supplement",
    State.IN_PROGRESS: f"{_IN}, old accept",
    State.PAUSED: f"{_IN}, old accept, old pause",
    State.WITH_SUPERIOR: f"{_IN}, old accept, old pass_up",
    State.OUTSIDE: f"{_IN}, old accept, old send_outside",
    State.DECIDED: f"{_IN}, old accept, old decide",
    State.DELIVERED: f"{_IN}, old accept, old decide, village deliver",
    State.FOLLOWED_UP: f"{_IN}, old accept, old decide, village deliver, old follow_up",
    State.ARCHIVED: f"{_IN}, old accept, old decide, village deliver, old follow_up, old archive",
    State.CLOSED: "village conclude",
    State.REFUSED: f"{_IN}, old refuse",
    State.LAPSED: f"{_IN}, old ask_supplement",
    State.WITHDRAWN: "village withdraw",
    State.VOIDED: "old void",
}
_ITEMS: Final = {
    State.WITH_SUPERIOR: "IT001",
    State.PAUSED: "IT040",
    State.OUTSIDE: "IT056",
}
_ACCOMPANIED: Final = (State.ACCOMPANIED, State.CLOSED)
_ROLES: Final = {
    "follow_up": Role.SUPERVISOR,
    "void": Role.SUPERVISOR,
    "issue_card": Role.SUPERVISOR,
    "archive": Role.ARCHIVIST,
}
_LATER_DAYS: Final = 100
"""After which a notice has lapsed, and whatever stands still is late."""


@dataclass
class Parted:
    """The stations by name, and the case that stands in each state."""

    centre: ACentre
    stations: dict[str, Station]
    cases: dict[State, Ref]

    def __getattr__(self, name: str) -> Station:
        try:
            return self.stations[name]
        except KeyError:
            raise AttributeError(name) from None

    def exchange(self, *names: str, rounds: int = 1) -> None:
        """Each exchanges, in this order."""
        for _ in range(rounds):
            for name in names or self.stations:
                exchange(self.stations[name], self.centre)

    def move(self, to: str, region: str = VILLAGE) -> None:
        """The village comes under another township."""
        self.publish(region, parent=RegionCode(to))

    def publish(self, region: str, **changes: Any) -> None:
        rows = tuple(
            msgspec.structs.replace(row, **changes) if row.code == region else row
            for row in self.centre.ledger.tree.rows
        )
        self.centre.wall.turn(ms=1000)
        with self.centre.ledger.writing():
            publishing.publish(
                self.centre.ledger, [RegionsPublished(regions=rows)], self.centre.wall()
            )

    def close(self) -> None:
        for station in self.stations.values():
            station.store.close()
        self.centre.ledger.close()


def do(station: Station, subject: Ref, verb: str, **facts: Any) -> Case:
    """An act with the facts of its trial, by somebody who may."""
    told = station.case(subject)
    by = doer(station, verb)
    store = station.store
    item = store.publications.item(told.item, told.item_version)
    moment = Moment(store=store, case=told, item=item, by=by, day=shown_today(store))
    trial = msgspec.to_builtins(acts.ACTS[verb].trial(moment))
    return acts.perform(store, subject, verb, trial | facts, by=by)


def doer(station: Station, verb: str) -> OperatorCard:
    role = _ROLES.get(verb)
    return station.head if role is None else station.person(role)


@cache
def _made_once() -> tuple[Path, dict[str, bytes], dict[State, Ref], int]:
    root = Path(tempfile.mkdtemp(prefix="parted-"))
    wall = Wall()
    centre = a_centre(root / "centre", wall)
    made = Parted(
        centre, {name: a_station(centre, code, root / name) for name, code in PLACES.items()}, {}
    )
    for station in made.stations.values():
        station.store.database.run("PRAGMA synchronous = off")
    for role in (Role.SUPERVISOR, Role.ARCHIVIST):
        for name in ("old", "new"):
            operators.add(made.stations[name].store, f"{role.value}-{name}", role)
    made.exchange(rounds=2)
    for state in WAYS:
        made.cases[state] = _registered(made.village, state)
    made.cases = dict(made.cases)
    _lead(made)
    return root, {name: one.store.key for name, one in made.stations.items()}, made.cases, wall()


def _registered(village: Station, state: State) -> Ref:
    item = _ITEMS.get(state, "IT022")
    needed = [one for one in the_item(item).materials if one.required.value == "always"]
    return a_case(
        village,
        item,
        f"{state.label}人",
        materials=tuple(MaterialForm(name=one.name) for one in needed),
        mode=Mode.ACCOMPANY if state in _ACCOMPANIED else Mode.PROXY,
        mandate=state not in _ACCOMPANIED,
    )


def _lead(made: Parted) -> None:
    """Every case to its state: what stands at one station together, then an exchange."""
    left = {
        state: [step.split() for step in way.split(", ") if step] for state, way in WAYS.items()
    }
    while any(left.values()):
        for name in ("village", "old"):
            for state, steps in left.items():
                while steps and steps[0][0] == name:
                    do(made.stations[name], made.cases[state], steps.pop(0)[1])
            made.exchange("village", "old", "village")
    made.centre.wall.turn(days=_LATER_DAYS)
    do(made.old, made.cases[State.LAPSED], "lapse")
    do(made.old, made.cases[State.UNDER_EXAMINATION], "issue_card")
    for name, state in (
        ("village", State.RECEIVED),
        ("village", State.IN_PROGRESS),
        ("old", State.IN_PROGRESS),
    ):
        attached(made.stations[name], made.cases[state], some_bytes(3000, seed=len(name)))
    made.exchange(rounds=2)
    made.close()


def parted(folder: Path) -> Parted:
    """A copy of it, with every state reached and everybody told."""
    root, keys, cases, now_ms = _made_once()
    wall = Wall(now_ms)
    shutil.copytree(root, folder, dirs_exist_ok=True)
    stations = {}
    for name, key in keys.items():
        store = opening.open_with_key(folder / name, key, wall=wall)
        store.database.run("PRAGMA synchronous = off")
        stations[name] = Station(district=cast(Any, None), store=store, wall=wall)
    return Parted(opened(folder / "centre", wall), stations, dict(cases))
