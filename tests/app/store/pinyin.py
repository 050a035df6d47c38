"""The table of readings, made from pypinyin: `python -m tests.app.store.pinyin` writes it.

When it has changed, raise `app.store.search.TERMS`.
"""

from __future__ import annotations

import os

import msgspec

import resources
from app.store.readings import FILE, Table


def table() -> bytes:
    os.environ["PYPINYIN_NO_PHRASES"] = "true"  # characters are read one by one
    from pypinyin import Style, constants, pinyin

    found: dict[str, str] = {}
    for character in map(chr, sorted(constants.PINYIN_DICT)):
        (each,) = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
        found[character] = " ".join(dict.fromkeys(each))
    readings = tuple(sorted(set(found.values())))
    place = {reading: number for number, reading in enumerate(readings)}
    places = b"".join(place[reading].to_bytes(2, "little") for reading in found.values())
    return msgspec.msgpack.encode(Table(readings, "".join(found), places))


if __name__ == "__main__":
    resources.path(FILE).write_bytes(table())
