"""Whether two requests may be one: the same person by number, or by a name that sounds alike and something more.

Two requests of one person with the same number are of the same person.
Where a number is lacking or another, the name must be the same (however it is spaced, spelt or turned around),
or sound alike with one character written otherwise, or be the former name;
and the telephone, the birthday or the address must agree. A person says what it is.

So that nobody has to look through all cases, each has a few keys: one for each number,
one for each way a name sounds with marks of what would confirm it. Requests that may be one share a key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from typing import Final, NamedTuple
from zlib import crc32

import msgspec

from app.domain import addresses
from app.domain.case import Case, State
from app.domain.events import Party, PartyRole
from app.domain.regions import RegionCode
from app.store import search

KEYS = 1
"""Raised when the same case gets other keys, or another likeness, than before (`app.store.learning`)."""
_MATTER_OF: Final = frozenset({PartyRole.APPLICANT, PartyRole.BENEFICIARY, PartyRole.MEMBER})
"""Whose matter a request is: who only carries it, acts for somebody or collects, does so for many."""
_NAMED: Final = frozenset({PartyRole.APPLICANT, PartyRole.BENEFICIARY})
WITHOUT_RESULT: Final = frozenset(
    {State.REFUSED, State.LAPSED, State.WITHDRAWN, State.VOIDED, State.DESTROYED}
)
"""Whoever met one of these may ask again."""
_LONGEST_NAME: Final = 60
_SHORTEST_NUMBER: Final = 4
_OWN_NUMBER: Final = 8
"""Shorter ones, 123456, are written for many who have none."""
_SHORTEST_PHONE: Final = 7
_BIRTH: Final = slice(6, 14)
_ID_LENGTH: Final = 18
_DOTS: Final = re.compile(r"[·•・‧∙.．]")
_ASCII: Final = re.compile(r"[a-z]")
_MARK: Final = 0xFFFFFF


class Strength(StrEnum):
    """How sure it is that two requests are of one person."""

    SAME = "same"
    POSSIBLE = "possible"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return {"same": "同一人", "possible": "可能同一人"}[self]


class Reason(StrEnum):
    """What two requests have alike."""

    NUMBER = "number"
    MEMBER = "member"
    NAME = "name"
    TURNED = "turned"
    SOUND = "sound"
    FORMER = "former"
    PHONE = "phone"
    BIRTHDAY = "birthday"
    ADDRESS = "address"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return _LABELS[self]


_LABELS = {
    Reason.NUMBER: "证件号码相同",
    Reason.MEMBER: "家庭成员的证件号码相同",
    Reason.NAME: "姓名相同",
    Reason.TURNED: "姓名前后颠倒",
    Reason.SOUND: "姓名同音",
    Reason.FORMER: "与曾用名相符",
    Reason.PHONE: "电话相同",
    Reason.BIRTHDAY: "出生日期相同",
    Reason.ADDRESS: "住址相近",
}


class Likeness(msgspec.Struct, frozen=True, kw_only=True):
    """How sure, and why; the reasons in the order of `Reason`."""

    strength: Strength
    reasons: tuple[Reason, ...]

    @property
    def words(self) -> str:
        return "，".join(reason.label for reason in self.reasons)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What of a request, registered or still being filled in, is compared."""

    item: str
    on: date
    region: RegionCode
    parties: tuple[Party, ...]


class Key(NamedTuple):
    """`key` is a hash, `party` a place among the parties.

    The marks are short hashes of what would confirm a name, None for what is not known.
    A key of a number has the mark 0 for a telephone, which agrees with itself.
    """

    key: int
    party: int
    phone: int | None
    birthday: int | None
    address: int | None


def asked_of(case: Case) -> Asked | None:
    """None for a case that repeats nothing: a part of a joint handling, and one that ended without a result."""
    if case.parent is not None or case.state in WITHOUT_RESULT:
        return None
    return Asked(item=case.item, on=case.received_on, region=case.region, parties=case.parties)


# --- keys -----------------------------------------------------------------------------------------


def keys_of(case: Case) -> tuple[Key, ...]:
    """What a registered case is found by: nothing for one that repeats nothing."""
    asked = asked_of(case)
    return () if asked is None else tuple(keys(asked))


def keys(asked: Asked) -> Iterator[Key]:
    for place, party in enumerate(asked.parties):
        if party.role not in _MATTER_OF:
            continue
        for number in _numbers(party):
            yield Key(_hash("n", number), place, 0, None, None)
        if party.role not in _NAMED:
            continue
        phone, birthday = _phone(party), _birthday(party)
        gist = addresses.gist(party.address) if party.address else ""
        if not (phone or birthday or gist):
            continue  # a name alone is no reason to think of anybody
        marks = _mark(phone), _mark(birthday), _mark(gist)
        for sound in _sounds(party):
            yield Key(_hash("s", sound), place, *marks)


def _hash(kind: str, text: str) -> int:
    digest = blake2b(f"{kind}{text}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _mark(text: str) -> int | None:
    return (crc32(text.encode()) & _MARK) + 1 if text else None


def _number(party: Party) -> str:
    number = search.normal(party.id_number)
    return number if len(number) >= _SHORTEST_NUMBER and len(set(number)) > 1 else ""


def _numbers(party: Party) -> Iterable[str]:
    """What a number is found by: one that is too short to be somebody's own, together with the name."""
    number = _number(party)
    if len(number) >= _OWN_NUMBER or not number:
        return (number,) if number else ()
    return [f"{number} {sound}" for sound in _sounds(party)]


def _one_number(this: Party, that: Party) -> bool:
    number = _number(this)
    if not number or number != _number(that):
        return False
    return len(number) >= _OWN_NUMBER or _named_alike(this, that) is not None


def _phone(party: Party) -> str:
    digits = search.normal(party.phone)
    if not digits.isdecimal():
        digits = "".join(filter(str.isdecimal, digits))
    return digits if len(digits) >= _SHORTEST_PHONE else ""


def _birthday(party: Party) -> str:
    number = search.normal(party.id_number)
    return number[_BIRTH] if len(number) == _ID_LENGTH and number[:-1].isdigit() else ""


# --- names ----------------------------------------------------------------------------------------


def _sounds(party: Party) -> frozenset[str]:
    """How each of a party's names sounds, whole, and with its parts in a fixed order where it has dots."""
    found = frozenset(_sounds_of(party.name))
    return found.union(_sounds_of(party.other_name)) if party.other_name else found


def _sounds_of(name: str) -> Iterator[str]:
    parts = _parts(name)
    if parts:
        yield _sound("".join(parts))
    if len(parts) > 1:
        yield "|".join(sorted(map(_sound, parts)))


def _parts(name: str) -> list[str]:
    """买买提·吐尔逊 has two."""
    if name.isalpha():
        return [search.letters(name)[:_LONGEST_NAME]]
    narrow = unicodedata.normalize("NFKC", name)[:_LONGEST_NAME]
    return [part for part in map(search.letters, _DOTS.split(narrow)) if part]


def _sound(letters: str) -> str:
    """In pinyin, each character in its likeliest way; a rare one that was typed in letters sounds the same."""
    return "".join([(search.syllables(one) or (one,))[0] for one in letters])


def _named_alike(one: Party, other: Party) -> Reason | None:
    """How the names of two parties are alike, the strongest way."""
    found = _alike(one.name, other.name)
    if found is not None:
        return found
    former = [(one.other_name, other.name), (one.name, other.other_name)]
    former.append((one.other_name, other.other_name))
    if any(this and that and _alike(this, that) for this, that in former):
        return Reason.FORMER
    return None


def _alike(one: str, other: str) -> Reason | None:
    this, that = _parts(one), _parts(other)
    if not this or not that:
        return None
    whole, whole_other = "".join(this), "".join(that)
    if whole == whole_other:
        return Reason.NAME
    if len(this) > 1 and sorted(map(_sound, this)) == sorted(map(_sound, that)):
        return Reason.TURNED
    if _sound(whole) != _sound(whole_other):
        return None
    if _ASCII.search(whole) or _ASCII.search(whole_other):
        return Reason.SOUND
    if len(whole) != len(whole_other):
        return None
    differing = sum(a != b for a, b in zip(whole, whole_other, strict=True))
    return Reason.SOUND if differing == 1 else None


# --- comparing ------------------------------------------------------------------------------------


def compare(one: Asked, other: Asked) -> Likeness | None:
    """Whether these may be requests of one person; the order does not matter. Item and day are not asked here."""
    if _of_others(one, other):
        return None
    reasons = set(_reasons(one, other))
    if not reasons:
        return None
    return Likeness(
        strength=Strength.SAME if Reason.NUMBER in reasons else Strength.POSSIBLE,
        reasons=tuple(reason for reason in Reason if reason in reasons),
    )


def _of_others(one: Asked, other: Asked) -> bool:
    """Whether both are for somebody else than the applicant, but not for the same: a mother for each child of hers."""
    these, those = _beneficiaries(one), _beneficiaries(other)
    if not these or not those:
        return False
    return not any(
        _one_number(this, that) or _named_alike(this, that) for this in these for that in those
    )


def _beneficiaries(asked: Asked) -> list[Party]:
    return [party for party in asked.parties if party.role is PartyRole.BENEFICIARY]


def _reasons(one: Asked, other: Asked) -> Iterator[Reason]:
    same_region = one.region == other.region
    for this in _of_the_matter(one.parties):
        for that in _of_the_matter(other.parties):
            named = this.role in _NAMED and that.role in _NAMED
            if _one_number(this, that):
                yield Reason.NUMBER if named else Reason.MEMBER
                name = _named_alike(this, that) if named else None
                if name is not None:
                    yield name
            elif named:
                yield from _confirmed(this, that, same_region=same_region)


def _of_the_matter(parties: Iterable[Party]) -> list[Party]:
    return [party for party in parties if party.role in _MATTER_OF]


def _confirmed(this: Party, that: Party, *, same_region: bool) -> Iterator[Reason]:
    """A name that is alike, with what confirms it."""
    name = _named_alike(this, that)
    if name is None:
        return
    confirming = []
    if _phone(this) and _phone(this) == _phone(that):
        confirming.append(Reason.PHONE)
    if _birthday(this) and _birthday(this) == _birthday(that):
        confirming.append(Reason.BIRTHDAY)
    if addresses.similar(this.address, that.address, same_region=same_region):
        confirming.append(Reason.ADDRESS)
    if confirming:
        yield name
        yield from confirming
