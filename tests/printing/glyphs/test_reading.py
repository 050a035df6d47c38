"""Characters out of font files: a good file, a forbidden one, and what hostile bytes can do."""

import struct
from io import BytesIO

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from printing.glyphs import BadGlyphFont, made, taken
from printing.glyphs.making import UNITS
from printing.glyphs.reading import LARGEST

LISU = resources.read_bytes("fonts/NotoSansLisu-Regular.ttf")
BA = 0xA4D0


def why(font, code=BA):
    with pytest.raises(BadGlyphFont) as error:
        taken(font, code)
    return error.value.facts["why"]


def with_permission(bits):
    font = TTFont(BytesIO(LISU))
    font["OS/2"].fsType = bits
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def a_font(draw, parts=(), units=2048):
    """`draw` draws A; each further glyph, p0 and so on, is made of A at these places."""
    names = [".notdef", "A", *(f"p{n}" for n in range(len(parts)))]
    builder = FontBuilder(units, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({0xE000 + n: name for n, name in enumerate(names[1:])})
    pen = TTGlyphPen(None)
    draw(pen)
    glyphs = {".notdef": TTGlyphPen(None).glyph(), "A": pen.glyph()}
    for name, places in zip(names[2:], parts, strict=True):
        pen = TTGlyphPen(dict.fromkeys(names))
        for x in places:
            pen.addComponent("A", (1, 0, 0, 1, x, 0))
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(names, (units, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Some", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


def rewired(font, wires):
    """Glyph number: of which other its parts are from now on."""
    with TTFont(BytesIO(font), lazy=True) as read:
        start, places = read.reader.tables["glyf"].offset, list(read["loca"])
    changed = bytearray(font)
    for glyph, part in wires.items():
        at, flags = start + places[glyph] + 10, 0x20
        while flags & 0x20:  # more follow
            (flags,) = struct.unpack_from(">H", changed, at)
            struct.pack_into(">H", changed, at + 2, part)
            at += 8 if flags & 1 else 6
    return bytes(changed)


def square(pen, side=2048):
    pen.moveTo((0, 0))
    for corner in ((0, side), (side, side), (side, 0)):
        pen.lineTo(corner)
    pen.closePath()


def test_the_outline_is_the_fonts_own_in_our_em_box():
    (contour,), advance = taken(a_font(square), 0xE000)
    assert {(x, y) for x, y, _ in contour} == {(0, 0), (0, UNITS), (UNITS, UNITS), (UNITS, 0)}
    assert advance == UNITS


@pytest.mark.parametrize("name", ["NotoSerifSC-Regular", "HanaMinB", "NanumGothicCoding"])
def test_shipped_fonts_are_read_as_an_independent_library_reads_them(name):
    path = resources.path(f"fonts/{name}.ttf")
    with TTFont(path, lazy=True) as font:
        glyphs, units = font.getBestCmap(), font["head"].unitsPerEm
        for code in list(glyphs)[300::4999]:
            outline, ends, _ = font["glyf"][glyphs[code]].getCoordinates(font["glyf"])
            if not outline:
                continue
            contours, advance = taken(path.read_bytes(), code)
            assert sum(map(len, contours)) == len(outline)
            assert len(contours) == len(ends)
            assert contours[0][0][:2] == tuple(round(x * UNITS / units) for x in outline[0])
            assert advance == round(font["hmtx"][glyphs[code]][0] * UNITS / units)


def test_a_character_that_is_made_of_parts_is_one_outline():
    font = rewired(a_font(square, [(0, 100), (50,)]), {3: 2})
    contours, _ = taken(font, 0xE002)
    assert [min(x for x, *_ in contour) for contour in contours] == [
        round(50 / 2.048),
        round(150 / 2.048),
    ]


def test_the_first_font_of_a_collection_is_asked():
    offset = 16
    moved = bytearray(LISU)
    (tables,) = struct.unpack_from(">H", moved, 4)
    for n in range(tables):
        (at,) = struct.unpack_from(">L", moved, 12 + 16 * n + 8)
        struct.pack_into(">L", moved, 12 + 16 * n + 8, at + offset)
    collection = struct.pack(">4sLLL", b"ttcf", 0x10000, 1, offset) + bytes(moved)
    assert taken(collection, BA) == taken(LISU, BA)


def test_what_cannot_be_taken_says_why():
    assert why(b"") == "kind"
    assert why(b"OTTO" + LISU[4:]) == "kind"
    assert why(b"wOFF" + LISU[4:]) == "kind"
    assert why(LISU, 0x31234) == "absent"
    assert why(LISU[:2000]) == "damaged"
    assert why(bytes(LARGEST + 1)) == "large"
    assert why(a_font(lambda pen: None), 0xE000) == "absent"


@pytest.mark.parametrize(
    ("bits", "allowed"),
    [(0, True), (4, True), (8, True), (2, False), (2 | 4, True), (0x100, False), (0x200, False)],
)
def test_the_makers_permission_counts(bits, allowed):
    if allowed:
        assert taken(with_permission(bits), BA) == taken(LISU, BA)
    else:
        assert why(with_permission(bits)) == "embedding"


def test_parts_of_parts_do_not_multiply():
    """Each glyph is made of ten of the one before: a million squares."""
    font = rewired(a_font(square, [[0] * 10] * 6), {n: n - 1 for n in range(3, 8)})
    assert why(font, 0xE006) in ("damaged", "crowded")


def test_parts_of_nothing_do_not_multiply_either():
    font = rewired(a_font(lambda pen: None, [[0] * 10] * 6), {n: n - 1 for n in range(3, 8)})
    assert why(font, 0xE006) in ("damaged", "absent")


def test_a_glyph_that_is_a_part_of_itself_ends():
    assert why(rewired(a_font(square, [[0]]), {2: 2}), 0xE001) == "damaged"


def test_groups_that_promise_every_character_cost_nothing():
    """A cmap of format 12 that says it maps four thousand million characters."""
    head, rest = LISU[:12], bytearray(LISU)
    (tables,) = struct.unpack_from(">H", head, 4)
    cmap = struct.pack(">HHHHL", 0, 1, 3, 10, 12)
    cmap += struct.pack(">HHLLL", 12, 0, 28, 0, 0xFFFFFFFF) + struct.pack(">LLL", 0, 0xFFFFFFFF, 1)
    for n in range(tables):
        if rest[12 + 16 * n : 16 + 16 * n] == b"cmap":
            struct.pack_into(">LL", rest, 12 + 16 * n + 8, len(rest), len(cmap))
    assert why(bytes(rest) + cmap, 0x10FFFF) == "damaged"


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_whatever_bytes_a_font_has_it_gives_a_character_or_a_reason(data):
    font = bytearray(LISU)
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.one_of(st.integers(0, 400), st.integers(0, len(font) - 1)))
        font[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.just(len(font)), st.integers(0, len(font))))
    try:
        shape = taken(bytes(font[:cut]), BA)
    except BadGlyphFont:
        return
    made(BA, shape)
