"""A rebuild makes every row anew from the journal, and makes the same ones."""

from __future__ import annotations

from pathlib import Path

from app.domain.case import State
from app.store.rebuild import rebuild
from app.store.verify import verify
from app.usecases import lookup, registration
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_form,
    a_station,
    act,
    hand,
    meet,
)


def rebuilt(station: Station) -> int:
    with station.store.changing():
        return rebuild(station.store)


def a_township_with_cases(folder: Path) -> Station:
    district = a_district()
    village, township = (
        a_station(district, VILLAGE, folder / "v"),
        a_station(district, TOWNSHIP, folder / "t"),
    )
    meet(village, township)
    for place, item in enumerate(("IT022", "IT005", "IT001", "IT034")):
        subject = a_case(village, item, name=f"韦{place}")
        if item != "IT034":
            act(village, subject, "forward")
        meet(village, township)
        if item == "IT022":
            act(township, subject, "take_over")
    return township


def test_lists_search_and_numbers_are_as_they_were(tmp_path: Path):
    township = a_township_with_cases(tmp_path)
    before = lookup.listed(township.store)
    found = lookup.found(township.store, "韦")
    assert rebuilt(township) == 4
    assert lookup.listed(township.store) == before
    assert lookup.found(township.store, "韦") == found
    assert verify(township.store).ok


def test_everything_comes_back_when_all_rows_were_lost(tmp_path: Path):
    township = a_township_with_cases(tmp_path)
    before = {row.subject: row.state for row in lookup.listed(township.store)}
    with township.store.changing():
        township.store.rows.clear()
    assert lookup.listed(township.store) == []
    assert rebuilt(township) == 4
    assert {row.subject: row.state for row in lookup.listed(township.store)} == before
    assert State.UNDER_EXAMINATION in before.values()


def test_running_numbers_go_on_where_they_were(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    for _ in range(3):
        a_case(village)
    rebuilt(village)
    registered = registration.register(village.store, a_form(), by=village.head)
    assert registered.local_number.endswith("-0004")


def test_verdicts_outlast_a_rebuild(tmp_path: Path):
    from app.store.exchange import Verdict

    village = a_station(a_district(), VILLAGE, tmp_path)
    first, second = a_case(village, name="韦一"), a_case(village, name="韦二")
    hand(
        village, verdicts=[Verdict(device=first.device, seq=first.seq, code="x", facts={"why": 1})]
    )
    rebuilt(village)
    assert [row.subject for row in lookup.listed(village.store)] == [second]
    assert village.store.case(first) is None


def test_what_waits_still_waits(tmp_path: Path):
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path / "v")
    subject = a_case(village)
    late = a_station(district, TOWNSHIP, tmp_path / "late", told=False)
    hand(late, village.own_run())
    waiting = late.store.database.rows("SELECT * FROM waiting")
    assert len(waiting) == 1
    rebuilt(late)
    assert late.store.database.rows("SELECT * FROM waiting") == waiting
    hand(late, district.run())
    assert late.case(subject) == village.case(subject)


def test_a_rebuild_that_fails_takes_nothing_away(tmp_path: Path):
    township = a_township_with_cases(tmp_path)
    before = lookup.listed(township.store)
    assert _half_a_rebuild(township)
    assert lookup.listed(township.store) == before
    assert lookup.found(township.store, "韦0")
    assert verify(township.store).ok


def _half_a_rebuild(station: Station) -> bool:
    try:
        with station.store.changing():
            station.store.rows.clear()
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        return True
