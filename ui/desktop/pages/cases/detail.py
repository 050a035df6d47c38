"""One case in full: head, clocks, acts, materials, papers and what happened. 办件 and 审查 show the same."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QStackedWidget,
    QWidget,
)
from typing_extensions import override

from app.journal.refs import Ref
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look import Mood, Space
from ui.desktop.pages.cases.about import About
from ui.desktop.pages.cases.act_choices import ActChoice
from ui.desktop.pages.cases.act_row import ActRow
from ui.desktop.pages.cases.case_head import CaseHead
from ui.desktop.pages.cases.case_presenter import ActDone, CasePresenter
from ui.desktop.pages.cases.clocks import Clocks
from ui.desktop.pages.cases.comparing import Comparison
from ui.desktop.pages.cases.comparison import ComparisonDialog
from ui.desktop.pages.cases.duplicates_card import JUDGING, DuplicatesCard
from ui.desktop.pages.cases.forms.base import ActDialog, agrees
from ui.desktop.pages.cases.forms.choosing import dialog_for
from ui.desktop.pages.cases.materials import Materials
from ui.desktop.pages.cases.question import ActQuestion
from ui.desktop.pages.cases.scans import CaseScans
from ui.desktop.pages.cases.sections import Notes, Papers, Steps
from ui.desktop.pages.cases.sheet import CaseSheet, PaperToPrint, Person, SheetNote
from ui.desktop.pages.cases.split import Arrangement
from ui.desktop.pages.names import PageName
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.dialogs import tell
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.reading_order import follow_layout
from ui.desktop.widgets.scroll_body import ScrollBody
from ui.desktop.widgets.tips import set_tip

_SIDE_BY_SIDE: Final = 560
"""From this width in units, what happened stands beside the materials, and the clocks beside each other."""
_MATERIALS_SHARE: Final = 4
_STEPS_SHARE: Final = 3


class CaseDetail(Card):
    """`back_asked`: to the list. `open_asked` carries the Ref of another case."""

    back_asked = Signal()
    open_asked = Signal(object)

    def __init__(
        self,
        desk: Desk,
        presenter: CasePresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self._presenter = presenter
        self._dialog: ActDialog | None = None
        self._left: dict[tuple[Ref, str, Ref], object] = {}
        self._to_print: tuple[ActDone, PaperToPrint] | None = None
        self._make()
        self._assemble()
        self._connect()
        self._show_nothing()

    def _make(self) -> None:
        self.back = Button(self.tr("返回列表"), icon="arrow-left", kind=ButtonKind.QUIET, tip="Esc")
        set_tip(self.back, self.tr("返回列表（Esc）"))
        self.back.hide()
        self.told = Banner(Mood.GOOD, "", closable=True)
        self.news = Banner(Mood.INFO, "", closable=True)
        self.told.hide()
        self.news.hide()
        self._empty = EmptyState("folder-open", "")
        self.head = CaseHead()
        self.clocks = Clocks()
        self.acts = ActRow()
        self.notes = Notes()
        self.duplicates = DuplicatesCard()
        self.materials = Materials(self._desk)
        self.scans = CaseScans(self._desk, self._presenter, self.materials, self)
        self.about = About()
        self.papers = Papers()
        self.steps = Steps()

    def _assemble(self) -> None:
        inside = QWidget()
        stack = look.column(Space.L, (0, 0, Space.S, 0), inside)
        stack.addWidget(self.head)
        stack.addWidget(self.clocks)
        stack.addWidget(self.acts)
        stack.addWidget(self.notes)
        stack.addWidget(self.duplicates)
        self._columns = look.spaced(QBoxLayout(QBoxLayout.Direction.LeftToRight), Space.XL)
        left = look.column(Space.L)
        left.addWidget(self.materials)
        left.addWidget(self.papers)
        left.addWidget(self.about)
        left.addStretch(1)
        self._columns.addLayout(left, _MATERIALS_SHARE)
        self._columns.addWidget(self.steps, _STEPS_SHARE)
        stack.addLayout(self._columns)
        stack.addStretch(1)
        self._scroll = ScrollBody(inside)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._scroll)
        self.add(self.told)
        self.add(self.news)
        self.add(self._stack, 1)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.shown.connect(self._on_shown)
        presenter.closed.connect(self._show_nothing)
        presenter.unreadable.connect(self._on_unreadable)
        presenter.acted.connect(self._on_acted)
        presenter.refused.connect(self._on_refused)
        presenter.news.connect(self._on_news)
        presenter.busy_changed.connect(self.acts.set_busy)
        presenter.asked.connect(self._on_asked)
        presenter.revealed.connect(self._on_revealed)
        presenter.hidden.connect(self.head.hide_whole)
        presenter.hidden.connect(self.about.hide_whole)
        presenter.compared.connect(self._on_compared)
        self.back.clicked.connect(self.back_asked)
        self.head.close_asked.connect(self.back_asked)
        self.head.held.connect(presenter.reveal_person)
        self.head.released.connect(presenter.hide_person)
        self.acts.chosen.connect(self.start)
        self.notes.compare_asked.connect(presenter.compare)
        self.notes.seen.connect(presenter.settle)
        self.notes.again_asked.connect(self.start)
        self.notes.tell_asked.connect(self._on_tell_asked)
        self.about.open_asked.connect(self.open_asked)
        self.duplicates.compare_asked.connect(presenter.compare)
        self.duplicates.judged.connect(self._judge)
        self.duplicates.act_asked.connect(self._end)
        self.papers.print_asked.connect(presenter.print_paper)
        self.papers.opened.connect(self._on_papers_opened)
        self.told.acted.connect(self._on_print_offered)

    # --- acting -----------------------------------------------------------------------------------

    @property
    def dialog(self) -> ActDialog | None:
        """The form that is open, if one is."""
        return self._dialog

    def start_primary(self) -> None:
        """Ctrl+Enter: the ordinary next act."""
        sheet = self._presenter.sheet
        if sheet is not None and sheet.primary is not None:
            self.start(sheet.primary)

    def start(self, choice: ActChoice) -> None:
        """Do an act, or ask for its facts first."""
        if self._presenter.sheet is None or self._dialog is not None or self._presenter.is_busy:
            return
        if choice.asks:
            self._presenter.ask(choice)
        else:
            self._presenter.act(choice, {})

    def _on_asked(self, question: ActQuestion) -> None:
        if not self.isVisible():  # gone elsewhere meanwhile, or the screen is locked
            return
        choice = question.choice
        dialog = dialog_for(question, self.window())
        if dialog is None:
            if agrees(self.window(), question):
                self._presenter.act(choice, {})
            return
        if (kept := self._left.pop(self._left_as(dialog), None)) is not None:
            dialog.take_up(kept)
        dialog.given.connect(lambda facts: self._presenter.act(choice, facts))
        dialog.rejected.connect(partial(self._on_left, dialog))
        dialog.finished.connect(self._on_dialog_finished)
        self._dialog = dialog
        dialog.open()

    def _on_left(self, dialog: ActDialog) -> None:
        """Esc: what was written waits until the form is opened again."""
        kept = dialog.kept()
        if kept is not None:
            self._left[self._left_as(dialog)] = kept

    def _left_as(self, dialog: ActDialog) -> tuple[Ref, str, Ref]:
        """For whom: what one person wrote about a case is not shown to the next who sits down."""
        question = dialog.question
        return question.sheet.subject, question.choice.verb, self._desk.operator.ref

    def _on_dialog_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    def _on_acted(self, done: ActDone) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self.news.hide()
        paper = done.sheet.paper_due
        self._to_print = None if paper is None else (done, paper)
        if paper is None:
            self.told.hide()
            self._desk.say(Mood.GOOD, done.words)
            return
        text = self.tr("{done}。可以打印{paper}了。").format(done=done.words, paper=paper.label)
        self.told.say(Mood.GOOD, text, self.tr("打印{paper}").format(paper=paper.label))
        self.told.show()
        self._desk.say(Mood.GOOD, done.words)

    def _on_refused(self, sentence: str) -> None:
        if self._dialog is not None:
            self._dialog.refuse(sentence, self._presenter.wrong_field)
        else:
            self._desk.say(Mood.BAD, sentence)

    def _on_print_offered(self) -> None:
        if self._to_print is not None:
            done, paper = self._to_print
            self._to_print = None
            self.told.hide()
            self._presenter.print_for(done.sheet.subject, paper.kind)

    # --- where it stands --------------------------------------------------------------------------

    def stand(self, arrangement: Arrangement) -> None:
        """In the list's place there is a way back to it (the page shows it); beside it, one to close the case."""
        self.back.setVisible(arrangement is Arrangement.DETAIL)
        self.head.close_button.setVisible(arrangement is Arrangement.BESIDE)

    # --- showing ----------------------------------------------------------------------------------

    def _on_shown(self, sheet: CaseSheet) -> None:
        self.head.show_sheet(sheet)
        self.clocks.show_clocks(sheet.clocks)
        self.acts.show_acts(sheet.acts)
        self.notes.show_notes(sheet.notes)
        self.duplicates.show_sheet(sheet)
        self.materials.show_sheet(sheet)
        self.papers.show_sheet(sheet)
        self.about.show_sheet(sheet)
        self.steps.show_sheet(sheet)
        follow_layout(self)  # buttons that came later are not the last to be reached
        self.setAccessibleName(sheet.title)
        if self._stack.currentWidget() is not self._scroll:
            self._stack.setCurrentWidget(self._scroll)

    def focus_acts(self) -> None:
        """Put the keyboard on the ordinary next act."""
        buttons = self.acts.buttons()
        if buttons and self._presenter.sheet is not None:
            buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._scroll.setFocus(Qt.FocusReason.TabFocusReason)

    def scroll_to_top(self) -> None:
        self._scroll.verticalScrollBar().setValue(0)

    def _show_nothing(self) -> None:
        self._empty.say(
            "folder-open", self.tr("没有打开的办件"), self.tr("在列表里选一件，这里显示它的情况。")
        )
        self._stack.setCurrentWidget(self._empty)

    def _on_unreadable(self, sentence: str) -> None:
        self._empty.say("circle-alert", self.tr("这件现在打不开"), sentence)
        self._stack.setCurrentWidget(self._empty)

    def _on_news(self, text: str) -> None:
        self.news.say(Mood.INFO, self.tr("这件刚有新情况，已经更新。{text}").format(text=text))
        self.news.show()

    def _on_revealed(self, whole: tuple[Person, ...]) -> None:
        self.head.reveal(whole[0])
        if self.head.hold.is_held():
            self.about.reveal(whole)

    def _on_tell_asked(self, note: SheetNote) -> None:
        """What the applicant has to hear, for whoever telephones."""
        sheet = self._presenter.sheet
        if sheet is None:
            return
        text = self.tr(
            "请联系{who}，说明先前告诉过的没有生效，以现在的状态“{state}”为准。"
            "给过的文书请收回，需要的话重新出具。电话按住“按住显示”可以看到。\n\n{note}"
        )
        said = text.format(who=sheet.applicant.name, state=sheet.state.label, note=note.text)
        tell(self.window(), self.tr("告知申请人"), said)

    def _on_papers_opened(self) -> None:
        if self._presenter.subject is not None:
            self._desk.go(PageName.PAPERS, self._presenter.subject)

    def _on_compared(self, found: Comparison) -> None:
        if not self.isVisible() or found.subject != self._presenter.subject:
            return  # gone elsewhere meanwhile, or the screen is locked
        may_judge = self._choice(JUDGING) is not None
        dialog = ComparisonDialog(found, self.window(), may_judge=may_judge)
        dialog.accepted.connect(lambda: self.open_asked.emit(found.other))
        dialog.judged.connect(partial(self._judge, found.other))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _judge(self, other: Ref, same: bool) -> None:
        """What a person says of two cases."""
        choice = self._choice(JUDGING)
        if choice is not None:
            self._presenter.act(choice, {"other": str(other), "same": same})

    def _end(self, verb: str) -> None:
        """One of two that are the same is withdrawn or voided, with its own question."""
        choice = self._choice(verb)
        if choice is not None:
            self.start(choice)

    def _choice(self, verb: str) -> ActChoice | None:
        acts = self._presenter.sheet.acts if self._presenter.sheet else ()
        return next((choice for choice in acts if choice.verb == verb), None)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= look.current().px(_SIDE_BY_SIDE)
        beside, under = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(beside if wide else under)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._presenter.hide_person()
