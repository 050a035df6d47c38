"""How the district's rules are called, on screen and on the command line, and in which unit they are counted."""

from __future__ import annotations

from typing import Final

from app.domain.clocks import ClockName

_WORKDAYS: Final = "个工作日"
_DAYS: Final = "天"
_MONTHS: Final = "个月"

LIMITS: Final = {
    "forwarding_days": ("转报", _WORKDAYS),
    "accompanying_days": ("引领", _WORKDAYS),
    "taking_over_days": ("接收", _WORKDAYS),
    "examination_days": ("受理审查", _WORKDAYS),
    "supplement_days": ("申请人补正", _DAYS),
    "review_days": ("下级初审", _WORKDAYS),
    "delivery_days": ("送达", _WORKDAYS),
    "follow_up_days": ("回访", _WORKDAYS),
    "rectification_days": ("整改", _WORKDAYS),
    "hand_over_days": ("接手移交", _WORKDAYS),
    "appeal_days": ("对黄牌红牌申诉", _WORKDAYS),
    "joint_days": ("许可联合办理", _WORKDAYS),
    "joint_extension_days": ("许可联合办理延长", _WORKDAYS),
    "duplicate_days": ("查找可能重复的范围", _DAYS),
    "reconsider_days": ("申请行政复议", _DAYS),
    "suit_months": ("提起行政诉讼", _MONTHS),
}
"""Fields of `Settings` that are numbers: what they limit, and the unit as it follows a number."""

CONTACTS: Final = {
    "window_phone": "窗口电话",
    "supervision_phone": "监督电话",
    "reconsider_to": "向哪里申请行政复议",
    "sue_in": "向哪个法院起诉",
}
LISTS: Final = {"departments": "部门名称", "related": "互相比对的事项"}


def rule_title(field: str) -> str:
    """A field of `Settings`."""
    if field in LIMITS:
        return LIMITS[field][0]
    return CONTACTS.get(field) or LISTS[field]


def clock_title(field: str) -> str:
    """A field of `Thresholds`: a clock, or the examination of a licence."""
    return "许可的受理审查" if field == "licence_examination" else ClockName(field).label
