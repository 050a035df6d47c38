"""What is wrong with a table from outside, all of it at once, for the person who mends it.

msgspec stops at the first fault, so here a value is walked field by field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec

from app.errors import Refused

# Compiled when first asked for, and kept by `re`: most starts of the program meet no fault.
_WORDS = (
    (r"^Expected `int` <= (-?\d+)$", r"不能大于 \1"),
    (r"^Expected `int` >= (-?\d+)$", r"不能小于 \1"),
    (r"^Expected `str` matching regex .*$", "写法不对"),
    (r"^Expected `str` of length <= (\d+)$", r"不能超过 \1 个字"),
    (r"^Expected `array` of length >= (\d+)$", r"至少要写 \1 项"),
    (r"^Expected `array` of length <= (\d+)$", r"最多写 \1 项"),
    (r"^Expected `str` of length >= 1$", "不能空着"),
    (r"^Expected `array` of length (\d+), got (\d+)$", r"应有 \1 项，实有 \2 项"),
    (r"^Expected `(.*)`, got `(.*)`$", lambda said: _expected(said[1], said[2])),
    (r"^Expected (.*), got (.*)$", r"应为 \1，实为 \2"),
    (r"^Invalid enum value '?(.*?)'?$", r"没有“\1”这个取值"),
    (r"^Invalid RFC3339 encoded date.*$", "应为日期，如 2026-11-21"),
    (r"^Invalid date.*$", "应为日期，如 2026-11-21"),
)
_KINDS = {
    "array": "列表 […]", "bool": "是否（true/false）", "date": "日期", "float": "小数", "int": "整数",
    "null": "空值 null", "object": "对象 {…}", "str": "文字",
    "NoneType": "空值 null", "dict": "对象 {…}", "list": "列表 […]",
}  # fmt: skip
_PLACE = r" - at `.*`$"
_LONGEST = 160  # characters of one fault: a hostile value is not quoted in full


class Faulty(Refused):
    """Base of the refusals of whole tables; `faults` names everything that is wrong.

    Facts: count, and the first fault.
    """

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(_shortened(fault) for fault in faults)
        super().__init__(count=len(self.faults), first=self.faults[0] if self.faults else "")


def shape_faults(value: object, wanted: type[msgspec.Struct], at: str = "") -> list[str]:
    """Say where and how `value` (lists, mappings, text, numbers) is not a `wanted`.

    Each fault is "place：what", the place being the path of field names below `at`.
    Unknown keys are faults.
    An empty list means that `msgspec.convert(value, wanted)` succeeds.
    """
    if not isinstance(value, dict):
        return [_fault(at, _expected("object", type(value).__name__))]
    fields = msgspec.structs.fields(wanted)
    faults = [
        _fault(_below(at, str(key)), "没有这个字段")
        for key in value
        if key not in {field.encode_name for field in fields}
    ]
    for field in fields:
        place = _below(at, field.encode_name)
        if field.encode_name in value:
            faults += _value_faults(value[field.encode_name], field.type, place)
        elif field.required:
            faults.append(_fault(place, "缺少"))
    return faults


def _value_faults(value: object, wanted: Any, at: str) -> list[str]:  # noqa: ANN401 - a type form
    if get_origin(wanted) is Annotated:
        inner = get_args(wanted)[0]
        found = _value_faults(value, inner, at)
        return found or _conversion_fault(value, wanted, at)
    if get_origin(wanted) in (Union, UnionType):
        structs = [part for part in get_args(wanted) if _is_struct(part)]
        if structs and value is not None:
            return shape_faults(value, structs[0], at)
    if _is_struct(wanted):
        return shape_faults(value, wanted, at)
    if get_origin(wanted) is tuple and get_args(wanted)[-1] is ... and isinstance(value, list):
        return [
            fault
            for number, part in enumerate(value, start=1)
            for fault in _value_faults(part, get_args(wanted)[0], f"{at}[{number}]")
        ]
    return _conversion_fault(value, wanted, at)


def _conversion_fault(value: object, wanted: Any, at: str) -> list[str]:  # noqa: ANN401 - a type form
    try:
        msgspec.convert(value, wanted)
    except msgspec.ValidationError as error:
        said = re.sub(_PLACE, "", str(error))
        for pattern, words in _WORDS:
            said = re.sub(pattern, words, said)
        return [_fault(at, said + _values(wanted))]
    return []


def _values(wanted: object) -> str:
    """The values of an enum with what they mean; nothing for what is none."""
    for kind in (wanted, *get_args(wanted)):
        if isinstance(kind, type) and issubclass(kind, Enum):
            named = (f"{one.value} {getattr(one, 'label', '')}".rstrip() for one in kind)
            return f"，可用的有：{'、'.join(named)}"
    return ""


def _is_struct(wanted: object) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, msgspec.Struct)


def _expected(wanted: str, got: str) -> str:
    """Kinds of values as a person calls them: `bool | null`, `int`."""
    named = [
        "或".join(_KINDS.get(kind, kind) for kind in kinds.split(" | ")) for kinds in (wanted, got)
    ]
    return "应为{}，实为{}".format(*named)


def _below(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _fault(at: str, what: str) -> str:
    return f"{at}：{what}" if at else what


def _shortened(said: str) -> str:
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"
