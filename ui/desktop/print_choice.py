"""Which printer and paper a document goes to at this computer: the receipt has two sizes."""

from __future__ import annotations

from typing import Final

from app.domain.papers import PaperKind
from printing.choice import PrinterChoice
from ui.desktop.preferences import Preferences

_RECEIPTS: Final = (PaperKind.MATERIALS_RECEIPT, PaperKind.MATERIALS_SLIP)


def receipt_kind(preferences: Preferences) -> PaperKind:
    """The receipt that fits the paper chosen for it."""
    choice = preferences.printer_for(PaperKind.MATERIALS_RECEIPT)
    return PaperKind.MATERIALS_SLIP if choice.paper.is_roll else PaperKind.MATERIALS_RECEIPT


def kind_on_paper(kind: PaperKind, preferences: Preferences) -> PaperKind:
    """The document as it will be printed here."""
    return receipt_kind(preferences) if kind in _RECEIPTS else kind


def choice_for(kind: PaperKind, preferences: Preferences) -> PrinterChoice:
    """Both sizes of the receipt go where the receipt goes."""
    return preferences.printer_for(PaperKind.MATERIALS_RECEIPT if kind in _RECEIPTS else kind)
