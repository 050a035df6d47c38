from datetime import date

import msgspec
import pytest

from app.domain.events import RegionsPublished, encode_body
from app.domain.regions import Region, RegionCode, Tier
from tests.sync.builders import (
    DISTRICT,
    OTHER_TOWNSHIP,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    a_centre,
    a_pen,
    wires_in,
)


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


def table_with(centre, **changes):
    """The table of regions in force, with changes to the row of VILLAGE."""
    rows = [
        msgspec.structs.replace(row, **changes) if row.code == VILLAGE else row
        for row in centre.ledger.tree.rows
    ]
    return encode_body(RegionsPublished(regions=tuple(rows)))


def publish(desk, body):
    desk.write(kind="regions.published", region=DISTRICT, body=body)
    return desk.send(first=len(desk.wires))


def test_a_village_that_moves_takes_its_history_along(centre):
    village, desk = a_pen(centre, VILLAGE), a_pen(centre, DISTRICT)
    old, new = a_pen(centre, TOWNSHIP), a_pen(centre, OTHER_TOWNSHIP)
    before = village.write()
    village.send()
    new.send()

    assert publish(desk, table_with(centre, parent=RegionCode(OTHER_TOWNSHIP))).refused == []
    after = village.write()
    village.send(first=2)

    assert [wire for wire in wires_in(new.send()) if wire in (before, after)] == [before, after]
    assert not {before, after} & set(wires_in(old.send()))


def test_a_village_that_goes_into_another_is_read_there(centre):
    village, neighbour, desk = (
        a_pen(centre, VILLAGE),
        a_pen(centre, OTHER_VILLAGE),
        a_pen(centre, DISTRICT),
    )
    wire = village.write()
    village.send()
    neighbour.send()

    merged = table_with(centre, until=date(2026, 10, 31), successor=RegionCode(OTHER_VILLAGE))
    assert publish(desk, merged).refused == []

    assert wire in wires_in(neighbour.send())


def test_a_table_that_is_no_tree_is_refused_and_the_old_one_stays(centre):
    desk = a_pen(centre, DISTRICT)
    orphan = Region(RegionCode("450305200299"), "孤村", Tier.VILLAGE, RegionCode("999999"))
    rows = (*centre.ledger.tree.rows, orphan)

    answer = publish(desk, encode_body(RegionsPublished(regions=rows)))

    assert [one.code for one in answer.refused] == ["bad_body"]
    assert "450305200299" not in centre.ledger.tree


def test_a_table_that_forgets_a_region_is_refused(centre):
    desk = a_pen(centre, DISTRICT)
    rows = tuple(row for row in centre.ledger.tree.rows if row.code != VILLAGE)

    answer = publish(desk, encode_body(RegionsPublished(regions=rows)))

    assert [one.code for one in answer.refused] == ["bad_body"]
    assert VILLAGE in centre.ledger.tree


def test_a_village_may_not_publish_a_table(centre):
    village = a_pen(centre, VILLAGE)
    village.write(kind="regions.published", body=table_with(centre, name="别名"))

    assert [one.code for one in village.send().refused] == ["tier_not_allowed"]
