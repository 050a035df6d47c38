"""All documents as one type, and the digest by which a paper is checked."""

from __future__ import annotations

from hashlib import sha256

import msgspec

from app.domain.papers.agency import AgencyClosed, AgencyEnded, CaseRecord, Mandate
from app.domain.papers.blank import BlankReceipts
from app.domain.papers.counter import ApplicationForm, MaterialsReceipt, VisitReceipt
from app.domain.papers.custody import CustodySlip
from app.domain.papers.delivery import ProofOfDelivery
from app.domain.papers.notices import (
    AcceptanceNotice,
    DecisionNotice,
    ExtensionNotice,
    RefusalNotice,
    ReturnNotice,
    SpecialProcedureNotice,
    SupplementNotice,
)
from app.domain.papers.paper import IncompletePaper
from app.domain.papers.sheets import SheetFacts
from app.errors import UNREADABLE

PaperFacts = (
    MaterialsReceipt
    | AcceptanceNotice
    | RefusalNotice
    | DecisionNotice
    | VisitReceipt
    | SupplementNotice
    | CustodySlip
    | ApplicationForm
    | Mandate
    | AgencyEnded
    | AgencyClosed
    | CaseRecord
    | ProofOfDelivery
    | SpecialProcedureNotice
    | ExtensionNotice
    | ReturnNotice
)

Printable = PaperFacts | BlankReceipts | SheetFacts
"""All that can be drawn: documents about a case, and sheets that no entry of a case tells of."""

_CANONICAL = msgspec.msgpack.Encoder()


_LONGEST_CODE = 1000  # signs; ours have about 230, and a QR code holds no more than twice as many


def read_facts(stored: bytes) -> PaperFacts | None:
    """What an entry says that was issued; None where nobody could have printed it, or only a newer program."""
    try:
        facts: PaperFacts = msgspec.msgpack.decode(stored, type=PaperFacts)
    except (*UNREADABLE, IncompletePaper):
        return None
    return facts if len(facts.code) <= _LONGEST_CODE else None


def facts_digest(facts: PaperFacts) -> bytes:
    """SHA-256 of the facts' MessagePack, 32 bytes.

    Without the reprint count and the code: the code holds this digest, and a reprint says the same.
    Fields at their default are not encoded, so a field added later leaves old digests as they were.
    """
    said = msgspec.structs.replace(facts, reprint=0, code="")
    return sha256(_CANONICAL.encode(said)).digest()


def copies_of(facts: PaperFacts) -> tuple[str, ...]:
    """The names of its 联, in the order in which they are printed; a mandate's depend on who acts."""
    return facts.copies if isinstance(facts, Mandate) else facts.kind.copies
