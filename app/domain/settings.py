"""What law or a locality sets in numbers and names, as the district publishes it.

The defaults are those of the rules the product was built on; the district checks them before it relies on them.
A rule reads the settings in force on the day of the act, so a change never moves what has begun.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from app.domain.lights import Thresholds

_Days = Annotated[int, msgspec.Meta(ge=0, le=3650)]
_Line = Annotated[str, msgspec.Meta(max_length=200)]
_BEFORE_ALL = date(2000, 1, 1)


class Department(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who stands behind items of a category: the name on entrusted documents, and the telephone."""

    category: _Line
    name: _Line
    phone: _Line = ""


class RelatedItems(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Items of which one person rarely asks two at once; a second request is shown as a possible duplicate."""

    items: tuple[str, ...]


class Settings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All limits in working days where nothing else is said."""

    effective: date = _BEFORE_ALL
    forwarding_days: _Days = 3  # S1
    accompanying_days: _Days = 3
    taking_over_days: _Days = 2
    examination_days: _Days = 5  # 行政许可法 art. 32
    supplement_days: _Days = 30  # natural days that an applicant has for what is missing
    review_days: _Days = 20  # 行政许可法 art. 43: review by the lower tier
    delivery_days: _Days = 10  # 行政许可法 art. 44
    follow_up_days: _Days = 10
    rectification_days: _Days = 15
    hand_over_days: _Days = 1
    appeal_days: _Days = 5
    duplicate_days: _Days = 90  # natural days
    related: tuple[RelatedItems, ...] = ()
    thresholds: Thresholds = Thresholds()
    window_phone: _Line = ""
    supervision_phone: _Line = ""
    reconsider_to: _Line = ""
    sue_in: _Line = ""
    reconsider_days: _Days = 60  # natural days; 行政复议法 art. 20
    suit_months: Annotated[int, msgspec.Meta(ge=0, le=60)] = 6  # 行政诉讼法 art. 46
    departments: tuple[Department, ...] = ()
    joint_days: _Days = 45  # 行政许可法 art. 42: a licence that several departments handle
    joint_extension_days: _Days = 15

    def department(self, category: str) -> Department | None:
        return next((one for one in self.departments if one.category == category), None)


DEFAULT_SETTINGS = Settings()
