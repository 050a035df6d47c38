"""The catalogue as a workbook: out and in again is the same, and each bad cell is named."""

from __future__ import annotations

import io

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.domain.item_form import ItemForm, read_form
from app.domain.items import Item
from app.workbooks.catalogue_reading import BadWorkbook, at, read_catalogue_workbook
from app.workbooks.catalogue_sheets import SHEETS
from app.workbooks.catalogue_writing import write_catalogue
from tests.app.domain.test_item_form import FORMS
from tests.builders import FEW, the_catalogue, the_item


def a_workbook(*items: Item) -> bytes:
    told = the_catalogue()
    chosen = items or tuple(the_item(name) for name in FEW)
    return write_catalogue(chosen, told.not_issued_here, told.retired_terms)


def edited(edit, data: bytes | None = None) -> bytes:
    book = load_workbook(io.BytesIO(data or a_workbook()))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bad_cells(edit) -> list[tuple[str, str]]:
    with pytest.raises(BadWorkbook) as refusal:
        read_catalogue_workbook(edited(edit))
    assert all(one.what and one.text for one in refusal.value.cells)
    return [(one.sheet, one.cell) for one in refusal.value.cells]


def test_the_whole_catalogue_comes_back_as_it_went_out():
    told = the_catalogue()
    read = read_catalogue_workbook(a_workbook(*told.items))
    assert read.items == told.items
    assert read.not_issued_here == told.not_issued_here
    assert read.retired_terms == told.retired_terms


@settings(max_examples=10, deadline=None)
@given(st.lists(FORMS, min_size=1, max_size=3))
def test_any_items_come_back_as_they_went_out(forms: list[ItemForm]):
    items = [
        msgspec.structs.replace(read_form(form)[0], id=f"IT{number:03}")
        for number, form in enumerate(forms)
    ]
    assert read_catalogue_workbook(write_catalogue(items, (), ())).items == tuple(items)


def test_saving_it_again_in_a_spreadsheet_changes_nothing():
    assert read_catalogue_workbook(edited(lambda book: None)).items == tuple(map(the_item, FEW))


def test_headings_stay_in_sight_and_choices_are_offered():
    book = load_workbook(io.BytesIO(a_workbook()))
    assert book.sheetnames == ["说明", *(sheet.title for sheet in SHEETS)]
    page = book["事项"]
    assert page.freeze_panes == "C2"
    offered = {
        offer.formula1 for offer in page.data_validations.dataValidation if offer.type == "list"
    }
    assert '"即办件,承诺件,上报件"' in offered
    assert '"是,否"' in offered


def test_a_text_that_looks_like_a_formula_is_written_as_text():
    item = msgspec.structs.replace(the_item("IT005"), note='=HYPERLINK("http://x","点这里")')
    data = a_workbook(item)
    book = load_workbook(io.BytesIO(data))
    assert {cell.data_type for row in book["事项"].iter_rows() for cell in row} <= {"s", "n"}
    assert read_catalogue_workbook(data).items == (item,)


def test_every_bad_cell_is_named_in_one_pass():
    def spoil(book):
        headings = [cell.value for cell in book["事项"][1]]
        book["事项"].cell(2, headings.index("承诺时限") + 1).value = "二十天"
        book["事项"].cell(3, headings.index("办件类型") + 1).value = "快办件"
        book["申报材料"]["F2"] = 1000
        book["申报材料"]["A3"] = "IT777"
        book["办理环节"]["C4"] = "=A1"
        book["收费"].append(["IT001", "", "工本费", "免费", "某文件"])
        book["旧名"]["C2"] = "忘了"
        book["不予开具的证明"]["B2"] = None

    found = bad_cells(spoil)
    assert ("申报材料", "F2") in found
    assert ("申报材料", "A3") in found
    assert ("办理环节", "C4") in found
    assert ("旧名", "C2") in found
    assert ("不予开具的证明", "B2") in found
    assert sum(sheet == "事项" for sheet, _ in found) == 2
    assert sum(sheet == "收费" for sheet, _ in found) == 1
    assert len(found) == 8


def test_a_repeated_or_missing_id_is_named():
    def spoil(book):
        book["事项"]["A3"] = book["事项"]["A2"].value
        book["事项"]["A4"] = None

    found = bad_cells(spoil)
    assert ("事项", "A3") in found
    assert ("事项", "A4") in found


def test_a_heading_that_was_changed_or_removed_is_named():
    def spoil(book):
        book["事项"]["B1"] = "名字"
        del book["办理环节"]

    found = bad_cells(spoil)
    assert ("事项", "B1") in found
    assert ("办理环节", "") in found


def test_rows_that_stand_apart_keep_their_numbers():
    def spoil(book):
        last = book["收费"].max_row
        book["收费"].cell(last + 4, 1).value = "IT001"
        book["收费"].cell(last + 4, 3).value = "工本费"

    book = load_workbook(io.BytesIO(a_workbook()))
    assert bad_cells(spoil) == [("收费", f"E{book['收费'].max_row + 4}")]


def test_without_the_sheets_of_notes_the_notes_stay():
    def remove(book):
        del book["旧名"]
        del book["不予开具的证明"]

    read = read_catalogue_workbook(edited(remove))
    assert (read.not_issued_here, read.retired_terms) == (None, None)


@pytest.mark.parametrize(
    ("column", "named"), [(0, "A1"), (25, "Z1"), (26, "AA1"), (51, "AZ1"), (52, "BA1")]
)
def test_a_cell_is_named_as_excel_names_it(column, named):
    assert at(column, 1) == named
