"""What each document says, as facts: printed by `printing`, kept, sent and checked by their digest.

Facts are finished words and dates. Masking, limits and remedies were settled by whoever made them,
so that a document can be printed again, years later, without asking anything else.
One file for a family of documents; `facts` has them all.
"""

from __future__ import annotations

from app.domain.papers.agency import (
    AgencyClosed,
    AgencyEnded,
    BackLine,
    CaseRecord,
    FollowUpLine,
    Mandate,
    PartyLine,
    ServedLine,
    SignedFor,
    StepLine,
)
from app.domain.papers.blank import BlankReceipts
from app.domain.papers.counter import (
    ApplicationForm,
    FormField,
    MaterialsReceipt,
    SharedMaterial,
    VisitLine,
    VisitReceipt,
)
from app.domain.papers.custody import CustodySlip, OriginalLine
from app.domain.papers.delivery import ProofOfDelivery
from app.domain.papers.facts import PaperFacts, Printable, copies_of, facts_digest, read_facts
from app.domain.papers.kinds import PaperKind, kind_of
from app.domain.papers.notices import (
    AcceptanceNotice,
    DecisionNotice,
    DefectLine,
    ExtensionNotice,
    RefusalNotice,
    ReturnNotice,
    SpecialProcedureNotice,
    SupplementNotice,
)
from app.domain.papers.paper import IncompletePaper, MaterialLine, Paper
from app.domain.papers.sheets import (
    ArchiveCatalogue,
    CertificateLine,
    CertificateRegister,
    ChartBox,
    ChartRow,
    DestroyedLine,
    DestructionRegister,
    FiledLine,
    FlowChart,
    GuideMaterial,
    GuideSection,
    Labelled,
    SampleForm,
    ServiceGuide,
    Shape,
    Sheet,
    SheetFacts,
)
from app.domain.papers.texts import NOT_ACCEPTANCE, chinese_date, remedies_text

__all__ = [
    "NOT_ACCEPTANCE",
    "AcceptanceNotice",
    "AgencyClosed",
    "AgencyEnded",
    "ApplicationForm",
    "ArchiveCatalogue",
    "BackLine",
    "BlankReceipts",
    "CaseRecord",
    "CertificateLine",
    "CertificateRegister",
    "ChartBox",
    "ChartRow",
    "CustodySlip",
    "DecisionNotice",
    "DefectLine",
    "DestroyedLine",
    "DestructionRegister",
    "ExtensionNotice",
    "FiledLine",
    "FlowChart",
    "FollowUpLine",
    "FormField",
    "GuideMaterial",
    "GuideSection",
    "IncompletePaper",
    "Labelled",
    "Mandate",
    "MaterialLine",
    "MaterialsReceipt",
    "OriginalLine",
    "Paper",
    "PaperFacts",
    "PaperKind",
    "PartyLine",
    "Printable",
    "ProofOfDelivery",
    "RefusalNotice",
    "ReturnNotice",
    "SampleForm",
    "ServedLine",
    "ServiceGuide",
    "Shape",
    "SharedMaterial",
    "Sheet",
    "SheetFacts",
    "SignedFor",
    "SpecialProcedureNotice",
    "StepLine",
    "SupplementNotice",
    "VisitLine",
    "VisitReceipt",
    "chinese_date",
    "copies_of",
    "facts_digest",
    "kind_of",
    "read_facts",
    "remedies_text",
]
