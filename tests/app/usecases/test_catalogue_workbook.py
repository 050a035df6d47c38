"""The catalogue goes out and comes back: what would change is said first, and a bad file changes nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.usecases import catalogue_editing, catalogue_workbook
from app.usecases.catalogue_editing import ChangeKind
from app.workbooks.catalogue_reading import BadWorkbook
from tests.builders import DISTRICT, FEW, Station, a_district, a_station, the_item
from tests.ui.desktop.pages.items.states import a_new_version, with_notes

LATER = date(2026, 12, 1)


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Station]:
    made = a_station(with_notes(a_district()), DISTRICT, tmp_path)
    yield made
    made.store.close()


def edited(centre, edit) -> bytes:
    book = load_workbook(io.BytesIO(catalogue_workbook.export(centre.store)))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(book, item_id: str, heading: str, value: object) -> None:
    page = book["事项"]
    column = [cell.value for cell in page[1]].index(heading) + 1
    row = next(row for row in range(2, page.max_row + 1) if page.cell(row, 1).value == item_id)
    page.cell(row, column).value = value


def test_what_was_not_touched_changes_nothing(centre):
    seen = catalogue_workbook.preview(centre.store, catalogue_workbook.export(centre.store))
    assert seen.is_empty
    assert len(seen.changes) == len(FEW)
    assert seen.missing == ()


def test_it_says_what_would_change_before_anything_does(centre):
    def edit(book):
        put(book, "IT001", "承诺时限", 15)
        page = book["事项"]
        row = next(row for row in range(2, page.max_row + 1) if page.cell(row, 1).value == "IT005")
        for name in ("申报材料", "办理环节", "设立依据", "收费", "特别程序", "公示"):
            table = book[name]
            for at in range(table.max_row, 1, -1):
                if table.cell(at, 1).value == "IT005":
                    table.delete_rows(at)
        page.delete_rows(row)
        book["旧名"].append(["老叫法", the_item("IT001").name, "改了名称", ""])

    written = centre.store.head().seq
    seen = catalogue_workbook.preview(centre.store, edited(centre, edit), LATER)
    assert centre.store.head().seq == written
    (change,) = seen.of_kind(ChangeKind.CHANGED)
    assert [one.label for one in change.differences] == ["承诺时限"]
    assert [item.id for item in seen.missing] == ["IT005"]
    assert seen.notes_change


def test_taken_in_it_is_published_whole(centre):
    data = edited(centre, lambda book: put(book, "IT001", "承诺时限", 15))
    done = catalogue_workbook.take_in(centre.store, data, by=centre.head, effective=LATER)
    assert [(item.id, item.version, item.effective) for item in done.items] == [("IT001", 2, LATER)]
    assert centre.store.publications.current_item("IT001", LATER).clock.promised == 15
    assert catalogue_workbook.preview(
        centre.store, catalogue_workbook.export(centre.store)
    ).is_empty


def test_notes_that_changed_are_published_too(centre):
    data = edited(
        centre, lambda book: book["旧名"].append(["老叫法", the_item("IT001").name, "改了名称"])
    )
    assert catalogue_workbook.take_in(centre.store, data, by=centre.head).notes
    assert centre.store.publications.retired_terms[-1].old == "老叫法"


def test_a_bad_cell_of_the_matter_is_named_at_its_place_and_nothing_is_published(centre):
    def edit(book):
        put(book, "IT001", "法定时限", 3)
        put(book, "IT005", "窗口权限", None)
        put(book, "IT009", "别名和旧名", the_item("IT001").name)

    written = centre.store.head().seq
    with pytest.raises(BadWorkbook) as refusal:
        catalogue_workbook.take_in(centre.store, edited(centre, edit), by=centre.head)
    assert centre.store.head().seq == written
    told = {one.what: (one.sheet, one.cell) for one in refusal.value.cells}
    assert told["短于承诺时限"][0] == "事项"
    assert told["短于承诺时限"][1].endswith("2")
    assert told["八公开缺窗口权限"][0] == "事项"
    assert any("是事项的名称" in what for what in told)


def test_a_row_filled_in_before_a_newer_version_would_take_that_back_and_is_named(centre):
    data = edited(centre, lambda book: put(book, "IT001", "承诺时限", 15))
    catalogue_editing.publish(centre.store, [a_new_version()], by=centre.head, effective=LATER)
    with pytest.raises(BadWorkbook) as refusal:
        catalogue_workbook.take_in(centre.store, data, by=centre.head)
    assert "已经发布了第 2 版" in refusal.value.cells[0].what


def test_a_withdrawn_item_is_not_exported(centre):
    catalogue_editing.withdraw(centre.store, "IT022", on=LATER, reason="取消", by=centre.head)
    assert "IT022" not in {item.id for item in catalogue_workbook.kept_items(centre.store)}


def test_a_row_of_an_item_that_was_cancelled_since_brings_it_back_only_when_that_is_meant(centre):
    old = catalogue_workbook.export(centre.store)
    meant = edited(centre, lambda book: put(book, "IT022", "版本", None))
    today = date(2026, 11, 20)
    catalogue_editing.withdraw(centre.store, "IT022", on=today, reason="取消", by=centre.head)
    with pytest.raises(BadWorkbook) as refusal:
        catalogue_workbook.take_in(centre.store, old, by=centre.head)
    assert refusal.value.cells[0].what == "这一项已经取消"
    done = catalogue_workbook.take_in(centre.store, meant, by=centre.head)
    assert [item.id for item in done.items] == ["IT022"]
    assert centre.store.publications.current_item("IT022", today).version == 2
