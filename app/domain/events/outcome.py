"""What comes after a decision, and every other way in which a case ends."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from app.domain.events.body import Body
from app.domain.items import Retention
from app.journal.refs import Ref


class CaseCertified(Body, frozen=True, kw_only=True):
    """The certificate was made (制证)."""

    on: date
    name: str
    number: str = ""


class DeliveryWay(StrEnum):
    """How a result reaches its recipient."""

    IN_PERSON = "in_person"
    PROXY = "proxy"
    POST = "post"
    LEFT = "left"
    PUBLICATION = "publication"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return _WAY_LABELS[self]


_WAY_LABELS = {
    DeliveryWay.IN_PERSON: "直接送达",
    DeliveryWay.PROXY: "代办员转交",
    DeliveryWay.POST: "邮寄送达",
    DeliveryWay.LEFT: "留置送达",
    DeliveryWay.PUBLICATION: "公告送达",
}


class CaseDelivered(Body, frozen=True, kw_only=True):
    """送达: who received the result, and how it is proved."""

    on: date
    way: DeliveryWay
    recipient: str
    relation: str = "本人"
    proof: str = ""
    witness: str = ""
    """Who saw that the papers were left with somebody who would not sign."""
    place: str = ""
    """Where, in words: at the counter, at home."""


class Grade(StrEnum):
    """好差评, five grades."""

    VERY_GOOD = "very_good"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    VERY_POOR = "very_poor"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return {
            "very_good": "非常满意", "good": "满意", "fair": "基本满意", "poor": "不满意", "very_poor": "非常不满意",
        }[self]  # fmt: skip

    @property
    def poor(self) -> bool:
        """Whether it has to be mended within the limit."""
        return self in (Grade.POOR, Grade.VERY_POOR)


class CaseFollowedUp(Body, frozen=True, kw_only=True):
    """回访, by somebody who did not handle the case."""

    on: date
    grade: Grade
    way: str = ""
    opinion: str = ""


class CaseRectified(Body, frozen=True, kw_only=True):
    """What was done about a poor rating (整改)."""

    on: date
    measures: str


class CaseArchived(Body, frozen=True, kw_only=True):
    """归档: the case is locked. `number` is its file number."""

    on: date
    number: str
    retention: Retention


class Appraisal(StrEnum):
    """What is done with a file whose period is over."""

    DESTROY = "destroy"
    EXTEND = "extend"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return {"destroy": "可以销毁", "extend": "继续保存"}[self]


class CaseAppraised(Body, frozen=True, kw_only=True):
    """鉴定 of a file whose period is over; `years` more if it is kept."""

    on: date
    appraisal: Appraisal
    reason: str
    years: int = 0


class CaseDestroyed(Body, frozen=True, kw_only=True):
    """销毁, approved by a head who did not appraise: the bodies of every entry of the case before it are redacted.

    It holds what the destruction register says, and nothing of persons; `pages` are those that were counted.
    """

    on: date
    local_number: str
    archive_number: str
    item: str
    archived_on: date
    retention: Retention
    appraised_by: Ref
    reason: str
    item_version: int = 0
    pages: int = 0


class CaseWithdrawn(Body, frozen=True, kw_only=True):
    """The applicant takes the request back (撤回)."""

    on: date
    reason: str


class CaseVoided(Body, frozen=True, kw_only=True):
    """A case that should not be there is taken out of account by supervision (作废)."""

    on: date
    reason: str
