"""The line between one station and the centre, in the weather of the moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from functools import partial
from random import Random
from typing import Protocol

import msgspec

from sync.client.transport import Reply, Traffic
from sync.refusals import CentreRefusal, Offline, Unintelligible
from tests.simulator.faults import ON_THE_LINE, Fault, Tally

_HEADERS = 150
"""Bytes of HTTP around a body."""


class Ears(Protocol):
    """The centre, as far as the line knows it."""

    def post(self, path: str, body: bytes, token: bytes) -> bytes:
        """Raises CentreRefusal or Offline."""

    def ask(
        self,
        method: str,
        path: str,
        token: bytes,
        headers: Mapping[str, str],
        body: bytes,
        *,
        whole: bool = True,
    ) -> Reply:
        """Raises Offline."""


class Mood(Enum):
    CLEAR = "clear"
    BAD = "bad"
    ONE_WAY = "one way"
    DOWN = "down"


class Net:
    """What lies between the stations and the centre: how each line is, and requests that are still under way."""

    def __init__(
        self, centre: Ears, chance: Random, kinds: tuple[Fault, ...], tally: Tally
    ) -> None:
        self.centre = centre
        self.chance = chance
        self.kinds = kinds
        self.tally = tally
        self.late: list[Callable[[], object]] = []
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
            arrive = self.late.pop(which % len(self.late))
            try:
                arrive()
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
        fault = self._next_fault()
        send = partial(self._net.centre.post, path, body, token)
        self._go_up(fault, body, send)
        try:
            answer = send()
            if fault is Fault.REPEATED:
                answer = send()
        except CentreRefusal:
            if fault in (Fault.LOST_ANSWER, Fault.ONE_WAY):
                raise Offline(why="simulated") from None
            raise
        self._come_down(fault, answer)
        if fault is Fault.CUT_DOWN:
            raise Offline(why="simulated")
        if fault is Fault.GARBLED:
            raise Unintelligible(why="simulated")
        return answer

    def ask(
        self,
        method: str,
        path: str,
        token: bytes = b"",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> Reply:
        """For scans: of what is cut, what had come stays."""
        fault = self._next_fault()
        ask, said = self._net.centre.ask, headers or {}
        if fault is Fault.CUT_UP and body:
            ask(method, path, token, said, body[: self._drawn(len(body))], whole=False)
        send = partial(ask, method, path, token, said, body)
        self._go_up(fault, body, send)
        reply = send()
        if fault is Fault.REPEATED:
            reply = send()
        self._come_down(fault, reply.content)
        if fault is Fault.CUT_DOWN:
            return self._cut(reply)
        if fault is Fault.GARBLED:
            return self._garbled(reply)
        return reply

    def _cut(self, reply: Reply) -> Reply:
        """Amid the headers, or amid the bytes."""
        if not reply.content or self._drawn(4) == 0:
            raise Offline(why="simulated")
        some = reply.content[: self._drawn(len(reply.content))]
        return msgspec.structs.replace(reply, content=some, whole=False)

    def _garbled(self, reply: Reply) -> Reply:
        """Another byte somewhere; what has no body is not understood at all."""
        if not reply.content:
            raise Unintelligible(why="simulated")
        content = bytearray(reply.content)
        content[self._drawn(len(content))] ^= 1
        return msgspec.structs.replace(reply, content=bytes(content))

    def _drawn(self, below: int) -> int:
        return self._net.chance.randrange(below)

    def _next_fault(self) -> Fault | None:
        self._watch()
        fault = self._net.draw(self._mood)
        if fault is not None:
            self._net.tally[fault] += 1
        return fault

    def _go_up(self, fault: Fault | None, body: bytes, send: Callable[[], object]) -> None:
        if fault in (Fault.LOST_REQUEST, Fault.DOWN):
            raise Offline(why="simulated")
        if fault is Fault.CUT_UP:
            self.traffic.up += self._drawn(len(body) + _HEADERS)
            raise Offline(why="simulated")
        self.traffic.up += len(body) + _HEADERS
        if fault is Fault.LATE:
            self._net.late.append(send)
            raise Offline(why="simulated")

    def _come_down(self, fault: Fault | None, answer: bytes) -> None:
        if fault in (Fault.LOST_ANSWER, Fault.ONE_WAY):
            raise Offline(why="simulated")
        if fault is Fault.CUT_DOWN:
            self.traffic.down += self._drawn(len(answer) + _HEADERS)
        else:
            self.traffic.down += len(answer) + _HEADERS
