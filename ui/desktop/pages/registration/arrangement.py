"""Where things stand: beside each other where there is room, under each other where there is not."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStackedWidget, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Space
from ui.desktop.widgets.button import Button, IconButton
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.page_frame import PageFrame
from ui.desktop.widgets.text import Elided

_BESIDE_UNITS = 900
_THREE_UNITS = 1420
_COLUMN_UNITS = 330


class Room(Enum):
    NARROW = auto()
    BESIDE = auto()
    THREE = auto()


class Foot(QWidget):
    """The button that ends the form, and what will come out of the printer."""

    def __init__(self, finish: Button, paper: Elided, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = look.grid(Space.XS, parent=self)
        self._finish, self._paper = finish, paper
        self.lay(lying=False)

    def lay(self, *, lying: bool) -> None:
        """The paper under the button, or beside it where height is dear."""
        middle = Qt.AlignmentFlag.AlignCenter
        if lying:
            self._grid.addWidget(self._paper, 0, 0, middle)
            self._grid.addWidget(self._finish, 0, 1)
        else:
            self._grid.addWidget(self._finish, 0, 0)
            self._grid.addWidget(self._paper, 1, 0, middle)
        self._grid.setColumnStretch(1, int(lying))


class Arrangement(QWidget):
    """The page's frame, with what follows, the guide and the button in the room there is.

    In a narrow window `low_guide` and `low_aside`, which the frame's body holds, take them in,
    and the button stays at the foot.
    """

    guide_closed = Signal()
    moved = Signal()

    def __init__(
        self,
        frame: PageFrame,
        aside: QWidget,
        guide: QWidget,
        foot: Foot,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._frame, self._aside, self._guide, self._foot = frame, aside, guide, foot
        self._room: Room | None = None
        self._guide_open = False
        self._alone = False
        self._make()
        self._assemble()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)
        self._aside_scroll.verticalScrollBar().rangeChanged.connect(self._on_grown)

    def _make(self) -> None:
        after, guide = self.tr("办理后"), self.tr("办事指南")
        self.low_aside, self.low_guide = Card(after), Card(guide)
        self._aside_card, self._aside_scroll = _scrolling(Card(after))
        self._guide_card, self._guide_scroll = _scrolling(Card(guide))
        self._close = IconButton("x", self.tr("收起办事指南"))
        self._guide_card.header_right(self._close)
        self._close.clicked.connect(self.guide_closed)

    def _assemble(self) -> None:
        self._right_stack = QStackedWidget()
        self._right_stack.addWidget(self._aside_card)
        self._right = look.sized(QWidget(), width=_COLUMN_UNITS)
        self._right_column = look.column(Space.M, (0, Space.L, 0, Space.L), self._right)
        self._right_column.addWidget(self._right_stack, 1)
        self._third = look.sized(QWidget(), width=_COLUMN_UNITS)
        self._third_column = look.column(0, (0, Space.L, 0, Space.L), self._third)
        row = look.row(Space.M, (0, 0, Space.PAGE, 0), self)
        row.addWidget(self._frame, 1)
        row.addWidget(self._third)
        row.addWidget(self._right)

    @property
    def hides_by_guide(self) -> bool:
        """Whether the open guide stands where something else would."""
        return self._guide_open and self._room is not Room.THREE

    @property
    def covers_aside(self) -> bool:
        return self._guide_open and self._room is Room.BESIDE

    def show_guide(self, *, opened: bool) -> None:
        self._guide_open = opened
        self._arrange()

    def show_alone(self, *, alone: bool) -> None:
        """Only the frame, when the form has been replaced by its result."""
        self._alone = alone
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self._room_there_is()
        if room is not self._room:
            self._room = room
            self._move()
        narrow, three = room is Room.NARROW, room is Room.THREE
        form, guide = not self._alone, self._guide_open and not self._alone
        self.low_aside.setVisible(form and narrow)
        self.low_guide.setVisible(guide and narrow)
        self._foot.setVisible(form)
        self._right.setVisible(form and not narrow)
        self._third.setVisible(guide and three)
        if not narrow and not three:
            self._right_stack.setCurrentWidget(self._guide_card if guide else self._aside_card)

    def _room_there_is(self) -> Room:
        px = look.current().px
        if self.width() < px(_BESIDE_UNITS):
            return Room.NARROW
        return Room.THREE if self.width() >= px(_THREE_UNITS) else Room.BESIDE

    def _move(self) -> None:
        self._aside_scroll.takeWidget()
        self._guide_scroll.takeWidget()
        self._foot.lay(lying=self._room is Room.NARROW)
        if self._room is Room.NARROW:
            self.low_aside.add(self._aside)
            self.low_guide.add(self._guide)
            self._frame.set_footer(self._foot)
        else:
            self._frame.set_footer(None)
            self._aside_scroll.setWidget(self._aside)
            self._guide_scroll.setWidget(self._guide)
            self._right_column.addWidget(self._foot)
        if self._room is Room.THREE:
            self._third_column.addWidget(self._guide_card)
            self._guide_card.show()
            self._right_stack.setCurrentWidget(self._aside_card)
        else:
            self._right_stack.addWidget(self._guide_card)
        self._aside.show()
        self._guide.show()
        self.moved.emit()

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._aside_scroll.isAncestorOf(now):
            margin = look.current().px(Space.XXL)
            self._aside_scroll.ensureWidgetVisible(now, margin, margin)

    def _on_grown(self) -> None:
        """What was shown just now has its place only after the layout's turn."""
        self._on_focus_changed(None, QApplication.focusWidget())


def _scrolling(card: Card) -> tuple[Card, QScrollArea]:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    card.add(scroll, 1)
    return card, scroll
