"""Characters that no shipped font has: supplied, replaced, removed; rows of this computer, never entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from app.domain.glyphs import MOST, GlyphOrigin, code_in, named
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.store import glyph_rows
from app.store.glyph_rows import GlyphRow
from app.store.store import Store

Join = Callable[[Mapping[int, bytes]], bytes]
"""Several fonts of one character each into one font: `printing.glyphs.joined`."""


class NoGlyph(Refused):
    """This character was not supplied (fact: code_point)."""

    code = "no_glyph"


class BadCodePoint(Refused):
    """Neither one character nor its code point as U+31234 (fact: text)."""

    code = "bad_code_point"


class TooManyGlyphs(Refused):
    """Fact: most."""

    code = "too_many_glyphs"


class Supply(NamedTuple):
    """What paper and screen are to draw with: fonts by code point, and all of them as one family."""

    fonts: dict[int, bytes]
    family: bytes | None


def code_of(typed: str) -> int:
    """The code point of what was typed. Raises BadCodePoint."""
    code = code_in(typed)
    if code is None:
        raise BadCodePoint(text=typed)
    return code


def supplied(store: Store) -> list[GlyphRow]:
    """What this computer was given, by code point."""
    return glyph_rows.all_of(store)


def supply(store: Store) -> Supply:
    fonts = {row.code: row.font for row in glyph_rows.all_of(store)}
    return Supply(fonts, glyph_rows.family(store) if fonts else None)


def add(
    store: Store,
    code: int,
    font: bytes,
    *,
    origin: GlyphOrigin,
    source: str,
    by: OperatorCard,
    join: Join,
) -> None:
    """Keep a character's font, in place of the one it had. Raises TooManyGlyphs."""
    row = GlyphRow(
        code=code, origin=origin, source=source, font=font, added_by=by.name,
        added_at=datetime.fromtimestamp(store.wall() / 1000, UTC),
    )  # fmt: skip
    with store.changing():
        glyph_rows.put(store, row)
        if len(fonts := _fonts(store)) > MOST:
            raise TooManyGlyphs(most=MOST)
        glyph_rows.put_family(store, join(fonts))


def remove(store: Store, code: int, *, join: Join) -> None:
    """Raises NoGlyph. Papers that were issued with it are kept as they were."""
    with store.changing():
        if not glyph_rows.remove(store, code):
            raise NoGlyph(code_point=named(code))
        fonts = _fonts(store)
        glyph_rows.put_family(store, join(fonts) if fonts else None)


def _fonts(store: Store) -> dict[int, bytes]:
    return {row.code: row.font for row in glyph_rows.all_of(store)}
