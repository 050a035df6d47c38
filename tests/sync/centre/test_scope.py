"""Who has what, after any sequence of moves, mergers and renamings, against a count of one's own."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.events import RegionsPublished
from app.domain.region_changes import change_faults
from app.domain.regions import Region, RegionCode, RegionTree, Tier
from sync.centre import publishing
from sync.centre.founding import found
from sync.centre.ledger import FILE, Ledger
from tests.builders import Wall
from tests.sync.builders import KEY, URL, ACentre, Pen, a_pen, opened, wires_in

DISTRICT = "900001"
ENDED = date(2026, 10, 31)
STEPS = ("write", "publish", "move", "merge villages", "merge townships", "become", "rename", "add")
Step = tuple[str, int, int, int]


def first_rows() -> list[Region]:
    townships = [
        Region(RegionCode(f"90000100{n}"), f"{n}镇", Tier.TOWNSHIP, RegionCode(DISTRICT))
        for n in (1, 2, 3)
    ]
    villages = [
        Region(RegionCode(f"{one.code}00{n}"), f"{one.name}{n}村", Tier.VILLAGE, one.code)
        for one in townships
        for n in (1, 2)
    ]
    return [Region(RegionCode(DISTRICT), "某区", Tier.DISTRICT), *townships, *villages]


@cache
def founded() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        ledger = Ledger.open(path, KEY)
        tree = RegionTree(first_rows())
        found(ledger, tree.region(RegionCode(DISTRICT)), tree, URL, Wall()())
        ledger.close()
        return path.read_bytes()


@dataclass
class Model:
    """The tree and what was written, as plainly as can be."""

    rows: dict[str, Region]
    written: list[tuple[bytes, str, str, bool]] = field(default_factory=list)
    """(entry, its region, its writer's region, whether it is a publication)"""

    def home(self, code: str) -> str:
        while (successor := self.rows[code].successor) is not None:
            code = successor
        return code

    def chain(self, code: str) -> list[str]:
        """Where a region stands, and what it is under, up to the district."""
        places = [self.home(code)]
        while (above := self.rows[places[-1]].parent) is not None:
            places.append(self.home(above))
        return places

    def alive(self, tier: Tier) -> list[str]:
        return [row.code for row in self.rows.values() if row.tier is tier and row.until is None]

    def may_write(self, reader: str) -> list[str]:
        return [code for code in self.rows if self.home(reader) in self.chain(code)]

    def in_scope(self, reader: str) -> set[bytes]:
        return {
            wire
            for wire, region, writer, publication in self.written
            if writer != reader and (publication or self.home(reader) in self.chain(region))
        }


@dataclass
class Play:
    centre: ACentre
    model: Model
    pens: dict[str, Pen] = field(default_factory=dict)
    received: dict[str, set[bytes]] = field(default_factory=dict)
    due: dict[str, set[bytes]] = field(default_factory=dict)

    def settle(self, code: str) -> None:
        self.pens[code] = a_pen(self.centre, code)
        self.received[code], self.due[code] = set(), set()

    def take(self, step: Step) -> None:
        what, *numbers = step
        one, other, third = numbers
        match what:
            case "write" | "publish":
                self._write(*self._chosen(list(self.pens), one, other), what == "publish", third)
            case "move":
                village, _ = self._chosen(self.model.alive(Tier.VILLAGE), one, 0)
                above = [*self.model.alive(Tier.TOWNSHIP), DISTRICT]
                self._change(village, parent=RegionCode(above[other % len(above)]))
            case "merge villages":
                self._merge(*self._chosen(self.model.alive(Tier.VILLAGE), one, other))
            case "merge townships":
                self._merge(*self._chosen(self.model.alive(Tier.TOWNSHIP), one, other))
            case "become":
                self._become(self._chosen(self.model.alive(Tier.VILLAGE), one, 0)[0])
            case "rename":
                code, _ = self._chosen(list(self.model.rows), one, 0)
                self._change(code, name=f"{len(self.model.written)}号地")
            case "add":
                township, _ = self._chosen(self.model.alive(Tier.TOWNSHIP), one, 0)
                new = self._new("村", township)
                self._publish(new)
                self.settle(new.code)

    @staticmethod
    def _chosen(among: list[str], one: int, other: int) -> tuple[str, str]:
        return among[one % len(among)], among[other % len(among)]

    def _new(self, name: str, above: str) -> Region:
        code = RegionCode(f"9000019{len(self.model.rows):05}")
        return Region(code, name, Tier.VILLAGE, RegionCode(above))

    def _write(self, writer: str, _: str, publication: bool, which: int) -> None:
        pen, places = self.pens[writer], self.model.may_write(writer)
        region = writer if publication else places[which % len(places)]
        kind = "operator.added" if publication else "case.supplied"
        body = msgspec.msgpack.encode(len(self.model.written))
        wire = pen.write(kind=kind, region=region, body=body)
        self.model.written.append((wire, region, writer, publication))
        self.exchange(writer, sending=1)

    def _merge(self, gone: str, kept: str) -> None:
        if gone != kept:
            self._change(gone, until=ENDED, successor=RegionCode(kept))

    def _become(self, village: str) -> None:
        new = self._new("社区", self.model.rows[village].parent or DISTRICT)
        row = self.model.rows[village]
        self._publish(
            new, msgspec.structs.replace(row, until=ENDED, successor=RegionCode(new.code))
        )
        self.settle(new.code)

    def _change(self, code: str, **values: object) -> None:
        self._publish(msgspec.structs.replace(self.model.rows[code], **values))

    def _publish(self, *rows: Region) -> None:
        self.model.rows |= {row.code: row for row in rows}
        ledger = self.centre.ledger
        after = RegionTree(self.model.rows.values())
        assert change_faults(ledger.tree, after, set(self.pens)) == []
        self.centre.wall.turn(ms=1000)
        with ledger.writing():
            bodies = [RegionsPublished(regions=after.rows)]
            publishing.publish(ledger, list(bodies), self.centre.wall())

    def exchange(self, code: str, sending: int = 0) -> None:
        pen, more = self.pens[code], True
        ours = {wire for wire, *_ in self.model.written}
        while more:
            answer = pen.send(pen.request(first=len(pen.wires) + 1 - sending, room=100_000))
            assert answer.refused == []
            self.received[code] |= ours.intersection(wires_in(answer))
            more, sending = answer.more, 0
        self.due[code] |= self.model.in_scope(code)
        assert self.received[code] == self.due[code], code


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(STEPS), *[st.integers(0, 20)] * 3), max_size=16),
    st.integers(0, 2**16 - 1),
)
def test_everybody_has_what_stands_under_them_today_and_nothing_else(steps: list[Step], seen: int):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / FILE).write_bytes(founded())
        play = Play(opened(Path(folder), Wall()), Model({one.code: one for one in first_rows()}))
        for row in first_rows():
            play.settle(row.code)
            play._write(row.code, "", publication=False, which=0)  # noqa: SLF001 - everybody has something
        for number, step in enumerate(steps):
            play.take(step)
            # Some are without a line meanwhile.
            for place, code in enumerate(list(play.pens)):
                if seen >> (number + place) % 16 & 1:
                    play.exchange(code)
        for code in play.pens:
            play.exchange(code)
        for wire, region, writer, _ in play.model.written:
            for code, received in play.received.items():
                own = play.model.home(code) == play.model.home(region)
                assert not own or writer == code or wire in received
        play.centre.ledger.close()
