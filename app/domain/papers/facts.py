"""All documents as one type, and the digest by which a paper is checked."""

from __future__ import annotations

from hashlib import sha256

import msgspec

from app.domain.papers.counter import ApplicationForm, MaterialsReceipt, VisitReceipt
from app.domain.papers.custody import CustodySlip
from app.domain.papers.notices import (
    AcceptanceNotice,
    DecisionNotice,
    RefusalNotice,
    SupplementNotice,
)

PaperFacts = (
    MaterialsReceipt
    | AcceptanceNotice
    | RefusalNotice
    | DecisionNotice
    | VisitReceipt
    | SupplementNotice
    | CustodySlip
    | ApplicationForm
)

_CANONICAL = msgspec.msgpack.Encoder()


def facts_digest(facts: PaperFacts) -> bytes:
    """SHA-256 of the facts' MessagePack, 32 bytes.

    Without the reprint count and the code: the code holds this digest, and a reprint says the same.
    Fields at their default are not encoded, so a field added later leaves old digests as they were.
    """
    said = msgspec.structs.replace(facts, reprint=0, code="")
    return sha256(_CANONICAL.encode(said)).digest()
