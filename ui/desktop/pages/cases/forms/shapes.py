"""What the facts of an act look like to a form: each field's words, kind and limits, read from its type."""

from __future__ import annotations

from datetime import date
from enum import Enum, StrEnum
from typing import Any, Final

import msgspec
from msgspec import NODEFAULT, inspect
from PySide6.QtCore import QCoreApplication

from app.usecases.acts import ACTS

_NEEDED: Final = frozenset(
    {
        ("appeal_card", "note"),
        ("uphold_card", "note"),
        ("withdraw_card", "note"),
        ("task_card", "note"),
    }
)
"""Empty they would be refused, though the type has a default."""


class FactKind(StrEnum):
    LINE = "line"
    LINES = "lines"
    COUNT = "count"
    FLAG = "flag"
    DAY = "day"
    ONE_OF = "one_of"
    SOME_OF = "some_of"
    MATERIALS = "materials"
    ROWS = "rows"


class FactShape(msgspec.Struct, frozen=True, kw_only=True):
    """`values` are the words of an enum with their values; `columns` the fields of each row."""

    name: str
    title: str
    kind: FactKind
    required: bool
    default: Any = None
    least: int | None = None
    most: int | None = None
    values: tuple[tuple[str, str], ...] = ()
    columns: tuple[FactShape, ...] = ()


def shapes_of(verb: str) -> tuple[FactShape, ...]:
    """The fields of an act's facts, in their order."""
    told = inspect.type_info(ACTS[verb].facts)
    assert isinstance(told, inspect.StructType)
    return tuple(_shape(verb, field) for field in told.fields)


def _shape(verb: str, field: inspect.Field) -> FactShape:
    kind, title, lines = _bare(field.type)
    default = None if field.default is NODEFAULT else field.default
    shape = FactShape(
        name=field.name,
        title=title or _column_title(field.name),
        kind=FactKind.LINES if lines else FactKind.LINE,
        required=field.required or (verb, field.name) in _NEEDED,
        default=default,
    )
    match kind:
        case inspect.StrType(max_length=most):
            return msgspec.structs.replace(shape, most=most)
        case inspect.IntType(ge=least, le=most):
            return msgspec.structs.replace(shape, kind=FactKind.COUNT, least=least, most=most)
        case inspect.BoolType():
            return msgspec.structs.replace(shape, kind=FactKind.FLAG)
        case inspect.DateType():
            return msgspec.structs.replace(shape, kind=FactKind.DAY)
        case inspect.EnumType(cls=cls):
            values = tuple((enum_label(one), str(one.value)) for one in cls)
            return msgspec.structs.replace(shape, kind=FactKind.ONE_OF, values=values)
        case inspect.VarTupleType(item_type=inspect.IntType()):
            return msgspec.structs.replace(shape, kind=FactKind.SOME_OF)
        case inspect.VarTupleType(item_type=inspect.StructType(fields=fields), min_length=least):
            if field.name == "materials":
                return msgspec.structs.replace(shape, kind=FactKind.MATERIALS)
            columns = tuple(_shape(verb, one) for one in fields)
            return msgspec.structs.replace(shape, kind=FactKind.ROWS, columns=columns, least=least)
    raise TypeError(f"{verb}.{field.name}")


def _bare(kind: inspect.Type) -> tuple[inspect.Type, str, bool]:
    """A type without its title and without the None beside it."""
    title, lines = "", False
    if isinstance(kind, inspect.Metadata):
        told = kind.extra_json_schema or {}
        title, lines = str(told.get("title", "")), bool(told.get("lines"))
        kind = kind.type
    if isinstance(kind, inspect.UnionType):
        kind = next(one for one in kind.types if not isinstance(one, inspect.NoneType))
    return kind, title, lines


def enum_label(one: Enum) -> str:
    """A value of an enum as people call it."""
    return str(getattr(one, "label", one.value))


def _column_title(name: str) -> str:
    return {
        "what": _tr("名称"),
        "whose": _tr("是谁的（不填为申请人的）"),
        "count": _tr("件数"),
        "item": _tr("事项"),
        "department": _tr("由哪个部门办理"),
    }.get(name, name)


def _tr(text: str) -> str:
    return QCoreApplication.translate("shapes", text)


def wire(value: Any) -> Any:  # noqa: ANN401 - whatever a fact may be
    """A value as the facts of an act are given."""
    return value.isoformat() if isinstance(value, date) else value
