"""The walk over a value finds a fault exactly where msgspec would."""

from datetime import date
from typing import Annotated

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from app.domain.faults import Faulty, shape_faults
from app.domain.limits import Unit


class Leaf(msgspec.Struct, frozen=True):
    day: date
    unit: Unit


class Tree(msgspec.Struct, frozen=True):
    size: Annotated[int, msgspec.Meta(ge=0, le=9)]
    leaves: tuple[Leaf, ...]
    crown: Leaf | None = None
    pair: tuple[int, int] = (0, 0)
    bark: bool | str = False


def a_leaf(**changes: object) -> dict[str, object]:
    return {"day": "2026-11-21", "unit": "working"} | changes


def a_tree(**changes: object) -> dict[str, object]:
    return {"size": 1, "leaves": [a_leaf()]} | changes


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 10),
    st.floats(),
    st.sampled_from(["working", "2026-11-21", "x"]),
)
LEAVES = st.fixed_dictionaries({}, optional={"day": SCALARS, "unit": SCALARS, "more": SCALARS})
VALUES = st.one_of(SCALARS, LEAVES, st.lists(st.one_of(SCALARS, LEAVES), max_size=3))
TREES = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("size", "leaves", "crown", "pair", "bark"), VALUES),
)


@given(st.one_of(VALUES, TREES))
def test_a_value_without_faults_converts_and_one_that_converts_has_only_unknown_keys(value):
    faults = shape_faults(value, Tree)
    try:
        msgspec.convert(value, Tree)
    except msgspec.ValidationError:
        assert faults
    else:
        assert all(fault.endswith("没有这个字段") for fault in faults)


def test_a_right_value_has_no_faults():
    assert shape_faults(a_tree(crown=a_leaf(), pair=[1, 2], bark="x"), Tree) == []


def test_each_fault_is_named_with_its_place():
    wrong = {
        "size": 10,
        "leaves": [a_leaf(), a_leaf(day="soon", unit="lunar"), 3],
        "crown": {"day": "2026-11-21", "colour": "green"},
        "pair": [1],
        "bark": None,
        "root": 1,
    }
    assert shape_faults(wrong, Tree) == [
        "root：没有这个字段",
        "size：不能大于 9",
        "leaves[2].day：应为日期，如 2026-11-21",
        "leaves[2].unit：没有“lunar”这个取值，可用的有：working 个工作日、natural 日",
        "leaves[3]：应为对象 {…}，实为整数",
        "crown.colour：没有这个字段",
        "crown.unit：缺少",
        "pair：应有 2 项，实有 1 项",
        "bark：应为是否（true/false）或文字，实为空值 null",
    ]


def test_a_hostile_fault_is_cut_short():
    (fault,) = Faulty(["长" * 10_000]).faults
    assert len(fault) == 160
