"""A list and one of its cases: beside each other where there is room, in each other's place where there is not."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Space

_BESIDE_FROM: Final = 960
_LIST_WIDTH: Final = 456
_LEAST_HEIGHT: Final = 168


class Arrangement(StrEnum):
    LIST = "list"
    BESIDE = "beside"
    DETAIL = "detail"


class CaseSplit(QWidget):
    """`arranged` carries the Arrangement whenever it becomes another."""

    arranged = Signal(object)

    def __init__(self, listing: QWidget, detail: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._listing = listing
        self._detail = detail
        self._open = False
        self._arrangement = Arrangement.LIST
        row = look.row(Space.L, parent=self)
        row.addWidget(listing)
        row.addWidget(detail, 1)
        listing.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.sized(self, min_height=_LEAST_HEIGHT)
        self._arrange()

    @property
    def arrangement(self) -> Arrangement:
        return self._arrangement

    @property
    def has_room(self) -> bool:
        """Whether a list and a case find room beside each other."""
        return self.width() >= look.current().px(_BESIDE_FROM)

    def open_detail(self) -> None:
        self._open = True
        self._arrange()

    def close_detail(self) -> None:
        self._open = False
        self._arrange()

    @override
    def hasHeightForWidth(self) -> bool:
        return False  # both parts scroll by themselves: the page must not grow with what they hold

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), look.current().px(_LEAST_HEIGHT))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        now = Arrangement.LIST
        if self._open:
            now = Arrangement.BESIDE if self.has_room else Arrangement.DETAIL
        beside = now is Arrangement.BESIDE
        width = look.current().px(_LIST_WIDTH)
        self._listing.setMaximumWidth(width if beside else _NO_LIMIT)
        self._listing.setMinimumWidth(width if beside else 0)
        self._listing.setVisible(now is not Arrangement.DETAIL)
        self._detail.setVisible(now is not Arrangement.LIST)
        if now is not self._arrangement:
            self._arrangement = now
            self.arranged.emit(now)


_NO_LIMIT: Final = 16777215  # QWIDGETSIZE_MAX, which the bindings leave out
