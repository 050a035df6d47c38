"""How the district's rules are called on screen, and in which unit they are counted."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.domain.clocks import ClockName


def _tr(text: str) -> str:
    return QCoreApplication.translate("DistrictWords", text)


class Part(StrEnum):
    """The parts of the form."""

    LIMITS = "limits"
    LIGHTS = "lights"
    CONTACTS = "contacts"
    DEPARTMENTS = "departments"

    @property
    def label(self) -> str:
        return {
            Part.LIMITS: _tr("时限"),
            Part.LIGHTS: _tr("预警和发牌"),
            Part.CONTACTS: _tr("电话和救济"),
            Part.DEPARTMENTS: _tr("部门名称"),
        }[self]


_WORKDAYS, _DAYS, _MONTHS = "工作日", "天", "个月"
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
    "appeal_days": ("对牌子申诉", _WORKDAYS),
    "joint_days": ("联合办理", _WORKDAYS),
    "joint_extension_days": ("联合办理延长", _WORKDAYS),
    "duplicate_days": ("可能重复的范围", _DAYS),
    "reconsider_days": ("申请行政复议", _DAYS),
    "suit_months": ("提起行政诉讼", _MONTHS),
}
"""Fields of `Settings` that are numbers: what they limit, and the unit."""

CONTACTS: Final = {
    "window_phone": "窗口电话",
    "supervision_phone": "监督电话",
    "reconsider_to": "向哪里申请行政复议",
    "sue_in": "向哪个法院起诉",
}
GRADES: Final = {"warning": "剩几天预警", "yellow": "超几天黄牌", "red": "超几天红牌"}


def limit_label(field: str) -> str:
    name, unit = LIMITS[field]
    return _tr("{name}（{unit}）").format(name=_tr(name), unit=_tr(unit))


def clock_label(field: str) -> str:
    """A field of `Thresholds`: a clock, or the examination of a licence."""
    if field == "licence_examination":
        return _tr("许可的受理审查")
    return ClockName(field).label
