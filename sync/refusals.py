"""How one side says no to the other.

A refusal travels as an HTTP status and the MessagePack array [code, facts]; both sides raise the same classes.

Refused
├── Offline               no answer: no line, a stall, a cut
├── ExchangeStopped       somebody ended it before its end
├── CentreNotTrusted      somebody answers, but not the centre of this device
├── Unintelligible        the answer is no message of this protocol
└── CentreRefusal         the centre answered, and said no
    └── …                 one class for each code
"""

from __future__ import annotations

from typing import ClassVar

from app.errors import Refused


class Offline(Refused):
    code = "offline"


class ExchangeUnderWay(Refused):
    """Another program exchanges for the same data folder."""

    code = "exchange_under_way"


class ExchangeStopped(Refused):
    """Somebody stopped an exchange that was under way, or the desktop closes; what went before stays."""

    code = "exchange_stopped"


class CentreNotTrusted(Refused):
    code = "centre_not_trusted"


class Unintelligible(Refused):
    code = "unintelligible_answer"


class CentreRefusal(Refused):
    """Said by the centre; a code that this program does not know arrives as this class with `said`."""

    code = "centre_refusal"
    status: ClassVar[int] = 400


class BadMessage(CentreRefusal):
    code = "bad_message"


class UnknownDevice(CentreRefusal):
    code = "unknown_device"
    status = 401


class Revoked(CentreRefusal):
    code = "revoked"
    status = 401


class UnknownCode(CentreRefusal):
    code = "unknown_code"
    status = 403


class CodeUsed(CentreRefusal):
    code = "code_used"
    status = 403


class CodeExpired(CentreRefusal):
    code = "code_expired"
    status = 403


class BadProof(CentreRefusal):
    """The sender does not hold the key that it shows."""

    code = "bad_proof"
    status = 403


class LifeUnknown(CentreRefusal):
    """The ledger has no place that the store offers to go on from."""

    code = "life_unknown"
    status = 409


class OtherStation(CentreRefusal):
    """The code is another station's than the store that would go on (facts: station, kept)."""

    code = "other_station"
    status = 409


class NoSuchSheet(CentreRefusal):
    """The centre has no such scan, or none of which this device may know."""

    code = "no_such_sheet"
    status = 404


class SheetNotNamed(CentreRefusal):
    """No accepted entry of this station names a scan of this digest and size."""

    code = "sheet_not_named"
    status = 403


class SheetDamaged(CentreRefusal):
    """What arrived has not the digest by which it was named; the centre has thrown it away."""

    code = "sheet_damaged"
    status = 422


class WrongOffset(CentreRefusal):
    """The centre goes on with a scan at another byte (facts: offset)."""

    code = "wrong_offset"
    status = 409


class OtherTus(CentreRefusal):
    """The sender speaks another version of tus than 1.0.0, or none."""

    code = "other_tus"
    status = 412


class NotAPiece(CentreRefusal):
    """The body is not declared as tus declares a piece."""

    code = "not_a_piece"
    status = 415


class TooLarge(CentreRefusal):
    code = "too_large"
    status = 413


class UnknownDictionary(CentreRefusal):
    code = "unknown_dictionary"
    status = 415


class PacketRefused(CentreRefusal):
    """A packet that somebody carries for another station cannot be taken in (facts: why, as a code)."""

    code = "packet_refused"
    status = 422


class UpgradeNeeded(CentreRefusal):
    code = "upgrade_needed"
    status = 426


class TooOften(CentreRefusal):
    code = "too_often"
    status = 429


class OverQuota(TooOften):
    """The sender has written more than one device may: its new entries are taken later (facts: retry_after_s)."""

    code = "over_quota"


class Busy(CentreRefusal):
    code = "busy"
    status = 503


BY_CODE: dict[str, type[CentreRefusal]] = {
    refusal.code: refusal
    for refusal in (
        BadMessage,
        UnknownDevice,
        Revoked,
        UnknownCode,
        CodeUsed,
        CodeExpired,
        BadProof,
        LifeUnknown,
        OtherStation,
        NoSuchSheet,
        SheetNotNamed,
        SheetDamaged,
        WrongOffset,
        OtherTus,
        NotAPiece,
        TooLarge,
        UnknownDictionary,
        PacketRefused,
        UpgradeNeeded,
        TooOften,
        Busy,
        OverQuota,
    )
}
