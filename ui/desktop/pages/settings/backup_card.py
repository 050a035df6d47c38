"""备份 under 设置: the last one, where they go, what opens them, and the button that makes one now."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.events import Role
from app.errors import DaibanError
from app.store.backup import KEPT, Part
from app.store.backup_notes import BackupNote
from app.usecases import backups
from app.usecases.backups import BackupState
from ui import wording
from ui.desktop import look, words
from ui.desktop.backing_up import backing_up_of
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.pages.settings.backup_passphrase import BackupPassphrase
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.facts import Facts
from ui.desktop.widgets.progress import Progress
from ui.desktop.widgets.text import Text


class BackupCard(Card):
    """What is missing is asked for when somebody presses 立即备份: first a passphrase, then a folder."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("备份"))
        self._desk = desk
        self._state: BackupState | None = None
        self._wanted = False
        self._backing_up = backing_up_of(desk)
        self._make()
        self._assemble()
        self._connect()
        self._show_buttons()

    def _make(self) -> None:
        self._text = Text(
            self.tr(
                "把本机的办件、流水和草稿存成一个加密的文件，最好放在 U 盘里带走。"
                "电脑坏了、换了，用它接着办；没有送出的办件只有备份里才有。"
            ),
            TextKind.SECONDARY,
        )
        self.facts = Facts()
        self.now = Button(self.tr("立即备份"), icon="save", kind=ButtonKind.PRIMARY)
        self.folder = Button(self.tr("换个地方…"), icon="folder-open")
        self.passphrase = Button(self.tr("设备份口令…"), icon="key-round")
        self.progress = Progress()
        self.progress.hide()

    def _assemble(self) -> None:
        buttons = look.flow(Space.S)
        for button in (self.now, self.folder, self.passphrase):
            buttons.addWidget(button)
        self.add(self._text)
        self.add(self.facts)
        self.add(buttons)
        self.add(self.progress)

    def _connect(self) -> None:
        self.now.clicked.connect(self._on_now)
        self.folder.clicked.connect(lambda: self._choose())
        self.passphrase.clicked.connect(lambda: self._ask_passphrase())
        self.progress.cancelled.connect(self._backing_up.halt)
        self._backing_up.progressed.connect(self._on_progress)
        self._backing_up.done.connect(self._on_done)
        self._backing_up.failed.connect(self._on_failed)
        self._backing_up.stopped.connect(self._on_stopped)
        self._desk.operator_changed.connect(self._show_buttons)

    def look(self) -> None:
        self._desk.read(backups.state, self._show, replaces="settings backup")

    def _show(self, state: BackupState) -> None:
        self._state = state
        self.set_note(_age_words(state))
        last = state.last
        self.facts.show_facts(
            [
                (self.tr("上次备份"), _told(last) if last else self.tr("还没有")),
                (self.tr("放在"), str(state.folder or self.tr("还没有选"))),
                (
                    self.tr("打开它"),
                    self.tr("用备份口令；忘了的话，用区中心的恢复密钥")
                    if state.has_passphrase
                    else self.tr("还没有设备份口令"),
                ),
            ]
        )
        self._show_buttons()
        if self._wanted:
            self._go_on(state)

    def _show_buttons(self) -> None:
        head = Role.HEAD in self._desk.operator.roles
        ready = self._state is not None and self._state.has_passphrase
        real = not self._desk.station.practice
        working = self._backing_up.working
        self.now.setVisible(real)
        self.now.setEnabled(not working and (head or ready))
        self.folder.setVisible(real)
        self.folder.setEnabled(not working)
        self.passphrase.setVisible(real and head)

    # --- what somebody asks -----------------------------------------------------------------------

    def _on_now(self) -> None:
        self._wanted = True
        self.look()

    def _go_on(self, state: BackupState) -> None:
        self._wanted = False
        if not state.has_passphrase:
            self._ask_passphrase().accepted.connect(self._on_now)
        elif state.folder is None:
            self._choose(then_back_up=True)
        else:
            self._backing_up.begin()
            self._show_buttons()
            self.progress.show()
            self.progress.show_progress(self.tr("正在备份"), 0.0)

    def _ask_passphrase(self) -> BackupPassphrase:
        dialog = BackupPassphrase(self._desk, self)
        dialog.accepted.connect(self.look)
        dialog.open()
        return dialog

    def _choose(self, *, then_back_up: bool = False) -> None:
        before = str(self._state.folder) if self._state and self._state.folder else ""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("备份放在哪个文件夹"), before)
        if not chosen:
            return
        folder = Path(chosen)
        then = self._on_now if then_back_up else self.look
        self._desk.read(lambda store: backups.choose_folder(store, folder), lambda _: then())

    # --- how it goes ------------------------------------------------------------------------------

    def _on_progress(self, part: Part, share: float) -> None:
        said = {
            Part.COPYING: self.tr("正在抄出一份"),
            Part.CHECKING: self.tr("正在核对"),
            Part.WRITING: self.tr("正在写备份"),
            Part.READING_BACK: self.tr("正在读回来核对"),
        }[part]
        self.progress.show()
        self.progress.show_progress(said, share, f"{share:.0%}")

    def _on_done(self, note: BackupNote) -> None:
        self.progress.finish(
            Mood.GOOD,
            self.tr("备份好了，已经读回来核对过。文件夹里留最近 {n} 个。").format(n=KEPT),
        )
        self._desk.changed.emit()
        self.look()

    def _on_failed(self, error: DaibanError) -> None:
        self.progress.finish(Mood.BAD, wording.sentence_on_screen(error))
        self._show_buttons()

    def _on_stopped(self) -> None:
        self.progress.finish(Mood.INFO, self.tr("已停下来，没有留下半个备份。"))
        self._show_buttons()


def _told(last: BackupNote) -> str:
    when = words.at(last.at_ms)
    return f"{words.day(when.date())} {when:%H:%M}，{words.size(last.size)}"


def _age_words(state: BackupState) -> str:
    if state.age_days is None:
        return QCoreApplication.translate("backup", "还没有备份过")
    if state.age_days == 0:
        return QCoreApplication.translate("backup", "今天备份过")
    return QCoreApplication.translate("backup", "{n} 天前").format(n=state.age_days)
