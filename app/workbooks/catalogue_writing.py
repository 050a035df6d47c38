"""A catalogue as an Excel workbook that people can fill in: lists to choose from, headings that stay, notes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from app.domain.catalogue import NotIssued, RetiredTerm
from app.domain.item_fields import Field, FieldKind
from app.domain.item_form import ItemForm, Row, form_of
from app.domain.items import Item
from app.workbooks.catalogue_sheets import GUIDE, RETIREMENTS, SHEETS, Sheet, mend

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_ROWS_TO_FILL: Final = 2000
"""Rows in which a list to choose from is offered, those still empty too."""
_WIDTHS: Final = {FieldKind.LONG: 48, FieldKind.LINES: 36, FieldKind.TEXT: 24, FieldKind.SOME: 24}
_LONGEST_LIST: Final = 250  # characters that Excel takes in a list
_GUIDE_LINES: Final = (
    "这是代办的事项目录。每张表一行一条；第一行是标题，请不要改动标题和表名。",
    "“事项”表一行一个事项；其他表每行开头是“事项编号”，说明这一行属于哪个事项。",
    "“事项名称”一列在其他表里只供对照，导入时不读取。",
    "版本和生效日期由程序在发布时给定：导入会成为新的一版，以前的办件仍按当时的版本。",
    "表里没有的事项不会被取消；要取消或合并，请在“事项”页办理。",
    "不要写公式；要换行请按 Alt+Enter。",
    "带下拉箭头的格子请从列表里选。导入前会先列出改动和每一处填错的格子，确认后才发布。",
)


def write_catalogue(
    items: Sequence[Item],
    not_issued_here: Iterable[NotIssued],
    retired_terms: Iterable[RetiredTerm],
) -> bytes:
    """The workbook's bytes; reading them gives the same catalogue."""
    from openpyxl import Workbook

    book = Workbook()
    guide = book.active
    assert guide is not None
    guide.title = GUIDE
    _write_guide(guide)
    forms = [form_of(item) for item in items]
    for sheet in SHEETS:
        page = book.create_sheet(sheet.title)
        match sheet.table:
            case "":
                rows = _item_rows(sheet, forms)
            case "not_issued_here":
                rows = ([one.name, one.ask_instead, one.alternative] for one in not_issued_here)
            case "retired_terms":
                rows = (
                    [one.old, one.now or "", RETIREMENTS[one.kind], one.since or ""]
                    for one in retired_terms
                )
            case _:
                rows = _table_rows(sheet, forms)
        _write_sheet(page, sheet, rows)
    out = io.BytesIO()
    book.active = 1
    book.save(out)
    return out.getvalue()


def _item_rows(sheet: Sheet, forms: Sequence[ItemForm]) -> Iterator[list[str]]:
    for form in forms:
        yield [form.fields.get(field.name, "") for field in sheet.fields]


def _table_rows(sheet: Sheet, forms: Sequence[ItemForm]) -> Iterator[list[str]]:
    for form in forms:
        for row in form.rows(sheet.table):
            yield [form.fields["id"], form.fields["name"], *_cells(sheet.fields, row)]


def _cells(fields: Iterable[Field], row: Row) -> Iterator[str]:
    return (row.get(field.name, "") for field in fields)


def _write_guide(page: Worksheet) -> None:
    from openpyxl.styles import Alignment, Font

    page.column_dimensions["A"].width = 22
    page.column_dimensions["B"].width = 24
    page.column_dimensions["C"].width = 80
    for line in _GUIDE_LINES:
        page.append([line])
    page.append([])
    page.append(["表", "标题", "怎么填"])
    for cell in page[page.max_row]:
        cell.font = Font(bold=True)
    for sheet in SHEETS:
        for field in sheet.fields:
            how = "；".join(dict.fromkeys(filter(None, (field.note, mend(field)))))
            page.append([sheet.title, field.label, how])
            page.cell(page.max_row, 3).alignment = Alignment(wrap_text=True, vertical="top")


def _write_sheet(page: Worksheet, sheet: Sheet, rows: Iterable[Sequence[str]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    shift = len(sheet.headings) - len(sheet.fields)
    page.append(list(sheet.headings))
    for at, heading in enumerate(page[1]):
        heading.font = Font(bold=True)
        heading.fill = PatternFill("solid", fgColor="DCE3EB")
        heading.alignment = Alignment(wrap_text=True, vertical="center")
        letter = get_column_letter(at + 1)
        width = 14
        if at >= shift:
            width = _WIDTHS.get(sheet.fields[at - shift].kind, 14)
        page.column_dimensions[letter].width = width
    page.freeze_panes = "C2"
    top = Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate(rows, 2):
        for at, text in enumerate(row, 1):
            _write_cell(
                page, number, at, text, sheet.fields[at - 1 - shift] if at > shift else None
            )
            page.cell(number, at).alignment = top
    for at, field in enumerate(sheet.fields, shift + 1):
        _offer(page, get_column_letter(at), field)


def _write_cell(page: Worksheet, row: int, column: int, text: str, field: Field | None) -> None:
    """Numbers as numbers; every other text as text, whatever it begins with: never as a formula."""
    cell = page.cell(row, column)
    if not text:
        return
    if field is not None and field.kind is FieldKind.NUMBER:
        cell.value = int(text)
        return
    if field is not None and field.kind is FieldKind.YUAN:
        cell.value = float(text)
        cell.number_format = "0.00"
        return
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"


def _offer(page: Worksheet, letter: str, field: Field) -> None:
    """A list to choose from, or a note beside the cell."""
    from openpyxl.worksheet.datavalidation import DataValidation

    one_of = field.kind in (FieldKind.ONE, FieldKind.YES_NO)
    listed = f'"{",".join(field.options)}"'
    if one_of and len(listed) <= _LONGEST_LIST:
        offer = DataValidation(type="list", formula1=listed, allow_blank=field.optional)
        offer.error, offer.errorTitle, offer.showErrorMessage = mend(field)[:200], "填错了", True
    elif field.note or field.kind not in (FieldKind.TEXT, FieldKind.LONG):
        offer = DataValidation()
    else:
        return
    offer.promptTitle, offer.prompt, offer.showInputMessage = (
        field.label[:30],
        (field.note or mend(field))[:200],
        True,
    )
    page.add_data_validation(offer)
    offer.add(f"{letter}2:{letter}{_ROWS_TO_FILL}")
