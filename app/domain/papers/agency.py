"""The agent's work for somebody: what was entrusted, how it ended, and the whole record of it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import msgspec

from app.domain.papers.kinds import PaperKind
from app.domain.papers.paper import MaterialLine, Paper, require


class PartyLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One side of a mandate: `role` in words, and by which paper (`id_label`) they are known."""

    role: str
    name: str
    id_label: str = ""
    id_number: str = ""
    phone: str = ""
    address: str = ""
    basis: str = ""  # what a guardian or attorney acts on, and what they are to the applicant


class SignedFor(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """For somebody who cannot read or sign: who wrote, who read it aloud, who saw it."""

    written_by: str
    read_by: str
    witness: str
    witness_phone: str = ""
    fingerprint: bool = True


class Mandate(Paper, frozen=True, kw_only=True, tag="mandate"):
    """代办委托书: who entrusts whom with what, how far and how long.

    A contract between two people: it bears their whole numbers, as the application form does.
    Source: 民法典 art. 165 (name, matter, powers, term, signature); 个人信息保护法 art. 17 (what they are told).
    """

    kind: ClassVar[PaperKind] = PaperKind.MANDATE
    principal: PartyLine
    acting: tuple[PartyLine, ...] = ()
    """Guardian or attorney, who sign in the principal's place and get a copy of their own."""
    agent: PartyLine
    authority: str
    signed_on: date
    powers: tuple[str, ...]
    reserved: tuple[str, ...]  # what the agent may not do without another paper
    term: str
    fees: str
    data_notice: str
    materials: tuple[MaterialLine, ...] = ()
    signing: tuple[SignedFor, ...] = ()

    def __post_init__(self) -> None:
        require(self.kind, principal=self.principal.name, agent=self.agent.name, term=self.term)

    @property
    def title(self) -> str:
        return self.kind.label

    @property
    def copies(self) -> tuple[str, ...]:
        third = "、".join(dict.fromkeys(one.role for one in self.acting))
        return (*self.kind.copies, f"第三联 {third}留存") if third else self.kind.copies


class BackLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A paper that was handed in, and what became of it, in words."""

    what: str
    count: str
    outcome: str


class AgencyEnded(Paper, frozen=True, kw_only=True, tag="agency_ended"):
    """终止代办单: the agent's task is over without a result."""

    kind: ClassVar[PaperKind] = PaperKind.AGENCY_ENDED
    ended_on: date
    ending: str
    reason: str
    consequence: str
    returned: tuple[BackLine, ...] = ()

    def __post_init__(self) -> None:
        require(self.kind, ending=self.ending)

    @property
    def title(self) -> str:
        return self.kind.label


class ServedLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A document or certificate that is handed over; no number where it was issued elsewhere."""

    title: str
    number: str = ""
    count: int = 1


class AgencyClosed(Paper, frozen=True, kw_only=True, tag="agency_closed"):
    """代办办结单: what came of it, by whom it was handed over to whom, and what went back."""

    kind: ClassVar[PaperKind] = PaperKind.AGENCY_CLOSED
    closed_on: date
    outcome: str
    results: tuple[ServedLine, ...] = ()
    way: str
    handed_by: str
    received_by: str
    relation: str = ""
    proof: str = ""
    returned: tuple[BackLine, ...] = ()
    follow_up: str

    def __post_init__(self) -> None:
        require(self.kind, outcome=self.outcome, received_by=self.received_by)

    @property
    def title(self) -> str:
        return self.kind.label


class StepLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was done, when, by whom of which station."""

    on: date
    who: str
    what: str


class FollowUpLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """回访 by somebody who did not handle the case."""

    on: date
    who: str
    way: str = ""
    grade: str
    opinion: str = ""


class CaseRecord(Paper, frozen=True, kw_only=True, tag="case_record"):
    """全程代理承办和跟踪回访登记表: goes into the file. Where nobody asked yet there is room to write."""

    kind: ClassVar[PaperKind] = PaperKind.CASE_RECORD
    received_on: date
    mode: str
    phone: str = ""  # masked
    authority: str
    limit_words: str
    steps: tuple[StepLine, ...]
    result: str
    followed_up: tuple[FollowUpLine, ...] = ()
    rectified: tuple[StepLine, ...] = ()
    archive_number: str = ""

    @property
    def title(self) -> str:
        return self.kind.label
