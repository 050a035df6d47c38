"""A ledger that was put back writes on under a new life, as soon as anything shows that it was."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from app.domain.events import RegionsPublished
from app.domain.regions import RegionCode
from app.journal import chain, entry
from app.journal.entry import Draft
from app.journal.keys import DeviceKeys, head_message
from app.journal.refs import Continuation
from app.store.verify import verify
from sync import protocol
from sync.centre import restoration
from sync.centre.authority import Authority
from sync.centre.devices import Devices
from sync.centre.publishing import publish
from sync.protocol import Admission, Head, LifeRequest, Request, Run
from tests.builders import Station
from tests.sync.builders import (
    OTHER_TOWNSHIP,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    ACentre,
    Pen,
    a_centre,
    a_pen,
    a_station,
    exchange,
)

pytestmark = pytest.mark.usefixtures("on_each")


@pytest.fixture
def centre(tmp_path: Path) -> ACentre:
    return a_centre(tmp_path / "centre")


def published_at(station: Station, centre: ACentre) -> list[str]:
    """The stations of which it was told, as their certificates say."""
    devices = station.store.publications.devices.values()
    return sorted(f"{one.certificate.region} {one.certificate.slot_text}" for one in devices)


def test_an_unknown_certificate_shows_it_before_anything_is_written(
    centre: ACentre, tmp_path: Path
):
    """Else the number of its own certificate would be given again, and stand otherwise at the township."""
    copy = centre.saved(tmp_path / "copy")
    centre.wall.turn(ms=1000)
    village = a_station(centre, VILLAGE, tmp_path / "village")
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    exchange(township, centre)
    before = centre.ledger.own.id

    centre.wall.turn(ms=1000)
    centre = centre.restored(copy)
    for _ in range(2):
        for station in (village, township):
            exchange(station, centre)

    assert centre.ledger.own.id != before
    own = centre.ledger.own.certificate
    assert [life.certificate.life for life in centre.devices.lives(own.region, own.slot)] == [  # type: ignore[arg-type]
        "A",
        "B",
    ]
    assert published_at(village, centre) == published_at(township, centre)
    assert verify(village.store).ok
    assert verify(township.store).ok


def test_whoever_puts_it_back_can_say_so_before_a_code_is_used(centre: ACentre, tmp_path: Path):
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    copy = centre.saved(tmp_path / "copy")
    centre.wall.turn(ms=1000)
    a_station(centre, VILLAGE, tmp_path / "lost")
    exchange(township, centre)
    told = {one.ref for one in township.store.journal.publications()}

    centre.wall.turn(ms=1000)
    centre = centre.restored(copy)
    with centre.ledger.writing():
        restoration.begin_again(centre.ledger, Authority.of(centre.ledger), centre.wall())
    a_station(centre, OTHER_VILLAGE, tmp_path / "other")
    exchange(township, centre)

    assert told <= {one.ref for one in township.store.journal.publications()}
    own = Devices(centre.ledger.database).named(centre.ledger.own.id.hex()).certificate
    assert own.life == "B"
    assert f"{OTHER_VILLAGE} A1" in published_at(township, centre)
    assert verify(township.store).ok


@pytest.mark.parametrize("shown", [True, False], ids=["shown", "not shown"])
def test_what_was_taken_for_a_region_that_moved_meanwhile_is_taken_again_if_that_is_shown(
    centre: ACentre, tmp_path: Path, shown: bool
):
    """A cursor under the district's seal shows it, once: what is written later is weighed by the present table."""
    pen = a_pen(centre, TOWNSHIP)
    copy = centre.saved(tmp_path / "copy")
    centre.wall.turn(ms=1000)
    pen.write(region=VILLAGE)
    assert not pen.send().refused
    lost = pen.cursor
    centre = pen.centre = centre.restored(copy)
    _move_the_village(centre)

    if not shown:
        pen.cursor = None
    assert pen.send(first=2).accepted.seq == 0  # it has to be sent again
    pen.write(region=VILLAGE)
    answer = pen.send()

    assert answer.accepted.seq == 2
    late = [2] if shown else [1, 2]
    assert [(one.seq, one.code) for one in answer.refused] == [
        (seq, "region_out_of_scope") for seq in late
    ]
    if shown:  # and it is not shown again for what came after
        pen.cursor = lost
        pen.write(region=VILLAGE)
        pen.send(first=4)
        assert [one.seq for one in pen.send(first=3).refused] == [3]


def test_lives_that_began_after_the_lost_commit_are_no_excuse(tmp_path: Path, centre: ACentre):
    """A device that shows the lost cursor again under new lives of its own has nothing more to send again."""
    pen = a_pen(centre, TOWNSHIP)
    copy = centre.saved(tmp_path / "copy")
    centre.wall.turn(ms=1000)
    pen.write(region=VILLAGE)
    pen.send()
    lost = pen.cursor
    centre = pen.centre = centre.restored(copy)
    _move_the_village(centre)
    pen.send(first=2)  # shows what it has seen
    assert not pen.send().refused  # what the lost ledger had

    place = Continuation(pen.keys.device, len(pen.wires), pen.digests[-1])
    keys, token = _a_new_life(centre, pen, place)
    late = Pen(centre, TOWNSHIP, keys, token, centre.device(keys.device).certificate)
    seq, digest = place.seq + 1, chain.genesis(keys.device, place)
    draft = Draft(kind="case.registered", version=1, region=VILLAGE, body=b"\x90")
    one = entry.write(draft, device=keys.device, seq=seq, clock=seq << 16, lineage={})
    digest = chain.link(digest, one)
    head = Head(seq, digest, keys.sign(head_message(keys.device, seq, digest)))
    late.send(Request(version=1, runs=[], head=head, cursor=lost, room=1 << 20))
    run = Run(None, seq, [msgspec.Raw(one.wire)])
    answer = late.send(Request(version=1, runs=[run], head=head, cursor=None, room=1 << 20))

    assert [refusal.code for refusal in answer.refused] == ["region_out_of_scope"]


def _move_the_village(centre: ACentre) -> None:
    """To another township, by a new table."""
    rows = tuple(
        msgspec.structs.replace(row, parent=RegionCode(OTHER_TOWNSHIP))
        if row.code == VILLAGE
        else row
        for row in centre.ledger.tree.rows
    )
    centre.wall.turn(ms=1000)
    with centre.ledger.writing():
        publish(centre.ledger, [RegionsPublished(regions=rows)], centre.wall())


def _a_new_life(centre: ACentre, pen: Pen, place: Continuation) -> tuple[DeviceKeys, bytes]:
    keys = DeviceKeys.generate()
    asked = LifeRequest(
        version=protocol.VERSION,
        sign_public=keys.sign_public,
        seal_public=keys.seal_public,
        signature=bytes(64),
        offers=[place],
    )
    signed = msgspec.structs.replace(
        asked,
        signature=keys.sign(protocol.life_proof(asked)),
        old_signature=pen.keys.sign(protocol.handover_proof(asked)),
    )
    centre.wall.turn(ms=1000)
    given = centre.post(protocol.LIFE, protocol.encode(signed), pen.token)
    return keys, protocol.decode(given, Admission).token
