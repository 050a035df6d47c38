"""The font chain, seen in what it draws."""

import shutil
import subprocess
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops
from reportlab.pdfgen.canvas import Canvas

import resources
from printing.fonts import (
    BOLD,
    HANGUL,
    LISU,
    NEW_TAI_LUE,
    RARE,
    SANS,
    SERIF,
    TAI_LE,
    YI,
    CannotDraw,
    Style,
    font_of,
    missing_characters,
    runs,
    visible,
    width,
)
from printing.glyphs import made, traced
from printing.sheets import Block, Frame, Setting, put_on_sheets
from printing.supplied import supply
from printing.truetype import Font
from tests.printing.glyph_pictures import a_picture
from tests.printing.reading import Printed

TIBETAN, EXTENSION_G = "ཀ", "\U00030000"
PRIVATE, NEW = "\ue123", "\U00031234"


@pytest.fixture
def supplied():
    """A station that supplied two characters, one of them under a private code."""
    fonts = {
        ord(one): made(ord(one), traced(a_picture(of)))
        for one, of in ((PRIVATE, "鼎"), (NEW, "龘"))
    }
    supply(fonts)
    yield fonts
    supply({})


def a_page(text: str, style: Style = Style.FORM) -> bytes:
    setting = Setting(style=style, size=16, leading=24)
    block = Block(height=24, draw=lambda pen, x, y: pen.text(x, y, text, setting))
    frame = Frame(
        sheet_width=600, sheet_height=100, left=20, top=20, height=60, dress=lambda pen, place: None
    )
    return put_on_sheets(frame, [block], copies=[""], reprint=0, document="x")


def read_by_poppler(pdf: bytes) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not installed")
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return "".join(done.stdout.decode().split())


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
        ("\ua000", Style.BODY, YI),
        ("\ua4d0", Style.FORM, LISU),
        ("\u1950", Style.HEAD, TAI_LE),
        ("\u1980", Style.BODY, NEW_TAI_LUE),
        ("각", Style.FORM, HANGUL),
        ("≒", Style.FORM, HANGUL),
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


@pytest.mark.parametrize("name", [SERIF, SANS, BOLD, RARE, YI, LISU, TAI_LE, NEW_TAI_LUE, HANGUL])
def test_faces_are_read_as_an_independent_library_reads_them(name):
    face = Font(name, resources.path(f"fonts/{name}.ttf")).face
    with TTFont(resources.path(f"fonts/{name}.ttf"), lazy=True) as other:
        glyphs, metrics, order = other.getBestCmap(), other["hmtx"], other.getGlyphOrder()
        scale = 1000 / other["head"].unitsPerEm
        assert set(face.charToGlyph) - {0xA0, 0xFFFF} == set(glyphs) - {0xA0}
        for code in list(glyphs)[::97]:
            assert order[face.charToGlyph[code]] == glyphs[code]
            assert face.charWidths.get(code, 0) == pytest.approx(metrics[glyphs[code]][0] * scale)


# --- whole texts, read back by others -----------------------------------------------------------------

MIXED = "韦𠮷\u3400㛃𪚥𫝀𫠠𬺰䶮龴ꀀꓐᥐᦀ각Ω№"


@pytest.mark.parametrize("style", Style)
def test_a_line_of_every_block_is_read_back_by_two_readers(style):
    pdf = a_page(MIXED, style)
    assert Printed(pdf).text == MIXED
    assert read_by_poppler(pdf) == MIXED


def test_old_private_codes_are_drawn_and_read_as_the_characters_they_stood_for():
    assert Printed(a_page("韦\ue81e\ue816")).text == "韦龴𠂇"


def test_selectors_of_variants_and_marks_of_direction_leave_no_trace():
    assert a_page("葛\U000e0101城\ufe00\u202e") == a_page("葛城")


def test_half_a_character_is_refused_and_does_not_break_the_page():
    with pytest.raises(CannotDraw) as error:
        a_page("韦\ud842")
    assert error.value.facts["code_points"] == "U+D842"


# --- what a station supplied --------------------------------------------------------------------------


def test_a_supplied_character_is_drawn_between_the_others_and_read_back(supplied):
    text = f"韦{PRIVATE}国{NEW}妹"
    pdf = a_page(text)
    assert Printed(pdf).text == text
    assert read_by_poppler(pdf) == text
    with_gap = Printed(a_page("韦　国　妹")).picture()
    assert black(Printed(pdf).picture()) > black(with_gap) + 100


def test_what_is_no_more_supplied_is_missing_again(supplied):
    assert missing_characters(PRIVATE + NEW) == ()
    supply({ord(NEW): supplied[ord(NEW)]})
    assert missing_characters(PRIVATE + NEW) == (PRIVATE,)
    supply({})
    assert missing_characters(PRIVATE + NEW) == (PRIVATE, NEW)


def test_a_page_is_the_same_whatever_else_is_supplied(supplied):
    before = a_page(f"韦{PRIVATE}")
    assert a_page(f"韦{PRIVATE}") == before
    supply({ord(PRIVATE): supplied[ord(PRIVATE)]})
    assert a_page(f"韦{PRIVATE}") == before


def test_a_character_that_is_replaced_is_drawn_anew(supplied):
    before = a_page(PRIVATE)
    supply({ord(PRIVATE): made(ord(PRIVATE), traced(a_picture("国")))})
    assert Printed(a_page(PRIVATE)).picture().tobytes() != Printed(before).picture().tobytes()


def test_what_is_shipped_is_drawn_by_the_shipped_font_all_the_same():
    supply({ord("国"): made(ord("国"), traced(a_picture("鼎")))})
    assert font_of("国", Style.FORM) == SANS
    supply({})
