"""Lines to tick: a title, what is asked of it, and how it stands at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Mood, Size, Space, TextKind
from ui.desktop.widgets import painting
from ui.desktop.widgets.tick import Tick, draw_box
from ui.desktop.widgets.walked_rows import WalkedRows


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """`right` is a chip if it has a mood, else quiet text; `right_icon` stands before it.

    One that is not tickable is read only: it can be reached, and shows its tick.
    `side_icon` is a button at the very right, for the mouse; whoever shows it has a key for it elsewhere.
    """

    title: str
    key: object
    detail: str = ""
    ticked: bool = False
    right: str = ""
    mood: Mood = Mood.PLAIN
    right_icon: str | None = None
    tickable: bool = True
    side_icon: str | None = None


class Checklist(WalkedRows["_LineRow"]):
    """Arrows move, Space ticks, Enter moves on, Ctrl+Space opens the right side.

    `side_pressed`: the button at the right of a line. Something else may stand under a line (`put_below`).
    """

    ticked = Signal(object, bool)
    opened = Signal(object)
    side_pressed = Signal(object)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._below: dict[object, QWidget] = {}
        self._stack.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """The line that the keyboard is on stays, by its key."""
        had_focus = any(row.hasFocus() for row in self._rows)
        before = self._rows[self._at].line.key if self._rows else None
        self._fit_count(len(lines))
        for row, line in zip(self._rows, lines, strict=True):
            row.show_line(line)
        self._place_below()
        keys = [line.key for line in lines]
        self._move_to(keys.index(before) if before in keys else 0, focus=had_focus)

    def lines(self) -> list[Line]:
        return [row.line for row in self._rows]

    @property
    def current(self) -> object:
        """The key of the line that the keyboard is on, or would be; None without lines."""
        return self._rows[self._at].line.key if self._rows else None

    def key_at(self, point: QPoint) -> object:
        """Of the line there, or of what stands under it; None beside all of them."""
        for row in self._rows:
            below = self._below.get(row.line.key)
            if row.geometry().contains(point) or (below and below.geometry().contains(point)):
                return row.line.key
        return None

    def put_below(self, widgets: Mapping[object, QWidget]) -> None:
        """Under the lines of these keys, and nothing under others; what stood there goes, and is its owner's to end."""
        for gone in set(self._below.values()) - set(widgets.values()):
            self._stack.removeWidget(gone)
            gone.hide()
        self._below = dict(widgets)
        self._place_below()

    def parts(self) -> list[QWidget]:
        """The lines and what stands under them, as they are read."""
        found: list[QWidget] = []
        for row in self._rows:
            below = self._below.get(row.line.key)
            found += [row] if below is None else [row, below]
        return found

    def aim(self, key: object) -> None:
        """Something is carried over the line of this key; over none of them if it is None."""
        for row in self._rows:
            row.set_aimed(aimed=key is not None and row.line.key == key)

    def _place_below(self) -> None:
        for row in self._rows:
            below = self._below.get(row.line.key)
            if below is None:
                continue
            place = self._stack.indexOf(row) + 1
            if self._stack.indexOf(below) != place:
                self._stack.removeWidget(below)
                self._stack.insertWidget(self._stack.indexOf(row) + 1, below)
            below.show()

    def is_ticked(self, key: object) -> bool:
        return any(row.line.key == key and row.line.ticked for row in self._rows)

    def mark(
        self, key: object, *, right: str, mood: Mood = Mood.PLAIN, right_icon: str | None = None
    ) -> None:
        """Change what stands at the right of one line."""
        for row in self._rows:
            if row.line.key == key:
                row.show_line(replace(row.line, right=right, mood=mood, right_icon=right_icon))

    @override
    def _new_row(self) -> _LineRow:
        row = _LineRow(self)
        row.clicked.connect(lambda ticked: self._on_clicked(row, ticked))
        row.entered.connect(self.entered)
        return row

    def _on_clicked(self, row: _LineRow, ticked: bool) -> None:
        if row.line.tickable:
            row.line = replace(row.line, ticked=ticked)
            self.ticked.emit(row.line.key, ticked)


class _LineRow(Tick):
    def __init__(self, checklist: Checklist) -> None:
        super().__init__("", checklist)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.line = Line(title="", key=None)
        self._list = checklist
        self._aimed = False

    def show_line(self, line: Line) -> None:
        self.line = line
        self.setText(line.title)
        self.setChecked(line.ticked)
        self.setAccessibleName("，".join(p for p in (line.title, line.detail, line.right) if p))
        self.updateGeometry()
        self.update()

    def set_aimed(self, *, aimed: bool) -> None:
        if aimed != self._aimed:
            self._aimed = aimed
            self.update()

    @override
    def sizeHint(self) -> QSize:
        px = look.current().px
        return QSize(px(Size.CHECK_LINE), self.heightForWidth(px(Size.CHECK_LINE)))

    @override
    def minimumSizeHint(self) -> QSize:
        """The height follows the width; what a narrow line would need is not asked of a wide one."""
        px = look.current().px
        return QSize(px(Size.CHECK_LINE), px(Size.CONTROL))

    @override
    def heightForWidth(self, width: int) -> int:
        px = look.current().px
        room = width - self._text_left() - self._right_width()
        title = painting.wrapped_height(self.line.title, TextKind.BODY, room)
        detail = painting.wrapped_height(self.line.detail, TextKind.SECONDARY, room)
        return max(px(Size.CONTROL), title + detail + px(Space.XS)) + 1

    @override
    def nextCheckState(self) -> None:
        if self.line.tickable:
            super().nextCheckState()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._list.focus_came(self)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the buttons' own way of moving would leave the list
        elif (
            event.key() == Qt.Key.Key_Space
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._list.opened.emit(self.line.key)
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.line.side_icon and event.position().x() > self.width() - self._side_width():
            self.setDown(False)
            self._list.side_pressed.emit(self.line.key)
            return
        on_right = event.position().x() > self.width() - self._right_width()
        if on_right and self.line.right_icon:
            self.setDown(False)
            self._list.opened.emit(self.line.key)
            return
        super().mouseReleaseEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now = look.current()
        theme, px = now.theme, now.px
        painter = QPainter(self)
        if self._aimed:
            painter.fillRect(self.rect(), now.tone(Mood.INFO).tint)
        elif self.underMouse() and self.line.tickable:
            painter.fillRect(self.rect(), theme.hover)
        painting.rule(painter, 0, self.width(), self.height() - 1)
        left = self._text_left()
        room = self.width() - left - self._right_width()
        title = painting.wrapped_height(self.line.title, TextKind.BODY, room)
        detail = painting.wrapped_height(self.line.detail, TextKind.SECONDARY, room)
        top = (self.height() - 1 - title - detail) // 2
        side = px(Size.BOX)
        box = QRect(px(Space.XS), (self.height() - 1 - side) // 2, side, side)
        draw_box(
            painter, box, ticked=self.isChecked(), enabled=self.line.tickable or self.isChecked()
        )
        title_box = QRect(left, top, room, title)
        painting.wrapped(painter, title_box, self.line.title, TextKind.BODY, theme.text)
        detail_box = QRect(left, top + title, room, detail)
        painting.wrapped(painter, detail_box, self.line.detail, TextKind.SECONDARY, theme.secondary)
        self._draw_right(painter)
        self._draw_side(painter)
        if self.hasFocus() or self._aimed:
            painting.frame(painter, self.rect())

    def _draw_right(self, painter: QPainter) -> None:
        if not self.line.right and not self.line.right_icon:
            return
        now = look.current()
        px = now.px
        width = self._right_width() - self._side_width() - px(Space.M)
        left = self.width() - self._side_width() - width - px(Space.XS)
        if self.line.mood is not Mood.PLAIN:
            height = px(Size.CHIP)
            box = QRect(left, (self.height() - height) // 2, width, height)
            painting.chip(painter, box, self.line.right, self.line.mood, self._chip_icon())
            return
        ink = now.theme.secondary
        if self.line.right_icon:
            middle = self.height() // 2
            painting.icon_at(painter, left, middle, self.line.right_icon, Size.SMALL_ICON, ink)
        room = QRect(left, 0, width, self.height())
        painting.line_of_text(
            painter, room, self.line.right, TextKind.SECONDARY, ink, painting.RIGHT
        )

    def _right_width(self) -> int:
        """With the gap before it, in pixels."""
        px, side = look.current().px, self._side_width()
        if not self.line.right and not self.line.right_icon:
            return side + px(Space.XS)
        if self.line.mood is not Mood.PLAIN:
            return side + painting.chip_width(self.line.right, self._chip_icon()) + px(Space.M) + 2
        icon = px(Size.SMALL_ICON) + px(Space.XS) if self.line.right_icon else 0
        right = painting.width_of(self.line.right, TextKind.SECONDARY)
        return side + right + icon + px(Space.M) + 1

    def _side_width(self) -> int:
        return look.current().px(Size.SMALL_CONTROL) if self.line.side_icon else 0

    def _draw_side(self, painter: QPainter) -> None:
        if self.line.side_icon is None:
            return
        px = look.current().px
        left = self.width() - (self._side_width() + px(Size.ICON)) // 2
        middle = self.height() // 2
        ink = look.current().theme.primary
        painting.icon_at(painter, left, middle, self.line.side_icon, Size.ICON, ink)

    def _chip_icon(self) -> str | None:
        return self.line.right_icon or painting.chip_icon(self.line.mood, None)
