"""What is said when nothing can be opened: what happened, what is safe, what to do. Never a trace."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from app.errors import DaibanError
from ui import logs, wording
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import TextKind
from ui.desktop.start.frame import StartFrame
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.facts import Facts
from ui.desktop.widgets.text import Text

_MENDED_BY_A_BACKUP: Final = frozenset({"damaged_database", "keys_lost", "damaged_slots"})


class TroublePage(StartFrame):
    """`again`: look whether it can be opened now; `restore_wanted`: put a backup in its place."""

    again = Signal()
    restore_wanted = Signal()

    def __init__(
        self,
        error: DaibanError,
        data: Path,
        parent: QWidget | None = None,
        *,
        can_try_again: bool = True,
    ) -> None:
        super().__init__(parent)
        self.set_title(self._headline(error.code))
        self._data = data
        self._again = Button(self.tr("再试一次"), icon="rotate-ccw", kind=ButtonKind.PRIMARY)
        folder = Button(self.tr("打开数据文件夹"), icon="folder-open")
        facts = Facts()
        log = logs.path_in_use()
        rows = [(self.tr("数据文件夹"), str(data))]
        if log is not None and log.exists():
            rows.append((self.tr("日志"), str(log)))
        facts.show_facts(rows)
        self.add(Banner(Mood.BAD, wording.sentence_on_screen(error)))
        self.add(Text(self._safe(), TextKind.BODY))
        self.add(facts)
        self.add_way_back(folder)
        self._again.setVisible(can_try_again)
        self._restore = Button(self.tr("从备份恢复…"), icon="history")
        self._restore.setVisible(error.code in _MENDED_BY_A_BACKUP)
        self.add_action(self._restore)
        self.add_action(self._again)
        self._restore.clicked.connect(self.restore_wanted)
        folder.clicked.connect(self._on_folder)
        self._again.clicked.connect(self.again)

    def focus_first(self) -> None:
        self._again.setFocus()

    def _headline(self, code: str) -> str:
        told = {
            "store_too_new": self.tr("程序需要升级"),
            "keys_lost": self.tr("口令文件不见了"),
            "centre_here": self.tr("文件夹不对"),
            "disk_full": self.tr("磁盘已满"),
            "folder_closed": self.tr("文件夹不能写入"),
            "already_open": self.tr("代办已经开着"),
        }
        return told.get(code, self.tr("数据打不开"))

    def _safe(self) -> str:
        return self.tr(
            "程序没有改动任何文件。在弄清楚之前，请不要删除或者移动数据文件夹里的东西。"
            "新来的办件可以先写在纸上，以后补录。"
        )

    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._data)))
