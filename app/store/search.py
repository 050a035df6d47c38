"""Search text: what is written for a name, and what is asked for a query.

A name is cut into all its pieces of one to three characters, its pinyin initials into all theirs of one to four,
and its full pinyin into what follows each syllable's start, whole and its first two to six letters.
So every question is one look-up of a term (or a few that must all be there), never a scan of positions,
and FTS5 keeps only which case holds which term.

A number is a term as it is and one backwards, each behind a mark, and FTS5 lists its terms in order (`case_term`):
what begins or ends with some digits is a range of them, read until enough are found.
A B-tree would answer as well, but each case would change five of its pages far apart, and each page is encrypted anew.

What people say of themselves, a birthday or the last four digits of a number, are terms behind a mark of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product

import msgspec

from app.store import readings

_LONGEST_NAME = 60  # characters; what somebody hostile adds to a name is not found
_LONGEST_PIECE = 3
_LONGEST_INITIALS = 4
_SPELT = range(2, 7)  # letters of pinyin; one is an initial, zhuang is the longest syllable
_MOST_READINGS = 6
_LONGEST_PERSON = 5  # characters; whoever has more is an organisation, read in the likeliest way
_INITIALS, _SYLLABLES = "0", "1"
_FORWARD, _BACKWARD = "<", ">"
_SAID = "-"
_BIRTH = slice(6, 14)  # in a resident identity number: year, month, day
_YEAR = 4
_ID_LENGTH = 18
_ENDS_A_TERM = re.compile(r"[^\w-]|_")
_PAST_ALL = "\U0010ffff"
SHORTEST_SUFFIX = 4
TERMS = 2
"""Raised when `terms` gives others than before (`app.store.readings` counts): FTS5 forgets a row only by its old terms,
so a store is then read anew (`app.store.learning`)."""
_UNSEEN = {"Cc", "Cf", "Cs"}
SEARCHED = "applicant, local_number, official_number, other_numbers, id_number, phone"
"""The columns of a row that the search is made from, as `Searched` has them."""


class Searched(msgspec.Struct, frozen=True, array_like=True):
    """What of a row the search is made from."""

    applicant: str
    local_number: str
    official_number: str | None
    other_numbers: str
    id_number: str
    phone: str

    @property
    def numbers(self) -> tuple[str | None, ...]:
        others = self.other_numbers.split()
        return (self.local_number, self.official_number, *others, self.id_number, self.phone)

    @property
    def terms(self) -> str:
        return terms(self.applicant, self.numbers, self.id_number, self.phone)


def normal(text: str) -> str:
    """Text as it is compared: compatibility forms folded, lower case, no spaces, name dots or marks nobody sees."""
    if text.isascii() and text.isprintable():
        return text.replace(" ", "").casefold()
    folded = unicodedata.normalize("NFKC", text).casefold()
    return folded if folded.isalnum() else "".join(filter(_is_seen, folded))


@lru_cache(maxsize=1_000)  # a name is asked about several times in a row
def letters(text: str) -> str:
    """The same without ASCII punctuation, which splits terms: 桂林(七星)公司 is 桂林七星公司."""
    plain = normal(text)
    if plain.isalnum():
        return plain
    return "".join(
        character for character in plain if not character.isascii() or character.isalnum()
    )


def terms(name: str, numbers: Iterable[str | None], id_number: str = "", phone: str = "") -> str:
    """All under which a case is found, separated by spaces."""
    every = _pieces(name)
    every += number_terms(numbers)
    every += _said(id_number, phone)
    return " ".join(dict.fromkeys(every))


def _pieces(name: str) -> list[str]:
    plain = letters(name)[:_LONGEST_NAME]
    pieces = _cuts(plain, _LONGEST_PIECE)
    readings = _readings(plain)
    for initials in dict.fromkeys(["".join([one[0] for one in reading]) for reading in readings]):
        pieces += _initial_pieces(initials)
    ends = ["".join(reading[start:]) for reading in readings for start in range(len(reading))]
    for spelt in dict.fromkeys(ends):
        pieces.append(_SYLLABLES + spelt)
        pieces += _beginnings(spelt[: _SPELT.stop - 1])
    return pieces


def question(text: str) -> str | None:
    """The FTS5 query for what a person typed; None if nothing in it can be asked."""
    plain = letters(text)
    if not plain:
        return None
    if plain.isascii():
        initials = _all(_INITIALS + cut for cut in _cover(plain, _LONGEST_INITIALS))
        as_written = _all(_cover(plain, _LONGEST_PIECE))
        # A beginning that has no term of its own is asked for as a range: by then few names are left.
        begins = " *" if len(plain) >= _SPELT.stop else ""
        return f'({initials}) OR "{_SYLLABLES}{plain}"{begins} OR ({as_written})'
    return _all(_cover(plain, _LONGEST_PIECE))


def needs_check(text: str) -> bool:
    """Whether a name found may hold the pieces of a query without holding it whole."""
    plain = letters(text)
    return not plain.isascii() and len(plain) > _LONGEST_PIECE


def number_term(number: str) -> str:
    """The term of a whole number."""
    return _FORWARD + _number(number)


def number_ranges(text: str) -> list[tuple[str, str]]:
    """The ranges of terms in which a typed number may lie: as a beginning, and if long enough as an end."""
    plain = _number(text)
    if not plain:
        return []
    starts = [_FORWARD + plain]
    if len(plain) >= SHORTEST_SUFFIX:
        starts.append(_BACKWARD + plain[::-1])
    return [(start, start + _PAST_ALL) for start in starts]


def number_terms(numbers: Iterable[str | None]) -> list[str]:
    """The terms of whole numbers, each as it is and backwards."""
    found = []
    for number in numbers:
        plain = _number(number) if number else ""
        if plain:
            found += [_FORWARD + plain, _BACKWARD + plain[::-1]]
    return found


def _number(text: str) -> str:
    """A number as its term has it: only what does not end a term."""
    if text.isalnum() and text.isascii():
        return text.casefold()
    plain = normal(text)
    return plain if plain.replace("-", "").isalnum() else _ENDS_A_TERM.sub("", plain)


def said_question(text: str) -> str | None:
    """The FTS5 query for four digits (of a number's end, of a birthday) or the eight of a day of birth."""
    plain = _number(text)
    return f'"{_SAID}{plain}"' if len(plain) in (_YEAR, _BIRTH.stop - _BIRTH.start) else None


def _said(id_number: str, phone: str) -> list[str]:
    """The last four of each number, and the birthday with and without its year."""
    number = _number(id_number)
    said = [
        _SAID + one[-SHORTEST_SUFFIX:]
        for one in (number, _number(phone))
        if len(one) >= SHORTEST_SUFFIX
    ]
    if len(number) == _ID_LENGTH and number[:-1].isdigit():
        born = number[_BIRTH]
        said += [_SAID + born, _SAID + born[_YEAR:]]
    return said


def looks_like_number(text: str) -> bool:
    plain = normal(text)
    return plain.isascii() and any(character.isdigit() for character in plain)


@lru_cache(maxsize=20_000)
def _beginnings(spelt: str) -> tuple[str, ...]:
    return tuple([_SYLLABLES + spelt[:length] for length in _SPELT if length <= len(spelt)])


@lru_cache(maxsize=20_000)
def _initial_pieces(initials: str) -> tuple[str, ...]:
    return tuple([_INITIALS + cut for cut in _cuts(initials, _LONGEST_INITIALS)])


def _cuts(text: str, longest: int) -> list[str]:
    cuts = list(text)
    for length in range(2, min(longest, len(text)) + 1):
        cuts += [text[start : start + length] for start in range(len(text) - length + 1)]
    return cuts


def _cover(text: str, longest: int) -> Iterator[str]:
    """The longest pieces that together cover a text."""
    if len(text) <= longest:
        yield text
    else:
        for start in range(len(text) - longest + 1):
            yield text[start : start + longest]


def _all(terms: Iterable[str]) -> str:
    return " AND ".join(f'"{term}"' for term in terms)


def _readings(plain: str) -> list[tuple[str, ...]]:
    """The likeliest ways to read a name, each as its syllables; the surname, asked for most, varies first."""
    each = [options for options in map(syllables, plain) if options]
    most = _MOST_READINGS if len(each) <= _LONGEST_PERSON else 1
    return [reading[::-1] for reading in islice(product(*reversed(each)), most)]


@lru_cache(maxsize=30_000)
def syllables(character: str) -> tuple[str, ...]:
    """The readings of one character without tones, likeliest first; a letter reads as itself."""
    if character.isascii():
        return (character,) if character.isalnum() else ()
    return readings.of(character)


def _is_seen(character: str) -> bool:
    """Not a space, name dot, control character, half of a pair, or choice of a glyph's variant."""
    if character.isspace() or character == "·":
        return False
    return not (
        unicodedata.category(character) in _UNSEEN
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )
