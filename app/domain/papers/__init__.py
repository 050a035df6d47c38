"""What each document says, as facts: printed by `printing`, kept, sent and checked by their digest.

Facts are finished words and dates. Masking, limits and remedies were settled by whoever made them,
so that a document can be printed again, years later, without asking anything else.
One file for a family of documents; `facts` has them all.
"""

from __future__ import annotations

from app.domain.papers.counter import (
    ApplicationForm,
    FormField,
    MaterialsReceipt,
    SharedMaterial,
    VisitLine,
    VisitReceipt,
)
from app.domain.papers.custody import CustodySlip, OriginalLine
from app.domain.papers.facts import PaperFacts, facts_digest
from app.domain.papers.kinds import PaperKind, kind_of
from app.domain.papers.notices import (
    AcceptanceNotice,
    DecisionNotice,
    DefectLine,
    RefusalNotice,
    SupplementNotice,
)
from app.domain.papers.paper import IncompletePaper, MaterialLine, Paper
from app.domain.papers.texts import NOT_ACCEPTANCE, chinese_date, remedies_text

__all__ = [
    "NOT_ACCEPTANCE",
    "AcceptanceNotice",
    "ApplicationForm",
    "CustodySlip",
    "DecisionNotice",
    "DefectLine",
    "FormField",
    "IncompletePaper",
    "MaterialLine",
    "MaterialsReceipt",
    "OriginalLine",
    "Paper",
    "PaperFacts",
    "PaperKind",
    "RefusalNotice",
    "SharedMaterial",
    "SupplementNotice",
    "VisitLine",
    "VisitReceipt",
    "chinese_date",
    "facts_digest",
    "kind_of",
    "remedies_text",
]
