"""The line between one station and the centre, in the weather of the moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from random import Random

from sync.client.transport import Reply, Traffic
from sync.refusals import CentreRefusal, Offline, Unintelligible
from tests.simulator.faults import ON_THE_LINE, Fault, Tally

Post = Callable[[str, bytes, bytes], bytes]
_HEADERS = 150
"""Bytes of HTTP around a body."""


class Mood(Enum):
    CLEAR = "clear"
    BAD = "bad"
    ONE_WAY = "one way"
    DOWN = "down"


class Net:
    """What lies between the stations and the centre: how each line is, and requests that are still under way."""

    def __init__(self, post: Post, chance: Random, kinds: tuple[Fault, ...], tally: Tally) -> None:
        self.post = post
        self.chance = chance
        self.kinds = kinds
        self.tally = tally
        self.late: list[tuple[str, bytes, bytes]] = []
        self._share = chance.choice((0.2, 0.35, 0.5))

    def draw(self, mood: Mood) -> Fault | None:
        """What happens to the next request."""
        if mood is Mood.DOWN:
            return Fault.DOWN
        if mood is Mood.ONE_WAY:
            return Fault.ONE_WAY
        if mood is Mood.CLEAR or not self.kinds or self.chance.random() > self._share:
            return None
        return self.chance.choice(self.kinds)

    def deliver_late(self, which: int) -> None:
        """A request that everybody thought lost arrives; nobody hears the answer."""
        if self.late:
            path, body, token = self.late.pop(which % len(self.late))
            try:
                self.post(path, body, token)
            except (CentreRefusal, Offline):
                return

    def deliver_all(self) -> None:
        while self.late:
            self.deliver_late(self.chance.randrange(len(self.late)))


def line_faults(kinds: frozenset[Fault]) -> tuple[Fault, ...]:
    return tuple(fault for fault in ON_THE_LINE if fault in kinds)


class SimulatedLine:
    """What the engine needs of a line. `watch` looks whenever the line is waited for."""

    def __init__(self, net: Net, mood: Mood, watch: Callable[[], None]) -> None:
        self.traffic = Traffic()
        self._net = net
        self._mood = mood
        self._watch = watch

    def post(self, path: str, body: bytes, token: bytes = b"") -> bytes:
        self._watch()
        net = self._net
        fault = net.draw(self._mood)
        if fault is not None:
            net.tally[fault] += 1
        self._go_up(fault, path, body, token)
        try:
            answer = net.post(path, body, token)
            if fault is Fault.REPEATED:
                answer = net.post(path, body, token)
        except CentreRefusal:
            if fault in (Fault.LOST_ANSWER, Fault.ONE_WAY):
                raise Offline(why="simulated") from None
            raise
        return self._come_down(fault, answer)

    def ask(
        self,
        method: str,
        path: str,
        token: bytes = b"",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> Reply:
        """For scans; nobody here has any."""
        raise AssertionError(f"{method} {path}")

    def _go_up(self, fault: Fault | None, path: str, body: bytes, token: bytes) -> None:
        if fault in (Fault.LOST_REQUEST, Fault.DOWN):
            raise Offline(why="simulated")
        if fault is Fault.CUT_UP:
            self.traffic.up += self._net.chance.randrange(len(body) + _HEADERS)
            raise Offline(why="simulated")
        self.traffic.up += len(body) + _HEADERS
        if fault is Fault.LATE:
            self._net.late.append((path, body, token))
            raise Offline(why="simulated")

    def _come_down(self, fault: Fault | None, answer: bytes) -> bytes:
        if fault in (Fault.LOST_ANSWER, Fault.ONE_WAY):
            raise Offline(why="simulated")
        if fault is Fault.CUT_DOWN:
            self.traffic.down += self._net.chance.randrange(len(answer) + _HEADERS)
            raise Offline(why="simulated")
        self.traffic.down += len(answer) + _HEADERS
        if fault is Fault.GARBLED:
            raise Unintelligible(why="simulated")
        return answer
