"""The authority receives the papers and says whether it takes the matter on."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from app.domain.events.body import Body
from app.domain.events.intake import MaterialTaken
from app.domain.regions import RegionCode


class CaseTakenOver(Body, frozen=True, kw_only=True):
    """The authority has the papers (接收); its official number is station, on, slot and running."""

    station: RegionCode
    on: date
    slot: str
    running: int


class ReturnReason(StrEnum):
    WRONG_AUTHORITY = "wrong_authority"
    DEFECTS = "defects"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return {"wrong_authority": "不属于本级权限", "defects": "材料不齐或者不符合规定"}[self]


class CaseReturned(Body, frozen=True, kw_only=True):
    """Back to the station that sent it (退回). For defects it counts as a supplement notice and lists all."""

    on: date
    reason: ReturnReason
    right_authority: str = ""
    defects: tuple[str, ...] = ()


class Defect(Body, frozen=True, kw_only=True):
    """What is missing or wrong, and what it should be.

    `material` is its index in the item's list, -1 for anything else.
    """

    what: str
    standard: str = ""
    material: int = -1


class CaseSupplementAsked(Body, frozen=True, kw_only=True):
    """一次性告知: every defect at once, and the natural days the applicant has; the examination clock stops.

    Source: 行政许可法 art. 32 (4).
    """

    on: date
    defects: tuple[Defect, ...]
    days: int


class CaseSupplementReceived(Body, frozen=True, kw_only=True):
    """The authority has what it asked for; the examination clock runs on."""

    on: date
    materials: tuple[MaterialTaken, ...] = ()
    note: str = ""


class CaseLapsed(Body, frozen=True, kw_only=True):
    """Nothing came within the days of the supplement notice: 退件."""

    on: date
    note: str = ""


class CaseAccepted(Body, frozen=True, kw_only=True):
    """受理; 行政许可法 art. 32."""

    on: date


class CaseDeemedAccepted(Body, frozen=True, kw_only=True):
    """视为受理: a licence on which the authority was silent; acceptance counts from the day of receipt.

    Source: 行政许可法 art. 32 (4).
    """

    on: date


class CaseRefused(Body, frozen=True, kw_only=True):
    """不予受理, with the reason and the right authority where there is one."""

    on: date
    reason: str
    right_authority: str = ""
