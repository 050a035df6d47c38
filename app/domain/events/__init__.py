"""What can be written in the journal: each kind of entry, its body, and who may write it."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from app.domain.events.announcements import (
    ApproverAuthorised,
    CalendarPublished,
    CatalogueNotesPublished,
    DeviceCertified,
    DeviceRevoked,
    ItemPublished,
    ItemWithdrawn,
    OperatorAdded,
    OperatorAway,
    OperatorChanged,
    OverlayPublished,
    ReceiptsReserved,
    RegionsPublished,
    Role,
    SettingsPublished,
    Window,
)
from app.domain.events.attachments import AttachmentAdded, AttachmentRemoved
from app.domain.events.body import (
    BadBody,
    Body,
    pages_digest,
)
from app.domain.events.care import (
    CaseCompared,
    CaseCustodyMoved,
    CaseHandedOver,
    CaseHandOverTaken,
    CaseNumbersShown,
    CaseRecordOpened,
    CustodyMove,
    KeptOriginal,
    PaperIssued,
)
from app.domain.events.examination import (
    CaseAccepted,
    CaseDeemedAccepted,
    CaseLapsed,
    CaseRefused,
    CaseReturned,
    CaseSupplementAsked,
    CaseSupplementReceived,
    CaseTakenOver,
    Defect,
    ReturnReason,
)
from app.domain.events.handling import (
    CaseChildEnded,
    CaseChildOpened,
    CaseCompleted,
    CaseDecided,
    CaseExtended,
    CaseOutsideAnswered,
    CasePassedUp,
    CasePaused,
    CaseResumed,
    CaseSentDown,
    CaseSentOutside,
    CaseSplit,
)
from app.domain.events.intake import (
    CaseAppointed,
    CaseConcluded,
    CaseCorrected,
    CaseForwarded,
    CaseMarked,
    CaseRegistered,
    CaseSupplied,
    CaseVisited,
    IdKind,
    MaterialTaken,
    Party,
    PartyKind,
    PartyRole,
    RareFacts,
    Signing,
)
from app.domain.events.outcome import (
    Appraisal,
    CaseAppraised,
    CaseArchived,
    CaseCertified,
    CaseDelivered,
    CaseDestroyed,
    CaseFollowedUp,
    CaseRectified,
    CaseVoided,
    CaseWithdrawn,
    DeliveryWay,
    Grade,
)
from app.domain.events.supervision import (
    CardAppealed,
    CardConfirmed,
    CardGrade,
    CardIssued,
    CardTasked,
    CardUpheld,
    CardWithdrawn,
)
from app.domain.regions import Tier
from app.errors import UNREADABLE

__all__ = (
    "KINDS",
    "Appraisal",
    "ApproverAuthorised",
    "AttachmentAdded",
    "AttachmentRemoved",
    "BadBody",
    "Body",
    "CalendarPublished",
    "CardAppealed",
    "CardConfirmed",
    "CardGrade",
    "CardIssued",
    "CardTasked",
    "CardUpheld",
    "CardWithdrawn",
    "CaseAccepted",
    "CaseAppointed",
    "CaseAppraised",
    "CaseArchived",
    "CaseCertified",
    "CaseChildEnded",
    "CaseChildOpened",
    "CaseCompared",
    "CaseCompleted",
    "CaseConcluded",
    "CaseCorrected",
    "CaseCustodyMoved",
    "CaseDecided",
    "CaseDeemedAccepted",
    "CaseDelivered",
    "CaseDestroyed",
    "CaseExtended",
    "CaseFollowedUp",
    "CaseForwarded",
    "CaseHandOverTaken",
    "CaseHandedOver",
    "CaseLapsed",
    "CaseMarked",
    "CaseNumbersShown",
    "CaseOutsideAnswered",
    "CasePassedUp",
    "CasePaused",
    "CaseRecordOpened",
    "CaseRectified",
    "CaseRefused",
    "CaseRegistered",
    "CaseResumed",
    "CaseReturned",
    "CaseSentDown",
    "CaseSentOutside",
    "CaseSplit",
    "CaseSupplementAsked",
    "CaseSupplementReceived",
    "CaseSupplied",
    "CaseTakenOver",
    "CaseVisited",
    "CaseVoided",
    "CaseWithdrawn",
    "CatalogueNotesPublished",
    "CustodyMove",
    "Defect",
    "DeliveryWay",
    "DeviceCertified",
    "DeviceRevoked",
    "Grade",
    "IdKind",
    "ItemPublished",
    "ItemWithdrawn",
    "KeptOriginal",
    "Kind",
    "MaterialTaken",
    "OperatorAdded",
    "OperatorAway",
    "OperatorChanged",
    "OverlayPublished",
    "PaperIssued",
    "Party",
    "PartyKind",
    "PartyRole",
    "RareFacts",
    "ReceiptsReserved",
    "RegionsPublished",
    "ReturnReason",
    "Role",
    "SettingsPublished",
    "Signing",
    "Window",
    "decode_body",
    "encode_body",
    "is_known",
    "is_look",
    "name_of",
    "pages_digest",
)


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """What the centre and the fold know of a kind before they look inside."""

    bodies: tuple[type[Body], ...]
    """The body of each version, from 1."""
    tiers: frozenset[Tier]
    """Whose devices may write it."""
    publication: bool = False
    """Told to the whole district: whoever folds a case must know everybody who ever acted on it."""
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
    "operator.changed": _published(OperatorChanged, _ALL, opens=False),
    "operator.away": _published(OperatorAway, _ALL),
    "approver.authorised": _published(ApproverAuthorised, _ALL),
    "settings.published": _published(SettingsPublished),
    "item.withdrawn": _published(ItemWithdrawn),
    "receipts.reserved": _published(ReceiptsReserved, _ALL),
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
    "case.appointed": _act(CaseAppointed),
    "case.visited": _act(CaseVisited),
    "case.concluded": _act(CaseConcluded),
    "case.corrected": _act(CaseCorrected),
    "case.marked": _act(CaseMarked),
    "case.supplement_asked": _act(CaseSupplementAsked),
    "case.supplement_received": _act(CaseSupplementReceived),
    "case.lapsed": _act(CaseLapsed),
    "case.deemed_accepted": _act(CaseDeemedAccepted),
    "case.paused": _act(CasePaused),
    "case.resumed": _act(CaseResumed),
    "case.extended": _act(CaseExtended),
    "case.split": _act(CaseSplit),
    "case.child_ended": _act(CaseChildEnded),
    "case.passed_up": _act(CasePassedUp),
    "case.sent_down": _act(CaseSentDown),
    "case.sent_outside": _act(CaseSentOutside),
    "case.outside_answered": _act(CaseOutsideAnswered),
    "case.certified": _act(CaseCertified),
    "case.followed_up": _act(CaseFollowedUp),
    "case.rectified": _act(CaseRectified),
    "case.archived": _act(CaseArchived),
    "case.appraised": _act(CaseAppraised),
    "case.destroyed": _act(CaseDestroyed),
    "case.withdrawn": _act(CaseWithdrawn),
    "case.voided": _act(CaseVoided),
    "case.handed_over": _act(CaseHandedOver),
    "case.hand_over_taken": _act(CaseHandOverTaken),
    "case.custody_moved": _act(CaseCustodyMoved),
    "case.compared": _act(CaseCompared),
    "card.issued": _act(CardIssued),
    "card.confirmed": _act(CardConfirmed),
    "card.appealed": _act(CardAppealed),
    "card.upheld": _act(CardUpheld),
    "card.withdrawn": _act(CardWithdrawn),
    "card.tasked": _act(CardTasked),
    "attachment.added": _act(AttachmentAdded),
    "attachment.removed": _act(AttachmentRemoved),
    "case.child_opened": Kind(bodies=(CaseChildOpened,), tiers=_ALL, opens=True),
    "case.numbers_shown": Kind(bodies=(CaseNumbersShown,), tiers=_ALL, look=True),
    "case.record_opened": Kind(bodies=(CaseRecordOpened,), tiers=_ALL, look=True),
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
