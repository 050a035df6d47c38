"""Addresses as people say them: 湖塘村三组12号 and 朝阳乡湖塘村委会3组12号 may be one house."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

_LEVELS: Final = {
    "自治区": 1, "省": 1, "市": 2, "区": 3, "县": 3, "旗": 3, "街道": 4, "乡": 4, "镇": 4,
    "社区": 5, "村": 5, "屯": 6, "寨": 6, "街": 6, "路": 6, "巷": 6, "弄": 6, "坊": 6,
}  # fmt: skip
_TOWNSHIP, _VILLAGE = 4, 5
_PLACE: Final = re.compile(
    r"([^0-9省市区县旗乡镇村屯寨街路巷弄坊]{1,12}?)"
    r"(自治区|街道|社区|省|市|区|县|旗|乡|镇|村|屯|寨|街|路|巷|弄|坊)"
)
_OFFICES: Final = (
    (re.compile(r"村(?:民)?委(?:员)?会"), "村"),
    (re.compile(r"(?:社区)?居(?:民)?委(?:员)?会"), "社区"),
    (re.compile(r"街道办(?:事处)?"), "街道"),
    (re.compile(r"(?:村民)?小组"), "组"),
)
_DIGITS: Final = "零一二三四五六七八九"
_WRITTEN: Final = re.compile(r"[零〇一二三四五六七八九十]{1,3}(?=[组队号栋幢座室楼层户社]|单元)")
_NUMBER: Final = re.compile(r"[0-9]{1,6}")


class Address(NamedTuple):
    """`places` are (level, name) from large to small, without their 市, 乡, 村; `numbers` of group, house, room."""

    places: tuple[tuple[int, str], ...]
    numbers: tuple[str, ...]


def numbers(text: str) -> tuple[str, ...]:
    """The numbers of group, house and room: 三组12号 is 3, 12."""
    return tuple(one.lstrip("0") or "0" for one in _NUMBER.findall(_plain(text)))


@lru_cache(
    maxsize=5_000
)  # the houses of some villages, and whoever lives there asks for many things
def gist(text: str) -> str:
    """What two similar addresses have alike: the numbers, else the end of the smallest place; empty if neither."""
    found = numbers(text)
    if found:
        return "-".join(found)
    places = parts(text).places
    return max(places)[1][-1:] if places else ""


def parts(text: str) -> Address:
    """What of an address can be compared."""
    plain = _plain(text)
    for office, place in _OFFICES:
        plain = office.sub(place, plain)
    places = tuple((_LEVELS[sign], name) for name, sign in _PLACE.findall(plain))
    return Address(places, tuple(one.lstrip("0") or "0" for one in _NUMBER.findall(plain)))


def similar(one: str, other: str, *, same_region: bool) -> bool:
    """Whether two addresses may be one: the same numbers, and no place that contradicts another.

    A township or smaller place must be named in both, unless the papers came in under one region.
    Without any number a village or smaller place must be: a town is nobody's address.
    """
    if not one.strip() or not other.strip():
        return False
    this, that = parts(one), parts(other)
    if this.numbers != that.numbers:
        return False
    theirs = dict(that.places)
    shared = [(level, name, theirs[level]) for level, name in this.places if level in theirs]
    # What stands before the first sign may hold a larger place without its sign: 广西桂林市.
    if not all(name.endswith(their) or their.endswith(name) for _, name, their in shared):
        return False
    deepest = max((level for level, _, _ in shared), default=0)
    if this.numbers:
        return same_region or deepest >= _TOWNSHIP
    return deepest >= _VILLAGE


def _plain(text: str) -> str:
    narrow = unicodedata.normalize("NFKC", text)
    return _WRITTEN.sub(_in_digits, narrow)


def _in_digits(written: re.Match[str]) -> str:
    """十二 is 12, 二十 is 20, 一〇三 is 103."""
    said = written[0].replace("〇", "零")
    tens, ten, ones = said.partition("十")
    if not ten:
        return "".join(str(_DIGITS.index(one)) for one in said)
    if len(tens) > 1 or len(ones) > 1:  # no number that anybody writes so
        return said
    return str((_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0))
