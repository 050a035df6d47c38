"""After registering: the number, what is still missing, whether the receipt came out, and what comes next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import DaibanError
from ui import wording
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Size, Space, TextKind
from ui.desktop.pages.names import PageName
from ui.desktop.pages.registration.receipt import Receipt, done_at_once
from ui.desktop.print_jobs import JobState, PrintJob, jobs_of, receipt_kind
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind, ButtonSize
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.chip import Chip
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.text import Text


class Aftermath(QObject):
    """What is done with a case that has just been registered; knows no widgets."""

    printing = Signal(object)
    acts_changed = Signal(object, str)
    refused = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._jobs = jobs_of(desk)
        self._jobs.changed.connect(self._on_jobs_changed)
        self._jobs.failed.connect(self._on_jobs_changed)
        self._n: int | None = None
        self.receipt: Receipt | None = None

    def begin(self, receipt: Receipt) -> None:
        """Its receipt is printed; the case is on the disk whatever becomes of that."""
        self.receipt = receipt
        self._n = None
        if not receipt.repeated:
            self.print_receipt()

    def print_receipt(self) -> None:
        if self.receipt is not None:
            kind = receipt_kind(self._desk.preferences)
            self._n = self._jobs.print(self.receipt.subject, kind)
            self._on_jobs_changed()

    def print_again(self) -> None:
        """The same pages if they did not come out, else a reprint that is marked and counted."""
        job = self._job()
        if job is not None and job.state is JobState.FAILED and job.pdf:
            self._jobs.print_again(job.n)
        elif job is None or job.state.ended:
            self.print_receipt()

    def act(self, verb: str) -> None:
        """One of the acts that need nothing more to be said."""
        receipt = self.receipt
        if receipt is None:
            return
        label = dict(receipt.acts).get(verb, "")
        self._desk.act(
            partial(done_at_once, subject=receipt.subject, verb=verb),
            partial(self._on_acted, receipt, label),
            self._on_refused,
        )

    def _on_acted(self, receipt: Receipt, label: str, acts: tuple[tuple[str, str], ...]) -> None:
        if receipt is self.receipt:
            self.acts_changed.emit(acts, label)

    def _on_refused(self, error: DaibanError) -> None:
        self.refused.emit(wording.sentence_on_screen(error))

    def _on_jobs_changed(self, _: object = None) -> None:
        job = self._job()
        if job is not None:
            self.printing.emit(job)

    def _job(self) -> PrintJob | None:
        return next((job for job in self._jobs.jobs if job.n == self._n), None)


class Result(Card):
    """`next_asked`: somebody else's turn; `another_asked`: the same person has another request."""

    next_asked = Signal()
    another_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self.aftermath = Aftermath(desk, self)
        self._make()
        self._assemble()
        self._connect()

    def _make(self) -> None:
        self._mark = Icon("circle-check", Size.XL_ICON, Mood.GOOD)
        self._heading = Text("", TextKind.SECTION, Mood.GOOD)
        self.number = Text("", TextKind.FIGURE)
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._who = Text("", TextKind.BODY)
        self._printing = Chip()
        self.printing_words = Text("", TextKind.SECONDARY)
        self.notice = Banner(Mood.WARN, "")
        self.done = Banner(Mood.GOOD, "")
        self.next = Button(
            self.tr("登记下一位"), icon="user-plus", kind=ButtonKind.PRIMARY,
            size=ButtonSize.LARGE, shown_key="Return",
        )  # fmt: skip
        self.another = Button(
            self.tr("同一人再办一件"), icon="file-plus", size=ButtonSize.LARGE, key="Alt+N"
        )
        self.forward = Button("", icon="send", size=ButtonSize.LARGE, key="Alt+B")
        self.open = Button(
            self.tr("打开办件"), icon="folder-open", size=ButtonSize.LARGE, key="Alt+O"
        )
        self.again = Button(self.tr("补打回执"), icon="printer", kind=ButtonKind.QUIET, key="Alt+P")

    def _assemble(self) -> None:
        paper = look.row(Space.M)
        paper.addWidget(self._printing, alignment=Qt.AlignmentFlag.AlignVCenter)
        paper.addWidget(self.printing_words, 1)
        paper.addWidget(self.again, alignment=Qt.AlignmentFlag.AlignVCenter)
        buttons = look.grid(Space.M)
        buttons.addWidget(self.next, 0, 0)
        buttons.addWidget(self.another, 0, 1)
        buttons.addWidget(self.forward, 1, 0)
        buttons.addWidget(self.open, 1, 1)
        buttons.setColumnStretch(2, 1)
        head = look.row(Space.S)
        head.addWidget(self._mark)
        head.addWidget(self._heading, 1)
        for part in (head, self.number, self._who, paper, self.notice, self.done):
            self.add(part)
        self.add(buttons)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.next.clicked.connect(self.next_asked)
        self.another.clicked.connect(self.another_asked)
        self.forward.clicked.connect(self._on_forward)
        self.open.clicked.connect(self._on_open)
        self.again.clicked.connect(self.aftermath.print_again)
        self.aftermath.printing.connect(self._on_printing)
        self.aftermath.acts_changed.connect(self._on_acted)
        self.aftermath.refused.connect(self._on_refused)

    def show_receipt(self, receipt: Receipt) -> None:
        before = self.tr("这件早先已经登记过，没有重复登记")
        self._heading.set_text(before if receipt.repeated else self.tr("已登记，存在本机"))
        self.number.set_text(receipt.local_number)
        self._who.set_text(f"{receipt.applicant} · {receipt.item}")
        self.notice.setVisible(bool(receipt.missing or receipt.warnings))
        self.notice.say(Mood.WARN, self._still_open(receipt))
        self.done.hide()
        self._printing.setVisible(not receipt.repeated)
        self.printing_words.set_text("")
        self._show_acts(receipt.acts)
        self.aftermath.begin(receipt)
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _still_open(self, receipt: Receipt) -> str:
        said = [wording.warning(code) for code in receipt.warnings]
        if receipt.missing:
            text = self.tr("待补齐 {n} 件：{names}")
            names = self.tr("、").join(receipt.missing)
            said.insert(0, text.format(n=len(receipt.missing), names=names))
        return self.tr("；").join(said)

    def _show_acts(self, acts: tuple[tuple[str, str], ...]) -> None:
        self._verb, label = acts[0] if acts else ("", "")
        self.forward.setVisible(bool(self._verb))
        self.forward.set_text(self.tr("现在{act}").format(act=label))

    # --- what happens -----------------------------------------------------------------------------

    def _on_printing(self, job: PrintJob) -> None:
        self._printing.say(job.state.mood, self.tr("回执：{state}").format(state=job.state.label))
        failed = job.state is JobState.FAILED
        words = (
            self.tr("{why}登记已经保存，不受影响。").format(why=job.words) if failed else job.words
        )
        self.printing_words.set_text(words)
        self.again.set_text(self.tr("再打一次") if failed else self.tr("补打回执"))

    def _on_forward(self) -> None:
        self.forward.setEnabled(False)
        self.aftermath.act(self._verb)

    def _on_acted(self, acts: tuple[tuple[str, str], ...], label: str) -> None:
        self.forward.setEnabled(True)
        self.done.say(Mood.GOOD, self.tr("已{act}").format(act=label))
        self.done.show()
        self._show_acts(acts)
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, text: str) -> None:
        self.forward.setEnabled(True)
        self.done.say(Mood.BAD, text)
        self.done.show()

    def _on_open(self) -> None:
        receipt = self.aftermath.receipt
        if receipt is not None:
            self._desk.go(PageName.CASES, receipt.subject)
