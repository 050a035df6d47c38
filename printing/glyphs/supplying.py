"""From the file that somebody chose to the font that is kept."""

from __future__ import annotations

from typing import Final, NamedTuple

from app.domain.glyphs import GlyphOrigin, named
from app.errors import Refused
from printing.fonts import is_shipped, visible
from printing.glyphs.making import made
from printing.glyphs.picture import traced
from printing.glyphs.reading import taken

_PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff")


class GlyphNotNeeded(Refused):
    """The shipped fonts draw this character (facts: character, code_point)."""

    code = "glyph_not_needed"


class SuppliedGlyph(NamedTuple):
    origin: GlyphOrigin
    font: bytes


def supplied_glyph(code: int, content: bytes) -> SuppliedGlyph:
    """A font of this character alone, out of a font file, or traced from a PNG or JPEG of it.

    Raises GlyphNotNeeded, BadGlyphFont, BadGlyphPicture.
    """
    check_needed(code)
    if content.startswith(_PICTURES):
        return SuppliedGlyph(GlyphOrigin.PICTURE, made(code, traced(content)))
    return SuppliedGlyph(GlyphOrigin.FONT, made(code, taken(content, code)))


def check_needed(code: int) -> None:
    """Raises GlyphNotNeeded."""
    if is_shipped(visible(chr(code)) or chr(code)):
        raise GlyphNotNeeded(character=chr(code), code_point=named(code))
