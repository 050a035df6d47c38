"""A simulator that never fails proves nothing: these programs are wrong on purpose, and soon found out."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import msgspec

from app.store.exchange import Incoming, Outgoing
from app.store.intake import Intake
from app.store.store import Store
from sync.centre import attachments as scans
from sync.centre import feed
from sync.centre.devices import Device
from sync.centre.ledger import Ledger
from sync.client import asking
from sync.client.messages import incoming
from sync.protocol import Answer
from tests.simulator.run import first_to_fail
from tests.simulator.schedule import Does, drawn

FEW = range(40)


def those_with(what: Does) -> list[int]:
    return [seed for seed in range(200) if any(step.what is what for step in drawn(seed).steps)]


def test_a_station_that_notes_the_cursor_before_what_came_with_it():
    take_in = Intake.take_in

    def cursor_first(self: Intake, incoming: Incoming) -> int:
        store: Store = self._store
        with store.changing():
            store.remember("cursor", incoming.cursor)
        return take_in(self, incoming)

    with patch.object(Intake, "take_in", cursor_first):
        assert first_to_fail(FEW) is not None


def test_a_station_that_believes_its_own_notes():
    def believe(going: Outgoing, answer: Answer) -> Incoming:
        return incoming(going.device, answer, going.head_seq, going.head_digest)

    with patch.object(asking, "_incoming", believe):
        assert first_to_fail(FEW) is not None


def test_a_centre_that_hands_everything_to_everybody():
    def everything(_tree: Any, _device: Device) -> list[tuple[str, tuple[object, ...]]]:
        return [("publication <> -1", ())]

    with patch.object(feed, "_scope", everything):
        failed = first_to_fail(FEW)
    assert failed is not None
    assert "has" in failed.why


def test_a_centre_that_does_not_look_whether_it_was_restored():
    with patch.object(feed, "_known_position", _believed):
        assert first_to_fail(FEW) is not None


def test_a_centre_that_keeps_the_scans_of_a_destroyed_file():
    with patch.object(scans, "forget", lambda *_: None):
        failed = first_to_fail(those_with(Does.DESTROY))
    assert failed is not None
    assert "scan" in failed.why


def test_a_centre_that_keeps_other_bytes_of_a_scan():
    keep = scans._keep  # noqa: SLF001

    def other(ledger: Ledger, device: Device, digest: bytes, whole: bytes) -> None:
        keep(ledger, device, digest, bytes(len(whole)))

    with patch.object(scans, "_keep", other):
        failed = first_to_fail(those_with(Does.ATTACH))
    assert failed is not None
    assert "scan" in failed.why


def _believed(_database: Any, epoch: bytes, cursor: bytes | None, _reader: str) -> int:
    read = None if cursor is None else msgspec.msgpack.decode(cursor)
    return 0 if read is None or read[0] != epoch else int(read[1])
