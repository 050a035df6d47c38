"""An item as text, field by field: what stands in a form or a sheet while somebody fills it in.

A form may hold anything; reading it says everything that is wrong, each with its place,
and gives the best item that can be made of it, so that what is missing can be listed at every key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final

import msgspec

from app.domain.item_faults import ItemFault
from app.domain.item_fields import FIELDS, TABLES, Field, FieldKind, Table, enum_label
from app.domain.items import DecisionClock, Item

_LARGEST_FEN: Final = 10**12
_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９．－／", "0123456789.-/")
_DAY: Final = re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?(?: 00:00:00)?")
_YES: Final = {"是": True, "否": False, "true": True, "false": False, "TRUE": True, "FALSE": False}
_PARTED: Final = re.compile(r"[、,，;；\n]+")
_CLOCK: Final = "clock."

Row = Mapping[str, str]


class ItemForm(msgspec.Struct, frozen=True, kw_only=True):
    """`fields` by the names of `item_fields.FIELDS`, `tables` by those of TABLES; what is not there is empty."""

    fields: Row = {}
    tables: Mapping[str, tuple[Row, ...]] = {}

    def rows(self, table: str) -> tuple[Row, ...]:
        return tuple(self.tables.get(table, ()))


class _Wrong(Exception):
    """What is wrong with one text."""


# --- an item as a form ------------------------------------------------------------------------------


def form_of(item: Item) -> ItemForm:
    """The item as it would be typed."""
    fields = {field.name: _written(field, _value_at(item, field.name)) for field in FIELDS}
    tables = {}
    for table in TABLES:
        found = getattr(item, table.name)
        rows = found if isinstance(found, tuple) else (found,) if found is not None else ()
        tables[table.name] = tuple(
            {field.name: _written(field, getattr(row, field.name)) for field in table.fields}
            for row in rows
        )
    return ItemForm(fields=fields, tables=tables)


def _value_at(item: Item, name: str) -> object:
    if name.startswith(_CLOCK):
        return getattr(item.clock, name.removeprefix(_CLOCK))
    return getattr(item, name)


def _written(field: Field, value: Any) -> str:  # noqa: ANN401 - whatever a field holds
    if value is None:
        return ""
    match field.kind:
        case FieldKind.LINES:
            return "\n".join(value)
        case FieldKind.SOME:
            return "、".join(map(enum_label, value))
        case FieldKind.ONE:
            return enum_label(value)
        case FieldKind.YUAN:
            return f"{value // 100}.{value % 100:02}"
        case FieldKind.YES_NO | FieldKind.YES_NO_WHEN if isinstance(value, bool):
            return "是" if value else "否"
    return str(value)


# --- a form as an item --------------------------------------------------------------------------------


def read_form(form: ItemForm) -> tuple[Item, tuple[ItemFault, ...]]:
    """The item that a form describes, and every field that cannot be read; the item is whole if there is none.

    What cannot be read stands in the item as its first choice, 0 or nothing.
    An empty text that everybody expects is left to `items.missing_disclosures` and `item_faults`.
    """
    faults: list[ItemFault] = []
    values: dict[str, Any] = {}
    clock: dict[str, Any] = {}
    for field in FIELDS:

        def note(what: str, field: Field = field) -> None:
            faults.append(ItemFault(field=field.name, what=what))

        value = _read(field, form.fields.get(field.name, ""), note)
        if field.name.startswith(_CLOCK):
            clock[field.name.removeprefix(_CLOCK)] = value
        else:
            values[field.name] = value
    values["version"] = values["version"] or 1
    for table in TABLES:
        rows = _read_table(table, form.rows(table.name), faults)
        values[table.name] = rows if table.most != 1 else next(iter(rows), None)
    return Item(clock=DecisionClock(**clock), **values), tuple(faults)


def _read_table(table: Table, rows: tuple[Row, ...], faults: list[ItemFault]) -> tuple[Any, ...]:
    if table.most and len(rows) > table.most:
        faults.append(
            ItemFault(
                field=table.name, row=table.most, what=f"最多 {table.most} 行，多出来的请删去"
            )
        )
    read = []
    for number, row in enumerate(rows):
        values = {}
        for field in table.fields:

            def note(what: str, field: Field = field, number: int = number) -> None:
                faults.append(ItemFault(field=table.name, row=number, column=field.name, what=what))

            values[field.name] = _read(field, row.get(field.name, ""), note)
            if field.kind in (FieldKind.TEXT, FieldKind.LONG) and values[field.name] == "":
                note("没有填")
        read.append(table.row(**values))
    return tuple(read)


def read_value(field: Field, text: str) -> str | None:
    """What is wrong with a text in a field; None if nothing is."""
    wrong: list[str] = []
    _read(field, text, wrong.append)
    return wrong[0] if wrong else None


def _read(field: Field, text: str, note: Callable[[str], None]) -> Any:  # noqa: ANN401 - as the field has it
    typed = text.strip()
    if not typed and (field.optional or field.kind is FieldKind.SOME):
        return () if field.kind in (FieldKind.LINES, FieldKind.SOME) else None
    try:
        return _READERS[field.kind](field, typed)
    except _Wrong as wrong:
        note(str(wrong))
        return _nothing(field)


def _nothing(field: Field) -> Any:  # noqa: ANN401 - as the field has it
    match field.kind:
        case FieldKind.ONE:
            return None if field.optional else next(iter(field.choices or ()))
        case FieldKind.NUMBER:
            return None if field.optional else 0
        case FieldKind.LINES | FieldKind.SOME:
            return ()
        case FieldKind.YES_NO | FieldKind.YES_NO_WHEN:
            return False
    return None


def _text(field: Field, typed: str) -> str:
    return typed


def _line_list(field: Field, typed: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in typed.split("\n") if line.strip())


def _number(field: Field, typed: str) -> int:
    digits = typed.translate(_FULL_WIDTH).removesuffix(".0")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        raise _Wrong("没有填" if not typed else "应为整数")
    if int(digits) > field.most:
        raise _Wrong(f"不能大于 {field.most}")
    return int(digits)


def _fen(field: Field, typed: str) -> int:
    figures = typed.translate(_FULL_WIDTH).replace(",", "").removeprefix("¥").removesuffix("元")
    try:
        fen = Decimal(figures) * 100
    except InvalidOperation as error:
        raise _Wrong("应为金额，如 12.50") from error
    if not fen.is_finite() or fen != fen.to_integral_value():
        raise _Wrong("应为金额，最多两位小数")
    if not 0 <= fen <= _LARGEST_FEN:
        raise _Wrong("金额不能小于 0，也不能这样大")
    return int(fen)


def _yes_no(field: Field, typed: str) -> bool:
    if typed not in _YES:
        raise _Wrong("应为“是”或“否”")
    return _YES[typed]


def _yes_no_when(field: Field, typed: str) -> bool | str:
    if not typed:
        raise _Wrong("应为“是”“否”，或者写明谁、什么时候到场")
    return _YES.get(typed, typed)


def _one(field: Field, typed: str) -> StrEnum:
    assert field.choices is not None
    for one in field.choices:
        if typed in (enum_label(one), one.value):
            return one
    if not typed:
        raise _Wrong("没有填")
    raise _Wrong(f"没有“{typed[:20]}”这个取值，可用的有：{'、'.join(field.options)}")


def _some(field: Field, typed: str) -> tuple[StrEnum, ...]:
    return tuple(_one(field, part.strip()) for part in _PARTED.split(typed) if part.strip())


def _day(field: Field, typed: str) -> date:
    found = _DAY.fullmatch(typed.translate(_FULL_WIDTH))
    try:
        if found is not None:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    raise _Wrong("应为日期，如 2026-12-01")


_READERS: Final[Mapping[FieldKind, Callable[[Field, str], Any]]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONG: _text,
    FieldKind.LINES: _line_list,
    FieldKind.NUMBER: _number,
    FieldKind.YUAN: _fen,
    FieldKind.YES_NO: _yes_no,
    FieldKind.YES_NO_WHEN: _yes_no_when,
    FieldKind.ONE: _one,
    FieldKind.SOME: _some,
    FieldKind.DAY: _day,
}


# --- what is different --------------------------------------------------------------------------------


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A field or table that says something else; the texts are lines for a person, empty where there was nothing."""

    field: str
    label: str
    before: str
    after: str


def differences(before: Item | None, after: Item) -> tuple[Difference, ...]:
    """What a new version changes, in the order of the form; version and day apart. Without `before`: all of it."""
    old = form_of(before) if before is not None else ItemForm()
    new = form_of(after)
    found = []
    for field in FIELDS:
        was, now = old.fields.get(field.name, ""), new.fields.get(field.name, "")
        if was != now and field.name not in ("version", "effective"):
            found.append(Difference(field=field.name, label=field.label, before=was, after=now))
    for table in TABLES:
        was_rows = [_row_text(table, row) for row in old.rows(table.name)]
        now_rows = [_row_text(table, row) for row in new.rows(table.name)]
        if was_rows != now_rows:
            gone = [row for row in was_rows if row not in now_rows]
            come = [row for row in now_rows if row not in was_rows]
            if not gone and not come:
                gone, come = ["原来的顺序"], ["顺序变了"]
            found.append(
                Difference(
                    field=table.name, label=table.label,
                    before="\n".join(gone), after="\n".join(come),
                )
            )  # fmt: skip
    return tuple(found)


def _row_text(table: Table, row: Row) -> str:
    return " · ".join(row[field.name] for field in table.fields if row.get(field.name))
