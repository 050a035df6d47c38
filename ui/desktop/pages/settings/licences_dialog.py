"""The list of what Daiban is made of."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.desktop.pages.settings.licences import Part
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.facts import Facts


class LicencesDialog(FormDialog):
    def __init__(self, parts: list[Part], parent: QWidget | None = None) -> None:
        super().__init__(
            _tr("使用的软件和许可"),
            _tr("关闭"),
            parent,
            note=_tr("代办按 Apache-2.0 许可发布，用到下面这些软件、字体和图标。"),
        )
        facts = Facts()
        facts.show_facts([(f"{one.name} {one.version}".strip(), one.licence) for one in parts])
        self.add(facts)
        self.no.hide()
        self.ok_requested.connect(self.accept)
        self.yes.setFocus()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Licences", text)
