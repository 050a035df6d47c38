"""Whether what somebody typed in pinyin spells a part of a name: 就业登记 by jydj, jiuyedengji, jydengj."""

from __future__ import annotations

from functools import lru_cache

from app.store import search

_LONGEST_TYPED = 60  # letters

Spelt = tuple[tuple[str, ...], ...]
"""The readings of each character; of what has none, nothing is here."""


def place(typed: str, name: str) -> int | None:
    """At which character the part begins; each of its characters may be an initial or spelt, the last one in part."""
    letters = search.letters(typed)[:_LONGEST_TYPED]
    if not letters.isascii() or not letters:
        return None
    spelt, beginnings = _spelt(name)
    for start, firsts in enumerate(beginnings):
        if letters[0] in firsts and _spells(letters, spelt, start):
            return start
    return None


def _spells(letters: str, spelt: Spelt, start: int) -> bool:
    reached = {0}
    for readings in spelt[start:]:
        further: set[int] = set()
        for at in reached:
            rest = letters[at:]
            for syllable in readings:
                if syllable.startswith(rest):
                    return True
                further |= {at + len(one) for one in _short(syllable) if rest.startswith(one)}
        if not further:
            return False
        reached = further
    return False


@lru_cache(maxsize=1000)
def _short(syllable: str) -> tuple[str, ...]:
    """How people type a syllable within a name: whole, or its initial, zh and the like with or without the h."""
    initial = syllable[:2] if syllable[1:2] == "h" else syllable[:1]
    return tuple({syllable, syllable[0], initial})


@lru_cache(maxsize=8000)  # a catalogue has some hundred names, and its versions nearly the same
def _spelt(name: str) -> tuple[Spelt, tuple[str, ...]]:
    spelt = tuple(filter(None, map(search.syllables, search.letters(name))))
    return spelt, tuple("".join({syllable[0] for syllable in each}) for each in spelt)
