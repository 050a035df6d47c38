"""Beside the form: the eight disclosures, from when it counts, what changes, and what somebody should see again."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.usecases.catalogue_editing import ChangeKind, told
from ui.desktop.look import Mood, TextKind
from ui.desktop.pages.items.editing.judging import Judged
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.day_edit import DayEdit
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.row_list import Row, RowList
from ui.desktop.widgets.text import Text

_MOST_LINES: Final = 6
_LONGEST: Final = 80


class ReviewPanel(Card):
    """`field_asked` carries the name of a field that somebody wants to see; `day_changed` a day or None."""

    field_asked = Signal(object)
    day_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.day = DayEdit()
        self.day_field = Field(self.tr("从哪天起"), self.day)
        self.day_field.set_note(self.tr("今天或者以后的一天"))
        self.day_field.spare_message_room()
        self.disclosures = RowList()
        self._heading = Text(self.tr("八公开"), TextKind.SECTION)
        self._stated = Text("", TextKind.SECONDARY)
        self._faults = Text("", TextKind.SECONDARY, Mood.BAD)
        self._warnings = Text("", TextKind.SECONDARY, Mood.WARN)
        self._changes_title = Text(self.tr("改动"), TextKind.SECTION)
        self._changes = Text("", TextKind.SECONDARY)
        for widget in (
            self.day_field,
            self._heading,
            self.disclosures,
            self._stated,
            self._faults,
            self._warnings,
            self._changes_title,
            self._changes,
        ):
            self.add(widget)
        self.body.addStretch(1)
        self.disclosures.opened.connect(self.field_asked)
        self.day.day_changed.connect(self.day_changed)
        for text in (self._faults, self._warnings):
            text.hide()

    def show_day(self, day: date | None, today: date) -> None:
        """Without saying `day_changed`."""
        before = self.day.blockSignals(True)
        self.day.set_day(day or today)
        self.day.blockSignals(before)

    def show_judged(self, found: Judged) -> None:
        missing = [one for one in found.disclosures if not one.stated]
        title = self.tr("八公开：还缺 {n} 项") if missing else self.tr("八公开：都写明了")
        self._heading.set_text(title.format(n=len(missing)))
        self.disclosures.show_rows(
            [
                Row(title=one.name, chip=self.tr("缺"), mood=Mood.BAD, key=one.field)
                for one in missing
            ]
        )
        stated = self.tr("、").join(one.name for one in found.disclosures if one.stated)
        self._stated.set_text(self.tr("写明了：{names}").format(names=stated))
        self._stated.setVisible(bool(stated))
        others = [told(one) for one in found.faults if not one.what.startswith("八公开缺")]
        self._say(self._faults, self.tr("还要改："), others)
        self._say(
            self._warnings, self.tr("请留意，不妨碍发布："), [told(one) for one in found.warnings]
        )
        self._changes.set_text(self._changed(found))

    def _say(self, text: Text, heading: str, lines: list[str]) -> None:
        text.set_text("\n".join([heading, *self._first(lines)]))
        text.setVisible(bool(lines))

    def _first(self, lines: list[str]) -> list[str]:
        rest = len(lines) - _MOST_LINES
        shown = lines[:_MOST_LINES]
        return [*shown, self.tr("另有 {n} 处").format(n=rest)] if rest > 0 else shown

    def _changed(self, found: Judged) -> str:
        if found.kind is ChangeKind.NEW:
            return self.tr("新的事项，第 1 版")
        if found.kind is ChangeKind.UNCHANGED:
            return self.tr("与现在的一样，还没有改动")
        lines = [self.tr("成为第 {n} 版").format(n=found.item.version)]
        for one in found.differences:
            before, after = _short(one.before), _short(one.after)
            if before and after:
                lines.append(
                    self.tr("{field}：{before} → {after}").format(
                        field=one.label, before=before, after=after
                    )
                )
            elif after:
                lines.append(self.tr("{field}：加上 {after}").format(field=one.label, after=after))
            else:
                lines.append(
                    self.tr("{field}：去掉 {before}").format(field=one.label, before=before)
                )
        return "\n".join(lines)


def _short(text: str) -> str:
    said = text.replace("\n", "；")
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"
