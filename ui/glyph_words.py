"""What is said of characters that no font has, before anything is printed."""

from __future__ import annotations

from app.domain.glyphs import named, unusual


def missing_in(*texts: str) -> tuple[str, ...]:
    """The characters that paper could not show; nearly always none, and then no font is opened for it."""
    asked = unusual("".join(texts))
    if not asked:
        return ()
    from printing.fonts import missing_characters

    return missing_characters(asked)


def told(characters: tuple[str, ...]) -> str:
    """“𱈴”（U+31234）: a console or a form that shows a box shows the code beside it."""
    return "、".join(f"“{one}”（{named(ord(one))}）" for one in characters)
