"""用U盘交换: what is under way by hand, and the two things to press."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.desktop import look
from ui.desktop.look import Mood, Space, TextKind
from ui.desktop.pages.exchange import packet_words
from ui.desktop.pages.exchange.overview import Overview
from ui.desktop.pages.exchange.packet_words import PacketSaid
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.text import Text


class PacketCard(Card):
    """Both carry a folder's Path."""

    write_asked = Signal(object)
    read_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("用U盘交换"), parent=parent)
        self._folder = ""
        self._stands = Text()
        self._next = Text("", TextKind.SECONDARY)
        self.said = Banner(Mood.PLAIN, "", closable=True)
        self.said.hide()
        self.write = Button(self.tr("导出到U盘"), icon="upload")
        self.read = Button(self.tr("从U盘读入"), icon="download")
        self._assemble()
        self.write.clicked.connect(self._on_write)
        self.read.clicked.connect(self._on_read)

    def _assemble(self) -> None:
        self.header_right(self.write)
        self.header_right(self.read)
        lines = look.column(Space.XS)
        lines.addWidget(self._stands)
        lines.addWidget(self._next)
        self.add(lines)
        self.add(self.said)

    def show_overview(self, overview: Overview) -> None:
        self._stands.set_text(packet_words.stands(overview))
        self._next.set_text(packet_words.next_step(overview))

    def show_said(self, said: PacketSaid) -> None:
        """What was written or read, until somebody closes it or does the next thing."""
        self._rest(False)
        self.said.say(said.mood, said.text)
        self.said.show()

    def _on_write(self) -> None:
        folder = self._chosen(self.tr("导出到哪个U盘或者文件夹"))
        if folder is not None:
            self._rest(True)
            self.write_asked.emit(folder)

    def _on_read(self) -> None:
        folder = self._chosen(self.tr("从哪个U盘或者文件夹读入"))
        if folder is not None:
            self._rest(True)
            self.read_asked.emit(folder)

    def _chosen(self, title: str) -> Path | None:
        folder = QFileDialog.getExistingDirectory(self, title, self._folder)
        if not folder:
            return None
        self._folder = folder
        return Path(folder)

    def _rest(self, rests: bool) -> None:
        """One stick at a time."""
        if rests:
            self.said.say(Mood.INFO, self.tr("正在读写U盘，请不要拔。"))
            self.said.show()
        self.write.setDisabled(rests)
        self.read.setDisabled(rests)
