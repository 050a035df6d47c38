"""效能监督 without widgets: one list of cards, and the acts on the one that is selected."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from app.errors import DaibanError
from app.store.store import Store
from app.usecases import acts
from app.usecases.acts import ACTS
from ui import wording
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.pages.cases.act_choices import ActChoice, choice_of
from ui.desktop.pages.cases.question import ActQuestion, read_question
from ui.desktop.pages.supervision.lights_reading import LightsReading
from ui.desktop.pages.supervision.lines import (
    CardVerb,
    SupervisionLine,
    View,
    read,
)


class SupervisionPresenter(QObject):
    """`shown` carries a SupervisionRead, `lit` the Lights, `asked` an ActQuestion.

    `refused` carries a sentence and the field it is about.
    """

    shown = Signal(object)
    lit = Signal(object)
    asked = Signal(object)
    acted = Signal()
    refused = Signal(str, str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted: View | None = None
        self._acting = False
        self._lights = LightsReading(desk, self)
        self._lights.told.connect(self.lit)

    def want(self, view: View) -> None:
        self._wanted = view
        self._read()

    def begin_anew(self) -> None:
        """Somebody else sits at the desk, whose business other lists are."""
        self._wanted = None

    def refresh(self) -> None:
        self._read()
        self._lights.look()

    def _read(self) -> None:
        by = self._desk.operator
        self._desk.read(
            partial(read, view=self._wanted, by=by), self.shown.emit, replaces="supervision"
        )

    # --- acts -------------------------------------------------------------------------------------

    def ask(self, line: SupervisionLine, verb: CardVerb) -> None:
        """Read what the form has to know; `asked` brings it."""
        choice, by = choice_of(ACTS[verb.value]), self._desk.operator

        def question(store: Store) -> ActQuestion:
            whole = read_question(store, by, line.subject, choice)
            return _about(whole, line)

        self._desk.read(question, self.asked.emit)

    def act(self, question: ActQuestion, facts: dict[str, Any]) -> None:
        if self._acting:
            return
        self._acting = True
        choice, subject = question.choice, question.sheet.subject
        self._desk.act(
            lambda store, by: acts.perform(store, subject, choice.verb, facts, by=by),
            lambda _: self._on_acted(choice),
            self._on_refused,
        )

    def _on_acted(self, choice: ActChoice) -> None:
        self._acting = False
        self.acted.emit()
        self._desk.say(Mood.GOOD, self.tr("{done}。").format(done=choice.done))

    def _on_refused(self, error: DaibanError) -> None:
        self._acting = False
        self.refused.emit(wording.sentence_on_screen(error), str(error.facts.get("field", "")))
        self.refresh()


def _about(question: ActQuestion, line: SupervisionLine) -> ActQuestion:
    """Of the cards of a case only the one that was selected, with those it names."""
    cause, since, grade = line.card
    facts = {"cause": cause, "since": since.isoformat(), "grade": grade.value}
    found = tuple(one for one in question.pick if one.facts == facts)
    named = {"post": line.post, "person": line.person}
    known = question.known | {field: said for field, said in named.items() if said}
    return msgspec.structs.replace(question, pick=found, known=known)
