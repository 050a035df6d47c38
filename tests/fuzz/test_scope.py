"""However a device asks, nothing out of its scope comes: no entry, no station, no fact of a refusal, no scan.

The districts, their changes and the count of what may be read are those of `tests/sync/centre/test_scope.py`.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random
from typing import Any

import msgspec
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.domain.regions import RegionCode
from app.journal import entry
from app.journal.keys import head_message
from app.journal.refs import DeviceId
from sync import codec, packet, protocol
from sync.centre import attachments
from sync.centre.ledger import FILE
from sync.protocol import Answer, Fleet, FleetRequest, Head, Refusal, Run
from sync.refusals import CentreRefusal
from tests.builders import Wall
from tests.fuzz.mutations import changed, restructured
from tests.sync.attaching import a_sheet, names, some_bytes
from tests.sync.builders import Pen, opened, sealed_packet, wires_in
from tests.sync.centre.test_scope import STEPS, Model, Play, first_rows, founded


class Prying(Play):
    """A play in which everybody also asks for what is not theirs."""

    old_cursors: list[bytes]
    scans: dict[bytes, str]
    """Of each digest the region of the case that it belongs to."""

    def attach(self) -> None:
        """Everybody has a case with a scan."""
        for number, (code, pen) in enumerate(list(self.pens.items())):
            content = some_bytes(300, seed=number)
            sheet = a_sheet(content)
            before = pen.cursor
            names(pen, sheet)
            pen.cursor = before
            device = self.centre.device(pen.device)
            now_ms = self.centre.wall()
            attachments.begin(self.centre.ledger, device, sheet.digest, sheet.size, now_ms)
            attachments.append(self.centre.ledger, device, sheet.digest, 0, content, now_ms)
            self.scans[sheet.digest] = code

    def pry(self, chance: Random) -> None:
        code = chance.choice(list(self.pens))
        pen = self.pens[code]
        before = pen.cursor
        try:
            way = chance.choice(
                (self._ask, self._ask, self._ask, self._carry, self._look, self._fetch)
            )
            way(pen, chance)
        except CentreRefusal as refusal:
            self._check_facts(pen, refusal.facts)
        finally:
            pen.cursor = before

    def _ask(self, pen: Pen, chance: Random) -> None:
        request = pen.request(
            first=len(pen.wires) + 1,
            room=chance.choice((0, 1, 300, 2**40)),
            cursor=self._cursor(pen, chance),
            **self._claims(pen, chance),
        )
        self._check(pen, pen.send(request))

    def _claims(self, pen: Pen, chance: Random) -> dict[str, Any]:
        other = chance.choice(list(self.pens.values()))
        runs = [Run(other.device, 1, [msgspec.Raw(wire) for wire in other.wires])]
        last = other.digests[-1] if other.digests else bytes(32)
        head = Head(len(other.wires), last, bytes(64))
        signed = pen.keys.sign(head_message(pen.device, head.seq, head.digest))
        return chance.choice(
            (
                {},
                {"runs": runs},
                {"runs": [Run(None, 1, runs[0].entries)]},
                {"head": msgspec.structs.replace(head, signature=signed)},
                {"runs": [Run(None, 1, runs[0].entries)], "head": msgspec.structs.replace(head, signature=signed)},
                {"carried": [sealed_packet(other)]},
            )
        )  # fmt: skip

    def _cursor(self, pen: Pen, chance: Random) -> bytes | None:
        others = [one.cursor for one in self.pens.values() if one.cursor]
        own = pen.cursor or b""
        match chance.randrange(5):
            case 0:
                return None
            case 1:
                return changed(own, chance)
            case 2:
                return restructured(own, chance)
            case 3:
                return chance.choice([*others, own])
        return chance.choice([*self.old_cursors, own])

    def _carry(self, pen: Pen, chance: Random) -> None:
        """Whoever carries a packet cannot open the answer; whoever can has what it may have."""
        other = chance.choice(list(self.pens.values()))
        raw = self.centre.post(protocol.CARRY, sealed_packet(other, room=2**20), pen.token)
        looked = packet.read(raw, self.centre.authority.public)
        message, _ = packet.opened(
            looked, sender=self.centre.authority.public, private=other.keys.seal_private
        )
        self._check(other, protocol.decode(message, Answer))

    def _look(self, pen: Pen, chance: Random) -> None:
        body = codec.pack(protocol.encode(FleetRequest(1)))
        raw, _ = codec.unpack(self.centre.post(protocol.FLEET, body, pen.token))
        for one in protocol.decode(raw, Fleet).stations:
            assert self._is_in_scope(pen, one.region), (pen.region, one.region)

    def _fetch(self, pen: Pen, chance: Random) -> None:
        digest, region = chance.choice(list(self.scans.items()))
        desk = self.centre.http.attachments
        reply = desk.get(pen.token, digest.hex(), chance.choice(({}, {"range": "bytes=0-9"})))
        assert reply.body
        assert self._is_in_scope(pen, region), (pen.region, region)

    def _check(self, pen: Pen, answer: Answer) -> None:
        for wire in wires_in(answer):
            read = entry.read(wire, device=DeviceId(bytes(16)), seq=1, lineage={})
            published = read.kind in ("operator.added", *_OF_THE_DISTRICT)
            assert published or self._is_in_scope(pen, read.region), (
                pen.region,
                read.kind,
                read.region,
            )
        for refusal in answer.refused:
            assert isinstance(refusal, Refusal)
            assert refusal.device in (None, pen.device)
            self._check_facts(pen, refusal.facts)
        assert not answer.wants
        self.old_cursors.append(answer.cursor)

    def _check_facts(self, pen: Pen, facts: dict[str, Any]) -> None:
        said = {str(fact) for fact in facts.values()}
        named = said & set(self.model.rows)
        assert all(code in self.model.may_write(pen.region) for code in named), facts

    def _is_in_scope(self, pen: Pen, region: str) -> bool:
        return self.model.home(pen.region) in self.model.chain(RegionCode(region))


_OF_THE_DISTRICT = (
    "regions.published", "calendar.published", "item.published", "catalogue.noted", "device.certified",
)  # fmt: skip


@settings(max_examples=6, phases=(Phase.explicit, Phase.generate), database=None)
@given(
    st.lists(st.tuples(st.sampled_from(STEPS), *[st.integers(0, 20)] * 3), min_size=4, max_size=12),
    st.integers(0, 2**32 - 1),
)
def test_nobody_gets_what_is_not_theirs_however_they_ask(steps, seed):
    pry(steps, Random(seed), asked=6)


def pry(steps: list[Any], chance: Random, asked: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / FILE).write_bytes(founded())
        play = Prying(opened(Path(folder), Wall()), Model({one.code: one for one in first_rows()}))
        play.old_cursors, play.scans = [], {}
        for row in first_rows():
            play.settle(row.code)
            play._write(row.code, "", publication=False, which=0)  # noqa: SLF001
        play.attach()
        for step in steps:
            play.take(step)
            for _ in range(asked):
                play.pry(chance)
        for code in play.pens:  # and honest asking goes on as if nothing had been
            play.exchange(code)
        play.centre.ledger.close()
