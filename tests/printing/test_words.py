"""Pieces of text."""

import pytest

from printing.fonts import Style
from printing.sheets import Setting
from printing.words import aside, even_lines, paragraph, wrapped

BODY = Setting(style=Style.BODY, size=10, leading=15)


def test_a_long_title_is_broken_into_even_lines():
    text = "广西壮族自治区桂林市七星区人力资源和社会保障局"
    assert [len(line) for line in wrapped(text, 210, BODY)] == [21, 2]
    assert [len(line) for line in even_lines(text, 210, BODY)] == [12, 11]


@pytest.mark.parametrize("characters", [1, 20, 21, 45])
def test_a_paragraph_has_no_line_that_can_be_left_alone(characters):
    blocks = paragraph("中" * characters, 200, BODY)
    keeps = [block.keep for block in blocks]
    assert not keeps[-1]
    if len(blocks) > 1:
        assert keeps[0]
        assert keeps[-2]


def test_two_things_that_do_not_fit_on_one_line_stand_on_two():
    assert len(aside("甲" * 5, "乙" * 5, 200, BODY)) == 1
    assert len(aside("甲" * 15, "乙" * 15, 200, BODY)) == 2


def test_one_thing_that_is_longer_than_the_line_is_broken_over_the_other():
    assert len(aside("甲" * 45, "乙" * 5, 200, BODY)) == 4
