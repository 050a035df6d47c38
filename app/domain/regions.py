"""The tree of administrative regions, as the district publishes it.

The tree is a table with from, until and successor, not prefixes of codes:
villages move, townships merge, development zones have odd codes.
Codes are those of GB/T 2260 and its extension to villages, 6 to 12 digits.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import IntEnum
from typing import NewType

import msgspec

from app.domain.faults import Faulty
from app.errors import Refused

RegionCode = NewType("RegionCode", str)

_CODE = re.compile(r"[0-9]{6,12}")
COLUMNS = ("code", "name", "tier", "parent", "since", "until", "successor")
_NEEDED = COLUMNS[:4]
_LARGEST_TABLE_CHARACTERS = 8 * 1024 * 1024
_LONGEST_NAME = 60
_LONGEST_SUCCESSION = 16


class UnknownRegion(Refused):
    """No region of the table has this code (fact: region)."""

    code = "unknown_region"


class BadRegions(Faulty):
    """A table of regions that cannot be used; `faults` names everything that is wrong with it."""

    code = "bad_regions"


class Tier(IntEnum):
    """A level of the tree; a higher tier compares greater."""

    VILLAGE = 1
    TOWNSHIP = 2
    DISTRICT = 3

    @property
    def word(self) -> str:
        """The name in tables and in JSON: village, township, district."""
        return self.name.lower()

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return _TIER_LABELS[self]


_TIER_LABELS = {Tier.VILLAGE: "村级", Tier.TOWNSHIP: "镇街级", Tier.DISTRICT: "区级"}
_TIERS_BY_WORD = {tier.word: tier for tier in Tier}

STATION_TEMPLATES = {
    Tier.VILLAGE: "{name}政务服务站",
    Tier.TOWNSHIP: "{name}政务服务中心",
    Tier.DISTRICT: "{name}政务服务中心",
}

# What a committee's name ends with, longest first, and what its place is called without it.
_COMMITTEES = (
    ("社区居民委员会", "社区"),
    ("社区居委会", "社区"),
    ("居民委员会", "社区"),
    ("居委会", "社区"),
    ("村村民委员会", "村"),
    ("村民委员会", "村"),
    ("村村委会", "村"),
    ("村委会", "村"),
    ("管理委员会", ""),
    ("管委会", ""),
)


class Region(msgspec.Struct, frozen=True, array_like=True):
    """One row of the table; `until` is its last day, `successor` the region it went into."""

    code: RegionCode
    name: str
    tier: Tier
    parent: RegionCode | None = None
    since: date | None = None
    until: date | None = None
    successor: RegionCode | None = None


class RegionTree:
    """The table, asked by code.

    A region that has a successor is read at the successor's place:
    what was under a village that moved to another township is under that township.
    A successor counts from the day it is published, since a fold never asks today's date.
    """

    def __init__(self, rows: Iterable[Region]) -> None:
        """Raise BadRegions if the rows do not make a tree."""
        self.rows: tuple[Region, ...] = tuple(rows)
        faults = table_faults(self.rows)
        if faults:
            raise BadRegions(faults)
        self._by_code: dict[str, Region] = {row.code: row for row in self.rows}
        self._chains: dict[str, tuple[RegionCode, ...]] = {}

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def region(self, code: RegionCode) -> Region:
        """Raise UnknownRegion if the table has no such code."""
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownRegion(region=code) from None

    def parent(self, code: RegionCode) -> RegionCode | None:
        """The parent as the row states it, successors not followed."""
        return self.region(code).parent

    def children(self, code: RegionCode) -> tuple[Region, ...]:
        """The rows that name this region as their parent, abolished ones too, in table order."""
        above = self.region(code).code
        return tuple(row for row in self.rows if row.parent == above)

    def ancestors(self, code: RegionCode) -> tuple[RegionCode, ...]:
        """What stands above a region, nearest first, itself left out; successors count.

        An abolished village yields its successor first, then what is above the successor.
        An abolished township stays in the list, before the one that took its place.
        """
        chain = self._chains.get(code)
        if chain is None:
            row = self.region(code)
            above = row.successor or row.parent
            chain = () if above is None else (above, *self.ancestors(above))
            self._chains[code] = chain
        return chain

    def under(self, code: RegionCode, above: RegionCode) -> bool:
        """Whether `code` is `above` or lies under it in the tree as published."""
        return code == above or above in self.ancestors(code)

    def present(self, code: RegionCode) -> RegionCode:
        """Where a region stands today: itself, or the region that it went into in the end."""
        row = self.region(code)
        while row.successor is not None:
            row = self.region(row.successor)
        return row.code

    def at_tier(self, code: RegionCode, tier: Tier) -> RegionCode | None:
        """The region itself or the one above it at `tier`, at today's place; None if there is none.

        A district has no village; a village straight under its district has no township.
        """
        found = None
        for place in (code, *self.ancestors(code)):
            if self._by_code[place].tier is tier:
                found = place  # the last one: a successor stands after what it replaced
        return found


def place_name(region: Region) -> str:
    """The region's name without the committee that governs it: 湖塘村民委员会 is 湖塘村."""
    for committee, place in _COMMITTEES:
        stem = region.name.removesuffix(committee)
        if stem and stem != region.name:
            return stem + place
    return region.name


def station_name(region: Region, template: str | None = None) -> str:
    """The station's name by the district's template, in which {name} is the place's name.

    Without a template the tier's own in STATION_TEMPLATES is used.
    """
    return (template or STATION_TEMPLATES[region.tier]).replace("{name}", place_name(region))


def read_table(raw: bytes) -> tuple[Region, ...]:
    """Read a table as a spreadsheet saves it, in UTF-8 or GB 18030. Raises BadRegions as `read_regions` does."""
    for encoding in ("utf-8", "gb18030"):
        try:
            text_csv = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return read_regions(text_csv)
    raise BadRegions(["文件既不是 UTF-8 也不是 GB 18030 的文本"])


def read_regions(text_csv: str) -> tuple[Region, ...]:
    """Read a table with the columns code, name, tier, parent and perhaps since, until, successor.

    Tiers are written village, township, district; days as 2026-11-21.
    Raises BadRegions with every fault of the text and of the tree that it describes.
    """
    if len(text_csv) > _LARGEST_TABLE_CHARACTERS:
        raise BadRegions([f"文件超过 {_LARGEST_TABLE_CHARACTERS} 个字符"])
    reader = csv.DictReader(io.StringIO(text_csv.removeprefix("\ufeff"), newline=""), strict=True)
    faults: list[str] = []
    rows: list[Region] = []
    try:
        heads = tuple(reader.fieldnames or ())
        faults += [f"缺少列 {name}" for name in _NEEDED if name not in heads]
        faults += [f"没有列 {name!r:.40}" for name in heads if name not in COLUMNS]
        faults += [f"列 {name} 重复" for name in COLUMNS if heads.count(name) > 1]
        if faults:
            raise BadRegions(faults)
        for cells in reader:
            row, wrong = _read_row(cells)
            faults += [f"第 {reader.line_num} 行：{what}" for what in wrong]
            rows += [row] if row else []
    except csv.Error as error:
        faults.append(f"第 {reader.line_num} 行：不是 CSV（{error}）")
    faults += table_faults(rows)
    if not rows and not faults:
        faults.append("没有任何区划")
    if faults:
        raise BadRegions(faults)
    return tuple(rows)


def _read_row(cells: Mapping[str | None, object]) -> tuple[Region | None, list[str]]:
    """One line as a row, and what is wrong with it; without a tier it is no row."""
    if None in cells or any(cells[name] is None for name in _NEEDED):
        return None, ["列数不对"]
    text = {name: str(cells.get(name) or "").strip() for name in COLUMNS}
    faults: list[str] = []
    days: dict[str, date | None] = {}
    for name in ("since", "until"):
        try:
            days[name] = date.fromisoformat(text[name]) if text[name] else None
        except ValueError:
            faults.append(f"{name} 应为日期，实为 {text[name]!r:.40}")
            days[name] = None
    tier = _TIERS_BY_WORD.get(text["tier"])
    if tier is None:
        words = "、".join(_TIERS_BY_WORD)
        return None, [*faults, f"tier 应为 {words} 之一，实为 {text['tier']!r:.40}"]
    row = Region(
        code=RegionCode(text["code"]),
        name=text["name"],
        tier=tier,
        parent=RegionCode(text["parent"]) if text["parent"] else None,
        since=days["since"],
        until=days["until"],
        successor=RegionCode(text["successor"]) if text["successor"] else None,
    )
    return row, faults


def table_faults(rows: Iterable[Region]) -> list[str]:
    """Everything that keeps rows from being a tree: codes, names, parents, successors, days."""
    by_code: dict[str, Region] = {}
    faults: list[str] = []
    for row in rows:
        if row.code in by_code:
            faults.append(f"{row.code}：代码重复")
        by_code[row.code] = row
    for row in by_code.values():
        faults += [f"{row.code!s:.20}：{what}" for what in _row_faults(row, by_code)]
    return faults


def _row_faults(row: Region, by_code: Mapping[str, Region]) -> Iterable[str]:
    if not _CODE.fullmatch(row.code):
        yield "代码应为 6 至 12 位数字"
    if not row.name.strip() or not row.name.isprintable() or len(row.name) > _LONGEST_NAME:
        yield "名称为空、过长或含有不可见字符"
    if row.parent is None:
        if row.tier is not Tier.DISTRICT:
            yield "没有上级"
    elif row.parent not in by_code:
        yield f"上级 {row.parent:.20} 不在表中"
    elif by_code[row.parent].tier <= row.tier:
        yield f"上级 {row.parent} 的层级不高于本级"
    if row.since and row.until and row.until < row.since:
        yield "终止日期早于起始日期"
    if row.successor is not None:
        yield from _successor_faults(row, by_code)


def _successor_faults(row: Region, by_code: Mapping[str, Region]) -> Iterable[str]:
    if row.until is None:
        yield "有承接区划而没有终止日期"
    seen = {row.code}
    place = row
    while place.successor is not None:
        following = by_code.get(place.successor)
        if following is None:
            if place is row:
                yield f"承接区划 {row.successor:.20} 不在表中"
            return
        if place is row and following.tier is not row.tier:
            yield f"承接区划 {row.successor} 的层级不同"
        if following.code in seen or len(seen) > _LONGEST_SUCCESSION:
            yield "承接关系成环或过长"
            return
        seen.add(following.code)
        place = following
