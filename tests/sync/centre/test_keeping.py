import tracemalloc
from datetime import date

import msgspec
import pytest

from app.domain.events import RegionsPublished, encode_body
from app.domain.regions import Region, RegionCode, RegionTree, Tier
from app.journal.clock import DAY_MS, hybrid
from sync.centre import feed, publishing
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

pytestmark = pytest.mark.usefixtures("on_each")

ENDED = date(2026, 10, 31)


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


def rows_with(centre, code=VILLAGE, **changes):
    """The table of regions in force, with changes to one row."""
    return tuple(
        msgspec.structs.replace(row, **changes) if row.code == code else row
        for row in centre.ledger.tree.rows
    )


def table_with(centre, code=VILLAGE, **changes):
    return encode_body(RegionsPublished(regions=rows_with(centre, code, **changes)))


def publish(desk, body, *, ms=0):
    """A district's desk publishes, `ms` later than the centre's clock says."""
    clock = hybrid(desk.centre.wall() + ms) + len(desk.wires) + 1
    desk.write(kind="regions.published", region=DISTRICT, body=body, clock=clock)
    return desk.send(first=len(desk.wires))


def everything(pen):
    """All that comes down from the pen's cursor on."""
    received, more = [], True
    while more:
        answer = pen.send(pen.request(first=len(pen.wires) + 1))
        received += wires_in(answer)
        more = answer.more
    return received


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

    merged = table_with(centre, until=ENDED, successor=RegionCode(OTHER_VILLAGE))
    assert publish(desk, merged).refused == []

    assert wire in wires_in(neighbour.send())


def test_a_district_receives_what_moved_once(centre):
    village, desk, other = a_pen(centre, VILLAGE), a_pen(centre, DISTRICT), a_pen(centre, DISTRICT)
    wire = village.write()
    village.send()
    assert everything(desk).count(wire) == 1
    for parent in (OTHER_TOWNSHIP, TOWNSHIP):
        publish(desk, table_with(centre, parent=RegionCode(parent)))

    assert wire not in everything(desk)
    assert everything(other).count(wire) == 1


def test_a_device_whose_village_went_into_another_receives_that_ones_history(centre):
    village, neighbour, desk = (
        a_pen(centre, VILLAGE),
        a_pen(centre, OTHER_VILLAGE),
        a_pen(centre, DISTRICT),
    )
    own, theirs = village.write(), neighbour.write()
    village.send()
    neighbour.send()
    everything(village)
    publish(desk, table_with(centre, until=ENDED, successor=RegionCode(OTHER_VILLAGE)))

    received = everything(village)
    assert theirs in received
    assert own not in received
    assert everything(village) == []


def test_whoever_stands_in_a_merged_township_writes_for_all_of_it(centre):
    staff, village = a_pen(centre, TOWNSHIP), "450305400201"
    desk = a_pen(centre, DISTRICT)
    merged = table_with(centre, TOWNSHIP, until=ENDED, successor=RegionCode(OTHER_TOWNSHIP))
    assert publish(desk, merged).refused == []

    staff.write(kind="case.taken_over", region=village)
    staff.write(kind="case.taken_over", region=VILLAGE)

    assert staff.send().refused == []


def test_the_old_township_no_longer_writes_for_a_village_that_left(centre):
    staff, desk = a_pen(centre, TOWNSHIP), a_pen(centre, DISTRICT)
    publish(desk, table_with(centre, parent=RegionCode(OTHER_TOWNSHIP)))
    staff.write(kind="case.accepted", region=VILLAGE)

    assert [one.code for one in staff.send().refused] == ["region_out_of_scope"]


def test_a_long_history_moves_a_piece_at_a_time(centre):
    village, desk = a_pen(centre, VILLAGE), a_pen(centre, DISTRICT)
    old, new = a_pen(centre, TOWNSHIP), a_pen(centre, OTHER_TOWNSHIP)
    wires = [village.write() for _ in range(20_000)]
    village.send()
    everything(old)
    everything(new)
    ledger = centre.ledger
    before = ledger.tree
    after = RegionTree(rows_with(centre, parent=RegionCode(OTHER_TOWNSHIP)))

    tracemalloc.start()
    with ledger.writing():
        feed.move(ledger.database, before, after, centre.wall())
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        publishing.publish(ledger, [RegionsPublished(regions=after.rows)], centre.wall())

    assert most < 1_000_000
    theirs = set(wires)
    assert [wire for wire in everything(new) if wire in theirs] == wires
    assert not theirs & set(everything(old))
    assert [wire for wire in everything(desk) if wire in theirs] == wires


def test_the_table_that_was_written_last_counts_whichever_came_first(centre):
    desk, other = a_pen(centre, DISTRICT), a_pen(centre, DISTRICT)
    late = table_with(centre, name="后写的")
    early = table_with(centre, name="先写的")

    assert publish(desk, late, ms=1000).refused == []
    assert publish(other, early, ms=500).refused == []

    assert centre.ledger.tree.region(RegionCode(VILLAGE)).name == "后写的"


def test_what_the_centre_publishes_counts_before_a_table_of_a_clock_that_is_ahead(centre):
    desk = a_pen(centre, DISTRICT)
    publish(desk, table_with(centre, name="钟快的"), ms=DAY_MS // 2)

    rows = rows_with(centre, name="中心的")
    with centre.ledger.writing():
        publishing.publish(centre.ledger, [RegionsPublished(regions=rows)], centre.wall())

    assert centre.ledger.tree.region(RegionCode(VILLAGE)).name == "中心的"


def test_a_table_of_a_clock_beyond_belief_is_refused(centre):
    desk = a_pen(centre, DISTRICT)

    answer = publish(desk, table_with(centre, name="明年的"), ms=400 * DAY_MS)

    assert [one.code for one in answer.refused] == ["clock_ahead"]
    assert centre.ledger.tree.region(RegionCode(VILLAGE)).name != "明年的"


def test_a_table_that_is_no_tree_is_refused_and_the_old_one_stays(centre):
    desk = a_pen(centre, DISTRICT)
    orphan = Region(RegionCode("450305200299"), "孤村", Tier.VILLAGE, RegionCode("999999"))
    rows = (*centre.ledger.tree.rows, orphan)

    answer = publish(desk, encode_body(RegionsPublished(regions=rows)))

    assert [one.code for one in answer.refused] == ["bad_body"]
    assert "450305200299" not in centre.ledger.tree


def test_a_table_that_forgets_a_region_somebody_serves_is_refused(centre):
    desk = a_pen(centre, DISTRICT)
    a_pen(centre, VILLAGE)
    rows = tuple(row for row in centre.ledger.tree.rows if row.code != VILLAGE)

    answer = publish(desk, encode_body(RegionsPublished(regions=rows)))

    assert [one.code for one in answer.refused] == ["bad_body"]
    assert VILLAGE in centre.ledger.tree


def test_a_table_that_undoes_a_merger_is_refused(centre):
    desk = a_pen(centre, DISTRICT)
    publish(desk, table_with(centre, until=ENDED, successor=RegionCode(OTHER_VILLAGE)))

    answer = publish(desk, table_with(centre, until=None, successor=None))

    assert [one.code for one in answer.refused] == ["bad_body"]


def test_a_village_may_not_publish_a_table(centre):
    village = a_pen(centre, VILLAGE)
    village.write(kind="regions.published", body=table_with(centre, name="别名"))

    assert [one.code for one in village.send().refused] == ["tier_not_allowed"]
