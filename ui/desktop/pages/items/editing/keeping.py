"""What the head at the district may do with the whole catalogue: begin an item, Excel out and in, figures."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from app.domain.events import Role
from app.domain.items import Item
from app.domain.regions import Tier
from app.errors import DaibanError
from app.store.store import Store
from app.usecases.today import shown_today
from ui import files
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.widgets.button import Button, MenuButton, MenuEntry

if TYPE_CHECKING:
    from app.usecases.catalogue_editing import Notes
    from app.usecases.catalogue_figures import Figures
    from app.usecases.catalogue_workbook import Preview


class Keeping(QObject):
    """`shown` carries a dialog that was just opened: it does not hold its page. `edit_asked`: a new item."""

    edit_asked = Signal(str)
    shown = Signal(object)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.new = Button(self.tr("新事项"), icon="plus")
        self.more = MenuButton(self.tr("目录"), icon="book-open", text=self.tr("目录"))
        self.new.clicked.connect(lambda: self.edit_asked.emit(""))
        desk.operator_changed.connect(self.offer)
        self.offer()

    @property
    def may_edit(self) -> bool:
        station, operator = self._desk.station, self._desk.operator
        return station.tier is Tier.DISTRICT and Role.HEAD in operator.roles

    def offer(self) -> None:
        """Everybody may take the catalogue along and look at its figures; the head changes it."""
        entries = [
            MenuEntry(text=self.tr("导出 Excel…"), act=self.ask_export, icon="download"),
            MenuEntry(text=self.tr("指标"), act=self.show_figures, icon="activity"),
        ]
        if self.may_edit:
            entries[1:1] = [
                MenuEntry(text=self.tr("导入 Excel…"), act=self.ask_import, icon="folder-open"),
                MenuEntry(text=self.tr("旧名和不予开具的证明…"), act=self.ask_notes, icon="pencil"),
            ]
        self.more.set_entries(entries)
        if self.new.parentWidget() is not None:  # not before: without a parent it would be a window
            self.new.setVisible(self.may_edit and self.more.isVisibleTo(self._page))

    def show_buttons(self, visible: bool) -> None:
        self.more.setVisible(visible)
        self.new.setVisible(visible and self.may_edit)

    # --- Excel ------------------------------------------------------------------------------------

    def ask_export(self) -> None:
        name = self.tr("事项目录.xlsx")
        kinds = self.tr("Excel 文件 (*.xlsx)")
        file, _ = QFileDialog.getSaveFileName(self._page, self.tr("导出事项目录"), name, kinds)
        if file:
            self.export_to(Path(file).with_suffix(".xlsx"))

    def export_to(self, file: Path) -> None:
        def done(_: None) -> None:
            self._desk.say(Mood.GOOD, self.tr("已导出：{file}").format(file=file))

        def written(content: bytes) -> None:
            self._desk.outside(partial(files.write, file, content), done)

        self._desk.read(_export, written)

    def ask_import(self) -> None:
        kinds = self.tr("Excel 文件 (*.xlsx)")
        file, _ = QFileDialog.getOpenFileName(self._page, self.tr("导入事项目录"), "", kinds)
        if file:
            self.import_from(Path(file))

    def import_from(self, file: Path) -> None:
        """Read a file and say what it would change, or what is wrong with it."""

        def read(content: bytes) -> None:
            self._desk.read(
                partial(_preview, data=content), partial(self._on_preview, content), self._on_bad
            )

        self._desk.outside(partial(files.read, file), read)

    def _on_preview(self, content: bytes, told: tuple[Preview, date]) -> None:
        from ui.desktop.pages.items.editing.import_dialog import ImportDialog

        seen, today = told
        self._open(ImportDialog(self._desk, content, seen, today, self._page.window()))

    def _on_bad(self, error: DaibanError) -> None:
        from app.workbooks.catalogue_reading import BadWorkbook
        from ui.desktop.pages.items.editing.import_dialog import BadCellsDialog

        if isinstance(error, BadWorkbook):
            self._open(BadCellsDialog(self._desk, error.cells, self._page.window()))
        else:
            self._desk.complain(error)

    # --- former names and certificates ------------------------------------------------------------

    def ask_notes(self) -> None:
        self._desk.read(_notes, self._on_notes)

    def _on_notes(self, notes: Notes) -> None:
        from ui.desktop.pages.items.editing.notes_dialog import NotesDialog

        self._open(NotesDialog(self._desk, notes, self._page.window()))

    # --- figures and withdrawal -------------------------------------------------------------------

    def show_figures(self) -> None:
        self._desk.read(_figures, self._on_figures)

    def _on_figures(self, told: tuple[Figures, dict[str, str]]) -> None:
        from ui.desktop.pages.items.editing.figures_dialog import FiguresDialog

        found, names = told
        self._open(FiguresDialog(self._desk, found, names, self._page.window()))

    def ask_withdraw(self, item: Item) -> None:
        self._desk.read(_others, partial(self._on_others, item))

    def _on_others(self, item: Item, told: tuple[tuple[Item, ...], date]) -> None:
        from ui.desktop.pages.items.editing.withdraw_dialog import WithdrawDialog

        others, today = told
        others = tuple(one for one in others if one.id != item.id)
        self._open(WithdrawDialog(self._desk, item, others, today, self._page.window()))

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self.shown.emit(dialog)


# Workbooks and figures are read on the store's thread, and what they need is imported there.


def _export(store: Store) -> bytes:
    from app.usecases import catalogue_workbook

    return catalogue_workbook.export(store)


def _preview(store: Store, *, data: bytes) -> tuple[Preview, date]:
    from app.usecases import catalogue_workbook

    return catalogue_workbook.preview(store, data), shown_today(store)


def _notes(store: Store) -> Notes:
    from app.usecases import catalogue_editing

    return catalogue_editing.current_notes(store)


def _figures(store: Store) -> tuple[Figures, dict[str, str]]:
    from app.usecases import catalogue_figures

    day = shown_today(store)
    found = catalogue_figures.figures(store, day, catalogue_figures.authorised_items(store, day))
    names = {name: versions[-1].name for name, versions in store.publications.items.items()}
    return found, names


def _others(store: Store) -> tuple[tuple[Item, ...], date]:
    from app.usecases import catalogue_workbook

    return tuple(catalogue_workbook.kept_items(store)), shown_today(store)
