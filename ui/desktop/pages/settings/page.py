"""设置 as it is seen: people, printers, the screen, and what this is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look.tokens import Space
from ui.desktop.pages.names import PageName
from ui.desktop.pages.page import DeskPage
from ui.desktop.pages.settings.about_card import AboutCard
from ui.desktop.pages.settings.people_card import PeopleCard
from ui.desktop.pages.settings.presenter import SettingsPresenter
from ui.desktop.pages.settings.printers_card import PrintersCard
from ui.desktop.pages.settings.screen_card import ScreenCard
from ui.desktop.practice.card import PracticeCard
from ui.desktop.start.own_password import OwnPassword
from ui.desktop.widgets.page_frame import PageFrame

_BESIDE_UNITS: Final = 920
"""A narrower page has one column."""


class SettingsPage(DeskPage):
    name = PageName.SETTINGS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._presenter = SettingsPresenter(desk, self)
        self._people = PeopleCard(desk, self._presenter)
        self._printers = PrintersCard(desk)
        self._screen = ScreenCard(desk)
        self._practice = PracticeCard(desk)
        self._about = AboutCard(desk, self._presenter)
        self._assemble()
        self._people.own_password_asked.connect(self._on_own_password)

    def _assemble(self) -> None:
        frame = PageFrame(self.tr("设置"))
        left = look.column(Space.M)
        left.addWidget(self._people)
        left.addWidget(self._printers)
        left.addStretch(1)
        right = look.column(Space.M)
        right.addWidget(self._screen)
        right.addWidget(self._practice)
        right.addWidget(self._about)
        right.addStretch(1)
        self._columns = look.row(Space.M)
        self._columns.addLayout(left, 1)
        self._columns.addLayout(right, 1)
        frame.body.addLayout(self._columns)
        frame.body.addStretch(1)
        look.column(Space.NONE, parent=self).addWidget(frame)

    @override
    def help_text(self) -> str:
        return self.tr(
            "操作员：负责人可以添加人、替人重设密码；点自己的姓名改自己的密码。\n"
            "打印机和纸张：先设“所有文书”，哪一种文书要打到别处，再单独设。打歪了，可以在里面移正。\n"
            "显示和锁屏：字的大小和颜色选了马上生效。离开座位时按 Ctrl+L 锁屏。\n"
            "练习模式：用编出来的人和办件学着办，不上报；练完再回来。\n"
            "关于：有问题请教技术人员时，把版本、设备编号告诉他。"
        )

    @override
    def refresh(self) -> None:
        self._presenter.look()
        self._printers.look()

    @override
    def focus_first(self) -> None:
        self._people.focus_first()

    def _on_own_password(self) -> None:
        OwnPassword(self.desk, self).open()

    def _suit(self) -> None:
        beside = self.width() >= look.current().px(_BESIDE_UNITS)
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._suit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._suit()
