"""Which form asks for the facts of which act."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.desktop.pages.cases.act_choices import ActChoice, ActForm
from ui.desktop.pages.cases.forms.authority import (
    ForwardDialog,
    RefuseDialog,
    WrongAuthorityDialog,
)
from ui.desktop.pages.cases.forms.base import ActDialog
from ui.desktop.pages.cases.forms.materials import DefectsDialog, SupplyDialog
from ui.desktop.pages.cases.forms.outcome import CompleteDialog, DecideDialog, DeliverDialog
from ui.desktop.pages.cases.sheet import CaseSheet


def dialog_for(choice: ActChoice, sheet: CaseSheet, parent: QWidget | None) -> ActDialog | None:
    """The form of this act; None for one that is done at once."""
    match choice.form:
        case ActForm.NONE:
            return None
        case ActForm.SUPPLY:
            return SupplyDialog(sheet, parent)
        case ActForm.FORWARD:
            return ForwardDialog(sheet, parent)
        case ActForm.DEFECTS:
            return DefectsDialog(sheet, parent)
        case ActForm.WRONG_AUTHORITY:
            return WrongAuthorityDialog(sheet, parent)
        case ActForm.REFUSE:
            return RefuseDialog(sheet, parent)
        case ActForm.DECIDE:
            return DecideDialog(sheet, parent)
        case ActForm.COMPLETE:
            return CompleteDialog(sheet, parent)
        case ActForm.DELIVER:
            return DeliverDialog(sheet, parent)
