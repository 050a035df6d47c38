"""Names of the catalogue as people type them in pinyin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store import search, spelling

NAME = "就业登记和失业登记"


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("jydj", 0),
        ("jiuyedengji", 0),
        ("jiuydj", 0),
        ("jydengji", 0),
        ("jyden", 0),
        ("JiuYe", 0),
        ("jiu ye", 0),
        ("j", 0),
        ("dengji", 2),
        ("djhsy", 2),
        ("shiye", 5),
        ("shye", 5),
        ("sye", 5),
        ("shyedj", 5),
        ("iye", None),
        ("engji", None),
        ("jydjhsydjx", None),
        ("zydj", None),
        ("", None),
        ("就业", None),
        ("jy就", None),
    ],
)
def test_each_character_may_be_an_initial_or_spelt(typed: str, place: int | None):
    assert spelling.place(typed, NAME) == place


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("chongqing", "重庆"),
        ("zhongqing", "重庆"),
        ("yinhang", "银行"),
        ("yh", "银行"),
        ("ybmz", "（一般）没证"),
        ("hiv", "HIV检测"),
        ("hivjc", "HIV检测"),
        ("60s", "60岁补贴"),
    ],
)
def test_every_reading_counts_and_signs_do_not(typed: str, name: str):
    assert spelling.place(typed, name) is not None


characters = st.text("就业登记失和银行长重乐0A（）一", min_size=1, max_size=10)


@given(characters, st.data())
def test_any_mixture_of_initials_and_syllables_spells_its_part(name: str, data: st.DataObject):
    spelt = [options for options in map(search.syllables, search.letters(name)) if options]
    if not spelt:
        return
    first = data.draw(st.integers(0, len(spelt) - 1))
    last = data.draw(st.integers(first, len(spelt) - 1))
    typed = "".join(
        data.draw(st.sampled_from([reading, reading[0]]))
        for reading in (data.draw(st.sampled_from(options)) for options in spelt[first : last + 1])
    )
    place = spelling.place(typed, name)
    assert place is not None
    assert place <= first


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_takes_long_or_breaks_anything(typed: str, name: str):
    place = spelling.place(typed, name)
    assert place is None or 0 <= place < len(search.letters(name))
