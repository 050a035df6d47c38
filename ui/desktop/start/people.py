"""Who is sitting down: a few people as plates to press, many as a list that opens."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look.tokens import Ink, Size, Space, TextKind
from ui.desktop.widgets import painting
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.tips import set_tip

_MOST_PLATES: Final = 6
_PLATE_UNITS: Final = 132
_CHARACTERS: Final = 8
"""Of a name on a plate; a longer one is shortened."""


class People(QWidget):
    """One stop of the Tab key; arrows choose; Enter moves on."""

    chosen = Signal(str)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("姓名"))
        self._names: list[str] = []
        # All are made at once: Tab visits widgets in the order in which they were made.
        self._flow = QWidget()
        self._plates = [_Plate(self._flow) for _ in range(_MOST_PLATES)]
        self._list = Choice()
        self._list.setAccessibleName(self.tr("姓名"))
        flow = look.flow(Space.S, parent=self._flow)
        for plate in self._plates:
            flow.addWidget(plate)
            plate.clicked.connect(self._on_clicked)
            plate.entered.connect(self.entered)
        self._list.chosen.connect(lambda name: self.chosen.emit(str(name)))
        self._list.entered.connect(self.entered)
        column = look.column(0, parent=self)
        column.addWidget(self._flow)
        column.addWidget(self._list)

    def show_people(self, names: list[str], chosen: str = "") -> None:
        """The first is chosen unless another is named."""
        self._names = names
        many = len(names) > _MOST_PLATES
        look.sized(self._flow, min_height=Size.LARGE_CONTROL)
        self._list.setVisible(many)
        self._flow.setVisible(not many)
        if many:
            self._list.set_options([(name, name) for name in names])
            self.setFocusProxy(self._list)
        else:
            shown = [*names, *[""] * (_MOST_PLATES - len(names))]
            for plate, name in zip(self._plates, shown, strict=True):
                plate.show_name(name)
        self.choose(chosen if chosen in names else names[0] if names else "")

    def name(self) -> str:
        """Who is chosen; "" if there is nobody."""
        if len(self._names) > _MOST_PLATES:
            return str(self._list.value() or "")
        return next((plate.text() for plate in self._plates if plate.isChecked()), "")

    def choose(self, name: str) -> None:
        self._list.set_value(name)
        for plate in self._plates:
            if name and plate.text() == name:
                plate.setChecked(True)
                self.setFocusProxy(plate)

    def _on_clicked(self) -> None:
        self.choose(self.name())
        self.chosen.emit(self.name())


class _Plate(QRadioButton):
    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_name(self, name: str) -> None:
        """Without one there is no plate."""
        self.setText(name)
        self.setAccessibleName(name)
        set_tip(self, name if len(name) > _CHARACTERS else "")
        self.setVisible(bool(name))

    @override
    def sizeHint(self) -> QSize:
        px = look.current().px
        shown = painting.width_of(self.text()[:_CHARACTERS], TextKind.BODY)
        needed = shown + 2 * px(Space.L) + px(Size.ICON) + px(Space.S)
        return QSize(max(needed, px(_PLATE_UNITS)), px(Size.LARGE_CONTROL))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now = look.current()
        theme, px = now.theme, now.px
        painter = QPainter(self)
        chosen = self.isChecked()
        fill = theme.selected if chosen else theme.hover if self.underMouse() else theme.paper
        painting.plate(
            painter,
            self.rect(),
            fill=fill,
            edge=theme.primary if chosen else theme.edge,
            edge_px=px(theme.focus_units) if chosen else px(theme.edge_units),
            corner_px=px(Size.CORNER),
        )
        ink = theme.on_selected if chosen else theme.text
        sign = theme.selected_bar if chosen else now.colour(Ink.SECONDARY)
        if chosen and theme.selected == theme.primary:
            sign = theme.on_selected
        middle = self.rect().center().y() + 1
        icon = "circle-check" if chosen else "user"
        painting.icon_at(painter, px(Space.L), middle, icon, Size.ICON, sign)
        left = px(Space.L) + px(Size.ICON) + px(Space.S)
        room = QRect(left, 0, self.width() - left - px(Space.S), self.height())
        kind = TextKind.STRONG if chosen else TextKind.BODY
        painting.line_of_text(painter, room, self.text(), kind, ink)
        if self.hasFocus():
            inside = self.rect().adjusted(px(3), px(3), -px(3), -px(3))
            painting.ring(
                painter, inside, corner_px=px(Size.SMALL_CORNER), colour=ink if chosen else ""
            )
