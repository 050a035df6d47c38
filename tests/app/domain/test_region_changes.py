"""What a new table changes, said one by one, and what it must not change."""

from datetime import date

import msgspec
import pytest

from app.domain.region_changes import ChangeKind, change_faults, changes
from app.domain.regions import Region, RegionCode, RegionTree, Tier

TODAY = date(2026, 11, 22)
ENDED = date(2026, 10, 31)
FIRST, SECOND = "900001001", "900001002"
VILLAGE, NEIGHBOUR, FAR = "900001001001", "900001001002", "900001002001"


def a_row(code, name, tier, parent=None):
    return Region(RegionCode(code), name, tier, parent and RegionCode(parent))


BEFORE = RegionTree(
    (
        a_row("900001", "某区", Tier.DISTRICT),
        a_row(FIRST, "甲镇", Tier.TOWNSHIP, "900001"),
        a_row(SECOND, "乙镇", Tier.TOWNSHIP, "900001"),
        a_row(VILLAGE, "一村", Tier.VILLAGE, FIRST),
        a_row(NEIGHBOUR, "二村", Tier.VILLAGE, FIRST),
        a_row(FAR, "三村", Tier.VILLAGE, SECOND),
    )
)
EVERY = {row.code for row in BEFORE.rows}


def changed(tree, code, **values):
    return RegionTree(
        msgspec.structs.replace(row, **values) if row.code == code else row for row in tree.rows
    )


def without(tree, code):
    return RegionTree(row for row in tree.rows if row.code != code)


def told(before, after):
    return [(one.kind, one.code, one.before, one.after) for one in changes(before, after)]


def faults(after, *, before=BEFORE, used=EVERY, today=TODAY):
    return change_faults(before, after, used, today)


MERGED = changed(BEFORE, VILLAGE, until=ENDED, successor=RegionCode(NEIGHBOUR))


def test_the_same_table_changes_nothing_and_is_at_fault_in_nothing():
    assert told(BEFORE, BEFORE) == []
    assert faults(BEFORE) == []


def test_a_new_region_is_told_with_what_it_is_under():
    after = RegionTree((*BEFORE.rows, a_row("900001001009", "新村", Tier.VILLAGE, FIRST)))
    assert told(BEFORE, after) == [(ChangeKind.ADDED, "900001001009", "", FIRST)]
    assert faults(after) == []


@pytest.mark.parametrize(
    ("values", "kind", "before", "after"),
    [
        ({"name": "一社区"}, ChangeKind.RENAMED, "一村", "一社区"),
        ({"parent": SECOND}, ChangeKind.MOVED, FIRST, SECOND),
        ({"until": ENDED, "successor": NEIGHBOUR}, ChangeKind.MERGED, "", NEIGHBOUR),
        ({"until": ENDED}, ChangeKind.RETIRED, "", ""),
        ({"since": ENDED}, ChangeKind.REVISED, "", ""),
    ],
)
def test_what_becomes_of_a_village_is_told(values, kind, before, after):
    new = changed(BEFORE, VILLAGE, **values)
    assert told(BEFORE, new) == [(kind, VILLAGE, before, after)]
    assert faults(new) == []


def test_a_village_that_moves_and_is_renamed_is_told_twice():
    new = changed(BEFORE, VILLAGE, name="一社区", parent=RegionCode(SECOND))
    assert [kind for kind, *_ in told(BEFORE, new)] == [ChangeKind.RENAMED, ChangeKind.MOVED]


def test_a_retirement_in_error_can_be_taken_back():
    retired = changed(BEFORE, VILLAGE, until=ENDED)
    assert told(retired, BEFORE) == [(ChangeKind.REINSTATED, VILLAGE, "", "")]
    assert faults(BEFORE, before=retired) == []


def test_a_code_that_was_used_is_never_forgotten_one_that_was_not_may_be():
    after = without(BEFORE, VILLAGE)
    assert faults(after) == [f"{VILLAGE} 一村：已经用过，不能从表中删去；请写终止日期"]
    assert faults(after, used={FIRST}) == []
    assert told(BEFORE, after) == [(ChangeKind.FORGOTTEN, VILLAGE, "", "")]


def test_a_tier_is_for_good():
    after = changed(BEFORE, VILLAGE, tier=Tier.TOWNSHIP, parent=RegionCode("900001"))
    assert faults(after) == [f"{VILLAGE} 一村：层级不能由村级改为镇街级；请用新的代码"]


@pytest.mark.parametrize("other", [None, FAR])
def test_a_merger_is_for_good(other):
    after = changed(MERGED, VILLAGE, successor=other and RegionCode(other))
    assert faults(after, before=MERGED) == [
        f"{VILLAGE} 一村：已经并入 {NEIGHBOUR}，不能改为别处，也不能恢复"
    ]


def test_what_took_a_region_in_may_go_into_another_itself():
    further = changed(MERGED, NEIGHBOUR, until=ENDED, successor=RegionCode(FAR))
    assert faults(further, before=MERGED) == []
    straight = changed(further, VILLAGE, successor=RegionCode(FAR))
    assert faults(straight, before=MERGED) == []


def test_nobody_is_left_under_a_township_that_ended_without_a_successor():
    after = changed(BEFORE, FIRST, until=ENDED)
    assert faults(after) == [
        f"{VILLAGE} 一村：上级 {FIRST} 已经终止，又没有承接区划",
        f"{NEIGHBOUR} 二村：上级 {FIRST} 已经终止，又没有承接区划",
    ]
    elsewhere = changed(
        changed(after, VILLAGE, parent=RegionCode(SECOND)), NEIGHBOUR, parent=RegionCode(SECOND)
    )
    assert faults(elsewhere) == []


def test_villages_of_a_merged_township_may_go_on_naming_it():
    assert faults(changed(BEFORE, FIRST, until=ENDED, successor=RegionCode(SECOND))) == []


def test_nobody_goes_into_what_has_ended():
    after = changed(MERGED, NEIGHBOUR, until=ENDED)
    assert faults(after) == [f"{VILLAGE} 一村：承接区划 {NEIGHBOUR} 已经终止"]


def test_the_district_itself_does_not_end():
    assert faults(changed(BEFORE, "900001", until=ENDED))[0] == "900001 某区：区（县）本身不能终止"


def test_a_day_that_lies_ahead_is_refused_where_today_is_known():
    after = changed(BEFORE, VILLAGE, until=date(2026, 12, 31))
    assert faults(after) == [
        f"{VILLAGE} 一村：终止日期 2026-12-31 还没有到：表从发布时起生效，请到时再发布"
    ]
    assert faults(after, today=None) == []


def test_every_fault_is_named():
    after = changed(without(BEFORE, FAR), VILLAGE, until=date(2027, 1, 1))
    after = changed(after, NEIGHBOUR, tier=Tier.TOWNSHIP, parent=RegionCode("900001"))
    assert len(faults(after)) == 3
