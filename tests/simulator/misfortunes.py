"""What goes wrong with machines, disks and clocks, and what the district does meanwhile."""

from __future__ import annotations

from typing import Final

from tests.builders import OTHER_TOWNSHIP, TOWNSHIP, VILLAGE
from tests.simulator.clock import DAY_MS, MINUTE_MS, YEAR_MS
from tests.simulator.computer import Computer
from tests.simulator.district import moved
from tests.simulator.faults import Fault
from tests.simulator.schedule import Step
from tests.simulator.world import World

_JUMPS: Final = (5 * MINUTE_MS, 90 * MINUTE_MS, 3 * DAY_MS, 400 * DAY_MS, 6 * YEAR_MS)


# --- power, room, clocks --------------------------------------------------------------------------


def station_crash(world: World, computer: Computer, step: Step) -> None:
    computer.power.fail_after(_within(step.n))


def centre_crash(world: World, computer: Computer, step: Step) -> None:
    world.centre.power.fail_after(_within(step.n))


def _within(n: int) -> int:
    """Soon as often as late: how many statements there are differs by what comes next."""
    return n % (12, 60, 300, 1500)[n // 1500 % 4]


def station_full(world: World, computer: Computer, step: Step) -> None:
    computer.run_full(None if computer.spare is not None else step.n % 40)


def centre_full(world: World, computer: Computer, step: Step) -> None:
    world.centre.run_full(None if world.centre.spare is not None else step.n % 20)


def station_clock(world: World, computer: Computer, step: Step) -> None:
    world.tally[Fault.STATION_CLOCK] += 1
    computer.clock.off_ms = _JUMPS[step.n % len(_JUMPS)] * (1 if step.m % 2 else -1)


def centre_clock(world: World, computer: Computer, step: Step) -> None:
    world.tally[Fault.CENTRE_CLOCK] += 1
    world.centre.clock.off_ms = _JUMPS[step.n % len(_JUMPS)] * (1 if step.m % 2 else -1)


# --- disks that are lost, copied, put back --------------------------------------------------------


def save(world: World, computer: Computer, step: Step) -> None:
    if computer.has_store:
        to = world.folder / f"{computer.name}.copy"
        computer.save(to)
        world.copies[computer.name] = to


def restore(world: World, computer: Computer, step: Step) -> None:
    copy = world.copies.get(computer.name)
    if copy is not None and computer.has_store:
        world.tally[Fault.RESTORED] += 1
        computer.restore(copy)
        world.disk_changed(computer)


def clone(world: World, computer: Computer, step: Step) -> None:
    if computer.has_store and len(world.computers) < 6:
        world.tally[Fault.CLONED] += 1
        name = f"{computer.name}'s clone {len(world.computers)}"
        world.computers.append(computer.clone(name, world.folder / name, world.time))
        for one in world.told:
            if computer.name in one.homes:
                one.homes.add(name)


def wipe(world: World, computer: Computer, step: Step) -> None:
    if computer.has_store:
        world.tally[Fault.WIPED] += 1
        computer.wipe()
        computer.asked = None
        world.disk_changed(computer)


def lose_identity(world: World, computer: Computer, step: Step) -> None:
    if computer.has_store:
        world.tally[Fault.IDENTITY_LOST] += 1
        computer.lose_identity()


def save_centre(world: World, computer: Computer, step: Step) -> None:
    to = world.folder / f"ledger.copy.{len(world.centre_copies)}"
    world.centre.save(to)
    world.centre_copies.append(to)


def restore_centre(world: World, computer: Computer, step: Step) -> None:
    if world.centre_copies:
        world.tally[Fault.CENTRE_RESTORED] += 1
        copy = world.centre_copies[step.n % len(world.centre_copies)]
        try:
            world.centre.restore(copy, by_command=step.m % 2 == 0)
        finally:
            world.centre_changed()


# --- what the district does -----------------------------------------------------------------------


def revoke(world: World, computer: Computer, step: Step) -> None:
    if computer.has_store and not computer.needs_code():
        world.tally[Fault.REVOKED] += 1
        world.centre.revoke(computer.opened().device)


def move(world: World, computer: Computer, step: Step) -> None:
    rows = world.centre.run(lambda ledger: ledger.tree.rows)
    parent = next(row.parent for row in rows if row.code == VILLAGE)
    after = moved(rows, VILLAGE, OTHER_TOWNSHIP if parent == TOWNSHIP else TOWNSHIP)
    world.tables.append(after)  # it may count even where the power failed
    world.tally[Fault.MOVED] += 1
    world.centre.publish_regions(after)
