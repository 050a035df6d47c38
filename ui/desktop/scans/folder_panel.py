"""扫描文件夹: what a scanner's own program has put there, taken with one press."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget
from shiboken6 import isValid

from app.errors import DaibanError
from ui import wording
from ui.desktop import look
from ui.desktop.jobs import Jobs
from ui.desktop.look import Mood, Space, TextKind
from ui.desktop.scans.incoming import from_file
from ui.desktop.scans.watched import Watched
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.scroll_body import ScrollBody
from ui.desktop.widgets.text import Elided, Text

_LOOK_MS: Final = 1000
_NAMES: Final = 8
"""So many files are named; of more the number says enough."""


class FolderPanel(QWidget):
    """`taken` carries a list of Brought, `folder_chosen` a path as text."""

    taken = Signal(object)
    folder_chosen = Signal(str)

    def __init__(self, folder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = Jobs()
        self._watched = Watched(Path(folder)) if folder else None
        self._found: tuple[Path, ...] = ()
        self._round = 0  # how often files were taken
        self._make()
        self._assemble()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self.destroyed.connect(self._jobs.stop)

    def _make(self) -> None:
        self.empty = EmptyState("folder-input", "")
        self.where = Elided("", TextKind.STRONG)
        self.files = Text("")
        self.said = Banner(Mood.WARN, "")
        self.said.hide()
        self.choose = Button(self.tr("选文件夹"), icon="folder-open", kind=ButtonKind.QUIET)
        self.take = Button(self.tr("放进来"), icon="download", kind=ButtonKind.PRIMARY)
        self._list = QWidget()
        self._stack = QStackedWidget()

    def _assemble(self) -> None:
        inside = look.column(Space.S, parent=self._list)
        inside.addWidget(self.where)
        inside.addWidget(self.files)
        inside.addWidget(
            Text(
                self.tr("放进来以后，文件夹里的原文件还在；里面有别人的材料，用完请清理。"),
                TextKind.SECONDARY,
            )
        )
        inside.addStretch(1)
        self._stack.addWidget(ScrollBody(self.empty))
        self._stack.addWidget(ScrollBody(self._list))
        row = look.row(Space.S)
        row.addWidget(self.choose)
        row.addStretch(1)
        row.addWidget(self.take)
        column = look.column(Space.S, parent=self)
        column.addWidget(self._stack, 1)
        column.addWidget(self.said)
        column.addLayout(row)
        self.choose.clicked.connect(self._on_choose)
        self.empty.acted.connect(self._on_choose)
        self.take.clicked.connect(self._on_take)
        self._show()

    # --- looking ----------------------------------------------------------------------------------

    def begin(self) -> None:
        self._timer.start()
        self.look()

    def end(self) -> None:
        self._timer.stop()

    def look(self) -> None:
        watched = self._watched
        if watched is not None:
            self._jobs.outside(
                watched.look,
                done=partial(self._on_found, watched, self._round),
                failed=self._on_failed,
                replaces="look",
            )

    def _on_found(self, watched: Watched, asked: int, found: list[Path]) -> None:
        """What was looked for before files were taken says nothing any more."""
        if isValid(self) and watched is self._watched and asked == self._round:
            self.said.hide()
            self._found = tuple(found)
            self._show()

    def _on_failed(self, error: DaibanError) -> None:
        if isValid(self):
            self._found = ()
            self._show()
            self.said.say(Mood.WARN, wording.sentence_on_screen(error))
            self.said.show()

    def _show(self) -> None:
        self.take.setEnabled(bool(self._found))
        self.take.setVisible(self._watched is not None)
        self.choose.setVisible(self._watched is not None)
        count = len(self._found)
        self.take.set_text(
            self.tr("放进来（{n} 个）").format(n=count) if count else self.tr("放进来")
        )
        if self._watched is None:
            self.empty.say(
                "folder-input",
                self.tr("还没有选扫描文件夹"),
                self.tr("让扫描仪自己的程序把文件存到一个文件夹，在这里选那个文件夹。"),
                self.tr("选文件夹"),
            )
            self._stack.setCurrentIndex(0)
            return
        self.where.set_text(str(self._watched.folder))
        if count:
            self.files.set_text(self._named())
            self._stack.setCurrentIndex(1)
        else:
            self.empty.say(
                "folder-input",
                self.tr("等新的扫描文件"),
                self.tr("在扫描仪上扫一份，十分钟以内的会列在这里。\n{folder}").format(
                    folder=self._watched.folder
                ),
            )
            self._stack.setCurrentIndex(0)

    def _named(self) -> str:
        names = [file.name for file in self._found[:_NAMES]]
        more = len(self._found) - len(names)
        if more:
            names.append(self.tr("还有 {n} 个").format(n=more))
        return "\n".join(names)

    # --- pressed ----------------------------------------------------------------------------------

    def _on_take(self) -> None:
        found, watched = self._found, self._watched
        if watched is None or not found:
            return
        self._round += 1
        for file in found:
            watched.took(file)
        self._found = ()
        self._show()
        self.taken.emit([from_file(file) for file in found])

    def _on_choose(self) -> None:
        before = str(self._watched.folder) if self._watched is not None else ""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("选扫描文件夹"), before)
        if chosen:
            self._watched = Watched(Path(chosen))
            self._found = ()
            self._show()
            self.folder_chosen.emit(chosen)
            self.look()
