"""效能监督 at a glance, for supervisors: how many lights of each kind, how many cards wait, and the way there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.usecases.supervision import Lights, Which
from ui.desktop import look
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.pages.supervision.light_strip import LightStrip
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.text import Text

_WAITING = (Which.PENDING, Which.APPEALED, Which.TASKED)


class WatchCard(Card):
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("效能监督"))
        self._lights = LightStrip()
        self._cards = Text("", TextKind.SECONDARY)
        self._open = Button(self.tr("看效能监督"), icon="flag")
        self._open.clicked.connect(self.opened)
        self.add(self._lights)
        self.add(self._cards)
        row = look.row(Space.S)
        row.addWidget(self._open)
        row.addStretch(1)
        self.add(row)

    def show_lights(self, told: Lights) -> None:
        self._lights.show_lights(told.lights)
        self._cards.set_text(
            "，".join(
                self.tr("{name} {n} 张").format(name=which.label, n=told.cards[which])
                for which in _WAITING
            )
        )
