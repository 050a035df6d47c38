"""Items: what a station does for people, as the district's catalogue describes it.

An item that the district published is fixed with its version:
a case keeps to the materials, conditions and days under which it was taken.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Final

import msgspec

from app.domain.limits import Unit
from app.domain.regions import Tier

Days = Annotated[int, msgspec.Meta(ge=0, le=3650)]
Fen = Annotated[int, msgspec.Meta(ge=0, le=10**12)]


class Handling(StrEnum):
    """What a request for the item becomes."""

    CASE = "case"
    ROSTER = "roster"
    CONSULTATION = "consultation"
    INFORM = "inform"


class Kind(StrEnum):
    """How the item's limit works."""

    INSTANT = "instant"
    PROMISED = "promised"
    REFERRED = "referred"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return {"instant": "即办件", "promised": "承诺件", "referred": "上报件"}[self]


class Mode(StrEnum):
    """How a village works with the item by default."""

    DIRECT = "direct"
    PROXY = "proxy"
    ASSIST = "assist"
    ACCOMPANY = "accompany"
    INFORM = "inform"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return _MODE_LABELS[self]


_MODE_LABELS = {
    Mode.DIRECT: "直办",
    Mode.PROXY: "代办",
    Mode.ASSIST: "协办",
    Mode.ACCOMPANY: "引领",
    Mode.INFORM: "告知",
}


class Level(StrEnum):
    """Who receives or decides: a tier, or a body outside the product (派出所, 银行 …)."""

    VILLAGE = "village"
    TOWNSHIP = "township"
    DISTRICT = "district"
    EXTERNAL = "external"

    @property
    def tier(self) -> Tier | None:
        """The tier of the tree; None for an outside body."""
        return _TIERS[self]

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return _LEVEL_LABELS[self]


_TIERS = {level: None if level is Level.EXTERNAL else Tier[level.name] for level in Level}
_LEVEL_LABELS = {
    Level.VILLAGE: "村（社区）",
    Level.TOWNSHIP: "乡镇（街道）",
    Level.DISTRICT: "区级部门",
    Level.EXTERNAL: "外部机构",
}


class StepBy(StrEnum):
    """Who takes a step."""

    APPLICANT = "applicant"
    VILLAGE = "village"
    TOWNSHIP = "township"
    DISTRICT = "district"
    EXTERNAL = "external"


class Delegation(StrEnum):
    """The power by which the township acts in what is not its own."""

    NONE = "none"
    ENTRUSTED = "entrusted"  # 委托: in the entrusting department's name and seal
    AUTHORISED = "authorised"  # 授权: in its own name


class Starts(StrEnum):
    """The event whose day is day 0 of the decision clock."""

    RECEIPT = "receipt"
    TAKING_OVER = "taking_over"
    ACCEPTANCE = "acceptance"


class Form(StrEnum):
    """In which form a material is brought."""

    ORIGINAL = "original"
    COPY = "copy"
    ORIGINAL_AND_COPY = "original_and_copy"
    ELECTRONIC = "electronic"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return _FORM_LABELS[self]


_FORM_LABELS = {
    Form.ORIGINAL: "原件",
    Form.COPY: "复印件",
    Form.ORIGINAL_AND_COPY: "原件和复印件",
    Form.ELECTRONIC: "电子件",
}


class Required(StrEnum):
    """Whether everybody brings the material, or only those whom its condition names."""

    ALWAYS = "always"
    WHEN = "when"


class Mask(StrEnum):
    """What a public notice hides."""

    ID = "id"
    PHONE = "phone"
    ACCOUNT = "account"
    NAME = "name"


class Applicant(StrEnum):
    """Who may apply; `agent_with_mandate` includes the village's own agent."""

    SELF = "self"
    GUARDIAN = "guardian"
    CLOSE_RELATIVE = "close_relative"
    AGENT_WITH_MANDATE = "agent_with_mandate"
    HOUSEHOLD_HEAD = "household_head"
    ORGANISATION = "organisation"


class Sensitive(StrEnum):
    """Sensitive personal data beyond identity that a case of the item holds."""

    HEALTH = "health"
    CHILDREN = "children"
    BANK = "bank"
    BIOMETRIC = "biometric"


class Retention(StrEnum):
    """How long an archived case is kept before it is appraised."""

    TEN_YEARS = "10y"
    THIRTY_YEARS = "30y"
    PERMANENT = "permanent"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return {"10y": "10 年", "30y": "30 年", "permanent": "永久"}[self]


class Confidence(StrEnum):
    """How sure the catalogue's compiler was of a basis."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class DecisionClock(msgspec.Struct, frozen=True, kw_only=True):
    """The deciding authority's limits, all in `unit`; None where no total is known."""

    starts: Starts
    promised: Days
    statutory: Days | None = None
    unit: Unit
    extension: Days | None = None
    extension_by: str | None = None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """An ordinary step; its days, in the clock's unit, lie inside the limit."""

    name: str
    by: StepBy
    days: Days | None = None


class StoppingProcedure(msgspec.Struct, frozen=True, kw_only=True):
    """A special procedure that law takes out of the clock; `max_days` None: no fixed length."""

    type: str
    basis: str
    max_days: Days | None = None
    unit: Unit


class PublicNotice(msgspec.Struct, frozen=True, kw_only=True):
    """What is posted (公示), for how long, and what the posting hides."""

    days: Days
    unit: Unit
    shows: str
    masks: tuple[Mask, ...]
    never_publish: bool = False


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """What the applicant brings; `copies` are kept, 0: looked at and handed back."""

    name: str
    issuer: str
    form: Form
    copies: Annotated[int, msgspec.Meta(ge=0, le=99)]
    required: Required
    condition: str | None = None
    note: str | None = None

    @property
    def is_handed_in(self) -> bool:
        """Whether the original itself goes into the file (an authorisation, a photograph): nobody gets it back."""
        return self.form is Form.ORIGINAL and self.copies > 0


class LegalBasis(msgspec.Struct, frozen=True, kw_only=True):
    """A law or document that the item rests on."""

    title: str
    document_no: str | None = None
    confidence: Confidence


class Fee(msgspec.Struct, frozen=True, kw_only=True):
    """A charge; `amount_fen` None: set locally or by bill."""

    name: str
    amount_fen: Fen | None = None
    basis: str
    exemption: str | None = None


class Certifiable(msgspec.Struct, frozen=True, kw_only=True):
    """A thing that a village may certify."""

    name: str
    basis: str
    confidence: Confidence
    limit: str


class Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One service. Field by field as `meta.fields` of the catalogue explains."""

    id: str
    name: str
    version: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] = 1
    effective: date | None = None
    aliases: tuple[str, ...] = ()
    category: str
    handling: Handling
    kind: Kind
    mode: Mode
    receives: Level
    decides: Level
    external_body: str | None = None
    delegation: Delegation
    licence: bool
    clock: DecisionClock
    steps: tuple[Step, ...]
    stops_clock: tuple[StoppingProcedure, ...] = ()
    public_notice: PublicNotice | None = None
    materials: tuple[Material, ...]
    application_form: str | None = None
    legal_basis: tuple[LegalBasis, ...]
    standards: tuple[str, ...]
    procedure: str
    fees: tuple[Fee, ...]
    window_authority: str
    complaint_channel: str
    preconditions: tuple[str, ...] = ()
    quantity_limit: str | None = None
    who_may_apply: tuple[Applicant, ...]
    in_person_required: bool | str
    sensitive: tuple[Sensitive, ...] = ()
    never_publish: bool
    retention: Retention | None = None
    seeds: tuple[str, ...] = ()
    note: str | None = None
    positive_list: tuple[Certifiable, ...] = ()

    def material(self, name: str) -> Material | None:
        """The material of this very name; None if the item does not ask for it."""
        return next((material for material in self.materials if material.name == name), None)


DISCLOSURE_FIELDS: Final = {
    "项目名称": "name",
    "设立依据": "legal_basis",
    "申报材料": "materials",
    "审批标准": "standards",
    "办理程序": "procedure",
    "承诺期限": "clock.promised",
    "收费标准及依据": "fees",
    "窗口权限": "window_authority",
}
"""The eight disclosures, and where an item states each."""


def missing_disclosures(item: Item) -> tuple[str, ...]:
    """Which of the eight disclosures (八公开) the item does not state, by their Chinese names.

    No fees is a statement (不收费); a fee without its basis is none.
    """
    stated = {
        "项目名称": bool(item.name.strip()),
        "设立依据": any(basis.title.strip() for basis in item.legal_basis),
        "申报材料": any(material.name.strip() for material in item.materials),
        "审批标准": any(standard.strip() for standard in item.standards),
        "办理程序": bool(item.procedure.strip()),
        "承诺期限": item.clock.promised > 0 or item.kind is Kind.INSTANT,
        "收费标准及依据": all(fee.basis.strip() for fee in item.fees),
        "窗口权限": bool(item.window_authority.strip()),
    }
    return tuple(name for name, is_stated in stated.items() if not is_stated)
