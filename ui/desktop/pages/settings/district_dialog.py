"""区里的规定 in a form of five parts; a head of the district's changes and publishes, others read."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.domain.settings import Settings
from ui.desktop import look, words
from ui.desktop.look.mood import Mood
from ui.desktop.pages.settings.district_presenter import DistrictPresenter, DistrictRules
from ui.desktop.pages.settings.district_sections import section
from ui.desktop.pages.settings.district_words import Part, limit_label
from ui.desktop.pages.settings.section import Section
from ui.desktop.widgets.day_edit import DayEdit
from ui.desktop.widgets.dialogs import FormDialog, confirm
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.reading_order import follow_layout
from ui.desktop.widgets.segments import Segment, Segments
from ui.rule_wording import CONTACTS, LIMITS

_WIDE_UNITS = 580
_NAMED = 6


class DistrictDialog(FormDialog):
    """A part is made when somebody comes to it. Accepted when the rules are published."""

    def __init__(
        self, rules: DistrictRules, presenter: DistrictPresenter, parent: QWidget | None = None
    ) -> None:
        self._may = presenter.may_publish
        note = (
            _tr("改动从生效的那一天起用；已经开始的时限不变。")
            if self._may
            else _tr("由区里的负责人公布，各站都一样。")
        )
        super().__init__(_tr("区里的规定"), _tr("公布"), parent, note=note)
        look.sized(self, min_width=_WIDE_UNITS)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._rules, self._presenter = rules, presenter
        self._settings = rules.coming or rules.current
        self.sections: dict[Part, Section] = {}
        self.parts = Segments(_tr("规定的各部分"))
        self.parts.show_segments([Segment(text=one.label, value=one) for one in Part])
        self.effective = DayEdit(rules.today)
        self.effective.set_day(max(rules.today, self._settings.effective))
        self.effective_field = Field(_tr("从哪天起生效"), self.effective)
        self.effective_field.spare_message_room()
        self.body.addWidget(self.parts)
        self._holder = QWidget()
        self._stack = QStackedLayout(self._holder)
        self.body.addWidget(self._holder, 1)
        self.body.addWidget(self.effective_field)
        self.effective_field.setVisible(self._may)
        self.yes.setVisible(self._may)
        if not self._may:
            self.no.set_text(_tr("关闭"))
        self.parts.chosen.connect(self.show_part)
        self.ok_requested.connect(self._on_ok)
        presenter.published.connect(self._on_published)
        presenter.refused.connect(self._on_refused)
        self.show_part(Part.LIMITS)

    def show_part(self, part: object) -> None:
        wanted = Part(str(part))
        self.parts.set_value(wanted)
        if wanted not in self.sections:
            rules, read_only = self._rules, not self._may
            made = section(
                wanted, self._settings, rules.categories, rules.items, read_only=read_only
            )
            self.sections[wanted] = made
            self._stack.addWidget(made)
        self._stack.setCurrentWidget(self.sections[wanted])
        follow_layout(self)

    def changes(self) -> dict[str, Any]:
        return {
            field: value
            for made in self.sections.values()
            for field, value in made.changes().items()
        }

    def _on_ok(self) -> None:
        if not self._may:
            return
        for part, made in self.sections.items():
            faults = made.faults()
            if faults:
                self.show_part(part)
                self.say(Mood.BAD, "\n".join(faults))
                return
        day = self.effective.day()
        self.effective_field.quiet()
        if day is None or day < self._rules.today:
            self.effective_field.say(Mood.BAD, _tr("请写今天或者以后的日期。"))
            self.effective.setFocus()
            return
        changes = self.changes()
        if not changes:
            self.say(Mood.INFO, _tr("没有改动，不用公布。"))
            return
        said = _tr("从 {day}起，辖区各站都照新的规定：\n{what}").format(
            day=words.day(day), what="\n".join(_told(changes, self._settings))
        )
        if confirm(self, _tr("公布这些规定？"), said, _tr("公布")):
            self.set_busy(True)
            self._presenter.publish(changes, day)

    def _on_published(self, _settings: Settings) -> None:
        self.accept()

    def _on_refused(self, said: str) -> None:
        self.set_busy(False)
        self.say(Mood.BAD, said)


def _told(changes: dict[str, Any], before: Settings) -> list[str]:
    """转报（工作日）：3 → 4, at most so many lines."""
    said = [
        f"{limit_label(field)}：{getattr(before, field)} → {value}"
        for field, value in changes.items()
        if field in LIMITS
    ]
    said += [f"{CONTACTS[field]}：{value}" for field, value in changes.items() if field in CONTACTS]
    if "thresholds" in changes:
        said.append(_tr("预警和发牌的天数有改动"))
    if "departments" in changes:
        said.append(_tr("部门名称或者电话有改动"))
    if "related" in changes:
        said.append(_tr("互相比对的事项有改动"))
    if len(said) > _NAMED:
        return [*said[:_NAMED], _tr("等 {n} 处").format(n=len(said))]
    return said


def _tr(text: str) -> str:
    return QCoreApplication.translate("DistrictDialog", text)
