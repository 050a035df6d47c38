"""How the screen looks and when it locks; what is chosen is seen at once."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from ui.desktop.desk import Desk
from ui.desktop.look.tokens import SCALES, ThemeName
from ui.desktop.pages.settings.labelled import Labelled
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.radio import Radios
from ui.desktop.widgets.tick import Tick

_MINUTES: Final = (1, 3, 5, 10, 15, 30, 60)


class ScreenCard(Card):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("显示和锁屏"))
        self.set_note(self.tr("选了马上生效"))
        self._desk = desk
        self._theme = Radios(
            [
                (self.tr("普通"), ThemeName.ORDINARY.value),
                (self.tr("高对比（看得更清）"), ThemeName.CONTRAST.value),
            ]
        )
        names = (self.tr("标准"), self.tr("大字"), self.tr("特大字"))
        self._scale = Radios(
            [
                (self.tr("{name} {n}%").format(name=name, n=scale), scale)
                for name, scale in zip(names, SCALES, strict=True)
            ]
        )
        self._rail = Tick(self.tr("左栏只显示图标"))
        self._minutes = Choice([(self._span(minutes), minutes) for minutes in _MINUTES])
        self._minutes_field = Field(self.tr("没有人动键盘和鼠标多久以后锁屏"), self._minutes)
        self._minutes_field.set_note(self.tr("离开座位时按 Ctrl+L 马上锁屏"))
        self.add(Labelled(self.tr("颜色"), self._theme))
        self.add(Labelled(self.tr("字的大小"), self._scale))
        self.add(self._rail)
        self.add(self._minutes_field)
        self._theme.chosen.connect(lambda theme: desk.prefer(theme=theme))
        self._scale.chosen.connect(lambda scale: desk.prefer(scale=scale))
        self._rail.clicked.connect(lambda ticked: desk.prefer(rail_collapsed=ticked))
        self._minutes.chosen.connect(lambda minutes: desk.prefer(lock_after_min=minutes))
        desk.preferences_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        chosen = self._desk.preferences
        self._theme.set_value(chosen.theme)
        self._scale.set_value(chosen.scale)
        self._rail.setChecked(chosen.rail_collapsed)
        offered = sorted({*_MINUTES, chosen.lock_after_min})
        self._minutes.set_options([(self._span(minutes), minutes) for minutes in offered])
        self._minutes.set_value(chosen.lock_after_min)

    def _span(self, minutes: int) -> str:
        if minutes % 60 == 0:
            return self.tr("{n} 小时").format(n=minutes // 60)
        return self.tr("{n} 分钟").format(n=minutes)
