"""A small district's month: every machine agrees, nothing is lost, and the paths are walked."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.archive import ArchiveNumber
from app.domain.case import Case
from app.domain.regions import Tier
from app.journal.refs import Ref
from app.store import attachments
from app.store.rebuild import rebuild
from app.store.sheet_faults import sheet_faults
from app.usecases import archive
from ui.demo.month.month import Month, Size, Told

SMALL = Size(townships=1, villages=2, cases=40, seed=11)


class Lived:
    """A month that is over, and its stores."""

    def __init__(self, month: Month, told: Told) -> None:
        self.month = month
        self.told = told
        self.stations = month.district.stations

    def subjects(self) -> list[Ref]:
        """What the district has."""
        return [row.subject for row in self.stations[0].store.rows.where("1", limit=-1)]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    month = Month(tmp_path_factory.mktemp("month"), SMALL)
    return Lived(month, month.live())


def test_every_store_is_whole(lived: Lived):
    assert lived.told.problems == []


def test_every_machine_reads_every_case_alike(lived: Lived):
    compared = 0
    for subject in lived.subjects():
        told = lived.stations[0].store.case(subject)
        assert isinstance(told, Case)
        for station in lived.stations[1:]:
            there = station.store.case(subject)
            if there is not None:
                assert there == told, station.region.name
                compared += 1
    assert compared > len(lived.subjects())


def test_a_village_has_its_own_cases_and_the_township_all(lived: Lived):
    (township,) = [one for one in lived.stations if one.tier is Tier.TOWNSHIP]
    for subject in lived.subjects():
        assert isinstance(township.store.case(subject), Case)
    for village in (one for one in lived.stations if one.tier is Tier.VILLAGE):
        rows = village.store.rows.where("1", limit=-1)
        assert rows
        assert {row.region for row in rows} == {village.region.code}


def test_nothing_that_somebody_did_is_without_effect(lived: Lived):
    """One line and no second computer: nobody acts without knowing of the others."""
    found = [lived.stations[0].store.case(subject) for subject in lived.subjects()]
    misfits = [case.out_of_place for case in found if isinstance(case, Case) and case.out_of_place]
    assert sum(map(len, misfits)) <= len(found) // 20


def test_cases_go_many_ways(lived: Lived):
    assert lived.told.registered >= SMALL.cases
    assert {
        "forward",
        "take_over",
        "accept",
        "pass_up",
        "decide",
        "deliver",
        "follow_up",
        "archive",
    } <= set(lived.told.acts)
    assert len(lived.told.acts) >= 20
    assert len(lived.told.states) >= 5


def test_nobody_tries_what_the_rules_do_not_allow(lived: Lived):
    assert lived.told.refused == {}


def test_every_file_has_a_number_of_its_own_in_its_archive(lived: Lived):
    files = archive.catalogue(lived.stations[0].store)
    assert len(files) > 5
    assert len({(one.keeper, one.number) for one in files}) == len(files)
    assert all(ArchiveNumber.read(one.number) is not None for one in files)


def test_a_rebuild_gives_the_same_rows(lived: Lived):
    store = lived.stations[1].store
    before = store.rows.where("1", order="n", limit=-1)
    with store.changing():
        rebuild(store)
    assert store.rows.where("1", order="n", limit=-1) == before


def test_the_same_seed_gives_the_same_month(tmp_path: Path, lived: Lived):
    again = Month(tmp_path / "again", SMALL)
    assert again.live() == lived.told
    again.close()


def test_every_scan_that_somebody_brought_is_at_the_centre_and_authorities_looked_at_some(
    lived: Lived,
):
    assert lived.told.scanned > 5
    assert lived.told.looked_at > 0
    for station in lived.stations:
        assert attachments.waiting(station.store) == (0, 0)
        assert sheet_faults(station.store) == []
