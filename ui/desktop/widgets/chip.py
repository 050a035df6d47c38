"""A chip: how something stands, in a word or two."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Mood, Size, Space
from ui.desktop.widgets import painting
from ui.desktop.widgets.tips import set_tip


class Chip(QWidget):
    """Its icon is the mood's unless another is given; "" gives none."""

    def __init__(
        self,
        text: str = "",
        mood: Mood = Mood.PLAIN,
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.say(mood, text, icon)

    def say(self, mood: Mood, text: str, icon: str | None = None) -> None:
        self._text, self._mood = text, mood
        self._icon = painting.chip_icon(mood, icon)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._text

    def mood(self) -> Mood:
        return self._mood

    @override
    def sizeHint(self) -> QSize:
        return QSize(painting.chip_width(self._text, self._icon) + 2, look.current().px(Size.CHIP))

    @override
    def minimumSizeHint(self) -> QSize:
        least = look.current().px(Size.SMALL_ICON + 2 * Size.CHIP_PAD + Space.XL)
        return QSize(min(least, self.sizeHint().width()), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        short = self.width() < self.sizeHint().width() - 2
        set_tip(self, self._text if short else "")
        painting.chip(QPainter(self), self.rect(), self._text, self._mood, self._icon)
