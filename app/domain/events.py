"""What can be written in the journal: each kind of entry, its body, and who may write it.

A body is a MessagePack array; later fields are added at its end with a default, so old bodies stay readable.
What cannot be read as it stands gets a new version.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, Final

import msgspec

from app.domain.calendar import CalendarYear, Overlay
from app.domain.catalogue import NotIssued, RetiredTerm
from app.domain.items import Item, Mode
from app.domain.regions import Region, RegionCode, Tier
from app.errors import UNREADABLE, Damaged
from app.journal.certificate import SignedCertificate


class BadBody(Damaged):
    """The body of an entry is not what its kind says."""

    code = "bad_body"


class Body(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """Base of all bodies."""


# --- publications: what a region tells everybody below it ---------------------------------------


class RegionsPublished(Body, frozen=True, kw_only=True):
    """The whole table of regions, as of now."""

    regions: tuple[Region, ...]


class ItemPublished(Body, frozen=True, kw_only=True):
    """One version of one item of the catalogue."""

    item: Item


class CatalogueNotesPublished(Body, frozen=True, kw_only=True):
    """What the catalogue says beside its items: certificates not issued here, names no longer used."""

    not_issued_here: tuple[NotIssued, ...]
    retired_terms: tuple[RetiredTerm, ...]


class CalendarPublished(Body, frozen=True, kw_only=True):
    year: CalendarYear


class OverlayPublished(Body, frozen=True, kw_only=True):
    """Days a province adds or takes away."""

    overlay: Overlay


class DeviceCertified(Body, frozen=True, kw_only=True):
    certificate: SignedCertificate


class DeviceRevoked(Body, frozen=True, kw_only=True):
    """The subject is the entry that certified it."""

    reason: str


class Role(StrEnum):
    AGENT = "agent"
    CLERK = "clerk"
    APPROVER = "approver"
    HEAD = "head"
    SUPERVISOR = "supervisor"
    ARCHIVIST = "archivist"


class OperatorAdded(Body, frozen=True, kw_only=True):
    """An operator's public card. The first operator of a device is its head."""

    name: str
    roles: tuple[Role, ...]


# --- the life of a case ---------------------------------------------------------------------------


class PartyRole(StrEnum):
    APPLICANT = "applicant"


class PartyKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"


class IdKind(StrEnum):
    RESIDENT = "resident"
    CREDIT = "credit"
    OTHER = "other"
    NONE = "none"


class Party(Body, frozen=True, kw_only=True):
    """Somebody a case is about. `id_note` says why an identity number that fails its check was taken."""

    role: PartyRole = PartyRole.APPLICANT
    kind: PartyKind = PartyKind.PERSON
    id_kind: IdKind = IdKind.RESIDENT
    name: str
    id_number: str = ""
    phone: str = ""
    address: str = ""
    id_note: str = ""


class MaterialTaken(Body, frozen=True, kw_only=True):
    """One paper on the checklist: `index` is its place among the item version's materials, from 0."""

    index: int
    original: bool = False
    copies: int = 0
    pages: int = 0
    held: bool = False


class CaseRegistered(Body, frozen=True, kw_only=True):
    """A request is received at a station (已收件); it opens the case.

    `received_on` may lie in the past (补录), then `backlog` is set. The local number is
    station, received_on, slot and running.
    """

    item: str
    item_version: int
    mode: Mode
    urgent: bool
    mandate: bool
    told: bool
    backlog: bool
    station: RegionCode
    received_on: date
    slot: str
    running: int
    parties: tuple[Party, ...]
    materials: tuple[MaterialTaken, ...]
    note: str = ""
    external_id: str = ""


class CaseForwarded(Body, frozen=True, kw_only=True):
    """The papers start their way upward (转报)."""

    to: RegionCode
    on: date
    note: str = ""


class CaseTakenOver(Body, frozen=True, kw_only=True):
    """The authority has the papers (接收); its official number is station, on, slot and running."""

    station: RegionCode
    on: date
    slot: str
    running: int


class ReturnReason(StrEnum):
    WRONG_AUTHORITY = "wrong_authority"
    DEFECTS = "defects"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return {"wrong_authority": "不属于本级权限", "defects": "材料不齐或者不符合规定"}[self]


class CaseReturned(Body, frozen=True, kw_only=True):
    """Back to the station that sent it (退回). For defects it counts as a supplement notice and lists all."""

    on: date
    reason: ReturnReason
    right_authority: str = ""
    defects: tuple[str, ...] = ()


class CaseSupplied(Body, frozen=True, kw_only=True):
    """Papers that were missing came in before the case was forwarded."""

    on: date
    materials: tuple[MaterialTaken, ...]


class CaseAccepted(Body, frozen=True, kw_only=True):
    """受理; 行政许可法 art. 32."""

    on: date


class CaseRefused(Body, frozen=True, kw_only=True):
    """不予受理, with the reason and the right authority where there is one."""

    on: date
    reason: str
    right_authority: str = ""


class CaseDecided(Body, frozen=True, kw_only=True):
    """准予 or 不予; a rejection gives its reason (行政许可法 art. 38)."""

    on: date
    approved: bool
    reason: str = ""
    result: str = ""


class CaseCompleted(Body, frozen=True, kw_only=True):
    """即办件: done at once, on the day."""

    on: date
    result: str


class DeliveryWay(StrEnum):
    IN_PERSON = "in_person"


class CaseDelivered(Body, frozen=True, kw_only=True):
    """送达: who received the result, and how it is proved."""

    on: date
    way: DeliveryWay
    recipient: str
    relation: str = "本人"
    proof: str = ""


class PaperIssued(Body, frozen=True, kw_only=True):
    """A document about the case was printed; its number is word, slot, year and running.

    `facts` is what it says (`app.domain.papers`, MessagePack), so that any station can print it again as it was issued;
    a reprint, counted from 1, leaves it empty and means the issue with the same number. The PDF stays with the issuer.
    """

    paper: str
    word: str
    year: int
    slot: str
    running: int
    on: date
    template: int
    facts: bytes
    reprint: int = 0

    @property
    def series(self) -> str:
        return f"{self.word}〔{self.year}〕"


class CaseNumbersShown(Body, frozen=True, kw_only=True):
    """Somebody had the parties' full numbers on their screen (domain.md §8); who and when stand in the header."""


# --- the table of kinds -----------------------------------------------------------------------------


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """What the centre and the fold know of a kind before they look inside."""

    bodies: tuple[type[Body], ...]
    """The body of each version, from 1."""
    tiers: frozenset[Tier]
    """Whose devices may write it."""
    publication: bool = False
    """Told to every region below."""
    opens: bool = False
    """May open a subject."""
    look: bool = False
    """Says only that somebody looked: kept and shown, but no part of the case; nothing is written after it."""


_ALL: Final = frozenset(Tier)
_DISTRICT: Final = frozenset({Tier.DISTRICT})


def _published(body: type[Body], tiers: frozenset[Tier] = _DISTRICT, *, opens: bool = True) -> Kind:
    return Kind(bodies=(body,), tiers=tiers, publication=True, opens=opens)


def _act(body: type[Body], tiers: frozenset[Tier] = _ALL) -> Kind:
    return Kind(bodies=(body,), tiers=tiers)


KINDS: Final[dict[str, Kind]] = {
    "regions.published": _published(RegionsPublished),
    "item.published": _published(ItemPublished),
    "catalogue.noted": _published(CatalogueNotesPublished),
    "calendar.published": _published(CalendarPublished),
    "overlay.published": _published(OverlayPublished),
    "device.certified": _published(DeviceCertified),
    "device.revoked": _published(DeviceRevoked, opens=False),
    "operator.added": _published(OperatorAdded, _ALL),
    "case.registered": Kind(bodies=(CaseRegistered,), tiers=_ALL, opens=True),
    "case.supplied": _act(CaseSupplied),
    "case.forwarded": _act(CaseForwarded),
    "case.taken_over": _act(CaseTakenOver),
    "case.returned": _act(CaseReturned),
    "case.accepted": _act(CaseAccepted),
    "case.refused": _act(CaseRefused),
    "case.decided": _act(CaseDecided),
    "case.completed": _act(CaseCompleted),
    "case.delivered": _act(CaseDelivered),
    "paper.issued": _act(PaperIssued),
    "case.numbers_shown": Kind(bodies=(CaseNumbersShown,), tiers=_ALL, look=True),
}

_NAMES: Final = {
    body: (kind, version)
    for kind, rule in KINDS.items()
    for version, body in enumerate(rule.bodies, 1)
}
_encode: Final = msgspec.msgpack.Encoder().encode
_decoders: Final[dict[tuple[str, int], msgspec.msgpack.Decoder[Any]]] = {}


def is_known(kind: str, version: int) -> bool:
    """Whether this program can read such an entry; a newer one may have written it."""
    rule = KINDS.get(kind)
    return rule is not None and version <= len(rule.bodies)


def is_look(kind: str) -> bool:
    """Whether such an entry only says that somebody looked."""
    rule = KINDS.get(kind)
    return rule is not None and rule.look


def name_of(body: Body) -> tuple[str, int]:
    """The kind and version under which this body is written."""
    return _NAMES[type(body)]


def encode_body(body: Body) -> bytes:
    return _encode(body)


def decode_body(kind: str, version: int, raw: bytes) -> Body:
    """The body of an entry of a known kind. Raises BadBody."""
    key = (kind, version)
    decoder = _decoders.get(key)
    if decoder is None:
        decoder = _decoders[key] = msgspec.msgpack.Decoder(KINDS[kind].bodies[version - 1])
    try:
        body: Body = decoder.decode(raw)
    except UNREADABLE as error:
        raise BadBody(kind=kind, detail=str(error)) from error
    return body
