"""The table of supplied characters."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from app.domain.glyphs import GlyphOrigin
from app.store.store import Store


class GlyphRow(msgspec.Struct, frozen=True, kw_only=True):
    """`font` is a TrueType font of this one character."""

    code: int
    origin: GlyphOrigin
    source: str
    added_at: datetime
    added_by: str
    font: bytes


def all_of(store: Store) -> list[GlyphRow]:
    """By code point."""
    rows = store.database.rows(
        "SELECT code, origin, source, added_at, added_by, font FROM glyph ORDER BY code"
    )
    return [
        GlyphRow(
            code=code, origin=GlyphOrigin(origin), source=source,
            added_at=datetime.fromtimestamp(added_at / 1000, UTC), added_by=added_by,
            font=bytes(font),
        )
        for code, origin, source, added_at, added_by, font in rows
    ]  # fmt: skip


def put(store: Store, row: GlyphRow) -> None:
    """In place of the one of that code; inside a transaction."""
    store.database.run(
        "INSERT OR REPLACE INTO glyph (code, origin, source, added_at, added_by, font) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (row.code, row.origin.value, row.source, round(row.added_at.timestamp() * 1000), row.added_by,
         row.font),
    )  # fmt: skip


def remove(store: Store, code: int) -> bool:
    """Whether there was one; inside a transaction."""
    found = store.database.row("DELETE FROM glyph WHERE code = ? RETURNING code", (code,))
    return found is not None


def family(store: Store) -> bytes | None:
    """All of them as one font; None while there are none."""
    row = store.database.row("SELECT font FROM glyph_family WHERE n = 1")
    return None if row is None else bytes(row[0])


def put_family(store: Store, font: bytes | None) -> None:
    """Inside a transaction."""
    store.database.run("DELETE FROM glyph_family")
    if font is not None:
        store.database.run("INSERT INTO glyph_family (n, font) VALUES (1, ?)", (font,))
