"""From a document's facts to the family that prints it."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock

import msgspec

from app.domain.papers import (
    AcceptanceNotice,
    DecisionNotice,
    MaterialsReceipt,
    PaperFacts,
    PaperKind,
    RefusalNotice,
)
from printing import notices, receipts
from printing.fonts import CannotDraw, missing_characters

ONE_AT_A_TIME = Lock()
"""reportlab's fonts keep what they have drawn for the document at hand."""


def document(facts: PaperFacts) -> bytes:
    """The PDF; raises CannotDraw before anything is laid out."""
    with ONE_AT_A_TIME:
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


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _words(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _words(part)
