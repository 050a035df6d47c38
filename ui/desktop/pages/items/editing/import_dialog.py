"""What an Excel file would change, before anything is published; or every cell that has to be mended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.domain.staff import OperatorCard
from app.errors import DaibanError
from app.store.store import Store
from app.usecases import catalogue_workbook
from app.usecases.catalogue_editing import ChangeKind, Published, told
from app.usecases.catalogue_workbook import Preview
from app.workbooks.catalogue_reading import BadCell
from ui import wording
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look import Mood, Space, TextKind
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.day_edit import DayEdit
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.text import Text

_MOST_SHOWN = 200


class ImportDialog(FormDialog):
    """Accepted when the changes are published."""

    def __init__(
        self, desk: Desk, data: bytes, seen: Preview, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk.tr("导入事项目录"), desk.tr("发布这些改动"), parent)
        self._desk, self._data, self._today = desk, data, today
        self.day = DayEdit(today)
        self.day.set_day(today)
        self.day_field = Field(self.tr("从哪天起"), self.day)
        self.day_field.set_note(self.tr("以前收的件仍按原来的规定"))
        changed = [one for one in seen.changes if one.kind is not ChangeKind.UNCHANGED]
        if not seen.is_empty:
            self.add(self.day_field)
        self._tell(changed_lines(seen))
        if seen.is_empty:
            self.yes.setEnabled(False)
        warned = [
            f"{one.item.name}　{told(warning)}" for one in changed for warning in one.warnings
        ]
        if warned:
            self._tell([self.tr("请留意，不妨碍发布："), *warned], Mood.WARN)
        self.ok_requested.connect(self._on_ok)

    def _tell(self, lines: Sequence[str], mood: Mood | None = None) -> None:
        self.add(
            Text(
                "\n".join(lines[:_MOST_SHOWN]),
                TextKind.BODY if mood is None else TextKind.SECONDARY,
                mood,
            )
        )

    def _on_ok(self) -> None:
        day = self.day.day()
        self.day_field.quiet()
        if day is None or day < self._today:
            self.day_field.say(Mood.BAD, self.tr("请填今天或者以后的一天"))
            return
        self.set_busy(True)
        self._desk.act(partial(_take_in, data=self._data, day=day), self._on_done, self._on_refused)

    def _on_done(self, done: Published) -> None:
        self._desk.say(Mood.GOOD, self.tr("已发布 {n} 项的新版本。").format(n=len(done.items)))
        self.accept()

    def _on_refused(self, error: DaibanError) -> None:
        self.set_busy(False)
        self.say(Mood.BAD, wording.sentence_on_screen(error))


class BadCellsDialog(FormDialog):
    """Nothing of the file was used: these cells have to be mended first."""

    def __init__(self, desk: Desk, cells: Sequence[BadCell], parent: QWidget | None = None) -> None:
        note = desk.tr("目录没有改动。请在 Excel 里改好下面的格子，存好，再导入一次。")
        super().__init__(
            desk.tr("有 {n} 处要改").format(n=len(cells)), desk.tr("知道了"), parent, note=note
        )
        self._lines = [cell.text for cell in cells]
        self.copy = Button(desk.tr("复制清单"), icon="copy")
        self.copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText("\n".join(self._lines))
        )
        row = look.row(Space.S)
        row.addWidget(self.copy)
        row.addStretch(1)
        self.add(row)
        self.add(Text("\n".join(self._lines[:_MOST_SHOWN])))
        self.no.hide()
        self.ok_requested.connect(self.accept)


def changed_lines(seen: Preview) -> list[str]:
    """New, changed, brought back, the same, and what the file leaves out."""
    said = {
        ChangeKind.NEW: "新增",
        ChangeKind.CHANGED: "改动",
        ChangeKind.RESTORED: "恢复",
    }
    lines = []
    for kind, word in said.items():
        for one in seen.of_kind(kind):
            fields = "、".join(changed.label for changed in one.differences)
            what = f"（{fields}）" if kind is not ChangeKind.NEW and fields else ""
            lines.append(f"{word}　{one.item.id} {one.item.name}，第 {one.item.version} 版{what}")
    if seen.notes_change:
        lines.append("改动　不予开具的证明和旧名")
    if not lines:
        lines.append("文件与现在的目录一样，没有要发布的。")
    lines.append(f"没有改动的 {len(seen.of_kind(ChangeKind.UNCHANGED))} 项")
    if seen.missing:
        names = "、".join(item.name for item in seen.missing)
        lines.append(f"文件里没有、照旧保留的 {len(seen.missing)} 项：{names}")
    return lines


def _take_in(store: Store, by: OperatorCard, *, data: bytes, day: date) -> Published:
    return catalogue_workbook.take_in(store, data, by=by, effective=day)
