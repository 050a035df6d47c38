"""Which form asks for the facts of which act."""

from __future__ import annotations

from typing import Final, Protocol

from PySide6.QtWidgets import QWidget

from app.usecases.acts import ACTS
from ui.desktop.pages.cases.forms.authority import ForwardDialog, RefuseDialog, ReturnDialog
from ui.desktop.pages.cases.forms.base import ActDialog
from ui.desktop.pages.cases.forms.correction import CorrectDialog
from ui.desktop.pages.cases.forms.defects import DefectsDialog
from ui.desktop.pages.cases.forms.general import GeneralDialog
from ui.desktop.pages.cases.forms.joint import SplitDialog
from ui.desktop.pages.cases.forms.outcome import DecideDialog, DeliverDialog
from ui.desktop.pages.cases.question import CORRECT, ActQuestion


class _Form(Protocol):
    def __call__(self, question: ActQuestion, parent: QWidget | None = None) -> ActDialog: ...


OWN: Final[dict[str, _Form]] = {
    "forward": ForwardDialog,
    "return": ReturnDialog,
    "refuse": RefuseDialog,
    "ask_supplement": DefectsDialog,
    "split": SplitDialog,
    "decide": DecideDialog,
    "deliver": DeliverDialog,
    CORRECT: CorrectDialog,
}


def dialog_for(question: ActQuestion, parent: QWidget | None) -> ActDialog | None:
    """The form of this act; None for one that has nothing to be filled in."""
    verb = question.choice.verb
    own = OWN.get(verb)
    if own is not None:
        return own(question, parent)
    if not ACTS[verb].facts.__struct_fields__:
        return None
    return GeneralDialog(question, parent)
