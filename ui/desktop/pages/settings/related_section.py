"""Items of which one person rarely asks two at once: a second request is shown as a possible duplicate."""

from __future__ import annotations

from typing import Any, Final

from typing_extensions import override

from app.domain.settings import Settings
from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.pages.cases.forms.rows import Column, Rows
from ui.desktop.pages.settings.section import Section
from ui.desktop.widgets.text import Text

_LEAST: Final = 3
"""Cells of a group; a group that is full has one more."""


class RelatedSection(Section):
    """A line is a group, with the items by their names; `items` are those names by the ids."""

    def __init__(self, settings: Settings, items: dict[str, str], *, read_only: bool) -> None:
        super().__init__(settings, read_only=read_only)
        self._names = items
        self._ids = {name: key for key, name in items.items()}
        column = look.column(Space.S, parent=self)
        told = self.tr("同一个人很少会同时申请的事项：先后都来办，会提示可能重复。")
        column.addWidget(Text(told, TextKind.SECONDARY))
        self.groups = self._rows()
        for group in settings.related:
            names = [items.get(one, one) for one in group.items]
            self.groups.add({str(place): name for place, name in enumerate(names)})
        if read_only:
            for line in self.groups.lines():
                said = "、".join(cell.text() for cell in line.cells if cell.text())
                column.addWidget(Text(said))
            if not settings.related:
                column.addWidget(Text(self.tr("区里还没有规定。")))
            self.groups.hide()
        column.addWidget(self.groups)
        column.addStretch(1)

    def _rows(self) -> Rows:
        longest = max((len(one.items) for one in self._settings.related), default=0)
        columns = [
            Column(
                name=str(place),
                title=self.tr("事项名称") if place < 2 else self.tr("还有（可不填）"),
                offers=tuple(self._ids),
            )
            for place in range(max(_LEAST, longest + 1))
        ]
        return Rows(columns, self.tr("再添一组"), stacked=True, parent=self)

    @override
    def changes(self) -> dict[str, Any]:
        said = [{"items": [self._ids.get(one, one) for one in names]} for names in self._read()]
        before = [{"items": list(one.items)} for one in self._settings.related]
        return {} if said == before else {"related": said}

    @override
    def faults(self) -> list[str]:
        known = {*self._ids, *(one for group in self._settings.related for one in group.items)}
        wrong = [one for names in self._read() for one in names if one not in known]
        for line in self.groups.lines():
            for cell in line.cells:
                cell.set_mood(Mood.BAD if cell.text().strip() in wrong else None)
        said = [
            self.tr("事项目录里没有“{name}”，请从列出的里面选。").format(name=one) for one in wrong
        ]
        if any(len(set(names)) < 2 for names in self._read()):
            said.append(self.tr("每一组至少要有两个不同的事项。"))
        return said

    def _read(self) -> list[list[str]]:
        """The names in each group that has any."""
        return [[name for name in line.values() if name] for line in self.groups.values()]
