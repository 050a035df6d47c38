"""After registering: the number, what is still missing, whether the receipt came out, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui import wording
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Size, Space, TextKind
from ui.desktop.pages.names import PageName
from ui.desktop.pages.registration.aftermath import Aftermath
from ui.desktop.pages.registration.receipt import Receipt
from ui.desktop.print_jobs import JobState, PrintJob, where_filed
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind, ButtonSize
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.chip import Chip
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.text import Text
from ui.desktop.widgets.tips import set_tip


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
        self.open = Button(
            self.tr("打开办件"), icon="folder-open", kind=ButtonKind.QUIET, key="Alt+O"
        )
        self.again = Button(self.tr("补打回执"), icon="printer", kind=ButtonKind.QUIET, key="Alt+P")
        self.next = Button(
            self.tr("登记下一位"), icon="user-plus", kind=ButtonKind.PRIMARY,
            size=ButtonSize.LARGE, shown_key="Return",
        )  # fmt: skip
        self.another = Button(self.tr("同一人再办一件"), icon="file-plus", key="Alt+N")
        self.forward = Button("", icon="send", key="Alt+B")

    def _assemble(self) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        head, who, paper = (look.row(Space.M) for _ in range(3))
        next_things = QWidget()
        buttons = look.flow(Space.M, parent=next_things)
        head.addWidget(self._mark)
        head.addWidget(self._heading, 1)
        who.addWidget(self._who, 1)
        who.addWidget(self.open)
        paper.addWidget(self._printing, alignment=middle)
        paper.addWidget(self.printing_words, 1)
        paper.addWidget(self.again, alignment=middle)
        for button in (self.next, self.another, self.forward):
            buttons.addWidget(button)
        for part in (head, self.number, who, paper, self.notice, self.done, next_things):
            self.add(part)
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

    def forget(self) -> None:
        """Somebody else sits down: who was registered is none of their business."""
        self.number.set_text("")
        self._who.set_text("")

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
        told = job.words if job.file is None else where_filed(job.file)
        words = self.tr("{why}登记已经保存，不受影响。").format(why=told) if failed else told
        self.printing_words.set_text(words)
        set_tip(self.printing_words, "" if job.file is None else str(job.file))
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
