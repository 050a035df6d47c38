"""Publications: what a region tells the whole district."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from app.domain.calendar import CalendarYear, Overlay
from app.domain.catalogue import NotIssued, RetiredTerm
from app.domain.events.body import Body, pages_digest
from app.domain.items import Item
from app.domain.regions import Region
from app.domain.settings import Settings
from app.journal.certificate import SignedCertificate
from app.journal.refs import Ref


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


class Window(StrEnum):
    """At which counter somebody sits (综合窗口, 部门窗口)."""

    GENERAL = "general"
    DEPARTMENT = "department"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return {"general": "综合窗口", "department": "部门窗口"}[self]


class OperatorAdded(Body, frozen=True, kw_only=True):
    """An operator's public card. The first operator of a device is its head.

    `post` is the duty post (岗位), `duty` its statement, `department` whose window it is.
    """

    name: str
    roles: tuple[Role, ...]
    post: str = ""
    window: Window = Window.GENERAL
    department: str = ""
    duty: str = ""
    phone: str = ""


class OperatorChanged(Body, frozen=True, kw_only=True):
    """A card's new contents from this entry on; what was done before keeps the roles of its time.

    The subject is the card. `left`: the person works here no more and may do nothing.
    """

    roles: tuple[Role, ...]
    post: str = ""
    window: Window = Window.GENERAL
    department: str = ""
    duty: str = ""
    phone: str = ""
    left: bool = False


class OperatorAway(Body, frozen=True, kw_only=True):
    """职位代理: while it holds, both days included, `deputy` sees and does what is `operator`'s, with their powers.

    A later notice for the same operator (subject: the earlier notice) replaces it; `until` before `since` ends it.
    """

    operator: Ref
    deputy: Ref
    since: date
    until: date
    note: str = ""


class ApproverAuthorised(Body, frozen=True, kw_only=True):
    """授权书: the authority's head lets an approver decide these items, both days included.

    No items: all that this station decides. A later entry on the same subject replaces it;
    `until` before `since` withdraws it, and what was decided before keeps its effect.
    """

    operator: Ref
    items: tuple[str, ...]
    since: date
    until: date
    document: str = ""


class SettingsPublished(Body, frozen=True, kw_only=True):
    """The district's numbers, names and telephones, from `settings.effective` on."""

    settings: Settings


class ItemWithdrawn(Body, frozen=True, kw_only=True):
    """An item is cancelled (取消) or merged into another (并入) from that day on; cases taken before run on."""

    item: str
    on: date
    reason: str
    into: str = ""


class ReceiptsReserved(Body, frozen=True, kw_only=True):
    """空白收件回执: numbers `first` to `last` of a series stand on forms that were printed for days without power.

    `digest` is that of the pages, as `PaperIssued` has it.
    """

    word: str
    year: int
    slot: str
    first: int
    last: int
    on: date
    digest: bytes = b""

    @property
    def series(self) -> str:
        return f"{self.word}〔{self.year}〕"

    def is_of(self, pdf: bytes) -> bool:
        """Whether these are the pages that were printed."""
        return pages_digest(pdf) == self.digest
