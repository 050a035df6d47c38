"""A catalogue's workbook as somebody brings it back: its items, and every cell that is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from app.domain.catalogue import NotIssued, RetiredTerm, Retirement
from app.domain.faults import Faulty
from app.domain.item_faults import ItemFault
from app.domain.item_fields import TABLES, Field
from app.domain.item_form import ItemForm, read_form
from app.domain.items import Item
from app.workbooks.catalogue_sheets import (
    BY_TABLE,
    ITEM_NAME,
    ITEMS,
    RETIREMENTS,
    Sheet,
    mend,
)
from app.workbooks.opening import Row, read_sheets

_NOTES: Final = ("not_issued_here", "retired_terms")
_LETTERS: Final = 26


class BadCell(msgspec.Struct, frozen=True, kw_only=True):
    """`cell` as Excel names it (B7); empty where a whole sheet is meant."""

    sheet: str
    cell: str
    what: str
    mend: str = ""

    @property
    def text(self) -> str:
        told = (
            f"“{self.sheet}”{self.cell}：{self.what}"
            if self.cell
            else f"“{self.sheet}”：{self.what}"
        )
        return f"{told}。{self.mend}" if self.mend else told


class BadWorkbook(Faulty):
    """A workbook of which nothing is used; `cells` are all that has to be mended."""

    code = "bad_workbook"

    def __init__(self, cells: Sequence[BadCell]) -> None:
        self.cells = tuple(cells)
        super().__init__(cell.text for cell in self.cells)


class CatalogueRead(msgspec.Struct, frozen=True, kw_only=True):
    """`places` say in which row of which sheet an item's parts stand: (id, table, row of the table) to a row from 1.

    `not_issued_here` and `retired_terms` are None where their sheet is left out.
    """

    items: tuple[Item, ...]
    versions: Mapping[str, int | None]
    not_issued_here: tuple[NotIssued, ...] | None
    retired_terms: tuple[RetiredTerm, ...] | None
    places: Mapping[tuple[str, str, int], int]

    def bad_cell(self, item_id: str, fault: ItemFault) -> BadCell:
        """A fault of an item, or of the notes (without an id), at its cell."""
        table = fault.field.partition(".")[0]
        if table not in BY_TABLE or fault.row is None:
            sheet, row, name = BY_TABLE[""], self.places.get((item_id, "", 0), 0), fault.field
            if table in BY_TABLE:  # a whole table that is not there
                sheet, row = BY_TABLE[table], 0
        else:
            sheet, name = BY_TABLE[table], fault.column
            row = self.places.get((item_id, table, fault.row), 0)
        what = fault.what if row else f"{item_id} {fault.what}"
        cell = at(sheet.column(name), row) if row else ""
        return BadCell(sheet=sheet.title, cell=cell, what=what)


def at(column: int, row: int) -> str:
    """Excel's name of a cell: column from 0, row from 1."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def read_catalogue_workbook(data: bytes) -> CatalogueRead:
    """Raises WorkbookRefused; BadWorkbook with every cell that cannot be read."""
    return _Reading(read_sheets(data)).read()


class _Reading:
    def __init__(self, sheets: Mapping[str, list[Row]]) -> None:
        self._sheets = sheets
        self._bad: list[BadCell] = []
        self._places: dict[tuple[str, str, int], int] = {}

    def read(self) -> CatalogueRead:
        fields: dict[str, dict[str, str]] = {}
        for number, row in self._rows(BY_TABLE[""]):
            item_id = row.get("id", "").strip()
            if not item_id:
                self._note(BY_TABLE[""], "id", number, "没有事项编号")
            elif item_id in fields:
                self._note(BY_TABLE[""], "id", number, f"{item_id} 重复")
            else:
                fields[item_id] = row
                self._places[item_id, "", 0] = number
        if ITEMS in self._sheets and not fields:
            self._bad.append(BadCell(sheet=ITEMS, cell="", what="没有任何事项"))
        tables = {table.name: self._table(BY_TABLE[table.name], fields) for table in TABLES}
        items = [
            self._item(item_id, ItemForm(fields=row, tables={n: tuple(t.get(item_id, ())) for n, t in tables.items()}))
            for item_id, row in fields.items()
        ]  # fmt: skip
        not_issued = self._not_issued()
        terms = self._terms()
        if self._bad:
            raise BadWorkbook(self._once())
        return CatalogueRead(
            items=tuple(items),
            versions={
                item.id: item.version if fields[item.id].get("version") else None for item in items
            },
            not_issued_here=not_issued,
            retired_terms=terms,
            places=self._places,
        )

    def _once(self) -> list[BadCell]:
        """What was said first of each cell; a cell that cannot be read is not missing too."""
        said: dict[tuple[str, str, str], BadCell] = {}
        for bad in self._bad:
            said.setdefault((bad.sheet, bad.cell, "" if bad.cell else bad.what), bad)
        return list(said.values())

    # --- sheets -----------------------------------------------------------------------------------

    def _rows(self, sheet: Sheet) -> Iterator[tuple[int, dict[str, str]]]:
        """Row numbers and texts by field; `item` is the id in the first column of a table."""
        found = self._sheets.get(sheet.title)
        if found is None:
            if sheet.table not in _NOTES:
                self._bad.append(
                    BadCell(sheet=sheet.title, cell="", what="没有这张表", mend="请用导出的表来改")
                )
            return
        columns = self._columns(sheet, found[0] if found else ())
        for number, cells in enumerate(found[1:], 2):
            row = {}
            for column, name in columns.items():
                if column < len(cells):
                    if cells[column].wrong:
                        self._bad.append(
                            BadCell(
                                sheet=sheet.title, cell=at(column, number), what=cells[column].wrong
                            )
                        )
                    row[name] = cells[column].text
            if any(row.values()):
                yield number, row

    def _columns(self, sheet: Sheet, headings: Row) -> dict[int, str]:
        """Which column is which field; every one must be there, and no other."""
        names = dict(zip(sheet.headings, self._names(sheet), strict=True))
        columns: dict[int, str] = {}
        for column, cell in enumerate(headings):
            title = cell.text.strip()
            if not title:
                continue
            if title not in names or names[title] in columns.values():
                self._bad.append(
                    BadCell(sheet=sheet.title, cell=at(column, 1), what=f"不认识标题“{title[:30]}”",
                            mend="请改回导出时的标题，或者删去这一列")
                )  # fmt: skip
                continue
            columns[column] = names[title]
        for title, name in names.items():
            if name not in columns.values() and title != ITEM_NAME:
                self._bad.append(
                    BadCell(
                        sheet=sheet.title,
                        cell="",
                        what=f"缺少“{title}”这一列",
                        mend="请用导出的表来改",
                    )
                )
        return {column: name for column, name in columns.items() if name != ITEM_NAME}

    def _names(self, sheet: Sheet) -> tuple[str, ...]:
        own = tuple(field.name for field in sheet.fields)
        return ("item", ITEM_NAME, *own) if sheet.of_items else own

    # --- items --------------------------------------------------------------------------------------

    def _table(self, sheet: Sheet, known: Mapping[str, object]) -> dict[str, list[dict[str, str]]]:
        rows: dict[str, list[dict[str, str]]] = {}
        for number, row in self._rows(sheet):
            item_id = row.pop("item", "").strip()
            if item_id not in known:
                what = f"“事项”表里没有 {item_id[:20]}" if item_id else "没有事项编号"
                self._bad.append(
                    BadCell(
                        sheet=sheet.title,
                        cell=at(0, number),
                        what=what,
                        mend="请填“事项”表里有的编号",
                    )
                )
                continue
            mine = rows.setdefault(item_id, [])
            self._places[item_id, sheet.table, len(mine)] = number
            mine.append(row)
        return rows

    def _item(self, item_id: str, form: ItemForm) -> Item:
        item, faults = read_form(form)
        for fault in faults:
            table = fault.field if fault.row is not None else ""
            sheet = BY_TABLE[table]
            number = self._places.get((item_id, table, fault.row or 0), 0)
            self._note(sheet, fault.column or fault.field, number, fault.what)
        return item

    # --- notes --------------------------------------------------------------------------------------

    def _not_issued(self) -> tuple[NotIssued, ...] | None:
        sheet = BY_TABLE["not_issued_here"]
        found: list[NotIssued] = []
        for number, row in self._rows(sheet):
            self._places["", sheet.table, len(found)] = number
            self._need(sheet, number, row)
            found.append(
                NotIssued(**{field.name: row.get(field.name, "") for field in sheet.fields})
            )
        return tuple(found) if sheet.title in self._sheets else None

    def _terms(self) -> tuple[RetiredTerm, ...] | None:
        sheet = BY_TABLE["retired_terms"]
        kinds = {label: kind for kind, label in RETIREMENTS.items()}
        found: list[RetiredTerm] = []
        for number, row in self._rows(sheet):
            self._places["", sheet.table, len(found)] = number
            self._need(sheet, number, row)
            kind = kinds.get(row.get("kind", ""))
            if kind is None and row.get("kind"):
                self._note(sheet, "kind", number, f"没有“{row['kind'][:20]}”这个取值")
            found.append(
                RetiredTerm(
                    old=row.get("old", ""),
                    now=row.get("now") or None,
                    kind=kind or Retirement.RENAMED,
                    since=row.get("since") or None,
                )
            )
        return tuple(found) if sheet.title in self._sheets else None

    def _need(self, sheet: Sheet, number: int, row: Mapping[str, str]) -> None:
        for field in sheet.fields:
            if not field.optional and not row.get(field.name):
                self._note(sheet, field.name, number, "没有填")

    def _note(self, sheet: Sheet, name: str, number: int, what: str) -> None:
        field = _field(sheet, name)
        self._bad.append(
            BadCell(
                sheet=sheet.title,
                cell=at(sheet.column(name), number) if number else "",
                what=what,
                mend=mend(field) if field is not None else "",
            )
        )


def _field(sheet: Sheet, name: str) -> Field | None:
    return next((field for field in sheet.fields if field.name == name), None)
