"""What the forms share: they give facts when all is there, wait while the act is done, and say why it was refused."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.pages.cases.forms.consequences import consequence_of
from ui.desktop.pages.cases.forms.rows import Rows
from ui.desktop.pages.cases.question import ActQuestion
from ui.desktop.widgets.button import ButtonKind
from ui.desktop.widgets.dialogs import FormDialog, confirm
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.form_walk import FormWalk
from ui.desktop.widgets.scroll_body import ScrollBody

WIDE = 560
"""Units: the width of forms with several cells in a line."""


class ActDialog(FormDialog):
    """`given` carries the facts of the act, as `app.usecases.acts` wants them."""

    given = Signal(dict)

    def __init__(
        self,
        question: ActQuestion,
        title: str = "",
        yes_text: str = "",
        parent: QWidget | None = None,
        *,
        kind: ButtonKind = ButtonKind.PRIMARY,
        wide: bool = False,
    ) -> None:
        sheet = question.sheet
        label = question.choice.label
        note = (
            f"{sheet.applicant.name} · {sheet.item} · {sheet.official_number or sheet.local_number}"
        )
        super().__init__(title or label, yes_text or label, parent, kind=kind, note=note)
        self.question = question
        self.sheet = sheet
        self.fields: dict[str, Field] = {}
        if wide:
            look.sized(self, min_width=WIDE)
        self.ok_requested.connect(self._on_ok)

    def facts(self) -> dict[str, Any] | None:
        """What was filled in; None if something is missing, which has then been said."""
        raise NotImplementedError

    def agreed(self) -> bool:
        """Whether the consequence was asked about, and accepted; most acts do not ask."""
        return agrees(self, self.question)

    def kept(self) -> object:
        """What was written, for when the form is opened again after it was left; None: nothing worth keeping."""
        return None

    def take_up(self, kept: object) -> None:
        """Go on with what `kept` gave."""

    def refuse(self, sentence: str, field: str = "") -> None:
        """The act was not done; what was filled in stays. What is wrong with a field is said beside it."""
        self.set_busy(False)
        wrong = self.fields.get(field)
        if wrong is None or not wrong.isVisible():
            self.say(Mood.BAD, sentence)
            return
        wrong.say(Mood.BAD, sentence)
        wrong.editor.setFocus()
        self.fit_later()

    def fit_later(self) -> None:
        """Something was added, or said beside a field: the form grows as far as its window allows."""
        QTimer.singleShot(0, self, self._fit_now)

    def _fit_now(self) -> None:
        scroll = self.findChild(ScrollBody)
        if self.isVisible() and scroll is not None:
            scroll.updateGeometry()  # it does not tell by itself that what is in it has grown
            self._fit()

    def _lay_out(self, *fields: Field) -> None:
        """One under the other; Enter and Tab go the same way, then to the buttons."""
        editors = [field.editor for field in fields]
        for field in fields:
            field.spare_message_room()
            self.add(field)
            if isinstance(field.editor, Rows):
                field.editor.changed.connect(self.fit_later)
        self.body.addStretch(1)
        FormWalk(self, editors).finished.connect(self.yes.setFocus)
        self.setTabOrder(editors[-1], self.no)
        self.setTabOrder(self.no, self.yes)
        editors[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_ok(self) -> None:
        facts = self.facts()
        if facts is None:
            self.fit_later()
        elif self.agreed():
            self.quiet()
            self.set_busy(True)
            self.given.emit(facts)

    def _needs(self, field: Field, text: str, sentence: str) -> bool:
        """Say beside the field that it is empty; whether it is filled in."""
        if text:
            field.quiet()
            return True
        field.say(Mood.BAD, sentence)
        field.editor.setFocus()
        return False


def agrees(parent: QWidget | None, question: ActQuestion) -> bool:
    """Ask once with the consequence, if the act has one."""
    asked = consequence_of(question)
    return asked is None or confirm(parent, asked.title, asked.text, asked.yes, asked.kind)
