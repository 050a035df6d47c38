"""Rows that lead somewhere: a chip, what it is, when, and an arrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Mood, Size, Space, TextKind
from ui.desktop.widgets import painting
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.text import Text
from ui.desktop.widgets.tips import set_tip
from ui.desktop.widgets.walked_rows import WalkedRows


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """`mark` is a second, quiet chip after the title; `act` what pressing the row does, where it does one thing."""

    title: str
    detail: str = ""
    right: str = ""
    chip: str = ""
    mood: Mood = Mood.PLAIN
    key: object = None
    mark: str = ""
    act: str = ""


class RowList(WalkedRows["_RowButton"]):
    """Arrows move, Enter or a click opens. As high as its rows."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = Text("", TextKind.SECONDARY)
        self._empty.hide()
        self._stack.addWidget(self._empty)
        self._stack.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_empty_text(self, text: str) -> None:
        self._empty.set_text(text)
        self._empty.setVisible(bool(text) and not self._rows)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """The row that the keyboard is on stays, by its key."""
        had_focus = any(button.hasFocus() for button in self._rows)
        before = self._rows[self._at].row.key if self._rows else None
        self._fit_count(len(rows))
        widest = max(
            (painting.chip_width(row.chip, _chip_icon(row)) for row in rows if row.chip), default=0
        )
        for button, row in zip(self._rows, rows, strict=True):
            button.show_row(row, widest)
        self._empty.setVisible(bool(self._empty.text()) and not rows)
        keys = [row.key for row in rows]
        self._move_to(keys.index(before) if before in keys else 0, focus=had_focus)

    def rows(self) -> list[Row]:
        return [button.row for button in self._rows]

    @override
    def _new_row(self) -> _RowButton:
        button = _RowButton(self)
        button.clicked.connect(lambda: self._on_pressed(button))
        return button

    def _on_pressed(self, button: _RowButton) -> None:
        self.opened.emit(button.row.key)


class _RowButton(Button):
    def __init__(self, rows: RowList) -> None:
        super().__init__("", parent=rows)
        self.row = Row(title="")
        self._list = rows
        self._chip_column = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_row(self, row: Row, chip_column: int) -> None:
        self.row, self._chip_column = row, chip_column
        said = (row.chip, row.title, row.mark, row.detail, row.right)
        self.setAccessibleName("，".join(part for part in said if part))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        px = look.current().px
        return QSize(px(Size.POPUP), px(Size.TWO_LINE_ROW))

    @override
    def minimumSizeHint(self) -> QSize:
        px = look.current().px
        return QSize(px(Size.CHOICE), px(Size.TWO_LINE_ROW))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._list.focus_came(self)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # QPushButton would move the focus by itself
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now = look.current()
        theme, px = now.theme, now.px
        painter = QPainter(self)
        if self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), theme.hover)
        painting.rule(painter, 0, self.width(), self.height() - 1)
        if self.hasFocus():
            painting.frame(painter, self.rect())
        left, middle = px(Space.XS), self.height() // 2
        right = self.width() - px(Space.XS) - px(Size.ICON)
        painting.icon_at(painter, right, middle, "chevron-right", Size.ICON, theme.secondary)
        right -= px(Space.S)
        if self.row.act:
            right -= self._draw_act(painter, right, middle) + px(Space.M)
        fitted = True
        if self.row.chip:
            left += self._draw_chip(painter, left, middle) + px(Space.M)
        if self.row.right:
            width = painting.width_of(self.row.right, TextKind.SECONDARY) + 1
            room = QRect(right - width, 0, width, self.height())
            painting.line_of_text(
                painter, room, self.row.right, TextKind.SECONDARY, theme.secondary, painting.RIGHT
            )
            right -= width + px(Space.M)
        mark = painting.chip_width(self.row.mark, "") + px(Space.S) if self.row.mark else 0
        title = min(painting.width_of(self.row.title, TextKind.BODY) + 1, right - left - mark)
        room = QRect(left, 0, title, self.height())
        fitted = painting.line_of_text(painter, room, self.row.title, TextKind.BODY, theme.text)
        left += title + px(Space.S)
        if self.row.mark:
            height = px(Size.CHIP)
            box = QRect(left, middle - height // 2, mark - px(Space.S), height)
            painting.chip(painter, box, self.row.mark, Mood.INFO, None)
            left += mark
        if self.row.detail:
            room = QRect(left, 0, max(right - left, 0), self.height())
            ink = theme.secondary
            fits = painting.line_of_text(painter, room, self.row.detail, TextKind.SECONDARY, ink)
            fitted = fitted and fits
        set_tip(self, "" if fitted else self.accessibleName())

    def _draw_act(self, painter: QPainter, right: int, middle: int) -> int:
        """Like a small button; the row is what is pressed."""
        now = look.current()
        width = painting.width_of(self.row.act, TextKind.SECONDARY) + 2 * now.px(Space.M)
        height = now.px(Size.CHIP)
        box = QRect(right - width, middle - height // 2, width, height)
        painting.plate(
            painter,
            box,
            fill=now.theme.paper,
            edge=now.theme.primary,
            edge_px=now.px(now.theme.edge_units),
            corner_px=now.px(Size.SMALL_CORNER),
        )
        painting.line_of_text(
            painter, box, self.row.act, TextKind.SECONDARY, now.theme.primary, painting.CENTRE
        )
        return width

    def _draw_chip(self, painter: QPainter, left: int, middle: int) -> int:
        icon = _chip_icon(self.row)
        height = look.current().px(Size.CHIP)
        width = painting.chip_width(self.row.chip, icon)
        box = QRect(left, middle - height // 2, width, height)
        painting.chip(painter, box, self.row.chip, self.row.mood, icon)
        return max(self._chip_column, width)


def _chip_icon(row: Row) -> str | None:
    return painting.chip_icon(row.mood, None)
