"""A computer without a line becomes a device: its request on a stick in, the answer to it out."""

from __future__ import annotations

import msgspec

from app.errors import Refused
from app.journal import certificate as certificates
from app.journal.keys import device_id
from sync import codec, enrolment_packet, packet, protocol
from sync.centre import admission, exchange, packets
from sync.centre.authority import Authority
from sync.centre.devices import Code, Devices
from sync.centre.intake import Taken
from sync.centre.ledger import Ledger, base
from sync.centre.packets import PacketForAStation
from sync.enrolment_packet import Asked, Granted, Header
from sync.refusals import UnknownCode


class RequestSettled(Refused):
    """Who wrote it is a device at work: another answer would take its token (facts: station, slot)."""

    code = "enrolment_settled"


class AdmittedByPacket(msgspec.Struct, frozen=True, kw_only=True):
    """The answer as a file, and whom it makes a device."""

    raw: bytes
    name: str
    station: str
    slot: str


def answer(ledger: Ledger, authority: Authority, raw: bytes, now_ms: int) -> AdmittedByPacket:
    """Admit whoever wrote this request. Until the device is heard, it may be answered again; the last token counts.

    Raises NotAPacket, DamagedPacket, UpgradeNeeded, PacketForAStation, UnknownCode, CodeUsed, CodeExpired,
    RequestSettled, LifeUnknown, OtherStation or Revoked; then nothing was changed.
    """
    if raw.startswith(enrolment_packet.ANSWER):
        _refuse_answer(ledger, raw)
    asked = enrolment_packet.read_request(raw)
    with ledger.writing():
        code = _shown(ledger, asked)
        _refuse_settled(ledger, asked)
        admitted = admission.by_code(ledger, authority, code, asked, now_ms)
    own = certificates.read(admitted.certificate)
    device = Devices(ledger.database).known(own.device)
    assert device is not None
    page = packets.pages(ledger, device, None, packet.ROOM)
    first = exchange.told(ledger, Taken(accepted=base(device)), page, now_ms)
    header = Header(
        version=enrolment_packet.VERSION, code=asked.code, device=own.device, made_ms=now_ms
    )
    sealed = enrolment_packet.grant(
        header,
        Granted(ca=authority.ca, admission=admitted, first=codec.pack(protocol.encode(first))),
        to=asked.seal_public,
        sign=authority.sign,
    )
    return AdmittedByPacket(
        raw=sealed,
        name=enrolment_packet.answer_name(own.station, own.device),
        station=own.station,
        slot=own.slot_text,
    )


def _refuse_answer(ledger: Ledger, raw: bytes) -> None:
    """Say whose answer it is, if it is one of this centre's. Raises PacketForAStation."""
    device = Devices(ledger.database).known(enrolment_packet.read_answer(raw).header.device)
    if device is not None:
        own = device.certificate
        raise PacketForAStation(station=own.station, slot=own.slot_text)


def _refuse_settled(ledger: Ledger, asked: Asked) -> None:
    """Raises RequestSettled: such a request still lies on the stick that now carries packets."""
    device = Devices(ledger.database).known(device_id(asked.sign_public))
    if device is not None and device.contact_ms is not None and device.revoked_ms is None:
        own = device.certificate
        raise RequestSettled(station=own.station, slot=own.slot_text)


def _shown(ledger: Ledger, asked: Asked) -> Code:
    """The code that its writer has. Raises UnknownCode."""
    for code in Devices(ledger.database).codes():
        if enrolment_packet.name_of(code.hash) == asked.code and enrolment_packet.is_proved(
            asked, code.hash
        ):
            return code
    raise UnknownCode
