"""One row of a table of an item: a material, a step, a basis."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.item_fields import FieldKind, Table
from app.domain.item_form import Row, read_value
from ui.desktop.pages.items.editing.inputs import Input
from ui.desktop.widgets.dialogs import FormDialog


class RowDialog(FormDialog):
    """Accepted when every field can be read; then `row` has what stands there."""

    def __init__(self, table: Table, row: Row | None, parent: QWidget | None = None) -> None:
        super().__init__(table.label, "", parent)
        self.yes.set_text(self.tr("添加") if row is None else self.tr("改好"))
        self.inputs = [Input(field) for field in table.fields]
        for one in self.inputs:
            one.set_text((row or {}).get(one.field.name, ""))
            self.add(one)
        self.ok_requested.connect(self._on_ok)

    def row(self) -> dict[str, str]:
        return {one.field.name: one.text() for one in self.inputs}

    def _on_ok(self) -> None:
        wrong = [one for one in self.inputs if self._judge(one)]
        if wrong:
            wrong[0].setFocus()
        else:
            self.accept()

    def _judge(self, one: Input) -> bool:
        said = read_value(one.field, one.text())
        expected = one.field.kind in (FieldKind.TEXT, FieldKind.LONG) and not one.field.optional
        if said is None and expected and not one.text().strip():
            said = self.tr("没有填")
        one.say(said or "")
        return bool(said)
