"""Search text: what is written for a name, and what is asked for a query.

A name is cut into all its pieces of one to three characters, its pinyin initials into all theirs of one to four,
and its full pinyin into what follows each syllable's start.
So every question is one look-up of a term (or a few that must all be there), never a scan of positions,
and FTS5 keeps only which case holds which term.
Numbers are not here: they belong in a B-tree (`number`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product

_LONGEST_PIECE = 3
_LONGEST_INITIALS = 4
_MOST_READINGS = 6
_INITIALS, _SYLLABLES = "0", "1"
SHORTEST_SUFFIX = 4


def normal(text: str) -> str:
    """Text as it is compared: compatibility forms folded, lower case, no spaces or name dots."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        character for character in folded if not character.isspace() and character != "·"
    )


def pieces(name: str) -> str:
    """The terms under which a name is found, separated by spaces."""
    plain = normal(name)
    terms = set(_cuts(plain, _LONGEST_PIECE))
    for syllables in _readings(plain):
        initials = "".join(syllable[0] for syllable in syllables)
        terms.update(_INITIALS + cut for cut in _cuts(initials, _LONGEST_INITIALS))
        terms.update(_SYLLABLES + "".join(syllables[i:]) for i in range(len(syllables)))
    return " ".join(sorted(terms))


def question(text: str) -> str | None:
    """The FTS5 query for what a person typed; None if nothing in it can be asked."""
    plain = normal(text).replace('"', "")
    if not plain:
        return None
    if plain.isascii():
        letters = "".join(character for character in plain if character.isalpha())
        if not letters:
            return None
        initials = _all(_INITIALS + cut for cut in _cover(letters, _LONGEST_INITIALS))
        return f'({initials}) OR "{_SYLLABLES}{letters}" * OR ({_all(_cover(letters, _LONGEST_PIECE))})'
    return _all(_cover(plain, _LONGEST_PIECE))


def needs_check(text: str) -> bool:
    """Whether a name found may hold the pieces of a query without holding it whole."""
    plain = normal(text)
    return not plain.isascii() and len(plain) > _LONGEST_PIECE


def number_keys(values: Iterable[str | None]) -> Iterator[str]:
    """The B-tree keys of numbers: as they are, and backwards behind a tilde."""
    for value in values:
        if value:
            yield value
            yield "~" + value[::-1]


def number_ranges(text: str) -> list[tuple[str, str]]:
    """The key ranges in which a typed number may lie: as a beginning, and if long enough as an end."""
    plain = normal(text).upper()
    if not plain or not plain.isascii():
        return []
    ranges = [(plain, plain + "~")]
    if len(plain) >= SHORTEST_SUFFIX:
        backwards = "~" + plain[::-1]
        ranges.append((backwards, backwards + "~"))
    return ranges


def looks_like_number(text: str) -> bool:
    plain = normal(text)
    return plain.isascii() and any(character.isdigit() for character in plain)


def _cuts(text: str, longest: int) -> Iterator[str]:
    for length in range(1, longest + 1):
        for start in range(len(text) - length + 1):
            yield text[start : start + length]


def _cover(text: str, longest: int) -> Iterator[str]:
    """The longest pieces that together cover a text."""
    if len(text) <= longest:
        yield text
    else:
        for start in range(len(text) - longest + 1):
            yield text[start : start + longest]


def _all(terms: Iterable[str]) -> str:
    return " AND ".join(f'"{term}"' for term in terms)


def _readings(plain: str) -> Iterator[tuple[str, ...]]:
    """The likeliest ways to read a name, each as its syllables."""
    each = [_syllables(character) for character in plain]
    return islice(product(*(options for options in each if options)), _MOST_READINGS)


@lru_cache(maxsize=30_000)
def _syllables(character: str) -> tuple[str, ...]:
    """The readings of one character without tones, likeliest first; a letter reads as itself."""
    if character.isascii():
        return (character,) if character.isalnum() else ()
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(found[0])) if found else ()
