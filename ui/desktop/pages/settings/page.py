"""设置 as it is seen: people, deputies, authorisations, the district's rules, printers, the screen, what this is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space
from ui.desktop.pages.names import PageName
from ui.desktop.pages.page import DeskPage
from ui.desktop.pages.settings.about_card import AboutCard
from ui.desktop.pages.settings.arrangements import ArrangementsPresenter
from ui.desktop.pages.settings.authorisations_card import AuthorisationsCard
from ui.desktop.pages.settings.away_card import AwayCard
from ui.desktop.pages.settings.backup_card import BackupCard
from ui.desktop.pages.settings.district_card import DistrictCard
from ui.desktop.pages.settings.district_presenter import DistrictPresenter
from ui.desktop.pages.settings.glyphs_card import GlyphsCard
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
        self._arrangements = ArrangementsPresenter(desk, self)
        self._rules = DistrictPresenter(desk, self)
        self.people = PeopleCard(desk, self._presenter, self._arrangements)
        self.away = AwayCard(desk, self._arrangements)
        self.authorisations = AuthorisationsCard(desk, self._arrangements)
        self.district = DistrictCard(desk, self._rules)
        self._printers = PrintersCard(desk)
        self._screen = ScreenCard(desk)
        self.glyphs = GlyphsCard(desk)
        self.backup = BackupCard(desk)
        self._practice = PracticeCard(desk)
        self._about = AboutCard(desk, self._presenter)
        self._assemble()
        self.people.own_password_asked.connect(self._on_own_password)
        self._arrangements.done.connect(self._on_arranged)

    def _assemble(self) -> None:
        frame = PageFrame(self.tr("设置"))
        left = look.column(Space.M)
        left.addWidget(self.people)
        left.addWidget(self.away)
        left.addWidget(self.authorisations)
        left.addWidget(self._printers)
        left.addStretch(1)
        right = look.column(Space.M)
        right.addWidget(self.district)
        right.addWidget(self.backup)
        right.addWidget(self._screen)
        right.addWidget(self.glyphs)
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
            "操作员：负责人可以添加人、改岗位和电话、替人重设密码；点自己的姓名改自己的密码。\n"
            "外出和代理：外出前指定代理和日期，代理看得到、办得了您的件；回来了点那一行。\n"
            "书面授权：负责人写明哪位审批人可以决定哪些事项、到哪天、文号；收回也在这里。\n"
            "区里的规定：时限、预警、电话、部门名称，由区里的负责人公布，各站都看得到。\n"
            "打印机和纸张：先设“所有文书”，哪一种文书要打到别处，再单独设。打歪了，可以在里面移正。\n"
            "显示和锁屏：字的大小和颜色选了马上生效。离开座位时按 Ctrl+L 锁屏。\n"
            "生僻字：字库里没有的字，用字库文件或者图片补上，文书和屏幕都用它。\n"
            "备份：存成一个加密的文件，放在 U 盘里，每星期一次。电脑坏了或者换电脑，用它恢复。\n"
            "练习模式：用编出来的人和办件学着办，不上报；练完再回来。\n"
            "关于：有问题请教技术人员时，把版本、设备编号告诉他。"
        )

    @override
    def refresh(self) -> None:
        self._presenter.look()
        self._arrangements.look()
        self._rules.look()
        self._printers.look()
        self.glyphs.look()
        self.backup.look()

    @override
    def focus_first(self) -> None:
        self.people.focus_first()

    def _on_arranged(self, act: str) -> None:
        said = {
            "change": self.tr("岗位已经改好，各站都会收到。"),
            "leave": self.tr("已经记下离岗。"),
            "away": self.tr("已经登记外出和代理。"),
            "back": self.tr("已经记下回来，代理到此为止。"),
            "authorise": self.tr("授权已经公布。"),
            "withdraw": self.tr("授权已经收回。"),
        }[act]
        self.desk.say(Mood.GOOD, said)

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
