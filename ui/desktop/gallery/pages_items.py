"""事项 at the district: the editor, cancelling and merging, Excel, figures."""

from __future__ import annotations

from functools import partial

import msgspec

from app.usecases import catalogue_editing, catalogue_workbook, item_drafts
from app.usecases.item_sheets import ItemSheet
from app.workbooks.catalogue_writing import write_catalogue
from ui.desktop.gallery import houses
from ui.desktop.gallery.district import Station
from ui.desktop.gallery.scene import Act, Scene, at_desk, patiently
from ui.desktop.gallery.stage import Stage
from ui.desktop.pages.items.editing.judging import NEW
from ui.desktop.pages.items.editing.rows import RowsEditor
from ui.desktop.pages.items.editing.sections import Section
from ui.desktop.pages.items.page import ItemsPage
from ui.desktop.pages.names import PageName
from ui.desktop.window.main_window import MainWindow


def _seat() -> Station:
    return houses.empty().seat


def scenes() -> list[Scene]:
    def here(name: str, title: str, *acts: Act, matters: bool = False) -> Scene:
        return at_desk(
            f"items-{name}", f"事项：{title}", _seat, PageName.ITEMS,
            subject=lambda: "IT001", acts=acts, matters=matters,
        )  # fmt: skip

    edit = [_clean, _edit("IT001")]
    return [
        here("keeping", "区里的指南", _clean, matters=True),
        here("edit", "编辑", *edit, matters=True),
        here("edit-time", "编辑时限，写错了", *edit, _type("clock.promised", "31"), matters=True),
        here("edit-materials", "编辑材料", *edit, _section(Section.MATERIALS), matters=True),
        here("edit-row", "编辑一份材料", *edit, _section(Section.MATERIALS), _row),
        here("edit-basis", "编辑依据", *edit, _section(Section.BASIS)),
        here("new", "新事项，还缺八公开", _clean, _edit(""), _type("name", "高龄津贴发放")),
        here("withdraw", "取消或合并", _clean, _withdraw, matters=True),
        here(
            "import",
            "导入 Excel，说出改动",
            _clean,
            partial(_import, changed=True),
            patiently,
            matters=True,
        ),
        here("bad-cells", "导入 Excel，填错的格子", _clean, _bad, patiently, matters=True),
        here("figures", "指标", _clean, _figures, matters=True),
        here("guide-paper", "指南，打印前看", _clean, _on_paper(ItemSheet.GUIDE), matters=True),
        here("chart-paper", "流程图，打印前看", _clean, _on_paper(ItemSheet.CHART), matters=True),
        here("sample-paper", "样表，打印前看", _clean, _on_paper(ItemSheet.SAMPLE)),
        here("notes", "旧名和不予开具", _clean, _notes, matters=True),
    ]


def _page(window: MainWindow) -> ItemsPage:
    page = window.shown
    assert isinstance(page, ItemsPage)
    return page


def _clean(window: MainWindow, stage: Stage) -> None:
    """No drafts of an earlier picture."""
    for draft in item_drafts.every(_seat().store):
        item_drafts.discard(_seat().store, draft.item)
    item_drafts.discard(_seat().store, NEW)
    _page(window).refresh()


def _on_paper(sheet: ItemSheet) -> Act:
    return lambda window, _stage: _page(window).show_on_paper(sheet)


def _edit(item: str) -> Act:
    return lambda window, _stage: _page(window).edit(item)


def _section(section: Section) -> Act:
    def act(window: MainWindow, _stage: Stage) -> None:
        editor = _page(window).editor
        assert editor is not None
        editor.form.show_section(section)

    return act


def _type(name: str, text: str) -> Act:
    def act(window: MainWindow, _stage: Stage) -> None:
        editor = _page(window).editor
        assert editor is not None
        editor.form.type_into(name, text)
        editor.presenter.keep()

    return act


def _row(window: MainWindow, stage: Stage) -> None:
    from ui.desktop.pages.items.editing.row_dialog import RowDialog

    rows = _page(window).findChild(RowsEditor)
    assert rows is not None
    RowDialog(rows.table, rows.rows[0], window).open()


def _withdraw(window: MainWindow, _stage: Stage) -> None:
    _page(window).guide.withdraw.click()


def _import(window: MainWindow, stage: Stage, *, changed: bool) -> None:
    """A file as it would come back."""
    items = catalogue_workbook.kept_items(_seat().store)
    clock = msgspec.structs.replace(items[0].clock, promised=15 if changed else 31)
    items[0] = msgspec.structs.replace(items[0], clock=clock)
    if not changed:
        lacking = msgspec.structs.replace(items[1].materials[0], condition="没有选视情形")
        items[1] = msgspec.structs.replace(
            items[1], window_authority="", materials=(lacking, *items[1].materials[1:])
        )
    notes = catalogue_editing.current_notes(_seat().store)
    file = stage.desk.folder / "picture.xlsx"
    file.write_bytes(write_catalogue(items, notes.not_issued_here, notes.retired_terms))
    _page(window).keeping.import_from(file)


def _bad(window: MainWindow, stage: Stage) -> None:
    _import(window, stage, changed=False)


def _figures(window: MainWindow, _stage: Stage) -> None:
    _page(window).keeping.show_figures()


def _notes(window: MainWindow, _stage: Stage) -> None:
    _page(window).keeping.ask_notes()
