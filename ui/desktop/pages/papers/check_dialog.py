"""核验文书: a code that is scanned, pasted, dropped, or read from a picture, and what it says."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.receipt_code import MAX_TEXT
from app.errors import DaibanError
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import authenticity
from app.usecases.authenticity import Checked, Record, Verdict
from ui import checked_words, wording
from ui.desktop import look, words
from ui.desktop.desk import Desk
from ui.desktop.look import Mood, Space
from ui.desktop.offered_codes import ask_picture, is_of_use, offered, packed
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.facts import Facts
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.text import Text

_MOODS = {
    Verdict.GENUINE: Mood.GOOD,
    Verdict.ALTERED: Mood.BAD,
    Verdict.UNKNOWN_STATION: Mood.WARN,
}


class CheckDialog(FormDialog):
    """`case_asked` carries the case's Ref: somebody wants to see it."""

    tall_units = 650

    case_asked = Signal(object)

    def __init__(self, desk: Desk, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(
            _tr("核验文书真伪"),
            _tr("核验"),
            parent,
            note=_tr("扫描文书上的二维码，或者粘贴、拖进一张照片。不用联网。"),
        )
        self._desk = desk
        self._subject: Ref | None = None
        self._make()
        self._assemble()
        self._connect()
        self.setAcceptDrops(True)
        if text:
            self.code.setText(text)
            self._check()

    def _make(self) -> None:
        self.code = LineEdit(self.tr("二维码的文字"), icon="search")
        self.code.setAccessibleName(self.tr("二维码的文字"))
        self.code.setMaxLength(MAX_TEXT)
        self._paste = Button(self.tr("粘贴"), icon="clipboard-list")
        self._from_file = Button(self.tr("从图片读…"), icon="image")
        self.verdict = Banner(Mood.PLAIN, "")
        self._advice = Text("")
        self.facts = Facts()
        self.open_case = Button(self.tr("打开办件"), icon="folder-open")
        self._found = (self.verdict, self._advice, self.facts, self.open_case)
        for part in self._found:
            part.hide()
        self.no.set_text(self.tr("关闭"))

    def _assemble(self) -> None:
        ways = look.row(Space.S)
        ways.addWidget(self._paste)
        ways.addWidget(self._from_file)
        ways.addStretch(1)
        ways.addWidget(self.open_case)
        self.add(self.code)
        self.add(ways)
        self.add(self.verdict)
        self.add(self._advice)
        self.add(self.facts)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.code.entered.connect(self._check)
        self.ok_requested.connect(self._check)
        self._paste.clicked.connect(lambda: self.take(QGuiApplication.clipboard().mimeData()))
        self._from_file.clicked.connect(self._on_from_file)
        self.open_case.clicked.connect(self._on_open_case)

    # --- how a code comes -------------------------------------------------------------------------

    def _on_from_file(self) -> None:
        file = ask_picture(self)
        if file is not None:
            self._read_file(file)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if is_of_use(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.take(event.mimeData())
        event.acceptProposedAction()

    def take(self, data: QMimeData | None) -> None:
        """What was pasted or dropped."""
        match offered(data):
            case Path() as file:
                self._read_file(file)
            case QImage() as picture:
                self._look(partial(_text_in, picture))
            case str() as text:
                self.code.setText(text[:MAX_TEXT].strip())
                self._check()
            case _:
                self.say(Mood.WARN, self.tr("剪贴板里没有二维码的文字，也没有图片。"))

    def _read_file(self, file: Path) -> None:
        self._look(partial(_text_in_file, file))

    def _look(self, work: partial[str]) -> None:
        self.forget()
        self.say(Mood.INFO, self.tr("正在读图片…"))
        self._desk.outside(work, self._on_read, self._on_refused, replaces="papers.check")

    def _on_read(self, text: str) -> None:
        self.code.setText(text)
        self._check()

    # --- what it is -------------------------------------------------------------------------------

    def forget(self) -> None:
        """What was found of the code before."""
        self.quiet()
        for part in self._found:
            part.hide()

    def _check(self) -> None:
        self.forget()
        text = self.code.text().strip()
        if not text:
            self.say(Mood.WARN, self.tr("请先扫描或者粘贴二维码，也可以选一张照片。"))
            return
        self._desk.read(
            partial(_checked, text=text),
            self._on_checked,
            self._on_refused,
            replaces="papers.check",
        )

    def _on_checked(self, checked: Checked) -> None:
        is_void = checked.record in (Record.OVERTAKEN, Record.REPLACED)
        mood = Mood.WARN if is_void or checked.is_revoked else _MOODS[checked.verdict]
        self.verdict.say(mood, checked_words.headline(checked))
        self._advice.set_text(checked_words.advice(checked))
        is_genuine = checked.verdict is Verdict.GENUINE
        self.facts.show_facts(checked_words.fields(checked, words.day) if is_genuine else [])
        self._subject = checked.subject
        self.verdict.show()
        self._advice.show()
        self.facts.setVisible(is_genuine)
        self.open_case.setVisible(checked.subject is not None)
        self.code.selectAll()  # the next scan replaces it

    def _on_refused(self, error: DaibanError) -> None:
        self.say(Mood.BAD, wording.sentence_on_screen(error))
        self.code.selectAll()

    def _on_open_case(self) -> None:
        if self._subject is not None:
            self.accept()
            self.case_asked.emit(self._subject)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CheckDialog", text)


# --- off the GUI thread -----------------------------------------------------------------------------


def _checked(store: Store, *, text: str) -> Checked:
    return authenticity.check(store, text)


def _text_in_file(file: Path) -> str:
    from ui.code_pictures import text_in_file

    return text_in_file(file)


def _text_in(picture: QImage) -> str:
    from ui.code_pictures import text_in

    return text_in(packed(picture))
