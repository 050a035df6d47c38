"""Every document there is, as most people get it, with everything as long as it gets, and with rare characters.

`make gallery` draws them, and what must hold for every document is tested over them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache
from typing import Any, Final, NamedTuple

import msgspec

from app.domain.papers import BlankReceipts, MaterialsReceipt, PaperKind, Printable, copies_of
from app.domain.papers import Paper as Document
from printing import render
from printing.choice import Paper
from printing.documents import ON_PAPER
from tests.printing import samples, samples_agency, samples_notices, samples_sheets
from tests.printing.samples import LONG_NAME, coded

RARE_NAME: Final = "𠮷𬎆䶮㛃"
"""Extensions B and E, A, and A: names that are borne."""

FAMILIES: Final[dict[str, tuple[Callable[[], Printable], ...]]] = {
    "收件": (
        samples.a_receipt,
        samples.a_slip,
        samples.a_visit,
        samples.some_blanks,
        samples.an_application_form,
        samples.a_custody_slip,
    ),
    "代办": (
        samples_agency.a_mandate,
        samples_agency.a_mandate_by_fingerprint,
        samples_agency.an_agency_ended,
        samples_agency.an_agency_closed,
        samples_agency.a_record,
        samples_agency.a_whole_record,
    ),
    "机关文书": (
        samples.an_acceptance,
        samples.a_refusal,
        samples.a_decision,
        samples.a_rejection,
        samples.a_supplement,
        samples_notices.a_special_procedure,
        samples_notices.an_extension,
        samples_notices.a_return,
        samples_notices.a_return_elsewhere,
    ),
    "送达": (samples_agency.a_proof, samples_agency.a_proof_of_leaving),
    "事项": (samples_sheets.a_guide, samples_sheets.a_chart, samples_sheets.a_sample),
    "档案": (
        samples_sheets.a_catalogue,
        samples_sheets.some_certificates,
        samples_sheets.a_destruction_register,
    ),
}
"""The samples, each by what makes it."""

_MANY: Final = 30
_FEW: Final = 10
_LONG_SENTENCE: Final = (
    "房屋所有权证、土地使用权证或者不动产权证书，以及能够证明房屋来源的其他合法有效材料（原件核验后退还，"
    "复印件一式三份，须由产权人逐页签名并注明“与原件一致”），由外地办理的还应当附当地主管部门出具的证明。"
)
_PEOPLE: Final = frozenset(
    {
        "agent_name", "applicant", "appraiser", "approver", "handed_by", "handed_in_by", "handler",
        "holder", "PartyLine.name", "read_by", "received_by", "receiver", "recipient", "responsible", "server",
        "who", "whose", "witness", "written_by",
    }
)  # fmt: skip
_PLACES: Final = frozenset(
    {
        "address", "addressed_to", "authority", "bring_to", "issuer", "item", "name", "place", "returned_to",
        "right_authority", "sender", "station", "where",
    }
)  # fmt: skip
_SENTENCES: Final = frozenset(
    {
        "basis", "consequence", "decision", "findings", "note", "opinion", "outcome", "purpose",
        "reason", "remark", "result", "standard", "subject", "what",
    }
)  # fmt: skip
_SHORT: Final = frozenset({"cases", "fields", "results", "served"})
"""Lists of ten rather than thirty."""
_ONCE: Final = frozenset({"first", "rows", "sections"})
"""Lists whose length the document's kind settles."""


class Form(Enum):
    """How full a document is."""

    ORDINARY = "ordinary"
    EXTREME = "extreme"
    RARE = "rare"

    @property
    def label(self) -> str:
        return {Form.ORDINARY: "平常", Form.EXTREME: "极长", Form.RARE: "生僻字"}[self]


class Specimen(NamedTuple):
    """`name` is that of its sample."""

    family: str
    name: str
    form: Form
    paper: Paper
    facts: Printable

    @property
    def id(self) -> str:
        return f"{self.name}-{self.form.value}-{self.paper.value}"

    @property
    def copies(self) -> tuple[str, ...]:
        """The names of its 联, as many as the PDF repeats its pages."""
        return copies_on(self.facts, self.paper)


@cache
def every_specimen() -> tuple[Specimen, ...]:
    """Each document in every form, on each paper for which it has a layout."""
    return tuple(
        Specimen(family, maker.__name__, form, paper, _IN_FORM[form](maker()))
        for family, makers in FAMILIES.items()
        for maker in makers
        for paper in papers_of(maker())
        for form in Form
    )


def papers_of(facts: Printable) -> Iterator[Paper]:
    slip = isinstance(facts, MaterialsReceipt) and facts.kind is PaperKind.MATERIALS_SLIP
    yield from () if slip else (Paper.A4,)
    for kind, paper in ON_PAPER:
        if kind is type(facts) and (paper.is_roll or not slip):
            yield paper


@cache
def printed(specimen: Specimen) -> bytes:
    """Its PDF, drawn once however often it is looked at."""
    return render(specimen.facts, paper=specimen.paper)


def extreme(facts: Printable) -> Printable:
    """The longest names and addresses, long sentences, thirty rows in every list."""
    return _coded(_replaced(facts, _extreme_words, many=True))


def rare(facts: Printable) -> Printable:
    """Every person with a name that few fonts have."""
    return _coded(
        _replaced(facts, lambda names, said: RARE_NAME if names & _PEOPLE and said else said)
    )


def copies_on(facts: Printable, paper: Paper) -> tuple[str, ...]:
    """Needles strike all copies at once; a sheet about no case has no copies."""
    if isinstance(facts, BlankReceipts):
        return PaperKind.MATERIALS_RECEIPT.copies * len(facts.numbers)
    if not isinstance(facts, Document):
        return ("",)
    copies = copies_of(facts)
    return ("　".join(copies),) if paper is Paper.MULTIPART else copies


def _extreme_words(names: frozenset[str], said: str) -> str:
    if not said:
        return said
    if names & _PEOPLE:
        return LONG_NAME[:20]
    if names & _PLACES:
        return LONG_NAME
    return _LONG_SENTENCE if names & _SENTENCES else said


def _replaced(
    value: Any, words: Callable[[frozenset[str], str], str], *, many: bool = False
) -> Any:
    """`words` is asked with a field's name, alone and after that of its struct."""
    changes: dict[str, Any] = {}
    for field in msgspec.structs.fields(value):
        held = getattr(value, field.name)
        if type(held) is str:
            names = frozenset({field.name, f"{type(value).__name__}.{field.name}"})
            changes[field.name] = words(names, held)
        elif isinstance(held, msgspec.Struct):
            changes[field.name] = _replaced(held, words, many=many)
        elif isinstance(held, tuple) and held and isinstance(held[0], msgspec.Struct):
            rows = tuple(_replaced(one, words, many=many) for one in held)
            changes[field.name] = rows * _times(field.name, len(rows)) if many else rows
    return msgspec.structs.replace(value, **changes)


def _coded(facts: Printable) -> Printable:
    """A code vouches for the words, which are others now."""
    return coded(facts) if isinstance(facts, Document) and facts.code else facts


def _times(name: str, rows: int) -> int:
    """A list of one is often "of none or one": it stays as it is."""
    if rows == 1 or name in _ONCE:
        return 1
    return -(-(_FEW if name in _SHORT else _MANY) // rows)


_IN_FORM: Final[dict[Form, Callable[[Printable], Printable]]] = {
    Form.ORDINARY: lambda facts: facts,
    Form.EXTREME: extreme,
    Form.RARE: rare,
}
