"""A box to tick."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Size, Space, TextKind
from ui.desktop.widgets import painting
from ui.desktop.widgets.form_walk import takes_enter


def draw_box(painter: QPainter, rect: QRect, *, ticked: bool, enabled: bool) -> None:
    now = look.current()
    theme = now.theme
    fill, edge = theme.paper, theme.box_edge
    if ticked:
        fill = edge = theme.primary
    if not enabled:
        fill, edge = (theme.disabled, theme.disabled) if ticked else (theme.hover, theme.line)
    edge_px = max(now.px(theme.edge_units), 1)
    corner = now.px(Size.SMALL_CORNER)
    painting.plate(painter, rect, fill=fill, edge=edge, edge_px=edge_px, corner_px=corner)
    if ticked:
        side = rect.width() - 2 * now.px(2)
        mark = look.pixmap("check", side, theme.on_primary)
        painter.drawPixmap(rect.topLeft() + QPoint(now.px(2), now.px(2)), mark)


class Tick(QCheckBox):
    """Space or a click anywhere on it ticks; Enter moves on."""

    entered = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._note = ""
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_text(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)

    def set_note(self, note: str) -> None:
        """A quiet line under the text."""
        self._note = note
        self.setAccessibleDescription(note)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        widest = max(
            painting.width_of(self.text(), TextKind.BODY),
            painting.width_of(self._note, TextKind.SECONDARY),
        )
        width = self._text_left() + widest + look.current().px(Space.S)
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(look.current().px(Size.CHOICE), self.sizeHint().width()), 0).expandedTo(
            QSize(0, look.current().px(Size.SMALL_CONTROL))
        )

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        px = look.current().px
        room = width - self._text_left() - px(Space.XS)
        text = painting.wrapped_height(self.text(), TextKind.BODY, room)
        note = painting.wrapped_height(self._note, TextKind.SECONDARY, room)
        return max(px(Size.SMALL_CONTROL), text + note + 2 * px(Space.XS))

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not takes_enter(event, self.entered.emit):
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now = look.current()
        px = now.px
        painter = QPainter(self)
        side = px(Size.BOX)
        left = self._text_left()
        room = self.width() - left - px(Space.XS)
        text_height = painting.wrapped_height(self.text(), TextKind.BODY, room)
        note_height = painting.wrapped_height(self._note, TextKind.SECONDARY, room)
        top = (self.height() - text_height - note_height) // 2
        first_line = painting.line_height(TextKind.BODY)
        box = QRect(px(Space.XS), top + (first_line - side) // 2, side, side)
        draw_box(painter, box, ticked=self.isChecked(), enabled=self.isEnabled())
        ink = now.theme.text if self.isEnabled() else now.theme.disabled
        text_box = QRect(left, top, room, text_height)
        painting.wrapped(painter, text_box, self.text(), TextKind.BODY, ink)
        note_box = QRect(left, top + text_height, room, note_height)
        painting.wrapped(painter, note_box, self._note, TextKind.SECONDARY, now.theme.secondary)
        if self.hasFocus():
            painting.frame(painter, self.rect())

    def _text_left(self) -> int:
        px = look.current().px
        return px(Space.XS) + px(Size.BOX) + px(Space.S)
