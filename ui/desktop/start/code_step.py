"""First step: the code, typed, pasted, dragged here or read from a picture of its QR."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop import look, words
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.offered_codes import ask_picture, is_of_use, offered, packed
from ui.desktop.start.enrolling import CodeFacts, Enrolling
from ui.desktop.start.frame import StartFrame
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.facts import Facts
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.text import Text
from ui.desktop.widgets.text_area import LONGEST, TextArea

_LINES: Final = 3
_TEXT_UNITS: Final = 132  # the whole of an ordinary code
_PREFIX: Final = "DAIBAN1."


class CodeStep(StartFrame):
    """`accepted`: the code was read and shown, and somebody wants to go on with it.

    `restore_wanted`: this station worked on another computer, and has a backup.
    """

    accepted = Signal()
    restore_wanted = Signal()

    def __init__(self, enrolling: Enrolling, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_title(
            self.tr("登记这台电脑"),
            self.tr("请输入区中心发给本站的登记码。一个登记码只能登记一台电脑。"),
        )
        self._enrolling = enrolling
        self._waits_to_go_on = False
        self._make()
        self._assemble_step()
        self._connect()
        self.setAcceptDrops(True)

    def _make(self) -> None:
        self._text = TextArea(self.tr("以 DAIBAN1. 开头的一长串字"), lines=_LINES)
        look.sized(self._text, height=_TEXT_UNITS)
        self._field = Field(self.tr("登记码"), self._text)
        self._paste = Button(self.tr("粘贴"), icon="copy", tip=self.tr("登记码的文字或者图片"))
        self._from_file = Button(self.tr("从图片读取…"), icon="qr-code")
        self._hint = Text(self.tr("也可以把二维码的图片拖到这里。"), TextKind.SECONDARY)
        self._read = Banner(Mood.GOOD, "")
        self._facts = Facts()
        self._next = Button(self.tr("下一步"), kind=ButtonKind.PRIMARY)
        self._restore = Button(self.tr("从备份恢复…"), icon="history")
        self._read.hide()
        self._facts.hide()

    def _assemble_step(self) -> None:
        ways = look.row(Space.M)
        ways.addWidget(self._paste)
        ways.addWidget(self._from_file)
        ways.addWidget(self._hint, 1)
        self.add(self._field)
        self.add(ways)
        self.add(self._read)
        self.add(self._facts)
        self.add_way_back(self._restore)
        self.add_action(self._next)

    def _connect(self) -> None:
        self._text.textChanged.connect(self._on_typed)
        self._text.left.connect(self._on_left)
        self._paste.clicked.connect(self._on_paste)
        self._from_file.clicked.connect(self._on_from_file)
        self._next.clicked.connect(self._on_next)
        self._restore.clicked.connect(self.restore_wanted)
        self._enrolling.looking.connect(self._on_looking)
        self._enrolling.code_read.connect(self._on_read)
        self._enrolling.code_refused.connect(self._on_refused)

    def say_going_on(self) -> None:
        """The computer was a device before: its cases are here, only its identity is lost."""
        self._restore.hide()
        self.set_title(
            self.tr("重新登记，接着办"),
            self.tr(
                "本机的设备身份不见了（换过系统用户，或者重装过系统）。办件数据都在，没有送出的也在。"
                "请向区中心要本站的登记码，登记以后接着办。"
            ),
        )

    @override
    def focus_first(self) -> None:
        self._text.setFocus()

    # --- how a code comes -------------------------------------------------------------------------

    def _on_typed(self) -> None:
        self._forget_read()
        text = "".join(self._text.toPlainText().split())
        if len(text) > len(_PREFIX) and text.startswith(_PREFIX) and not self._text.is_composing():
            self._enrolling.read_text(text)

    def _on_left(self) -> None:
        if self._text.toPlainText().strip() and self._enrolling.code is None:
            self._enrolling.read_text(self._text.toPlainText())

    def _on_paste(self) -> None:
        self._take(QGuiApplication.clipboard().mimeData())

    def _on_from_file(self) -> None:
        file = ask_picture(self)
        if file is not None:
            self._enrolling.read_file(file)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if is_of_use(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._take(event.mimeData())
        event.acceptProposedAction()

    def _take(self, data: QMimeData | None) -> None:
        match offered(data):
            case Path() as file:
                self._enrolling.read_file(file)
            case QImage() as picture:
                self._enrolling.read_picture(lambda: packed(picture))
            case str() as text:
                self._text.setPlainText(text[:LONGEST].strip())
                self._on_left()
            case _:
                self._field.say(Mood.WARN, self.tr("剪贴板里没有登记码，也没有图片。"))

    # --- what became of it ------------------------------------------------------------------------

    def _on_looking(self) -> None:
        self._forget_read()
        self._field.say(Mood.INFO, self.tr("正在读图片…"))

    def _on_read(self, facts: CodeFacts) -> None:
        if "".join(self._text.toPlainText().split()) != facts.text:
            self._text.blockSignals(True)
            self._text.setPlainText(facts.text)
            self._text.blockSignals(False)
        self._field.quiet()
        self._facts.show_facts(
            [
                (self.tr("站点"), facts.station),
                (self.tr("层级"), f"{facts.tier.label}  {facts.region}"),
                (self.tr("区中心"), facts.url),
                (self.tr("有效期至"), words.day(words.at(facts.expires_ms).date())),
            ]
        )
        self._show_read(facts)

    def _show_read(self, facts: CodeFacts) -> None:
        if facts.is_past:
            said = self.tr(
                "按这台电脑的日期，登记码已经过期。请先核对电脑的日期；日期没有错，就向区中心要新的。"
            )
            self._read.say(Mood.WARN, said)
        else:
            said = self.tr("登记码没有问题，请核对下面是不是本站。")
            self._read.say(Mood.GOOD, said)
        self._read.show()
        self._facts.show()
        self.scroll_to(self._next)

    def _on_refused(self, said: str) -> None:
        self._field.say(Mood.BAD, said)

    def _forget_read(self) -> None:
        self._enrolling.code = None
        self._field.quiet()
        self._read.hide()
        self._facts.hide()

    def _on_next(self) -> None:
        if self._enrolling.code is not None:
            self.accepted.emit()
        elif self._text.toPlainText().strip():
            self._on_left()
            self._text.setFocus()
        else:
            self._field.say(Mood.BAD, self.tr("请先输入登记码。没有的话，请向区中心要一个。"))
            self._text.setFocus()
