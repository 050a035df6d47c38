"""The catalogue: the district's list of items, what is not issued here, and retired names.

A catalogue is read whole or not at all, and everything wrong with it is said at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

import msgspec

from app.domain.faults import Faulty, shape_faults
from app.domain.item_faults import ItemFault, item_faults, repeated, text_faults, texts
from app.domain.items import Item, missing_disclosures
from app.errors import Refused

LARGEST_CATALOGUE_BYTES = 8 * 1024 * 1024


class UnknownItem(Refused):
    """The catalogue has no such item (facts: item; near, those that may be meant, if `why` is near)."""

    code = "unknown_item"


class BadCatalogue(Faulty):
    """A catalogue that cannot be used; `faults` names item, field and what is wrong, each one."""

    code = "bad_catalogue"


class NotIssued(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate that a village must not issue, who is responsible, how the need is met.

    Source: 民发〔2020〕20号.
    """

    name: str
    ask_instead: str
    alternative: str


class Retirement(StrEnum):
    """What became of a name."""

    RENAMED = "renamed"
    ABOLISHED = "abolished"
    NOT_ISSUED_HERE = "not_issued_here"

    @property
    def label(self) -> str:
        """The Chinese for screens and sheets."""
        return {"renamed": "改了名称", "abolished": "已经取消", "not_issued_here": "不予开具"}[self]


class RetiredTerm(msgspec.Struct, frozen=True, kw_only=True):
    """A name that people still use; `now` is an item's or certificate's name, or says what is."""

    old: str
    now: str | None = None
    kind: Retirement
    since: str | None = None


class CatalogueMeta(msgspec.Struct, frozen=True, kw_only=True):
    """Where the catalogue comes from and what its fields mean; nothing here decides anything."""

    title: str
    provenance: str = ""
    status: str = ""
    checked: str = ""
    disclosures: dict[str, str] = {}
    count: int | None = None
    fields: dict[str, str] = {}
    not_issued_here: dict[str, str] = {}
    retired_terms: dict[str, str] = {}


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """A catalogue whose every item can be published."""

    meta: CatalogueMeta
    items: tuple[Item, ...]
    not_issued_here: tuple[NotIssued, ...] = ()
    retired_terms: tuple[RetiredTerm, ...] = ()

    def item(self, item_id: str) -> Item:
        """Raise UnknownItem if there is none of this id."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise UnknownItem(item=item_id)


def read_catalogue(data: bytes) -> Catalogue:
    """Read a catalogue (JSON, UTF-8), which may come from anybody.

    Raises BadCatalogue with every fault: of the form, or, if the form is right, of the matter.
    """
    if len(data) > LARGEST_CATALOGUE_BYTES:
        raise BadCatalogue([f"文件超过 {LARGEST_CATALOGUE_BYTES // 2**20} MB"])
    try:
        value = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise BadCatalogue(["不是 UTF-8 编码的 JSON"]) from error
    faults = _named(shape_faults(value, Catalogue), value)
    if not faults:
        catalogue = msgspec.convert(value, Catalogue)
        faults = list(_catalogue_faults(catalogue))
    if faults:
        raise BadCatalogue(faults)
    return catalogue


def _named(faults: list[str], value: object) -> list[str]:
    """Faults of the form with an item's id in place of its position."""
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, list):
        return faults
    names = {
        f"items[{number}]": str(item["id"])[:20]
        for number, item in enumerate(items, start=1)
        if isinstance(item, dict) and item.get("id")
    }
    return [_renamed(fault, names) for fault in faults]


def _renamed(fault: str, names: Mapping[str, str]) -> str:
    place = fault.split("]", 1)[0] + "]"
    return f"{names[place]} {fault[len(place) :].lstrip('.')}" if place in names else fault


def _catalogue_faults(catalogue: Catalogue) -> Iterable[str]:
    if not catalogue.items:
        yield "items：没有任何事项"
    if catalogue.meta.count not in (None, len(catalogue.items)):
        yield f"meta.count：为 {catalogue.meta.count}，实有 {len(catalogue.items)} 项"
    yield from (f"id：{one} 重复" for one in repeated(item.id for item in catalogue.items))
    yield from _name_faults(catalogue)
    for item in catalogue.items:
        yield from (f"{item.id} 八公开缺 {name}" for name in missing_disclosures(item))
        yield from (f"{item.id} {fault.text}" for fault in item_faults(item))


def _name_faults(catalogue: Catalogue) -> Iterator[str]:
    """One name, one meaning: a search must not find two things by it."""
    yield from (f"name：{name} 重复" for name in repeated(item.name for item in catalogue.items))
    for item in catalogue.items:
        for fault in name_faults(item, catalogue.items, catalogue.not_issued_here):
            yield f"{item.id} {fault.text}"
    notes = notes_faults(catalogue.items, catalogue.not_issued_here, catalogue.retired_terms)
    yield from (fault.text for fault in notes)


def name_faults(
    item: Item, others: Iterable[Item], not_issued_here: Iterable[NotIssued]
) -> Iterator[ItemFault]:
    """By which of its names an item could be taken for something else."""
    names = {other.name for other in others if other.id != item.id}
    aliases = {alias for other in others if other.id != item.id for alias in other.aliases}
    certificates = {one.name for one in not_issued_here}
    if item.name in names:
        yield ItemFault(field="name", what=f"{item.name} 重复")
    if item.name in aliases:
        yield ItemFault(field="name", what=f"{item.name} 是别的事项的别名")
    if item.name in certificates:
        yield ItemFault(field="name", what=f"{item.name} 是不予开具的证明")
    for alias in item.aliases:
        if alias in names or alias == item.name:
            yield ItemFault(field="aliases", what=f"{alias} 是事项的名称")
        if alias in certificates:
            yield ItemFault(field="aliases", what=f"{alias} 是不予开具的证明")


def notes_faults(
    items: Iterable[Item],
    not_issued_here: Sequence[NotIssued],
    retired_terms: Sequence[RetiredTerm],
) -> Iterator[ItemFault]:
    """What is wrong with what stands beside the items; `now` of a renamed term is a name or alias of an item."""
    items = tuple(items)
    names = {item.name for item in items}
    leads = names | {alias for item in items for alias in item.aliases}
    certificates: set[str] = set()
    for row, one in enumerate(not_issued_here):
        if one.name in certificates:
            yield _note("not_issued_here", row, "name", f"{one.name} 重复")
        if one.name in names:
            yield _note("not_issued_here", row, "name", f"{one.name} 是事项的名称")
        certificates.add(one.name)
        yield from _note_texts("not_issued_here", row, one)
    olds: set[str] = set()
    for row, term in enumerate(retired_terms):
        if term.old in olds:
            yield _note("retired_terms", row, "old", f"{term.old} 重复")
        if term.old in names or term.old in certificates:
            yield _note("retired_terms", row, "old", f"{term.old} 是现用名称")
        if term.kind is Retirement.RENAMED and term.now not in leads:
            yield _note("retired_terms", row, "now", f"{term.old} 所指的 {term.now} 不是事项")
        if term.kind is Retirement.NOT_ISSUED_HERE and term.now not in certificates:
            what = f"{term.old} 所指的 {term.now} 不是不予开具的证明"
            yield _note("retired_terms", row, "now", what)
        olds.add(term.old)
        yield from _note_texts("retired_terms", row, term)


def _note(field: str, row: int, column: str, what: str) -> ItemFault:
    return ItemFault(field=field, row=row, column=column, what=what)


def _note_texts(field: str, row: int, one: NotIssued | RetiredTerm) -> Iterator[ItemFault]:
    for column in one.__struct_fields__:
        for text in texts(getattr(one, column)):
            for what in text_faults(text):
                yield _note(field, row, column, f"第 {row + 1} 行{what}")
