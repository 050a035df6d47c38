"""Third step where no line goes: the request onto a stick, and the centre's answer from one.

It comes after the centre could not be reached, and first of all when the program is started again meanwhile.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from app.domain.regions import Tier
from app.errors import DaibanError
from app.store.keyslots import Unlock
from ui.desktop import look, words
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space
from ui.desktop.start.enrolling import CodeFacts, Enrolling
from ui.desktop.start.frame import StartFrame
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.facts import Facts
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.password_edit import PasswordEdit
from ui.desktop.widgets.progress import Progress
from ui.desktop.widgets.text import Text

if TYPE_CHECKING:
    from sync.client.enrolment_packets import AskedByPacket


class PacketStep(StartFrame):
    """`asked` was asked for by a stick before, and the answer is awaited; or its code was just typed.

    `unlock` None: the program was started again, and the same name and password are asked for.
    `code_wanted`: another code after all.
    """

    code_wanted = Signal()

    def __init__(
        self,
        enrolling: Enrolling,
        asked: AskedByPacket | CodeFacts,
        unlock: Unlock | None = None,
        names: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._enrolling = enrolling
        self._unlock = unlock
        self._is_written = not isinstance(asked, CodeFacts)
        self.set_title(
            self.tr("用U盘登记"),
            self.tr(
                "这台电脑连不上区中心，登记申请和答复由人带。来回各一趟，以后也可以一直用U盘。"
            ),
        )
        self._make(asked, names)
        self._assemble_step()
        self._connect()
        self._show_state()

    def _make(self, asked: AskedByPacket | CodeFacts, names: tuple[str, ...]) -> None:
        self._facts = Facts()
        self._facts.show_facts(
            [
                (self.tr("站点"), asked.station),
                (self.tr("层级"), f"{Tier(asked.tier).label}  {asked.region}"),
                (self.tr("区中心"), asked.url),
                (
                    self.tr("登记码有效期至"),
                    words.day(words.at(asked.expires_ms).date()),
                ),
            ]
        )
        self._name = LineEdit(self.tr("写申请时填的负责人"))
        self._name.setText(names[0] if names else "")
        self._name_field = Field(self.tr("姓名"), self._name)
        self._password = PasswordEdit(self.tr("和写申请时的一样"))
        self._password_field = Field(self.tr("密码"), self._password)
        self._how = Text("")
        self._progress = Progress()
        self._progress.let_be()
        self._said = Banner(Mood.INFO, "")
        self._other_code = Button(self.tr("换一个登记码"), icon="arrow-left")
        self._write = Button(self.tr("写登记申请…"), icon="upload")
        self._read = Button(self.tr("读入答复…"), icon="download")

    def _assemble_step(self) -> None:
        who = look.row(Space.M)
        who.addWidget(self._name_field, 1)
        who.addWidget(self._password_field, 1)
        self.add(self._facts)
        self.add(who)
        for part in (self._how, self._progress, self._said):
            self.add(part)
        for hidden in (self._progress, self._said):
            hidden.hide()
        self._name_field.setVisible(self._unlock is None)
        self._password_field.setVisible(self._unlock is None)
        self.add_way_back(self._other_code)
        self.add_action(self._write)
        self.add_action(self._read)

    def _connect(self) -> None:
        self._write.clicked.connect(self._on_write)
        self._read.clicked.connect(self._on_read)
        self._other_code.clicked.connect(self.code_wanted)
        self._password.entered.connect(self._read.click)
        self._enrolling.request_written.connect(self._on_written)
        self._enrolling.refused.connect(self._on_refused)

    @override
    def focus_first(self) -> None:
        if self._unlock is None:
            (self._password if self._name.text() else self._name).setFocus()
        else:
            (self._read if self._is_written else self._write).setFocus()

    # --- what somebody does -----------------------------------------------------------------------

    def _on_write(self) -> None:
        unlock = self._who()
        if unlock is None:
            return
        chosen = QFileDialog.getExistingDirectory(self, self.tr("登记申请写到哪里（如U盘）"))
        if chosen:
            self._busy(self.tr("正在写登记申请"))
            self._enrolling.write_request(unlock, Path(chosen))

    def _on_read(self) -> None:
        from sync.enrolment_packet import SUFFIX

        unlock = self._who()
        if unlock is None:
            return
        kinds = self.tr("登记答复 (*{suffix});;所有文件 (*)").format(suffix=SUFFIX)
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("区中心的答复"), "", kinds)
        if chosen:
            self._busy(self.tr("正在读入答复"))
            self._enrolling.take_answer(unlock, Path(chosen))

    def _who(self) -> Unlock | None:
        """Who asks; None with a word at the field where something is missing."""
        if self._unlock is not None:
            return self._unlock
        for edit, field, said in (
            (self._name, self._name_field, self.tr("请填姓名。")),
            (self._password, self._password_field, self.tr("请输入密码。")),
        ):
            field.quiet()
            if not edit.text().strip():
                field.say(Mood.BAD, said)
                edit.setFocus()
                return None
        return Unlock(operator=self._name.text().strip(), password=self._password.text())

    # --- what became of it ------------------------------------------------------------------------

    def _on_written(self, file: str) -> None:
        self._is_written = True
        self._idle()
        self._say(Mood.GOOD, self.tr("登记申请已写好：{file}").format(file=file))
        self._show_state()
        self._read.setFocus()

    def _on_refused(self, error: DaibanError, said: str) -> None:
        self._idle()
        if error.code == "enrolment_asks_again":
            self._is_written = False
            self._show_state()
        self._say(Mood.BAD, said)

    def _show_state(self) -> None:
        """What comes next stands out, and is said."""
        if self._is_written:
            self._how.set_text(
                self.tr(
                    "登记申请已写好，在等区中心的答复。请把它带给区中心，由区中心写出答复；答复带回来以后，点“读入答复”。"
                    "中间可以关掉程序。申请丢了就再写一个。"
                )
            )
        else:
            self._how.set_text(self.tr("请插上U盘，点“写登记申请”。里面没有密码，也没有个人信息。"))
        self._write.set_kind(ButtonKind.PLAIN if self._is_written else ButtonKind.PRIMARY)
        self._read.set_kind(ButtonKind.PRIMARY if self._is_written else ButtonKind.PLAIN)

    def _say(self, mood: Mood, said: str) -> None:
        self._said.say(mood, said)
        self._said.show()
        self.scroll_to(self._said)

    def _busy(self, what: str) -> None:
        self._said.hide()
        self._progress.show_progress(what, None)
        self._progress.show()
        for button in (self._write, self._read, self._other_code):
            button.setEnabled(False)

    def _idle(self) -> None:
        self._progress.hide()
        for button in (self._write, self._read, self._other_code):
            button.setEnabled(True)
