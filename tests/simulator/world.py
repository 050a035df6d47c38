"""One schedule's district: its machines, what lies between them, and what people were told."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import msgspec

from app.domain.regions import Region, RegionTree
from app.errors import DaibanError
from app.store.opening import FILE
from app.store.store import Store
from sync.client.engine import ExchangeReport, exchange
from sync.refusals import CodeExpired, CodeUsed, Offline, UnknownCode
from tests.builders import MORNING_MS
from tests.simulator.centre import LEDGER, Centre
from tests.simulator.clock import DAY_MS, Time, still_world
from tests.simulator.computer import Computer
from tests.simulator.disk import KEY, Power, PowerCut, powered
from tests.simulator.district import CENTRE, PLACES, founded, memory
from tests.simulator.faults import Fault, Tally
from tests.simulator.line import Mood, Net, SimulatedLine, line_faults
from tests.simulator.schedule import Schedule


class Told(msgspec.Struct):
    """An entry of which somebody was told that it is done: its bytes, and on whose disks it is.

    `at_centre`: the centre had it when the last of those disks was lost.
    """

    wire: bytes
    homes: set[str]
    at_centre: bool = False


class Stick(msgspec.Struct):
    """A packet on a stick, and of which device it is."""

    raw: bytes
    of: bytes
    is_answer: bool = False
    read: int = 0


class World:
    def __init__(self, schedule: Schedule, folder: Path, time: Time, chance: Random) -> None:
        self.schedule = schedule
        self.folder = folder
        self.time = time
        self.chance = chance
        self.tally = Tally()
        self.trace: list[str] = []
        self.centre = Centre(folder / CENTRE, time)
        self.computers = [
            Computer(name, PLACES[name], folder / name, time) for name in schedule.stations
        ]
        self.net = Net(self.centre, chance, line_faults(schedule.faults), self.tally)
        self.moods = dict.fromkeys(schedule.stations, Mood.BAD if self.net.kinds else Mood.CLEAR)
        self.told: list[Told] = []
        self.numbers: set[str] = set()
        self.pictures: dict[bytes, bytes] = {}
        """Every scan that somebody ever attached, by its digest."""
        self.once: set[bytes] = set()
        """Those of them that one case names, and nobody kept but with it."""
        self.sticks: list[Stick] = []
        self.copies: dict[str, Path] = {}
        self.centre_copies: list[Path] = []
        self.tables: list[tuple[Region, ...]] = [self.centre.ledger.tree.rows]
        """Every table of regions that ever counted."""
        self.heard: dict[str, int] = {}
        """How often the centre had been restored when each station last had a whole answer."""

    def say(self, what: str) -> None:
        self.trace.append(what)

    # --- stations ---------------------------------------------------------------------------------

    def line(self, computer: Computer) -> SimulatedLine:
        mood = self.moods.get(computer.name, Mood.CLEAR)
        return SimulatedLine(self.net, mood, computer.look)

    def exchange(self, computer: Computer) -> ExchangeReport:
        """Raises what the engine raises, and Offline where the power fails."""
        report = computer.run(lambda store: exchange(store, self.line(computer)))
        self.heard[computer.name] = self.centre.restorations
        return report

    def enrol(self, computer: Computer) -> None:
        """Raises Offline or a refusal of the centre."""
        if computer.asked is None:
            computer.ask_for_admission(self.centre)
        try:
            computer.show_code(self.line(computer), self.centre)
        except PowerCut:
            computer.crash()
            raise Offline(why="its own power") from None
        except (UnknownCode, CodeUsed, CodeExpired):
            computer.asked = None  # the next time somebody telephones for another one
            raise

    def attempt(self, what: str, does: Callable[[], object]) -> bool:
        """Whether it worked; that something is refused is part of the play."""
        try:
            said = does()
        except DaibanError as error:
            facts = {name: said for name, said in error.facts.items() if name != "folder"}
            self.say(f"{what}: {error.code} {facts or ''}")
            return False
        self.say(f"{what}: {said if isinstance(said, str) else 'done'}")
        return True

    # --- what was told ----------------------------------------------------------------------------

    def written(self, computer: Computer, store: Store, after: int) -> None:
        """Somebody was told that what was written after that number is done."""
        every = store.journal.wires(store.device, after + 1, 1000)
        self.told += [Told(wire, {computer.name}) for wire in every]

    def number_given(self, number: str) -> None:
        """Somebody has it on paper: nobody else may get it, whatever became of the disk since. Two clones do."""
        assert number not in self.numbers or self.tally[Fault.CLONED], f"{number} was given twice"
        self.numbers.add(number)

    def disk_changed(self, computer: Computer) -> None:
        """Of what was told, what is not on this disk any more?"""
        kept = self.wires_on(computer)
        at_centre = self.wires_at_centre()
        for one in self.told:
            if computer.name in one.homes and one.wire not in kept:
                one.homes.discard(computer.name)
                one.at_centre |= one.wire in at_centre

    def centre_changed(self) -> None:
        at_centre = self.wires_at_centre()
        for one in self.told:
            one.at_centre &= one.wire in at_centre

    def wires_on(self, computer: Computer) -> set[bytes]:
        """Everything on a disk, whoever wrote it; a disk without an identity is read all the same."""
        if not computer.has_store:
            return set()
        computer.close()
        db = powered(Power())(computer.folder / FILE, KEY)
        try:
            return {bytes(wire) for (wire,) in db.rows("SELECT wire FROM entry")}
        finally:
            db.close()

    def wires_at_centre(self) -> set[bytes]:
        with self.centre.power.steady():
            return {bytes(raw) for (raw,) in self.centre.database.rows("SELECT raw FROM entry")}

    # --- regions ----------------------------------------------------------------------------------

    def ever_under(self, region: str, above: str) -> bool:
        """Whether a region stood under another in any table that ever counted."""
        return any(
            region in tree and tree.under(region, above)  # type: ignore[arg-type]
            for tree in map(RegionTree, self.tables)
        )

    def switch_off(self) -> None:
        for computer in self.computers:
            computer.switch_off()
        self.centre.switch_off()


@contextmanager
def a_world(schedule: Schedule) -> Iterator[World]:
    """The district as it begins, on disks of its own."""
    template = founded()
    time, chance = Time(MORNING_MS + DAY_MS), Random(f"chance {schedule.seed}")
    with (
        TemporaryDirectory(prefix="daiban-simulated-", dir=memory()) as name,
        still_world(time, chance),
    ):
        folder = Path(name)
        for part in (CENTRE, *schedule.stations):
            shutil.copytree(template / part, folder / part)
        world = World(schedule, folder, time, chance)
        for name in schedule.stations:  # there is always some older copy
            world.copies[name] = template / name
        world.centre_copies.append(template / CENTRE / LEDGER)
        try:
            yield world
        finally:
            world.switch_off()
