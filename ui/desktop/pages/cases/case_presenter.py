"""One case on screen, without widgets: looked at, acted on, printed, and its numbers shown while a button is held."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.papers import PaperKind
from app.domain.staff import OperatorCard
from app.errors import DaibanError
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import acts, looks, repairs
from app.usecases.lookup import UnknownNumber
from ui import wording
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.pages.cases.act_choices import ActChoice
from ui.desktop.pages.cases.comparing import Comparison, read_comparison
from ui.desktop.pages.cases.people import read_whole_people
from ui.desktop.pages.cases.question import CORRECT, ActQuestion, read_question
from ui.desktop.pages.cases.sheet import CaseSheet, Person, news_since
from ui.desktop.pages.cases.sheet_reading import read_sheet
from ui.desktop.print_choice import kind_on_paper
from ui.desktop.print_jobs import jobs_of


class ActDone(msgspec.Struct, frozen=True, kw_only=True):
    """An act that was recorded, and the case after it."""

    choice: ActChoice
    sheet: CaseSheet

    @property
    def words(self) -> str:
        return f"{self.sheet.title}：{self.choice.done}"


class CasePresenter(QObject):
    """`shown` carries a CaseSheet, `unreadable` a sentence, `acted` an ActDone, `refused` a sentence.

    `news` says in words what others did to the case that is open; `closed`: no case is open any more.
    """

    shown = Signal(object)
    unreadable = Signal(str)
    closed = Signal()
    asked = Signal(object)
    """The ActQuestion of an act that wants to be filled in or agreed to."""
    acted = Signal(object)
    refused = Signal(str)
    news = Signal(str)
    revealed = Signal(object)
    """Every party as a Person with whole numbers, the applicant first."""
    hidden = Signal()
    busy_changed = Signal(bool)
    compared = Signal(object)
    """A Comparison of this case with another."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._subject: Ref | None = None
        self._sheet: CaseSheet | None = None
        self._acting = False
        self._holding = False
        self.wrong_field = ""
        """Of the facts of the act that was refused last, the one that was wrong."""

    # --- looking ----------------------------------------------------------------------------------

    @property
    def subject(self) -> Ref | None:
        """The case that is open, or being opened."""
        return self._subject

    @property
    def sheet(self) -> CaseSheet | None:
        """The case that is open, once it has been read."""
        return self._sheet

    @property
    def is_busy(self) -> bool:
        return self._acting

    def open(self, subject: Ref) -> None:
        if subject != self._subject:
            self.hide_person()
            self._subject, self._sheet = subject, None
        self.refresh()

    def close(self) -> None:
        self.hide_person()
        self._subject = self._sheet = None
        self.closed.emit()

    def refresh(self) -> None:
        """Look again; what others did meanwhile is told by `news`."""
        if self._subject is None:
            return
        subject, by = self._subject, self._desk.operator
        self._desk.read(
            partial(read_sheet, subject=subject, by=by),
            self._on_read,
            partial(self._on_unreadable, subject),
            replaces=f"case-{id(self)}",
        )

    def compare(self, other: Ref) -> None:
        """Read another case, to be shown beside this one."""
        if self._subject is not None:
            self._desk.read(
                partial(_compared, by=self._desk.operator, subject=self._subject, other=other),
                self.compared.emit,
            )

    def _on_read(self, sheet: CaseSheet) -> None:
        if sheet.subject != self._subject:
            return
        if sheet.look_is_noted:  # first written down, then shown
            self._desk.act(
                partial(_opened, subject=sheet.subject),
                self._show,
                partial(self._on_unreadable, sheet.subject),
            )
        else:
            self._show(sheet)

    def _show(self, sheet: CaseSheet) -> None:
        if sheet.subject != self._subject:
            return
        before, self._sheet = self._sheet, self._of_this_desk(sheet)
        self.shown.emit(self._sheet)
        if before is not None:
            new = news_since(before, sheet)
            if new:
                self.news.emit("；".join(f"{step.who}：{step.title}" for step in new))

    def _on_unreadable(self, subject: Ref, error: DaibanError) -> None:
        if subject != self._subject:
            return
        self.hide_person()
        self._sheet = None
        # The subject is the name of an entry, which says nothing to a person.
        gone = isinstance(error, UnknownNumber)
        self.unreadable.emit(
            self.tr("这件已经不在列表里：区中心没有收下它的登记。请到“同步”页看原因。")
            if gone
            else wording.sentence_on_screen(error)
        )

    def _of_this_desk(self, sheet: CaseSheet) -> CaseSheet:
        """Of the receipt's two sizes, the one that this desk prints."""
        preferences = self._desk.preferences
        papers = tuple(
            paper
            for paper in sheet.to_print
            if kind_on_paper(paper.kind, preferences) is paper.kind
        )
        return msgspec.structs.replace(sheet, to_print=papers)

    # --- acting -----------------------------------------------------------------------------------

    def ask(self, choice: ActChoice) -> None:
        """Read what the form of an act has to know; `asked` brings it."""
        if self._acting or self._sheet is None:
            return
        self._set_acting(True)
        subject, by = self._sheet.subject, self._desk.operator
        if choice.verb == CORRECT:  # it shows whole numbers, and that is written down
            self._desk.act(
                partial(read_question, subject=subject, choice=choice),
                self._on_question,
                self._on_refused,
            )
        else:
            self._desk.read(
                partial(read_question, by=by, subject=subject, choice=choice),
                self._on_question,
                self._on_refused,
            )

    def _on_question(self, question: ActQuestion) -> None:
        self._set_acting(False)
        if question.sheet.subject == self._subject:
            self.asked.emit(question)

    def act(self, choice: ActChoice, facts: dict[str, Any]) -> None:
        """Do it, once: what is pressed while an act is under way is not done a second time."""
        if self._acting or self._sheet is None:
            return
        self._set_acting(True)
        self._desk.act(
            partial(_acted, subject=self._sheet.subject, verb=choice.verb, facts=facts),
            partial(self._on_acted, choice),
            self._on_refused,
        )

    def _on_acted(self, choice: ActChoice, sheet: CaseSheet) -> None:
        self._set_acting(False)
        told = self._of_this_desk(sheet)
        if sheet.subject == self._subject:
            self._sheet = told
            self.shown.emit(told)
        self.acted.emit(ActDone(choice=choice, sheet=told))

    def _on_refused(self, error: DaibanError) -> None:
        self._set_acting(False)
        self.wrong_field = str(error.facts.get("field", ""))
        self.refused.emit(wording.sentence_on_screen(error))
        self.refresh()

    def _set_acting(self, acting: bool) -> None:
        self._acting = acting
        self.busy_changed.emit(acting)

    def settle(self, misfit: Ref) -> None:
        """Somebody has seen to an act of this station that has no effect."""
        self._desk.act(lambda store, _by: repairs.settle(store, misfit), lambda _: self.refresh())

    # --- paper ------------------------------------------------------------------------------------

    def print_paper(self, kind: PaperKind) -> None:
        if self._sheet is not None:
            self.print_for(self._sheet.subject, kind)

    def print_for(self, subject: Ref, kind: PaperKind) -> None:
        jobs_of(self._desk).print(subject, kind)

    def print_due(self) -> None:
        """F9: what has become due and nobody has printed; a reprint is asked for by its own button."""
        sheet = self._sheet
        if sheet is None:
            self._desk.say(Mood.INFO, self.tr("请先打开一件，再按 F9 打印。"))
            return
        due = sheet.paper_due
        if due is not None:
            self.print_for(sheet.subject, due.kind)
            return
        text = (
            self.tr("该打印的都打印过了。要再打一份，请按“补打”。")
            if sheet.to_print
            else self.tr("这件现在没有可以打印的文书。")
        )
        self._desk.say(Mood.INFO, text)

    # --- whole numbers ----------------------------------------------------------------------------

    def reveal_person(self) -> None:
        """Somebody holds the button: the look is written down, then the numbers are shown."""
        if self._sheet is None:
            return
        self._holding = True
        subject = self._sheet.subject
        self._desk.act(
            partial(read_whole_people, subject=subject),
            partial(self._on_whole_people, subject),
            self._on_not_revealed,
        )

    def hide_person(self) -> None:
        """The button was let go, the page left, or the window lost."""
        if self._holding:
            self._holding = False
            self.hidden.emit()

    def _on_whole_people(self, subject: Ref, whole: tuple[Person, ...]) -> None:
        if self._holding and subject == self._subject:
            self.revealed.emit(whole)

    def _on_not_revealed(self, error: DaibanError) -> None:
        self.hide_person()
        self._desk.complain(error)


def _opened(store: Store, by: OperatorCard, subject: Ref) -> CaseSheet:
    looks.opened(store, subject, by)
    return read_sheet(store, subject, by)


def _compared(store: Store, *, by: OperatorCard, subject: Ref, other: Ref) -> Comparison:
    """The other's record is opened with it."""
    compared = read_comparison(store, subject, other)
    looks.opened(store, other, by)
    return compared


def _acted(
    store: Store, by: OperatorCard, subject: Ref, verb: str, facts: dict[str, Any]
) -> CaseSheet:
    """Do the act and read the case as it is then, in one piece of work."""
    acts.perform(store, subject, verb, facts, by=by)
    return read_sheet(store, subject, by)
