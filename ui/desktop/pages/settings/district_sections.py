"""The parts of the form of the district's rules; each tells what was changed and what cannot be read."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.settings import Department, Settings
from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.pages.settings.district_words import GRADES, Part, limit_label
from ui.desktop.pages.settings.related_section import RelatedSection
from ui.desktop.pages.settings.section import Section
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.text import Text
from ui.rule_wording import CONTACTS, LIMITS, clock_title


class LimitsSection(Section):
    def __init__(self, settings: Settings, *, read_only: bool) -> None:
        super().__init__(settings, read_only=read_only)
        grid = look.grid(Space.S, parent=self)
        self.edits: dict[str, LineEdit] = {}
        for place, field in enumerate(LIMITS):
            label = limit_label(field)
            edit = self.edits[field] = self._figure(label, getattr(settings, field))
            row, column = place // 2, place % 2 * 3
            grid.addWidget(Text(label), row, column)
            grid.addWidget(edit, row, column + 1)
        grid.addWidget(look.sized(QWidget(), width=Space.L), 0, 2)
        for column in (0, 3):
            grid.setColumnStretch(column, 1)

    @override
    def changes(self) -> dict[str, Any]:
        read = {field: _number(edit) for field, edit in self.edits.items()}
        return {
            field: value
            for field, value in read.items()
            if value is not None and value != getattr(self._settings, field)
        }

    @override
    def faults(self) -> list[str]:
        wrong = [field for field, edit in self.edits.items() if _number(edit) is None]
        for field, edit in self.edits.items():
            edit.set_mood(Mood.BAD if field in wrong else None)
        return [self.tr("“{name}”要写一个整数。").format(name=limit_label(one)) for one in wrong]


class LightsSection(Section):
    """Empty: never."""

    def __init__(self, settings: Settings, *, read_only: bool) -> None:
        super().__init__(settings, read_only=read_only)
        grid = look.grid(Space.S, parent=self)
        for column, title in enumerate(GRADES.values(), 1):
            grid.addWidget(Text(self.tr(title), TextKind.SECONDARY), 0, column)
        self.edits: dict[tuple[str, str], LineEdit] = {}
        thresholds = settings.thresholds
        for row, clock in enumerate(thresholds.__struct_fields__, 1):
            grid.addWidget(Text(clock_title(clock)), row, 0)
            for column, (grade, title) in enumerate(GRADES.items(), 1):
                value = getattr(getattr(thresholds, clock), grade)
                name = f"{clock_title(clock)} {self.tr(title)}"
                edit = self.edits[clock, grade] = self._figure(name, value)
                grid.addWidget(edit, row, column)
        grid.setColumnStretch(0, 1)

    @override
    def changes(self) -> dict[str, Any]:
        read: dict[str, dict[str, int]] = {}
        for (clock, grade), edit in self.edits.items():
            days = _number(edit)
            if days is not None:
                read.setdefault(clock, {})[grade] = days
        clocks = self._settings.thresholds.__struct_fields__
        wanted = {clock: read.get(clock, {}) for clock in clocks}
        before = {
            clock: {
                grade: days
                for grade in GRADES
                if (days := getattr(getattr(self._settings.thresholds, clock), grade)) is not None
            }
            for clock in clocks
        }
        if wanted == before:
            return {}
        whole = {
            clock: {grade: said.get(grade) for grade in GRADES} for clock, said in wanted.items()
        }
        return {"thresholds": whole}

    @override
    def faults(self) -> list[str]:
        wrong = [
            place
            for place, edit in self.edits.items()
            if edit.text().strip() and _number(edit) is None
        ]
        for place, edit in self.edits.items():
            edit.set_mood(Mood.BAD if place in wrong else None)
        return [
            self.tr("“{clock}”的“{grade}”要写一个整数，不填就是不亮。").format(
                clock=clock_title(clock), grade=self.tr(GRADES[grade])
            )
            for clock, grade in wrong
        ]


class ContactsSection(Section):
    def __init__(self, settings: Settings, *, read_only: bool) -> None:
        super().__init__(settings, read_only=read_only)
        column = look.column(Space.S, parent=self)
        self.edits: dict[str, LineEdit] = {}
        for field, label in CONTACTS.items():
            edit = self.edits[field] = self._line(label, getattr(settings, field))
            column.addWidget(Text(label, TextKind.SECONDARY))
            column.addWidget(edit)
        column.addStretch(1)

    @override
    def changes(self) -> dict[str, Any]:
        read = {field: edit.text().strip() for field, edit in self.edits.items()}
        return {
            field: text for field, text in read.items() if text != getattr(self._settings, field)
        }


class DepartmentsSection(Section):
    """Who stands behind the items of each category; where nothing is written, nobody is named."""

    def __init__(self, settings: Settings, categories: tuple[str, ...], *, read_only: bool) -> None:
        super().__init__(settings, read_only=read_only)
        grid = look.grid(Space.S, parent=self)
        for column, title in enumerate((self.tr("事项类别"), self.tr("部门名称"), self.tr("电话"))):
            grid.addWidget(Text(title, TextKind.SECONDARY), 0, column)
        known = {one.category: one for one in settings.departments}
        self.edits: dict[str, tuple[LineEdit, LineEdit]] = {}
        for row, category in enumerate(dict.fromkeys((*categories, *known)), 1):
            one = known.get(category, Department(category=category, name=""))
            name = self._line(self.tr("{category}的部门名称").format(category=category), one.name)
            phone = self._line(self.tr("{category}的电话").format(category=category), one.phone)
            self.edits[category] = name, phone
            for column, widget in enumerate((Text(category), name, phone)):
                grid.addWidget(widget, row, column)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 1)

    @override
    def changes(self) -> dict[str, Any]:
        said = [
            Department(category=category, name=name.text().strip(), phone=phone.text().strip())
            for category, (name, phone) in self.edits.items()
            if name.text().strip() or phone.text().strip()
        ]
        before = {one.category: one for one in self._settings.departments}
        if {one.category: one for one in said} == before:
            return {}
        return {"departments": msgspec.to_builtins(said)}


def section(
    part: Part,
    settings: Settings,
    categories: tuple[str, ...],
    items: dict[str, str],
    *,
    read_only: bool,
) -> Section:
    """`items` are the names of the present items by their ids."""
    match part:
        case Part.LIMITS:
            return LimitsSection(settings, read_only=read_only)
        case Part.LIGHTS:
            return LightsSection(settings, read_only=read_only)
        case Part.CONTACTS:
            return ContactsSection(settings, read_only=read_only)
        case Part.DEPARTMENTS:
            return DepartmentsSection(settings, categories, read_only=read_only)
        case Part.RELATED:
            return RelatedSection(settings, items, read_only=read_only)


def _number(edit: LineEdit) -> int | None:
    text = edit.text().strip()
    return int(text) if text.isdecimal() else None
