"""How the district's rules are called on screen, and in which unit they are counted."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from ui.rule_wording import LIMITS


def _tr(text: str) -> str:
    return QCoreApplication.translate("DistrictWords", text)


class Part(StrEnum):
    """The parts of the form."""

    LIMITS = "limits"
    LIGHTS = "lights"
    CONTACTS = "contacts"
    DEPARTMENTS = "departments"
    RELATED = "related"

    @property
    def label(self) -> str:
        return {
            Part.LIMITS: _tr("时限"),
            Part.LIGHTS: _tr("预警和发牌"),
            Part.CONTACTS: _tr("电话和救济"),
            Part.DEPARTMENTS: _tr("部门名称"),
            Part.RELATED: _tr("重复比对"),
        }[self]


GRADES: Final = {"warning": "剩几天预警", "yellow": "超几天黄牌", "red": "超几天红牌"}


def limit_label(field: str) -> str:
    name, unit = LIMITS[field]
    return _tr("{name}（{unit}）").format(name=name, unit=unit.removeprefix("个"))
