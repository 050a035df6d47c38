"""The versions of an item, each with the day from which it counts."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from ui.desktop import look, words
from ui.desktop.look import Mood, Space, TextKind
from ui.desktop.pages.items.sheet import InForce, Version
from ui.desktop.widgets.row_list import Row, RowList
from ui.desktop.widgets.rule import Rule
from ui.desktop.widgets.text import Text


class VersionList(QWidget):
    """`opened` carries a version's number."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowList()
        self._only = Text("", TextKind.SECONDARY)
        column = look.column(Space.S, (0, Space.S, 0, 0), self)
        column.addWidget(Rule())
        column.addWidget(Text(self.tr("版本"), TextKind.SECTION))
        column.addWidget(self._only)
        column.addWidget(self.rows)
        self.rows.opened.connect(self.opened)

    def show_versions(self, versions: tuple[Version, ...], shown: Version) -> None:
        """Newest first; one alone is a line that leads nowhere."""
        several = len(versions) > 1
        self.rows.setVisible(several)
        self._only.setVisible(not several)
        self._only.set_text(f"{self._title(shown)}　{self._since(shown)}")
        self.rows.show_rows(
            [
                Row(
                    title=self._title(one),
                    detail=self._changed(one),
                    right=self._since(one),
                    chip=_chips()[one.stands][0],
                    mood=_chips()[one.stands][1],
                    key=one.number,
                )
                for one in reversed(versions)
            ]
            if several
            else []
        )

    def _title(self, version: Version) -> str:
        return self.tr("第 {n} 版").format(n=version.number)

    def _changed(self, version: Version) -> str:
        if not version.changed:
            return ""
        return self.tr("改动：{what}").format(what=self.tr("、").join(version.changed))

    def _since(self, version: Version) -> str:
        if version.effective is None:
            return self.tr("发布之日起")
        return self.tr("{day}起").format(day=words.day(version.effective))


def _chips() -> dict[InForce, tuple[str, Mood]]:
    said = QCoreApplication.translate
    return {
        InForce.NOW: (said("VersionList", "现行"), Mood.GOOD),
        InForce.COMING: (said("VersionList", "将实行"), Mood.INFO),
        InForce.PAST: (said("VersionList", "以前"), Mood.PAUSED),
    }
