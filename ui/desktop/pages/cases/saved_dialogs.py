"""A name for the present filter, and the saved ones in order: renamed, moved, taken away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.usecases.saved_filters import SavedFilter
from ui.desktop import look
from ui.desktop.look import Space
from ui.desktop.look.mood import Mood
from ui.desktop.widgets.button import IconButton
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit

_LONGEST = 20


def _tr(text: str) -> str:
    return QCoreApplication.translate("SavedDialogs", text)


class SaveDialog(FormDialog):
    """`given` carries the name; whoever made it accepts when it is kept."""

    given = Signal(str)

    def __init__(self, taken: Sequence[str], parent: QWidget | None = None) -> None:
        note = _tr(
            "存在这台电脑上，只有您自己看得到。按 Ctrl+1 到 Ctrl+9，或者 Ctrl+K 输入名字就到。"
        )
        super().__init__(_tr("存为常用筛选"), _tr("保存"), parent, note=note)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._taken = tuple(taken)
        self.name = LineEdit(_tr("如：超期的低保"))
        self.name.setMaxLength(_LONGEST)
        self.field = Field(_tr("名字"), self.name)
        self.add(self.field)
        self.name.textChanged.connect(self._on_typed)
        self.name.entered.connect(self._on_ok)
        self.ok_requested.connect(self._on_ok)

    def refuse(self, sentence: str) -> None:
        self.set_busy(False)
        self.field.say(Mood.BAD, sentence)

    def _on_typed(self) -> None:
        if self.name.text().strip() in self._taken:
            self.field.say(Mood.INFO, _tr("已有这个名字，会换成现在的筛选。"))
        else:
            self.field.quiet()

    def _on_ok(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.field.say(Mood.BAD, _tr("请写一个名字。"))
            self.name.setFocus()
            return
        self.set_busy(True)
        self.given.emit(name)


class ArrangeDialog(FormDialog):
    """`given` carries [(number, name)], in their order; whoever made it accepts when it is kept."""

    given = Signal(list)

    def __init__(self, saved: Sequence[SavedFilter], parent: QWidget | None = None) -> None:
        note = _tr("上面的九个有快捷键 Ctrl+1 到 Ctrl+9。按“保存”才改动。")
        super().__init__(_tr("整理常用筛选"), _tr("保存"), parent, note=note)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._column = look.column(Space.XS)
        self.lines = [_Line(one, self) for one in saved]
        self.add(self._column)
        self.body.addStretch(1)
        self._put_in()
        self.ok_requested.connect(self._on_ok)

    def refuse(self, sentence: str) -> None:
        self.set_busy(False)
        self.say(Mood.BAD, sentence)

    def move_line(self, line: _Line, step: int) -> None:
        at = self.lines.index(line)
        to = at + step
        if 0 <= to < len(self.lines):
            self.lines.insert(to, self.lines.pop(at))
            self._put_in()
            (line.up if step < 0 else line.down).setFocus(Qt.FocusReason.TabFocusReason)

    def take_away(self, line: _Line) -> None:
        at = self.lines.index(line)
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._put_in()
        if self.lines:
            self.lines[min(at, len(self.lines) - 1)].name.setFocus(Qt.FocusReason.TabFocusReason)

    def _put_in(self) -> None:
        for line in self.lines:
            self._column.removeWidget(line)
        before: QWidget | None = None
        for line in self.lines:
            self._column.addWidget(line)
            for stop in (line.name, line.up, line.down, line.gone):
                if before is not None:
                    self.setTabOrder(before, stop)
                before = stop

    def _on_ok(self) -> None:
        self.set_busy(True)
        self.given.emit([(line.n, line.name.text()) for line in self.lines])


class _Line(QWidget):
    def __init__(self, saved: SavedFilter, dialog: ArrangeDialog) -> None:
        super().__init__(dialog)
        self.n = saved.n
        self.name = LineEdit()
        self.name.setMaxLength(_LONGEST)
        self.name.setText(saved.name)
        self.name.setAccessibleName(_tr("名字：{name}").format(name=saved.name))
        self.up = IconButton("chevron-up", _tr("上移：{name}").format(name=saved.name))
        self.down = IconButton("chevron-down", _tr("下移：{name}").format(name=saved.name))
        self.gone = IconButton("trash-2", _tr("删去：{name}").format(name=saved.name))
        row = look.row(Space.XS, parent=self)
        row.addWidget(self.name, 1)
        for button in (self.up, self.down, self.gone):
            row.addWidget(button)
        self.up.clicked.connect(lambda: dialog.move_line(self, -1))
        self.down.clicked.connect(lambda: dialog.move_line(self, 1))
        self.gone.clicked.connect(lambda: dialog.take_away(self))
