"""Addresses as people say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import addresses

WHOLE = "广西桂林市七星区朝阳乡湖塘村委会3组12号"
SAID = st.text(alphabet="省市区乡镇村街路组号湖塘李家朝阳三十二〇12３ 　委会", max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("湖塘村3组12号", WHOLE),
        ("湖塘村三组十二号", WHOLE),
        ("湖塘村３组１２号", "湖塘村 3 组 012 号"),
        ("朝阳乡湖塘村民委员会第三组12号", "湖塘村3组12号"),
        ("朝阳社区21号", "朝阳社区居委会二十一号"),
        ("五里店路一〇三号", "五里店路103号"),
        ("朝阳街道办事处十组", "朝阳街道10组"),
        ("湖塘村", "七星区朝阳乡湖塘村"),
    ],
)
def test_one_house_is_said_in_many_ways(one: str, other: str):
    assert addresses.similar(one, other, same_region=False)
    assert addresses.gist(one) == addresses.gist(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("湖塘村3组12号", "李家村3组12号"),
        ("湖塘村3组12号", "湖塘村3组13号"),
        ("湖塘村3组12号", "湖塘村3组"),
        ("朝阳乡湖塘村3组", "大河乡湖塘村3组"),
        ("桂林市", "桂林市"),
        ("桂林市", "桂林市七星区"),
        ("", ""),
        ("村里", "村里"),
    ],
)
def test_two_houses_are_two_and_a_town_is_nobodys_address(one: str, other: str):
    assert not addresses.similar(one, other, same_region=True)


def test_a_house_without_its_village_is_one_only_where_the_papers_came_in_under_one_region():
    assert addresses.similar("3组12号", "湖塘村3组12号", same_region=True)
    assert not addresses.similar("3组12号", "湖塘村3组12号", same_region=False)


@given(SAID, SAID, st.booleans())
def test_similar_goes_both_ways_and_has_one_gist(one: str, other: str, same_region: bool):
    alike = addresses.similar(one, other, same_region=same_region)
    assert alike == addresses.similar(other, one, same_region=same_region)
    if alike:
        assert addresses.gist(one) == addresses.gist(other) != ""


@given(st.text(max_size=60))
def test_nothing_that_is_typed_falls_over(text: str):
    addresses.similar(text, text, same_region=True)
