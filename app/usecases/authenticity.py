"""核验: whether a document is genuine, by its QR code alone, with no network.

The code names the device that issued the document and bears its signature;
every enrolled device has the certificates of its district, so it can tell the three apart:
genuine, altered, and from a station nobody here knows.
A code can be copied onto another paper: what it says has to be compared with what the paper says.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import partial

import msgspec

from app.domain.case import Case
from app.domain.papers import MaterialsReceipt, PaperFacts, VisitReceipt, read_facts
from app.domain.publications import KnownDevice
from app.domain.receipt_code import ReceiptCode, matches, read_code, read_practice_code, verify
from app.journal.keys import signed_by
from app.journal.refs import DeviceId, Ref
from app.store.store import Store
from app.usecases import papers
from app.usecases.papers import NoSuchPaper


class Verdict(StrEnum):
    GENUINE = "genuine"
    ALTERED = "altered"
    UNKNOWN_STATION = "unknown_station"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return {
            Verdict.GENUINE: "真实",
            Verdict.ALTERED: "被改动",
            Verdict.UNKNOWN_STATION: "不认识的站点",
        }[self]


class Record(StrEnum):
    """What the register of this computer says of the document."""

    STANDS = "stands"
    OVERTAKEN = "overtaken"  # it was issued, and the act it rests on has no effect any more
    REPLACED = "replaced"  # a later one says 更正, and that this one is void
    NOT_HERE = "not_here"

    @property
    def label(self) -> str:
        return {
            Record.STANDS: "与本机登记一致",
            Record.OVERTAKEN: "本机登记中已经失去效力",
            Record.REPLACED: "已经更正，这一份作废",
            Record.NOT_HERE: "本机没有它的登记",
        }[self]


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What the code says, for comparison with the paper.

    All but `verdict` is the code's own claim unless the verdict is GENUINE;
    `subject` and `number` are known where the case is here.
    """

    verdict: Verdict
    station: str = ""
    is_revoked: bool = False  # the device that issued it was stopped since
    document: str = ""  # empty: a kind of a newer program
    local_number: str
    item: str
    issued_on: date
    name: str
    record: Record = Record.NOT_HERE
    number: str = ""
    subject: Ref | None = None


def check(store: Store, text: str) -> Checked:
    """Look at the text of a QR code. Raises BadCode for a text that is no code of ours."""
    read = read_practice_code if store.certificate.is_practice else read_code
    code = read(text)
    device = store.publications.devices.get(DeviceId(code.device))
    said = Checked(
        verdict=_verdict(code, device),
        station=device.certificate.station if device else "",
        is_revoked=bool(device and device.revoked),
        document=code.kind.label if code.kind else "",
        local_number=code.local_number.text,
        item=_item(store, code),
        issued_on=code.issued_on,
        name=code.name,
    )
    if said.verdict is not Verdict.GENUINE:
        return said
    return _with_record(store, code, said)


def _verdict(code: ReceiptCode, device: KnownDevice | None) -> Verdict:
    if device is None:
        return Verdict.UNKNOWN_STATION
    is_signed = verify(code, partial(signed_by, device.certificate.sign_public))
    return Verdict.GENUINE if is_signed else Verdict.ALTERED


def _item(store: Store, code: ReceiptCode) -> str:
    versions = store.publications.items.get(code.item_id)
    return f"{versions[-1].name}（{code.item_id}）" if versions else code.item_id


def _with_record(store: Store, code: ReceiptCode, said: Checked) -> Checked:
    """Find the issue that the code stands on, among the papers of the case of its number."""
    for row in store.rows.where("local_number = ?", (code.local_number.text,), order="n", limit=-1):
        case = store.case(row.subject)
        if not isinstance(case, Case):
            continue
        for place, entry in enumerate(case.paper_refs):
            # What was printed before a new life began bears the old one's signature, and its entry may have moved.
            lives = store.journal.lives_of(entry.device)
            facts = _facts(store, entry) if code.device in lives else None
            if facts is not None and matches(code, facts):
                return msgspec.structs.replace(
                    said, record=_record(case, place), number=facts.number, subject=row.subject
                )
    return said


def _record(case: Case, place: int) -> Record:
    """What became of a document, by its place among those of its case."""
    paper = case.papers[place]
    if not case.stands(paper):
        return Record.OVERTAKEN
    later = (
        read_facts(one.facts)
        for one in case.papers[place + 1 :]
        if one.word == paper.word and not one.reprint
    )
    is_replaced = any(
        isinstance(one, MaterialsReceipt | VisitReceipt) and one.corrected for one in later
    )
    return Record.REPLACED if is_replaced else Record.STANDS


def _facts(store: Store, entry: Ref) -> PaperFacts | None:
    try:
        return papers.copy(store, entry)
    except NoSuchPaper:
        return None
