"""What this program and this device are, and where its files lie."""

from __future__ import annotations

from functools import partial
from importlib.metadata import version

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from ui import logs
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space
from ui.desktop.pages.settings.licences import Part, parts
from ui.desktop.pages.settings.licences_dialog import LicencesDialog
from ui.desktop.pages.settings.presenter import SettingsPresenter
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.facts import Facts


class AboutCard(Card):
    def __init__(
        self, desk: Desk, presenter: SettingsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("关于"))
        self._desk = desk
        self._centre = self._version = ""
        self._facts = Facts()
        self._data = Button(self.tr("打开数据文件夹"), icon="folder-open")
        self._logs = Button(self.tr("打开日志文件夹"), icon="file-text")
        self._parts = Button(self.tr("使用的软件和许可"))
        buttons = look.flow(Space.S)
        for button in (self._data, self._logs, self._parts):
            buttons.addWidget(button)
        self.add(self._facts)
        self.add(buttons)
        self._data.clicked.connect(self._on_data)
        self._logs.clicked.connect(self._on_logs)
        self._parts.clicked.connect(self._on_parts)
        presenter.centre_told.connect(self._on_centre)
        self._show()
        desk.outside(partial(version, "daiban"), self._on_version)  # it looks through the disk

    def _show(self) -> None:
        station = self._desk.station
        self._facts.show_facts(
            [
                (self.tr("版本"), self.tr("代办 {version}").format(version=self._version)),
                (self.tr("站点"), f"{station.name}（{station.tier.label}，{station.region}）"),
                (
                    self.tr("设备"),
                    self.tr("{slot}，编号 {id}").format(
                        slot=station.slot, id=station.device.hex()[:10]
                    ),
                ),
                (self.tr("区中心"), self._centre or "—"),
                (self.tr("数据文件夹"), str(self._desk.folder)),
            ]
        )

    def _on_version(self, version: str) -> None:
        self._version = version
        self._show()

    def _on_centre(self, url: str) -> None:
        self._centre = url
        self._show()

    def _on_data(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.folder)))

    def _on_logs(self) -> None:
        folder = self._desk.folder / logs.FOLDER
        if not folder.is_dir():
            self._desk.say(Mood.GOOD, self.tr("还没有日志：程序没有出过错。"))
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _on_parts(self) -> None:
        self._desk.outside(parts, self._show_parts, replaces="licences")

    def _show_parts(self, found: list[Part]) -> None:
        LicencesDialog(found, self).open()
