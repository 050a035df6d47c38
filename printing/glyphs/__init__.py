"""Characters that no shipped font has, supplied by the station: out of a font file, or traced from a picture.

Each ends as a TrueType font of one glyph, made here from plain outlines;
nothing of a stranger's file but these outlines is kept.
"""

from printing.glyphs.making import FAMILY, Shape, joined, made
from printing.glyphs.picture import BadGlyphPicture, traced
from printing.glyphs.reading import BadGlyphFont, taken
from printing.glyphs.supplying import GlyphNotNeeded, SuppliedGlyph, check_needed, supplied_glyph

__all__ = [
    "FAMILY",
    "BadGlyphFont",
    "BadGlyphPicture",
    "GlyphNotNeeded",
    "Shape",
    "SuppliedGlyph",
    "check_needed",
    "joined",
    "made",
    "supplied_glyph",
    "taken",
    "traced",
]
