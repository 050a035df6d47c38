"""A workbook from outside, opened so that nothing in it can do harm: cells as text, and what no cell may be.

A file is refused whole if it could carry code, reach elsewhere, or unpack to more than a table needs.
Formulas are never worked out: each is named as a cell to be mended.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

import msgspec

from app.errors import Refused

LARGEST_BYTES: Final = 8 * 1024 * 1024
MOST_UNPACKED: Final = 16 * 1024 * 1024
MOST_PARTS: Final = 300
MOST_SHEETS: Final = 40
MOST_ROWS: Final = 5000
MOST_COLUMNS: Final = 64
LAST_ROW: Final = 1_048_576
"""Excel's own. A file that names a later one would be counted up to for hours."""
LONGEST_CELL: Final = 8000
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"  # .xls, or one locked with a password
_CARRIES_CODE: Final = ("vbaproject", "/macrosheets/", "/dialogsheets/", "/activex/", "/ctrlprops/")
_REACHES_OUT: Final = ("/externallinks/", "/embeddings/", "/connections.xml", "/querytables/")
_OUTSIDE: Final = re.compile(rb"<[^<>]*TargetMode\s*=\s*[\"']External[^<>]*>")
"""A relation to something outside the file: a link in a cell's text is harmless, nothing else is."""
_WIDE_TEXT: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00")
_UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, TypeError, AttributeError,
    IndexError, OSError, EOFError, NotImplementedError, RecursionError, OverflowError,
)  # fmt: skip
"""What openpyxl and the readers under it raise for a file that is not what it says.

XML that is none is a SyntaxError, whether the standard library reads it or lxml, which openpyxl takes where it is.
"""


class WorkbookRefused(Refused):
    """A file that is not taken at all (fact: why): unreadable, locked, code, links, too_large, too_many."""

    code = "workbook_refused"


class SheetCell(msgspec.Struct, frozen=True):
    """A cell's text; `wrong` says what may not stand there."""

    text: str
    wrong: str = ""


Row = tuple[SheetCell, ...]


def read_sheets(data: bytes) -> dict[str, list[Row]]:
    """Every sheet by its title; its rows from the first, empty ones at the end left out. Raises WorkbookRefused."""
    _look_inside(data)
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says what it leaves out: none of it is a cell
        try:
            book = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=False, keep_links=False
            )
            if len(book.sheetnames) > MOST_SHEETS:
                raise WorkbookRefused(why="too_many")
            return {sheet.title: _rows(sheet) for sheet in book.worksheets}
        except _UNREADABLE as error:
            raise WorkbookRefused(why="unreadable") from error


def _look_inside(data: bytes) -> None:
    """Refuse by what the package holds, before anything in it is read as a workbook."""
    if len(data) > LARGEST_BYTES:
        raise WorkbookRefused(why="too_large")
    if data.startswith(_OLD_EXCEL):
        raise WorkbookRefused(why="locked")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            # Reading a part stops at the size that its entry names, so these sums hold.
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise WorkbookRefused(why="too_large")
            for part in parts:
                _look_at_part(part.filename.lower(), package.read(part))
    except _UNREADABLE as error:
        raise WorkbookRefused(why="unreadable") from error


def _look_at_part(name: str, content: bytes) -> None:
    path = f"/{name}"
    if any(sign in path for sign in _CARRIES_CODE):
        raise WorkbookRefused(why="code")
    if any(sign in path for sign in _REACHES_OUT):
        raise WorkbookRefused(why="links")
    if name.endswith((".xml", ".rels", ".vml")):
        # A document type could make a few bytes unfold into gigabytes; no workbook has one.
        if content.startswith(_WIDE_TEXT) or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise WorkbookRefused(why="unreadable")
        if name.endswith(".rels") and not all(
            b"/hyperlink" in one for one in _OUTSIDE.findall(content)
        ):
            raise WorkbookRefused(why="links")
        if b"macroEnabled" in content:
            raise WorkbookRefused(why="code")


def _rows(sheet: object) -> list[Row]:
    found: list[Row] = []
    empty, blank = 0, None
    for number, cells in enumerate(_iterated(sheet), 1):
        if number > LAST_ROW:
            raise WorkbookRefused(why="unreadable")
        if cells is blank:  # openpyxl gives rows that are not there as one and the same
            empty += 1
            continue
        row = tuple(map(_cell, cells))
        if not any(cell.text or cell.wrong for cell in row):
            empty, blank = empty + 1, cells
            continue
        if number > MOST_ROWS:
            raise WorkbookRefused(why="too_many")
        found.extend(() for _ in range(empty))
        empty = 0
        found.append(row)
    return found


def _iterated(sheet: object) -> Iterator[tuple[object, ...]]:
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # what the file says of its size may be a lie
    yield from sheet.iter_rows(max_col=MOST_COLUMNS)  # type: ignore[attr-defined]


def _cell(cell: object) -> SheetCell:
    value, kind = getattr(cell, "value", None), getattr(cell, "data_type", "n")
    if value is None:
        return SheetCell("")
    if kind == "f":
        return SheetCell("", "是公式，不读取；请复制以后“粘贴为数值”")
    if kind == "e":
        return SheetCell("", f"是错误值 {value}，请改成内容")
    text = _text(value)
    if len(text) > LONGEST_CELL:
        return SheetCell("", f"超过 {LONGEST_CELL} 个字，请改短")
    return SheetCell(text)


def _text(value: object) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()
