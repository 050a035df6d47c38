"""Whole lives of cases: registered in the village, taken over, accepted, decided and delivered in the township."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from heapq import heapify, heappop, heapreplace
from itertools import cycle
from random import Random
from typing import Protocol

from app.domain import events
from app.domain.events import Body, DeliveryWay
from app.domain.items import Delegation, Handling, Item, Level
from app.domain.regions import Region, RegionCode
from app.journal.clock import hybrid
from app.journal.refs import DeviceId, Ref
from tests.benchmarks.people import DAY_MS, People

Line = tuple[DeviceId, int, bytes]
_SEED = 5
_LATEST = (0.0, 0.5, 2.0, 3.0, 12.0, 10.0)
"""Days within which each act follows the one before it."""


class Writer(Protocol):
    """Who writes a journal here: an invented device, or a real station."""

    device: DeviceId
    wires: list[bytes]

    def write(
        self,
        body: Body,
        *,
        clock: int,
        region: str | None = None,
        subject: Ref | None = None,
        after: tuple[Ref, ...] = (),
    ) -> Ref: ...


class Histories:
    """The feed of windows whose townships decide everything."""

    def __init__(
        self, windows: Sequence[tuple[Region, Writer]], towns: Mapping[RegionCode, Writer]
    ) -> None:
        self._random = Random(_SEED)
        self._windows = windows
        self._towns = towns
        self._taken: Counter[tuple[RegionCode, date]] = Counter()

    def feed(self, cases: int, people: People) -> list[Line]:
        """Every entry of so many cases, in the order in which the centre would have received them."""
        ahead = [
            (ms, place, self._life(village, window, people, day, ms, place))
            for place, ((day, ms), (village, window)) in enumerate(
                zip(people.moments(cases), cycle(self._windows), strict=False), 1
            )
        ]
        heapify(ahead)
        lines = [
            (device.device, 1, device.wires[0])
            for device in (*self._towns.values(), *(window for _, window in self._windows))
        ]
        while ahead:
            _, place, life = ahead[0]
            written = next(life, None)
            if written is None:
                heappop(ahead)
                continue
            device, due_ms = written
            lines.append((device.device, len(device.wires), device.wires[-1]))
            heapreplace(ahead, (due_ms, place, life))
        return lines

    def _life(
        self, village: Region, window: Writer, people: People, day: date, ms: int, place: int
    ) -> Iterator[tuple[Writer, int]]:
        """Write one entry each time: who wrote it, and when the next is due."""
        assert village.parent is not None
        town = self._towns[village.parent]
        request = people.request(village, day, "A1", place)
        acts: list[tuple[Writer, Body]] = [
            (window, request),
            (window, events.CaseForwarded(to=village.parent, on=day)),
            (town, self._taken_over(village.parent, day)),
            (town, events.CaseAccepted(on=day)),
            (town, events.CaseDecided(on=day, approved=True, result="准予")),
            (town, self._delivered(request, day)),
        ]
        subject = last = None
        for (device, body), latest in zip(acts, _LATEST, strict=True):
            ms += int(self._random.random() * latest * DAY_MS)
            last = device.write(
                body,
                region=village.code,
                clock=hybrid(ms),
                subject=subject,
                after=() if last is None else (last,),
            )
            subject = subject or last
            yield device, ms

    def _taken_over(self, town: RegionCode, day: date) -> Body:
        self._taken[town, day] += 1
        running = self._taken[town, day]
        return events.CaseTakenOver(station=town, on=day, slot="A1", running=running)

    def _delivered(self, request: events.CaseRegistered, day: date) -> Body:
        name = request.parties[0].name
        return events.CaseDelivered(on=day, way=DeliveryWay.IN_PERSON, recipient=name)


def decided_in_townships(items: tuple[Item, ...]) -> list[Item]:
    """Items whose cases go that way."""
    return [
        item
        for item in items
        if item.handling is Handling.CASE
        and item.decides is Level.TOWNSHIP
        and (item.receives is Level.TOWNSHIP or item.delegation is Delegation.NONE)
    ]
