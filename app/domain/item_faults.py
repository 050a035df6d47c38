"""What is wrong with an item by itself, and what the district should look at again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

import msgspec

from app.domain.items import (
    Applicant,
    Confidence,
    Delegation,
    Handling,
    Item,
    Kind,
    Level,
    Mode,
    Required,
)

LONGEST_NAME: Final = 60
LONGEST_TEXT: Final = 2000
PLACEHOLDER: Final = "（由区填写）"
_ID = re.compile(r"[A-Z]{2}[0-9]{3,6}")
_LEVELS = tuple(Level)  # from the lowest up


class ItemFault(msgspec.Struct, frozen=True, kw_only=True):
    """`field` as `app.domain.item_fields` names it; in a table, `row` counts from 0 and `column` is its field."""

    field: str
    what: str
    row: int | None = None
    column: str = ""

    @property
    def text(self) -> str:
        return f"{self.field}：{self.what}"


def item_faults(item: Item) -> Iterator[ItemFault]:
    """Why the item cannot stand in a catalogue, its disclosures apart (`items.missing_disclosures`)."""
    if not _ID.fullmatch(item.id):
        yield _fault("id", "应为两个大写字母和三至六位数字")
    if len(item.name) > LONGEST_NAME:
        yield _fault("name", f"超过 {LONGEST_NAME} 个字")
    yield from _text_faults(item)
    for field in ("aliases", "who_may_apply", "sensitive"):
        yield from (_fault(field, f"{one} 重复") for one in repeated(getattr(item, field)))
    yield from _power_faults(item)
    yield from _clock_faults(item)
    yield from _material_faults(item)
    yield from _notice_faults(item)


def item_warnings(item: Item) -> Iterator[ItemFault]:
    """What does not keep an item from being published, but somebody should see it before."""
    left = {
        (field, row, column): None
        for field, row, column, text in _placed_texts(item)
        if PLACEHOLDER in text
    }
    for field, row, column in left:
        what = f"还有“{PLACEHOLDER}”没有填"
        yield ItemFault(field=field, row=row, column=column, what=what)
    for row, basis in enumerate(item.legal_basis):
        if basis.confidence is Confidence.LOW:
            what = f"“{basis.title}”没有核实是不是现行依据"
            yield ItemFault(field="legal_basis", row=row, column="confidence", what=what)


def _fault(field: str, what: str) -> ItemFault:
    return ItemFault(field=field, what=what)


def _power_faults(item: Item) -> Iterator[ItemFault]:
    if _LEVELS.index(item.decides) < _LEVELS.index(item.receives):
        yield _fault("decides", "层级低于接收的一级")
    if (item.decides is Level.EXTERNAL) != (item.external_body is not None):
        yield _fault("external_body", "外部机构决定的须写明，其他的须为空")
    if item.mode is Mode.DIRECT and item.decides is not Level.VILLAGE:
        yield _fault("mode", "村直办的事项须由村决定")
    if (item.mode is Mode.INFORM) != (item.handling is Handling.INFORM):
        yield _fault("mode", "只告知的事项，办理形式和村里的方式须同为告知")
    if item.mode is Mode.PROXY:
        if Applicant.AGENT_WITH_MANDATE not in item.who_may_apply:
            yield _fault("who_may_apply", "代办事项须可以由受委托的人申请")
        if item.decides is Level.DISTRICT and item.delegation is Delegation.NONE:
            yield _fault("delegation", "区级决定的代办事项须有委托或授权")
    if item.delegation is not Delegation.NONE and item.receives is not Level.TOWNSHIP:
        yield _fault("delegation", "委托或授权的事项须由镇街接收")
    if not item.who_may_apply:
        yield _fault("who_may_apply", "没有任何人可以申请")


def _clock_faults(item: Item) -> Iterator[ItemFault]:
    clock = item.clock
    if (item.kind is Kind.INSTANT) != (clock.promised == 0):
        yield _fault("clock.promised", "即办件为 0，其他不为 0")
    if clock.statutory is not None and clock.statutory < clock.promised:
        yield _fault("clock.statutory", "短于承诺时限")
    if (clock.extension is None) != (clock.extension_by is None):
        yield _fault("clock.extension_by", "有延期才有批准人，有批准人才有延期")
    if not item.steps:
        yield _fault("steps", "没有任何环节")


def _material_faults(item: Item) -> Iterator[ItemFault]:
    twice = repeated(material.name for material in item.materials)
    yield from (_fault("materials", f"{name} 重复") for name in twice)
    for row, material in enumerate(item.materials):
        if (material.required is Required.WHEN) != (material.condition is not None):
            what = f"{material.name} 视情形提交的须写明情形，其他的须为空"
            yield ItemFault(field="materials", row=row, column="condition", what=what)


def _notice_faults(item: Item) -> Iterator[ItemFault]:
    notice = item.public_notice
    if notice is None:
        return
    if item.never_publish or notice.never_publish:
        yield _fault("public_notice", "不得公开的事项不能有公示")
    if notice.days == 0:
        yield _fault("public_notice.days", "为 0")
    if len(set(notice.masks)) != len(notice.masks):
        yield _fault("public_notice.masks", "重复")


# --- texts ------------------------------------------------------------------------------------------


def _text_faults(item: Item) -> Iterator[ItemFault]:
    for field, row, column, text in _placed_texts(item):
        for what in text_faults(text):
            yield ItemFault(field=field, row=row, column=column, what=what)


def _placed_texts(item: Item) -> Iterator[tuple[str, int | None, str, str]]:
    """Every text with its field, row and column."""
    for field in item.__struct_fields__:
        value = getattr(item, field)
        if isinstance(value, msgspec.Struct):
            for column in value.__struct_fields__:
                yield from (
                    (f"{field}.{column}", None, "", text) for text in texts(getattr(value, column))
                )
        elif isinstance(value, tuple):
            for row, part in enumerate(value):
                if isinstance(part, msgspec.Struct):
                    for column in part.__struct_fields__:
                        found = texts(getattr(part, column))
                        yield from ((field, row, column, text) for text in found)
                else:
                    yield from ((field, None, "", text) for text in texts(part))
        else:
            yield from ((field, None, "", text) for text in texts(value))


def texts(value: object) -> Iterator[str]:
    """Every text in a value, however deep; enums are no texts."""
    if isinstance(value, str) and not isinstance(value, StrEnum):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from texts(getattr(value, field))


def text_faults(text: str) -> Iterator[str]:
    """A text that is left out is null, not empty; what nobody can see has no place in one."""
    if not text.strip():
        yield "空白"
    elif not text.isprintable():
        yield "含有不可见字符"
    if len(text) > LONGEST_TEXT:
        yield f"超过 {LONGEST_TEXT} 个字"


def repeated(names: Iterable[str]) -> list[str]:
    return [str(name)[:LONGEST_NAME] for name, times in Counter(names).items() if times > 1]
