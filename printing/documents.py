"""From a document's facts to the family that prints it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from threading import Lock
from typing import Any, Final

import msgspec

from app.domain.papers import (
    AcceptanceNotice,
    AgencyClosed,
    AgencyEnded,
    ApplicationForm,
    ArchiveCatalogue,
    BlankReceipts,
    CaseRecord,
    CertificateRegister,
    CustodySlip,
    DecisionNotice,
    DestructionRegister,
    ExtensionNotice,
    FlowChart,
    Mandate,
    MaterialsReceipt,
    PaperKind,
    Printable,
    ProofOfDelivery,
    RefusalNotice,
    ReturnNotice,
    SampleForm,
    ServiceGuide,
    SpecialProcedureNotice,
    SupplementNotice,
    VisitReceipt,
)
from printing import (
    agency,
    archive_lists,
    blanks,
    delivery,
    flow_charts,
    forms,
    item_guides,
    multipart,
    notices,
    receipts,
    slips,
    visits,
)
from printing.choice import Paper
from printing.fonts import CannotDraw, missing_characters
from printing.form_sheet import A5_FORM
from printing.watermark import PRACTICE, watermarked

ONE_AT_A_TIME = Lock()
"""reportlab's fonts keep what they have drawn for the document at hand."""


def document(facts: Printable, paper: Paper) -> bytes:
    """The PDF; raises CannotDraw before anything is laid out."""
    with ONE_AT_A_TIME, watermarked(_across(facts)):
        missing = missing_characters("".join(_words(msgspec.to_builtins(facts))))
        if missing:
            raise CannotDraw(missing)
        drawn = ON_PAPER.get((type(facts), _paper(facts, paper))) or _DRAWN[type(facts)]
        return drawn(facts)


def _across(facts: Printable) -> str:
    """What every sheet says across its whole width: that it is for practising, or a sample."""
    return (PRACTICE if facts.practice else "") + (
        facts.MARK if isinstance(facts, SampleForm) else ""
    )


def _sample_form(facts: SampleForm) -> bytes:
    return forms.application_form(facts.form)


def _paper(facts: Printable, paper: Paper) -> Paper:
    """A slip is a slip whatever the printer holds."""
    is_slip = isinstance(facts, MaterialsReceipt) and facts.kind is PaperKind.MATERIALS_SLIP
    return Paper.SLIP if is_slip and not paper.is_roll else paper


_DRAWN: Final[dict[type[Printable], Callable[[Any], bytes]]] = {
    MaterialsReceipt: receipts.receipt,
    VisitReceipt: visits.visit_receipt,
    ApplicationForm: forms.application_form,
    CustodySlip: forms.custody_slip,
    AcceptanceNotice: notices.acceptance,
    RefusalNotice: notices.refusal,
    DecisionNotice: notices.decision,
    SupplementNotice: notices.supplement,
    SpecialProcedureNotice: notices.special_procedure,
    ExtensionNotice: notices.extension,
    ReturnNotice: notices.return_notice,
    BlankReceipts: blanks.blank_receipts,
    Mandate: agency.mandate,
    AgencyEnded: agency.ended,
    AgencyClosed: agency.closed,
    CaseRecord: agency.record,
    ProofOfDelivery: delivery.proof,
    ServiceGuide: item_guides.service_guide,
    FlowChart: flow_charts.flow_chart,
    SampleForm: _sample_form,
    ArchiveCatalogue: archive_lists.archive_catalogue,
    CertificateRegister: archive_lists.certificate_register,
    DestructionRegister: archive_lists.destruction_register,
}
"""Each in its own layout, A4 for nearly all."""

ON_PAPER: Final[dict[tuple[type[Printable], Paper], Callable[[Any], bytes]]] = {
    (MaterialsReceipt, Paper.A5): partial(receipts.receipt, sheet=A5_FORM),
    (MaterialsReceipt, Paper.SLIP): partial(slips.receipt, roll=slips.ROLL_80),
    (MaterialsReceipt, Paper.SLIP_58): partial(slips.receipt, roll=slips.ROLL_58),
    (BlankReceipts, Paper.A5): partial(blanks.blank_receipts, sheet=A5_FORM),
    (CustodySlip, Paper.A5): partial(forms.custody_slip, sheet=A5_FORM),
    (MaterialsReceipt, Paper.MULTIPART): multipart.receipt,
    (VisitReceipt, Paper.MULTIPART): multipart.visit,
    (VisitReceipt, Paper.A5): partial(visits.visit_receipt, sheet=A5_FORM),
    (VisitReceipt, Paper.SLIP): partial(slips.visit, roll=slips.ROLL_80),
    (VisitReceipt, Paper.SLIP_58): partial(slips.visit, roll=slips.ROLL_58),
    (ServiceGuide, Paper.A3): partial(item_guides.service_guide, paper=Paper.A3),
    (FlowChart, Paper.A3): partial(flow_charts.flow_chart, paper=Paper.A3),
}
"""Those that have another layout for another paper."""


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _words(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _words(part)
