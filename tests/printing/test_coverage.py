"""GB 18030-2022 over whole blocks: which font draws a character, and that it draws something."""

import pytest

import resources
from printing.coverage import Level, blocks, coverage, drawn_by, table
from printing.fonts import BOLD, RARE, SANS, SERIF, Style

BLOCKS = {block.name: block for block in blocks()}


@pytest.fixture(scope="module")
def covered():
    return coverage()


@pytest.mark.parametrize("style", Style)
def test_every_character_of_levels_1_to_3_is_drawn_in_every_style(style):
    for block in BLOCKS.values():
        if block.level in (Level.ONE, Level.TWO, Level.THREE):
            assert [code for code in block.codes if drawn_by(code, style) is None] == []


def test_the_standard_has_87887_ideographs():
    """20,902 and what was added since, extensions A to F, and twelve that stand among the compatible ones."""
    han = [
        code
        for block in BLOCKS.values()
        if block.level in (Level.ONE, Level.THREE)
        for code in block.codes
        if 0x3400 <= code <= 0x4DBF or 0x4E00 <= code <= 0x9FFF or code >= 0x20000
    ]
    among_the_compatible = 12
    assert len(set(han)) == len(han)
    assert len(han) + among_the_compatible == 87_887


def test_no_script_is_drawn_in_part(covered):
    for block, by, missing in covered:
        if block.level is Level.SCRIPT:
            assert not missing or not by, block.name


def test_scripts_that_the_paper_would_draw_wrongly_are_not_drawn(covered):
    undrawn = {block.name.split()[0] for block, by, _ in covered if not by}
    assert undrawn >= {"Tibetan", "Mongolian", "Arabic"}


@pytest.mark.parametrize(
    ("style", "first"), [(Style.BODY, SERIF), (Style.FORM, SANS), (Style.HEAD, BOLD)]
)
def test_a_block_has_one_font_but_where_that_has_gaps(style, first):
    ordinary = BLOCKS["CJK Unified Ideographs to U+9FEF"]
    assert {drawn_by(code, style) for code in ordinary.codes} == {first}
    rare = BLOCKS["Extension F"]
    assert {drawn_by(code, style) for code in rare.codes} <= {first, RARE}


def test_the_readme_says_what_is_so():
    assert table() in resources.read_bytes("fonts/README.md").decode()
