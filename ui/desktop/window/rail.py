"""The left rail: a page a line, with an icon, a word and how many things wait there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.pages.names import PageName
from ui.desktop.pages.page import label
from ui.desktop.widgets.button import IconButton
from ui.desktop.widgets.tips import set_tip
from ui.desktop.window.acts import WindowAct, nature
from ui.desktop.window.band import Band, Edge

_LINE_UNITS: Final = 44
_ICON_UNITS: Final = 20
_BADGE_UNITS: Final = 24
_WIDE_UNITS: Final = 168
_NARROW_UNITS: Final = 60
_CORNER_UNITS: Final = 6
_MOST: Final = 99
MOST_KEYS: Final = 9
"""Pages that a digit opens."""

PAGE_ICONS: Final = {
    PageName.HOME: "layout-dashboard",
    PageName.REGISTRATION: "file-plus",
    PageName.CASES: "folder-open",
    PageName.REVIEW: "clipboard-check",
    PageName.ITEMS: "book-open",
    PageName.PAPERS: "printer",
    PageName.SUPERVISION: "flag",
    PageName.EXCHANGE: "refresh-cw",
    PageName.SETTINGS: "settings",
    PageName.ARCHIVE: "archive",
}


class RailButton(QAbstractButton):
    """`figure` 0 shows no badge."""

    def __init__(self, page: PageName, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = page
        self._icon_name = PAGE_ICONS[page]
        self._figure = 0
        self._note = ""
        self._key = f"Alt+{number}" if number <= MOST_KEYS else ""
        self._folded = False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setText(label(page))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    @property
    def figure(self) -> int:
        return self._figure

    def count(self, figure: int, note: str = "") -> None:
        """`note` says in the tooltip what is counted."""
        self._figure, self._note = figure, note
        self._name()
        self.update()

    def fold(self) -> None:
        """Only the icon remains; the word goes into the tooltip, which has it anyway."""
        self._folded = True
        self.update()

    def unfold(self) -> None:
        self._folded = False
        self.update()

    def _name(self) -> None:
        counted = self._note if self._figure else ""
        self.setAccessibleName("，".join(filter(None, (self.text(), counted))))
        named = f"{self.text()}（{self._key}）" if self._key else self.text()
        set_tip(self, "\n".join(filter(None, (named, counted))))

    @override
    def sizeHint(self) -> QSize:
        here = look.current()
        return QSize(here.px(_NARROW_UNITS - 2 * Space.S), here.px(_LINE_UNITS))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        here = look.current()
        icon_px = here.px(_ICON_UNITS)
        left = (self.width() - icon_px) // 2 if self._folded else here.px(Space.M)
        top = (self.height() - icon_px) // 2
        painter.drawPixmap(QPoint(left, top), look.pixmap(self._icon_name, icon_px, self._ink()))
        if self._folded:
            if self._figure:
                self._paint_dot(painter, left + icon_px, top)
            return
        badge_left = self._paint_badge(painter) if self._figure else self.width()
        painter.setFont(look.font(TextKind.STRONG if self.isChecked() else TextKind.BODY))
        painter.setPen(QColor(self._ink()))
        start = left + icon_px + here.px(Space.M)
        painter.drawText(
            QRect(start, 0, badge_left - start, self.height()),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            self.text(),
        )

    def _ink(self) -> str:
        theme = look.current().theme
        if not self.isChecked():
            return theme.text
        return theme.primary if theme.on_selected == theme.text else theme.on_selected

    def _paint_ground(self, painter: QPainter) -> None:
        here = look.current()
        corner = here.px(_CORNER_UNITS)
        colour = None
        if self.isChecked():
            colour = here.theme.selected
        elif self.isDown():
            colour = here.theme.pressed
        elif self.underMouse():
            colour = here.theme.hover
        painter.setPen(Qt.PenStyle.NoPen)
        if colour is not None:
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(self.rect(), corner, corner)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = (
                here.theme.on_selected
                if self._ink() == here.theme.on_selected
                else here.theme.focus
            )
            painter.setPen(QPen(QColor(here.theme.focus if not self.isChecked() else ring), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), corner, corner)

    def _paint_badge(self, painter: QPainter) -> int:
        """Returns where it begins."""
        here = look.current()
        text = str(self._figure) if self._figure <= _MOST else f"{_MOST}+"
        font = look.font(TextKind.SMALL)
        font.setBold(self.isChecked())
        height = here.px(_BADGE_UNITS)
        width = max(height, QFontMetrics(font).horizontalAdvance(text) + here.px(Space.M))
        box = QRect(
            self.width() - width - here.px(Space.M), (self.height() - height) // 2, width, height
        )
        if not self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(here.theme.hover))
            painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(QColor(self._ink()))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return box.left()

    def _paint_dot(self, painter: QPainter, right: int, top: int) -> None:
        """That something waits there; how many stands in the tooltip."""
        size = look.current().px(Space.S)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._ink() if self.isChecked() else look.current().theme.primary))
        painter.drawEllipse(right - size // 2, top - size // 2, size, size)


class Rail(Band):
    """`asked`: a person wants that page; `fold_asked`: to fold the rail, or unfold it."""

    asked = Signal(object)
    fold_asked = Signal()

    def __init__(self, pages: Sequence[PageName], parent: QWidget | None = None) -> None:
        super().__init__(Edge.RIGHT, parent)
        self._buttons = {page: RailButton(page, number) for number, page in enumerate(pages, 1)}
        self._wanted_folded = False
        self._too_narrow = False
        whole = look.column(Space.NONE, parent=self)
        whole.addWidget(self._lines(), 1)
        self._fold_button = IconButton("panel-left-close", nature(WindowAct.FOLD_RAIL).label)
        set_tip(
            self._fold_button,
            f"{nature(WindowAct.FOLD_RAIL).label}（{nature(WindowAct.FOLD_RAIL).keys[0]}）",
        )
        self._fold_button.clicked.connect(self._on_fold_clicked)
        foot = look.row(Space.NONE, (Space.M, Space.XS, Space.M, Space.M))
        foot.addWidget(self._fold_button)
        foot.addStretch(1)
        whole.addLayout(foot)
        self._lay_out()

    def _lines(self) -> QScrollArea:
        """All pages do not fit into 500 px at 150 %."""
        inner = QWidget()
        column = look.column(Space.XS, (Space.S, Space.M, Space.S, Space.XS), inner)
        for button in self._buttons.values():
            column.addWidget(button)
            button.clicked.connect(self._on_clicked)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # What is cut off at its end says that there is more; a bar would push the icons aside.
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._show_marked)
        self._scroll.setWidget(inner)
        return self._scroll

    @property
    def is_folded(self) -> bool:
        return self._wanted_folded or self._too_narrow

    def button(self, page: PageName) -> RailButton:
        return self._buttons[page]

    def mark(self, page: PageName) -> None:
        """This page is shown."""
        self._buttons[page].setChecked(True)
        self._show_marked()

    def _show_marked(self) -> None:
        for button in self._buttons.values():
            if button.isChecked():
                self._scroll.ensureWidgetVisible(button, 0, look.current().px(Space.XL))

    def offer(self, page: PageName, offered: bool) -> None:
        """A page that only some are offered keeps its key; whoever goes there anyway is told whose it is."""
        if page in self._buttons:
            self._buttons[page].setVisible(offered)

    def show_counts(self, counts: Mapping[PageName, tuple[int, str]]) -> None:
        """How many, and what they are."""
        for page, button in self._buttons.items():
            button.count(*counts.get(page, (0, "")))

    def prefer_folded(self, wanted: bool) -> None:
        self._wanted_folded = wanted
        self._lay_out()

    def suit(self, too_narrow: bool) -> None:
        """The window has no room for words, or has it again."""
        if too_narrow != self._too_narrow:
            self._too_narrow = too_narrow
            self._lay_out()

    def _on_fold_clicked(self) -> None:
        self.fold_asked.emit()

    def _on_clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, RailButton)
        self.asked.emit(button.page)

    def _lay_out(self) -> None:
        folded = self.is_folded
        for button in self._buttons.values():
            button.fold() if folded else button.unfold()
        self._fold_button.set_icon("panel-left-open" if folded else "panel-left-close")
        self._fold_button.setVisible(not self._too_narrow)
        look.sized(self, width=_NARROW_UNITS if folded else _WIDE_UNITS)
