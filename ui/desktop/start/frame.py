"""One calm card in the middle of the window: what every page before the desk stands in."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QScrollArea, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Size, Space, TextKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.rule import Rule
from ui.desktop.widgets.text import Text

_WIDTH_UNITS: Final = 640
_LOW_UNITS: Final = 560
"""A lower window spends no height on margins."""
_LOWEST_UNITS: Final = 400
"""A lower one does without the name of the program: its title says it."""


class StartFrame(QWidget):
    """`add` fills the card; `add_action` the row below, the way on at the right.

    Where the window is too low for all of it the card scrolls, and the row stays in sight under it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._place = Text("", TextKind.SECONDARY)
        self._place.hide()
        self._title = Text("", TextKind.HEADING)
        self._note = Text("", TextKind.SECONDARY)
        self._body = look.column(Space.M)
        self._margin: Space | None = None
        # Once the layout has found its new shape, however many parts asked for one.
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.timeout.connect(self._fit)
        self._make_brand()
        self._make_actions()
        self._assemble()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def set_title(self, title: str, note: str = "") -> None:
        self._title.set_text(title)
        self._note.set_text(note)
        self._note.setVisible(bool(note))

    def set_place(self, place: str) -> None:
        """The station, as soon as it is known."""
        self._place.set_text(place)
        self._place.setVisible(bool(place))

    def add_above(self, widget: QWidget) -> None:
        """Between the name of the program and the card. Such a page keeps its place while its height changes."""
        self._top.addWidget(widget)
        self._column.setStretch(0, 0)

    def add(self, part: QWidget | QLayout) -> None:
        if isinstance(part, QWidget):
            self._body.addWidget(part)
        else:
            self._body.addLayout(part)

    def add_way_back(self, button: QWidget) -> None:
        """At the left of the row of actions."""
        self._row.insertWidget(0, button)

    def add_action(self, button: QWidget) -> None:
        self._row.addWidget(button)

    def scroll_to(self, widget: QWidget) -> None:
        """Once the layout has found its new shape."""
        QTimer.singleShot(0, widget, lambda: self._area.ensureWidgetVisible(widget))

    def focus_first(self) -> None:
        """Put the cursor where typing starts."""

    # --- made of ----------------------------------------------------------------------------------

    def _make_actions(self) -> None:
        self._actions = QWidget()
        self._row = look.row(Space.M, parent=self._actions)
        self._row.addStretch(1)
        self._footer = QWidget()
        self._footer_row = look.row(0, (Space.XL, Space.S, Space.XL, Space.S))
        self._footer_row.addStretch(1)
        self._footer_row.addStretch(1)
        footer = look.column(0, parent=self._footer)
        footer.addWidget(Rule())
        footer.addLayout(self._footer_row)
        self._footer.hide()

    def _assemble(self) -> None:
        self._card = Card()
        for part in (self._title, self._note, self._body, self._actions):
            self._card.add(part)
        self._note.hide()
        self._inner = look.sized(QWidget(), max_width=_WIDTH_UNITS)
        self._top = look.column(Space.L)
        middle = look.column(Space.L, parent=self._inner)
        middle.addWidget(self._brand)
        middle.addLayout(self._top)
        middle.addWidget(self._card)
        scrolled = QWidget()
        scrolled.installEventFilter(self)
        self._column = look.column(0, parent=scrolled)
        self._column.addStretch(2)
        across = look.row(0)
        across.addStretch(1)
        across.addWidget(self._inner, 100)
        across.addStretch(1)
        self._column.addLayout(across)
        self._column.addStretch(3)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(scrolled)
        self._footer_row.addSpacing(self._area.verticalScrollBar().sizeHint().width())
        self._scrolled = scrolled
        whole = look.column(0, parent=self)
        whole.addWidget(self._area, 1)
        whole.addWidget(self._footer)

    def _make_brand(self) -> None:
        self._brand = QWidget()
        brand = look.row(Space.S, parent=self._brand)
        brand.addWidget(Icon("stamp", Size.ICON, Mood.INFO))
        name = Text(self.tr("代办"), TextKind.TITLE)
        name.setWordWrap(False)
        brand.addWidget(name)
        brand.addWidget(self._place, 1)
        brand.addStretch(0)

    # --- the row of actions stays in sight --------------------------------------------------------

    def _fit(self) -> None:
        px = look.current().px
        margin = Space.M if self.height() < px(_LOW_UNITS) else Space.XXL
        self._brand.setVisible(self.height() >= px(_LOWEST_UNITS))
        if (
            margin is not self._margin
        ):  # spacing a layout has it ask for a new shape, whether or not it gets one
            self._margin = margin
            look.spaced(self._column, 0, (Space.XL, margin, Space.XL, margin))
        actions = self._actions.sizeHint().height()
        if self._is_below():
            actions += px(Space.M)
        else:
            actions = 0
        room = self.width() - 2 * px(Space.XL)
        width = min(room, px(_WIDTH_UNITS))
        needed = self._inner.heightForWidth(width) + actions + 2 * px(margin)
        self._place_actions(below=needed > self.height())

    def _is_below(self) -> bool:
        return self._actions.parentWidget() is self._footer

    def _place_actions(self, *, below: bool) -> None:
        if below == self._is_below():
            return
        focused = QApplication.focusWidget()
        if below:
            self._footer_row.insertWidget(1, self._actions, 100)
            look.sized(self._actions, max_width=_WIDTH_UNITS)
        else:
            self._card.add(self._actions)
        self._actions.show()
        self._footer.setVisible(below)
        if focused is not None and self._actions.isAncestorOf(focused):
            focused.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._fitting.start()
        return False

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._inner.isAncestorOf(now):
            self.scroll_to(now)
