"""Requests that this one may repeat, above the form: why, where and when, with a way to each."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.store.likeness import Strength
from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.pages.registration.repeating import Repeated
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.text import Text

_MOST = 2


class Alike(QWidget):
    """`opened` carries the Ref of the case that somebody wants to see."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banners = [Banner(Mood.WARN, "") for _ in range(_MOST)]
        self._more = Text("", TextKind.SECONDARY)
        self._shown: list[Repeated] = []
        column = look.column(Space.XS, parent=self)
        for place, banner in enumerate(self.banners):
            column.addWidget(banner)
            banner.acted.connect(partial(self._on_acted, place))
        column.addWidget(self._more)

    def show_found(self, found: list[Repeated]) -> None:
        """The surest first; beyond two only how many."""
        self._shown = found
        for place, banner in enumerate(self.banners):
            banner.setVisible(place < len(found))
            if place < len(found):
                one = found[place]
                mood = Mood.WARN if one.strength is Strength.SAME else Mood.INFO
                banner.say(mood, one.words, self.tr("去看看"))
        others = len(found) - _MOST
        self._more.setVisible(others > 0)
        self._more.set_text(
            self.tr("另有 {n} 件也可能重复，登记以后在“可能重复”里比对。").format(n=others)
        )

    def text(self) -> str:
        return "\n".join(one.words for one in self._shown)

    def _on_acted(self, place: int) -> None:
        self.opened.emit(self._shown[place].subject)
