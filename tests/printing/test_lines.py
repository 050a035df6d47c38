"""Line breaking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.lines import CLOSING, OPENING, break_lines

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


def test_a_number_longer_than_the_line_is_cut_between_figures():
    assert break_lines("4" * 31, 5, ems) == ["4" * 10, "4" * 10, "4" * 10, "4"]


def test_the_first_line_is_shorter_by_its_indent():
    assert break_lines("中" * 10, 4, ems, indent=2) == ["中中", "中中中中", "中中中中"]


def test_an_empty_text_is_one_empty_line():
    assert break_lines(" ", 10, ems) == [""]
