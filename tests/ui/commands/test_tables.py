"""Text lines up where a Chinese character takes two columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.commands.tables import clipped, padded, pairs, table, width, wrapped

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60)


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("IT001", 5), ("收件号", 6), ("韦𠮷祥", 6), ("Ａ", 2), ("é", 1), ("e\u0301", 1)],
)
def test_width_counts_columns(text, columns):
    assert width(text) == columns


@given(TEXT, st.integers(1, 30))
def test_what_is_clipped_fits(text, columns):
    short = clipped(text, columns)
    assert width(short) <= columns
    assert short == text or short.endswith("…")


def test_cells_begin_in_the_same_column():
    lines = list(table(("收件号", "状态"), [("A1", "已收件"), ("长长的号", "在途")]))
    assert [
        width(line[: line.index(cell)])
        for line, cell in zip(lines, ("状态", "已收件", "在途"), strict=True)
    ] == [10] * 3


@given(st.text("ab 中文，。", max_size=80), st.integers(4, 20))
def test_wrapping_loses_nothing_but_spaces(text, columns):
    lines = list(wrapped(text, columns))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_lines_are_cut_at_the_edge_and_closing_marks_hang():
    assert list(wrapped("中文中文，中文", 8)) == ["中文中文，", "中文"]
    assert list(wrapped("daiban case list", 11)) == ["daiban case", "list"]


def test_rows_without_content_are_left_out():
    assert list(pairs([("状态", "在途"), ("备注", ""), ("x", "y")])) == ["状态  在途", "x     y"]


@pytest.mark.parametrize("hostile", ["a\nb", "a\x1b[2Jb", "a\tb", "a\u2028b", "a\u202eb", "a\x9bb"])
def test_what_breaks_a_line_or_turns_it_round_leaves_the_table_whole(hostile):
    lines = list(table(("号", "状态"), [(hostile, "在途"), ("c", "x")]))
    assert len("\n".join(lines).splitlines()) == 3
    second = [
        width(line[: line.index(cell)])
        for line, cell in zip(lines, ("状态", "在途", "x"), strict=True)
    ]
    assert len(set(second)) == 1
    assert "".join(lines).isprintable()
    assert "".join(pairs([("名", hostile)])).isprintable()


def test_padding_fills_up_to_the_column():
    assert padded("中", 4) == "中  "
