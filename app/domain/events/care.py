"""Who looks after a case, what is kept for whom, and what was printed and looked at."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from app.domain.events.body import Body, pages_digest
from app.journal.refs import Ref


class CaseHandedOver(Body, frozen=True, kw_only=True):
    """首问负责: the owner offers the matter to a named person; it stays theirs until that person takes it."""

    on: date
    to: Ref
    note: str = ""


class CaseHandOverTaken(Body, frozen=True, kw_only=True):
    """That person takes the matter."""

    on: date


class CustodyMove(StrEnum):
    """Where an original went."""

    TAKEN = "taken"
    HANDED_ON = "handed_on"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return {"taken": "收存", "handed_on": "移交", "returned": "退还"}[self]


class KeptOriginal(Body, frozen=True, kw_only=True):
    """One original that is held: what it is and whose."""

    what: str
    whose: str
    count: int = 1


class CaseCustodyMoved(Body, frozen=True, kw_only=True):
    """证件交接: originals taken in, handed on to another station, or given back.

    `originals` name what is taken in; `places` are those, among the originals of the case in their order, that move.
    `receiver` signed for them; `to` is the region of the station that has them now, empty when they went back.
    """

    on: date
    move: CustodyMove
    receiver: str
    originals: tuple[KeptOriginal, ...] = ()
    places: tuple[int, ...] = ()
    to: str = ""


class CaseCompared(Body, frozen=True, kw_only=True):
    """A person looked at a possible duplicate and said whether it is the same request."""

    on: date
    other: Ref
    same: bool
    note: str = ""


class PaperIssued(Body, frozen=True, kw_only=True):
    """A document about the case was printed; its number is word, slot, year and running.

    `facts` is what it says (`app.domain.papers`, MessagePack), so that any station can print it again as it was issued;
    a reprint, counted from 1, leaves it empty and means the issue with the same number.
    The PDF stays with the issuer; `digest` is the first 16 bytes of its SHA-256, so that it can be told from any other.
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
    digest: bytes = b""

    @property
    def series(self) -> str:
        return f"{self.word}〔{self.year}〕"

    def is_of(self, pdf: bytes) -> bool:
        """Whether these are the pages that were issued; of an older program's nobody can say otherwise."""
        return not self.digest or pages_digest(pdf) == self.digest


class CaseNumbersShown(Body, frozen=True, kw_only=True):
    """Somebody had the parties' full numbers on their screen (domain.md §8); who and when stand in the header."""


class CaseRecordOpened(Body, frozen=True, kw_only=True):
    """Somebody of a station that is neither the case's own nor its authority opened the record (domain.md §8).

    The numbers were masked; who and when stand in the header.
    """
