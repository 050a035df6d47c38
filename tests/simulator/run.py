"""One schedule from its beginning until everybody agrees, or it is shown that they never will."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import msgspec

from app.domain.regions import RegionTree
from app.store import intake
from app.store.tellers import Tellers
from sync.refusals import CodeUsed, LifeUnknown, UnknownCode
from tests.simulator import check, steps
from tests.simulator.check import Broken
from tests.simulator.computer import Computer
from tests.simulator.disk import PowerCut
from tests.simulator.faults import Fault, Tally
from tests.simulator.line import Mood
from tests.simulator.schedule import drawn
from tests.simulator.world import World, a_world

MOST_EXCHANGES = 3
"""Of each station, until all agree once everything is mended."""


class Failed(AssertionError):
    """A schedule that does not end as it must; `seed` replays it."""

    def __init__(self, seed: int, why: str, trace: list[str]) -> None:
        super().__init__(f"seed {seed}: {why}")
        self.seed = seed
        self.why = why
        self.trace = trace


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """`exchanges` is how many of each station it took until all agreed; `statements` how many power could fail at.

    `sheets` are the scans that the centre has then.
    """

    seed: int
    exchanges: int
    told: int
    sheets: int
    statements: int
    tally: Tally
    trace: list[str]


@contextmanager
def _read_later(*, on: bool) -> Iterator[None]:
    """Whether stations take in all that comes before they read any case, as a new one does of much."""
    with ExitStack() as held:
        if on:
            held.enter_context(patch.object(intake, "_MANY", 1))
            held.enter_context(patch.object(intake, "is_at_work", lambda _: False))
            held.enter_context(patch.object(Tellers, "are_of_use", lambda: False))
        yield


def simulate(seed: int) -> Outcome:
    """Raises Failed."""
    with a_world(drawn(seed)) as world, _read_later(on=seed % 2 == 1):
        try:
            for step in world.schedule.steps:
                check.at_any_time(world, steps.take(world, step))
            mend(world)
            exchanges = agree(world)
            check.in_the_end(world)
        except (Exception, PowerCut) as error:
            raise Failed(seed, f"{type(error).__name__}: {error}", world.trace) from error
        return Outcome(
            seed=seed,
            exchanges=exchanges,
            told=len(world.told),
            sheets=world.centre.database.row("SELECT count(*) FROM attachment")[0],
            statements=world.centre.power.statements
            + sum(one.power.statements for one in world.computers),
            tally=_as_it_was_met(world),
            trace=world.trace,
        )


def mend(world: World) -> None:
    """Everything that people can put right is put right; nobody has exchanged yet."""
    world.say("everything is mended")
    world.centre.power.come_back()
    world.centre.clock.off_ms = 0
    world.centre.run_full(None)
    for computer in world.computers:
        computer.power.come_back()
        computer.clock.off_ms = 0
        computer.run_full(None)
        world.moods[computer.name] = Mood.CLEAR
    world.time.pass_by(60_000)
    world.net.deliver_all()
    if world.centre.restorations:
        _say_again(world)
    for computer in world.computers:
        if computer.needs_code():
            _enrol(world, computer)


def _say_again(world: World) -> None:
    """What the district had decided and its older copy does not know."""
    if len(world.tables) > 1 and world.centre.ledger.tree.rows != RegionTree(world.tables[-1]).rows:
        world.centre.publish_regions(world.tables[-1])


def _enrol(world: World, computer: Computer) -> None:
    try:
        world.enrol(computer)
    except (UnknownCode, CodeUsed):
        world.enrol(computer)
    except LifeUnknown:
        world.say(f"{computer.name}: nobody knows its life any more")
        computer.wipe()
        computer.asked = None
        world.disk_changed(computer)
        world.enrol(computer)


def agree(world: World) -> int:
    """How many exchanges of each station it took. Raises Broken."""
    left: list[str] = []
    for exchanges in range(1, MOST_EXCHANGES + 1):
        for computer in check.standing(world):
            report = world.exchange(computer)
            world.say(
                f"{computer.name}: in the end sent {report.sent}, received {report.received}, "
                f"{report.round_trips} round trips"
            )
            if report.pending:
                raise Broken(f"{computer.name}: {report.pending} stuck")
            if report.sheets_stopped:
                raise Broken(f"{computer.name}: scans stopped by {report.sheets_stopped}")
        if exchanges > 1:
            left = check.disagreements(world)
            if not left:
                return exchanges
    raise Broken("; ".join(left[:6]))


def _as_it_was_met(world: World) -> Tally:
    world.tally[Fault.CENTRE_CRASH] += world.centre.crashes
    world.tally[Fault.CENTRE_FULL] += world.centre.was_full
    for one in world.computers:
        world.tally[Fault.STATION_CRASH] += one.crashes
        world.tally[Fault.STATION_FULL] += one.was_full
    return world.tally


def all_end_well(first: int, count: int) -> None:
    """Raises Failed with the number that replays it: `python -m tests.simulator --seed N --trace`."""
    for seed in range(first, first + count):
        simulate(seed)


def first_to_fail(seeds: Iterable[int]) -> Failed | None:
    for seed in seeds:
        try:
            simulate(seed)
        except Failed as failed:
            return failed
    return None
