"""After registering: the number, what is still missing, whether the receipt came out, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.papers import PaperKind
from ui import wording
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Size, Space, TextKind
from ui.desktop.pages.names import PageName
from ui.desktop.pages.registration.aftermath import Aftermath
from ui.desktop.pages.registration.presenter import RegistrationPresenter
from ui.desktop.pages.registration.receipt import Receipt
from ui.desktop.pages.registration.visit_panel import VisitPanel
from ui.desktop.print_jobs import JobState, PrintJob, where_filed
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind, ButtonSize
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.chip import Chip
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.text import Text
from ui.desktop.widgets.tips import set_tip


class Result(Card):
    """`next_asked`: somebody else's turn, the visit is over.

    `another_asked`: the same person has another request; `household_asked`: so has somebody of the same house.
    """

    next_asked = Signal()
    another_asked = Signal()
    household_asked = Signal()

    def __init__(
        self, desk: Desk, presenter: RegistrationPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self._visit = presenter.visit
        self.visit = VisitPanel(presenter, ends=False)
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
        self.came_out = Button(
            self.tr("打出来了"), icon="check", kind=ButtonKind.QUIET, key="Alt+Y"
        )
        self.next = Button(
            self.tr("登记下一位"), icon="user-plus", kind=ButtonKind.PRIMARY,
            size=ButtonSize.LARGE, shown_key="Return",
        )  # fmt: skip
        self.another = Button(self.tr("同一来访再办一件"), icon="file-plus", key="Alt+N")
        self.household = Button(self.tr("同户另一人"), icon="users", key="Alt+U")
        self.slip = Button(self.tr("打印证件交接单"), icon="printer", key="Alt+J")
        self.mandate = Button(self.tr("打印代办委托书"), icon="printer", key="Alt+W")
        self.form = Button(
            self.tr("打印申请表"), icon="printer", kind=ButtonKind.QUIET, key="Alt+T"
        )
        self.forward = Button("", icon="send", key="Alt+B")

    def _assemble(self) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        head, who, paper = (look.row(Space.M) for _ in range(3))
        next_things, papers = QWidget(), QWidget()
        buttons, printed = look.flow(Space.M, parent=next_things), look.flow(Space.M, parent=papers)
        head.addWidget(self._mark)
        head.addWidget(self._heading, 1)
        who.addWidget(self._who, 1)
        who.addWidget(self.open)
        paper.addWidget(self._printing, alignment=middle)
        paper.addWidget(self.printing_words, 1)
        paper.addWidget(self.came_out, alignment=middle)
        paper.addWidget(self.again, alignment=middle)
        for button in (self.next, self.another, self.household, self.forward):
            buttons.addWidget(button)
        for button in (self.mandate, self.slip, self.form):
            printed.addWidget(button)
        for part in (
            head, self.number, who, paper, self.notice, papers, self.done, next_things, self.visit,
        ):  # fmt: skip
            self.add(part)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.next.clicked.connect(self._on_next)
        self.another.clicked.connect(self.another_asked)
        self.household.clicked.connect(self.household_asked)
        self.slip.clicked.connect(lambda: self.aftermath.print_paper(PaperKind.CUSTODY_SLIP))
        self.mandate.clicked.connect(lambda: self.aftermath.print_paper(PaperKind.MANDATE))
        self.form.clicked.connect(lambda: self.aftermath.print_paper(PaperKind.APPLICATION_FORM))
        self.visit.receipt_asked.connect(self._on_visit_receipt)
        self._visit.changed.connect(self._on_visit_changed)
        self.forward.clicked.connect(self._on_forward)
        self.open.clicked.connect(self._on_open)
        self.again.clicked.connect(self.aftermath.print_again)
        self.came_out.clicked.connect(self.aftermath.came_out)
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
        self._printing.say(Mood.PAUSED, self.tr("回执：最后合并打印"))
        self.printing_words.set_text("")
        self.came_out.hide()
        self.again.set_text(self.tr("单独打印回执") if receipt.in_visit else self.tr("补打回执"))
        self.slip.setVisible(PaperKind.CUSTODY_SLIP in receipt.papers)
        self.mandate.setVisible(PaperKind.MANDATE in receipt.papers)
        self.form.setVisible(PaperKind.APPLICATION_FORM in receipt.papers)
        self._show_acts(receipt.acts)
        self.visit.show_visit()
        self._on_visit_changed()
        self.aftermath.begin(receipt)
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def end_visit(self) -> None:
        """Somebody went on without the one receipt: it can still be had, and is not forgotten in silence."""
        if self._receipt_waits():
            text = self.tr("合并收件回执还没有打印，可以到“文书”或办件里打印。")
            self._desk.say(Mood.WARN, text)

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

    # --- the visit --------------------------------------------------------------------------------

    def _on_visit_changed(self) -> None:
        waits = self._receipt_waits()
        self.next.set_text(self.tr("打印合并回执，下一位") if waits else self.tr("登记下一位"))

    def _receipt_waits(self) -> bool:
        found = self._visit.so_far
        return found.several and not found.printed

    def _on_visit_receipt(self) -> None:
        last = self._visit.so_far.cases[-1]
        self.aftermath.print_paper(PaperKind.VISIT_RECEIPT, last.subject)

    def _on_next(self) -> None:
        """Whoever goes has a receipt for everything in the hand."""
        if self._receipt_waits():
            self._on_visit_receipt()
        self.next_asked.emit()

    # --- what happens -----------------------------------------------------------------------------

    def _on_printing(self, job: PrintJob) -> None:
        self._printing.say(job.state.mood, self.tr("回执：{state}").format(state=job.state.label))
        failed = job.state is JobState.FAILED
        told = job.words if job.file is None else where_filed(job.file)
        words = self.tr("{why}登记已经保存，不受影响。").format(why=told) if failed else told
        if job.asks:
            words += self.tr("打出来了吗？")
        self.printing_words.set_text(words)
        set_tip(self.printing_words, "" if job.file is None else str(job.file))
        self.came_out.setVisible(job.asks)
        if job.asks:
            self.again.set_text(self.tr("没有，再打一次"))
        else:
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
