"""Everything that the detail of a case shows: personal numbers masked, days in words, the acts that may be done."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from app.domain.attachments import Sheet
from app.domain.case import State
from app.domain.papers import PaperKind
from app.journal.refs import Ref
from app.usecases.lookup import Whereabouts
from app.usecases.materials import MaterialForm
from ui.desktop.case_words import Limit
from ui.desktop.look.mood import Mood
from ui.desktop.pages.cases.act_choices import ActChoice
from ui.desktop.pages.cases.clock_words import ClockLine
from ui.desktop.pages.cases.duplicates import SheetDuplicate
from ui.desktop.pages.cases.history_words import HistoryStep


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """The applicant: masked in a sheet, whole while somebody holds the button that shows it.

    `about` is what follows from the number: 女 · 64 岁.
    """

    name: str
    about: str
    id_number: str
    phone: str
    address: str
    hides: bool
    """Whether anything is masked, so that there is something to show."""


class SheetMaterial(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the item's checklist; `required`: everybody brings it. `ordinary`: how it is taken when it comes."""

    name: str
    detail: str
    given: bool
    required: bool
    pages: int
    ordinary: MaterialForm


class SheetScan(msgspec.Struct, frozen=True, kw_only=True):
    """Pages that were attached in one act. `material` is its place in the item's list, or -1; `here` of each page.

    `may_remove`: this person may take it out of sight.
    """

    ref: Ref
    material: int
    sheets: tuple[Sheet, ...]
    here: tuple[bool, ...]
    who: str
    when: str
    note: str
    may_remove: bool


class IssuedPaper(msgspec.Struct, frozen=True, kw_only=True):
    """A copy that was printed; `stands`: what it rests on has effect."""

    entry: Ref
    label: str
    number: str
    on: str
    reprint: int
    stands: bool


class PaperToPrint(msgspec.Struct, frozen=True, kw_only=True):
    """A document that may be printed now, and how often it was."""

    kind: PaperKind
    label: str
    issued: int


class NoteKind(StrEnum):
    """What a note is about: something to know, a case to compare with, an act of this station that has no effect."""

    PLAIN = "plain"
    COMPARE = "compare"
    MISFIT = "misfit"


class SheetNote(msgspec.Struct, frozen=True, kw_only=True):
    """Something to know before acting. `subject` is the case to compare with, or the entry without effect.

    Of a misfit `again` is the act by which it can be done once more, if it can; `told`: the applicant may have heard.
    """

    mood: Mood
    text: str
    kind: NoteKind = NoteKind.PLAIN
    subject: Ref | None = None
    again: ActChoice | None = None
    told: bool = False


class SheetParty(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody beside the applicant: what they are to the case, and on what they act."""

    role: str
    person: Person
    about: str


class SheetFact(msgspec.Struct, frozen=True, kw_only=True):
    """One line of what is known: 首问责任人 韦丽萍."""

    label: str
    text: str
    mood: Mood = Mood.PLAIN


class SheetOriginal(msgspec.Struct, frozen=True, kw_only=True):
    """An original in custody, or one that went back."""

    what: str
    where: str
    held: bool


class SheetLink(msgspec.Struct, frozen=True, kw_only=True):
    """Another case that belongs to this one; it can be opened if it is here."""

    label: str
    text: str
    subject: Ref
    is_here: bool


class CaseSheet(msgspec.Struct, frozen=True, kw_only=True):
    """One case as of one look. `station` received it, `place` has the papers now."""

    subject: Ref
    today: date
    local_number: str
    official_number: str
    item: str
    state: State
    limit: Limit
    where: Whereabouts
    applicant: Person
    kind: str
    mode: str
    station: str
    place: str
    received: str
    remark: str
    urgent: bool
    backlog: bool
    same_number: bool
    clocks: tuple[ClockLine, ...]
    acts: tuple[ActChoice, ...]
    materials: tuple[SheetMaterial, ...]
    steps: tuple[HistoryStep, ...]
    papers: tuple[IssuedPaper, ...]
    to_print: tuple[PaperToPrint, ...]
    notes: tuple[SheetNote, ...]
    duplicates: tuple[SheetDuplicate, ...] = ()
    green: str = ""
    staff_relative: str = ""
    notices: int = 0
    """How often a supplement was asked for."""
    parties: tuple[SheetParty, ...] = ()
    known: tuple[SheetFact, ...] = ()
    originals: tuple[SheetOriginal, ...] = ()
    links: tuple[SheetLink, ...] = ()
    cards: tuple[SheetFact, ...] = ()
    scans: tuple[SheetScan, ...] = ()
    may_attach: bool = False
    own: bool = True
    """Registered at this station."""
    look_is_noted: bool = False
    """Another station's record, not opened by this person today: that it is opened is written down."""

    @property
    def primary(self) -> ActChoice | None:
        """The ordinary next act."""
        return next((act for act in self.acts if act.may_be_next), None)

    @property
    def missing(self) -> tuple[str, ...]:
        """The materials that everybody brings and that are not there."""
        return tuple(one.name for one in self.materials if one.required and not one.given)

    @property
    def paper_due(self) -> PaperToPrint | None:
        """The newest document that nobody has printed yet."""
        waiting = [paper for paper in self.to_print if not paper.issued]
        return waiting[-1] if waiting else None

    @property
    def title(self) -> str:
        """韦** 最低生活保障审核确认."""
        return f"{self.applicant.name} {self.item}"


def news_since(before: CaseSheet, now: CaseSheet) -> tuple[HistoryStep, ...]:
    """What others have done between two looks at the same case."""
    known = {step.ref for step in before.steps}
    return tuple(step for step in now.steps if step.ref not in known and not step.own)
