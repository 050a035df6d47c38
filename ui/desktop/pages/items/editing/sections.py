"""How the form of an item is parted: each section fits on a screen."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.domain.item_fields import FIELDS, PUBLISHERS, TABLES


class Section(StrEnum):
    WHAT = "what"
    POWER = "power"
    TIME = "time"
    MATERIALS = "materials"
    STEPS = "steps"
    BASIS = "basis"
    MONEY = "money"
    MORE = "more"

    @property
    def label(self) -> str:
        return {
            Section.WHAT: _tr("基本"),
            Section.POWER: _tr("权限"),
            Section.TIME: _tr("时限"),
            Section.MATERIALS: _tr("材料"),
            Section.STEPS: _tr("环节"),
            Section.BASIS: _tr("依据和标准"),
            Section.MONEY: _tr("收费和公示"),
            Section.MORE: _tr("其他"),
        }[self]


PARTS: Final[dict[Section, tuple[str, ...]]] = {
    Section.WHAT: (
        "id", "name", "category", "handling", "kind", "mode", "aliases", "who_may_apply",
        "in_person_required",
    ),
    Section.POWER: (
        "receives", "decides", "external_body", "delegation", "licence", "window_authority",
        "complaint_channel",
    ),
    Section.TIME: (
        "clock.promised", "clock.statutory", "clock.unit", "clock.starts", "clock.extension",
        "clock.extension_by", "stops_clock",
    ),
    Section.MATERIALS: ("materials", "application_form"),
    Section.STEPS: ("steps", "procedure"),
    Section.BASIS: ("legal_basis", "standards", "preconditions", "quantity_limit"),
    Section.MONEY: ("fees", "public_notice", "positive_list"),
    Section.MORE: ("sensitive", "never_publish", "retention", "seeds", "note"),
}  # fmt: skip
"""Every field and table of an item but those that publishing gives."""


def section_of(name: str) -> Section:
    """Where a field or a part of a table (`public_notice.days`) is filled in; what is nowhere, at the beginning."""
    for section, names in PARTS.items():
        if name in names or name.partition(".")[0] in names:
            return section
    return Section.WHAT


EVERYTHING: Final = {field.name for field in FIELDS if field.name not in PUBLISHERS} | {
    table.name for table in TABLES
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("ItemSections", text)
