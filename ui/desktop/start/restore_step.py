"""Restoring a backup before anybody has logged in: the file, its passphrase, and who opens the data from now on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from app.errors import DaibanError
from app.store import restoring
from app.store.backup import SUFFIX
from app.store.keyslots import Unlock
from app.store.restoring import Opened, Restored
from app.usecases import operators
from ui import wording
from ui.desktop import look, words
from ui.desktop.jobs import Jobs
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space
from ui.desktop.pages.settings.new_password import NewPassword
from ui.desktop.start.frame import StartFrame
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.facts import Facts
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.password_edit import PasswordEdit
from ui.desktop.widgets.progress import Progress


class RestoreStep(StartFrame):
    """`finished`: the data are there, log in; `went_back`: nothing was changed."""

    finished = Signal()
    went_back = Signal()
    _progressed = Signal(float)

    def __init__(self, jobs: Jobs, data: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_title(
            self.tr("从备份恢复"),
            self.tr("选备份文件，输入做备份时设的口令。电脑里原有的文件会挪到一边，不删。"),
        )
        self._jobs = jobs
        self._data = data
        self._file: Path | None = None
        self._opened: Opened | None = None
        self._make()
        self._assemble_step()
        self._connect()

    def _make(self) -> None:
        self.file = LineEdit(self.tr("还没有选"))
        self.file.setReadOnly(True)
        self._file_field = Field(self.tr("备份文件"), self.file)
        self.choose = Button(self.tr("选文件…"), icon="folder-open")
        self.passphrase = PasswordEdit()
        self._passphrase_field = Field(self.tr("备份口令"), self.passphrase)
        self._facts = Facts()
        self.name = LineEdit(self.tr("备份里的一位操作员，最好是负责人"))
        self._name_field = Field(self.tr("姓名"), self.name)
        self.password = NewPassword(self.tr("登录密码（可以和以前一样）"))
        self._progress = Progress()
        self._progress.let_be()
        self.said = Banner(Mood.INFO, "")
        self._back = Button(self.tr("上一步"), icon="arrow-left")
        self.go_on = Button(self.tr("打开备份"), kind=ButtonKind.PRIMARY)

    def _assemble_step(self) -> None:
        row = look.row(Space.M)
        row.addWidget(self._file_field, 1)
        row.addWidget(self.choose)
        self.add(row)
        for part in (
            self._passphrase_field,
            self._facts,
            self._name_field,
            self.password,
            self._progress,
            self.said,
        ):
            self.add(part)
        for part in (self._facts, self._name_field, self.password, self._progress, self.said):
            part.hide()
        self.add_way_back(self._back)
        self.add_action(self.go_on)

    def _connect(self) -> None:
        self.choose.clicked.connect(self._on_choose)
        self.go_on.clicked.connect(self._on_go_on)
        self._back.clicked.connect(self.went_back)
        self.passphrase.entered.connect(self._on_go_on)
        self._progressed.connect(self._on_progress)

    @override
    def focus_first(self) -> None:
        self.choose.setFocus()

    # --- what somebody does -----------------------------------------------------------------------

    def _on_choose(self) -> None:
        kinds = self.tr("代办的备份 (*{suffix});;所有文件 (*)").format(suffix=SUFFIX)
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("备份文件"), "", kinds)
        if not chosen:
            return
        self._file = Path(chosen)
        self.file.setText(str(self._file))
        self._file_field.quiet()
        self.passphrase.setFocus()

    def _on_go_on(self) -> None:
        if self._opened is None:
            self._open()
        else:
            self._restore(self._opened)

    def _open(self) -> None:
        file, passphrase = self._file, self.passphrase.text()
        if file is None:
            self._file_field.say(Mood.BAD, self.tr("请先选备份文件。"))
            self.choose.setFocus()
            return
        if not passphrase:
            self._passphrase_field.say(Mood.BAD, self.tr("请输入备份口令。"))
            self.passphrase.setFocus()
            return
        self._busy(self.tr("正在打开备份"))
        self._jobs.outside(
            lambda: restoring.open_backup(file, passphrase),
            done=self._on_opened,
            failed=self._on_failed,
        )

    def _restore(self, opened: Opened) -> None:
        try:
            name = operators.checked_name(self.name.text())
        except DaibanError:
            self._name_field.say(Mood.BAD, self.tr("请填姓名。"))
            self.name.setFocus()
            return
        password = self.password.checked()
        if password is None:
            return
        unlock = Unlock(operator=name, password=password)
        self._busy(self.tr("正在恢复"))
        self._back.setEnabled(False)
        self._jobs.outside(
            lambda: restoring.restore(opened, self._data, unlock, told=self._progressed.emit),
            done=self._on_restored,
            failed=self._on_failed,
        )

    # --- what became of it ------------------------------------------------------------------------

    def _on_opened(self, opened: Opened) -> None:
        self._idle()
        self._opened = opened
        about = opened.header.about
        when = words.at(about.created_ms)
        self._facts.show_facts(
            [
                (self.tr("站点"), f"{about.station}（{about.region}）"),
                (self.tr("备份于"), f"{words.day(when.date())} {when:%H:%M}"),
                (self.tr("内容"), self.tr("流水 {n} 条").format(n=about.entries)),
            ]
        )
        if opened.operators:
            self.name.setText(opened.operators[0])
        for part in (self._facts, self._name_field, self.password):
            part.show()
        self.choose.hide()
        self._passphrase_field.hide()
        self.go_on.setText(self.tr("恢复"))
        self.password.setFocus()
        self.scroll_to(self.password)

    def _on_progress(self, share: float) -> None:
        self._progress.show_progress(self.tr("正在恢复"), share, f"{share:.0%}")

    def _on_restored(self, restored: Restored) -> None:
        self._progress.hide()
        said = (
            self.tr("恢复好了。登录以后先与区中心交换一次，备份以后上报过的会取回来，再办新的件。")
            if restored.has_identity
            else self.tr(
                "恢复好了。请向区中心要一个本站的登记码：登录以后用它重新登记这台电脑，接着办。"
            )
        )
        self.said.say(Mood.GOOD, said)
        self.said.show()
        for part in (self._name_field, self.password, self._back):
            part.hide()
        self.go_on.setText(self.tr("去登录"))
        self.go_on.setEnabled(True)
        self.go_on.clicked.disconnect(self._on_go_on)
        self.go_on.clicked.connect(self.finished)
        self.go_on.setFocus()

    def _on_failed(self, error: DaibanError) -> None:
        self._idle()
        self._back.setEnabled(True)
        self.said.say(Mood.BAD, wording.sentence_on_screen(error))
        self.said.show()
        self.scroll_to(self.said)

    def _busy(self, what: str) -> None:
        self.said.hide()
        self.go_on.setEnabled(False)
        self._progress.show()
        self._progress.show_progress(what, None)

    def _idle(self) -> None:
        self._progress.hide()
        self.go_on.setEnabled(True)
