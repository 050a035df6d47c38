"""The font chain, seen in what it draws."""

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops
from reportlab.pdfgen.canvas import Canvas

import resources
from printing.fonts import (
    BOLD,
    RARE,
    SANS,
    SERIF,
    CannotDraw,
    Style,
    font_of,
    missing_characters,
    runs,
    visible,
    width,
)
from printing.truetype import Font
from tests.printing.reading import Printed

TIBETAN, EXTENSION_G = "ཀ", "\U00030000"


def drawn(character: str, font: str) -> Image.Image:
    """The character, large and alone on a page."""
    assert font_of("𠮷", Style.FORM) == RARE  # opened, and so known to reportlab
    out = BytesIO()
    canvas = Canvas(out, pagesize=(100, 100), invariant=1, initialFontName=SANS)  # type: ignore[arg-type] # the stub says float
    canvas.setFont(font, 80)
    canvas.drawString(10, 20, character)
    canvas.save()
    return Printed(out.getvalue()).picture()


def black(picture: Image.Image) -> int:
    return sum(picture.histogram()[:128])


@pytest.mark.parametrize(
    ("character", "style", "font"),
    [
        ("国", Style.BODY, SERIF),
        ("国", Style.FORM, SANS),
        ("国", Style.HEAD, BOLD),
        ("㛃", Style.FORM, SANS),  # extension A
        ("\u9fff", Style.FORM, SERIF),  # only Song has it
        ("𠮷", Style.BODY, RARE),  # extension B
        ("𬎆", Style.HEAD, RARE),  # extension E
        (TIBETAN, Style.FORM, None),
    ],
)
def test_a_character_is_drawn_by_the_first_font_that_has_it(character, style, font):
    assert font_of(character, style) == font


def test_a_rare_character_is_its_own_glyph_and_not_a_box():
    glyph, other, box = (drawn(character, RARE) for character in ("𠮷", "𬎆", TIBETAN))
    assert black(glyph) > 500
    assert ImageChops.difference(glyph, box).getbbox()
    assert ImageChops.difference(glyph, other).getbbox()


def test_a_text_is_parted_where_the_font_changes():
    assert runs("韦𠮷一", Style.BODY) == [(SERIF, "韦"), (RARE, "𠮷"), (SERIF, "一")]


def test_a_text_that_no_font_can_draw_is_refused_with_its_characters():
    with pytest.raises(CannotDraw) as error:
        runs(f"韦{TIBETAN}小{EXTENSION_G}", Style.FORM)
    assert error.value.facts == {
        "characters": TIBETAN + EXTENSION_G,
        "code_points": "U+0F40 U+30000",
    }


def test_missing_characters_are_told_once_each():
    assert missing_characters(f"{TIBETAN}韦{TIBETAN}") == (TIBETAN,)
    assert missing_characters("韦𠮷\U000e0100") == ()


def test_what_has_no_shape_is_passed_over_and_a_tab_is_a_space():
    assert visible("葛\U000e0101\u200b小\t妹\u202e") == "葛小 妹"


def test_width_is_the_sum_of_the_fonts_own_advances():
    assert width("国𠮷", Style.BODY, 16) == pytest.approx(32)
    assert width("1", Style.FORM, 1000) == pytest.approx(555)


@pytest.mark.parametrize("name", [SERIF, SANS, BOLD, RARE])
def test_faces_are_read_as_an_independent_library_reads_them(name):
    face = Font(name, resources.path(f"fonts/{name}.ttf")).face
    with TTFont(resources.path(f"fonts/{name}.ttf"), lazy=True) as other:
        glyphs, metrics, order = other.getBestCmap(), other["hmtx"], other.getGlyphOrder()
        scale = 1000 / other["head"].unitsPerEm
        assert set(face.charToGlyph) - {0xA0} == set(glyphs) - {0xA0}
        for code in list(glyphs)[::97]:
            assert order[face.charToGlyph[code]] == glyphs[code]
            assert face.charWidths.get(code, 0) == pytest.approx(metrics[glyphs[code]][0] * scale)
