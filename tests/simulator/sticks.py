"""Packets on sticks: written, answered, read, some twice or late, some by whoever brings them along."""

from __future__ import annotations

import os
from pathlib import Path

from app.store import carried
from app.store.carried import Shelf
from sync import packet
from sync.client import packets
from sync.packet import Way
from tests.builders import DISTRICT, TOWNSHIP
from tests.simulator.computer import Computer
from tests.simulator.faults import Fault
from tests.simulator.schedule import Step
from tests.simulator.world import Stick, World


def write_packet(world: World, computer: Computer, step: Step) -> None:
    """Onto a stick, with the answers that it carries for others."""
    to = world.folder / f"stick.{len(world.sticks)}"
    to.mkdir(exist_ok=True)
    computer.run(lambda store: packets.write(store, to))
    for file in sorted(to.iterdir()):
        raw = file.read_bytes()
        looked = packet.read(raw, world.centre.authority.public)
        is_answer = looked.header.way is Way.DOWN
        world.sticks.append(Stick(raw, looked.certificate.device, is_answer=is_answer))
    world.tally[Fault.PACKET] += 1


def answer_packet(world: World, computer: Computer, step: Step) -> None:
    written = [one for one in world.sticks if not one.is_answer]
    if written:
        one = _read_once_more(world, written[step.n % len(written)])
        world.sticks.append(Stick(world.centre.answer_packet(one.raw), one.of, is_answer=True))


def read_packet(world: World, computer: Computer, step: Step) -> None:
    """Its own answers, the newest or an old one; seldom somebody else's."""
    device = computer.run(lambda store: store.device)
    answers = [
        one for one in world.sticks if one.is_answer and (one.of == device or not step.m % 9)
    ]
    if answers:
        one = _read_once_more(world, answers[-1 if step.m % 2 else step.n % len(answers)])
        computer.run(lambda store: packets.read(store, one.raw, "answer"))
        world.heard[computer.name] = -1  # it may have been written before a restoration


def carry(world: World, computer: Computer, step: Step) -> None:
    """Somebody brings the township the packet of a village."""
    written = [one for one in world.sticks if not one.is_answer]
    above = [one for one in world.computers if one.region in (TOWNSHIP, DISTRICT)]
    if written:
        one = _read_once_more(world, written[step.n % len(written)])
        carrier = above[step.m % len(above)]
        before = _waiting(carrier)
        report = carrier.run(lambda store: packets.read(store, one.raw, "carried"))
        assert report is None
        for file in _waiting(carrier) - before:  # files as old as the simulated world is
            os.utime(file, ns=(world.time.now_ms, world.time.now_ms))
        world.tally[Fault.CARRIED] += 1


def _waiting(computer: Computer) -> set[Path]:
    return set(computer.run(lambda store: carried.packets(store, Shelf.UP)))


def _read_once_more(world: World, stick: Stick) -> Stick:
    stick.read += 1
    world.tally[Fault.PACKET_AGAIN] += stick.read > 1
    return stick
