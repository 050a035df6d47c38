"""The form of an item, a section at a time; a section is made when somebody first comes to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.item_faults import ItemFault
from app.domain.item_fields import field_named, table_named
from app.domain.item_form import ItemForm
from ui.desktop import look
from ui.desktop.look import Space
from ui.desktop.pages.items.editing.inputs import Input
from ui.desktop.pages.items.editing.rows import RowsEditor
from ui.desktop.pages.items.editing.sections import PARTS, Section, section_of
from ui.desktop.widgets.reading_order import follow_layout
from ui.desktop.widgets.segments import Segment, Segments

_TWO_COLUMNS: Final = 560


class FormView(QWidget):
    """`edited` when a person has changed something; `form` is what stands there then."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, str] = {}
        self._tables: dict[str, tuple[dict[str, str], ...]] = {}
        self._faults: tuple[ItemFault, ...] = ()
        self._locked: frozenset[str] = frozenset()
        self._pages: dict[Section, _SectionPage] = {}
        self.choice = Segments(self.tr("表的部分"))
        self.choice.chosen.connect(self.show_section)
        self._column = look.column(Space.M, parent=self)
        self._column.addWidget(self.choice)
        self._column.addStretch(1)
        self._show_choice()

    def form(self) -> ItemForm:
        return ItemForm(fields=dict(self._fields), tables=dict(self._tables))

    def show_form(self, form: ItemForm, *, locked: Iterable[str] = ()) -> None:
        """A form from its beginning; what is `locked` cannot be changed."""
        self._fields = dict(form.fields)
        self._tables = {
            name: tuple(dict(row) for row in rows) for name, rows in form.tables.items()
        }
        self._locked = frozenset(locked)
        self._faults = ()
        for page in self._pages.values():
            self._column.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._pages = {}
        self.show_section(Section.WHAT)

    def show_faults(self, faults: Iterable[ItemFault]) -> None:
        """Beside the fields, and counted at their sections."""
        self._faults = tuple(faults)
        for page in self._pages.values():
            page.show_faults(self._faults)
        self._show_choice()

    def show_section(self, section: object) -> None:
        assert isinstance(section, Section)
        page = self._pages.get(section)
        if page is None:
            page = self._pages[section] = _SectionPage(section, self._locked)
            page.fill(self._fields, self._tables)
            page.edited.connect(self._on_edited)
            self._column.insertWidget(self._column.count() - 1, page)
            page.show_faults(self._faults)
        for one, shown in self._pages.items():
            shown.setVisible(one is section)
        self.choice.set_value(section)
        follow_layout(self)

    def type_into(self, name: str, text: str) -> None:
        """As if somebody had typed it."""
        self.show_section(section_of(name))
        page = self._pages[section_of(name)]
        page.inputs[name].set_text(text)
        self._on_edited(name)

    def go_to(self, name: str) -> QWidget | None:
        """Show a field or table, and put the keyboard there."""
        section = section_of(name)
        self.show_section(section)
        return self._pages[section].focus_on(name)

    def _on_edited(self, name: str) -> None:
        section = self._pages[section_of(name)]
        if name in section.inputs:
            self._fields[name] = section.inputs[name].text()
        else:
            self._tables[name] = tuple(dict(row) for row in section.rows[name].rows)
        self.edited.emit()

    def _show_choice(self) -> None:
        counts = dict.fromkeys(Section, 0)
        for fault in self._faults:
            counts[section_of(fault.field)] += 1
        self.choice.show_segments(
            [
                Segment(text=section.label, value=section, count=counts[section] or None)
                for section in Section
            ]
        )


class _SectionPage(QWidget):
    """`edited` carries the name of a field or table."""

    edited = Signal(str)

    def __init__(self, section: Section, locked: frozenset[str]) -> None:
        super().__init__()
        self.inputs: dict[str, Input] = {}
        self.rows: dict[str, RowsEditor] = {}
        for name in PARTS[section]:
            field, table = field_named(name), table_named(name)
            if field is not None:
                one = self.inputs[name] = Input(field)
                one.edited.connect(lambda name=name: self.edited.emit(name))
                if name in locked:
                    one.lock()
            elif table is not None:
                several = self.rows[name] = RowsEditor(table)
                several.edited.connect(lambda name=name: self.edited.emit(name))
        self._order = PARTS[section]
        self._grid = look.grid(Space.M, parent=self)
        self._columns = 0
        self._arrange(2)

    def fill(self, fields: dict[str, str], tables: dict[str, tuple[dict[str, str], ...]]) -> None:
        for name, one in self.inputs.items():
            one.set_text(fields.get(name, ""))
        for name, several in self.rows.items():
            several.show_rows(tables.get(name, ()))

    def show_faults(self, faults: Iterable[ItemFault]) -> None:
        of_fields: dict[str, str] = {}
        of_cells: dict[str, dict[tuple[int, str], str]] = {name: {} for name in self.rows}
        of_tables: dict[str, str] = {}
        for fault in faults:
            table = fault.field.partition(".")[0]
            if table in of_cells and fault.row is not None:
                of_cells[table].setdefault((fault.row, fault.column), fault.what)
            elif table in of_cells:
                of_tables.setdefault(table, fault.what)
            else:
                of_fields.setdefault(fault.field, fault.what)
        for name, one in self.inputs.items():
            one.say(of_fields.get(name, ""))
        for name, several in self.rows.items():
            several.say(of_cells[name], of_tables.get(name, ""))

    def focus_on(self, name: str) -> QWidget | None:
        one: QWidget | None = self.inputs.get(name)
        several = self.rows.get(name.partition(".")[0])
        if one is None and several is not None:
            one = several.view if several.rows else several.add
        if one is not None:
            one.setFocus()
        return one

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= look.current().px(_TWO_COLUMNS) else 1)

    def _arrange(self, columns: int) -> None:
        """Short fields beside each other where there is room; long ones and tables have a row of their own."""
        if columns == self._columns:
            return
        self._columns = columns
        while self._grid.count():
            self._grid.takeAt(0)
        row = column = 0
        for name in self._order:
            widget: QWidget = self.inputs[name] if name in self.inputs else self.rows[name]
            wide = columns == 1 or name in self.rows or self.inputs[name].is_wide
            if wide and column:
                row, column = row + 1, 0
            self._grid.addWidget(widget, row, column, 1, columns if wide else 1)
            column += columns if wide else 1
            if column >= columns:
                row, column = row + 1, 0
        for at in range(2):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)
