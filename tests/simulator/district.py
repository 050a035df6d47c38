"""The district that every schedule begins with: founded once, and copied for each."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from app.domain.events import CalendarPublished, ItemPublished, RegionsPublished
from app.domain.regions import Region, RegionCode, RegionTree, Tier, station_name
from app.store.database import bring_up_to_date
from app.usecases import operators
from sync import centre
from sync.centre import publishing
from sync.centre.authority import Authority
from sync.centre.ledger import FILE, Ledger
from sync.centre.sqlite import SqliteDatabase
from sync.client.engine import exchange
from tests.builders import (
    DISTRICT,
    FIRST_ROLE,
    MORNING_MS,
    OTHER_TOWNSHIP,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    the_item,
    the_regions,
    the_years,
)
from tests.simulator.centre import Centre
from tests.simulator.clock import Time, still_world
from tests.simulator.computer import Computer
from tests.simulator.disk import KEY, Power, powered
from tests.simulator.faults import Tally
from tests.simulator.line import Mood, Net, SimulatedLine

PLACES: Final = {
    "village": VILLAGE,
    "other village": OTHER_VILLAGE,
    "township": TOWNSHIP,
    "other township": OTHER_TOWNSHIP,
    "district": DISTRICT,
}
"""The stations there may be, by name."""
ITEMS: Final = ("IT022", "IT040", "IT001")
_URL: Final = "https://127.0.0.1:8750"
CENTRE: Final = "centre"
CENTRE_MIGRATIONS: Final = Path(centre.__path__[0]) / "migrations"


def memory() -> Path | None:
    """Where files are quickest: what is written there is gone soon enough."""
    shared = Path("/dev/shm")
    return shared if shared.is_dir() else None


@cache
def founded() -> Path:
    """A folder with the centre and all stations, enrolled, staffed, and told of each other; the same every time."""
    root = Path(tempfile.mkdtemp(prefix="daiban-simulator-", dir=memory()))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    time, chance = Time(MORNING_MS), Random("the district")
    with still_world(time, chance):
        (root / CENTRE).mkdir()
        database = powered(Power())(root / CENTRE / FILE, KEY)
        bring_up_to_date(database, CENTRE_MIGRATIONS)
        ledger = Ledger(SqliteDatabase(database))
        _found(ledger, time)
        ledger.close()
        district = Centre(root / CENTRE, time)
        net = Net(district, chance, (), Tally())
        computers = [Computer(name, region, root / name, time) for name, region in PLACES.items()]
        for computer in computers:
            line = SimulatedLine(net, Mood.CLEAR, lambda: None)
            computer.ask_for_admission(district)
            computer.show_code(line, district)
            store = computer.opened()
            exchange(store, line)
            operators.add(store, "第一人", FIRST_ROLE[Tier(store.certificate.tier)])
        for _ in range(2):
            for computer in computers:
                exchange(computer.opened(), SimulatedLine(net, Mood.CLEAR, lambda: None))
        for computer in computers:
            computer.close()
        district.close()
    return root


def _found(ledger: Ledger, time: Time) -> None:
    """As `sync.centre.founding` does it, with a few regions, items and years."""
    regions = tuple(row for row in the_regions() if row.code in PLACES.values())
    tree = RegionTree(regions)
    place = tree.region(RegionCode(DISTRICT))
    bodies = [
        RegionsPublished(regions=regions),
        *(CalendarPublished(year=year) for year in the_years()),
        *(ItemPublished(item=the_item(name)) for name in ITEMS),
    ]
    with ledger.writing():
        ledger.found(place.code, _URL, b"epoch   ")
        authority = Authority.found(ledger, place.code)
        publishing.begin_own_life(ledger, authority, station_name(place), time.now_ms)
        publishing.publish(ledger, list(bodies), time.now_ms)
        publishing.announce(ledger, ledger.own, time.now_ms)


def moved(rows: tuple[Region, ...], village: str, township: str) -> tuple[Region, ...]:
    """The table in which that village belongs to that township."""
    import msgspec

    return tuple(
        msgspec.structs.replace(row, parent=RegionCode(township)) if row.code == village else row
        for row in rows
    )
