"""A figure to look at and to press: how many wait, and how many are urgent."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Mood, Size, Space, TextKind
from ui.desktop.widgets import painting
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.tips import set_tip


class CountCard(Button):
    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(label, parent=parent)
        self._figure = "–"
        self._note = ""
        self._mood = Mood.PLAIN
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_count(self, figure: int | str, note: str = "", mood: Mood = Mood.PLAIN) -> None:
        self._figure = str(figure)
        self._note, self._mood = note, mood
        self.setAccessibleName(
            "，".join(part for part in (self.text(), self._figure, note) if part)
        )
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        px = look.current().px
        heights = (painting.line_height(kind) for kind in self._lines())
        widths = (
            painting.width_of(self.text(), TextKind.SECONDARY),
            painting.width_of(self._figure, TextKind.FIGURE),
            painting.width_of(self._note, TextKind.SECONDARY) + px(Size.ICON),
        )
        return QSize(max(widths) + 2 * px(Space.L), sum(heights) + 2 * px(Space.M))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(look.current().px(Size.CHOICE), self.sizeHint().width()), 0).expandedTo(
            QSize(0, self.sizeHint().height())
        )

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now = look.current()
        theme, px = now.theme, now.px
        painter = QPainter(self)
        hovered = self.underMouse() or self.isDown()
        painting.plate(
            painter,
            self.rect(),
            fill=theme.hover if hovered else theme.paper,
            edge=theme.edge if hovered else theme.line,
            edge_px=px(theme.edge_units),
            corner_px=px(Size.CORNER),
        )
        if self.hasFocus():
            painting.ring(painter, self.rect(), corner_px=px(Size.CORNER))
        tone = theme.secondary if self._mood is Mood.PLAIN else now.tone(self._mood).ink
        left, width, top = px(Space.L), self.width() - 2 * px(Space.L), px(Space.M)
        fitted = True
        for kind, text in zip(self._lines(), (self.text(), self._figure, self._note), strict=True):
            room = QRect(left, top, width, painting.line_height(kind))
            ink = theme.text if kind is TextKind.FIGURE else theme.secondary
            if text is self._note:
                ink = tone
                if self._note and self._mood is not Mood.PLAIN:
                    middle = room.center().y() + 1
                    icon = self._mood.icon
                    painting.icon_at(painter, left, middle, icon, Size.SMALL_ICON, tone)
                    room.setLeft(left + px(Size.SMALL_ICON) + px(Space.XS))
            fitted = painting.line_of_text(painter, room, text, kind, ink) and fitted
            top += room.height()
        set_tip(self, "" if fitted else self.accessibleName())

    def _lines(self) -> tuple[TextKind, TextKind, TextKind]:
        return (TextKind.SECONDARY, TextKind.FIGURE, TextKind.SECONDARY)
