"""A request is taken in at a counter, mended there, and sent on its way or accompanied."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from app.domain.events.body import Body
from app.domain.items import Mode
from app.domain.numbers import LocalNumber
from app.domain.regions import RegionCode
from app.journal.refs import Ref


class PartyRole(StrEnum):
    """What somebody is to a case."""

    APPLICANT = "applicant"
    BENEFICIARY = "beneficiary"
    GUARDIAN = "guardian"
    ATTORNEY = "attorney"
    AGENT = "agent"
    MEMBER = "member"
    COLLECTOR = "collector"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    PartyRole.APPLICANT: "申请人",
    PartyRole.BENEFICIARY: "受益人",
    PartyRole.GUARDIAN: "监护人",
    PartyRole.ATTORNEY: "委托代理人",
    PartyRole.AGENT: "代办员",
    PartyRole.MEMBER: "家庭成员",
    PartyRole.COLLECTOR: "领取人",
}


class PartyKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return {"person": "个人", "organisation": "单位"}[self]


class IdKind(StrEnum):
    """By which paper somebody is identified."""

    RESIDENT = "resident"
    CREDIT = "credit"
    OTHER = "other"
    NONE = "none"
    BIRTH = "birth"
    PASSPORT = "passport"
    HONG_KONG_MACAO = "hong_kong_macao"
    TAIWAN = "taiwan"
    LOST = "lost"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return _ID_LABELS[self]


_ID_LABELS = {
    IdKind.RESIDENT: "居民身份证",
    IdKind.CREDIT: "统一社会信用代码",
    IdKind.OTHER: "其他证件",
    IdKind.NONE: "暂无证件",
    IdKind.BIRTH: "出生医学证明",
    IdKind.PASSPORT: "护照",
    IdKind.HONG_KONG_MACAO: "港澳居民居住证",
    IdKind.TAIWAN: "台湾居民居住证",
    IdKind.LOST: "证件遗失",
}


class Party(Body, frozen=True, kw_only=True):
    """Somebody a case is about. `id_note` says why an identity number that fails its check was taken.

    `relation` is to the applicant; `basis` is what a guardian or attorney acts on;
    `other_name` a former or differently written name.
    """

    role: PartyRole = PartyRole.APPLICANT
    kind: PartyKind = PartyKind.PERSON
    id_kind: IdKind = IdKind.RESIDENT
    name: str
    id_number: str = ""
    phone: str = ""
    address: str = ""
    id_note: str = ""
    relation: str = ""
    basis: str = ""
    other_name: str = ""


class MaterialTaken(Body, frozen=True, kw_only=True):
    """One paper on the checklist: `index` is its place among the item version's materials, from 0."""

    index: int
    original: bool = False
    copies: int = 0
    pages: int = 0
    held: bool = False


class Signing(Body, frozen=True, kw_only=True):
    """For somebody who cannot read or sign: who wrote and read aloud, and who saw it, never the handler."""

    written_by: str
    read_by: str
    witness: str
    witness_phone: str = ""
    fingerprint: bool = True


class RareFacts(Body, frozen=True, kw_only=True):
    """`green`: why the green channel is open (绿色通道). `staff_relative`: of whom on the staff the applicant is kin.

    `visit` is the case that opened the same visit (一次来访多件). `signing` holds one or none.
    `instead_of`: the number of a registration of this station that the centre refused, and that this one corrects;
    one or none. The applicant has a receipt with it.
    """

    green: str = ""
    staff_relative: str = ""
    visit: tuple[Ref, ...] = ()
    signing: tuple[Signing, ...] = ()
    instead_of: tuple[LocalNumber, ...] = ()


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
    rare: tuple[RareFacts, ...] = ()
    """What few registrations have, once; empty in all others, so that it costs them one byte."""


class CaseSupplied(Body, frozen=True, kw_only=True):
    """Papers that were missing came in at the counter: before the case was forwarded, or on a supplement notice."""

    on: date
    materials: tuple[MaterialTaken, ...]


class CaseForwarded(Body, frozen=True, kw_only=True):
    """The papers start their way upward (转报)."""

    to: RegionCode
    on: date
    note: str = ""


class CaseAppointed(Body, frozen=True, kw_only=True):
    """引领: the agent has arranged when and where to go with the applicant, and whom to ask for there."""

    on: date
    day: date
    where: str
    contact: str = ""


class CaseVisited(Body, frozen=True, kw_only=True):
    """The agent went there with the applicant."""

    on: date
    note: str = ""


class CaseConcluded(Body, frozen=True, kw_only=True):
    """What came of accompanying or informing; it ends the case at this station."""

    on: date
    outcome: str
    number: str = ""


class CaseCorrected(Body, frozen=True, kw_only=True):
    """A mistaken intake put right under the same number (更正); what is empty stays as it was.

    `item` changes only while the papers have not left the station; then its `materials` are told anew.
    """

    on: date
    reason: str
    parties: tuple[Party, ...] = ()
    item: str = ""
    item_version: int = 0
    modes: tuple[Mode, ...] = ()
    materials: tuple[MaterialTaken, ...] = ()
    notes: tuple[str, ...] = ()


class CaseMarked(Body, frozen=True, kw_only=True):
    """Urgency (加急) and the green channel (绿色通道, with why) as they now are."""

    on: date
    urgent: bool
    green: str = ""
