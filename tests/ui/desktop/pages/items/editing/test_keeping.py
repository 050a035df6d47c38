"""The whole catalogue at the district: Excel out and in, cancelling, merging, figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from app.usecases import catalogue_editing, catalogue_workbook
from app.workbooks.catalogue_reading import read_catalogue_workbook
from app.workbooks.catalogue_writing import write_catalogue
from tests.builders import FEW, VILLAGE, the_item
from tests.ui.desktop import walks
from tests.ui.desktop.desks import SomeDesk, a_desk, leave
from tests.ui.desktop.pages.items.editing.centre import a_centre, settle, shown
from ui.desktop.desk import Said
from ui.desktop.pages.items.editing import notes_dialog
from ui.desktop.pages.items.editing.figures_dialog import FiguresDialog
from ui.desktop.pages.items.editing.import_dialog import BadCellsDialog, ImportDialog
from ui.desktop.pages.items.editing.withdraw_dialog import WithdrawDialog
from ui.desktop.pages.items.page import ItemsPage


@pytest.fixture
def some(qtbot: QtBot, tmp_path: Path) -> Iterator[SomeDesk]:
    made = a_centre(qtbot, tmp_path)
    yield made
    leave(made)


@pytest.fixture
def page(some: SomeDesk) -> ItemsPage:
    return shown(some)


def opened(some: SomeDesk, page: ItemsPage, act) -> object:
    """The dialog that an act opens."""
    dialogs: list[object] = []
    page.keeping.shown.connect(dialogs.append)
    act()
    some.qtbot.waitUntil(lambda: bool(dialogs))
    settle(some)
    return dialogs[0]


def a_file(some: SomeDesk, folder: Path, *, promised: int) -> Path:
    items = catalogue_workbook.kept_items(some.station.store)
    items[0] = msgspec.structs.replace(
        items[0], clock=msgspec.structs.replace(items[0].clock, promised=promised)
    )
    notes = catalogue_editing.current_notes(some.station.store)
    file = folder / "目录.xlsx"
    file.write_bytes(write_catalogue(items, notes.not_issued_here, notes.retired_terms))
    return file


def test_a_workbook_is_written_where_somebody_says(some, page, tmp_path):
    page.keeping.export_to(tmp_path / "目录.xlsx")
    settle(some)
    read = read_catalogue_workbook((tmp_path / "目录.xlsx").read_bytes())
    assert [item.id for item in read.items] == sorted(FEW)


def test_what_a_workbook_changes_is_told_and_then_published(some, page, tmp_path):
    file = a_file(some, tmp_path, promised=12)
    dialog = opened(some, page, lambda: page.keeping.import_from(file))
    assert isinstance(dialog, ImportDialog)
    assert walks.faults(dialog) == []
    assert any("第 2 版（承诺时限）" in text for text in walks.texts(dialog))
    assert some.station.store.publications.items["IT001"][-1].version == 1
    dialog.day.set_day(date(2026, 12, 1))
    dialog.yes.click()
    settle(some)
    item = some.station.store.publications.items["IT001"][-1]
    assert (item.version, item.effective) == (2, date(2026, 12, 1))


def test_a_workbook_that_changes_nothing_has_nothing_to_publish(some, page, tmp_path):
    file = a_file(some, tmp_path, promised=the_item("IT001").clock.promised)
    dialog = opened(some, page, lambda: page.keeping.import_from(file))
    assert isinstance(dialog, ImportDialog)
    assert not dialog.yes.isEnabled()


def test_bad_cells_are_listed_and_nothing_is_published(some, page, tmp_path):
    file = a_file(some, tmp_path, promised=31)
    dialog = opened(some, page, lambda: page.keeping.import_from(file))
    assert isinstance(dialog, BadCellsDialog)
    assert walks.faults(dialog) == []
    assert any("“事项”" in text and "短于承诺时限" in text for text in walks.texts(dialog))
    dialog.yes.click()
    assert some.station.store.publications.items["IT001"][-1].version == 1


def test_a_file_that_is_no_workbook_is_refused_in_words(some, page, tmp_path):
    file = tmp_path / "x.xlsx"
    file.write_bytes(b"a,b")
    said: list[Said] = []
    some.desk.said.connect(said.append)
    page.keeping.import_from(file)
    settle(some)
    assert "没有导入" in said[0].text


def test_an_item_is_cancelled_with_its_day_and_reason(some, page):
    page.receive("IT022")
    settle(some)
    dialog = opened(some, page, page.guide.withdraw.click)
    assert isinstance(dialog, WithdrawDialog)
    assert walks.faults(dialog) == []
    dialog.yes.click()
    assert "请写明原因" in dialog.reason_field.said_text
    dialog.reason.set_text("上级文件取消")
    dialog.day.set_day(date(2026, 12, 1))
    dialog.yes.click()
    settle(some)
    told = some.station.store.publications.coming_withdrawal("IT022", date(2026, 11, 20))
    assert (told.on, told.reason) == (date(2026, 12, 1), "上级文件取消")
    assert "上级文件取消" in page.guide.banner.text()


def test_an_item_is_merged_into_another(some, page):
    page.receive("IT022")
    settle(some)
    dialog = opened(some, page, page.guide.withdraw.click)
    assert isinstance(dialog, WithdrawDialog)
    dialog.into.set_value("IT005")
    dialog.reason.set_text("两项合一")
    dialog.yes.click()
    settle(some)
    page.receive("IT022")
    settle(some)
    assert page.guide.sheet.item.id == "IT005"
    assert "两项合一" in page.guide.banner.text()


def test_a_cancelled_item_can_be_brought_back(some, page):
    catalogue_editing.withdraw(
        some.station.store, "IT022", on=date(2026, 11, 20), reason="取消", by=some.station.head
    )
    some.desk.changed.emit()
    page.receive("就业创业证申领")
    settle(some)
    assert "起取消，不用再办" in page.guide.banner.text()
    page.guide.edit.click()
    settle(some)
    assert page.editor.judged.kind.value == "restored"
    assert page.editor.publish.isEnabled()


def test_the_figures_are_shown_with_what_is_behind_them(some, page):
    dialog = opened(some, page, page.keeping.show_figures)
    assert isinstance(dialog, FiguresDialog)
    assert walks.faults(dialog) == []
    told = "\n".join(walks.texts(dialog))
    assert "承诺比法定压缩" in told
    assert "进驻率" in told
    assert "授权率" in told


def test_every_station_may_take_the_catalogue_along_and_see_its_figures(qtbot, tmp_path):
    some = a_desk(qtbot, tmp_path, VILLAGE)
    page = shown(some)
    assert isinstance(opened(some, page, page.keeping.show_figures), FiguresDialog)
    leave(some)


def test_the_district_changes_former_names_and_what_is_not_issued_here(some, page, monkeypatch):
    dialog = opened(some, page, page.keeping.ask_notes)
    assert isinstance(dialog, notes_dialog.NotesDialog)
    before = catalogue_editing.current_notes(some.station.store)
    assert dialog.notes() == before
    certificate = {"name": "单身证明", "ask_instead": "民政部门", "alternative": "凭婚姻登记查询"}
    dialog.certificates.put(0, certificate, instead=False)
    term = {"old": "老低保", "now": "没有这项", "kind": "改了名称", "since": ""}
    dialog.terms.put(0, term, instead=False)
    monkeypatch.setattr(notes_dialog, "confirm", lambda *_: True)
    dialog.yes.click()
    settle(some)
    assert any("没有这项 不是事项" in text for text in walks.texts(dialog))
    assert catalogue_editing.current_notes(some.station.store) == before
    dialog.terms.put(0, term | {"now": the_item("IT001").name}, instead=True)
    dialog.yes.click()
    settle(some)
    now = catalogue_editing.current_notes(some.station.store)
    assert now.not_issued_here[0].ask_instead == "民政部门"
    assert now.retired_terms[0].old == "老低保"
    assert len(now.retired_terms) == len(before.retired_terms) + 1
