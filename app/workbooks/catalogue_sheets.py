"""Which sheets a catalogue's workbook has, and which columns: made from the fields of an item."""

from __future__ import annotations

from typing import Final

import msgspec

from app.domain.catalogue import Retirement
from app.domain.catalogue_notes import CERTIFICATES, TERMS
from app.domain.item_fields import FIELDS, TABLES, Field, FieldKind

ITEMS: Final = "事项"
GUIDE: Final = "说明"
ITEM_NAME: Final = "事项名称"
"""A column of the tables for whoever reads them; nothing is read from it."""
_ID: Final = FIELDS[0]


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """`table` is the field of an item, of the catalogue, or "" for the items themselves.

    `of_items`: each row begins with the id of the item to which it belongs, and its name.
    """

    title: str
    table: str
    fields: tuple[Field, ...]
    of_items: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        own = tuple(field.label for field in self.fields)
        return (_ID.label, ITEM_NAME, *own) if self.of_items else own

    def column(self, field: str) -> int:
        """Of a field, from 0; the first if it is none of this sheet's."""
        shift = 2 if self.of_items else 0
        names = [one.name for one in self.fields]
        return names.index(field) + shift if field in names else 0


RETIREMENTS: Final = {one: one.label for one in Retirement}

SHEETS: Final[tuple[Sheet, ...]] = (
    Sheet(title=ITEMS, table="", fields=FIELDS),
    *(
        Sheet(title=table.label, table=table.name, fields=table.fields, of_items=True)
        for table in TABLES
    ),
    *(
        Sheet(title=table.label, table=table.name, fields=table.fields)
        for table in (CERTIFICATES, TERMS)
    ),
)  # fmt: skip

BY_TABLE: Final = {sheet.table: sheet for sheet in SHEETS}


def mend(field: Field) -> str:
    """How to fill a field, for whoever filled it otherwise."""
    match field.kind:
        case FieldKind.ONE | FieldKind.YES_NO:
            return f"请填：{'、'.join(field.options)}"
        case FieldKind.SOME:
            return f"可以填：{'、'.join(field.options)}，几个用、隔开"
        case FieldKind.NUMBER:
            return f"请填 0 到 {field.most} 的整数" + ("，没有就空着" if field.optional else "")
        case FieldKind.YUAN:
            return "请填元，如 12.50；按当地标准的空着"
        case FieldKind.DAY:
            return "请填日期，如 2026-12-01，或者空着"
    return field.note or "请改好再导入"
