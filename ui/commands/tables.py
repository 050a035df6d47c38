"""Text on a terminal, where a Chinese character takes two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

_GAP: Final = "  "
_NEVER_FIRST: Final = "，。；：、！？）》】”…"


_BREAKING: Final = {"Cc", "Zl", "Zp"}
_TURNING: Final = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def one_line(text: str) -> str:
    """Without what would break a line, turn it round or command the terminal: old data may hold it."""
    if text.isprintable():
        return text
    return "".join(
        " " if unicodedata.category(one) in _BREAKING else one
        for one in text
        if unicodedata.bidirectional(one) not in _TURNING
    )


def width(text: str) -> int:
    """Columns that a text takes."""
    return sum(map(_columns, text))


def padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


def clipped(text: str, columns: int) -> str:
    """A text that takes at most so many columns; what is cut off leaves an ellipsis."""
    if width(text) <= columns:
        return text
    taken, kept = 1, ""
    for character in text:
        taken += _columns(character)
        if taken > columns:
            break
        kept += character
    return kept + "…"


def wrapped(text: str, columns: int) -> Iterator[str]:
    """Lines of at most so many columns, cut between words or Chinese characters; closing marks hang."""
    line = ""
    for piece in _pieces(text):
        if line and width(line + piece.rstrip()) > columns and piece not in _NEVER_FIRST:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
    if line:
        yield line.rstrip()


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines with aligned columns; the last column is not padded."""
    clean = [headings, *([one_line(cell) for cell in cells] for cells in rows)]
    columns = [max(map(width, cells)) for cells in zip(*clean, strict=True)]
    for cells in clean:
        line = _GAP.join(padded(cell, n) for cell, n in zip(cells, columns, strict=True))
        yield line.rstrip()


def pairs(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """A name and what it is, one under the other; rows without content are left out."""
    told = [(name, one_line(value)) for name, value in rows if value]
    longest = max((width(name) for name, _ in told), default=0)
    for name, value in told:
        yield f"{padded(name, longest)}{_GAP}{value}"


def _pieces(text: str) -> Iterator[str]:
    """Words with the space after them, and single wide characters."""
    word = ""
    for character in text:
        wide = _columns(character) == 2
        if wide and word:
            yield word
            word = ""
        if wide:
            yield character
        else:
            word += character
            if character == " ":
                yield word
                word = ""
    if word:
        yield word


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
