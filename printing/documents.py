"""From a document's facts to the family that prints it."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock

import msgspec

from app.domain.papers import (
    AcceptanceNotice,
    ApplicationForm,
    CustodySlip,
    DecisionNotice,
    MaterialsReceipt,
    PaperFacts,
    PaperKind,
    RefusalNotice,
    SupplementNotice,
    VisitReceipt,
)
from printing import forms, notices, receipts
from printing.fonts import CannotDraw, missing_characters
from printing.watermark import PRACTICE, watermarked

ONE_AT_A_TIME = Lock()
"""reportlab's fonts keep what they have drawn for the document at hand."""


def document(facts: PaperFacts) -> bytes:
    """The PDF; raises CannotDraw before anything is laid out."""
    with ONE_AT_A_TIME, watermarked(PRACTICE if facts.practice else ""):
        missing = missing_characters("".join(_words(msgspec.to_builtins(facts))))
        if missing:
            raise CannotDraw(missing)
        match facts:
            case MaterialsReceipt(kind=PaperKind.MATERIALS_SLIP):
                return receipts.slip(facts)
            case MaterialsReceipt():
                return receipts.receipt(facts)
            case AcceptanceNotice():
                return notices.acceptance(facts)
            case RefusalNotice():
                return notices.refusal(facts)
            case DecisionNotice():
                return notices.decision(facts)
            case SupplementNotice():
                return notices.supplement(facts)
            case VisitReceipt():
                return forms.visit_receipt(facts)
            case CustodySlip():
                return forms.custody_slip(facts)
            case ApplicationForm():
                return forms.application_form(facts)


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _words(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _words(part)
