"""Where in the first start one is: what is done, what is asked now, what comes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.text import Text

_STEP_ICON = 18


class Steps(QWidget):
    """A row of names; told apart by icon and weight, not by colour alone."""

    def __init__(self, now: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = [
            self.tr("登记码"),
            self.tr("负责人"),
            self.tr("向区中心登记"),
            self.tr("打印机"),
            self.tr("完成"),
        ]
        self._names = names
        self._icons = [Icon("circle", _STEP_ICON, Mood.PAUSED) for _ in names]
        self._words = [Text(name, TextKind.SECONDARY) for name in names]
        row = look.row(Space.L, parent=self)
        for icon, word in zip(self._icons, self._words, strict=True):
            word.setWordWrap(False)
            step = look.row(Space.XS)
            step.addWidget(icon)
            step.addWidget(word)
            row.addLayout(step)
        row.addStretch(1)
        self.show_step(now)

    def show_step(self, now: int) -> None:
        for n, (icon, word) in enumerate(zip(self._icons, self._words, strict=True)):
            if n < now:
                icon.set_icon("circle-check", Mood.GOOD)
            elif n == now:
                icon.set_icon("arrow-right", Mood.INFO)
            else:
                icon.set_icon("circle", Mood.PAUSED)
            word.set_mood(Mood.INFO if n == now else None)
        self.setAccessibleName(
            self.tr("第 {n} 步，共 {all} 步：{name}").format(
                n=now + 1, all=len(self._names), name=self._names[now]
            )
        )
