"""What every sentence needs: names of places and materials, days, joining; and the table of sentences by body."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import singledispatch

import msgspec

from app.domain.events import Body
from app.domain.items import Item
from app.domain.limits import Unit
from app.domain.publications import Publications
from app.domain.regions import RegionCode, UnknownRegion, place_name
from app.journal.refs import Ref


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """Where names are looked up. `official_number`: the case's, empty as long as nobody took it over."""

    publications: Publications
    item: Item
    official_number: str = ""

    def place(self, region: str) -> str:
        """湖塘村; the code where the table of regions does not have it."""
        try:
            return place_name(self.publications.tree.region(RegionCode(region)))
        except UnknownRegion:
            return region

    def person(self, ref: Ref) -> str:
        card = self.publications.operators.get(ref)
        return "一位同事" if card is None else f"{self.place(card.region)}的{card.name}"

    def materials(self, indexes: Iterable[int]) -> str:
        asked = self.item.materials
        return "、".join(asked[index].name for index in indexes if 0 <= index < len(asked))


@singledispatch
def tell(body: Body, telling: Telling) -> str:
    """What was done, without who did it. A body of which nothing is said yet has no words of its own."""
    return "写下一条记录"


def day(one: date) -> str:
    """2026年11月21日."""
    return f"{one.year}年{one.month}月{one.day}日"


def span(days: int, unit: Unit) -> str:
    """3 个工作日, 30 日."""
    return f"{days} {unit.label}"


def joined(*parts: str) -> str:
    return "，".join(part.rstrip("。") for part in parts if part)


def said(words: str, label: str = "") -> str:
    """：不在本辖区; nothing where nothing was said."""
    text = " ".join(words.split())
    return "" if not text else f"{label}：{text}"


def numbered(lines: Iterable[str]) -> str:
    """Each on a line of its own, with its number."""
    return "".join(f"\n{place}. {line}" for place, line in enumerate(lines, 1))
