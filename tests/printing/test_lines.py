"""Line breaking."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.lines import CLOSING, OPENING, break_lines, gaps

HAN = st.text("中华人民共和国𠮷龘", min_size=1, max_size=3)
FIGURE = st.from_regex(r"\A[0-9A-Z]{1,4}\Z")
WORD = st.builds(
    "".join,
    st.tuples(
        st.text("（《“", max_size=2),
        HAN | FIGURE,
        st.text("，。）》”！", max_size=2),
        st.text(" ", max_size=1),
    ),
)
TEXT = st.lists(WORD, max_size=40).map("".join)
WIDTHS = st.integers(10, 30)


def ems(text: str) -> float:
    """Half an em for what a keyboard has, one for the rest."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def bare(text: str) -> str:
    return "".join(text.split())


@given(TEXT, WIDTHS)
def test_no_line_begins_with_closing_or_ends_with_opening_punctuation(text, width):
    lines = break_lines(text, width, ems)
    assert not [line for line in lines[1:] if line[0] in CLOSING]
    assert not [line for line in lines[:-1] if line[-1] in OPENING]


@given(st.text(), st.integers(2, 30), st.integers(0, 2))
def test_nothing_but_space_is_lost(text, width, indent):
    assert bare("".join(break_lines(text, width, ems, indent=indent))) == bare(text)


@given(TEXT, WIDTHS, st.integers(0, 4))
def test_a_line_reaches_over_its_edge_only_by_the_empty_half_of_a_mark(text, width, indent):
    lines = break_lines(text, width, ems, indent=indent)
    for n, line in enumerate(lines):
        over = ems(line) - width + (indent if n == 0 else 0)
        assert over <= (0.5 if line[-1:] in CLOSING else 0)


@given(st.text("，", min_size=1, max_size=200), WIDTHS)
def test_a_line_of_nothing_but_punctuation_is_cut_all_the_same(text, width):
    lines = break_lines(text, width, ems)
    assert "".join(lines) == text
    assert max(ems(line) for line in lines) <= width + 0.5


@pytest.mark.parametrize(
    "whole", ["2026年11月21日", "〔2026〕17号", "0773-5810000", "21个", "1,409.50", "——", "……"]
)
@given(before=st.integers(0, 12))
def test_what_is_read_as_one_is_not_parted(whole, before):
    lines = break_lines("中" * before + whole + "中" * 12, 12, ems)
    assert any(whole in line for line in lines)


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("（农经发〔2019〕6号）的规定", "（农经发〔2019〕"),
        ("自2026年11月21日起施行", "自2026年11月"),
        ("自2026年11月21日起施行", "自2026年"),
    ],
)
def test_a_number_is_parted_only_where_its_line_could_not_be_filled(text, head):
    width = ems(head)
    before, after = text.split("2")[0].rstrip("〔"), text.removeprefix(head)
    whole = break_lines(text, width, ems, stretch=width)
    assert whole[0] == before
    assert break_lines(text, width, ems, stretch=0.1)[:1] == [head]
    assert "".join(break_lines(text, width, ems, stretch=0.1)) == head + after


@given(st.lists(WORD, max_size=40).map("中".join), WIDTHS, st.floats(0, 1))
def test_figures_stay_together_however_little_a_line_may_be_spread(text, width, stretch):
    lines = break_lines(text, width, ems, stretch=stretch)
    figures = re.findall("[0-9A-Z]+", text)
    assert [run for line in lines for run in re.findall("[0-9A-Z]+", line)] == figures
    assert not [line for line in lines[1:] if line[0] in CLOSING]
    assert not [line for line in lines[:-1] if line[-1] in OPENING]


@pytest.mark.parametrize(
    ("line", "spread"),
    [
        ("第12号", "第 12 号"),
        ("¥1,409.50元", "¥1,409.50 元"),
        ("自2026年11月21日起", "自 2026 年 11 月 21 日 起"),
        ("见QX2026-000045，", "见 QX2026-000045 ，"),
        ("甲——乙……", "甲 —— 乙 ……"),
        ("é́名", "é́ 名"),
        ("１２𠮷·", "１ ２ 𠮷 ·"),
        ("“甲”", "“ 甲 ”"),
        ("", ""),
    ],
)
def test_a_line_is_spread_between_chinese_characters_never_inside_a_figure_or_word(line, spread):
    widened = zip(line, gaps(line), strict=True)
    assert "".join(char + (" " if wide else "") for char, wide in widened) == spread


def test_a_number_longer_than_the_line_is_cut_between_figures():
    assert break_lines("4" * 31, 5, ems) == ["4" * 10, "4" * 10, "4" * 10, "4"]


def test_the_first_line_is_shorter_by_its_indent():
    assert break_lines("中" * 10, 4, ems, indent=2) == ["中中", "中中中中", "中中中中"]


def test_an_empty_text_is_one_empty_line():
    assert break_lines(" ", 10, ems) == [""]


def test_a_case_number_that_has_to_be_cut_is_cut_after_a_hyphen():
    lines = break_lines("450305200201-20261121-A2-0007", 12, ems)
    assert lines == ["450305200201-20261121-", "A2-0007"]


def test_a_date_that_has_to_be_cut_is_cut_between_its_parts():
    assert break_lines("2026年11月21日", 6, ems) == ["2026年11月", "21日"]


@pytest.mark.parametrize("sign", ["a", "，"])
def test_a_word_of_a_whole_entry_is_measured_in_proportion_to_its_length(sign):
    """What another device wrote may be one word of 256 KB: that is many lines, and no minutes."""
    measured = 0

    def counting(text: str) -> float:
        nonlocal measured
        measured += len(text)
        return ems(text)

    length = 20_000
    lines = break_lines(sign * length, 40, counting)
    assert "".join(lines) == sign * length
    assert measured < 200 * length
