"""The catalogue: the district's list of items, what is not issued here, and retired names.

A catalogue is read whole or not at all, and everything wrong with it is said at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec

from app.domain.faults import Faulty, shape_faults
from app.domain.items import (
    Applicant,
    Delegation,
    Handling,
    Item,
    Kind,
    Level,
    Mode,
    Required,
    missing_disclosures,
)
from app.errors import Refused

LARGEST_CATALOGUE_BYTES = 8 * 1024 * 1024

_ID = re.compile(r"[A-Z]{2}[0-9]{3,6}")
_LONGEST_NAME = 60
_LONGEST_TEXT = 2000
_LEVELS = tuple(Level)  # from the lowest up


class UnknownItem(Refused):
    """The catalogue has no such item (fact: item)."""

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
        raise BadCatalogue([f"文件超过 {LARGEST_CATALOGUE_BYTES} 字节"])
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
    yield from (f"id：{one} 重复" for one in _repeated(item.id for item in catalogue.items))
    yield from _name_faults(catalogue)
    for item in catalogue.items:
        yield from (f"{item.id} {what}" for what in item_faults(item))


def _name_faults(catalogue: Catalogue) -> Iterable[str]:
    """One name, one meaning: a search must not find two things by it."""
    items = {item.name for item in catalogue.items}
    certificates = {one.name for one in catalogue.not_issued_here}
    names = [item.name for item in catalogue.items]
    yield from (f"name：{name} 重复" for name in _repeated([*names, *certificates]))
    yield from (
        f"not_issued_here：{name} 重复"
        for name in _repeated(one.name for one in catalogue.not_issued_here)
    )
    retired = _repeated(term.old for term in catalogue.retired_terms)
    yield from (f"retired_terms：{old} 重复" for old in retired)
    for item in catalogue.items:
        for alias in item.aliases:
            if alias in items:
                yield f"{item.id} aliases：{alias} 是事项的名称"
            if alias in certificates:
                yield f"{item.id} aliases：{alias} 是不予开具的证明"
    for term in catalogue.retired_terms:
        if term.old in items or term.old in certificates:
            yield f"retired_terms：{term.old} 是现用名称"
        if term.kind is Retirement.RENAMED and term.now not in items:
            yield f"retired_terms：{term.old} 所指的 {term.now} 不是事项"
        if term.kind is Retirement.NOT_ISSUED_HERE and term.now not in certificates:
            yield f"retired_terms：{term.old} 所指的 {term.now} 不是不予开具的证明"
    for certificate in catalogue.not_issued_here:
        for text in _texts(certificate):
            yield from _text_faults(f"not_issued_here {certificate.name}", text)
    for term in catalogue.retired_terms:
        for text in _texts(term):
            yield from _text_faults(f"retired_terms {term.old}", text)


def item_faults(item: Item) -> Iterable[str]:
    """What is wrong with one item by itself, as "field：what"."""
    if not _ID.fullmatch(item.id):
        yield "id：应为两个大写字母和三至六位数字"
    if len(item.name) > _LONGEST_NAME:
        yield f"name：超过 {_LONGEST_NAME} 个字"
    yield from (f"八公开缺 {name}" for name in missing_disclosures(item))
    for field in item.__struct_fields__:
        for text in _texts(getattr(item, field)):
            yield from _text_faults(field, text)
    for field in ("aliases", "who_may_apply", "sensitive"):
        yield from (f"{field}：{one} 重复" for one in _repeated(getattr(item, field)))
    yield from _power_faults(item)
    yield from _clock_faults(item)
    yield from _material_faults(item)
    yield from _notice_faults(item)


def _power_faults(item: Item) -> Iterable[str]:
    if _LEVELS.index(item.decides) < _LEVELS.index(item.receives):
        yield "decides：低于 receives"
    if (item.decides is Level.EXTERNAL) != (item.external_body is not None):
        yield "external_body：外部机构决定的须写明，其他的须为空"
    if item.mode is Mode.DIRECT and item.decides is not Level.VILLAGE:
        yield "mode：村直办的事项须由村决定"
    if (item.mode is Mode.INFORM) != (item.handling is Handling.INFORM):
        yield "mode：只告知的事项 mode 与 handling 须同为 inform"
    if item.mode is Mode.PROXY:
        if Applicant.AGENT_WITH_MANDATE not in item.who_may_apply:
            yield "who_may_apply：代办事项须有 agent_with_mandate"
        if item.decides is Level.DISTRICT and item.delegation is Delegation.NONE:
            yield "delegation：区级决定的代办事项须有委托或授权"
    if item.delegation is not Delegation.NONE and item.receives is not Level.TOWNSHIP:
        yield "delegation：委托或授权的事项须由镇街接收"
    if not item.who_may_apply:
        yield "who_may_apply：没有任何人可以申请"


def _clock_faults(item: Item) -> Iterable[str]:
    clock = item.clock
    if (item.kind is Kind.INSTANT) != (clock.promised == 0):
        yield "clock.promised：即办件为 0，其他不为 0"
    if clock.statutory is not None and clock.statutory < clock.promised:
        yield "clock.statutory：短于承诺时限"
    if (clock.extension is None) != (clock.extension_by is None):
        yield "clock.extension_by：有延期才有批准人，有批准人才有延期"
    if not item.steps:
        yield "steps：没有任何环节"


def _material_faults(item: Item) -> Iterable[str]:
    names = _repeated(material.name for material in item.materials)
    yield from (f"materials：{name} 重复" for name in names)
    for material in item.materials:
        if (material.required is Required.WHEN) != (material.condition is not None):
            yield f"materials：{material.name} 视情形提交的须写明情形，其他的须为空"


def _notice_faults(item: Item) -> Iterable[str]:
    notice = item.public_notice
    if notice is None:
        return
    if item.never_publish or notice.never_publish:
        yield "public_notice：不得公开的事项不能有公示"
    if notice.days == 0:
        yield "public_notice.days：为 0"
    if len(set(notice.masks)) != len(notice.masks):
        yield "public_notice.masks：重复"


def _texts(value: object) -> Iterable[str]:
    """Every text in a value, however deep; enums are no texts."""
    if isinstance(value, str) and not isinstance(value, StrEnum):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from _texts(getattr(value, field))


def _text_faults(field: str, text: str) -> Iterable[str]:
    """A text that is left out is null, not empty; what nobody can see has no place in one."""
    if not text.strip():
        yield f"{field}：空白"
    elif not text.isprintable():
        yield f"{field}：含有不可见字符"
    if len(text) > _LONGEST_TEXT:
        yield f"{field}：超过 {_LONGEST_TEXT} 个字"


def _repeated(names: Iterable[str]) -> list[str]:
    return [str(name)[:_LONGEST_NAME] for name, times in Counter(names).items() if times > 1]
