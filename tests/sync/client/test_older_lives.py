"""A centre that was restored gets back what it lost of lives that nobody goes on with."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from app.store.verify import verify
from app.usecases import lookup
from sync import codec, protocol
from sync.client import older_lives
from sync.client.pace import Pace, to_remember
from sync.protocol import Request, Run
from sync.refusals import Unintelligible
from tests.builders import Station, a_case
from tests.simulator.steps import write_foreign
from tests.sync.builders import (
    TOWNSHIP,
    VILLAGE,
    ACentre,
    Line,
    Weather,
    a_centre,
    a_station,
    exchange,
)
from tests.sync.copies import enrolled_again


@pytest.fixture
def centre(tmp_path: Path) -> ACentre:
    return a_centre(tmp_path / "centre")


@pytest.fixture
def village(centre: ACentre, tmp_path: Path) -> Station:
    station = a_station(centre, VILLAGE, tmp_path / "village")
    exchange(station, centre)
    return station


def people_in(station: Station) -> list[str]:
    return sorted(row.applicant for row in lookup.listed(station.store, limit=1000))


def test_what_an_older_life_wrote_after_the_copy_was_made_comes_again(
    centre: ACentre, village: Station, tmp_path: Path
):
    copy = centre.saved(tmp_path / "copy")
    a_case(village, name="第一世")
    exchange(village, centre)
    village = enrolled_again(village, centre, b"1" * 32)
    a_case(village, name="第二世")
    exchange(village, centre)

    centre = centre.restored(copy)
    report = exchange(village, centre)
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    exchange(township, centre)

    assert report.pending == 0
    assert people_in(township) == people_in(village) == ["第一世", "第二世"]
    assert verify(village.store).ok
    assert verify(township.store).ok


def test_even_lives_that_the_copy_knows_nothing_of(
    centre: ACentre, village: Station, tmp_path: Path
):
    copy = centre.saved(tmp_path / "copy")
    names = []
    for life in (b"1", b"2", b"3"):
        names.append(f"第{life.decode()}世")
        a_case(village, name=names[-1])
        exchange(village, centre)
        village = enrolled_again(village, centre, life * 32)
    exchange(village, centre)

    centre = centre.restored(copy)
    exchange(village, centre)
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    exchange(township, centre)

    assert people_in(township) == names
    assert village.store.certificate.life == "D"
    assert verify(township.store).ok


def test_it_comes_in_pieces_of_the_size_that_the_line_bears(
    centre: ACentre, village: Station, tmp_path: Path
):
    copy = centre.saved(tmp_path / "copy")
    for place in range(12):
        a_case(village, name=f"第{place}人")
    exchange(village, centre)
    village = enrolled_again(village, centre, b"1" * 32)
    exchange(village, centre)

    centre = centre.restored(copy)
    village.store.remember("pace", to_remember(Pace(wire=256, ratio=1.0)))
    report = exchange(village, centre)

    assert report.round_trips > 6
    assert len(centre.entries_of(village.store.journal.lives_of(village.device)[1])) == 13


def test_a_refusal_that_the_old_life_did_not_hear_is_told_to_the_next(
    centre: ACentre, village: Station
):
    write_foreign(village.store, "future.noted", "990101", None)
    refused = village.store.head().seq
    with pytest.raises(Unintelligible):
        exchange(village, centre, [Weather.GARBLED])

    village = enrolled_again(village, centre, b"1" * 32)
    exchange(village, centre)

    (told,) = village.store.journal.refused_all()
    assert (told.device, told.seq) == (village.store.journal.lives_of(village.device)[1], refused)


class Changing(Line):
    """A line on which somebody changes what is said of older lives."""

    def post(self, path: str, body: bytes, token: bytes = b"") -> bytes:
        if path == protocol.EXCHANGE:
            request = protocol.decode(codec.unpack(body)[0], Request)
            runs = [
                Run(run.device, run.first_seq, run.entries[::-1]) if run.device else run
                for run in request.runs
            ]
            body = codec.pack(protocol.encode(msgspec.structs.replace(request, runs=runs)))
        return super().post(path, body, token)


def test_what_does_not_lead_to_the_place_in_the_certificate_is_not_taken(
    centre: ACentre, village: Station, tmp_path: Path
):
    from sync.client import engine

    copy = centre.saved(tmp_path / "copy")
    for name in ("韦一", "韦二"):
        a_case(village, name=name)
    exchange(village, centre)
    village = enrolled_again(village, centre, b"1" * 32)
    exchange(village, centre)
    before = village.store.journal.lives_of(village.device)[1]

    centre = centre.restored(copy)
    engine.exchange(village.store, Changing(centre))
    assert len(centre.entries_of(before)) == 1

    exchange(village, centre)
    assert len(centre.entries_of(before)) == 3


def test_who_is_asked_for_what_it_never_had_goes_on(centre: ACentre, village: Station):
    wants = [protocol.Want(bytes(16), 1, 9), protocol.Want(village.device, 1, 9)]
    assert older_lives.wanted(village.store, wants, 1000) == older_lives.NOTHING_AGAIN
