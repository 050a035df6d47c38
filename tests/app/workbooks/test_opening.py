"""Workbooks from anybody: what could do harm is refused before it is read, and no formula is worked out."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from app.workbooks import opening
from app.workbooks.opening import WorkbookRefused, read_sheets


def a_book(*rows, title="表") -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    page.title = title
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes, *, instead: bool = False) -> bytes:
    """The same package with one more part, or with one replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if not (instead and part.filename == name):
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def part_of(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def why(data: bytes) -> object:
    with pytest.raises(WorkbookRefused) as refusal:
        read_sheets(data)
    return refusal.value.facts["why"]


def test_cells_are_text_whatever_they_were():
    nine = datetime(2026, 12, 1, 9)  # noqa: DTZ001 - a cell has no zone
    rows = read_sheets(a_book(["甲", 3, 2.0, 2.5, True, date(2026, 12, 1), nine, None]))
    assert [cell.text for cell in rows["表"][0]][:7] == [
        "甲", "3", "2", "2.5", "是", "2026-12-01", "2026-12-01",
    ]  # fmt: skip


def test_a_formula_and_an_error_are_named_and_never_worked_out():
    (row,) = read_sheets(a_book(["=1+1", '=HYPERLINK("http://x")', "#REF!"]))["表"]
    assert [cell.text for cell in row[:3]] == ["", "", ""]
    assert all(cell.wrong for cell in row[:3])


def test_empty_rows_between_keep_their_numbers_and_those_at_the_end_are_left_out():
    book = Workbook()
    page = book.worksheets[0]
    page["A1"], page["A5"], page["B900"] = "头", "尾", None
    out = io.BytesIO()
    book.save(out)
    rows = read_sheets(out.getvalue())["Sheet"]
    assert len(rows) == 5
    assert rows[4][0].text == "尾"


def test_a_stray_empty_cell_at_the_end_of_a_million_rows_does_no_harm():
    sheet = part_of(a_book(["甲"]), "xl/worksheets/sheet1.xml")
    stray = sheet.replace(b"</sheetData>", b'<row r="1048576"><c r="A1048576"/></row></sheetData>')
    rows = read_sheets(with_part(a_book(["甲"]), "xl/worksheets/sheet1.xml", stray, instead=True))
    assert len(rows["表"]) == 1


def test_something_beyond_the_last_row_that_is_read_is_refused():
    sheet = part_of(a_book(["甲"]), "xl/worksheets/sheet1.xml")
    row = f'<row r="{opening.MOST_ROWS + 1}"><c><v>1</v></c></row></sheetData>'.encode()
    data = with_part(
        a_book(["甲"]),
        "xl/worksheets/sheet1.xml",
        sheet.replace(b"</sheetData>", row),
        instead=True,
    )
    assert why(data) == "too_many"


@pytest.mark.parametrize("cell", ["<c><v>1</v></c>", ""])
def test_a_row_beyond_any_sheet_is_not_counted_up_to(cell):
    sheet = part_of(a_book(["甲"]), "xl/worksheets/sheet1.xml")
    row = f'<row r="{10**15}">{cell}</row></sheetData>'.encode()
    far = sheet.replace(b"</sheetData>", row)
    data = with_part(a_book(["甲"]), "xl/worksheets/sheet1.xml", far, instead=True)
    assert why(data) == "unreadable"


def test_a_million_written_empty_rows_are_refused():
    sheet = part_of(a_book(["甲"]), "xl/worksheets/sheet1.xml")
    rows = b"".join(b'<row r="%d"></row>' % n for n in range(2, 1_000_000)) + b"</sheetData>"
    data = with_part(
        a_book(["甲"]),
        "xl/worksheets/sheet1.xml",
        sheet.replace(b"</sheetData>", rows),
        instead=True,
    )
    assert len(data) < opening.LARGEST_BYTES
    assert why(data) == "too_large"


def test_a_zip_bomb_is_refused_unopened():
    assert (
        why(with_part(a_book(["甲"]), "xl/media/big.png", bytes(64 * 1024 * 1024))) == "too_large"
    )


def test_more_parts_than_any_workbook_has_are_refused():
    data = a_book(["甲"])
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as package:
        for n in range(opening.MOST_PARTS):
            package.writestr(f"x{n}", b"")
    assert why(out.getvalue()) == "too_large"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("xl/vbaProject.bin", "code"),
        ("xl/macrosheets/sheet1.xml", "code"),
        ("xl/activeX/activeX1.xml", "code"),
        ("xl/externalLinks/externalLink1.xml", "links"),
        ("xl/embeddings/oleObject1.bin", "links"),
        ("xl/connections.xml", "links"),
    ],
)
def test_code_and_links_are_refused(name, expected):
    assert why(with_part(a_book(["甲"]), name, b"<x/>")) == expected


def test_a_relation_to_something_outside_is_refused_unless_it_is_a_link_in_a_text():
    link = (
        b'<Relationships><Relationship Id="r1" Type="http://x/hyperlink" '
        b'Target="http://y" TargetMode="External"/></Relationships>'
    )
    assert read_sheets(with_part(a_book(["甲"]), "xl/worksheets/_rels/sheet1.xml.rels", link))
    other = link.replace(
        b"</", b'<Relationship Id="r2" Type="http://x/oleObject" TargetMode = \'External\'/></', 1
    )
    assert why(with_part(a_book(["甲"]), "xl/worksheets/_rels/sheet1.xml.rels", other)) == "links"


def test_entities_that_unfold_are_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><worksheet/>'
    assert (
        why(with_part(a_book(["甲"]), "xl/worksheets/sheet1.xml", bomb, instead=True))
        == "unreadable"
    )
    wide = "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE a><worksheet/>".encode("utf-16")
    assert (
        why(with_part(a_book(["甲"]), "xl/worksheets/sheet1.xml", wide, instead=True))
        == "unreadable"
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "unreadable"),
        (b"a,b,c\n", "unreadable"),
        (b"PK\x03\x04" + bytes(100), "unreadable"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "locked"),
        (bytes(opening.LARGEST_BYTES + 1), "too_large"),
    ],
    ids=["nothing", "csv", "broken", "old", "large"],
)
def test_what_is_no_workbook_is_refused(data, expected):
    assert why(data) == expected


def test_a_package_without_a_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", b"<Types/>")
    assert why(out.getvalue()) == "unreadable"


WHOLE = a_book(["事项编号", 3, "甲"], ["IT001", 4, "乙"])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_a_damaged_file_is_read_or_refused_but_nothing_falls_over(at, byte):
    damaged = WHOLE[:at] + bytes([byte]) + WHOLE[at + 1 :]
    with suppress(WorkbookRefused):
        read_sheets(damaged)
