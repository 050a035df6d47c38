"""From a document's facts to the family that prints it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Lock
from typing import Any, Final

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
        return _DRAWN[type(facts)](facts)


def _receipt(facts: MaterialsReceipt) -> bytes:
    is_slip = facts.kind is PaperKind.MATERIALS_SLIP
    return receipts.slip(facts) if is_slip else receipts.receipt(facts)


_DRAWN: Final[dict[type[PaperFacts], Callable[[Any], bytes]]] = {
    MaterialsReceipt: _receipt,
    VisitReceipt: forms.visit_receipt,
    ApplicationForm: forms.application_form,
    CustodySlip: forms.custody_slip,
    AcceptanceNotice: notices.acceptance,
    RefusalNotice: notices.refusal,
    DecisionNotice: notices.decision,
    SupplementNotice: notices.supplement,
}


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _words(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _words(part)
