"""What happens in one schedule, drawn from its seed before anything runs."""

from __future__ import annotations

from enum import Enum
from random import Random
from typing import Final

import msgspec

from tests.simulator.faults import ON_THE_LINE, Fault


class Does(Enum):
    """What people do; faults are steps of their own."""

    REGISTER = "register"
    ACT = "act"
    EXCHANGE = "exchange"
    ATTACH = "attach scans"
    LOOK = "look at scans"
    DESTROY = "destroy a file"
    WEATHER = "weather"
    ARRIVE = "a late request arrives"
    SAVE = "copy of a disk"
    SAVE_CENTRE = "copy of the ledger"
    WRITE_PACKET = "write a packet"
    ANSWER_PACKET = "answer a packet"
    READ_PACKET = "read a packet"


class Step(msgspec.Struct, frozen=True):
    """`who` is one of the stations, `n` and `m` are whatever the step makes of them; `after_ms` have passed."""

    what: Does | Fault
    who: int
    n: int
    m: int
    after_ms: int


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    seed: int
    stations: tuple[str, ...]
    faults: frozenset[Fault]
    steps: tuple[Step, ...]


_OTHERS: Final = ("other village", "other township", "district")
_WORK: Final[dict[Does | Fault, int]] = {Does.REGISTER: 26, Does.ACT: 12, Does.EXCHANGE: 36}
_BESIDE: Final = {
    Does.WEATHER: (8, frozenset((*ON_THE_LINE, Fault.ONE_WAY, Fault.DOWN))),
    Does.ARRIVE: (10, frozenset({Fault.LATE})),
    Does.SAVE: (6, frozenset({Fault.RESTORED})),
    Does.SAVE_CENTRE: (5, frozenset({Fault.CENTRE_RESTORED})),
    Does.WRITE_PACKET: (8, frozenset({Fault.PACKET, Fault.CARRIED, Fault.PACKET_AGAIN})),
    Does.ANSWER_PACKET: (6, frozenset({Fault.PACKET, Fault.PACKET_AGAIN})),
    Does.READ_PACKET: (10, frozenset({Fault.PACKET, Fault.CARRIED, Fault.PACKET_AGAIN})),
}
"""What is only of use where some fault may happen."""
_FAULTS: Final = {
    Fault.STATION_CRASH: 9, Fault.CENTRE_CRASH: 9, Fault.STATION_FULL: 5, Fault.CENTRE_FULL: 4,
    Fault.STATION_CLOCK: 6, Fault.CENTRE_CLOCK: 5, Fault.RESTORED: 7, Fault.CLONED: 5, Fault.WIPED: 4,
    Fault.IDENTITY_LOST: 4, Fault.CENTRE_RESTORED: 7, Fault.REVOKED: 1, Fault.MOVED: 4, Fault.REFUSED: 4,
    Fault.NEWER: 4, Fault.CARRIED: 8,
}  # fmt: skip
"""The weight of each that is a step; the rest happen on the line or to packets."""
_SHARE_WITH_SCANS: Final = 0.14
"""Such a schedule takes twice the time of another."""
_SCANS: Final[dict[Does, tuple[int, ...]]] = {
    Does.ATTACH: (2, 3, 3, 4, 5), Does.LOOK: (0, 1, 2), Does.DESTROY: (0, 0, 1),
}  # fmt: skip
"""How often each happens, where there are scans at all."""
_WITHIN_MS: Final = (60_000, 3_600_000, 12 * 3_600_000)


def drawn(seed: int) -> Schedule:
    """The same for the same seed, for ever: who must change this changes what every seed means."""
    chance = Random(f"daiban {seed}")
    stations = ("village", "township", *(one for one in _OTHERS if chance.random() < 0.35))
    share = chance.choice((0.25, 0.5, 0.8))
    faults = frozenset(fault for fault in Fault if chance.random() < share)
    weights = dict(_WORK)
    weights |= {what: weight for what, (weight, of) in _BESIDE.items() if of & faults}
    weights |= {what: weight for what, weight in _FAULTS.items() if what in faults}
    steps = tuple(
        Step(
            what,
            chance.randrange(len(stations)),
            chance.randrange(10**6),
            chance.randrange(10**6),
            chance.randrange(chance.choice(_WITHIN_MS)),
        )
        for what in chance.choices([*weights], [*weights.values()], k=chance.randint(10, 26))
    )
    return Schedule(
        seed=seed, stations=stations, faults=faults, steps=_with_scans(seed, stations, steps)
    )


def _with_scans(seed: int, stations: tuple[str, ...], steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The same steps, and among them in some of the schedules those of scans; authorities look at them later on."""
    chance = Random(f"daiban scans {seed}")
    if chance.random() < 1 - _SHARE_WITH_SCANS:
        return steps
    mixed = list(steps)
    for what, often in _SCANS.items():
        for _ in range(chance.choice(often)):
            early = len(steps) // (2 if what is Does.LOOK else 4)
            place = chance.randint(early, len(mixed))
            who = 1 if what is Does.LOOK else chance.randrange(len(stations))  # the township
            n, m = chance.randrange(10**6), chance.randrange(10**6)
            mixed.insert(place, Step(what, who, n, m, chance.randrange(3_600_000)))
    return tuple(mixed)
