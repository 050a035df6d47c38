"""What another process tells of cases is what this one would write of them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from app.domain.publications import Publications
from app.store.row_drafts import draft
from app.store.telling import Known, Told, packed, tell, tell_packed, told_by
from app.store.unread import Portion
from tests.archives import a_closed_case, destroy_in_time
from tests.builders import TOWNSHIP, VILLAGE, Station, Wall, a_case, a_district, a_station, act


def known_to(station: Station) -> Known:
    store = station.store
    return Known(
        devices=store.journal.devices(),
        lineage=store.journal.lineage,
        publications=store.publications,
        refused=frozenset(store.journal.refused_all()),
    )


def everything(station: Station) -> Portion:
    unread = station.store.rows.unread
    with station.store.changing():
        unread.note_all()
    return unread.portion(0, unread.last(), 1_000)


def test_it_is_the_same_through_a_pipe(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    subject = a_case(village, name="欧阳𠮷", applicant={"phone": "13977312345"})
    act(village, subject, "forward", note="随件带去")
    withdrawn = a_case(village, name="韦小妹")
    act(village, withdrawn, "withdraw", reason="不办了")
    portion, known = everything(village), known_to(village)

    told = tell(portion.pieces, known)

    assert [one.subject for one in told.drafts] == [subject, withdrawn]
    assert told.drafts[0] == draft(village.case(subject), known.publications)
    through = told_by(tell_packed(packed(portion.pieces), known))
    assert list(through.drafts) == list(told.drafts)
    assert list(through.apart) == list(told.apart) == []


def test_an_entry_of_a_device_that_came_meanwhile_is_left_out(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    a_case(village)
    known = msgspec.structs.replace(known_to(village), devices={})

    assert tell(everything(village).pieces, known) == Told([], [])


def test_what_only_the_store_can_read_is_left_to_it(tmp_path: Path):
    district, wall = a_district(), Wall()
    village, township = (
        a_station(district, place, tmp_path / place, wall=wall) for place in (VILLAGE, TOWNSHIP)
    )
    destroyed = a_closed_case(village, township)
    destroy_in_time(township, destroyed)
    by_nothing = msgspec.structs.replace(known_to(village), publications=Publications())

    assert tell(everything(township).pieces, known_to(township)).apart == [destroyed]
    assert tell(everything(village).pieces, by_nothing).apart == [destroyed]
