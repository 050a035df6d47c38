"""How characters are read, in pinyin without tones: a small table that travels with the program.

It says what pypinyin says. That library's own table is a dictionary of 42,000 strings:
it costs 8 MB of memory, and nobody can type for as long as it is being loaded.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from functools import cache
from typing import Final

import msgspec

import resources

FILE: Final = "pinyin/readings.msgpack"


class Table(msgspec.Struct, frozen=True, array_like=True):
    """`characters` in the order of their code points; `places` has for each, as two bytes, its place in `readings`.

    A reading lists syllables, likeliest first, with spaces between.
    """

    readings: tuple[str, ...]
    characters: str
    places: bytes


def of(character: str) -> tuple[str, ...]:
    """Likeliest first; nothing for what is no Chinese character."""
    readings, characters, places = _table()
    at = bisect_left(characters, character)
    if characters[at : at + 1] != character:
        return ()
    return tuple(readings[places[at]].split())


@cache
def _table() -> tuple[tuple[str, ...], str, array[int]]:
    table = msgspec.msgpack.decode(resources.read_bytes(FILE), type=Table)
    places = array("H", table.places)
    if sys.byteorder == "big":
        places.byteswap()
    return table.readings, table.characters, places
